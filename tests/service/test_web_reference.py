"""Glossary, figures and their JSON, CSV and drawings answer; bad names are refused."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import etree, html

from search.published_figures import FIGURES
from tests.service.asgi_client import Client
from tests.service.fake_service import HOSTILE, FakeService
from web.app import create_app
from web.statistics import COUNTS, SERIES

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(create_app(FakeService(), "9.9.9"))


@LANGUAGES
@pytest.mark.parametrize(
    "place", ["/glossary", "/glossary?words=&family=", "/glossary/forced-labour", "/statistics"]
)
def test_pages_answer_without_anything_inline(client: Client, language: str, place: str) -> None:
    answer = client.get(f"/{language}{place}")
    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    assert page.get("dir") == {"ar": "rtl", "en": "ltr"}[language]
    assert len(page.findall(".//h1")) == 1
    assert not [e for e in page.iter() if e.get("style")]
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


@LANGUAGES
@pytest.mark.parametrize(
    ("query", "concepts"),
    [("", 2), ("?words=&family=", 2), ("?words=compulsory", 1), ("?family=offence", 1)],
)
def test_the_filter_narrows(client: Client, language: str, query: str, concepts: int) -> None:
    page = html.fromstring(client.get(f"/{language}/glossary{query}").text)
    assert len(page.findall(".//section[@class='letter']/ul/li")) == concepts


@LANGUAGES
def test_what_nobody_finds_offers_a_way_back(client: Client, language: str) -> None:
    page = html.fromstring(client.get(f"/{language}/glossary?words=zzz").text)
    assert page.find(f".//p[@class='notice']/a[@href='/{language}/glossary']") is not None


@LANGUAGES
@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("/glossary?family=nothing", 400),
        ("/glossary?words=" + "x" * 201, 400),
        ("/glossary/unknown", 404),
        ("/statistics/nothing.svg", 404),
        ("/statistics/nothing.csv", 404),
    ],
)
def test_bad_names_are_refused(client: Client, language: str, place: str, status: int) -> None:
    assert client.get(f"/{language}{place}").status_code == status


def test_a_hostile_definition_is_escaped(client: Client) -> None:
    text = client.get("/ar/glossary/forced-labour").text
    assert HOSTILE not in text
    assert HOSTILE in html.fromstring(text).text_content()


@LANGUAGES
def test_each_published_figure_links_to_its_provision(client: Client, language: str) -> None:
    page = html.fromstring(client.get(f"/{language}/statistics").text)
    linked = set(page.xpath("//td/a/@href"))
    units = {figure.provision for figure in FIGURES}
    assert {f"/{language}/laws/{unit}" for unit in units} <= linked


@LANGUAGES
@pytest.mark.parametrize("name", [*COUNTS, *SERIES])
def test_drawings_are_svg_without_script_or_style(client: Client, language: str, name: str) -> None:
    answer = client.get(f"/{language}/statistics/{name}.svg")
    drawing = etree.fromstring(answer.content)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert drawing.find(".//{*}text") is not None
    assert drawing.find(".//{*}g").get("direction") == {"ar": "rtl", "en": "ltr"}[language]
    assert not list(drawing.iter("{*}script", "{*}style"))
    assert not [e for e in drawing.iter() if e.get("style")]


@LANGUAGES
def test_tables_open_in_spreadsheets(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/statistics/published.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(FIGURES)
    assert {row[2] for row in rows[1:]} == {str(figure.count) for figure in FIGURES}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_api_tells_a_concept(client: Client) -> None:
    told = client.get("/api/concepts/forced-labour").json()
    assert told["concept"]["label"] == {"ar": "السخرة", "en": "forced labour"}
    assert told["provisions"][0]["id"] == "kw-law-2013-91/art-2"
    assert client.get("/api/concepts/unknown").json()["code"] == "not-held"
    assert client.get("/api/concepts.ttl").status_code == 200


def test_the_api_tells_the_figures(client: Client) -> None:
    told = client.get("/api/statistics").json()
    assert len(told["published"]) == len(FIGURES)
    assert told["collected"]["training"] == 1
    assert told["checks"][0]["sum"] - told["checks"][0]["stated"] == 41
