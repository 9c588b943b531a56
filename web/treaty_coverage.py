"""The matrix of treaty duties: page, findings of a person, table, papers, API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from search.duties import DutyStatus
from search.duty_assessments import MAX_NAME_CHARS, MAX_NOTE_CHARS
from search.errors import BadRequest, NotHeld
from search.identifiers import MAX_ID_CHARS
from search.model import Language
from search.treaty_coverage import CoverageMatrix
from web.api import Service
from web.exports.surveys import duty_rows
from web.exports.tables import csv_answer
from web.forms import clean, refuse_other_sites
from web.links import with_parameters
from web.papers import write_docx, write_pdf
from web.papers.coverage import coverage_paper
from web.render import Renderer, Words
from web.routes import page_router, refusals
from web.schemas_coverage import AssessmentIn, AssessmentOut, CoverageMatrixOut

FIRST = "un-protocol-2000-trafficking"  # shown where no treaty is chosen, if its duties are held
ALL = "all"
_WRITERS = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write_docx,
    ),
    "pdf": ("application/pdf", write_pdf),
}
_Treaties = Annotated[
    list[str],
    Query(
        title="Treaties",
        description="Ids; may be repeated. None: all.",
        max_length=20,
        examples=[FIRST],
    ),
]
_Statuses = Annotated[
    list[DutyStatus],
    Query(
        title="Statuses",
        description="May be repeated; a finding goes before a suggestion. None: any.",
        max_length=len(DutyStatus),
        examples=["gap"],
    ),
]
_Duty = Annotated[
    str,
    Path(
        title="Id of a duty",
        description="As the matrix gives it.",
        max_length=MAX_ID_CHARS,
        examples=["tip-5-1-definition"],
    ),
]


def coverage_api(service: Service) -> APIRouter:
    """Build the routes of the API."""
    router = APIRouter(
        prefix="/api/treaty-coverage",
        tags=["Compare"],
        responses=refusals(
            {
                400: "A finding that is too long",
                403: "Sent by another site's page",
                404: "No such duty or treaty",
                422: "A parameter out of bounds",
            }
        ),
    )

    @router.get("", summary="Set treaty duties against national provisions")
    def matrix(
        treaty: _Treaties = [],  # noqa: B006 - FastAPI copies it
        status: _Statuses = [],  # noqa: B006
    ) -> CoverageMatrixOut:
        """List duties with our suggestion, the passages behind it, and a person's finding."""
        return CoverageMatrixOut.model_validate(service.treaty_coverage(treaty, status))

    @router.put("/{duty}/finding", summary="Keep what a person finds of a duty")
    def keep(request: Request, duty: _Duty, finding: AssessmentIn) -> AssessmentOut:
        """Keep a finding in the place of an earlier one; the suggestion stays as it is."""
        refuse_other_sites(request.headers)
        note, assessor = clean(finding.note), clean(finding.assessor)
        return AssessmentOut.model_validate(
            service.assess_duty(duty, finding.status, note, assessor)
        )

    @router.delete("/{duty}/finding", summary="Take a finding back", status_code=204)
    def remove(request: Request, duty: _Duty) -> None:
        """Take a finding back, if there is one."""
        refuse_other_sites(request.headers)
        service.assess_duty(duty, None)

    return router


class CoveragePages:
    """Routes of the matrix in one language of the interface."""

    def __init__(
        self, service: Service, renderer: Renderer, language: Language, version: str
    ) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        self._version = version
        routes = (
            ("GET", "", self.page),
            ("GET", ".csv", self.table),
            ("GET", "/paper.{form}", self.paper),
            ("POST", "", self.assess),
        )
        self.router = page_router(f"/{language}/coverage", routes)

    def page(self, request: Request) -> Response:
        """Show the duties of the treaty chosen, each with what meets it and why."""
        treaty, status = _treaty(request), _status(request)
        answer = self._matrix(treaty, status)
        context = {
            "answer": answer,
            "treaty": treaty,
            "status": status,
            "statuses": list(DutyStatus),
            "with_texts": treaty != ALL,  # of all treaties they would make a heavy page
            "parameters": {"treaty": treaty, "status": status},
            "max_note": MAX_NOTE_CHARS,
            "max_name": MAX_NAME_CHARS,
        }
        return self._renderer.page(request, self._language, "coverage.html", context)

    def table(self, request: Request) -> Response:
        """Give the duties chosen as CSV."""
        answer = self._matrix(_treaty(request), _status(request))
        return csv_answer(duty_rows(answer.rows), f"tamyeez-coverage-{self._language}.csv")

    def paper(self, request: Request, form: str) -> Response:
        """Put the duties chosen on paper, to be saved by the reader."""
        if form not in _WRITERS:
            raise NotHeld(f"There is no paper of the form {form[:20]!r}.", id=form[:20])
        media, write = _WRITERS[form]
        answer = self._matrix(_treaty(request), _status(request))
        made = write(coverage_paper(answer, Words(self._language), self._version))
        file = f"tamyeez-coverage-{self._language}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return Response(made, media_type=media, headers=headers)

    async def assess(self, request: Request) -> Response:
        """Keep or take back a person's finding, then show its duty again."""
        refuse_other_sites(request.headers)
        async with request.form(max_files=0, max_fields=10) as form:
            sent = {name: str(value) for name, value in form.items()}
        duty = sent.get("duty", "")[:MAX_ID_CHARS]
        status = None if "remove" in sent else _read_status(sent.get("finding", ""))
        note, assessor = clean(sent.get("note", "")), clean(sent.get("assessor", ""))
        await run_in_threadpool(self._service.assess_duty, duty, status, note, assessor)
        chosen = {"treaty": sent.get("treaty", ""), "status": sent.get("status", "")}
        place = with_parameters(f"/{self._language}/coverage", chosen)
        return RedirectResponse(f"{place}#{duty}", 303)

    def _matrix(self, treaty: str, status: str) -> CoverageMatrix:
        statuses = [_read_status(status)] if status else []
        return self._service.treaty_coverage(_treaties(treaty), statuses)


def _treaty(request: Request) -> str:
    return request.query_params.get("treaty", "").strip()[:MAX_ID_CHARS] or FIRST


def _treaties(treaty: str) -> Sequence[str]:
    return [] if treaty == ALL else [treaty]


def _status(request: Request) -> str:
    return request.query_params.get("status", "").strip()[:MAX_ID_CHARS]


def _read_status(text: str) -> DutyStatus:
    try:
        return DutyStatus(text)
    except ValueError as exc:
        allowed = ", ".join(DutyStatus)
        raise BadRequest(f"A status is one of {allowed}; {text[:40]!r} is none.") from exc
