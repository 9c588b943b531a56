"""The record of a search: its page, its downloads, and the check of a record brought back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from search.cabinet import Cabinet
from search.errors import BadRecord, NotHeld
from search.model import Filters, Language
from search.record import Record, read_record, write_record
from web import i18n, papers
from web.forms import refuse_other_sites
from web.narrowing import FILTERS
from web.pages import asked_query
from web.papers.record import (
    conditions_of,
    not_searched_lines,
    record_paper,
    replay_lines,
    settings_of,
)
from web.render import Renderer, Words
from web.schemas import ErrorOut
from web.schemas_record import AskedIn, RecordOut, ReplayOut

_TAKES_RECORD = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RecordOut"}}},
    }
}
_PARAMETERS = ("q", *FILTERS, "expand", "page")


class RecordPages:
    """Routes of the record in one language of the interface."""

    def __init__(
        self, cabinet: Cabinet, renderer: Renderer, language: Language, version: str
    ) -> None:
        self._cabinet = cabinet
        self._renderer = renderer
        self._language = language
        self._version = version
        self.router = APIRouter(prefix=f"/{language}/record", include_in_schema=False)
        for path, route, method in (
            ("", self.sheet, "GET"),
            ("/sheet.{form}", self.download, "GET"),
            ("/check", self.ask, "GET"),
            ("/check", self.check, "POST"),
        ):
            self.router.add_api_route(path, route, methods=[method], response_model=None)

    def sheet(self, request: Request) -> Response:
        """Show the record of a search as it is made now."""
        parameters = _parameters(request)
        record = self._cabinet.record(asked_query(parameters))
        words = Words(self._language)
        context = {
            "record": record,
            "sheet": record.sheet,
            "parameters": parameters,
            "filters": named_filters(self._language, record.sheet.query.filters),
            "settings": settings_of(record.sheet, words),
            "conditions": conditions_of(record.sheet, words),
            "outside": not_searched_lines(record.sheet, words),
        }
        return self._renderer.page(request, self._language, "record.html", context)

    def download(self, request: Request, form: str) -> Response:
        """Give the record as a file: signed JSON, or a paper to be read."""
        if form not in papers.MEDIA_TYPES:
            raise NotHeld(f"There is no record of the form {form[:20]!r}.")
        record = self._cabinet.record(asked_query(_parameters(request)))
        day = record.sheet.recorded_at[:10]
        disposition = f'attachment; filename="tamyeez-record-{day}.{form}"'
        return Response(
            self._written(record, form),
            media_type=papers.MEDIA_TYPES[form],
            headers={"Content-Disposition": disposition},
        )

    def ask(self, request: Request) -> Response:
        """Show the form that takes a record."""
        return self._checked(request, {})

    async def check(self, request: Request) -> Response:
        """Check the record sent, run its search again, and say what is different."""
        refuse_other_sites(request.headers)
        async with request.form(max_files=1, max_fields=10) as form:
            upload = form.get("file")
            data = await upload.read() if isinstance(upload, UploadFile) else b""
        try:
            replayed = await run_in_threadpool(lambda: self._cabinet.replay(read_record(data)))
        except BadRecord as error:
            sentence = i18n.message(self._language, f"record.bad.{error.reason}")
            return self._checked(request, {"error": sentence}, error.status)
        return self._checked(
            request, {"replay": replayed, "lines": replay_lines(replayed, self._language)}
        )

    def _written(self, record: Record, form: str) -> bytes:
        if form == "json":
            return write_record(record)
        filters = named_filters(self._language, record.sheet.query.filters)
        paper = record_paper(record, self._language, filters, self._version)
        return papers.write_docx(paper) if form == "docx" else papers.write_pdf(paper)

    def _checked(
        self, request: Request, context: Mapping[str, object], status: int = 200
    ) -> Response:
        whole = {"replay": None, "lines": (), "error": "", **context}
        return self._renderer.page(request, self._language, "record_check.html", whole, status)


def named_filters(language: Language, filters: Filters) -> list[tuple[str, str]]:
    """Return what a search was limited to as (name, value), both in words where there are any."""
    named: list[tuple[str, str]] = []
    if filters.kind:
        named.append(("kind", i18n.message(language, f"kind.{filters.kind}")))
    if filters.work:
        named.append(("instrument", filters.work))
    for trait, value in filters.traits:
        words = i18n.label(language, trait, value) if trait in ("level", "outcome") else value
        named.append((trait, words))
    if filters.language:
        named.append(("lang", i18n.message(language, f"lang.{filters.language}")))
    if filters.authority:
        named.append(("authority", i18n.message(language, f"authority.{filters.authority}.short")))
    if filters.as_at:
        named.append(("as_at", i18n.date(language, filters.as_at)))
    return [(i18n.message(language, f"facet.{name}"), value) for name, value in named]


def _parameters(request: Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "") for name in _PARAMETERS}


def record_api(cabinet: Cabinet) -> APIRouter:
    """Build the routes that make a record and run one again."""
    answers: dict[int | str, dict[str, Any]] = {
        code: {"model": ErrorOut, "description": what}
        for code, what in (
            (400, "A malformed id or value"),
            (403, "Sent by another site"),
            (404, "A filter names what is not held"),
            (422, "Nothing to search for, or no record"),
            (503, "The index or the key cannot be used now"),
        )
    }
    router = APIRouter(prefix="/api", tags=["Record"], responses=answers)

    @router.get("/record", summary="The signed record of a search", response_model=RecordOut)
    def record(asked: Annotated[AskedIn, Query()]) -> Response:
        """Search as /api/search does; answer with a signed sheet of the search and its results."""
        return Response(
            write_record(cabinet.record(asked.as_query())), media_type="application/json"
        )

    # The bytes as sent: what is signed must not pass through a model first.
    @router.post(
        "/replay", summary="Check a record and run its search again", openapi_extra=_TAKES_RECORD
    )
    async def replay(request: Request) -> ReplayOut:
        """Say whether the record is unchanged and its search reproduced, or what is different."""
        refuse_other_sites(request.headers)
        held = read_record(await request.body())
        return ReplayOut.model_validate(await run_in_threadpool(cabinet.replay, held))

    return router
