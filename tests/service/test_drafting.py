"""The drafter's doors over the collection: several sides, treaty duties, drafts, exports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from urllib.parse import quote, urlencode

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from lxml import html

from search.comparison import Component, Staleness
from search.drafting import Nearest, _best
from search.duties import DutyStatus
from search.errors import BadRequest, NotHeld, QueryEmpty, QueryTooLong
from search.model import Language
from search.opening import open_service
from search.service import SearchService
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.support import environment
from web import i18n
from web.app import create_app
from web.render import Words

SIDES = ("kw-law-2013-91/art-2", "kw-law-2013-91/art-3", "un-protocol-2000-trafficking/art-5")
DRAFT = (
    "Whoever recruits, moves or harbours a person by force or deception in order to exploit that "
    "person in forced labour is punished with imprisonment for ten years.\n"
    "This is without prejudice to article 13 paragraph 2 of Law 91/2013."
)
HOSTILE = '<script>alert(1)</script> \u202ewhoever \x07 punished " onload=x {{7*7}}'
FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def service(home_copy: Path) -> Iterator[SearchService]:
    service = open_service(load_settings(environment(home_copy)))
    yield service
    service.close()


@pytest.fixture(scope="module")
def home_copy(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of this module's own: findings are written to it."""
    import shutil

    copy = tmp_path_factory.mktemp("drafting") / "home"
    shutil.copytree(collection, copy)
    return copy


@pytest.fixture(scope="module")
def client(service: SearchService) -> Client:
    return Client(create_app(service, "9.9.9"))


def test_several_provisions_share_one_table(service: SearchService) -> None:
    answer = service.compare_several(SIDES, Language.EN)
    assert [side.id for side in answer.sides] == list(SIDES)
    assert all(len(row.cells) == 3 for row in answer.rows)
    assert [pair.left.id for pair in answer.pairs] == [SIDES[0], SIDES[0]]
    own = {name for row in answer.rows for name in row.cells[0].own}
    others = {m.id for row in answer.rows for cell in row.cells[1:] for m in cell.marks}
    assert own
    assert not own & others


def test_several_need_two_to_six_different_ones(service: SearchService) -> None:
    for asked in (SIDES[:1], SIDES * 3):
        with pytest.raises(BadRequest):
            service.compare_several(asked)
    with pytest.raises(BadRequest) as raised:
        service.compare_several([*SIDES, SIDES[0]])
    assert raised.value.details["side"] == "3"


def test_a_day_chooses_the_text_of_that_day(service: SearchService) -> None:
    one = service.compare(f"{SIDES[0]}@2020-01-01", SIDES[1])
    assert one.left.id == SIDES[0]
    with pytest.raises(BadRequest) as raised:
        service.compare(SIDES[0], f"{SIDES[0]}@2020-01-01")
    assert raised.value.details["reason"] == "unchanged"
    with pytest.raises(BadRequest) as raised:
        service.compare(SIDES[0], f"{SIDES[1]}@2020-02-31")
    assert raised.value.details == {"reason": "no-day", "side": "right"}


def test_a_draft_is_laid_against_what_comes_nearest(service: SearchService) -> None:
    read = service.read_draft(DRAFT)
    assert read.language is Language.EN
    assert any(side.id.startswith("kw-law-2013-91/") for side in read.siblings)
    assert any(row.cells[0].sentences for row in read.rows)
    assert len(read.wordings) == len(read.siblings)
    (cited,) = read.citations
    assert cited.ended is not None
    assert cited.ended.state is Staleness.STRUCK
    assert all(read.draft.text[p.start : p.end] == p.text for p in read.parts)


def test_what_most_siblings_have_is_missed(service: SearchService) -> None:
    chosen = ("kw-law-2013-91/art-2", "kw-law-2013-91/art-3")
    read = service.read_draft("The public prosecution is responsible.", chosen)
    lacking = {lack.component: lack for lack in read.lacking}
    assert read.chosen
    assert lacking[Component.PENALTY].whole
    assert len(lacking[Component.PENALTY].siblings) == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [("  \n 12 .", QueryEmpty), ("x " * 6001, QueryTooLong), ("word\n" * 61, BadRequest)],
)
def test_a_draft_has_limits(service: SearchService, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        service.read_draft(text)


def test_a_finding_is_kept_apart_from_the_suggestion(client: Client) -> None:
    duty = "tip-3-c-child"
    form = {"duty": duty, "finding": "covered", "note": HOSTILE, "assessor": "A", "status": ""}
    answer = client.request("POST", "/en/coverage", urlencode(form).encode(), **FORM)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"#{duty}")
    page = html.fromstring(client.get("/en/coverage").text)
    row = page.get_element_by_id(duty)
    assert "Covered" in row.xpath(".//*[@class='finding']")[0].text_content()
    assert "Gap" in row.xpath(".//*[@class='duty-met']/p[1]")[0].text_content()
    assert not page.xpath("//main//script")
    assert "\u202e" not in row.text_content()
    gone = {"duty": duty, "remove": "1"}
    assert (
        client.request("POST", "/en/coverage", urlencode(gone).encode(), **FORM).status_code == 303
    )
    assert 'class="finding"' not in client.get("/en/coverage").text


@pytest.mark.parametrize("path", ["/ar/coverage", "/ar/draft", "/ar/draft/paper.pdf"])
def test_other_sites_may_not_send_the_forms(client: Client, path: str) -> None:
    headers = {**FORM, "origin": "https://elsewhere.example"}
    assert (
        client.request(
            "POST", path, b"draft=x&duty=tip-3-c-child&finding=gap", **headers
        ).status_code
        == 403
    )


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "place",
    [
        "/compare?" + urlencode([("left", SIDES[0]), ("right", SIDES[1]), ("also", SIDES[2])]),
        "/compare?left=x&right=y&also=z",
        "/draft",
        "/draft?example=en",
        "/coverage",
        "/coverage?treaty=all&status=gap",
        "/penalties",
        "/statistics",
    ],
)
def test_pages_are_whole(client: Client, language: str, place: str) -> None:
    answer = client.get(f"/{language}{place}")
    assert answer.status_code == (400 if "left=x" in place else 200)
    page = html.fromstring(answer.text)
    assert page.xpath("count(//h1)") == 1
    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert not page.xpath("//@style|//@onclick")


def _paper(client: Client, form: str, language: str = "ar", draft: str = DRAFT) -> Any:
    body = urlencode({"draft": draft, "against": "\n".join(SIDES[:2])}).encode()
    return client.request("POST", f"/{language}/draft/paper.{form}", body, **FORM)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_drafts_paper_says_what_it_is_and_of_which_edition(
    client: Client, service: SearchService, language: str
) -> None:
    answer = _paper(client, "pdf", language)
    assert answer.headers["content-disposition"].endswith(f'"tamyeez-draft-{language}.pdf"')
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(answer.content)).pages]
    aid = i18n.message(Language(language), "paper.aid")
    edition = service.read_draft(DRAFT).edition
    assert edition
    assert all(aid in " ".join(page.split()) and edition in page for page in pages)
    text = " ".join(" ".join(pages).split())
    words = Words(Language(language))
    for told in ("draft.parts", "draft.stale", "draft.lacking", "compare.components"):
        assert words.t(told) in text
    assert "recruits, moves or harbours" in text


def test_a_drafts_paper_in_word_reads_from_the_right(client: Client) -> None:
    arabic = "يعاقب بالحبس خمس سنوات كل من جند شخصاً بالخداع بقصد استغلاله في السخرة."
    document = docx.Document(io.BytesIO(_paper(client, "docx", "ar", arabic).content))
    (said,) = [p for p in document.paragraphs if p.text == arabic]
    assert said._p.find(f".//{qn('w:bidi')}") is not None
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in document.tables)
    assert document.tables


def test_a_drafts_paper_as_data_is_the_apis_answer(client: Client) -> None:
    held = _paper(client, "json").json()
    asked = json.dumps({"text": DRAFT, "siblings": SIDES[:2]}).encode()
    answer = client.request("POST", "/api/draft", asked, content_type="application/json")
    assert held["reading"] == answer.json()
    assert held["notice"].keys() == {"ar", "en"}


@pytest.mark.parametrize(
    ("form", "draft", "status"), [("exe", DRAFT, 404), ("pdf", "  ", 422), ("docx", "12 .", 422)]
)
def test_no_paper_is_made_of_no_draft(client: Client, form: str, draft: str, status: int) -> None:
    answer = _paper(client, form, "en", draft)
    assert answer.status_code == status
    assert "text/html" in answer.headers["content-type"]


def test_a_question_asked_for_several_components_counts_once() -> None:
    def near(component: Component | None, *units: str) -> Nearest:
        return Nearest(component, tuple(Mock(id=unit) for unit in units))

    repeated = [near(part, "a/art-1") for part in (Component.WHO, Component.ACT, Component.MEANS)]
    found = _best([near(None, "b/art-1"), *repeated], ["c/art-1"])
    assert found == ["b/art-1", "c/art-1", "a/art-1"]


def test_a_hostile_draft_cannot_inject(client: Client) -> None:
    answer = client.request("POST", "/en/draft", urlencode({"draft": HOSTILE}).encode(), **FORM)
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert not page.xpath("//main//script|//*[@onload]")
    assert "49" not in page.get_element_by_id("draft").text_content()
    assert "\u202e" not in page.xpath("//main")[0].text_content()


def test_a_wrong_sibling_is_named_in_a_sentence(client: Client) -> None:
    body = urlencode({"draft": DRAFT, "against": "no such thing"}).encode()
    answer = client.request("POST", "/en/draft", body, **FORM)
    assert answer.status_code == 400
    assert "neither a citation of a provision nor an id" in answer.text


@pytest.mark.parametrize("place", ["/penalties.csv", "/stale.csv", "/coverage.csv"])
def test_tables_open_in_a_spreadsheet(client: Client, place: str) -> None:
    answer = client.get(f"/ar{place}")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize(("form", "starts"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_duties_are_put_on_paper(client: Client, form: str, starts: bytes) -> None:
    answer = client.get(f"/ar/coverage/paper.{form}?status=gap")
    assert answer.status_code == 200
    assert answer.content.startswith(starts)
    assert client.get("/ar/coverage/paper.exe").status_code == 404


def test_the_ladder_is_drawn(client: Client) -> None:
    drawn = client.get("/ar/penalties.svg?offence=trafficking")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.text.count("<rect") > 4


def test_the_api_answers_what_the_pages_show(client: Client) -> None:
    several = client.get("/api/compare/several?" + urlencode([("unit", s) for s in SIDES]))
    assert len(several.json()["sides"]) == 3
    gaps = client.get(f"/api/treaty-coverage?status={DutyStatus.GAP}").json()
    assert {row["duty"]["suggestion"]["status"] for row in gaps["rows"]} == {"gap"}
    assert client.get(f"/api/treaty-coverage?treaty={quote('un-none')}").status_code == 404


def test_an_unknown_duty_is_not_found(service: SearchService) -> None:
    with pytest.raises(NotHeld):
        service.assess_duty("no-such-duty", DutyStatus.GAP)
