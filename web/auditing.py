"""Record what leaves the server as a file, and what is done with pages waiting for review.

A page waiting for review is not shown where that cannot be recorded.

Only the path is recorded, of which ids are the variable part: never an address's parameters, never
a form.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.audit import Kind, Trail
from search.audit.trail import unrecorded
from search.errors import TamyeezError

_REVIEW = re.compile(r"/(?:ar|en)/review/.")
_REFUSED = 400


class Recorder:
    """ASGI middleware that adds one event for each answer of those kinds."""

    def __init__(
        self, app: ASGIApp, trail: Trail, refuse: Callable[[Request, TamyeezError], Response]
    ) -> None:
        """`refuse(request, error)` answers instead of what cannot be recorded."""
        self._app = app
        self._trail = trail
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; record it once its answer has begun, before anything of it is sent."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        withheld = False

        async def recorded_send(message: Message) -> None:
            nonlocal withheld
            if message["type"] == "http.response.start" and message["status"] < _REFUSED:
                kind = _kind(scope, Headers(raw=message["headers"]))
                kept = kind is None or await run_in_threadpool(
                    self._trail.add, kind, (scope["path"],)
                )
                withheld = kind is Kind.RESTRICTED and not kept
            if not withheld:
                await send(message)

        await self._app(scope, receive, recorded_send)
        if withheld:
            await self._refuse(Request(scope), unrecorded())(scope, receive, send)


def _kind(scope: Scope, headers: Headers) -> Kind | None:
    if _REVIEW.match(scope["path"]):
        return Kind.REVIEW if scope["method"] == "POST" else Kind.RESTRICTED
    if headers.get("content-disposition", "").startswith("attachment"):
        return Kind.EXPORT
    return None
