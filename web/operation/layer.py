"""The outermost layer of the server: probes, metrics, the server's names, one line a request.

`/healthz` answers while the process runs, `/readyz` once it can answer a search; both say nothing
else and are open to all. `/metrics` is for this machine, unless a setting opens it.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.model import Language
from search.settings import MetricsFor
from web import i18n
from web.operation.hosts import LOOPBACK, is_loopback, name_in
from web.operation.metrics import MEDIA_TYPE, Metrics
from web.operation.routes import route_of

_log = logging.getLogger("tamyeez.requests")

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"
# A proxy on this machine makes every reader look local; it says for whom it asks.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_BARE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What the layer needs to know: the server's names, who may read its figures, is it ready.

    `problem` returns "" when a search can be answered, else the code of what is in the way.
    """

    names: frozenset[str]
    metrics: Metrics
    metrics_for: MetricsFor
    problem: Callable[[], str]


class OperationLayer:
    """ASGI layer around the whole application."""

    def __init__(self, app: ASGIApp, operation: Operation) -> None:
        self._app = app
        self._operation = operation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what concerns the server itself; pass the rest on, counted and logged."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = await self._own_answer(scope)
        if answer is not None:
            answer.headers.update(_BARE)
            await answer(scope, receive, send)
            return
        await self._observed(scope, receive, send)

    async def _own_answer(self, scope: Scope) -> Response | None:
        path, headers = scope["path"], Headers(scope=scope)
        if path == HEALTH:
            return _for_reading(scope, PlainTextResponse("ok\n"))
        if path == READY:
            problem = await run_in_threadpool(self._operation.problem)
            words = f"not ready: {problem}\n" if problem else "ready\n"
            return _for_reading(scope, PlainTextResponse(words, 503 if problem else 200))
        name = name_in(headers.get("host", ""))
        if name not in self._operation.names:
            self._operation.metrics.count(scope["method"], "refused-host", 421, 0.0)
            return _misdirected(path)
        if path != METRICS or self._operation.metrics_for is MetricsFor.NOBODY:
            return None
        if not self._may_read_metrics(scope, headers, name):
            return PlainTextResponse("Metrics are read on this machine alone.\n", 403)
        text = await run_in_threadpool(self._operation.metrics.text)
        return _for_reading(scope, Response(text, media_type=MEDIA_TYPE))

    def _may_read_metrics(self, scope: Scope, headers: Headers, name: str) -> bool:
        if self._operation.metrics_for is MetricsFor.ALL:
            return True
        client = scope.get("client")
        local = client is not None and is_loopback(client[0]) and name in LOOPBACK
        return local and not any(header in headers for header in _FORWARDED)

    async def _observed(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status, number = time.perf_counter(), 500, secrets.token_hex(6)

        async def observed_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = number
            await send(message)

        metrics = self._operation.metrics
        with metrics.in_hand.track_inprogress():
            try:
                await self._app(scope, receive, observed_send)
            finally:
                seconds, route = time.perf_counter() - started, route_of(scope)
                metrics.count(scope["method"], route, status, seconds)
                fields = {
                    "request": number,
                    "method": scope["method"],
                    "route": route,
                    "status": status,
                    "ms": round(seconds * 1000, 1),
                }
                _log.info("answered", extra={"fields": fields})


def _for_reading(scope: Scope, answer: Response) -> Response:
    if scope["method"] in ("GET", "HEAD"):
        return answer
    return PlainTextResponse("Only GET is answered here.\n", 405, headers={"Allow": "GET, HEAD"})


def _misdirected(path: str) -> Response:
    """Refuse in one sentence that does not repeat the name given."""
    sentences = [i18n.message(language, "error.unknown-host") for language in Language]
    if path.startswith("/api/"):
        detail = i18n.message(Language.EN, "error.unknown-host")
        content = json.dumps({"code": "unknown-host", "detail": detail})
        return Response(content, 421, media_type="application/json")
    return PlainTextResponse("\n".join(sentences) + "\n", 421)
