"""A drafter compares two provisions in a real browser, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import COMPARING_PLACES, overflow

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(real_site: str) -> str:
    """The small real collection."""
    return real_site


@pytest.mark.parametrize("language", ["ar", "en"])
def test_two_provisions_are_compared_from_the_provisions_page(browser, site, language: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site)
    page = context.new_page()
    page.goto(f"/{language}/laws/kw-law-2013-91/art-2")
    page.click(".compare-with a")
    page.fill("#right", "م ٣ ق ٩١ لسنة ٢٠١٣")
    page.keyboard.press("Enter")
    page.wait_for_selector(".component")
    sides = page.locator(".side")
    expect(sides).to_have_count(2)
    first, second = (sides.nth(n).bounding_box() for n in (0, 1))
    assert (first["x"] > second["x"]) is (language == "ar")
    expect(sides.locator(".badge-digest")).to_have_count(2)
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_scrolls_sideways(browser, site, language: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=site)
    page = context.new_page()
    for place in COMPARING_PLACES:
        page.goto(f"/{language}{place}")
        over = overflow(page)
        assert over <= 0, f"{language}{place} is {over} px too wide"
    context.close()
