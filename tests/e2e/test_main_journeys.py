"""The main journeys of a prosecutor and a judge, in both languages, by keyboard where it counts."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import overflow

pytestmark = pytest.mark.browser

ASKED = {"ar": "حجز جواز السفر والعمل دون أجر", "en": "passport kept and wages not paid"}
CITED = {"ar": "م ٢ ق ٩١ لسنة ٢٠١٣", "en": "art 2 law 91/2013"}
HEADS = {"ar": "المادة ٢", "en": "Art. 2"}


@pytest.fixture(scope="module")
def site(real_site: str) -> str:
    """The small real collection."""
    return real_site


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_prosecutor_goes_from_facts_to_an_acquittal(page, language: str) -> None:
    page.goto(f"/{language}/")
    page.keyboard.press("/")
    page.keyboard.type(ASKED[language])
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    page.locator(".filters a[href*='outcome=acquitted']").first.click()
    page.wait_for_url("**outcome=acquitted**")
    expect(page.locator(".active li")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    first = page.locator(".hit h2 a").first
    assert first.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_selector(".page-matter")
    expect(page.locator(".outcome-acquitted")).not_to_have_count(0)
    # From how it ended to one that ended otherwise, and on to a provision that was applied.
    page.locator("section[aria-labelledby='contrary'] li a").first.click()
    page.wait_for_selector(".page-matter")
    page.locator("section[aria-labelledby='applied'] a").first.click()
    page.wait_for_url(f"**/{language}/laws/**")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_judge_reads_a_cited_article_with_its_definitions(page, language: str) -> None:
    page.goto(f"/{language}/?q={CITED[language]}")
    expect(page.locator(".notice-citation")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(".provision")
    assert HEADS[language] in page.locator("h1").inner_text()
    term = page.locator(f".text[lang={language}] .defined").first
    told = term.locator(".told")
    expect(told).to_be_hidden()
    term.locator("a").focus()
    expect(told).to_be_visible()
    assert overflow(page) <= 0
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    term.locator("a").hover()
    page.locator("h1").hover()
    term.locator("a").hover()
    expect(told).to_be_visible()
    page.fill("#as_at", "2020-01-01")
    page.click(".day button")
    page.wait_for_url("**as_at=2020-01-01**")
    page.keyboard.press("n")
    page.wait_for_url("**/art-3?as_at=2020-01-01")
    page.keyboard.press("p")
    page.wait_for_url("**/art-2?as_at=2020-01-01")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_judge_takes_the_citation_along(page, language: str) -> None:
    page.goto(f"/{language}/laws/kw-law-2013-91/art-2")
    buttons = page.locator(".cite-tools > .copy")
    wordings = []
    for n in range(buttons.count()):
        buttons.nth(n).click()
        wordings.append(page.evaluate("navigator.clipboard.readText()"))
    arabic, english = "المادة ٢، القانون رقم ٩١ لسنة ٢٠١٣", "Art. 2, Law 91/2013"
    assert wordings == ([arabic, english] if language == "ar" else [english, arabic])
    page.locator(".cite-more summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSL-JSON").click()
    with open(download.value.path(), encoding="utf-8") as file:  # noqa: PTH123 - Playwright's own
        (item,) = json.load(file)
    assert item["URL"].endswith(f"/{language}/laws/kw-law-2013-91/art-2")
    assert item["language"] == language


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_misspelt_word_is_one_click_away_from_the_right_one(page, language: str) -> None:
    page.goto(f"/{language}/?q=human traficking")
    page.locator(".meant a").click()
    page.wait_for_url("**q=human+trafficking**")
    expect(page.locator(".meant")).to_have_count(0)
    expect(page.locator(".hit")).not_to_have_count(0)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_everything_read_is_read_without_scripts(browser, site, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto(f"/{language}/laws/kw-law-2013-91/art-2")
    term = page.locator(f".text[lang={language}] .defined").first
    term.locator("a").focus()
    expect(term.locator(".told")).to_be_visible()
    term.locator("a").click()
    page.wait_for_url("**/laws/kw-law-2013-91/art-1#def-*")
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_paper_only_what_is_read_remains(page, language: str) -> None:
    page.goto(f"/{language}/laws/kw-law-2013-91/art-13")
    page.emulate_media(media="print")
    for gone in (".beside", ".cite-tools", ".switch", ".pager", ".masthead nav"):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in ("h1", ".texts .badge", ".treatment-banners", ".cite-line", ".provenance"):
        expect(page.locator(kept).first, kept).to_be_visible()
