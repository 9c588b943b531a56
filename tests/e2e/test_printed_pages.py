"""What Chromium prints of a page: what is read, and nothing to press."""

from __future__ import annotations

import io

import pypdf
import pytest

pytestmark = pytest.mark.browser

PLACES = {
    "reader": "/laws/kw-law-2013-91/art-13",
    "matter": "/matters/kw-training-0001-a",
    "results": "/?q=visa trading",
    "comparison": "/compare?left=kw-law-2013-91/art-2&right=kw-law-2013-91/art-3",
    "distinction": "/distinguish?example=en",
}
# On each page, what must be on paper.
KEPT = {
    "reader": ("h1", ".texts .badge", ".treatment-banners", ".provenance"),
    "matter": ("h1", ".badges .badge", ".matter-section .text", ".rulings"),
    "results": ("h1", ".tally", ".hit h2", ".hit .badge", ".why"),
    "comparison": ("h1", ".side .badge", ".components", ".worded"),
    "distinction": ("h1", ".notice-aid", ".matrix", ".element"),
}
TO_PRESS = "nav, button, input, select, textarea, .copy, .tools, .filters, .hit-do, .skip"
PAGES = {"reader": 4, "matter": 4, "results": 6, "comparison": 9, "distinction": 25}


@pytest.fixture(scope="module")
def site(real_site: str) -> str:
    """The small real collection."""
    return real_site


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_paper_there_is_nothing_to_press(page, language: str, name: str) -> None:
    page.goto(f"/{language}{PLACES[name]}")
    page.emulate_media(media="print")
    for kept in KEPT[name]:
        assert page.locator(kept).first.is_visible(), kept
    pressed = page.locator(TO_PRESS).locator("visible=true")
    assert pressed.evaluate_all("all => all.map(e => e.outerHTML.slice(0, 120))") == []


@pytest.mark.parametrize("name", PLACES)
def test_the_printed_text_is_whole_and_not_long(page, name: str) -> None:
    page.goto(f"/en{PLACES[name]}")
    heading = page.locator("h1").inner_text().split("\n")[0]
    menu = page.locator(".masthead nav a").all_inner_texts()
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert heading in text
    assert " ".join(menu) not in text
    assert 1 <= len(printed.pages) <= PAGES[name]
