"""The thesaurus: a browser of its concepts, a page for each, and its JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse, Response

from search.errors import BadRequest
from search.glossary import choose_concepts, first_letter, in_alphabetical_order
from search.identifiers import MAX_ID_CHARS, work_of
from search.model import Bilingual, Concept, Language
from search.results import Reference
from web.api import Service
from web.render import Renderer
from web.routes import page_router, refusals
from web.schemas_reference import ConceptViewOut


def glossary_api(service: Service) -> APIRouter:
    """Build the route of one concept."""
    router = APIRouter(prefix="/api", tags=["Thesaurus"])

    @router.get(
        "/concepts/{id}",
        summary="One concept",
        responses=refusals({400: "A malformed id", 404: "No such concept", 422: "Too long an id"}),
    )
    def concept(
        id: Annotated[  # noqa: A002 - named as in the other addresses
            str,
            Path(
                title="Id of a concept",
                description="As provisions and judgments name it.",
                max_length=MAX_ID_CHARS,
                examples=["forced-labour"],
            ),
        ],
    ) -> ConceptViewOut:
        """Return a concept with its neighbours and the texts tagged with it."""
        return ConceptViewOut.model_validate(service.concept(id))

    return router


class GlossaryPages:
    """Routes of the thesaurus in one language of the interface."""

    def __init__(self, service: Service, renderer: Renderer, language: Language) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        routes = (
            ("GET", "", self.browse),
            ("GET", "/{concept}", self.concept),
        )
        self.router = page_router(f"/{language}/glossary", routes)

    def browse(self, request: Request) -> Response:
        """List the concepts by their first letter, of one family and with some words if asked."""
        words = request.query_params.get("words", "").strip()
        family = request.query_params.get("family", "")
        everything = self._service.concepts()
        families = Counter(concept.family for concept in everything)
        if family and family not in families:
            raise BadRequest(f"family must be one of {', '.join(sorted(families))}.")
        chosen = choose_concepts(everything, words, family)
        context = {
            "parameters": {"words": words, "family": family},
            "families": sorted(families.items(), key=lambda item: (-item[1], item[0])),
            "whole": len(everything),
            "found": len(chosen),
            "letters": self._by_letter(chosen),
        }
        return self._page(request, "glossary.html", context)

    def concept(self, request: Request, concept: str) -> Response:
        """Show one concept and what is tagged with it."""
        view = self._service.concept(concept)
        names = {work.id: work.title for work in self._service.instruments()}
        context = {"view": view, "shelves": _by_work(view.provisions, names)}
        return self._page(request, "concept.html", context)

    def _by_letter(self, concepts: tuple[Concept, ...]) -> list[tuple[str, list[Concept]]]:
        ordered = in_alphabetical_order(concepts, self._language)
        groups = groupby(ordered, lambda concept: first_letter(concept, self._language))
        letters: dict[str, list[Concept]] = {}
        for letter, members in groups:
            letters.setdefault(letter, []).extend(members)
        return list(letters.items())

    def _page(self, request: Request, template: str, context: Mapping[str, object]) -> HTMLResponse:
        return self._renderer.page(request, self._language, template, context)


def _by_work(
    provisions: tuple[Reference, ...], names: Mapping[str, Bilingual]
) -> list[tuple[str, Bilingual, list[Reference]]]:
    """Group provisions by their instrument, as they come."""
    return [
        (work, names.get(work, Bilingual(work, work)), list(members))
        for work, members in groupby(provisions, lambda ref: work_of(ref.id))
    ]
