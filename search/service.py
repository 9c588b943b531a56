"""The one front door: page, JSON API and command ask here and print the same values."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

from search.access import OPERATOR, require
from search.annotations import annotate, definitions_of
from search.answering import Answering
from search.audit import Trail
from search.audit.trail import unrecorded
from search.casebook import Material, read_material
from search.catalogue import Catalogue, FileStatus
from search.citations import find_citations
from search.clearance import ClearedHandle
from search.comparing import compare_provisions, compare_several
from search.comparison import Comparison, Comparisons, Ladder, StaleReferences
from search.comparison.staleness import Ended
from search.coverage import Coverage, coverage
from search.distinction.embedding import embedder_for
from search.distinction.engine import Distinguisher
from search.distinction.reach import NOTHING, Reach
from search.distinction.results import Distinction
from search.distinction.weighed import WhatIf
from search.drafting import DraftReading, read_draft
from search.duties import DutyStatus
from search.duty_assessments import Assessment, Assessments
from search.embed.port import Embedder
from search.errors import (
    BadRequest,
    EngineUnavailable,
    IndexNotReady,
    QueryTooLong,
    TamyeezError,
)
from search.facets import Traits
from search.glossary import ConceptView, concept_view
from search.handle import IndexHandle
from search.history import history
from search.identifiers import parse_work, work_of
from search.index.port import IndexStore, Manifest
from search.inspection import inspect, inspect_cleared
from search.model import Access, Concept, Expression, Judgment, Language, Query
from search.offences import Signal
from search.reading import mark_held
from search.record.making import make_sheet
from search.record.sheet import Sheet
from search.refreshing import Refreshed
from search.remembering import Remembering
from search.reranking import LoadReranker, no_reranker
from search.results import (
    Annotation,
    Citation,
    CollectionStatus,
    InstrumentView,
    JudgmentView,
    ProvisionView,
    SearchResult,
    WorkSummary,
)
from search.retrieval import Asked
from search.statistics import Statistics, statistics
from search.surveying import Survey
from search.treaty_coverage import CoverageMatrix, find_duty, read_duties, treaty_coverage
from search.versions import VersionView
from search.views import in_display_order, instrument_view, judgment_view, provision_view
from search.work.model import Target
from search.work.targets import find_targets
from search.works import Works, in_shelf_order, on_the_shelf

MAX_CITE_CHARS = 200_000
WORKS_LAST_S = 60.0  # reading them takes half a second; what the index finds is always known
LAWS_KEPT = 64  # of which the definitions are remembered
TEXTS_KEPT = 512  # of which it is remembered where they lead


class SearchService:
    """Search and read the collection. Safe to use from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: IndexStore,
        load_embedder: Callable[[], Embedder],
        backend: str,
        assessments: Assessments | None = None,
        trail: Trail | None = None,
        handle: IndexHandle | ClearedHandle | None = None,
        load_reranker: LoadReranker = no_reranker,
    ) -> None:
        """Take the two stores; the embedder is loaded when it is first needed.

        Without `assessments` no finding on a treaty's duties can be kept; without `trail` searches
        are not recorded. `handle` is the index of another service, as this one may see it.
        """
        self.on_search: Callable[[float], None] | None = None  # is told the seconds of each
        self._trail = trail
        self._catalogue = catalogue
        self._store = store
        self._load_embedder = load_embedder
        self._reranker = load_reranker
        self._backend = backend
        self._assessments = assessments
        self._handle = handle or IndexHandle(store, self._prepare)
        self._lent = handle is not None
        self._lock = threading.Lock()
        self._embedder: Embedder | None = None
        self._known_works = Refreshed(
            lambda: Works.read(catalogue, catalogue.revision()), WORKS_LAST_S
        )
        self._distinguisher = Distinguisher(
            catalogue, lambda wanted: embedder_for(wanted, lambda: self.embedder)
        )
        self._survey = Survey(catalogue, self._works)
        # Counted anew when the collection has changed.
        self._counted = lru_cache(1)(lambda revision, edition: statistics(catalogue))
        self._duties = lru_cache(1)(lambda revision: read_duties(catalogue))
        self._covered = lru_cache(1)(lambda revision, edition: coverage(catalogue))
        self._kept = Remembering(catalogue.stamp)
        self._hidden = lru_cache(1)(lambda revision: catalogue.hidden_works())
        self._defined = lru_cache(LAWS_KEPT)(lambda law, revision: definitions_of(catalogue, law))
        self._annotated = lru_cache(TEXTS_KEPT)(self._annotate)
        self._answering = Answering(
            catalogue,
            self._handle,
            lambda: self.embedder,
            load_reranker,
            self._found_works,
            catalogue.stamp,
            self._reach,
        )

    @property
    def embedder(self) -> Embedder:
        """The embedder named by the settings, loaded once."""
        with self._lock:
            if self._embedder is None:
                self._embedder = self._load_embedder()
            return self._embedder

    def warm_up(self) -> None:
        """Load the model, open the index, read the words: the first query need not wait."""
        self.embedder.embed_queries(["warm up"])
        self._reranker()
        with suppress(IndexNotReady), self._handle.use(self.embedder.identity):
            pass
        self._answering.warm_up()
        with suppress(BadRequest):  # no offences defined
            self._distinguisher.warm_up()

    def seen_by(self, clearance: Collection[Access]) -> SearchService:
        """Return a service for readers who may see only this; it shares index and model."""
        hidden = tuple(access for access in Access if access not in clearance)
        cleared = SearchService(
            self._catalogue.seen_by(clearance),
            self._store,
            lambda: self.embedder,
            self._backend,
            self._assessments,
            self._trail,
            ClearedHandle(self._handle, hidden),
            self._reranker,
        )
        cleared._answering.spells = self._answering.spells
        cleared.on_search = self.on_search
        return cleared

    def search(self, query: Query) -> SearchResult:
        """Answer a query; a citation in it is read first.

        Raises QueryEmpty, QueryTooLong, BadRequest (limits), NotHeld (a filter names a work that
        is not held), IndexNotReady, IndexMismatch, StoreBusy, NotRecorded (something restricted
        was found, and the trail cannot be written).
        """
        try:
            result = self._answering.answer(query)
        except TamyeezError as exc:
            self._note(query, (), exc.code)
            raise
        found = [hit.id for hit in result.hits]
        if not self._note(query, found, "done") and self._restricted(found):
            raise unrecorded()
        if self.on_search is not None:
            self.on_search(result.took_ms / 1000)
        return result

    def record(self, query: Query) -> Sheet:
        """Answer a query as `search` does, with what was searched and by what; see search/record.

        Raises what `search` raises.
        """
        while True:
            try:
                generation = self._generation()
                self._handle.catch_up()
            except TamyeezError as exc:
                self._note(query, (), exc.code)
                raise
            result, status = self.search(query), self.status()
            groups = self._works().traits.groups_within(query.filters)
            with self._handle.use(self.embedder.identity) as index:
                sheet = make_sheet(
                    query,
                    result,
                    status,
                    self._catalogue.edition(),
                    index,
                    groups,
                    reranker.identity if (reranker := self._reranker()) else "",
                )
            # Another generation may have been published between the answer and its sheet.
            if generation == sheet.engine.index_generation == self._generation():
                return sheet

    def targets(self, ids: Sequence[str]) -> Mapping[str, Target]:
        """Return those of the ids that are held, for notes on them; see search/work/targets.py."""
        return find_targets(self._catalogue, ids)

    def documents(self) -> frozenset[str] | None:
        """Return the paths of the files that can be found; None while the index is behind."""
        manifest = self._store.current()
        if manifest is None or manifest.revision != self._catalogue.revision():
            return None
        held = (file for file in self._catalogue.files() if file.status is FileStatus.ADDED)
        return frozenset(file.path for file in held)

    def documents_behind(self, groups: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Return the paths of the files that results have their passages from, by result."""
        behind = self._catalogue.files_behind(groups)
        return {group: frozenset(paths) for group, paths in behind.items()}

    def ask(self, text: str) -> Asked:
        """Return what each arm finds for a query, not yet ranked: for training and comparing."""
        return self._answering.ask(text)

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
        return self._kept.of("instruments", lambda: in_shelf_order(self._catalogue.instruments()))

    def instrument(self, work: str) -> InstrumentView:
        """Return an instrument with its table of contents."""
        view = self._kept.of((parse_work(work),), lambda: instrument_view(self._catalogue, work))
        self._note_opening(work)
        return view

    def history(self, work: str) -> tuple[VersionView, ...]:
        """Return the earlier versions of a work that were replaced, newest first."""
        held = history(self._catalogue, work)
        if held:
            self._note_opening(work)
        return held

    def texts(self, work: str) -> Mapping[str, tuple[Expression, ...]]:
        """Return every text of an instrument, by provision; official texts first."""
        ids = [provision.id for provision in self._catalogue.provisions_of(parse_work(work))]
        held = self._catalogue.expressions_of(ids)
        return {unit: in_display_order(expressions) for unit, expressions in held.items()}

    def provision(self, unit: str, as_at: dt.date | None = None) -> ProvisionView:
        """Return a provision with its texts, as in force on `as_at` where given."""
        work, revision = work_of(unit), self._catalogue.revision()
        known = self._found_works().revision
        view = provision_view(
            self._catalogue, unit, as_at, lambda e: self._annotated(e, work, revision, known)
        )
        self._note_opening(work)
        return view

    def _annotate(
        self, text: Expression, law: str, revision: int, known: int
    ) -> tuple[Annotation, ...]:
        """Return where a text leads; `known` is the revision of the works it may lead to."""
        defined = self._defined(law, revision).get(text.language, {})
        return annotate(text, defined, self._found_works().names, self._catalogue)

    def judgments(self) -> tuple[WorkSummary, ...]:
        """List the judgments and matters held: Kuwait's first, newest first, fiction last."""
        return self._kept.of("judgments", lambda: in_shelf_order(self._catalogue.judgments()))

    def judgment(self, work: str) -> JudgmentView:
        """Return a judgment or matter with its sections."""
        view = judgment_view(self._catalogue, work, self._works().likeness)
        self._note_opening(work)
        return view

    def matters(self) -> tuple[Judgment, ...]:
        """Return the judgments and matters held, whole, by id."""
        held = self._works().likeness.matters
        self._note_opening(*held)
        return tuple(held[identifier] for identifier in sorted(held))

    def traits(self) -> Traits:
        """Return what provisions and matters can be narrowed by, and the names of its values."""
        return self._found_works().traits

    def case_material(self, matters: Sequence[str]) -> Material:
        """Return what a case study of the matters named is made of; see search/casebook."""
        require("teach")
        material = read_material(self._catalogue, matters)
        self._note_opening(*matters)
        return material

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
        require("distinguish")
        read = self._distinguisher.analyse(facts, language, date, what_if)
        self._note_opening(*(precedent.id for precedent in read.precedents))
        return read

    def compare(self, left: str, right: str, language: Language = Language.AR) -> Comparison:
        """Lay two provisions, clauses or versions side by side; see search/comparing.py."""
        laid = compare_provisions(self._catalogue, self._works(), left, right, language)
        self._note_opening(laid.left.id, laid.right.id)  # what was asked may be a citation
        return laid

    def compare_several(
        self, asked: Sequence[str], language: Language = Language.AR
    ) -> Comparisons:
        """Lay several provisions side by side, the first against each other."""
        laid = compare_several(self._catalogue, self._works(), asked, language)
        self._note_opening(*(side.id for side in laid.sides))
        return laid

    def read_draft(
        self, text: str, siblings: Sequence[str] = (), language: Language | None = None
    ) -> DraftReading:
        """Lay a draft article against provisions held; see search/drafting.py. Keeps nothing."""
        reading = read_draft(self, self._catalogue, self._works(), text, siblings, language)
        self._note_opening(*(sibling.id for sibling in reading.siblings))
        return reading

    def treaty_coverage(
        self, treaties: Sequence[str] = (), statuses: Collection[DutyStatus] = ()
    ) -> CoverageMatrix:
        """Return duties of treaties against national law; see search/treaty_coverage.py."""
        duties = self._duties(self._catalogue.revision())
        return treaty_coverage(duties, self._assessments, treaties, statuses)

    def assess_duty(
        self, duty: str, status: DutyStatus | None, note: str = "", assessor: str = ""
    ) -> Assessment | None:
        """Keep what a person finds of a duty; without a status, take the finding back.

        Raises NotHeld, BadRequest, WorkUnavailable, EngineUnavailable (nothing is kept here).
        """
        reader = require("assess")
        if self._assessments is None:
            raise EngineUnavailable("No findings are kept here. Start it by `tamyeez serve`.")
        known = find_duty(self._duties(self._catalogue.revision()), duty)
        if status is None:
            self._assessments.remove(known.id)
            return None
        signed = assessor if reader is OPERATOR else reader.name  # nobody signs for another
        return self._assessments.keep(known, status, note, signed)

    def ended(self, targets: Sequence[str]) -> Mapping[str, Ended]:
        """Return what ended those of some provisions and laws that are no longer in force."""
        return self._survey.ended(targets, dt.date.today())

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
        return tuple(self._found_works().thesaurus.concepts.values())

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
        return tuple(sorted(self._covered(*self._edition()), key=lambda of: on_the_shelf(of.work)))

    def status(self, deep: bool = False) -> CollectionStatus:
        """Compare catalogue and index; `deep` asks the index for every point it holds."""
        identity = self.embedder.identity
        stores = (self._catalogue, self._store, self._backend, identity)
        if self._lent:
            return self._inspected(lambda: inspect_cleared(*stores))
        if not deep:
            return self._inspected(lambda: inspect(*stores, None))
        try:
            with self._handle.use(None) as index:
                return inspect(*stores, index)
        except IndexNotReady:
            return inspect(*stores, None)

    def close(self) -> None:
        """Give the index and the database back; what was lent is left to its owner."""
        self._catalogue.close()
        if self._lent:
            return
        self._handle.close()
        if self._assessments is not None:
            self._assessments.close()
        if self._trail is not None:
            self._trail.close()

    def _reach(self, text: str) -> Reach:
        """Tell what facts may be under each provision; nothing of what cannot be read as facts."""
        try:
            return self._distinguisher.reach(text)
        except BadRequest:  # neither Arabic nor English, or no offences defined: ranked without
            return NOTHING

    def _note(self, query: Query, found: Sequence[str], outcome: str) -> bool:
        return self._trail is None or self._trail.add_search(query.text, found, outcome)

    def _note_opening(self, *ids: str) -> None:
        """Record that a reader opens what not everybody may see; raise NotRecorded."""
        if self._trail is not None and (opened := self._restricted(ids)):
            self._trail.add_opening(opened)

    def _restricted(self, ids: Iterable[str]) -> list[str]:
        """Return the works, of those that ids belong to, which not everybody may see."""
        hidden = self._hidden(self._catalogue.revision())
        return sorted(hidden & {work_of(identifier) for identifier in ids})

    def _inspected(self, inspect: Callable[[], CollectionStatus]) -> CollectionStatus:
        try:
            generation = self._generation()
        except TamyeezError:
            return inspect()  # which says what is wrong, and not for longer than it is
        return self._kept.of(("status", generation), inspect)

    def _generation(self) -> str | None:
        manifest = self._store.current()
        return manifest.generation if manifest else None

    def _edition(self) -> tuple[int, str | None]:
        return self._catalogue.revision(), self._catalogue.edition()

    def _works(self) -> Works:
        """What works there are, read anew when the catalogue has changed."""
        revision = self._catalogue.revision()
        return self._known_works.of(revision, least=revision)

    def _found_works(self) -> Works:
        """What works there are for an answer: all that the index can find, others soon."""
        return self._known_works.of(self._catalogue.revision(), self._handle.revision())

    def _prepare(self, manifest: Manifest) -> None:
        """Read the works of a generation before an answer is made from it."""
        self._known_works.of(self._catalogue.revision(), least=manifest.revision)
