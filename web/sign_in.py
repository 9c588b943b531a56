"""Sign in and out, and one's own account: password, sessions, tokens of programs."""

from __future__ import annotations

import datetime as dt
import re

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from search.access import ANYBODY, current_reader, matrix
from search.accounts import Session
from search.accounts.single_sign_on import HOLDS_S, SingleSignOn
from search.audit import Kind, Trail
from search.errors import BadAccount, BadRequest, NotHeld, NotSignedIn, TamyeezError
from search.model import Language
from web import i18n
from web.gate import ACCOUNT, Door, cookie_name, place_of
from web.render import Renderer
from web.work_forms import read_form

TOKEN_DAYS = 90
SSO_COOKIE = "tamyeez-sso"
_HERE = re.compile(r"/(?:ar|en)/(?![/\\])[^\\\x00-\x20]*")
_FORM_CHARS = 400


class SignInPages:
    """Routes of signing in and of one's own account, in one language of the interface."""

    def __init__(
        self,
        door: Door,
        renderer: Renderer,
        language: Language,
        trail: Trail | None,
    ) -> None:
        """Take the door; `trail` records who signs in, and who is refused."""
        self._accounts = door.accounts
        self._secure = door.secure
        self._single_sign_on = door.single_sign_on
        self._renderer = renderer
        self._language = language
        self._back = f"/{language}/sign-in/back"
        self._trail = trail
        self.router = APIRouter(prefix=f"/{language}", include_in_schema=False)
        for path, method, route in (
            ("/sign-in", "GET", self.form),
            ("/sign-in", "POST", self.sign_in),
            ("/sign-in/sso", "GET", self.to_provider),
            ("/sign-in/back", "GET", self.from_provider),
            ("/sign-out", "POST", self.sign_out),
            ("/account", "GET", self.account),
            ("/account/password", "POST", self.change_password),
            ("/account/sessions", "POST", self.end_sessions),
            ("/account/tokens", "POST", self.add_token),
            ("/account/tokens/{id}", "POST", self.revoke_token),
        ):
            self.router.add_api_route(path, route, methods=[method], response_model=None)

    def form(self, request: Request) -> Response:
        """Show the form."""
        return self._form(request, request.query_params.get("next", ""))

    async def sign_in(self, request: Request) -> Response:
        """Begin a session, or say that name or password is wrong."""
        form = await read_form(request)
        name, goal = form.get("name", "")[:_FORM_CHARS], form.get("next", "")
        before = request.cookies.get(cookie_name(self._secure), "")
        try:
            session = await run_in_threadpool(
                self._accounts.sign_in,
                name,
                form.get("password", ""),
                before,
                place_of(request, self._secure),
            )
        except NotSignedIn as exc:
            self._record("refused", "-")  # what was typed may be a password
            return self._form(request, goal, name, exc)
        return self.let_in(session, goal)

    def to_provider(self, request: Request) -> Response:
        """Send a reader to the provider of single sign-on."""
        provider = self._provider()
        goal = request.query_params.get("next", "")
        journey = provider.begin(self._back, goal)
        answer = RedirectResponse(journey.address, 303)
        answer.set_cookie(
            SSO_COOKIE,
            journey.kept,
            max_age=HOLDS_S,
            path=self._back,
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    def from_provider(self, request: Request) -> Response:
        """Begin the session of whom the provider names, or say that there is no such account."""
        provider = self._provider()
        before = request.cookies.get(cookie_name(self._secure), "")
        kept = request.cookies.get(SSO_COOKIE, "")
        try:
            subject, goal = provider.end(self._back, dict(request.query_params), kept)
            session = self._accounts.sign_in_as(subject, before)
        except NotSignedIn as exc:
            self._record("refused", "-")
            return self._form(request, "", error=exc)
        answer = self.let_in(session, goal)
        answer.delete_cookie(SSO_COOKIE, path=self._back)
        return answer

    def _provider(self) -> SingleSignOn:
        if self._single_sign_on is None:
            raise HTTPException(404)
        return self._single_sign_on

    def let_in(self, session: Session, goal: str) -> Response:
        """Give a session its cookie and lead on to a page of ours."""
        self._record("done", session.account.name)
        goal = goal if _HERE.fullmatch(goal) else f"/{self._language}/"
        answer = RedirectResponse(goal, 303)
        answer.set_cookie(
            cookie_name(self._secure),
            session.token,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    def sign_out(self, request: Request) -> Response:
        """End the session."""
        token = request.cookies.get(cookie_name(self._secure), "")
        self._accounts.sign_out(token)
        answer = RedirectResponse(f"/{self._language}/sign-in", 303)
        answer.delete_cookie(cookie_name(self._secure), path="/", secure=self._secure)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    def account(self, request: Request) -> Response:
        """Show one's own account."""
        return self._account(request)

    async def change_password(self, request: Request) -> Response:
        """Change the password; every other session ends."""
        form = await read_form(request)
        new = form.get("new", "")
        try:
            if new != form.get("again", ""):
                raise BadAccount("The two new passwords differ. Nothing was changed.")
            session = await run_in_threadpool(
                self._accounts.change_password, current_reader(), form.get("old", ""), new
            )
        except (NotSignedIn, BadRequest) as exc:
            return self._account(request, error=exc)
        return self.let_in(session, f"/{self._language}/account?changed=yes")

    def end_sessions(self, request: Request) -> Response:
        """End every other session."""
        self._accounts.sign_out_everywhere(current_reader())
        return RedirectResponse(f"/{self._language}/account?changed=yes", 303)

    async def add_token(self, request: Request) -> Response:
        """Make a token, and show its secret this once."""
        form = await read_form(request)
        scopes = [name.removeprefix("scope-") for name in form if name.startswith("scope-")]
        reader = current_reader()
        try:
            secret = await run_in_threadpool(
                self._accounts.add_token, reader.name, form.get("name", ""), scopes, TOKEN_DAYS
            )
        except BadRequest as exc:
            return self._account(request, error=exc)
        return self._account(request, secret=secret)

    def revoke_token(self, request: Request, id: str) -> Response:  # noqa: A002
        """End a token."""
        self._accounts.revoke_token(current_reader().name, id)
        return RedirectResponse(f"/{self._language}/account?changed=yes", 303)

    def _form(
        self, request: Request, goal: str, name: str = "", error: TamyeezError | None = None
    ) -> Response:
        context = {
            "goal": goal if _HERE.fullmatch(goal) else "",
            "name": name,
            "error": i18n.error_sentence(self._language, error) if error else "",
            "single_sign_on": self._single_sign_on is not None,
        }
        status = error.status if error else 200
        return self._renderer.page(request, self._language, "sign_in.html", context, status)

    def _account(
        self, request: Request, error: TamyeezError | None = None, secret: str = ""
    ) -> Response:
        reader = current_reader()
        held = matrix()
        try:
            account = self._accounts.account(reader.name)
        except NotHeld:  # the operator's own commands have no account
            raise NotSignedIn("This page is that of a signed-in person.") from None
        context = {
            "account": account,
            "roles": [held.roles[role].name for role in account.roles],
            "scopes": [
                held.permissions[of]
                for of in held.permissions
                if of in reader.permissions and of not in (ANYBODY, ACCOUNT)
            ],
            "tokens": [
                (token, dt.datetime.fromtimestamp(token.expires, dt.UTC).date())
                for token in self._accounts.tokens(reader.name)
            ],
            "days": TOKEN_DAYS,
            "secret": secret,
            "changed": request.query_params.get("changed") == "yes",
            "error": i18n.error_sentence(self._language, error) if error else "",
        }
        status = error.status if error else 200
        return self._renderer.page(request, self._language, "account.html", context, status)

    def _record(self, outcome: str, actor: str) -> None:
        if self._trail is not None:
            self._trail.add(Kind.SIGN_IN, (), outcome, actor)
