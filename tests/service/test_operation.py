"""Probes, metrics, the server's names, and one line a request: the layer around the application."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from search.settings import MetricsFor
from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from web.app import create_app
from web.operation.hosts import names_for
from web.operation.layer import Operation, OperationLayer
from web.operation.logs import JsonLines
from web.operation.metrics import Held, Metrics

# What a reader may type, and no log or figure may hold.
SECRETS = ("Hind-bint-Salem", "civil-id-281010112345", "passport-A0012345")


class Site:
    """An application with its layer, and the means to ask it."""

    def __init__(self, metrics_for: MetricsFor = MetricsFor.LOOPBACK, problem: str = "") -> None:
        self.held = Held(revision=7, generation=12, files=3, quarantined=1)
        self.metrics = Metrics(lambda: self.held)
        self.problem = problem
        names = names_for("127.0.0.1", ("search.example", "test"))
        operation = Operation(names, self.metrics, metrics_for, lambda: self.problem)
        self.app = OperationLayer(create_app(FakeService(), "9.9.9"), operation)

    def get(self, path: str, host: str = "test", **headers: str) -> httpx.Response:
        return self.ask("GET", path, host, **headers)

    def ask(
        self, method: str, path: str, host: str = "test", content: bytes = b"", **headers: str
    ) -> httpx.Response:
        app: FastAPI = self.app  # type: ignore[assignment]
        return Client(app).request(method, path, content, host=host, **headers)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines the server would log, as JSON."""
    kept: list[str] = []
    form = JsonLines()

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(form.format(record))

    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [Keeper()])
    monkeypatch.setattr(logging.getLogger("tamyeez"), "level", logging.INFO)
    logging.getLogger("tamyeez").manager._clear_cache()  # type: ignore[attr-defined]
    return kept


# Probes


def test_the_server_lives_and_is_ready(site: Site) -> None:
    assert site.get("/healthz").text == "ok\n"
    assert site.get("/readyz").text == "ready\n"


def test_a_server_that_cannot_search_is_not_ready_and_says_why() -> None:
    site = Site(problem="index-not-ready")
    answer = site.get("/readyz")
    assert answer.status_code == 503
    assert "index-not-ready" in answer.text
    assert site.get("/healthz").status_code == 200


def test_probes_answer_whatever_name_they_are_asked_by(site: Site) -> None:
    for path in ("/healthz", "/readyz"):
        assert site.get(path, host="10.244.0.9:8000").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_and_metrics_are_only_read(site: Site, path: str) -> None:
    answer = site.ask("POST", path, host="localhost")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


# Names


@pytest.mark.parametrize("host", ["evil.example", "search.example.evil.example", "127.0.0.1.evil"])
@pytest.mark.parametrize("path", ["/", "/ar/", "/api/search?q=x", "/metrics", "/static/x.css"])
def test_another_name_is_refused_in_a_sentence_that_does_not_repeat_it(
    site: Site, host: str, path: str
) -> None:
    answer = site.get(path, host=host)
    assert answer.status_code == 421
    assert "TAMYEEZ_HOSTS" in answer.text
    assert "evil" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    if path.startswith("/api/"):
        assert answer.json()["code"] == "unknown-host"


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "SEARCH.example:443"]
)
def test_its_own_names_are_answered(site: Site, host: str) -> None:
    assert site.get("/api/health", host=host).status_code == 200


# Metrics


def test_requests_are_counted_by_the_template_of_their_route(site: Site) -> None:
    site.get("/api/provisions/kw-law-2013-91/art-2")
    site.get("/en/laws/kw-law-2013-91/art-2")
    site.get("/static/tamyeez.css")
    site.get(f"/{SECRETS[0]}")
    site.metrics.count_search(0.03)
    text = site.get("/metrics", host="localhost").text
    for route in (
        "/api/provisions/{id:path}",
        "/en/laws/{work}/{path:path}",
        "/static",
        "other",
    ):
        found = re.search(
            rf'tamyeez_requests_total{{method="GET",route="{re.escape(route)}",status="\d+"}} 1.0',
            text,
        )
        assert found, f"{route} is not counted:\n{text}"
    assert "tamyeez_search_seconds_count 1.0" in text
    assert "tamyeez_index_generation 12.0" in text
    assert "tamyeez_catalogue_revision 7.0" in text
    assert "tamyeez_files_quarantined 1.0" in text
    assert "tamyeez_index_passages" not in text  # of a store that does not answer nothing is said


def test_a_crash_is_counted(site: Site) -> None:
    assert site.get("/api/search?q=crash").status_code == 500
    text = site.get("/metrics", host="localhost").text
    assert 'route="/api/search",status="500"} 1.0' in text
    assert "tamyeez_requests_in_hand 0.0" in text


def test_a_method_nobody_knows_is_one_label(site: Site) -> None:
    site.ask(SECRETS[0], "/ar/")
    text = site.get("/metrics", host="localhost").text
    assert SECRETS[0] not in text
    assert 'method="other"' in text


@pytest.mark.parametrize(
    ("metrics_for", "ask", "status"),
    [
        (MetricsFor.LOOPBACK, lambda s: s.get("/metrics", host="localhost"), 200),
        (MetricsFor.LOOPBACK, lambda s: s.get("/metrics", host="search.example"), 403),
        (
            MetricsFor.LOOPBACK,
            lambda s: s.get("/metrics", host="localhost", x_forwarded_for="10.1.1.1"),
            403,
        ),
        (MetricsFor.ALL, lambda s: s.get("/metrics", host="search.example"), 200),
        (MetricsFor.NOBODY, lambda s: s.get("/metrics", host="localhost"), 404),
    ],
)
def test_who_may_read_the_metrics(
    metrics_for: MetricsFor, ask: Callable[[Site], httpx.Response], status: int
) -> None:
    assert ask(Site(metrics_for)).status_code == status


# The log


def test_nothing_a_reader_typed_or_sent_is_logged(site: Site, lines: list[str]) -> None:
    one, two, three = SECRETS
    asked: list[tuple[str, str, bytes]] = [
        ("GET", f"/api/search?q={one}", b""),
        ("GET", f"/api/search?q={one}+crash", b""),
        ("GET", f"/en/?q={one}&kind={two}", b""),
        ("GET", f"/{one}/{two}?{three}", b""),
        ("GET", f"/api/provisions/{one}", b""),
        ("GET", f"/api/search?q=x&limit={two}", b""),
        ("POST", "/api/distinguish", json.dumps({"facts": f"{one} {three}"}).encode()),
        ("POST", "/en/distinguish", f"facts={one}&date={two}".encode()),
        ("POST", "/en/record/check", f'filename="{one}.pdf"'.encode()),
        (three, "/en/", b""),
    ]
    for method, path, body in asked:
        answer = site.ask(
            method,
            path,
            content=body,
            user_agent=one,
            referer=f"http://test/{two}",
            cookie=f"name={three}",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.headers["x-request-id"]
    assert len([line for line in lines if json.loads(line)["message"] == "answered"]) == len(asked)
    for secret in SECRETS:
        assert not [line for line in lines if secret in line]


def test_a_line_says_what_happened(site: Site, lines: list[str]) -> None:
    answer = site.get("/api/search?q=crash")
    told = [json.loads(line) for line in lines]
    crash = next(line for line in told if line["level"] == "error")
    assert crash["message"] == "failed: GET /api/search"
    assert crash["error"][0]["type"] == "RuntimeError"
    line = next(line for line in told if line["message"] == "answered")
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/search", 500)
    assert line["request"] == answer.headers["x-request-id"]
    assert line["ms"] > 0
