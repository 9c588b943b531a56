"""The one front door: page, JSON API and command ask here and print the same values."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from search.adapter import adapter_for
from search.catalogue import Catalogue
from search.citations import WorkNames, build_work_names, find_citations
from search.comparing import compare_provisions
from search.comparison import Comparison, Ladder, StaleReferences
from search.coverage import Coverage, coverage
from search.distinction.embedding import embedder_for
from search.distinction.engine import Distinguisher, WhatIf
from search.distinction.results import Distinction
from search.embed.port import Embedder
from search.errors import BadRequest, IndexNotReady, QueryTooLong
from search.glossary import ConceptView, concept_view
from search.handle import IndexHandle
from search.hits import in_order, make_hits
from search.identifiers import parse_work
from search.index.port import IndexStore, Vector
from search.inspection import inspect
from search.model import Authority, Concept, Filters, Kind, Language, Query
from search.offences import Signal
from search.reading import Reading, mark_held, read_query
from search.results import (
    Citation,
    CollectionStatus,
    InstrumentView,
    JudgmentView,
    NamedConcept,
    ProvisionView,
    SearchResult,
    WorkSummary,
)
from search.retrieval import DEPTH, Asked, Found, ask_arms, find, index_filter
from search.statistics import Statistics, statistics
from search.structure import Structure
from search.surveying import Survey
from search.thesaurus import FoundConcept, Thesaurus
from search.views import instrument_view, judgment_view, not_held, provision_view

MAX_LIMIT = 100
MAX_OFFSET = 1000
MAX_CITE_CHARS = 200_000
QUERIES_KEPT = 1024


class SearchService:
    """Search and read the collection. Safe to use from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: IndexStore,
        load_embedder: Callable[[], Embedder],
        backend: str,
    ) -> None:
        """Take the two stores; the embedder is loaded when it is first needed."""
        self._catalogue = catalogue
        self._store = store
        self._load_embedder = load_embedder
        self._backend = backend
        self._handle = IndexHandle(store)
        self._lock = threading.Lock()
        self._embedder: Embedder | None = None
        self._known_works: _Works | None = None
        # A page of results, a filter or a switch of language asks the same words again.
        self._distinguisher = Distinguisher(
            catalogue, lambda wanted: embedder_for(wanted, lambda: self.embedder)
        )
        self._survey = Survey(catalogue, self._works)
        self._embed_query = lru_cache(QUERIES_KEPT)(self._embed)
        # Counted anew when the collection has changed.
        self._counted = lru_cache(1)(lambda revision, edition: statistics(catalogue))
        self._covered = lru_cache(1)(lambda revision, edition: coverage(catalogue))

    @property
    def embedder(self) -> Embedder:
        """The embedder named by the settings, loaded once."""
        with self._lock:
            if self._embedder is None:
                self._embedder = self._load_embedder()
            return self._embedder

    def _embed(self, text: str) -> Vector:
        vector: Vector = self.embedder.embed_queries([text])[0]
        return adapter_for(self.embedder.identity).apply(vector)

    def warm_up(self) -> None:
        """Load the model and open the index, so that the first query need not wait."""
        self.embedder.embed_queries(["warm up"])
        with suppress(IndexNotReady), self._handle.use(self.embedder.identity):
            pass

    def search(self, query: Query) -> SearchResult:
        """Answer a query; a citation in it is read first.

        Raises QueryEmpty, QueryTooLong, BadRequest (limits), NotHeld (a filter names a work that
        is not held), IndexNotReady, IndexMismatch, StoreBusy.
        """
        started = time.perf_counter()
        self._check(query)
        works = self._works()
        reading = read_query(query.text, self._catalogue, works.names)
        named = works.thesaurus.find(reading.parsed.text) if query.expand else []
        found = self._find(reading, query.filters, works, named)
        ranked = in_order(self._within(reading, query.filters), found.groups)
        page = ranked[query.offset : query.offset + query.limit]
        return SearchResult(
            query=query.text,
            language=reading.parsed.language,
            citation=reading.citation,
            total=len(ranked),
            hits=make_hits(self._catalogue, reading.explained, page),
            facets=found.facets,
            concepts=tuple(NamedConcept(c.id, c.label, c.words) for c in named),
            nothing_fits=found.nothing_fits and reading.citation is None,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def ask(self, text: str) -> Asked:
        """Return what each arm finds for a query, not yet ranked: for training and comparing."""
        works = self._works()
        parsed = read_query(text, self._catalogue, works.names).parsed
        named = works.thesaurus.find(parsed.text)
        with self._handle.use(self.embedder.identity) as index:
            where = index_filter(Filters())
            arms = ask_arms(index, self._embed_query, parsed, where, DEPTH, named)
        return Asked(parsed, tuple(named), arms, works.structure)

    def cite(self, text: str, context: str | None = None) -> list[Citation]:
        """Find the citations in a text; `context` is the law that "this law" means in it."""
        if len(text) > MAX_CITE_CHARS:
            raise QueryTooLong(
                f"The text has {len(text):,} characters; citations are read in up to "
                f"{MAX_CITE_CHARS:,}. Send it in parts.",
                length=len(text),
                limit=MAX_CITE_CHARS,
            )
        return mark_held(find_citations(text, self._works().names, context), self._catalogue)

    def instruments(self) -> tuple[WorkSummary, ...]:
        """List the instruments held: Kuwait's first, each country's newest first."""
        return tuple(sorted(self._catalogue.instruments(), key=_on_the_shelf))

    def instrument(self, work: str) -> InstrumentView:
        """Return an instrument with its table of contents."""
        return instrument_view(self._catalogue, work)

    def provision(self, unit: str, as_at: dt.date | None = None) -> ProvisionView:
        """Return a provision with its texts, as in force on `as_at` where given."""
        return provision_view(self._catalogue, unit, as_at)

    def judgments(self) -> tuple[WorkSummary, ...]:
        """List the judgments and matters held: Kuwait's first, newest first, fiction last."""
        return tuple(sorted(self._catalogue.judgments(), key=_on_the_shelf))

    def judgment(self, work: str) -> JudgmentView:
        """Return a judgment or matter with its sections."""
        return judgment_view(self._catalogue, work)

    def distinguish(
        self,
        facts: str,
        language: Language | None = None,
        date: dt.date | None = None,
        what_if: WhatIf | None = None,
    ) -> Distinction:
        """Read facts against every offence, element by element; see search/distinction/engine.py.

        Keeps nothing of the facts. Raises QueryEmpty, QueryTooLong, BadRequest,
        EngineUnavailable.
        """
        return self._distinguisher.analyse(facts, language, date, what_if)

    def compare(self, left: str, right: str, language: Language = Language.AR) -> Comparison:
        """Lay two provisions, clauses or versions side by side; see search/comparing.py."""
        return compare_provisions(self._catalogue, self._works(), left, right, language)

    def penalty_ladder(
        self, offences: Sequence[str] = (), provisions: Sequence[str] = (), limit: int = 100
    ) -> Ladder:
        """Return penalties of all laws held from the gravest down; see search/surveying.py."""
        return self._survey.ladder(offences, provisions, limit)

    def stale_references(self) -> StaleReferences:
        """Return what provisions in force cite of law that is repealed, replaced or struck."""
        return self._survey.stale(dt.date.today())

    def concepts(self) -> tuple[Concept, ...]:
        """Return the thesaurus, by id."""
        return tuple(self._works().thesaurus.concepts.values())

    def signals(self) -> tuple[Signal, ...]:
        """Return what a reader may assume of facts, or leave out, to see the reading change."""
        return self._distinguisher.signals()

    def concept(self, identifier: str) -> ConceptView:
        """Return a concept with its neighbours and the texts tagged with it."""
        return concept_view(self._catalogue, identifier)

    def statistics(self) -> Statistics:
        """Count the matters held, beside the figures that others have published."""
        return self._counted(*self._edition())

    def coverage(self) -> tuple[Coverage, ...]:
        """Return how much of each instrument is held, in the order of `instruments`."""
        return tuple(sorted(self._covered(*self._edition()), key=lambda of: _on_the_shelf(of.work)))

    def status(self, deep: bool = False) -> CollectionStatus:
        """Compare catalogue and index; `deep` asks the index for every point it holds."""
        identity = self.embedder.identity
        if not deep:
            return inspect(self._catalogue, self._store, self._backend, identity, None)
        try:
            with self._handle.use(None) as index:
                return inspect(self._catalogue, self._store, self._backend, identity, index)
        except IndexNotReady:
            return inspect(self._catalogue, self._store, self._backend, identity, None)

    def close(self) -> None:
        """Give the index and the database back."""
        self._handle.close()
        self._catalogue.close()

    def _edition(self) -> tuple[int, str | None]:
        return self._catalogue.revision(), self._catalogue.edition()

    def _find(
        self, reading: Reading, filters: Filters, works: _Works, named: Sequence[FoundConcept]
    ) -> Found:
        if reading.work is not None and filters.work is None:
            filters = replace(filters, work=reading.work)
        with self._handle.use(self.embedder.identity) as index:
            return find(
                index,
                self._embed_query,
                reading.parsed,
                filters,
                self._catalogue.passages,
                works.kind_of,
                works.structure,
                named,
            )

    def _within(self, reading: Reading, filters: Filters) -> tuple[str, ...]:
        """Leave out what is cited but lies outside the filters the user has set."""
        cited = reading.cited
        if filters.work is not None:
            cited = tuple(c for c in cited if c.startswith(f"{filters.work}/"))
        if filters.kind is None and filters.language is None and filters.authority is None:
            return cited
        return tuple(c for c in cited if self._catalogue.matches(c, filters))

    def _check(self, query: Query) -> None:
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

    def _works(self) -> _Works:
        """What works there are, read anew when the catalogue has changed."""
        revision = self._catalogue.revision()
        works = self._known_works
        if works is None or works.revision != revision:
            works = self._known_works = _Works.read(self._catalogue, revision)
        return works


def _on_the_shelf(work: WorkSummary) -> tuple[bool, bool, list[int], str]:
    """Order works as a reader in Kuwait looks for them."""
    dated = work.date or (str(work.year) if work.year else "")
    newest_first = [-int(part) for part in dated.split("-") if part.isdigit()]
    fictional = Authority.TRAINING in work.authorities
    return fictional, not work.id.startswith("kw-"), newest_first or [0], work.id


@dataclass(frozen=True, slots=True)
class _Works:
    """The names, kinds and links of the works known at one revision of the catalogue."""

    revision: int
    names: WorkNames
    kinds: Mapping[str, Kind]
    structure: Structure
    thesaurus: Thesaurus

    @classmethod
    def read(cls, catalogue: Catalogue, revision: int) -> _Works:
        known = catalogue.citation_names()
        return cls(
            revision,
            build_work_names(known),
            {work.id: work.kind for work in known},
            Structure.of(catalogue.links(), catalogue.subjects()),
            Thesaurus.of(catalogue.concepts().values()),
        )

    def kind_of(self, work: str) -> Kind:
        """What is no instrument is a judgment."""
        return self.kinds.get(work, Kind.JUDGMENT)
