"""Telling offences apart in a real browser: by mouse, keys and touch, with scripts and without."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import served, violations
from tests.service.fake_distinction import FakeDistinctionService

pytestmark = pytest.mark.browser

FACTS = {
    "ar": "أسكن العامل مع سبعة آخرين. وأخذ جواز سفره.\nثم أجبره على البقاء. ولم يبع إقامة لأحد.",
    "en": "He lodged the worker with others. He kept the passport.\n"
    "The worker was forced to go on. The owner never sold a permit.",
}
WORDS = {"ar": "جواز", "en": "passport"}
STATUS = {"ar": ("متحقق", "غير معلوم"), "en": ("met", "unknown")}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server over the fake service."""
    with served(FakeDistinctionService()) as address:
        yield address


def ask(page, language: str) -> None:
    page.goto(f"/{language}/")
    page.click(f"header nav a[href='/{language}/distinguish']")
    page.fill("#facts", FACTS[language])
    page.click(".facts-form .main-button")
    page.wait_for_selector("#analysis")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_elements_words_stand_out_when_it_is_pointed_at(page, language: str) -> None:
    ask(page, language)
    facts = "".join(page.locator(".sentence").all_text_contents())
    assert facts == FACTS[language]
    means = page.locator(".matrix a[data-element='trafficking.means']")
    means.hover()
    assert page.locator("mark.is-lit").all_text_contents() == [WORDS[language]]
    page.locator("h1").hover()
    expect(page.locator("mark.is-lit")).to_have_count(0)
    means.focus()
    assert page.locator("mark.is-lit").all_text_contents() == [WORDS[language]]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_if_changes_the_matrix_in_place(page, language: str) -> None:
    met, unknown = STATUS[language]
    ask(page, language)
    status = page.locator(".matrix a[data-element='trafficking.means'] .status-word")
    assert status.text_content() == met
    page.check("#strike-1")
    page.wait_for_selector(".changed")
    assert status.text_content() == unknown
    assert page.evaluate("document.activeElement.id") == "strike-1"
    assert page.locator("#renewed").text_content()
    page.click(".changed button[name=clear]")
    page.wait_for_selector(".changed", state="detached")
    assert status.text_content() == met
    page.click("#e-trafficking-means button[name=change]")
    page.wait_for_selector(".changed")
    assert status.text_content() == unknown
    assert page.input_value("#assume-documents-kept") == "documents-kept:no"
    page.select_option("#assume-documents-kept", index=0)
    page.wait_for_selector(".changed", state="detached")
    assert status.text_content() == met


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_paper_is_downloaded_and_the_other_language_has_the_same(page, language: str) -> None:
    other = "en" if language == "ar" else "ar"
    ask(page, language)
    with page.expect_download() as download:
        page.click("button[formaction$='paper.pdf']")
    with open(download.value.path(), "rb") as file:  # noqa: PTH123 - a path Playwright owns
        assert pypdf.PdfReader(io.BytesIO(file.read())).pages
    page.click(".tools-switch")
    page.wait_for_url(f"**/{other}/distinguish")
    assert "".join(page.locator(".sentence").all_text_contents()) == FACTS[language]
    assert page.locator(".sentences").get_attribute("lang") == language


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_scrolls_sideways_but_the_matrix_in_its_box(page, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{language}/distinguish")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    ask(page, language)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    frame = page.locator(".matrix-frame").first
    assert frame.evaluate("e => e.scrollWidth - e.clientWidth") > 100
    frame.focus()
    page.keyboard.press("ArrowLeft" if language == "ar" else "ArrowRight")
    page.wait_for_timeout(400)  # it scrolls smoothly
    assert frame.evaluate("e => e.scrollLeft") != 0


def test_arabic_facts_stand_at_the_right_of_the_matrix(page) -> None:
    ask(page, "ar")
    facts = page.locator(".facts-panel").bounding_box()
    matrix = page.locator(".matrix-frame").first.bounding_box()
    assert matrix["x"] + matrix["width"] <= facts["x"]


def test_a_link_into_a_folded_offence_opens_it(page) -> None:
    ask(page, "en")
    page.evaluate("document.querySelector('#o-trafficking').open = false")
    page.click(".matrix a[data-element='trafficking.purpose']")
    page.wait_for_selector("#e-trafficking-purpose", state="visible")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_everything_works_without_scripts(browser, site, language: str) -> None:
    met, unknown = STATUS[language]
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    ask(page, language)
    status = page.locator(".matrix a[data-element='trafficking.means'] .status-word")
    assert status.text_content() == met
    page.click("#e-trafficking-means button[name=change]")
    assert status.text_content() == unknown
    page.click(".changed button[name=clear]")
    page.check("#strike-1")
    page.click(".facts-panel button")
    assert status.text_content() == unknown
    page.click("#e-trafficking-purpose .words a")
    expect(page.locator("mark:target")).to_have_count(1)
    context.close()


def test_on_paper_what_is_folded_lies_open(page) -> None:
    ask(page, "en")
    page.evaluate("document.querySelector('#o-trafficking').open = false")
    page.emulate_media(media="print")
    assert page.locator("#e-trafficking-purpose").bounding_box()["height"] > 0
    expect(page.locator(".what-if")).to_be_hidden()
    expect(page.locator(".notice-aid")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing(browser, site, axe: str, language: str, scheme: str) -> None:
    for width in (390, 1440):
        context = browser.new_context(
            color_scheme=scheme,
            base_url=site,
            bypass_csp=True,
            viewport={"width": width, "height": 900},
        )
        page = context.new_page()
        page.goto(f"/{language}/distinguish")
        assert violations(page, axe) == []
        ask(page, language)
        page.check("#strike-1")
        page.wait_for_selector(".changed")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert violations(page, axe) == []
        context.close()
