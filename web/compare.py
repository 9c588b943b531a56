"""Comparing provisions, the ladder of penalties, the radar of stale references: API and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from search.comparing import MAX_ASKED_CHARS
from search.comparison import Rung
from search.errors import BadRequest, TamyeezError
from search.model import Imprisonment, Language
from search.results import CitationStatus
from search.surveying import MAX_CHOSEN, MAX_RUNGS
from web import i18n
from web.api import Service
from web.render import Renderer
from web.schemas import ErrorOut
from web.schemas_compare import ComparisonOut, LadderOut, StaleReferencesOut

RUNGS = 100  # of a page
# Pairs worth seeing first: the national definition and the treaty's, trafficking and residency
# trading, the two penalties for sellers of residence.
EXAMPLES = (
    ("kw-law-2013-91/art-1", "un-protocol-2000-trafficking/art-3"),
    ("kw-law-2013-91/art-2", "kw-decree-law-2024-114/art-18"),
    ("kw-law-2013-91/art-2", "kw-law-2013-91/art-3"),
)
_REASONS = frozenset({"same", "several", "ambiguous", "no-article", "unread"})
# A bar of 100 parts: where fixed terms end, where life does; death fills it.
_BAR_TERM, _BAR_LIFE, _BAR_DEATH = 76, 88, 100


_Asked = Annotated[
    str,
    Query(
        title="One side",
        description="Id of a provision, a clause or a version of it, or a citation of one.",
        max_length=MAX_ASKED_CHARS,
        min_length=1,
        examples=["kw-law-2013-91/art-2", "م ١٨ مرسوم بقانون ١١٤ لسنة ٢٠٢٤"],
    ),
]
_Offences = Annotated[
    list[str],
    Query(
        title="Offences",
        description=f"Ids of concepts; may be repeated, {MAX_CHOSEN} at most. Narrower offences "
        "count too. Without offences and provisions: all.",
        max_length=MAX_CHOSEN,
        examples=["residency-trading"],
    ),
]
_Provisions = Annotated[
    list[str],
    Query(
        title="Provisions",
        description=f"Ids of provisions; may be repeated, {MAX_CHOSEN} at most.",
        max_length=MAX_CHOSEN,
        examples=["kw-law-2013-91/art-2"],
    ),
]
_Limit = Annotated[
    int,
    Query(
        title="Most penalties",
        description="The gravest come first.",
        ge=1,
        le=MAX_RUNGS,
        examples=[100],
    ),
]
_Lang = Annotated[
    Language,
    Query(title="Language", description="Preferred where both are held in it.", examples=["ar"]),
]


def comparing_api(service: Service) -> APIRouter:
    """Build the routes of the API."""
    router = APIRouter(
        prefix="/api",
        tags=["Compare"],
        responses={
            400: {"model": ErrorOut, "description": "A malformed id, or a side that is no one"},
            404: {"model": ErrorOut, "description": "Not held"},
            422: {"model": ErrorOut, "description": "A parameter out of bounds"},
        },
    )

    @router.get("/compare", summary="Compare two provisions by component and by words")
    def compare(
        left: _Asked,
        right: _Asked,
        lang: _Lang = Language.AR,
    ) -> ComparisonOut:
        """Lay two provisions, clauses or versions side by side."""
        return ComparisonOut.model_validate(service.compare(left, right, lang))

    @router.get("/penalties", summary="Rank penalties across laws")
    def penalties(
        offence: _Offences = [],  # noqa: B006 - FastAPI copies it
        provision: _Provisions = [],  # noqa: B006
        limit: _Limit = 100,
    ) -> LadderOut:
        """List the penalties for the offences or of the provisions chosen, gravest first."""
        return LadderOut.model_validate(service.penalty_ladder(offence, provision, limit))

    @router.get("/stale-references", summary="Find citations of law no longer in force")
    def stale_references() -> StaleReferencesOut:
        """List what provisions in force cite of law that is repealed, replaced or struck down."""
        return StaleReferencesOut.model_validate(service.stale_references())

    return router


class ComparingPages:
    """Routes of the pages in one language of the interface."""

    def __init__(self, service: Service, renderer: Renderer, language: Language) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        self.router = APIRouter(prefix=f"/{language}", include_in_schema=False)
        for path, route in (
            ("/compare", self.compare),
            ("/penalties", self.penalties),
            ("/stale", self.stale),
        ):
            self.router.add_api_route(path, route, methods=["GET"], response_model=None)

    def compare(self, request: Request) -> Response:
        """Show the picker, and the comparison where both sides are named."""
        left, right = (request.query_params.get(side, "").strip() for side in ("left", "right"))
        context: dict[str, object] = {"left": left, "right": right, "examples": EXAMPLES}
        context |= {"answer": None, "error": "", "wrong": ""}
        if not left or not right:
            return self._page(request, "compare.html", context)
        try:
            context["answer"] = self._service.compare(left, right, self._language)
        except TamyeezError as error:
            if error.status >= 500:
                raise
            context |= {"error": self._sentence(error), "wrong": error.details.get("side", "")}
            return self._page(request, "compare.html", context, error.status)
        return self._page(request, "compare.html", context)

    def penalties(self, request: Request) -> Response:
        """Show the ladder for the offences chosen, or for a provision."""
        offences = request.query_params.getlist("offence")
        asked = request.query_params.get("provision", "").strip()
        provisions = self._provisions(asked) if asked else []
        answer = self._service.penalty_ladder(offences, provisions, RUNGS)
        scale = max((_longest(rung) for rung in answer.rungs), default=0)
        context = {
            "answer": answer,
            "rows": [(rung, *_bar(rung.penalty.imprisonment, scale)) for rung in answer.rungs],
            "chosen": frozenset(offences),
            "asked": asked,
            "longest": scale,
            "choices": sorted(
                answer.offences,
                key=lambda of: (of[0].id not in offences, of[0].label.best(self._language)),
            ),
        }
        return self._page(request, "penalties.html", context)

    def stale(self, request: Request) -> Response:
        """Show what provisions in force cite of law that is not."""
        answer = self._service.stale_references()
        groups = {
            key: [found for found in answer.references if found.recital is recital]
            for key, recital in (("provisions", False), ("recitals", True))
        }
        return self._page(request, "stale.html", {"answer": answer, "groups": groups})

    def _provisions(self, asked: str) -> list[str]:
        """Read ids or citations of provisions; what is neither is left for the service to say."""
        cited = [
            citation.provision
            for citation in self._service.cite(asked[:MAX_ASKED_CHARS])
            if citation.status is CitationStatus.RESOLVED and citation.provision
        ]
        return cited or asked[:MAX_ASKED_CHARS].split()

    def _sentence(self, error: TamyeezError) -> str:
        reason = error.details.get("reason")
        if isinstance(error, BadRequest) and reason in _REASONS:
            return i18n.message(self._language, f"compare.error.{reason}")
        return i18n.error_sentence(self._language, error)

    def _page(
        self, request: Request, template: str, context: Mapping[str, object], status: int = 200
    ) -> Response:
        return self._renderer.page(request, self._language, template, context, status)


def _longest(rung: Rung) -> int:
    term = rung.penalty.imprisonment
    return max(term.min_months or 0, term.max_months or 0) if term else 0


def _bar(term: Imprisonment | None, scale: int) -> tuple[int, int]:
    """Return where a term's bar starts and how long it is: to the end for life and death."""
    if term is None:
        return 0, 0
    most = round(_BAR_TERM * max(term.max_months or 0, term.min_months or 0) / max(scale, 1))
    if term.min_months is not None and term.max_months is None:
        most = _BAR_TERM  # "at least": up to the longest term known here
    most = _BAR_LIFE if term.life else most
    most = _BAR_DEATH if term.death else most
    least = round(_BAR_TERM * (term.min_months or 0) / max(scale, 1))
    if term.min_months is None and term.max_months is None:
        least = _BAR_TERM if term.life else _BAR_LIFE
    start = max(min(least, most - 2), 0)
    return start, most - start
