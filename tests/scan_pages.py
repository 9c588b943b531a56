"""Make pictures of printed pages from text, sound and spoilt: for tests and measurements of OCR.

A page is an array of grey levels (height × width, uint8, 255 white).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageFilter

from ingest.ocr.straighten import Page, turned

FONT = Path(__file__).parents[1] / "web" / "papers" / "fonts" / "amiri-400.ttf"
WIDE_MM = 180  # of the lines of a page


def print_pdf(pages: Sequence[str]) -> bytes:
    """Print texts, one a page, in Amiri."""
    pdf = FPDF(format="A4")
    pdf.add_font("amiri", fname=FONT)
    pdf.set_font("amiri", size=13)
    pdf.set_text_shaping(True, direction="rtl", script="arab", language="ar")
    for text in pages:
        pdf.add_page()
        pdf.set_xy(15, 15)
        pdf.multi_cell(WIDE_MM, 8, text, align="R")
    return bytes(pdf.output())


def pictures(pdf: bytes, dpi: int) -> list[Page]:
    """Render every page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            np.asarray(page.render(scale=dpi / 72, grayscale=True).to_pil()) for page in document
        ]
    finally:
        document.close()


def picture_pdf(pages: Sequence[Page], dpi: int = 300) -> bytes:
    """Return a PDF whose pages are nothing but these pictures: a scan."""
    images = [Image.fromarray(page) for page in pages]
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=images[1:])
    return buffer.getvalue()


def noisy(page: Page, seed: int = 1) -> Page:
    """Add the grain of a bad sensor and specks of dust."""
    random = np.random.default_rng(seed)
    grain = page + random.normal(0, 25, page.shape)
    grain[random.random(page.shape) < 0.002] = 0
    return np.clip(grain, 0, 255).astype(np.uint8)


def blurred(page: Page) -> Page:
    """Put the page out of focus."""
    return np.asarray(Image.fromarray(page).filter(ImageFilter.GaussianBlur(1.2)))


def faded(page: Page) -> Page:
    """Reduce the contrast to a third, on grey paper."""
    return (page / 3 + 130).astype(np.uint8)


def pressed(page: Page) -> Page:
    """Save as JPEG of low quality."""
    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, "JPEG", quality=20)
    return np.asarray(Image.open(buffer))


def phone(page: Page) -> Page:
    """All of it at once, and askew: a page photographed with a telephone."""
    return pressed(noisy(blurred(faded(turned(page, 2.0)))))


SPOILT: dict[str, Callable[[Page], Page]] = {
    "skew 1°": lambda page: turned(page, 1.0),
    "skew 3°": lambda page: turned(page, 3.0),
    "noise": noisy,
    "blur": blurred,
    "low contrast": faded,
    "JPEG 20": pressed,
    "all of these": phone,
}
