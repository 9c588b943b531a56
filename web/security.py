"""Guard every answer: security headers, limits on what comes in, no traceback to a user."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.operation.routes import route_of

_log = logging.getLogger("tamyeez.web")

# 10,000 Arabic letters, percent-encoded, still reach the service, whose own limit says more.
MAX_QUERY_STRING_BYTES = 62 * 1024
# The facts of a case: 30,000 Arabic letters, even where JSON escapes each in six bytes.
MAX_BODY_BYTES = 256 * 1024
# Files for the collection, which go to the disk as they come; of each form this one address takes.
MAX_UPLOAD_BYTES = 200 * 1024 * 1024
MAX_UPLOAD_FILE_BYTES = 50 * 1024 * 1024

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# A query may hold the facts of a case: no shared cache may keep the answer.
_PAGE_CACHE = "private, no-cache"
_STATIC_CACHE = "public, max-age=86400"
# A scanned page under review, or a note, may name persons: not even the reader's browser keeps it.
_NO_CACHE = "no-store"
_PERSONAL = re.compile(
    r"/[a-z]{2,3}/(review|my-work|library|case-studies/(kept|shared)|feed\.atom)(/|$)"
)
_UPLOAD = re.compile("/(ar|en)/library")
_FORM_BYTES = 64 * 1024  # of a form beside its files


class Guard:
    """ASGI middleware around the whole application.

    `refuse(request, code)` builds the answer "too-large" or "upload-too-large" (413), or
    "internal" (500).
    """

    def __init__(self, app: ASGIApp, refuse: Callable[[Request, str], Response]) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is too large; answer plainly if the application breaks."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        request = Request(scope)
        if _too_large(request):
            code = "upload-too-large" if _is_upload(request) else "too-large"
            await self._refuse(request, code)(scope, receive, guarded_send)
            return
        try:
            await self._app(scope, receive, guarded_send)
        except Exception:
            # The last line of defence: the traceback goes to the log, a sentence to the user.
            _log.exception("failed: %s %s", request.method, route_of(scope))
            if started:
                raise
            await self._refuse(request, "internal")(scope, receive, guarded_send)


def _too_large(request: Request) -> bool:
    length = request.headers.get("content-length", "0")
    chunked = "transfer-encoding" in request.headers
    most = MAX_UPLOAD_BYTES + _FORM_BYTES if _is_upload(request) else MAX_BODY_BYTES
    return (
        len(request.scope["query_string"]) > MAX_QUERY_STRING_BYTES
        or chunked
        or not length.isdecimal()
        or len(length) > 12  # Python refuses to read thousands of digits
        or int(length) > most
    )


def _is_upload(request: Request) -> bool:
    return request.method == "POST" and _UPLOAD.fullmatch(request.url.path) is not None


def _add_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in _HEADERS.items():
        headers[name] = value
    headers["Cache-Control"] = _cache(path)


def _cache(path: str) -> str:
    if path.startswith("/static/"):
        return _STATIC_CACHE
    return _NO_CACHE if _PERSONAL.match(path) else _PAGE_CACHE
