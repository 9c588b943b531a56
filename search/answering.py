"""Answer a query: read it, ask the arms, rank, show. What was answered lately is remembered.

query → reading (citations, terms, phrases) → arms → groups in order → hits of one page
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from search.adapter import adapter_for
from search.at_hand import AtHand, Shelves
from search.catalogue import Catalogue
from search.clearance import ClearedHandle
from search.distinction.reach import NOTHING, Reach
from search.embed.port import Embedder
from search.errors import BadRequest, IndexNotReady
from search.handle import IndexHandle
from search.hits import in_order, make_hits
from search.identifiers import parse_work
from search.index.port import IndexFilter, Vector, VectorIndex
from search.lexical import encode_query
from search.model import Filters, Query
from search.processors import turn
from search.query import parse_query
from search.ranking import Length, length_of
from search.reading import Reading, read_query
from search.refreshing import Refreshed
from search.reranking import LoadReranker, rerank
from search.results import NamedConcept, SearchResult
from search.retrieval import DEPTH, Asked, Found, ask_arms, find, index_filter
from search.thesaurus import FoundConcept
from search.views import not_held
from search.works import Works, read_vocabulary

MAX_LIMIT = 100
MAX_OFFSET = 1000
QUERIES_KEPT = 1024  # of which the vectors are remembered: 1.5 kB each
WORDS_LAST_S = 300.0  # reading all words takes two seconds
ANSWERS_KEPT = 256  # texts are shared with the records at hand


class Answering:
    """Answers queries over one catalogue and one index. Safe to use from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        handle: IndexHandle | ClearedHandle,
        embedder: Callable[[], Embedder],
        load_reranker: LoadReranker,
        works: Callable[[], Works],
        stamp: Callable[[], str | None],
        reach: Callable[[str], Reach],
    ) -> None:
        """Take the stores; `works` tells what is held now, `stamp` which state of it that is.

        `reach` tells what facts may be; see search/distinction/reach.py.
        """
        self._catalogue = catalogue
        self._handle = handle
        self._embedder = embedder
        self._reranker = load_reranker
        self._works = works
        self._stamp = stamp
        self._reach = reach
        self._at_hand = AtHand(catalogue)
        # A page of results, a filter or a switch of language asks the same words again.
        self._embed_query = lru_cache(QUERIES_KEPT)(self._embed)
        # Going back to one's results, and an export of them, ask the same query again.
        self._remembered = lru_cache(ANSWERS_KEPT)(lambda query, state: self._make(query))
        # A server's comfort, read when it warms up: a single command does without.
        self._words = Refreshed(lambda: read_vocabulary(catalogue), WORDS_LAST_S)
        self.spells = False  # whether "did you mean" is offered

    def warm_up(self) -> None:
        """Read the words that spelling is compared with."""
        self._words.of(self._catalogue.revision())
        self.spells = True

    def answer(self, query: Query) -> SearchResult:
        """Answer a query; see SearchService.search."""
        started = time.perf_counter()
        self._check(query)
        stamp = self._stamp()
        # Remembered for this state of catalogue and index alone.
        if stamp is None:
            made = self._make(query)
        else:
            with self._handle.use(self._embedder().identity) as index:
                manifest = index.manifest
            known = self._works().revision  # may lag behind the stamp for a moment
            made = self._remembered(query, (stamp, manifest, known, self.spells))
        return replace(made, took_ms=round((time.perf_counter() - started) * 1000, 1))

    def ask(self, text: str) -> Asked:
        """Return what each arm finds for a query, not yet ranked: for training and comparing."""
        with self._handle.use(self._embedder().identity) as index:
            works = self._works()
            parsed = read_query(text, self._catalogue, works.names).parsed
            named = works.thesaurus.find(parsed.text)
            reach = self._reached(parsed.text)
            vector = self._vector(parsed.text, reach)
            arms = ask_arms(index, vector, parsed, index_filter(Filters()), DEPTH, named)
        return Asked(parsed, tuple(named), arms, works.structure, reach.supports)

    @turn()
    def _make(self, query: Query) -> SearchResult:
        try:
            return self._made_now(query)
        except IndexNotReady:
            # A server drops a former generation at once, so that nothing withdrawn is found.
            self._handle.catch_up()
            return self._made_now(query)

    def _made_now(self, query: Query) -> SearchResult:
        # The works after the index: all that it finds must be known.
        with self._handle.use(self._embedder().identity) as index:
            return self._made(query, index, self._works())

    def _made(self, query: Query, index: VectorIndex, works: Works) -> SearchResult:
        reading = read_query(query.text, self._catalogue, works.names)
        named = works.thesaurus.find(reading.parsed.text) if query.expand else []
        records = self._at_hand.at_this_state()
        reach = self._reached(reading.parsed.text)
        found = self._find(index, reading, query.filters, works, named, records, reach)
        ranked = in_order(self._within(reading, query.filters, works), found.groups)
        page = ranked[query.offset : query.offset + query.limit]
        return SearchResult(
            query=query.text,
            language=reading.parsed.language,
            citation=reading.citation,
            total=len(ranked),
            hits=make_hits(records, reading.explained, page, reach.by_provision),
            facets=found.facets,
            concepts=tuple(NamedConcept(c.id, c.label, c.words) for c in named),
            nothing_fits=found.nothing_fits and not (reading.citation and reading.citation.held),
            labels=works.traits.names_of(found.facets),
            did_you_mean=self._did_you_mean(reading, index),
            took_ms=0.0,
        )

    def _embed(self, text: str) -> Vector:
        embedder = self._embedder()
        vector: Vector = embedder.embed_queries([text])[0]
        return adapter_for(embedder.identity).apply(vector)

    def _vector(self, text: str, reach: Reach) -> Vector:
        """Return the query's vector in the turned space; what was read is not read again."""
        if reach.vector is None or reach.embedder != self._embedder().identity:
            return self._embed_query(text)
        return adapter_for(reach.embedder).apply(reach.vector)

    def _find(
        self,
        index: VectorIndex,
        reading: Reading,
        filters: Filters,
        works: Works,
        named: Sequence[FoundConcept],
        records: Shelves,
        reach: Reach,
    ) -> Found:
        if reading.work is not None and filters.work is None:
            filters = replace(filters, work=reading.work)
        found = find(
            index,
            self._vector(reading.parsed.text, reach),
            reading.parsed,
            filters,
            records.passages,
            works.kind_of,
            works.structure,
            works.traits,
            named,
            reach.supports,
        )
        groups = rerank(self._reranker(), reading.parsed.text, found.groups, records.passages)
        return replace(found, groups=groups)

    def _reached(self, text: str) -> Reach:
        """Tell what a query may be under each provision, where it is long enough to be facts."""
        return self._reach(text) if length_of(len(text.split())) is Length.FACTS else NOTHING

    def _did_you_mean(self, reading: Reading, index: VectorIndex) -> str | None:
        if not self.spells or reading.citation is not None:
            return None
        # Words of a while ago do: what is offered is looked for in the index first.
        vocabulary = self._words.of(self._catalogue.revision())
        return vocabulary.suggest(
            reading.parsed.text,
            lambda term: bool(index.search_sparse(encode_query({term}), 1, IndexFilter())),
        )

    def _within(self, reading: Reading, filters: Filters, works: Works) -> tuple[str, ...]:
        """Leave out what is cited but lies outside the filters the user has set."""
        cited = reading.cited
        if filters.work is not None:
            cited = tuple(c for c in cited if c.startswith(f"{filters.work}/"))
        traits = works.traits.groups_within(filters)
        if traits is not None:
            cited = tuple(c for c in cited if c in traits)
        if filters.kind is None and filters.language is None and filters.authority is None:
            return cited
        return tuple(c for c in cited if self._catalogue.matches(c, filters))

    def _check(self, query: Query) -> None:
        parse_query(query.text)
        if not 1 <= query.limit <= MAX_LIMIT:
            raise BadRequest(
                f"The limit must be 1 to {MAX_LIMIT}, not {query.limit}.", limit=MAX_LIMIT
            )
        if not 0 <= query.offset <= MAX_OFFSET:
            raise BadRequest(
                f"The offset must be 0 to {MAX_OFFSET}, not {query.offset}.", limit=MAX_OFFSET
            )
        work = query.filters.work
        if work is not None:
            parse_work(work)
            if not self._catalogue.instrument(work) and not self._catalogue.judgment(work):
                raise not_held(work)
