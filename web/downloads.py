"""Downloads: laws as Akoma Ntoso, references for reference managers, tables as CSV, JSON-LD."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from search.errors import NotHeld
from search.identifiers import MAX_ID_CHARS, parse_unit
from search.model import Language
from web.api import Service, WorkId
from web.exports import akoma_ntoso, linked_data, reference, tables
from web.exports.reference import Format
from web.links import unit_url
from web.routes import refusals

CSV = "text/csv; charset=utf-8"
LANGUAGE = Query(title="Language", description="Of the text.", examples=["ar"])
UnitId = Annotated[
    str,
    Query(
        title="Id of a provision or matter",
        description="As the lists give it.",
        max_length=MAX_ID_CHARS,
        examples=["kw-law-2013-91/art-2"],
    ),
]


def downloads_api(service: Service) -> APIRouter:
    """Build the routes of what is given in others' formats."""
    router = APIRouter(
        prefix="/api",
        tags=["Downloads"],
        responses=refusals(
            {400: "A malformed id", 404: "Not held", 422: "A parameter out of bounds"}
        ),
    )
    _add_akoma_ntoso(router, service)
    _add_references(router, service)
    _add_tables(router, service)
    return router


def _add_akoma_ntoso(router: APIRouter, service: Service) -> None:
    @router.get(
        "/instruments/{id}/akoma-ntoso",
        summary="A law as Akoma Ntoso 3.0",
        response_class=Response,
        responses={200: {"content": {akoma_ntoso.MEDIA_TYPE: {}}}},
    )
    def law(
        id: WorkId,  # noqa: A002 - the contract's name
        lang: Annotated[Language, LANGUAGE] = Language.AR,
    ) -> Response:
        """Return the law in one language; each article says by `refersTo` what its text is."""
        view = service.instrument(id)
        xml = akoma_ntoso.write(view, service.texts(id), lang)
        return _file(xml, f"{akoma_ntoso.MEDIA_TYPE}; charset=utf-8", f"{id}-{lang}.xml")


def _add_references(router: APIRouter, service: Service) -> None:
    @router.get(
        "/reference", summary="How to cite, for a reference manager", response_class=Response
    )
    def cited(
        request: Request,
        id: UnitId,  # noqa: A002 - the contract's name
        format: Annotated[  # noqa: A002 - as users call it
            Format, Query(title="Format", description="Of the file.", examples=["bib"])
        ] = Format.BIBTEX,
        lang: Annotated[Language, LANGUAGE] = Language.AR,
    ) -> Response:
        """Return one provision or matter as BibTeX, CSL-JSON or RIS."""
        site = str(request.base_url).rstrip("/")
        if "/" in id:
            view = service.provision(id)
            unit = view.provision.id
            if not view.expressions:
                raise NotHeld(f"No text of {unit} is held.", id=unit)
            page = site + unit_url(lang, unit)
            authority = view.expressions[0].authority
            found = reference.cite_as(view.provision, view.instrument, authority, lang, page)
        else:
            matter = service.judgment(id).judgment
            found = reference.cite_matter(matter, lang, f"{site}/{lang}/matters/{matter.id}")
        name = f"{found.key.replace(':', '-')}.{format}"
        media = f"{reference.MEDIA_TYPES[format]}; charset=utf-8"
        return _file(reference.write(found, format), media, name)

    @router.get(
        "/linked-data",
        summary="A provision as schema.org/Legislation",
        response_class=Response,
        responses={200: {"content": {"application/ld+json": {}}}},
    )
    def legislation(
        request: Request,
        id: UnitId,  # noqa: A002 - the contract's name
        lang: Annotated[Language, LANGUAGE] = Language.AR,
    ) -> Response:
        """Return JSON-LD that says of every text what it is."""
        view = service.provision(str(parse_unit(id).top))
        address = f"{str(request.base_url).rstrip('/')}/{lang}/laws"
        made = linked_data.script(linked_data.provision_data(view, address))
        return Response(made, media_type="application/ld+json")


def _add_tables(router: APIRouter, service: Service) -> None:
    @router.get("/provisions.csv", summary="All provisions as CSV", response_class=Response)
    def provisions() -> Response:
        """Return one line for each provision held: names and treatments, not texts."""
        laws = (service.instrument(work.id) for work in service.instruments())
        return _file(tables.write_csv(tables.provision_rows(laws)), CSV, "tamyeez-provisions.csv")

    @router.get("/matters.csv", summary="All matters as CSV", response_class=Response)
    def matters() -> Response:
        """Return one line for each matter held, with its charges, outcomes and findings."""
        made = tables.write_csv(tables.matter_rows(service.matters()))
        return _file(made, CSV, "tamyeez-matters.csv")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
