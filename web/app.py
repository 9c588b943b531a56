"""Build the web application: pages, API, static files, one translation of every error."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from search.errors import TamyeezError
from search.model import Language
from web import i18n
from web.api import Service, api_router
from web.compare import ComparingPages, comparing_api
from web.documentation import operations
from web.glossary import GlossaryPages, glossary_api
from web.pages import Pages
from web.pages_distinction import DistinctionPages
from web.render import STATIC, Renderer
from web.security import Guard
from web.statistics import StatisticsPages, statistics_api

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


def create_app(service: Service, version: str) -> FastAPI:
    """Build the application over a service; nothing starts before it is served."""
    renderer = Renderer(version)
    app = FastAPI(
        title="Tamyeez",
        version=version,
        description=_DESCRIPTION,
        docs_url=None,  # FastAPI's own pages load from a remote host
        redoc_url=None,
    )
    answers = _Answers(renderer)
    app.add_middleware(Guard, refuse=answers.refuse)
    app.add_exception_handler(TamyeezError, answers.of_service)
    app.add_exception_handler(RequestValidationError, answers.of_validation)
    app.add_exception_handler(HTTPException, answers.of_http)
    app.include_router(api_router(service, version))
    app.include_router(comparing_api(service))
    app.include_router(glossary_api(service))
    app.include_router(statistics_api(service))
    for language in Language:
        app.include_router(Pages(service, renderer, language).router)
        app.include_router(ComparingPages(service, renderer, language).router)
        app.include_router(GlossaryPages(service, renderer, language).router)
        app.include_router(StatisticsPages(service, renderer, language).router)
        app.include_router(DistinctionPages(service, renderer, language, version).router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_entrance(app, renderer)
    return app


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

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def refuse(self, request: Request, code: str) -> Response:
        """Answer a request the guard stopped."""
        status = 413 if code == "too-large" else 500
        return self._answer(request, status, code, i18n.message(Language.EN, f"error.{code}"))

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
