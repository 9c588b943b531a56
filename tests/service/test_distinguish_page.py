"""The page that tells offences apart: both languages, every refusal, nothing run that is pasted."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote

import httpx
import pytest
from lxml import html

from search.distinction.limits import MAX_FACTS_CHARS
from tests.service.asgi_client import Client
from tests.service.fake_distinction import FakeDistinctionService
from tests.service.fake_service import HOSTILE
from web.app import create_app

FACTS = {
    "en": "He lodged the worker with seven others. He kept the passport.\n"
    "The worker was forced to go on. The owner never sold a permit.",
    "ar": "أسكن العامل مع سبعة آخرين. وأخذ جواز سفره.\nثم أجبره على البقاء. ولم يبع إقامة لأحد.",
}
AID = {"ar": "ورقة عمل: للمساعدة، وليست قرارا", "en": "Working paper: an aid, not a decision"}


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(create_app(FakeDistinctionService(), "9.9.9"))


def send(
    client: Client,
    language: str,
    facts: str | None = None,
    file: bytes | None = None,
    paper: str = "",
    fields: tuple[tuple[str, str], ...] = (),
    **headers: str,
) -> httpx.Response:
    """Send the form as a browser does."""
    parts = [("facts", (None, facts.encode()))] if facts is not None else []
    parts += [(name, (None, value.encode())) for name, value in fields]
    if file is not None:
        parts.append(("file", ("facts.txt", file)))
    request = httpx.Request("POST", "http://test/", files=parts)
    place = f"/{language}/distinguish" + (f"/paper.{paper}" if paper else "")
    request.read()
    return client.request(
        "POST",
        place,
        request.content,
        content_type=request.headers["content-type"],
        **headers,
    )


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("place", ["", "?example=ar", "?example=en", "?example=fr"])
def test_the_page_answers_in_both_languages(client: Client, language: str, place: str) -> None:
    answer = client.get(f"/{language}/distinguish{place}")
    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    assert (page.get("lang"), page.get("dir")) in (("ar", "rtl"), ("en", "ltr"))
    assert AID[language] in answer.text
    assert page.xpath("//form[@method='post']//textarea[@id='facts']")
    assert bool(page.xpath("//div[@id='analysis']")) == place.endswith(("=ar", "=en"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_is_linked_from_every_page_and_shown_at_home(client: Client, language: str) -> None:
    page = html.fromstring(client.get(f"/{language}/").text)
    assert page.xpath(f"//header//nav//a[@href='/{language}/distinguish']")
    assert page.xpath(f"//main//a[@href='/{language}/distinguish']")
    form = html.fromstring(client.get(f"/{language}/distinguish").text)
    examples = form.xpath("//main//a[contains(@href,'/distinguish?example=')]/@href")
    assert {address[-2:] for address in examples} == {"ar", "en"}


@pytest.mark.parametrize("facts", [*FACTS.values(), f"He lodged him. {HOSTILE} passport"])
def test_the_facts_are_shown_whole_with_their_words_marked(client: Client, facts: str) -> None:
    page = html.fromstring(send(client, "en", facts).text)
    shown = "".join(e.text_content() for e in page.xpath("//span[@class='sentence']"))
    assert shown == facts
    marks = page.xpath("//ol[@class='sentences']//mark")
    assert {"lodged", "أسكن"} & {mark.text_content() for mark in marks}
    anchors = {f"#{mark.get('id')}" for mark in marks}
    quotes = page.xpath("//ul[@class='words']//a")
    assert quotes
    for link in quotes:
        assert link.get("href") in anchors
        place = int(link.get("href").removeprefix("#w"))
        assert facts[place:].startswith(link.text_content())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_status_has_its_word_and_its_symbol(client: Client, language: str) -> None:
    page = html.fromstring(send(client, language, FACTS[language]).text)
    says = {"en": ("met", "not met", "unknown"), "ar": ("متحقق", "غير متحقق", "غير معلوم")}
    seen = {words(e) for e in page.xpath("//table[@class='matrix']//*[@class='cell']")}
    for symbol, word in zip("✓✕?", says[language], strict=True):
        assert any(each.startswith(symbol) and each.endswith(word) for each in seen), seen


@pytest.mark.parametrize("language", ["ar", "en"])
def test_ids_are_unique_and_links_lead_somewhere(client: Client, language: str) -> None:
    page = html.fromstring(send(client, language, FACTS[language]).text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for address in set(page.xpath("//main//a/@href")):
        if address.startswith("#"):
            assert address[1:] in ids
        elif "art-1" not in address:
            assert client.get(address).status_code in (200, 303), address
    assert {e.get("form") for e in page.xpath("//*[@form]")} == {"case"}
    assert page.xpath("//form[@id='case']")


def test_elements_link_to_provisions_and_matters_on_either_side(client: Client) -> None:
    page = html.fromstring(send(client, "en", FACTS["en"]).text)
    means = page.xpath("//*[@id='e-trafficking-means']")[0]
    assert means.xpath(".//a[@href='/en/laws/kw-law-2013-91/art-1']")
    assert means.xpath(".//a[@href='/en/matters/kw-2030-sample-villa-01']")
    training = means.xpath(".//a[@href='/en/matters/kw-training-visa-seller-01']")[0]
    assert "fictional" in words(training.getparent())


def test_questions_are_asked_in_both_languages(client: Client) -> None:
    page = html.fromstring(send(client, "ar", FACTS["ar"]).text)
    asked = page.xpath("//ul[@class='questions']//p")
    assert [(p.get("lang"), p.text_content()) for p in asked] == [
        ("ar", "ماذا لو غادر؟"),
        ("en", "What if he left?"),
    ]


def test_the_ladder_begins_with_the_gravest(client: Client) -> None:
    page = html.fromstring(send(client, "en", FACTS["en"] + " He sold a permit.").text)
    cells = page.xpath("//table[@class='ladder']/tbody/tr/td[1]")
    assert [words(cell) for cell in cells] == ["life", "15 years", "3 years to 5 years"]
    assert len(page.xpath("//table[@class='ladder']//*[local-name()='svg']")) == 3


def test_a_day_selects_the_law_in_force(client: Client) -> None:
    facts = FACTS["en"] + " He sold a permit."
    page = send(client, "en", facts, fields=(("date", "2019-05-01"),)).text
    assert "Law in force on 1 May 2019." in page
    assert "not in force on that day" in page
    assert "not in force on that day" not in send(client, "en", facts).text


def test_a_sentence_left_out_gives_no_words(client: Client) -> None:
    page = html.fromstring(send(client, "en", FACTS["en"], fields=(("strike", "1"),)).text)
    assert "passport" in "".join(e.text_content() for e in page.xpath("//s"))
    assert not page.xpath("//mark[text()='passport']")
    assert page.xpath("//input[@name='strike' and @value='1' and @checked]")
    assert page.xpath("//div[contains(@class,'changed')]")


def test_an_element_is_unticked_by_its_button(client: Client) -> None:
    page = html.fromstring(send(client, "en", FACTS["en"]).text)
    button = page.xpath("//*[@id='e-trafficking-means']//button[@name='change']")[0]
    assert button.get("value") == "documents-kept:no"
    fields = (("assume", "documents-kept:"), ("change", button.get("value")))
    page = html.fromstring(send(client, "en", FACTS["en"], fields=fields).text)
    assert "unknown" in words(page.xpath("//*[@id='e-trafficking-means']/h4")[0])
    chosen = page.xpath("//select[@id='assume-documents-kept']/option[@selected]/@value")
    assert chosen == ["documents-kept:no"]
    fields = (("assume", "documents-kept:no"), ("strike", "0"), ("clear", "1"))
    page = html.fromstring(send(client, "en", FACTS["en"], fields=fields).text)
    assert not page.xpath("//div[contains(@class,'changed')]")


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("facts", "status", "says"),
    [
        ("", 422, {"en": "There are no facts", "ar": "لا وقائع"}),
        (" \n\t ", 422, {"en": "There are no facts", "ar": "لا وقائع"}),
        ("12345 !!", 400, {"en": "Arabic or English", "ar": "عربية أو إنجليزية"}),
        (
            "Le patron a pris le passeport de la travailleuse et refuse de le rendre depuis "
            "plusieurs mois sans aucune explication",
            400,
            {"en": "Arabic or English", "ar": "عربية أو إنجليزية"},
        ),
        ("کارفرما پاسپورت را گرفت و گفت پژوهش چیزی نیست", 400, {"en": "Arabic", "ar": "عربية"}),
        ("كلمة " * (MAX_FACTS_CHARS // 5 + 1), 422, {"en": "30,000", "ar": "٣٠٬٠٠٠"}),
    ],
)
def test_what_cannot_be_read_is_refused_and_kept_in_the_form(
    client: Client, language: str, facts: str, status: int, says: dict[str, str]
) -> None:
    answer = send(client, language, facts)
    page = html.fromstring(answer.text)
    assert answer.status_code == status
    assert says[language] in words(page.xpath("//*[@role='alert']")[0])
    assert page.xpath("//textarea")[0].text_content().strip() == facts.strip()
    assert not page.xpath("//div[@id='analysis']")


@pytest.mark.parametrize("facts", ["passport", "help", "جواز"])
def test_one_word_is_answered(client: Client, facts: str) -> None:
    answer = send(client, "en", facts)
    assert answer.status_code == 200
    assert "analysis" in answer.text


def test_more_than_a_body_may_hold_is_refused(client: Client) -> None:
    answer = send(client, "en", "word " * 50_000 + "x" * 20_000)
    assert answer.status_code == 413
    assert "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize(
    "fields",
    [
        (("date", "yesterday"),),
        (("strike", "99"),),
        (("strike", "-1"),),
        (("assume", "debt"),),
        (("assume", "<b>:yes"),),
        tuple(("strike", str(n)) for n in range(201)),
    ],
)
def test_a_wrong_field_is_refused(client: Client, fields: tuple[tuple[str, str], ...]) -> None:
    answer = send(client, "en", FACTS["en"], fields=fields)
    assert answer.status_code == 400
    assert "is not one this page understands" in answer.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_a_text_file_is_read(client: Client, encoding: str) -> None:
    answer = send(client, "ar", "", file=FACTS["ar"].replace("\n", "\r\n").encode(encoding))
    page = html.fromstring(answer.text)
    shown = "".join(e.text_content() for e in page.xpath("//span[@class='sentence']"))
    assert shown == FACTS["ar"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\x00\x01", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_a_file_that_is_not_text_is_refused(client: Client, data: bytes) -> None:
    answer = send(client, "en", "", file=data)
    assert answer.status_code == 422
    assert "not plain text" in answer.text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_pasted_is_shown_not_run(client: Client, language: str) -> None:
    facts = f"He lodged him. {HOSTILE} </textarea><img src=x onerror=alert(1)> passport"
    answer = send(client, language, facts)
    page = html.fromstring(answer.text)
    assert "<script>alert" not in answer.text
    assert not page.xpath("//main//img")
    assert not [e for e in page.iter("script") if (e.text or "").strip()]
    assert not [e for e in page.iter() if any(name.startswith("on") for name in e.attrib)]
    assert not [e for e in page.iter() if e.get("style")]
    assert page.xpath("//input[@name='facts']/@value") == [facts]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site", "origin": "http://test"},
    ],
)
@pytest.mark.parametrize("paper", ["", "pdf"])
def test_a_form_from_another_site_is_refused(
    client: Client, headers: dict[str, str], paper: str
) -> None:
    answer = send(client, "en", FACTS["en"], paper=paper, **headers)
    assert answer.status_code == 403
    assert "sent from another site" in answer.text


def test_a_form_from_this_site_is_read(client: Client) -> None:
    headers = {"origin": "http://test", "sec_fetch_site": "same-origin"}
    assert send(client, "en", FACTS["en"], **headers).status_code == 200


def test_facts_are_not_taken_from_an_address(client: Client) -> None:
    page = client.get(f"/en/distinguish?facts={quote('passport lodged')}").text
    assert 'id="analysis"' not in page


def test_nothing_of_the_facts_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for paper in ("", "json", "docx", "pdf"):
            assert send(client, "en", "The passport of Zyxwvut \u0915.", paper=paper).is_success
    assert not re.search("Zyxwvut|\u0915|passport", caplog.text)
