"""What Chromium prints of a page: what is read, and nothing to press."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLACES = {
    "reader": "/laws/kw-law-2013-91/art-13",
    "matter": "/matters/kw-training-0001-a",
    "results": "/?q=visa trading",
    "comparison": "/compare?left=kw-law-2013-91/art-2&right=kw-law-2013-91/art-3",
    "distinction": "/distinguish?example=en",
    "draft": "/draft?example=ar",
    "coverage": "/coverage",
}
# On each page, what must be on paper.
KEPT = {
    "reader": ("h1", ".texts .badge", ".treatment-banners", ".provenance"),
    "matter": ("h1", ".badges .badge", ".matter-section .text", ".rulings"),
    "results": ("h1", ".tally", ".hit h2", ".hit .badge", ".why"),
    "comparison": ("h1", ".side .badge", ".components", ".worded"),
    "distinction": ("h1", ".notice-aid", ".matrix", ".element"),
    "draft": ("h1", ".notice-aid", ".parts", ".lacks", ".components"),
    "coverage": ("h1", ".notice", ".duty-counts", ".duty-row"),
}
TO_PRESS = "nav, button, input, select, textarea, .copy, .tools, .filters, .hit-do, .skip"
PAGES = {
    "reader": 4,
    "matter": 4,
    "results": 6,
    "comparison": 9,
    "distinction": 25,
    "draft": 18,
    "coverage": 14,
}
DOTS_OF_MM = 4  # in the pictures of printed pages: 102 dots an inch
WIDTH_MM, MARGIN_MM = 210, 14  # of A4, and what at least stays white at either side
DARK = 160  # of 255: what is darker is ink


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
        expect(page.locator(kept).first, kept).to_be_visible()
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


def sheets(page) -> list[Image.Image]:
    """Print a page; return each sheet as a picture, black where there is ink."""
    made = page.pdf(format="A4", print_background=True)
    with pypdfium2.PdfDocument(made) as printed:
        pictures = [sheet.render(scale=DOTS_OF_MM * 25.4 / 72).to_pil() for sheet in printed]
    return [picture.convert("L").point(lambda dot: 255 * (dot < DARK)) for picture in pictures]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_sheet_keeps_its_margins_and_starts_where_it_is_read_from(
    page, language: str, name: str
) -> None:
    page.goto(f"/{language}{PLACES[name]}")
    pictures = sheets(page)
    for number, sheet in enumerate(pictures, 1):
        ink = sheet.getbbox()
        assert ink is not None, f"sheet {number} is empty"
        left, right = ink[0] / DOTS_OF_MM, ink[2] / DOTS_OF_MM
        assert left >= MARGIN_MM, f"sheet {number}: cut off at the left"
        assert right <= WIDTH_MM - MARGIN_MM, f"sheet {number}: cut off at the right"
    # The heading stands on the side from which the language is read.
    top = pictures[0].crop((0, 0, pictures[0].width, pictures[0].height // 6))
    middle = top.width // 2
    halves = [top.crop((0, 0, middle, top.height)), top.crop((middle, 0, top.width, top.height))]
    left_ink, right_ink = (half.histogram()[255] for half in halves)
    assert (right_ink > left_ink) == (language == "ar")
