"""The gate: who asks, and whether their role opens this door.

Outermost but for the guard. It sets the reader for whom everything inside is done
(search/access/reader.py), so that no route can forget to ask.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from search.access import ANYBODY, OPERATOR, Reader, acting_as, matrix
from search.accounts import Accounts
from search.accounts.single_sign_on import SingleSignOn
from search.errors import TamyeezError
from web.links import with_parameters

ACCOUNT = "account"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NOBODY = Reader("", "-", (), frozenset({ANYBODY}))
COOKIE, SECURE_COOKIE = "tamyeez", "__Host-tamyeez"


def cookie_name(secure: bool) -> str:
    """Return the cookie of a session: under TLS a name that no other host can set."""
    return SECURE_COOKIE if secure else COOKIE


@dataclass(frozen=True, slots=True)
class Door:
    """How readers come in: by account, token or single sign-on.

    `operator` is the secret by which this installation's own commands ask; `secure` says that
    readers come over TLS.
    """

    accounts: Accounts
    operator: str
    secure: bool
    single_sign_on: SingleSignOn | None = None


class Gate:
    """ASGI middleware. `refuse(request, status, code)` builds the answer to one turned away."""

    def __init__(
        self,
        app: ASGIApp,
        door: Door,
        refuse: Callable[[Request, int, str], Response],
        fail: Callable[[Request, TamyeezError], Response],
    ) -> None:
        """`fail(request, error)` answers where accounts cannot be read."""
        self._app = app
        self._accounts = door.accounts
        self._operator = door.operator
        self._cookie = cookie_name(door.secure)
        self._refuse = refuse
        self._fail = fail

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in as its reader, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            reader = await run_in_threadpool(self._reader, request)
        except TamyeezError as exc:
            with acting_as(NOBODY):
                failed = self._fail(request, exc)
            await failed(scope, receive, send)
            return
        # A page that turns somebody away shows them no door that is another's either.
        with acting_as(reader or NOBODY):
            turned_away = self._turned_away(request, reader)
            await (turned_away or self._app)(scope, receive, send)

    def _reader(self, request: Request) -> Reader | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            if hmac.compare_digest(token.encode(), self._operator.encode()):
                return OPERATOR
            return self._accounts.reader_of_token(token)
        held = request.cookies.get(self._cookie)
        return self._accounts.reader_of_session(held) if held else None

    def _turned_away(self, request: Request, reader: Reader | None) -> Response | None:
        permission = matrix().for_address(request.method, request.url.path)
        if permission is None:
            return self._refuse(request, 404, "not-found")
        if request.method not in _SAFE and not is_own_form(request.headers):
            return self._refuse(request, 403, "cross-site")
        return None if permission == ANYBODY else self._stopped(request, reader, permission)

    def _stopped(self, request: Request, reader: Reader | None, permission: str) -> Response | None:
        if reader is None:
            return self._to_sign_in(request)
        if reader.must_change and permission != ACCOUNT:
            return self._to_change(request)
        if not reader.may(permission):
            return self._refuse(request, 403, "not-permitted")
        return None

    def _to_sign_in(self, request: Request) -> Response:
        if is_page(request):
            address = request.url.path
            # A form cannot be sent again by itself: its page is opened instead.
            if request.method in _SAFE and request.url.query:
                address += f"?{request.url.query}"
            place = with_parameters(f"/{request.url.path[1:3]}/sign-in", {"next": address})
            return RedirectResponse(place, 303)
        refused = self._refuse(request, 401, "sign-in-needed")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused

    def _to_change(self, request: Request) -> Response:
        if is_page(request):
            return RedirectResponse(f"/{request.url.path[1:3]}/account", 303)
        return JSONResponse(
            {"code": "not-permitted", "detail": "Choose a password of your own first."}, 403
        )


def place_of(request: Request, secure: bool) -> str:
    """Return the address that a request comes from; behind a proxy, as that names it.

    What a client itself writes into the header stands before what the proxy adds. Of an IPv6
    address the network is meant: a machine has as many addresses in it as it likes.
    """
    named = request.client.host if request.client else ""
    if secure:
        told = ",".join(request.headers.getlist("x-forwarded-for"))
        named = told.rpartition(",")[2].strip() or named
    try:
        address = ip_address(named)
    except ValueError:
        return named[:64]
    return named if address.version == 4 else str(ip_network(f"{named}/64", strict=False))


def is_page(request: Request) -> bool:
    """Tell whether an address is a page of a language."""
    return request.url.path[:4] in ("/ar/", "/en/")


def is_own_form(headers: Headers) -> bool:
    """Tell whether what changes something was sent by our own page, or by a program's token.

    Browsers say where a form comes from; one that says neither is no browser of today.
    """
    if headers.get("authorization", "").lower().startswith("bearer "):
        return True
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return False
    return site == "same-origin" or (site is None and origin is not None)
