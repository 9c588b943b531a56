"""The pages of searching: each route asks the service once or twice and renders one template."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from search.errors import BadRequest, TamyeezError
from search.model import Authority, Bilingual, Filters, Language, Query
from search.quality import read_quality
from search.results import CollectionStatus, SearchResult
from web.api import Service
from web.examples import QUESTIONS
from web.narrowing import FILTERS, choice_text, choices, definitions, read_filters
from web.render import Renderer
from web.routes import page_router

_log = logging.getLogger("tamyeez.web")

PAGE_SIZE = 10
MAX_PAGE = 100


class Pages:
    """Routes of the pages in one language of the interface."""

    def __init__(self, service: Service, renderer: Renderer, language: Language) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        routes = (
            ("GET", "/", self.search),
            ("GET", "/about", self.about),
        )
        self.router = page_router(f"/{language}", routes)

    def search(self, request: Request) -> Response:
        """Show the search box, and the results where something is asked."""
        asked = ("q", *FILTERS, "expand")
        parameters = {name: request.query_params.get(name, "") for name in asked}
        if not parameters["q"].strip():
            return self._page(
                request, "home.html", {"status": self._status(), "questions": QUESTIONS}
            )
        page = _page_number(request.query_params.get("page", ""))
        query = asked_query({**parameters, "page": str(page)})
        result = self._service.search(query)
        context = {
            "result": result,
            "parameters": parameters,
            "page": page,
            "first": query.offset + 1,
            "more": query.offset + PAGE_SIZE < result.total and page < MAX_PAGE,
            "choice_text": choice_text,
            "facets": choices(
                request.url.path,
                parameters,
                result,
                self._titles(result),
                definitions(self._service),
            ),
            "labels": {hit.id: hit.citation for hit in result.hits},
            "unlimited": 0 if result.hits else self._without_limits(query),
            "address": str(request.url),
        }
        return self._page(request, "results.html", context)

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

    def _without_limits(self, query: Query) -> int:
        """Return how many results there would be without filters, where some are set."""
        if query.filters == Filters():
            return 0
        return self._service.search(replace(query, filters=Filters(), limit=1, offset=0)).total

    def _titles(self, result: SearchResult) -> dict[str, Bilingual]:
        titles = {hit.work: hit.work_title for hit in result.hits}
        if not titles.keys() >= result.facets.get("work", {}).keys():
            works = (*self._service.instruments(), *self._service.judgments())
            titles |= {work.id: work.title for work in works}
        return titles


def asked_query(parameters: Mapping[str, str]) -> Query:
    """Return the search that the parameters of a page of results ask for."""
    return Query(
        parameters["q"],
        read_filters(parameters),
        PAGE_SIZE,
        offset=(_page_number(parameters["page"]) - 1) * PAGE_SIZE,
        expand=parameters["expand"] != "no",
    )


def _page_number(text: str) -> int:
    if not text:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text) or int(text) > MAX_PAGE:
        raise BadRequest(f"page must be a number from 1 to {MAX_PAGE}.")
    return int(text)
