"""Sign in and out by page: sessions, forms of other sites, where one is led, what is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from unittest.mock import MagicMock
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI

from search.accounts import Accounts
from search.accounts.guessing import FAILURES
from search.accounts.store import FILE, AccountStore
from search.audit import Trail
from search.audit.verifying import events
from search.work import WorkService, WorkStore
from tests.service.asgi_client import Client
from tests.service.fake_service import HOSTILE, FakeService
from tests.support import tamyeez
from web.app import create_app
from web.gate import Door

OWN = "four plain words here"


class Browser:
    """A client that keeps its cookie and says where its forms come from."""

    def __init__(self, app: FastAPI) -> None:
        self._client = Client(app)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> httpx.Response:
        return self._kept(self._client.request("GET", path, **self._headers()))

    def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        said = {
            "sec_fetch_site": "same-origin",
            "content_type": "application/x-www-form-urlencoded",
            **self._headers(),
            **headers,
        }
        return self._kept(self._client.request("POST", path, urlencode(fields).encode(), **said))

    def _headers(self) -> dict[str, str]:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"cookie": held} if held else {}

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    made = Accounts(AccountStore(tmp_path))
    yield made
    made.close()


@pytest.fixture
def app(tmp_path: Path, accounts: Accounts) -> FastAPI:
    door = Door(accounts, "0" * 64, secure=False)
    return create_app(FakeService(), "9.9.9", trail=Trail(tmp_path), door=door)


def sign_in(browser: Browser, name: str, password: str, goal: str = "") -> httpx.Response:
    fields = {"name": name, "password": password, "next": goal}
    return browser.post("/en/sign-in", fields)


def settled(accounts: Accounts, browser: Browser, name: str, *roles: str) -> None:
    """Add an account, sign in, and choose its own password."""
    given = accounts.add(name, roles)
    assert sign_in(browser, name, given).status_code == 303
    fields = {"old": given, "new": OWN, "again": OWN}
    assert browser.post("/en/account/password", fields).status_code == 303


def test_a_reader_is_led_to_sign_in_and_back(app: FastAPI, accounts: Accounts) -> None:
    browser = Browser(app)
    settled(accounts, browser, "salem", "judge")
    browser.cookies.clear()
    sent = browser.get("/ar/laws?q=1")
    assert (sent.status_code, sent.headers["location"]) == (
        303,
        "/ar/sign-in?next=%2Far%2Flaws%3Fq%3D1",
    )
    page = browser.get(sent.headers["location"])
    assert 'value="/ar/laws?q=1"' in page.text
    back = sign_in(browser, "salem", OWN, "/ar/laws?q=1")
    assert (back.status_code, back.headers["location"]) == (303, "/ar/laws?q=1")
    assert browser.get("/ar/laws").status_code == 200


@pytest.mark.parametrize(
    "goal",
    ["//evil.example/", "https://evil.example/", "/ar//evil.example", "/ar/\\evil.example",
     "/ar/x\r\nSet-Cookie: a=b", "javascript:alert(1)", "/xx/laws", "/ar/%0d%0aX: y\n"],
)  # fmt: skip
def test_nobody_is_led_to_another_site(app: FastAPI, accounts: Accounts, goal: str) -> None:
    browser = Browser(app)
    settled(accounts, browser, "salem", "judge")
    browser.cookies.clear()
    assert sign_in(browser, "salem", OWN, goal).headers["location"] == "/en/"
    assert goal not in browser.get(f"/en/sign-in?{urlencode({'next': goal})}").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    app: FastAPI, accounts: Accounts, tmp_path: Path
) -> None:
    given = accounts.add("salem", ["judge"])
    said = sign_in(Browser(app), "salem", given).headers["set-cookie"]
    assert re.fullmatch(r"tamyeez=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", said)
    door = Door(accounts, "0" * 64, secure=True)
    behind_tls = create_app(FakeService(), "9", trail=Trail(tmp_path), door=door)
    said = sign_in(Browser(behind_tls), "salem", given).headers["set-cookie"]
    assert re.fullmatch(r"__Host-tamyeez=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", said)


def test_a_planted_session_does_not_outlive_the_sign_in(app: FastAPI, accounts: Accounts) -> None:
    attacker, victim = Browser(app), Browser(app)
    given = accounts.add("mallory", ["judge"])
    sign_in(attacker, "mallory", given)
    settled(accounts, Browser(app), "salem", "judge")
    victim.cookies = dict(attacker.cookies)
    planted = victim.cookies["tamyeez"]
    sign_in(victim, "salem", OWN)
    assert victim.cookies["tamyeez"] != planted
    assert accounts.reader_of_session(planted) is None


def test_a_lock_holds_for_the_address_that_the_proxy_names(
    accounts: Accounts, tmp_path: Path
) -> None:
    door = Door(accounts, "0" * 64, secure=True)
    app = create_app(FakeService(), "9", trail=Trail(tmp_path), door=door)
    given = accounts.add("salem", ["judge"])

    def status(password: str, told: str) -> int:
        fields = {"name": "salem", "password": password}
        return Browser(app).post("/en/sign-in", fields, x_forwarded_for=told).status_code

    # What the client claims stands before what the proxy adds, and is not believed.
    assert [status("wrong", f"10.0.0.{n}, 10.9.9.9") for n in range(FAILURES)] == [401] * FAILURES
    assert status(given, "10.0.0.1, 10.9.9.9") == 401
    assert status(given, "10.9.9.9, 10.0.0.1") == 303
    # A machine has a whole network of IPv6 addresses.
    assert [status("wrong", f"2001:db8::{n}") for n in range(FAILURES)] == [401] * FAILURES
    assert status(given, "2001:db8::ffff") == 401
    assert status(given, "2001:db8:1::1") == 303


def test_without_a_proxy_nobody_chooses_the_address_they_come_from(
    app: FastAPI, accounts: Accounts
) -> None:
    given = accounts.add("salem", ["judge"])
    fields = {"name": "salem", "password": "wrong"}
    for n in range(FAILURES):
        Browser(app).post("/en/sign-in", fields, x_forwarded_for=f"10.0.0.{n}")
    assert sign_in(Browser(app), "salem", given).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "same-origin", "origin": "https://evil.example"},
        {"sec_fetch_site": "none"},
        {"origin": "null", "sec_fetch_site": ""},
    ],
)
def test_a_form_of_another_site_changes_nothing(
    app: FastAPI, accounts: Accounts, headers: dict[str, str]
) -> None:
    browser = Browser(app)
    settled(accounts, browser, "chief", "administrator")
    fields = {"name": "planted", "act": "add", "role-administrator": "on"}
    assert browser.post("/en/users", fields, **headers).status_code == 403
    assert [account.name for account in accounts.all()] == ["chief"]


def test_a_form_that_does_not_say_whence_it_comes_is_refused(app: FastAPI) -> None:
    answer = Client(app).request("POST", "/en/sign-in", b"name=a&password=b")
    assert answer.status_code == 403


def test_what_is_typed_is_shown_as_text(app: FastAPI) -> None:
    page = sign_in(Browser(app), HOSTILE, "x" * 20)
    assert page.status_code == 401
    assert "<script>alert" not in page.text


def test_the_first_password_opens_one_page_only(app: FastAPI, accounts: Accounts) -> None:
    browser = Browser(app)
    given = accounts.add("salem", ["judge"])
    sign_in(browser, "salem", given)
    assert browser.get("/en/laws").headers["location"] == "/en/account"
    assert browser.get("/api/search?q=x").status_code == 403
    assert browser.get("/en/account").status_code == 200


def test_signing_out_ends_the_session(app: FastAPI, accounts: Accounts) -> None:
    browser = Browser(app)
    settled(accounts, browser, "salem", "judge")
    token = browser.cookies["tamyeez"]
    out = browser.post("/en/sign-out", {})
    assert out.headers["location"] == "/en/sign-in"
    assert accounts.reader_of_session(token) is None


def test_users_are_added_reset_and_disabled_by_page(app: FastAPI, accounts: Accounts) -> None:
    chief, clerk = Browser(app), Browser(app)
    settled(accounts, chief, "chief", "administrator")
    made = chief.post("/ar/users", {"name": "كاتب", "act": "add", "role-librarian": "on"})
    password = re.search(r'class="secret"[^>]*>([^<]+)<', made.text)
    assert password is not None
    assert sign_in(clerk, "كاتب", password[1]).status_code == 303
    chief.post("/ar/users", {"name": "كاتب", "act": "roles", "role-trainer": "on"})
    assert accounts.account("كاتب").roles == ("trainer",)
    chief.post("/ar/users", {"name": "كاتب", "act": "disable"})
    assert clerk.get("/ar/account").headers["location"].startswith("/ar/sign-in")
    for act in ("disable", "roles"):
        refused = chief.post("/ar/users", {"name": "chief", "act": act, "role-judge": "on"})
        assert refused.status_code == 422
    assert accounts.account("chief").roles == ("administrator",)
    assert chief.post("/ar/users", {"name": "nobody", "act": "reset"}).status_code == 404
    assert chief.post("/ar/users", {"name": "x y", "act": "add"}).status_code == 422


def test_a_token_is_made_shown_once_and_ended_by_page(app: FastAPI, accounts: Accounts) -> None:
    browser = Browser(app)
    settled(accounts, browser, "salem", "judge")
    made = browser.post("/en/account/tokens", {"name": "reports", "scope-read": "on"})
    secret = re.search(r"tmz_[\w-]{43}", made.text)
    assert secret is not None
    assert secret[0] not in browser.get("/en/account").text
    client = Client(app)
    asked = {"authorization": f"Bearer {secret[0]}"}
    assert client.get("/api/search?q=x", **asked).status_code == 200
    assert client.request("POST", "/api/distinguish", b"{}", **asked).status_code == 403
    [token] = accounts.tokens("salem")
    browser.post(f"/en/account/tokens/{token.id}", {})
    assert client.get("/api/search?q=x", **asked).status_code == 401


def test_signing_in_is_recorded_and_never_what_was_typed(
    app: FastAPI, accounts: Accounts, tmp_path: Path
) -> None:
    browser = Browser(app)
    given = accounts.add("salem", ["judge"])
    sign_in(browser, "my-password-by-mistake", "x")
    sign_in(browser, "salem", given)
    held = [(e.kind, e.actor, e.outcome) for e in events(tmp_path)]
    assert held == [("sign-in", "-", "refused"), ("sign-in", "salem", "done")]
    stored = b"".join(p.read_bytes() for p in tmp_path.glob("audit*"))
    assert b"by-mistake" not in stored
    assert given.encode() not in stored


def test_damaged_accounts_let_nobody_in(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    door = Door(Accounts(AccountStore(tmp_path)), "0" * 64, secure=False)
    app = create_app(FakeService(), "9.9.9", door=door)
    browser = Browser(app)
    browser.cookies["tamyeez"] = "x" * 43
    page = browser.get("/ar/laws")
    assert page.status_code == 503
    assert "تتعذر قراءة الحسابات" in page.text
    assert str(tmp_path) not in page.text
    assert browser.get("/api/search?q=x").json()["code"] == "accounts-unavailable"


def test_pages_of_access_are_for_whom_they_are(
    app: FastAPI, accounts: Accounts, tmp_path: Path
) -> None:
    chief, judge = Browser(app), Browser(app)
    settled(accounts, chief, "chief", "administrator")
    settled(accounts, judge, "salem", "judge")
    for language in ("ar", "en"):
        assert chief.get(f"/{language}/trail?verify=yes").status_code == 200
        assert judge.get(f"/{language}/trail").status_code == 403
        assert judge.get(f"/{language}/access").status_code == 200
    table = chief.get("/en/trail.csv")
    assert table.headers["content-disposition"].startswith("attachment")
    assert "sign-in" in table.text


def test_who_is_turned_away_is_shown_no_door_of_others(
    app: FastAPI, accounts: Accounts, tmp_path: Path
) -> None:
    judge = Browser(app)
    settled(accounts, judge, "salem", "judge")
    refused = judge.get("/en/trail")
    assert refused.status_code == 403
    assert "salem" in refused.text
    too_long = Browser(app).post("/en/sign-in", {"name": "x" * 300_000})
    assert too_long.status_code == 413
    for page in (refused.text, too_long.text, Browser(app).get("/en/nothing").text):
        assert "/en/users" not in page
        assert "/en/trail" not in page
        assert ">local<" not in page


def test_a_command_with_a_token_deletes_nobody_elses_work(
    tmp_path: Path, accounts: Accounts
) -> None:
    accounts.add("salem", ["judge"], subject="test 1")
    token = accounts.add_token("salem", "x", ["work"], 1)
    work = WorkService(WorkStore(tmp_path), MagicMock())
    work.add_folder("local", "the operator's")
    work.add_folder(accounts.account("salem").id, "one's own")
    done = tamyeez(tmp_path, "work", "delete", "--yes", env={"TAMYEEZ_TOKEN": token})
    assert done.returncode == 0, done.stderr
    assert [folder.name for folder in work.folders("local")] == ["the operator's"]
    assert work.folders(accounts.account("salem").id) == []
    work.close()
