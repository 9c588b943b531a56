"""Pages about access: the matrix of roles for everybody, users and the audit trail for few."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from search.access import current_reader, matrix, require
from search.accounts import Accounts
from search.audit import Kind, Trail
from search.audit.verifying import as_row, events, latest, verify
from search.errors import BadAccount, TamyeezError
from search.model import Language
from web import i18n
from web.exports.tables import write_csv
from web.render import Renderer
from web.work_forms import read_form

SHOWN_EVENTS = 200
COLUMNS = ("number", "at", "actor", "kind", "objects", "outcome", "detail")


class AccessPages:
    """Routes of the matrix and of the trail, in one language of the interface."""

    def __init__(self, renderer: Renderer, language: Language, trail: Trail | None) -> None:
        self._renderer = renderer
        self._language = language
        self._trail = trail
        self.router = APIRouter(prefix=f"/{language}", include_in_schema=False)
        self.router.add_api_route("/access", self.matrix, methods=["GET"], response_model=None)
        if trail is not None:
            for path, route in (("/trail", self.trail), ("/trail.csv", self.table)):
                self.router.add_api_route(path, route, methods=["GET"], response_model=None)

    def matrix(self, request: Request) -> Response:
        """Show who may do what."""
        held = matrix()
        context = {"permissions": held.permissions.values(), "roles": held.roles.values()}
        return self._renderer.page(request, self._language, "access.html", context)

    def trail(self, request: Request) -> Response:
        """Show the latest events, and whether the chain is whole."""
        require("audit")
        assert self._trail is not None
        # To check the whole chain takes a while: only who asks for it waits.
        wanted = request.query_params.get("verify") == "yes"
        context = {
            "verdict": verify(self._trail.home) if wanted else None,
            "events": latest(self._trail.home, SHOWN_EVENTS),
            "shown": SHOWN_EVENTS,
        }
        return self._renderer.page(request, self._language, "trail.html", context)

    def table(self) -> Response:
        """Give the whole trail as CSV."""
        require("audit")
        assert self._trail is not None
        titles = [i18n.message(self._language, f"trail.column.{name}") for name in COLUMNS]
        headers = {"Content-Disposition": 'attachment; filename="tamyeez-trail.csv"'}
        made = write_csv([titles, *map(as_row, events(self._trail.home))])
        return Response(made, media_type="text/csv; charset=utf-8", headers=headers)


class UserPages:
    """Routes by which an administrator keeps the accounts, in one language of the interface."""

    def __init__(
        self, accounts: Accounts, renderer: Renderer, language: Language, trail: Trail | None
    ) -> None:
        self._accounts = accounts
        self._renderer = renderer
        self._language = language
        self._trail = trail
        self.router = APIRouter(prefix=f"/{language}/users", include_in_schema=False)
        self.router.add_api_route("", self.users, methods=["GET"], response_model=None)
        self.router.add_api_route("", self.change, methods=["POST"], response_model=None)

    def users(self, request: Request) -> Response:
        """Show the accounts."""
        return self._page(request)

    async def change(self, request: Request) -> Response:
        """Do what the button says to an account, and show a new password this once."""
        form = await read_form(request)
        name, act = form.get("name", ""), form.get("act", "")
        try:
            password = await run_in_threadpool(self._act, act, name, _roles(form))
        except TamyeezError as exc:
            return self._page(request, error=exc)
        if self._trail is not None:
            self._trail.add(Kind.ADMINISTRATION, (f"user {act}", name))
        return self._page(request, done=name, password=password)

    def _act(self, act: str, name: str, roles: list[str]) -> str:
        if act in ("disable", "roles") and name == current_reader().name:
            raise BadAccount("One cannot take one's own rights away. Ask another administrator.")
        if act == "add":
            return self._accounts.add(name, roles)
        if act == "reset":
            return self._accounts.reset(name)
        if act == "roles":
            self._accounts.set_roles(name, roles)
        elif act == "disable":
            self._accounts.disable(name)
        elif act == "enable":
            self._accounts.enable(name)
        else:
            raise BadAccount("Add, reset, roles, disable or enable: choose one of the buttons.")
        return ""

    def _page(
        self,
        request: Request,
        error: TamyeezError | None = None,
        done: str = "",
        password: str = "",
    ) -> Response:
        context = {
            "accounts": self._accounts.all(),
            "roles": matrix().roles.values(),
            "error": i18n.error_sentence(self._language, error) if error else "",
            "done": done,
            "password": password,
        }
        status = error.status if error else 200
        return self._renderer.page(request, self._language, "users.html", context, status)


def _roles(form: dict[str, str]) -> list[str]:
    return [name.removeprefix("role-") for name in form if name.startswith("role-")]
