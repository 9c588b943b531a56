"""Every page answers in both languages, says what each text is, and escapes whatever it shows."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from lxml import html

from search.errors import IndexNotReady
from tests.service.asgi_client import Client
from tests.service.fake_service import HOSTILE, FakeService
from web.app import create_app

PLACES = (
    "/",
    "/?q=consent",
    "/?q=consent&kind=statute&instrument=kw-law-2013-91&authority=digest&lang=ar&as_at=2024-01-31",
    "/?q=many&page=2",
    "/?q=nothing",
    "/?q=" + quote("م ٢ ق ٩١ لسنة ٢٠١٣"),
    "/laws",
    "/laws/kw-law-2013-91",
    "/laws/kw-law-2013-91/art-2",
    "/laws/kw-law-2013-91/art-2?as_at=2020-01-01",
    "/laws/kw-law-2013-91/art-13",
    "/laws/kw-law-2099-7/art-1",
    "/laws/kw-law-2099-7/art-24-bis",
    "/matters",
    "/matters/kw-2030-sample-villa-01",
    "/matters/kw-training-visa-seller-01",
    "/glossary",
    "/glossary/forced-labour",
    "/statistics",
    "/about",
)
DIGEST = {
    "ar": "ملخص بصياغتنا — ليس النص الرسمي",
    "en": "Digest in our words — not the official text",
}
FICTIONAL = {"ar": "هذه واقعة خيالية", "en": "This matter is fictional"}


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(create_app(FakeService(), "9.9.9"))


def words(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_every_page_answers_in_both_languages(client: Client, language: str, place: str) -> None:
    answer = client.get(f"/{language}{place}")
    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    assert answer.headers["content-language"] == language
    assert page.get("lang") == language
    assert page.get("dir") == {"ar": "rtl", "en": "ltr"}[language]
    assert len(page.findall(".//h1")) == 1
    assert page.find(".//main") is not None


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("place", [*PLACES, "/nowhere", "/?q=!!"])
def test_no_page_asks_for_anything_from_elsewhere(
    client: Client, language: str, place: str
) -> None:
    page = html.fromstring(client.get(f"/{language}{place}").text)
    data = page.xpath("//script[@type='application/ld+json'][not(@src)]")  # is not run
    fetched = [e.get("src") for e in page.iter("img", "script") if e not in data]
    fetched += [e.get("href") for e in page.iter("link")]
    assert fetched
    assert all(address.startswith(("/static/", "/ar/", "/en/")) for address in fetched)
    assert page.find(".//style") is None
    assert not [e for e in page.iter("script") if e not in data and (e.text or "").strip()]
    assert not [e for e in page.iter() if any(name.startswith("on") for name in e.attrib)]
    assert not [e for e in page.iter() if e.get("style")]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_ids_within_a_page_are_unique(client: Client, language: str, place: str) -> None:
    page = html.fromstring(client.get(f"/{language}{place}").text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_links_within_the_site_lead_somewhere(client: Client, language: str, place: str) -> None:
    page = html.fromstring(client.get(f"/{language}{place}").text)
    held = [a.get("href") for a in page.iter("a")]
    for address in {a for a in held if a.startswith(f"/{language}/laws/kw-law")}:
        assert client.get(address).status_code in (200, 303), address


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_text_block_names_its_language_and_direction(client: Client, language: str) -> None:
    for place in ("/?q=consent", "/laws/kw-law-2013-91/art-2", "/matters/kw-2030-sample-villa-01"):
        page = html.fromstring(client.get(f"/{language}{place}").text)
        texts = page.xpath(
            "//*[contains(@class,'text-digest') or contains(@class,'text-reported')]"
        )
        assert texts
        for text in texts:
            assert (text.get("lang"), text.get("dir")) in (("ar", "rtl"), ("en", "ltr"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_digest_is_never_passed_off_as_the_law(client: Client, language: str) -> None:
    page = html.fromstring(client.get(f"/{language}/laws/kw-law-2013-91/art-2").text)
    badges = page.xpath("//section[@class='texts']//*[contains(@class,'badge')]")
    assert [badge.text_content() for badge in badges] == [DIGEST[language]] * 2
    hits = html.fromstring(client.get(f"/{language}/?q=consent").text).xpath("//li[@class='hit']")
    for hit in hits:
        assert hit.xpath(".//*[contains(@class,'passage-head')]//*[contains(@class,'badge')]")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_training_matter_says_that_it_is_fictional(client: Client, language: str) -> None:
    training = client.get(f"/{language}/matters/kw-training-visa-seller-01").text
    reported = client.get(f"/{language}/matters/kw-2030-sample-villa-01").text
    assert FICTIONAL[language] in training
    assert FICTIONAL[language] not in reported


def test_an_unconfirmed_text_says_so(client: Client) -> None:
    assert "not yet confirmed by a person" in client.get("/en/laws/kw-law-2099-7/art-1").text
    assert "not yet confirmed" not in client.get("/en/laws/kw-law-2013-91/art-2").text


def test_both_languages_stand_side_by_side_clause_by_clause(client: Client) -> None:
    page = html.fromstring(client.get("/ar/laws/kw-law-2013-91/art-2").text)
    rows = page.xpath("//div[@class='row']")
    assert len(rows) == 4
    assert [text.get("lang") for text in rows[1].xpath("./div")] == ["ar", "en"]
    assert page.xpath("//p[@id='par-1']/ancestor::div[@lang='ar']")
    page = html.fromstring(client.get("/en/laws/kw-law-2013-91/art-2").text)
    assert page.xpath("//p[@id='par-1']/ancestor::div[@lang='en']")


def test_a_result_says_why(client: Client) -> None:
    hit = html.fromstring(client.get("/en/?q=consent").text).xpath("//li[@class='hit']")[0]
    why = words(hit.find(".//dl"))
    assert "by its words: place 1" in why
    assert "by its meaning: place 3" in why
    assert "تعويض" in why
    assert set(hit.xpath(".//mark/text()")) == {"رضا المجني عليه", "consent", "victim"}
    assert "ولا يعتد" in "".join(hit.xpath(".//span[@class='best']//text()"))


def test_a_treatment_is_a_banner_on_its_provision_and_a_mark_on_its_result(client: Client) -> None:
    page = html.fromstring(client.get("/en/laws/kw-law-2013-91/art-13").text)
    assert "Struck down in part" in words(page.xpath("//div[contains(@class,'banner-struck')]")[0])
    assert "Struck down in part" in client.get("/en/?q=consent").text


def test_penalties_are_read_out(client: Client) -> None:
    english = words(html.fromstring(client.get("/en/laws/kw-law-2013-91/art-2").text))
    arabic = words(html.fromstring(client.get("/ar/laws/kw-law-2013-91/art-2").text))
    assert "15 years" in english
    assert "KD 5,000 to 10,000 for each foreigner" in english
    assert "3 years to 5 years" in english
    assert "١٥ سنة" in arabic
    assert "من ٣ سنوات إلى ٥ سنوات" in arabic


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("art 2 law 91/2013", "Your query names this provision"),
        ("art 9 law 5/1999", "does not hold"),
        ("art 2", "may name any of these"),
        ("art 77 of that law", "we cannot tell of what"),
    ],
)
def test_a_citation_in_the_query_is_said_to_be_one(client: Client, query: str, says: str) -> None:
    page = client.get(f"/en/?q={quote(query)}").text
    assert "Read as a citation" in page
    assert says in page


def test_filters_can_be_taken_away_again(client: Client) -> None:
    page = html.fromstring(client.get("/en/?q=consent&kind=statute&lang=ar").text)
    chips = page.xpath("//div[@class='active']//li/a/@href")
    assert chips == ["/en/?q=consent&lang=ar", "/en/?q=consent&kind=statute"]
    assert page.xpath("//a[@class='clear']/@href") == ["/en/?q=consent"]


def test_nothing_found_helps_on(client: Client) -> None:
    page = words(html.fromstring(client.get("/ar/?q=nothing&kind=plan").text))
    assert "لا نتائج" in page
    assert "أزل القيود" not in page  # the fake finds nothing without them either


def test_results_come_in_pages(client: Client) -> None:
    page = html.fromstring(client.get("/en/?q=many&page=2").text)
    assert page.xpath("//a[@rel='prev']/@href") == ["/en/?q=many"]
    assert page.xpath("//a[@rel='next']/@href") == ["/en/?q=many&page=3"]


def test_the_language_switch_keeps_the_place(client: Client) -> None:
    address = "/ar/laws/kw-law-2013-91/art-2?as_at=2020-01-01"
    page = html.fromstring(client.get(address).text)
    assert page.xpath("//p[@class='switch']/a/@href") == [address.replace("/ar/", "/en/")]


@pytest.mark.parametrize(
    ("accepts", "place"),
    [
        ("", "/ar/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("ar-KW,en;q=0.8", "/ar/"),
        ("en;q=0.5,ar;q=0.6", "/ar/"),
        ("fr,de", "/ar/"),
        ("en;q=banana", "/en/"),
    ],
)
def test_the_entrance_goes_to_the_readers_language(
    client: Client, accepts: str, place: str
) -> None:
    answer = client.get("/", accept_language=accepts)
    assert (answer.status_code, answer.headers["location"]) == (302, place)


def test_a_clause_is_a_place_within_its_provision(client: Client) -> None:
    answer = client.get("/en/laws/kw-law-2013-91/art-2/par-1/pt-7?as_at=2020-01-01")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/en/laws/kw-law-2013-91/art-2?as_at=2020-01-01#par-1.pt-7"


def test_a_judgment_asked_for_among_the_laws_is_sent_on(client: Client) -> None:
    answer = client.get("/en/laws/kw-2030-sample-villa-01")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/en/matters/kw-2030-sample-villa-01",
    )


def test_a_day_without_a_text_says_so(client: Client) -> None:
    page = client.get("/en/laws/kw-law-2013-91/art-2?as_at=2001-01-01").text
    assert "No text of this provision was in force on this date." in page


@pytest.mark.parametrize("language", ["ar", "en"])
def test_hostile_texts_and_queries_are_shown_not_run(client: Client, language: str) -> None:
    for place in (f"/?q={quote(HOSTILE)}", "/laws/kw-law-2099-7/art-24-bis", "/laws/kw-law-2099-7"):
        text = client.get(f"/{language}{place}").text
        assert "<script>alert" not in text
        assert "javascript:" not in text
        page = html.fromstring(text)
        assert len(page.xpath("//script[@src]")) == 1
        data = page.xpath("//script[not(@src)]")
        assert all(json.loads(e.text)["@context"] == "https://schema.org" for e in data)
        # What turns the direction of text stays inside an element of its own.
        assert "\u202e" not in page.findtext(".//title")
        boxes = page.xpath("//input[@type='search']")
        assert all("\u202e" not in box.get("value") for box in boxes)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("/nowhere", 404),
        ("/laws/kw-law-1900-1", 404),
        ("/laws/kw-law-2013-91/art-99", 404),
        ("/laws/Not%20An%20Id", 400),
        ("/laws/kw-law-2013-91/no-such-grammar", 400),
        ("/laws/kw-law-2013-91/art-2?as_at=20200101", 400),
        ("/matters/kw-2000-unknown", 404),
        ("/?q=!!", 422),
        ("/?q=" + "a" * 2500, 422),
        ("/?q=" + quote("ق" * 10_000), 422),
        ("/?q=" + "a" * 64_000, 413),
        ("/?q=consent&kind=banana", 400),
        ("/?q=consent&page=0", 400),
        ("/?q=consent&page=999", 400),
        ("/?q=no+index", 503),
        ("/?q=crash", 500),
    ],
)
def test_failures_are_pages_in_the_readers_language(
    client: Client, language: str, place: str, status: int
) -> None:
    answer = client.get(f"/{language}{place}")
    page = html.fromstring(answer.text)
    assert answer.status_code == status
    assert page.get("lang") == language
    sentence = page.xpath("//*[@role='alert']")[0].text_content()
    assert re.search("[ء-ي]" if language == "ar" else "[a-z]", sentence)
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text
    assert page.xpath("//input[@id='q']")


def test_methods_that_would_write_are_refused(client: Client) -> None:
    answer = client.request("POST", "/en/laws")
    assert answer.status_code == 405
    assert "text/html" in answer.headers["content-type"]


def test_home_and_about_do_without_a_status_they_cannot_have() -> None:
    class Unready(FakeService):
        def status(self, deep: bool = False) -> object:
            raise IndexNotReady("No index yet.")

    client = Client(create_app(Unready(), "1"))
    assert client.get("/en/").status_code == 200
    assert "cannot be read at the moment" in client.get("/en/about").text


def test_about_admits_disagreement() -> None:
    client = Client(create_app(FakeService(agree=False), "1"))
    page = client.get("/en/about").text
    assert "They do not agree" in page
    assert "3 passages fewer" in page
