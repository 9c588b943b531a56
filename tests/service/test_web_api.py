"""The API keeps the contract's addresses, shapes and errors, and describes itself truly."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html

from search.facets import TRAITS
from tests.service.asgi_client import Client
from tests.service.fake_service import SAMPLE, FakeService
from web.app import create_app

ADDRESSES = {
    "/api/compare/several": {"unit", "lang"},
    "/api/treaty-coverage": {"treaty", "status"},
    "/api/search": {
        "q",
        "lang",
        "kind",
        "instrument",
        "authority",
        "as_at",
        *TRAITS,
        "limit",
        "offset",
        "expand",
    },
    "/api/cite": {"text"},
    "/api/instruments": set(),
    "/api/instruments/{id}": {"id"},
    "/api/instruments/{id}/history": {"id"},
    "/api/provisions/{id}": {"id", "as_at"},
    "/api/judgments": set(),
    "/api/judgments/{id}": {"id"},
    "/api/health": set(),
    "/api/status": {"deep"},
    "/api/concepts.ttl": set(),
    "/api/compare": {"left", "right", "lang"},
    "/api/penalties": {"offence", "provision", "limit"},
    "/api/stale-references": set(),
    "/api/concepts/{id}": {"id"},
    "/api/statistics": set(),
    "/api/instruments/{id}/akoma-ntoso": {"id", "lang"},
    "/api/reference": {"id", "format", "lang"},
    "/api/linked-data": {"id", "lang"},
    "/api/provisions.csv": set(),
    "/api/matters.csv": set(),
}


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(create_app(FakeService(), "9.9.9"))


@pytest.fixture(scope="module")
def openapi(client: Client) -> Any:
    return client.get("/openapi.json").json()


def test_search_has_the_contracts_shape(client: Client) -> None:
    answer = client.get(
        "/api/search?q=consent&lang=ar&kind=statute&limit=5&as_at=2024-12-31"
    ).json()
    assert set(answer) == {
        "query",
        "language",
        "citation",
        "total",
        "took_ms",
        "results",
        "facets",
        "concepts",
        "nothing_fits",
        "labels",
        "did_you_mean",
    }
    result = answer["results"][0]
    assert {"id", "kind", "title", "score", "passages", "why", "treatment"} <= set(result)
    assert set(result["title"]) == {"ar", "en"}
    passage = result["passages"][0]
    assert {"id", "language", "authority", "text", "highlights", "section"} <= set(passage)
    start, end = passage["highlights"][0]
    assert passage["text"][start:end] == "رضا المجني عليه"
    assert result["why"]["arms"]["words"]["rank"] == 1
    sentence = result["why"]["sentence"]
    assert passage["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    struck = answer["results"][2]
    assert struck["treatment"][0]["kind"] == "struck"


def test_search_reads_a_citation(client: Client) -> None:
    answer = client.get(f"/api/search?q={quote('م ٢ ق ٩١ لسنة ٢٠١٣')}").json()
    assert answer["citation"]["provision"] == "kw-law-2013-91/art-2"


def test_cite_returns_places_in_the_text(client: Client) -> None:
    answer = client.get("/api/cite?text=art%202%20law%2091/2013").json()
    assert answer["citations"][0]["status"] == "resolved"
    assert client.get("/api/cite?text=nothing").json()["citations"] == []


@pytest.mark.parametrize(
    "address",
    [
        "/api/instruments",
        "/api/instruments/kw-law-2013-91",
        "/api/provisions/kw-law-2013-91/art-2",
        "/api/provisions/kw-law-2013-91/art-2/par-1?as_at=2020-01-01",
        "/api/judgments",
        "/api/judgments/kw-2030-sample-villa-01",
        "/api/health",
        "/api/status",
    ],
)
def test_reading_addresses_answer(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.json()


def test_a_judgments_sections_carry_their_texts(client: Client) -> None:
    answer = client.get("/api/judgments/kw-2030-sample-villa-01").json()
    section, texts = answer["sections"][0]
    assert section["speaker"] == "press"
    assert {text["language"] for text in texts} == {"ar", "en"}


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/nowhere", 404, "not-found"),
        ("/api/search", 422, "invalid-parameter"),
        ("/api/search?q=", 422, "query-empty"),
        ("/api/search?q=%D9%8B", 422, "query-empty"),
        ("/api/search?q=" + "a" * 2500, 422, "query-too-long"),
        ("/api/search?q=" + "a" * 64_000, 413, "too-large"),
        ("/api/search?q=x&kind=banana", 422, "invalid-parameter"),
        ("/api/search?q=x&limit=0", 422, "invalid-parameter"),
        ("/api/search?q=x&limit=101", 422, "invalid-parameter"),
        ("/api/search?q=x&offset=-1", 422, "invalid-parameter"),
        ("/api/search?q=x&offset=1001", 422, "invalid-parameter"),
        ("/api/search?q=x&as_at=20241231", 422, "invalid-parameter"),
        ("/api/search?q=x&as_at=2024-02-30", 422, "invalid-parameter"),
        ("/api/search?q=crash", 500, "internal"),
        ("/api/search?q=no+index", 503, "index-not-ready"),
        ("/api/instruments/kw-law-1900-1", 404, "not-held"),
        ("/api/instruments/Bad%20Id", 400, "bad-identifier"),
        ("/api/instruments/" + "a" * 300, 422, "invalid-parameter"),
        ("/api/provisions/kw-law-2013-91", 400, "bad-identifier"),
        ("/api/provisions/kw-law-2013-91/art-99", 404, "not-held"),
        ("/api/provisions/..%2F..%2Fetc%2Fpasswd", 400, "bad-identifier"),
        ("/api/judgments/kw-2000-unknown", 404, "not-held"),
        ("/api/cite", 422, "invalid-parameter"),
    ],
)
def test_every_failure_has_one_shape(client: Client, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    body = answer.json()
    assert set(body) == {"code", "detail"}
    assert body["code"] == code
    assert body["detail"].endswith(".")
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    answer = client.request(method, "/api/search?q=x")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert "GET" in answer.headers["allow"]


def test_the_history_of_an_instrument(client: Client) -> None:
    answer = client.get(f"/api/instruments/{SAMPLE.id}/history").json()
    assert answer["instrument"] == SAMPLE.id
    [version] = answer["versions"]
    assert version["version"]["replaced_at"] == "2026-02-03T04:05:06Z"
    [change] = version["changes"]
    assert (change["kind"], change["citation"]["en"]) == ("changed", "Article 1")
    changed = [
        stretch["text"].strip() for stretch in change["wording"]["right"] if stretch["changed"]
    ]
    assert changed == ["سبع"]


def test_a_large_body_is_refused(client: Client) -> None:
    answer = client.request("POST", "/api/search", content=b"x" * 300_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_openapi_describes_every_address_and_parameter(openapi: Any) -> None:
    described = {
        path: {p["name"] for p in methods["get"].get("parameters", ())}
        for path, methods in openapi["paths"].items()
        if "get" in methods
    }
    assert described == ADDRESSES
    for methods in openapi["paths"].values():
        operation = next(iter(methods.values()))
        assert operation["summary"]
        assert operation["description"]
        assert operation["responses"]["422"]["content"]["application/json"]["schema"][
            "$ref"
        ].endswith("ErrorOut")
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], parameter
            assert parameter["schema"]["title"], parameter
            assert parameter["schema"]["examples"], parameter


def test_openapi_names_bounds(openapi: Any) -> None:
    parameters = {
        p["name"]: p["schema"] for p in openapi["paths"]["/api/search"]["get"]["parameters"]
    }
    assert (parameters["limit"]["minimum"], parameters["limit"]["maximum"]) == (1, 100)
    assert (parameters["offset"]["minimum"], parameters["offset"]["maximum"]) == (0, 1000)
    assert "https://" not in json.dumps(openapi)


def test_the_apis_page_lists_every_operation(client: Client) -> None:
    page = html.fromstring(client.get("/docs").text)
    listed = page.xpath("//section/h2/code/text()")
    assert {each for each in listed if each.startswith("GET ")} == {f"GET {a}" for a in ADDRESSES}
    assert "POST /api/distinguish" in listed
    text = page.text_content()
    assert "statute, treaty, judgment, plan, other" in text
    assert "integer, 1 to 100 (default 10)" in text
    assert "date" in text
