"""The real `tamyeez serve` on the real collection, in a real browser, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(collection: Path) -> Iterator[str]:
    with serving(collection) as address:
        yield address


def test_a_judge_types_a_citation_and_lands_on_the_provision(page: Page) -> None:
    page.goto("/ar/")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.keyboard.press("/")
    page.keyboard.type("م ١٣ ق ٩١ لسنة ٢٠١٣")
    page.keyboard.press("Enter")
    first = page.locator("article").first
    expect(first).to_contain_text("المادة ١٣")
    expect(first).to_contain_text("ليس النص الرسمي")
    first.locator("h2 a, h3 a").first.click()
    expect(page.locator("h1")).to_contain_text("المادة ١٣")
    expect(page.locator("main")).to_contain_text("المحكمة الدستورية")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/laws/kw-law-2013-91/art-13")
    assert page.evaluate("document.documentElement.dir") == "ltr"
    expect(page.locator("main")).to_contain_text("not the official text")


def test_a_prosecutor_asks_in_english_and_reads_why(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("searchbox").fill("selling residence permits for money")
    page.keyboard.press("Enter")
    first = page.locator("article").first
    expect(first).to_contain_text("Decree-Law 114/2024")
    expect(first.locator("mark")).not_to_have_count(0)
    expect(first).to_contain_text("words")


def test_a_wrong_address_is_answered_in_the_readers_language(browser, site) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    answer = page.goto("/ar/laws/kw-law-1900-1")
    assert answer.status == 404
    assert page.evaluate("document.documentElement.lang") == "ar"
    context.close()
