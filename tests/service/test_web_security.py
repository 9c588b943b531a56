"""Headers and limits hold on every answer, failures and files included."""

from __future__ import annotations

import logging

import pytest

from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from web.app import create_app
from web.render import STATIC


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(create_app(FakeService(), "9.9.9"))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/ar/",
        "/en/?q=crash",
        "/en/nowhere",
        "/api/health",
        "/api/nowhere",
        "/api/search?q=" + "a" * 64_000,
        "/docs",
        "/openapi.json",
        "/static/tamyeez.css",
        "/static/nothing.css",
    ],
)
def test_security_headers_are_on_every_answer(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


def test_answers_to_queries_are_not_kept_by_shared_caches(client: Client) -> None:
    assert "private" in client.get("/en/?q=consent").headers["cache-control"]
    assert "private" in client.get("/api/search?q=consent").headers["cache-control"]
    assert "public" in client.get("/static/tamyeez.css").headers["cache-control"]


def test_a_crash_is_logged_with_its_traceback_and_without_the_query(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="tamyeez.web"):
        client.get("/api/search?q=crash")
    record = caplog.records[-1]
    assert record.exc_info is not None
    assert "q=" not in record.getMessage()


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 5000])
def test_a_nonsensical_length_is_refused(client: Client, length: str) -> None:
    answer = client.request("GET", "/api/health", content_length=length)
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/pyproject.toml"]
)
def test_static_files_do_not_lead_outside(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_shipped_file_is_small_and_licensed() -> None:
    fonts = sorted((STATIC / "fonts").glob("*.woff2"))
    listed = (STATIC / "fonts" / "README.md").read_text(encoding="utf-8")
    assert sum(font.stat().st_size for font in fonts) <= 600_000
    assert all(f"`{font.name}`" in listed for font in fonts)
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    css = (STATIC / "tamyeez.css").read_text(encoding="utf-8")
    assert all(f"fonts/{font.name}" in css for font in fonts)
    assert "http" not in css
    assert "@import" not in css
