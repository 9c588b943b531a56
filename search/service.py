"""The one front door: page, JSON API and command ask here and print the same values."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from search.catalogue import Catalogue
from search.citations import WorkNames, build_work_names, find_citations
from search.embed.port import Embedder
from search.errors import BadRequest, IndexNotReady, QueryTooLong
from search.handle import IndexHandle
from search.hits import in_order, make_hits
from search.identifiers import parse_work
from search.index.port import IndexStore, Vector
from search.inspection import inspect
from search.model import Authority, Concept, Filters, Kind, Query
from search.reading import Reading, mark_held, read_query
from search.results import (
    Citation,
    CollectionStatus,
    InstrumentView,
    JudgmentView,
    ProvisionView,
    SearchResult,
    WorkSummary,
)
from search.retrieval import Found, find
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
        self._embed_query = lru_cache(QUERIES_KEPT)(self._embed)

    @property
    def embedder(self) -> Embedder:
        """The embedder named by the settings, loaded once."""
        with self._lock:
            if self._embedder is None:
                self._embedder = self._load_embedder()
            return self._embedder

    def _embed(self, text: str) -> Vector:
        vector: Vector = self.embedder.embed_queries([text])[0]
        return vector

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
        found = self._find(reading, query.filters, works)
        ranked = in_order(self._within(reading, query.filters), found.groups)
        page = ranked[query.offset : query.offset + query.limit]
        return SearchResult(
            query=query.text,
            language=reading.parsed.language,
            citation=reading.citation,
            total=len(ranked),
            hits=make_hits(self._catalogue, reading.explained, page),
            facets=found.facets,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

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

    def concepts(self) -> tuple[Concept, ...]:
        """Return the thesaurus, by id."""
        return tuple(self._catalogue.concepts().values())

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

    def _find(self, reading: Reading, filters: Filters, works: _Works) -> Found:
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
    """The names and kinds of the works known at one revision of the catalogue."""

    revision: int
    names: WorkNames
    kinds: Mapping[str, Kind]

    @classmethod
    def read(cls, catalogue: Catalogue, revision: int) -> _Works:
        known = catalogue.citation_names()
        return cls(revision, build_work_names(known), {work.id: work.kind for work in known})

    def kind_of(self, work: str) -> Kind:
        """What is no instrument is a judgment."""
        return self.kinds.get(work, Kind.JUDGMENT)
