"""The pages: each route asks the service once or twice and renders one template."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from search.errors import BadRequest, NotHeld, TamyeezError
from search.identifiers import parse_unit, parse_work
from search.model import Authority, Bilingual, Filters, Kind, Language, Query
from search.quality import read_quality
from search.results import CollectionStatus, SearchResult, WorkSummary
from web.api import Service, parse_day
from web.links import unit_url, with_parameters
from web.render import Renderer

_log = logging.getLogger("tamyeez.web")

PAGE_SIZE = 10
MAX_PAGE = 100
FILTERS = ("kind", "instrument", "lang", "authority", "as_at")
# Names of the service's facets by the parameter that narrows to one of their values.
_FACETS = {"kind": "kind", "instrument": "work", "lang": "language", "authority": "authority"}

Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what to call it, how many results it keeps, where it leads."""

    value: str
    title: Bilingual | None  # of a work; other values are named by the catalogue of messages
    count: int
    url: str
    active: bool


class Pages:
    """Routes of the pages in one language of the interface."""

    def __init__(self, service: Service, renderer: Renderer, language: Language) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        self.router = APIRouter(prefix=f"/{language}", include_in_schema=False)
        for path, route in (
            ("/", self.search),
            ("/laws", self.laws),
            ("/laws/{work}", self.law),
            ("/laws/{work}/{path:path}", self.provision),
            ("/matters", self.matters),
            ("/matters/{work}", self.matter),
            ("/about", self.about),
        ):
            self.router.add_api_route(path, route, methods=["GET"], response_model=None)

    def search(self, request: Request) -> Response:
        """Show the search box, and the results where something is asked."""
        asked = ("q", *FILTERS, "expand")
        parameters = {name: request.query_params.get(name, "") for name in asked}
        if not parameters["q"].strip():
            return self._page(request, "home.html", {"status": self._status()})
        page = _page_number(request.query_params.get("page", ""))
        query = Query(
            parameters["q"],
            _filters(parameters),
            PAGE_SIZE,
            offset=(page - 1) * PAGE_SIZE,
            expand=parameters["expand"] != "no",
        )
        result = self._service.search(query)
        context = {
            "result": result,
            "parameters": parameters,
            "page": page,
            "first": query.offset + 1,
            "more": query.offset + PAGE_SIZE < result.total and page < MAX_PAGE,
            "facets": self._facets(request.url.path, parameters, result),
            "labels": {hit.id: hit.citation for hit in result.hits},
        }
        return self._page(request, "results.html", context)

    def laws(self, request: Request) -> Response:
        """List the instruments held."""
        return self._page(request, "laws.html", {"works": _by_kind(self._service.instruments())})

    def law(self, request: Request, work: str) -> Response:
        """Show an instrument's table of contents."""
        try:
            view = self._service.instrument(work)
        except NotHeld:
            # References name judgments and instruments alike; a judgment has its page elsewhere.
            self._service.judgment(work)
            return RedirectResponse(unit_url(self._language, work, Kind.JUDGMENT), 303)
        return self._page(request, "law.html", {"view": view})

    def provision(self, request: Request, work: str, path: str) -> Response:
        """Show a provision; a clause of it is a place within its page."""
        if not path.strip("/"):
            return RedirectResponse(unit_url(self._language, parse_work(work)), 303)
        unit = parse_unit(f"{work}/{path}")
        day = request.query_params.get("as_at", "")
        if unit.top != unit:
            address, _, clause = unit_url(self._language, str(unit)).partition("#")
            return RedirectResponse(f"{with_parameters(address, {'as_at': day})}#{clause}", 303)
        view = self._service.provision(str(unit), parse_day(day) if day else None)
        context = {
            "view": view,
            "law": self._service.instrument(work),
            "names": {concept.id: concept.label for concept in view.concepts},
        }
        return self._page(request, "provision.html", context)

    def matters(self, request: Request) -> Response:
        """List the judgments and matters held."""
        return self._page(request, "matters.html", {"works": self._service.judgments()})

    def matter(self, request: Request, work: str) -> Response:
        """Show a judgment or matter."""
        view = self._service.judgment(work)
        names = {concept.id: concept.label for concept in view.concepts}
        return self._page(request, "matter.html", {"view": view, "names": names})

    def about(self, request: Request) -> Response:
        """Say what is held, how far to trust it, and what it is licensed under."""
        context = {
            "status": self._status(),
            "authorities": list(Authority),
            "coverage": self._service.coverage(),
            "quality": read_quality(),
        }
        return self._page(request, "about.html", context)

    def _page(self, request: Request, template: str, context: Mapping[str, object]) -> HTMLResponse:
        return self._renderer.page(request, self._language, template, context)

    def _status(self) -> CollectionStatus | None:
        """Return the state of the collection; a page that only mentions it does without."""
        try:
            return self._service.status()
        except TamyeezError as error:
            _log.warning("no status: %s", error)
            return None

    def _facets(
        self, path: str, parameters: Mapping[str, str], result: SearchResult
    ) -> dict[str, list[Choice]]:
        titles = self._titles(result) if result.facets.get("work") else {}
        facets = {}
        for parameter, name in _FACETS.items():
            counts = dict(result.facets.get(name, {}))
            chosen = parameters[parameter]
            if chosen:
                counts.setdefault(chosen, 0)
            facets[parameter] = [
                Choice(
                    value,
                    titles.get(value),
                    count,
                    with_parameters(
                        path, parameters, **{parameter: None if value == chosen else value}
                    ),
                    value == chosen,
                )
                for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            ]
        return facets

    def _titles(self, result: SearchResult) -> dict[str, Bilingual]:
        titles = {hit.work: hit.work_title for hit in result.hits}
        if not titles.keys() >= result.facets["work"].keys():
            works = (*self._service.instruments(), *self._service.judgments())
            titles |= {work.id: work.title for work in works}
        return titles


def _filters(parameters: Mapping[str, str]) -> Filters:
    return Filters(
        kind=_member(Kind, "kind", parameters),
        work=parse_work(parameters["instrument"]) if parameters["instrument"] else None,
        language=_member(Language, "lang", parameters),
        authority=_member(Authority, "authority", parameters),
        as_at=parse_day(parameters["as_at"]) if parameters["as_at"] else None,
    )


def _member(enum: type[Member], name: str, parameters: Mapping[str, str]) -> Member | None:
    value = parameters[name]
    if not value:
        return None
    if value not in set(enum):
        raise BadRequest(f"{name} must be one of {', '.join(enum)}.")
    return enum(value)


def _page_number(text: str) -> int:
    if not text:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text) or int(text) > MAX_PAGE:
        raise BadRequest(f"page must be a number from 1 to {MAX_PAGE}.")
    return int(text)


def _by_kind(works: Iterable[WorkSummary]) -> dict[Kind, list[WorkSummary]]:
    groups: dict[Kind, list[WorkSummary]] = {}
    for work in works:
        groups.setdefault(work.kind, []).append(work)
    return {kind: groups[kind] for kind in Kind if kind in groups}
