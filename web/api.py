"""The JSON API: the contract's addresses, asked of the service, printed by web/schemas.py."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, BeforeValidator

from search import model
from search.answering import MAX_LIMIT, MAX_OFFSET
from search.casebook import Material
from search.comparison import Comparison, Comparisons, Ladder, StaleReferences
from search.coverage import Coverage
from search.distinction.results import Distinction
from search.distinction.weighed import WhatIf
from search.drafting import DraftReading
from search.duties import DutyStatus
from search.duty_assessments import Assessment
from search.errors import BadRequest
from search.facets import Traits
from search.glossary import ConceptView
from search.identifiers import MAX_ID_CHARS
from search.model import Authority, Concept, Expression, Filters, Judgment, Kind, Language
from search.results import (
    Citation,
    CollectionStatus,
    InstrumentView,
    JudgmentView,
    ProvisionView,
    SearchResult,
    WorkSummary,
)
from search.statistics import Statistics
from search.treaty_coverage import CoverageMatrix
from search.versions import VersionView
from web import schemas
from web.schemas_distinction import DistinctionOut, FactsIn
from web.schemas_versions import HistoryOut

Model = TypeVar("Model", bound=BaseModel)


class Service(Protocol):
    """What the pages and the API ask of search/service.py."""

    def search(self, query: model.Query) -> SearchResult: ...
    def cite(self, text: str) -> list[Citation]: ...
    def instruments(self) -> tuple[WorkSummary, ...]: ...
    def instrument(self, work: str) -> InstrumentView: ...
    def history(self, work: str) -> tuple[VersionView, ...]: ...
    def texts(self, work: str) -> Mapping[str, tuple[Expression, ...]]: ...
    def provision(self, unit: str, as_at: dt.date | None = None) -> ProvisionView: ...
    def judgments(self) -> tuple[WorkSummary, ...]: ...
    def judgment(self, work: str) -> JudgmentView: ...
    def matters(self) -> tuple[Judgment, ...]: ...
    def traits(self) -> Traits: ...
    def case_material(self, matters: Sequence[str]) -> Material: ...
    def status(self, deep: bool = False) -> CollectionStatus: ...
    def concepts(self) -> tuple[Concept, ...]: ...
    def concept(self, identifier: str) -> ConceptView: ...
    def statistics(self) -> Statistics: ...
    def coverage(self) -> tuple[Coverage, ...]: ...
    def compare(self, left: str, right: str, language: Language = ...) -> Comparison: ...
    def compare_several(self, asked: Sequence[str], language: Language = ...) -> Comparisons: ...
    def read_draft(
        self, text: str, siblings: Sequence[str] = (), language: Language | None = None
    ) -> DraftReading: ...
    def treaty_coverage(
        self, treaties: Sequence[str] = (), statuses: Collection[DutyStatus] = ()
    ) -> CoverageMatrix: ...
    def assess_duty(
        self, duty: str, status: DutyStatus | None, note: str = "", assessor: str = ""
    ) -> Assessment | None: ...
    def penalty_ladder(
        self, offences: Sequence[str] = (), provisions: Sequence[str] = (), limit: int = ...
    ) -> Ladder: ...
    def stale_references(self) -> StaleReferences: ...
    def distinguish(
        self,
        facts: str,
        language: Language | None = None,
        date: dt.date | None = None,
        what_if: WhatIf | None = None,
    ) -> Distinction: ...


Trait = Annotated[
    str,
    Query(
        title="Trait",
        description="Only provisions and matters with this value, as `facets` gives it.",
        max_length=MAX_ID_CHARS,
        examples=["acquitted"],
    ),
]


def _traits(
    offence: Trait = "",
    outcome: Trait = "",
    court: Trait = "",
    level: Trait = "",
    year: Trait = "",
    act: Trait = "",
    means: Trait = "",
    purpose: Trait = "",
    indicator: Trait = "",
) -> tuple[tuple[str, str], ...]:
    """Return (trait, value) of those given: what search/facets.py tells texts apart by."""
    return tuple((name, value) for name, value in locals().items() if value)


def parse_day(text: str) -> dt.date:
    """Parse a day as 2024-12-31; raise BadRequest for anything else, timestamps included."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError(text)
        return dt.date.fromisoformat(text)
    except ValueError as exc:
        raise BadRequest(f"{text[:40]!r} is no day. Write it as 2024-12-31.") from exc


def _check_day(value: object) -> object:
    """Let pydantic see only days: it would take "20241231" for seconds since 1970."""
    if isinstance(value, str):
        try:
            return parse_day(value)
        except BadRequest as exc:
            raise ValueError(str(exc)) from exc
    return value


Day = Annotated[dt.date, BeforeValidator(_check_day)]
AsAt = Annotated[
    Day | None,
    Query(
        title="As in force on",
        description="Only texts in force on this day.",
        examples=["2024-12-31"],
    ),
]
WorkId = Annotated[
    str,
    Path(
        title="Id of an instrument or judgment",
        description="As the lists give it.",
        max_length=MAX_ID_CHARS,
        examples=["kw-law-2013-91"],
    ),
]


def _as(shape: type[Model], value: object) -> Model:
    return shape.model_validate(value)


def api_router(service: Service, version: str) -> APIRouter:
    """Build the routes of the API over a service."""
    answers: dict[int | str, dict[str, Any]] = {
        400: {"model": schemas.ErrorOut, "description": "A malformed id or value"},
        404: {"model": schemas.ErrorOut, "description": "Not held"},
        422: {"model": schemas.ErrorOut, "description": "A parameter out of bounds"},
        503: {"model": schemas.ErrorOut, "description": "The index cannot be used now"},
    }
    router = APIRouter(prefix="/api", responses=answers)
    _add_search(router, service)
    _add_instruments(router, service)
    _add_judgments(router, service)
    _add_distinction(router, service)
    _add_state(router, service, version)
    return router


def _add_search(router: APIRouter, service: Service) -> None:
    @router.get("/search", tags=["Search"], summary="Search both languages at once")
    def search(
        q: Annotated[
            str,
            Query(
                title="Query",
                description="Facts, a question or a citation, in Arabic or English; "
                '"quoted words" are exact. Too long a query is refused (query-too-long).',
                examples=["م ٢ ق ٩١ لسنة ٢٠١٣", "passport withheld by employer"],
            ),
        ],
        lang: Annotated[
            Language | None,
            Query(title="Language", description="Only passages in it.", examples=["ar"]),
        ] = None,
        kind: Annotated[
            Kind | None,
            Query(title="Kind", description="Only works of this kind.", examples=["statute"]),
        ] = None,
        instrument: Annotated[
            str | None,
            Query(
                title="Instrument or judgment",
                description="Only this work.",
                max_length=MAX_ID_CHARS,
                examples=["kw-law-2013-91"],
            ),
        ] = None,
        authority: Annotated[
            Authority | None,
            Query(
                title="Authority",
                description="Only texts of this authority.",
                examples=["official"],
            ),
        ] = None,
        as_at: AsAt = None,
        traits: Annotated[tuple[tuple[str, str], ...], Depends(_traits)] = (),
        limit: Annotated[
            int,
            Query(
                title="Limit",
                description="Results at most.",
                ge=1,
                le=MAX_LIMIT,
                examples=[10],
            ),
        ] = 10,
        offset: Annotated[
            int,
            Query(
                title="Offset",
                description="Results to skip.",
                ge=0,
                le=MAX_OFFSET,
                examples=[0],
            ),
        ] = 0,
        expand: Annotated[
            bool,
            Query(
                title="Expand",
                description="Search for the thesaurus's other words for what the query names too.",
                examples=[True],
            ),
        ] = True,
    ) -> schemas.SearchOut:
        """Read a citation in the query first; else search by words and by meaning."""
        filters = Filters(kind, instrument, lang, authority, as_at, traits)
        query = model.Query(q, filters, limit, offset, expand)
        return _as(schemas.SearchOut, service.search(query))

    @router.get("/cite", tags=["Search"], summary="Resolve the citations in a text")
    def cite(
        text: Annotated[
            str,
            Query(
                title="Text",
                description="Text with citations, in either language.",
                examples=["art. 2 of law 91/2013"],
            ),
        ],
    ) -> schemas.CitationsOut:
        """Return each citation with its place in the text and what it resolves to."""
        return _as(schemas.CitationsOut, {"text": text, "citations": service.cite(text)})


def _add_instruments(router: APIRouter, service: Service) -> None:
    @router.get("/instruments", tags=["Collection"], summary="List laws, treaties and plans")
    def instruments() -> list[schemas.WorkOut]:
        """Return every instrument held."""
        return [_as(schemas.WorkOut, work) for work in service.instruments()]

    @router.get("/instruments/{id}", tags=["Collection"], summary="One instrument")
    def instrument(id: WorkId) -> schemas.InstrumentViewOut:  # noqa: A002 - the contract's name
        """Return an instrument with its table of contents."""
        return _as(schemas.InstrumentViewOut, service.instrument(id))

    @router.get("/instruments/{id}/history", tags=["Collection"], summary="Its earlier versions")
    def history(id: WorkId) -> HistoryOut:  # noqa: A002 - the contract's name
        """Return what its files held before newer ones replaced them, and what those changed."""
        return _as(HistoryOut, {"instrument": id, "versions": service.history(id)})

    @router.get("/provisions/{id:path}", tags=["Collection"], summary="One provision")
    def provision(
        id: Annotated[  # noqa: A002 - the contract's name
            str,
            Path(
                title="Id of a provision",
                description="Instrument and article.",
                max_length=MAX_ID_CHARS,
                examples=["kw-law-2013-91/art-2"],
            ),
        ],
        as_at: AsAt = None,
    ) -> schemas.ProvisionViewOut:
        """Return a provision with its texts, official first."""
        return _as(schemas.ProvisionViewOut, service.provision(id, as_at))


def _add_judgments(router: APIRouter, service: Service) -> None:
    @router.get("/judgments", tags=["Collection"], summary="List judgments and matters")
    def judgments() -> list[schemas.WorkOut]:
        """Return every judgment and reported or training matter held."""
        return [_as(schemas.WorkOut, work) for work in service.judgments()]

    @router.get("/judgments/{id}", tags=["Collection"], summary="One judgment or matter")
    def judgment(id: WorkId) -> schemas.JudgmentViewOut:  # noqa: A002 - the contract's name
        """Return a judgment or matter with the texts of its sections."""
        return _as(schemas.JudgmentViewOut, service.judgment(id))


def _add_distinction(router: APIRouter, service: Service) -> None:
    @router.post("/distinguish", tags=["Distinction"], summary="Tell offences apart by facts")
    def distinguish(asked: FactsIn) -> DistinctionOut:
        """Show every offence in reach, element by element, with the words that bear on each.

        An aid: it decides nothing, and nothing of the facts is stored or logged.
        """
        what_if = WhatIf(tuple(asked.strike), asked.assume)
        answer = service.distinguish(asked.facts, asked.language, asked.date, what_if)
        return _as(DistinctionOut, answer)


def _add_state(router: APIRouter, service: Service, version: str) -> None:
    @router.get("/health", tags=["State"], summary="Is the server up?")
    def health() -> schemas.HealthOut:
        """Answer as soon as the server can."""
        return schemas.HealthOut(status="ok", version=version)

    @router.get("/status", tags=["State"], summary="What is held")
    def status(
        deep: Annotated[
            bool,
            Query(title="Deep", description="Ask the index for every passage", examples=[True]),
        ] = False,
    ) -> schemas.StatusOut:
        """Say what is held, and whether catalogue and index agree."""
        return _as(schemas.StatusOut, service.status(deep))

    @router.get(
        "/concepts.ttl",
        tags=["Thesaurus"],
        summary="The thesaurus as SKOS",
        response_class=Response,
        responses={200: {"content": {"text/turtle": {}}}},
    )
    def concepts() -> Response:
        """Export every concept with its labels in both languages, as Turtle."""
        from search.skos import to_turtle  # noqa: PLC0415 - a library only this needs

        return Response(to_turtle(service.concepts()), media_type="text/turtle; charset=utf-8")
