"""The pages in a real browser: direction, keys, narrow screens, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import FAKE_PLACES, overflow, served
from tests.service.fake_service import FakeService

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server over the fake collection."""
    with served(FakeService()) as address:
        yield address


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_no_page_scrolls_sideways(page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for place in FAKE_PLACES:
        page.goto(f"/{language}{place}")
        over = overflow(page)
        assert over <= 0, f"{language}{place} is {over} px too wide at {width}"


def test_arabic_pages_run_from_right_to_left(page) -> None:
    page.goto("/ar/?q=consent")
    results = page.locator(".results").bounding_box()
    filters = page.locator(".filters").bounding_box()
    mark = page.locator(".wordmark").bounding_box()
    switch = page.locator(".switch").bounding_box()
    assert filters["x"] + filters["width"] <= results["x"]
    assert switch["x"] < mark["x"]


def test_english_pages_run_from_left_to_right(page) -> None:
    page.goto("/en/?q=consent")
    results = page.locator(".results").bounding_box()
    filters = page.locator(".filters").bounding_box()
    assert results["x"] + results["width"] <= filters["x"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_arabic_stands_at_the_right_and_english_at_the_left(page, language: str) -> None:
    page.goto(f"/{language}/laws/kw-law-2013-91/art-2")
    rows = page.locator(".facing .row:not(.row-head)")
    expect(rows).to_have_count(4)
    for n in range(rows.count()):
        arabic = rows.nth(n).locator("[lang=ar]").bounding_box()
        english = rows.nth(n).locator("[lang=en]").bounding_box()
        assert english["x"] + english["width"] <= arabic["x"]
        assert abs(english["y"] - arabic["y"]) < 2


def test_a_narrow_screen_shows_one_language_after_the_other(page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/ar/laws/kw-law-2013-91/art-2")
    arabic = page.locator(".facing .text[lang=ar]").last.bounding_box()
    english = page.locator(".facing .text[lang=en]").first.bounding_box()
    assert arabic["y"] + arabic["height"] <= english["y"]


def test_the_shipped_faces_are_used(page) -> None:
    page.goto("/ar/laws/kw-law-2099-7/art-1")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert {name.strip('"') for name in loaded} >= {"Plex", "Naskh", "Serif"}
    official = page.locator(".facing .text-official").first
    assert "Naskh" in official.evaluate("e => getComputedStyle(e).fontFamily")
    size, leading = official.evaluate(
        "e => { const s = getComputedStyle(e); "
        "return [parseFloat(s.fontSize), parseFloat(s.lineHeight)] }"
    )
    assert leading / size >= 1.9


def test_a_slash_goes_to_the_search_box_and_j_to_the_results(page) -> None:
    page.goto("/en/?q=consent")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == first != second


def test_a_search_is_asked_from_the_box(page) -> None:
    page.goto("/ar/")
    page.fill("#q", "رضا المجني عليه")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ar/?q={quote('رضا المجني عليه', safe='').replace('%20', '+')}")
    expect(page.locator(".hit")).to_have_count(6)


def test_the_language_switch_keeps_the_place(page) -> None:
    page.goto("/ar/laws/kw-law-2013-91/art-2?as_at=2020-01-01")
    page.click(".switch a")
    page.wait_for_url("**/en/laws/kw-law-2013-91/art-2?as_at=2020-01-01")
    assert page.evaluate("document.documentElement.dir") == "ltr"


def test_a_citation_is_copied(page) -> None:
    page.goto("/en/laws/kw-law-2013-91/art-2")
    page.locator(".copy").first.click()
    page.wait_for_function("document.querySelector('.copy').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == "Art. 2, Law 91/2013"


def test_the_first_tab_offers_to_skip_to_the_content(page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0


def test_everything_works_without_scripts(browser, site) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/en/?q=consent")
    page.click(".hit h2 a >> nth=0")
    page.wait_for_url("**/en/laws/kw-law-2013-91/art-2")
    expect(page.locator(".toc[open]")).to_have_count(1)
    assert not any(button.is_visible() for button in page.locator(".copy").all())
    context.close()


def test_the_dark_scheme_is_dark(browser, site) -> None:
    context = browser.new_context(color_scheme="dark", base_url=site)
    page = context.new_page()
    page.goto("/ar/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(19, 24, 26)"
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_term_is_found_without_javascript(browser, site, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto(f"/{language}/glossary")
    page.fill("#words", "compulsory")
    page.press("#words", "Enter")
    expect(page.locator(".letter li")).to_have_count(1)
    page.locator(".letter li a").click()
    page.wait_for_url(f"**/{language}/glossary/forced-labour")
    page.locator(f"main a[href='/{language}/laws/kw-law-2013-91/art-2']").click()
    expect(page.locator("main h1")).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_drawing_is_shown_beside_its_table(page, language: str) -> None:
    page.goto(f"/{language}/statistics")
    drawings = page.locator("img.chart")
    assert drawings.count() == page.locator(".chart-and-table table").count() == 6
    for n in range(drawings.count()):
        drawings.nth(n).scroll_into_view_if_needed()
        page.wait_for_function(
            f"document.querySelectorAll('img.chart')[{n}].naturalWidth > 0", timeout=5000
        )
