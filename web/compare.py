"""Comparing provisions: pages, and the API of comparing and surveying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from search.comparing import MAX_ASKED_CHARS, MAX_SIDES
from search.errors import BadRequest, TamyeezError
from search.model import Language
from search.surveying import MAX_CHOSEN, MAX_RUNGS
from web import i18n
from web.api import Service
from web.render import Renderer
from web.routes import page_router, refusals
from web.schemas_compare import ComparisonOut, ComparisonsOut, LadderOut, StaleReferencesOut

# Pairs worth seeing first, as the parameters of the page; the messages name them.
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "definition": {"left": "kw-law-2013-91/art-1", "right": "un-protocol-2000-trafficking/art-3"},
    "residency": {"left": "kw-law-2013-91/art-2", "right": "kw-decree-law-2024-114/art-18"},
    "smuggling": {"left": "kw-law-2013-91/art-2", "right": "kw-law-2013-91/art-3"},
}
_REASONS = frozenset(
    {"same", "unchanged", "several", "ambiguous", "no-article", "no-day", "unread"}
)


_Asked = Annotated[
    str,
    Query(
        title="One side",
        description="Id of a provision, a clause or a version of it, or a citation of one. With "
        "@ and a day: the text in force then.",
        max_length=MAX_ASKED_CHARS,
        min_length=1,
        examples=["kw-law-2013-91/art-2", "م ١٨ مرسوم بقانون ١١٤ لسنة ٢٠٢٤"],
    ),
]
_Several = Annotated[
    list[str],
    Query(
        title="Sides",
        description=f"As `left`; 2 to {MAX_SIDES}. The first is laid against each other.",
        min_length=2,
        max_length=MAX_SIDES,
        examples=["kw-law-2013-91/art-2"],
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
        responses=refusals(
            {
                400: "A malformed id, or a side that is no one",
                404: "Not held",
                422: "A parameter out of bounds",
            }
        ),
    )

    @router.get("/compare", summary="Compare two provisions by component and by words")
    def compare(
        left: _Asked,
        right: _Asked,
        lang: _Lang = Language.AR,
    ) -> ComparisonOut:
        """Lay two provisions, clauses or versions side by side."""
        return ComparisonOut.model_validate(service.compare(left, right, lang))

    @router.get("/compare/several", summary="Compare several provisions")
    def compare_several(unit: _Several, lang: _Lang = Language.AR) -> ComparisonsOut:
        """Lay several provisions side by side by component, the first with each other by words."""
        return ComparisonsOut.model_validate(service.compare_several(unit, lang))

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
        self.router = page_router(f"/{language}", [("GET", "/compare", self.compare)])

    def compare(self, request: Request) -> Response:
        """Show the picker, and the comparison where at least two sides are named."""
        sides = _asked(request)
        named = [(asked, day) for asked, day in sides if asked]
        context: dict[str, object] = {
            "sides": sides,
            "named": [_dated(asked, day) for asked, day in named],
            "orders": [_with_first(request.url.path, named, n) for n in range(len(named))],
            "examples": EXAMPLES,
            "answer": None,
            "several": None,
            "data": "",
            "error": "",
            "wrong": None,
            "max_sides": MAX_SIDES,
        }
        if len(named) < 2:
            return self._page(request, context)
        try:
            context |= self._answer([_dated(asked, day) for asked, day in named])
            context["data"] = self._data([_dated(asked, day) for asked, day in named])
        except TamyeezError as error:
            if error.status >= 500:
                raise
            context |= {"error": self._sentence(error), "wrong": _place_of(error, sides)}
            return self._page(request, context, error.status)
        return self._page(request, context)

    def _answer(self, asked: Sequence[str]) -> dict[str, object]:
        if len(asked) == 2:
            return {"answer": self._service.compare(asked[0], asked[1], self._language)}
        return {"several": self._service.compare_several(asked, self._language)}

    def _data(self, asked: Sequence[str]) -> str:
        """Return the address of the same comparison as JSON."""
        several = len(asked) > 2
        names = ["unit"] * len(asked) if several else ["left", "right"]
        sides = [*zip(names, asked, strict=True), ("lang", self._language.value)]
        return f"/api/compare{'/several' if several else ''}?{urlencode(sides)}"

    def _sentence(self, error: TamyeezError) -> str:
        reason = error.details.get("reason")
        if isinstance(error, BadRequest) and reason in _REASONS:
            return i18n.message(self._language, f"compare.error.{reason}")
        return i18n.error_sentence(self._language, error)

    def _page(self, request: Request, context: Mapping[str, object], status: int = 200) -> Response:
        return self._renderer.page(request, self._language, "compare.html", context, status)


def _asked(request: Request) -> list[tuple[str, str]]:
    """Return what each side asks for and its day, as typed: at least two sides."""
    params = request.query_params
    asked = [params.get("left", ""), params.get("right", ""), *params.getlist("also")]
    days = [params.get("left_at", ""), params.get("right_at", ""), *params.getlist("also_at")]
    paired = list(zip_longest(asked, days[: len(asked)], fillvalue=""))
    first, rest = paired[:2], [pair for pair in paired[2:] if pair[0].strip()]
    return [(one.strip(), day.strip()[:10]) for one, day in (*first, *rest)]


def _dated(asked: str, day: str) -> str:
    return f"{asked}@{day}" if day and "@" not in asked else asked


def _with_first(path: str, named: Sequence[tuple[str, str]], place: int) -> str:
    """Return the address of the same comparison with another side laid against the rest."""
    ordered = [_dated(*pair) for pair in (named[place], *named[:place], *named[place + 1 :])]
    names = ("left", "right", *["also"] * len(ordered))
    return f"{path}?{urlencode(list(zip(names, ordered, strict=False)))}"


def _place_of(error: TamyeezError, sides: Sequence[tuple[str, str]]) -> int | None:
    """Return the place in the form of the side an error is about; None: of no one side."""
    side = str(error.details.get("side", ""))
    place = {"left": 0, "right": 1}.get(side, int(side) if side.isdecimal() else -1)
    named = [place for place, (asked, _) in enumerate(sides) if asked]
    return named[place] if 0 <= place < len(named) else None
