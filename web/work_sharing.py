"""The pages by which one's work is shared, and by which one reads what others share."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from search.access import current_reader, owner
from search.accounts import Accounts
from search.accounts.model import MAX_TOKEN_DAYS
from search.errors import BadAccount, BadRequest, NoColleague
from search.model import Language
from search.work.model import ShareKind
from search.work.sharing import FEED, Sharing
from web.links import with_parameters
from web.record import named_filters
from web.render import Renderer
from web.routes import page_router
from web.work import search_address
from web.work_forms import read_form

_PLACES = {ShareKind.SEARCH: "searches", ShareKind.STUDY: "studies"}


class SharingPages:
    """Routes of sharing in one language of the interface; only where readers have accounts."""

    def __init__(
        self,
        sharing: Sharing,
        accounts: Accounts,
        renderer: Renderer,
        language: Language,
        secure: bool,
    ) -> None:
        """`secure`: readers come over TLS."""
        self._sharing = sharing
        self._accounts = accounts
        self._renderer = renderer
        self._language = language
        self._secure = secure
        self._home = f"/{language}/my-work"
        routes = (
            ("GET", "/shared/{id}", self.shared),
            ("POST", "/shares", self.share),
            ("POST", "/shares/{id}/delete", self.take_back),
            ("POST", "/feed", self.add_feed),
        )
        self.router = page_router(self._home, routes)

    def shared(self, request: Request, id: str) -> Response:  # noqa: A002 - the address's name
        """Show what a colleague shares."""
        owner()  # who keeps no work reads none
        shared = self._sharing.one(id)
        query = shared.search.query if shared.search else None
        context = {
            "home": self._home,
            "shared": shared,
            "address": search_address(self._language, query) if query else "",
            "filters": named_filters(self._language, query.filters) if query else (),
        }
        return self._renderer.page(request, self._language, "work_shared.html", context)

    async def share(self, request: Request) -> Response:
        """Let a colleague of a name, or a role, read something."""
        form = await read_form(request)
        kind, item = _kind(form), form.get("item", "")
        try:
            await run_in_threadpool(self._share, kind, item, form)
        except NoColleague:
            return self._back(kind, item, unknown="yes")
        return self._back(kind, item)

    def _share(self, kind: ShareKind, item: str, form: Mapping[str, str]) -> None:
        name = form.get("colleague", "").strip()
        if name:
            self._sharing.share_with_person(owner(), kind, item, name)
        else:
            self._sharing.share_with_role(owner(), kind, item, form.get("role", ""))

    async def take_back(self, request: Request, id: str) -> Response:  # noqa: A002
        """End a share."""
        await read_form(request)
        ended = await run_in_threadpool(self._sharing.take_back, owner(), id)
        return self._back(ended.kind, ended.item)

    async def add_feed(self, request: Request) -> Response:
        """Make the address of a feed of one's alerts, and show it this once."""
        await read_form(request)
        secret = await run_in_threadpool(self._new_token, request)
        url = request.url.replace(
            scheme="https" if self._secure else request.url.scheme,
            path=f"/{self._language}/feed.atom",
            query=f"token={secret}",
        )
        context = {"home": self._home, "address": str(url), "days": MAX_TOKEN_DAYS}
        return self._renderer.page(request, self._language, "work_feed.html", context)

    def _new_token(self, request: Request) -> str:
        owner()
        reader = current_reader()
        if not reader.session:  # a program's token must not outlive itself by another
            raise BadAccount("The address of a feed is made by a person who has signed in.")
        return self._accounts.add_token(reader.name, "Atom", [FEED], MAX_TOKEN_DAYS)

    def _back(self, kind: ShareKind, item: str, **told: str) -> Response:
        if kind is ShareKind.FOLDER:
            return RedirectResponse(with_parameters(self._home, {"folder": item}, **told), 303)
        place = f"{self._home}/{_PLACES[kind]}/{item}"
        return RedirectResponse(with_parameters(place, told), 303)


def _kind(form: Mapping[str, str]) -> ShareKind:
    try:
        return ShareKind(form.get("kind", ""))
    except ValueError as exc:
        raise BadRequest("kind takes folder, search or study.") from exc
