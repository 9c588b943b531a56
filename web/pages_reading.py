"""The pages of reading: lists, an instrument, a provision, a matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from search.errors import NotHeld
from search.facets import TRAITS
from search.identifiers import parse_unit, parse_work
from search.model import Authority, Expression, Filters, Kind, Language
from search.naming import cite_judgment
from search.results import ProvisionView, WorkSummary
from web.api import Service, parse_day
from web.exports.linked_data import provision_data, script
from web.links import unit_url, with_parameters
from web.narrowing import choice_text, definitions, trait_choices
from web.render import Renderer
from web.routes import page_router


class ReadingPages:
    """Routes of the pages for reading, in one language of the interface."""

    def __init__(self, service: Service, renderer: Renderer, language: Language) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        routes = (
            ("GET", "/laws", self.laws),
            ("GET", "/laws/{work}", self.law),
            ("GET", "/laws/{work}/{path:path}", self.provision),
            ("GET", "/matters", self.matters),
            ("GET", "/matters/{work}", self.matter),
        )
        self.router = page_router(f"/{language}", routes)

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
        return self._page(
            request,
            "law.html",
            {"view": view, "kept": _kept(request), "history": self._service.history(work)},
        )

    def provision(self, request: Request, work: str, path: str) -> Response:
        """Show a provision; a clause of it is a place within its page."""
        if not path.strip("/"):
            return RedirectResponse(unit_url(self._language, parse_work(work)), 303)
        unit = parse_unit(f"{work}/{path}")
        kept = _kept(request)
        if unit.top != unit:
            address, _, clause = unit_url(self._language, str(unit)).partition("#")
            return RedirectResponse(f"{with_parameters(address, kept)}#{clause}", 303)
        day = kept["as_at"]
        view = self._service.provision(str(unit), parse_day(day) if day else None)
        held = list(dict.fromkeys(e.authority for e in view.expressions))
        chosen = next((a for a in held if a == kept["text"]), None)
        context = {
            "view": view,
            "shown": _preferring(view.expressions, chosen),
            "held": held,
            "chosen": chosen,
            "kept": kept,
            "law": self._service.instrument(work),
            "names": {concept.id: concept.label for concept in view.concepts},
            "permalink": f"{_site(request)}{unit_url(self._language, view.provision.id)}",
            "data": script(provision_data(view, f"{_site(request)}/{self._language}/laws")),
            **_cited(view),
        }
        return self._page(request, "provision.html", context)

    def matters(self, request: Request) -> Response:
        """List the judgments and matters held, narrowed by what is known of them."""
        parameters = {name: request.query_params.get(name, "") for name in TRAITS}
        asked = tuple((name, value) for name, value in parameters.items() if value)
        traits = self._service.traits()
        everything = self._service.judgments()
        kept = traits.groups_within(Filters(traits=asked))
        works = [work for work in everything if kept is None or work.id in kept]
        counts = traits.count(work.id for work in works)
        labels = traits.names_of(counts)
        context = {
            "works": works,
            "whole": len(everything),
            "parameters": parameters,
            "choice_text": choice_text,
            "facets": trait_choices(
                request.url.path, parameters, counts, labels, definitions(self._service)
            ),
        }
        return self._page(request, "matters.html", context)

    def matter(self, request: Request, work: str) -> Response:
        """Show a judgment or matter."""
        view = self._service.judgment(work)
        names = {concept.id: concept.label for concept in view.concepts}
        context = {
            "view": view,
            "names": names,
            "cited": cite_judgment(view.judgment),
            "permalink": f"{_site(request)}/{self._language}/matters/{view.judgment.id}",
        }
        return self._page(request, "matter.html", context)

    def _page(self, request: Request, template: str, context: Mapping[str, object]) -> HTMLResponse:
        return self._renderer.page(request, self._language, template, context)


def _kept(request: Request) -> dict[str, str]:
    """Return what a reader keeps from page to page: a day, and the kind of text preferred."""
    return {name: request.query_params.get(name, "") for name in ("as_at", "text")}


def _site(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _preferring(
    expressions: Sequence[Expression], authority: Authority | None
) -> tuple[Expression, ...]:
    """Put the texts of one authority first; each language falls back on the best it has."""
    return tuple(sorted(expressions, key=lambda e: e.authority is not authority))


def _cited(view: ProvisionView) -> dict[str, object]:
    """Tell the laws that cite a provision from the matters that do."""
    return {
        "cited_by_laws": [ref for ref in view.cited_by if "/" in ref.id],
        "cited_by_matters": [ref for ref in view.cited_by if "/" not in ref.id],
    }


def _by_kind(works: Iterable[WorkSummary]) -> dict[Kind, list[WorkSummary]]:
    groups: dict[Kind, list[WorkSummary]] = {}
    for work in works:
        groups.setdefault(work.kind, []).append(work)
    return {kind: groups[kind] for kind in Kind if kind in groups}
