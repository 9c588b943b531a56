"""Whatever is put into an address or a header stays a value: no way out, no script, no header.

The small real collection. Every page is asked with every parameter that it is seen to read, so a
page or a parameter that is added is tried too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock
from urllib.parse import quote, urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from lxml import html
from starlette.datastructures import QueryParams

from ingest.ocr.store import PageStore
from ingest.review import ReviewDesk
from search.accounts import Accounts
from search.accounts.store import AccountStore
from search.audit import Trail
from search.cabinet import open_cabinet
from search.opening import open_service
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.service.test_access_matrix import routes
from tests.support import environment
from web.app import create_app
from web.gate import Door

OPERATOR = {"authorization": f"Bearer {'0' * 64}"}
TAG = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}\u202e"
ELSEWHERE = ("javascript:alert(1)", "//evil.example/x")
BREAK = "x\r\nX-Planted: yes\r\n\r\n<b>body"
# Ids that pages have something to show for; a hostile parameter comes beside them.
HELD = {
    "laws/{work}/{path}": "laws/kw-law-2013-91/art-2",
    "laws/{work}": "laws/kw-law-2013-91",
    "matters/{work}": "matters/kw-training-0001-a",
    "glossary/{id}": "glossary/forced-labour",
}
OUTSIDE = ("../secret", "..%2fsecret", "%2e%2e/%2e%2e/secret", "..\\secret", "/etc/passwd", "a%00b")


@pytest.fixture(scope="module")
def home(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile") / "home"
    shutil.copytree(collection, home)
    for place in (home, home.parent, home / "private"):
        place.mkdir(exist_ok=True)
        (place / "secret").write_text("planted-secret")
    return home


@pytest.fixture(scope="module")
def app(home: Path) -> Iterator[FastAPI]:
    service = open_service(load_settings(environment(home)))
    cabinet = open_cabinet(home, service)
    desk = ReviewDesk(PageStore(home / "private"), MagicMock())
    accounts = Accounts(AccountStore(home))
    door = Door(accounts, "0" * 64, secure=False)
    yield create_app(service, "9.9.9", desk, cabinet, None, Trail(home), door)
    cabinet.close()
    accounts.close()
    service.close()


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Client:
    return Client(app)


@pytest.fixture(scope="module")
def pages(app: FastAPI, client: Client) -> dict[str, set[str]]:
    """An address for each page, and the parameters that it was seen to read; in one language."""
    found: dict[str, set[str]] = {}
    for method, path in routes(app):
        if method == "GET" and path[:4] == "/en/":
            for named, held in HELD.items():
                path = path.replace(named, held)  # noqa: PLW2901
            # Deeper addresses share the templates of what they lie under.
            found[path.partition("{")[0].rstrip("/") if path != "/en/" else path] = set()
    with pytest.MonkeyPatch.context() as patch:
        seen: set[str] = set()
        for name in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryParams, name, _noting(getattr(QueryParams, name), seen))
        for path, read in found.items():
            seen.clear()
            client.get(f"{path}?q=consent" if path == "/en/" else path, **OPERATOR)
            read.update(seen)
    return found


def _noting(read: Callable[..., Any], seen: set[str]) -> Callable[..., Any]:
    def noting(self: QueryParams, name: str, *more: object) -> Any:
        seen.add(name)
        return read(self, name, *more)

    return noting


def runs(page: str) -> list[str]:
    """Return what of a page a browser would run, or lead away to, that is not our own."""
    found = []
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        told = html.tostring(element, encoding="unicode")[:120]
        for name, value in element.attrib.items():
            typed = name == "value" and element.tag in ("input", "option")
            if name.startswith("on") or (not typed and value.strip().startswith("javascript:")):
                found.append(told)
            if name in ("href", "src", "action", "formaction") and "evil" in urlsplit(value).netloc:
                found.append(told)
        source = element.get("src", "")
        own = source.startswith("/static/") or element.get("type") == "application/ld+json"
        if (element.tag == "script" and not own) or source == "x":
            found.append(told)
    return found


def test_no_page_runs_what_is_put_into_its_address(
    client: Client, pages: dict[str, set[str]]
) -> None:
    wrong, asked = [], 0
    for path, read in pages.items():
        for name in read:
            for value in (TAG, *(ELSEWHERE if name not in ("page", "limit", "as_at") else ())):
                answer = client.get(f"{path}?{urlencode({name: value})}", **OPERATOR)
                asked += 1
                assert answer.status_code < 500, f"{path} {name}"
                _no_break(answer, path)
                assert "evil" not in urlsplit(answer.headers.get("location", "")).netloc
                if answer.headers.get("content-type", "").startswith("text/html"):
                    assert "49\u202e" not in answer.text  # 7 * 7: nothing is a template
                    wrong += [f"{path} {name}: {told}" for told in runs(answer.text)]
    assert wrong == []
    assert {"q", "offence", "left", "next", "target"} <= set().union(*pages.values())
    assert asked > 150


def test_what_would_run_is_seen_by_this_test() -> None:
    for bad in (
        '<p onclick="x">', '<a href=" javascript:x">', "<script>x</script>", "<img src=x>",
        '<a href="//evil.example">', '<form action="https://evil.example/">',
    ):  # fmt: skip
        assert runs(f"<html><body>{bad}</body></html>"), bad
    assert runs('<html><body><a href="/en/">x</a><input value="javascript:x"></body></html>') == []


def test_no_address_leads_outside(app: FastAPI, client: Client) -> None:
    addressed = [path for method, path in routes(app) if method == "GET" and "{" in path]
    assert len(addressed) > 20
    for path in addressed:
        for out in OUTSIDE:
            asked = path.partition("{")[0] + out
            for tail in ("", "/1.png", ".pdf"):
                answer = client.get(asked + tail, **OPERATOR)
                assert answer.status_code < 500, asked
                assert "planted-secret" not in answer.text, asked
                assert "root:" not in answer.text, asked


def test_nothing_breaks_out_into_a_header(app: FastAPI, client: Client) -> None:
    for method, path in routes(app):
        if method != "GET" or path.endswith("/feed.atom"):
            continue
        asked = f"{path.partition('{')[0]}{quote(BREAK)}" if "{" in path else path
        parameters = dict.fromkeys(("next", "id", "lang", "format", "target", "left"), BREAK)
        _no_break(client.get(f"{asked}?{urlencode(parameters)}", **OPERATOR), asked)


@pytest.mark.parametrize(
    "header", ["accept_language", "user_agent", "referer", "x_request_id", "cookie", "origin"]
)
def test_no_header_is_given_back_as_it_came(client: Client, header: str) -> None:
    for path in ("/", "/en/", "/en/nowhere", "/api/search?q=consent", "/en/sign-in"):
        told = {**OPERATOR, header: "tamyeez=x; en; <script>alert(1)</script> X-Planted"}
        answer = client.get(path, **told)
        _no_break(answer, path)
        assert "<script>alert(1)" not in answer.text
        assert all("X-Planted" not in value for value in answer.headers.values())


def _no_break(answer: httpx.Response, asked: str) -> None:
    assert answer.status_code < 500, asked
    assert "x-planted" not in answer.headers
    for name, value in answer.headers.raw:
        assert not {10, 13} & {*name, *value}, asked
