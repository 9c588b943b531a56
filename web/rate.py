"""Limit how often one reader may ask, where the installation sets a limit."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from search.access import current_reader
from web.gate import place_of

MINUTE_S = 60.0
MAX_READERS = 10_000  # remembered at once; who asked least lately is forgotten first
_FREE = "/static/"  # a page's own styles, scripts and type

Who = tuple[str, str]  # account, address


class Allowances:
    """What each reader may still ask: `a_minute` at once, and as many again in each minute."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(a_minute)
        self._clock = clock
        self._left: OrderedDict[Who, tuple[float, float]] = OrderedDict()  # requests, as of when

    def take(self, who: Who) -> int:
        """Take one request; return 0, or in how many seconds there will be one."""
        now = self._clock()
        left, since = self._left.pop(who, (self._most, now))
        left = min(self._most, left + (now - since) * self._most / MINUTE_S)
        refused = left < 1
        self._left[who] = (left if refused else left - 1, now)
        if len(self._left) > MAX_READERS:
            self._left.popitem(last=False)
        return ceil((1 - left) * MINUTE_S / self._most) if refused else 0


class RateLimit:
    """ASGI middleware, within the gate: a reader is an account, else the address asked from.

    `refuse(request, status, code)` builds the answer to one who asked too often.
    """

    def __init__(
        self,
        app: ASGIApp,
        allowances: Allowances,
        secure: bool,
        refuse: Callable[[Request, int, str], Response],
    ) -> None:
        """`secure`: readers come through a proxy, which names their addresses."""
        self._app = app
        self._allowances = allowances
        self._secure = secure
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say when to ask again."""
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        who = current_reader().id, place_of(request, self._secure)
        wait_s = self._allowances.take(who)
        if not wait_s:
            await self._app(scope, receive, send)
            return
        refused = self._refuse(request, 429, "too-many-requests")
        refused.headers["Retry-After"] = str(wait_s)
        await refused(scope, receive, send)
