"""Build the web application: pages, API, static files, one translation of every error."""

from __future__ import annotations

import logging

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from search.access import OPERATOR, Reader, acting_as, current_reader
from search.accounts.colleagues import colleagues
from search.audit import Trail
from search.cabinet import Cabinet
from search.casebook import NameFinder
from search.errors import TamyeezError
from search.model import Language
from search.work.sharing import WORK, Sharing
from web import i18n
from web.access import AccessPages, UserPages
from web.api import Service, api_router
from web.auditing import Recorder
from web.case_studies import CaseStudyPages
from web.case_study_files import case_studies_api
from web.case_study_keeping import KeptStudies
from web.compare import ComparingPages, comparing_api
from web.documentation import operations
from web.downloads import downloads_api
from web.drafting import DraftPages, drafting_api
from web.feed import Feed
from web.gate import NOBODY, Door, Gate
from web.glossary import GlossaryPages, glossary_api
from web.library import Library, LibraryPages
from web.pages import Pages
from web.pages_distinction import DistinctionPages
from web.pages_reading import ReadingPages
from web.rate import Allowances, RateLimit
from web.record import RecordPages, record_api
from web.render import STATIC, Renderer
from web.review import Desk, ReviewPages
from web.routes import refusals
from web.security import Guard
from web.sign_in import SignInPages
from web.statistics import StatisticsPages, statistics_api
from web.surveys import SurveyPages
from web.treaty_coverage import CoveragePages, coverage_api
from web.work import WorkPages
from web.work_api import work_api
from web.work_api_sharing import sharing_api
from web.work_sharing import SharingPages

_log = logging.getLogger("tamyeez.web")

_DESCRIPTION = (
    "Search Kuwait’s law on trafficking in persons in Arabic and English. Reading only; every "
    "failure is answered with a code and a detail. Offsets count code points."
)
# Codes of failures that arise outside the service, by status.
_HTTP_CODES = {
    403: "cross-site",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
}
# What any operation may answer instead, from outside its route.
_ANYWHERE = {
    413: "More than is taken",
    429: "Asked too often",
    503: "What it needs cannot be used now",
}
_WITH_ACCOUNTS = {401: "Nobody is signed in", 403: "Not allowed to this reader"}


def create_app(
    service: Service,
    version: str,
    desk: Desk | None = None,
    cabinet: Cabinet | None = None,
    finder: NameFinder | None = None,
    trail: Trail | None = None,
    door: Door | None = None,
    library: Library | None = None,
    rate: int = 0,
) -> FastAPI:
    """Build the application over a service; nothing starts before it is served.

    `desk` is the review queue, `cabinet` what readers keep, `library` what librarians do; without
    one its pages are not there.
    `finder` finds persons' names; without it no text that a trainer has changed is exported.
    `trail` records exports and what is done with pages waiting for review. With a `door` readers
    sign in, and see and do what their roles allow; without one everything is open.
    `rate` is how often one reader may ask in a minute; 0: any number of times.
    """
    work = cabinet.work if cabinet else None
    renderer = Renderer(
        version,
        reviewing=desk is not None,
        recording=cabinet is not None,
        working=work is not None,
        accounts=door is not None,
        keeping_library=library is not None,
        news=(lambda: work.alerts.total(current_reader().id)) if work is not None else None,
    )
    app = FastAPI(
        title="Tamyeez",
        version=version,
        description=_DESCRIPTION,
        docs_url=None,  # FastAPI's own pages load from a remote host
        redoc_url=None,
        responses=refusals(_ANYWHERE | (_WITH_ACCOUNTS if door is not None else {})),
    )
    answers = _Answers(renderer, NOBODY if door else OPERATOR)
    _add_layers(app, answers, trail, door, rate)
    app.add_exception_handler(TamyeezError, answers.of_service)
    app.add_exception_handler(RequestValidationError, answers.of_validation)
    app.add_exception_handler(HTTPException, answers.of_http)
    app.include_router(api_router(service, version))
    app.include_router(comparing_api(service))
    app.include_router(coverage_api(service))
    app.include_router(drafting_api(service))
    app.include_router(glossary_api(service))
    app.include_router(statistics_api(service))
    app.include_router(downloads_api(service))
    app.include_router(case_studies_api(service, version, finder))
    for language in Language:
        app.include_router(Pages(service, renderer, language).router)
        app.include_router(ReadingPages(service, renderer, language).router)
        app.include_router(ComparingPages(service, renderer, language).router)
        app.include_router(SurveyPages(service, renderer, language).router)
        app.include_router(CoveragePages(service, renderer, language, version).router)
        app.include_router(DraftPages(service, renderer, language, version).router)
        app.include_router(GlossaryPages(service, renderer, language).router)
        app.include_router(StatisticsPages(service, renderer, language).router)
        app.include_router(DistinctionPages(service, renderer, language, version).router)
        builder = CaseStudyPages(
            service, renderer, language, version, finder, keeping=work is not None
        )
        app.include_router(builder.router)
        app.include_router(_work_pages(cabinet, door, builder, service, renderer, version))
        app.include_router(AccessPages(renderer, language, trail).router)
        if door is not None:
            app.include_router(SignInPages(door, renderer, language, trail).router)
            app.include_router(UserPages(door.accounts, renderer, language, trail).router)
        if desk is not None:
            app.include_router(ReviewPages(desk, renderer, language).router)
        if library is not None:
            app.include_router(LibraryPages(library, service, renderer, language).router)
        if cabinet is not None:
            app.include_router(RecordPages(cabinet, renderer, language, version).router)
    if cabinet is not None:
        app.include_router(record_api(cabinet))
        app.include_router(_work_api(cabinet, door))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_entrance(app, renderer)
    return app


def _add_layers(
    app: FastAPI, answers: _Answers, trail: Trail | None, door: Door | None, rate: int
) -> None:
    """Put around the routes what every request passes, the innermost first."""
    if trail is not None:
        app.add_middleware(Recorder, trail=trail, refuse=answers.failed)
    if rate:
        allowed, secure = Allowances(rate), door is not None and door.secure
        app.add_middleware(RateLimit, allowances=allowed, secure=secure, refuse=answers.turned_away)
    if door is not None:
        app.add_middleware(Gate, door=door, refuse=answers.turned_away, fail=answers.failed)
    app.add_middleware(Guard, refuse=answers.refuse)


def _work_pages(
    cabinet: Cabinet | None,
    door: Door | None,
    builder: CaseStudyPages,
    service: Service,
    renderer: Renderer,
    version: str,
) -> APIRouter:
    """Return the pages of one's work; those of sharing and the feed only with a door."""
    router, language = APIRouter(), builder.language
    if cabinet is None or cabinet.work is None:
        return router
    work, sharing = cabinet.work, _sharing(cabinet, door)
    router.include_router(WorkPages(work, sharing, renderer, language, version).router)
    router.include_router(KeptStudies(builder, service, work, sharing).router)
    if sharing is not None and door is not None:
        shared = SharingPages(sharing, door.accounts, renderer, language, door.secure)
        router.include_router(shared.router)
        router.include_router(Feed(work, door.accounts, language, door.secure).router)
    return router


def _work_api(cabinet: Cabinet, door: Door | None) -> APIRouter:
    router, sharing = APIRouter(), _sharing(cabinet, door)
    if cabinet.work is not None:
        router.include_router(work_api(cabinet.work))
    if sharing is not None:
        router.include_router(sharing_api(sharing))
    return router


def _sharing(cabinet: Cabinet, door: Door | None) -> Sharing | None:
    """Return how readers with accounts share their work; None where there are none."""
    if cabinet.work is None or door is None:
        return None
    accounts = door.accounts
    return Sharing(cabinet.work.store, cabinet.collection, lambda: colleagues(accounts, WORK))


def _add_entrance(app: FastAPI, renderer: Renderer) -> None:
    def entrance(request: Request) -> RedirectResponse:
        """Send the reader to the pages in their language."""
        language = i18n.preferred_language(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{language}/", 302, headers={"Vary": "Accept-Language"})

    def documentation(request: Request) -> HTMLResponse:
        """List the operations of the API, from its own OpenAPI description."""
        context = {"description": app.description, "operations": operations(app.openapi())}
        return renderer.page(request, Language.EN, "docs.html", context)

    app.router.routes += [
        APIRoute("/", entrance, include_in_schema=False, response_model=None),
        APIRoute("/docs", documentation, include_in_schema=False, response_model=None),
    ]


class _Answers:
    """Answers to failures: JSON under /api, a page in the reader's language elsewhere."""

    def __init__(self, renderer: Renderer, outside: Reader) -> None:
        """`outside` is for whom pages are made where nobody has been let in yet."""
        self._renderer = renderer
        self._outside = outside

    def refuse(self, request: Request, code: str) -> Response:
        """Answer a request the guard stopped."""
        status = 500 if code == "internal" else 413
        with acting_as(self._outside):
            return self._answer(request, status, code, i18n.message(Language.EN, f"error.{code}"))

    def turned_away(self, request: Request, status: int, code: str) -> Response:
        """Answer a request the gate turned away."""
        return self._answer(request, status, code, i18n.message(Language.EN, f"error.{code}"))

    def failed(self, request: Request, error: TamyeezError) -> Response:
        """Answer an error that arose outside of the routes."""
        if error.status >= 500:
            _log.error("%s: %s", error.code, error)
        detail = i18n.error_sentence(Language.EN, error)
        return self._answer(request, error.status, error.code, detail, error)

    async def of_service(self, request: Request, error: Exception) -> Response:
        """Answer an error that carries its own status and code."""
        assert isinstance(error, TamyeezError)
        detail = str(error)
        if error.status >= 500:  # its sentence may name files of this machine
            _log.error("%s: %s", error.code, error)
            detail = i18n.error_sentence(Language.EN, error)
        return self._answer(request, error.status, error.code, detail, error)

    async def of_validation(self, request: Request, error: Exception) -> Response:
        """Answer a parameter that is missing or out of bounds, naming it."""
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][1:])
        reason = first["msg"].removeprefix("Value error, ").rstrip(".")
        return self._answer(request, 422, "invalid-parameter", f"{name}: {reason}.")

    async def of_http(self, request: Request, error: Exception) -> Response:
        """Answer an address or method that does not exist."""
        assert isinstance(error, HTTPException)
        code = _HTTP_CODES.get(error.status_code, "bad-request")
        detail = i18n.message(Language.EN, f"error.{code}")
        answer = self._answer(request, error.status_code, code, detail)
        answer.headers.update(error.headers or {})
        return answer

    def _answer(
        self,
        request: Request,
        status: int,
        code: str,
        detail: str,
        error: TamyeezError | None = None,
    ) -> Response:
        path = request.url.path
        if path.startswith("/api/") or path == "/openapi.json":
            return JSONResponse({"code": code, "detail": detail}, status)
        language = _language_of_page(request)
        sentence = (
            i18n.error_sentence(language, error)
            if error
            else i18n.message(language, f"error.{code}")
        )
        context = {
            "status": status,
            "sentence": sentence,
            "concerned": str(error.details.get("id", "")) if error else "",
        }
        return self._renderer.page(request, language, "error.html", context, status)


def _language_of_page(request: Request) -> Language:
    first = request.url.path.split("/")[1]
    if first in set(Language):
        return Language(first)
    return i18n.preferred_language(request.headers.get("accept-language", ""))
