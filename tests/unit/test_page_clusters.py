"""Letters that pdfium gives in pieces are put together, each where its letter is drawn."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.readers import read
from ingest.readers.page_clusters import _joined, _put_in_place, _Stroke
from ingest.readers.page_model import Glyph

FATHATAN, DAMMA = "\u064b", "\u064f"
VOWELLED = [
    "مادة 1",
    f"يكون محاميًا وفقًا لأحكام القانون، ويُحال إليه كل شخص{DAMMA} شرعًا وقضائيًا وجزئيًا.",
    "ويعد الحكم نهائيًا ما لم يكن باطلًا أو مؤقتًا، بأي وسيلة كانت، ويُلغى كل قرار.",
]


def glyph(text: str, left: float, right: float, pen: float, high: bool = False) -> Glyph:
    bottom, top = (11.0, 15.0) if high else (0.0, 8.0)
    return Glyph(text, left, right, 0.0, top - bottom, (left, right, bottom, top), pen=pen)


def test_a_letter_and_its_mark_cut_from_one_box_are_one_glyph() -> None:
    pieces = [glyph("ق", 13, 15, 10), glyph(FATHATAN, 11, 13, 10)]
    (whole,) = _joined(pieces)
    assert (whole.text, whole.left, whole.right) == (f"ق{FATHATAN}", 11, 15)


def test_lam_alef_is_read_from_the_right() -> None:
    (whole,) = _joined([glyph("ا", 10, 13, 10), glyph("ل", 13, 16, 10)])
    assert whole.text == "لا"


@pytest.mark.parametrize(
    "other",
    [
        glyph("ا", 20, 23, 20),  # drawn for itself
        glyph("ق", 13, 15, 10),  # printed twice, for bold type
    ],
)
def test_other_glyphs_are_left_alone(other: Glyph) -> None:
    assert len(_joined([glyph("ق", 13, 15, 10), other])) == 2


def test_the_letter_is_where_its_own_stroke_is_and_not_at_the_mark() -> None:
    whole = glyph(f"ا{FATHATAN}", 11, 15, 8, high=True)
    mark = _Stroke(8.0, 3.0, (11.0, 15.0, 11.0, 15.0))
    letter = _Stroke(12.0, 0.0, (12.5, 17.0, 0.0, 9.0))
    _put_in_place(whole, [mark, letter])
    assert (whole.pen, whole.y, whole.ink) == (12.0, 0.0, (12.5, 17.0, 0.0, 9.0))


@pytest.mark.slow
def test_a_vowelled_law_printed_by_a_browser_is_read_letter_for_letter(tmp_path: Path) -> None:
    """Chromium draws a letter and its vowel mark apart, in a calligraphic face over one another."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    fonts = Path(__file__).resolve().parents[2] / "web" / "static" / "fonts"
    face = (fonts / "amiri-arabic-400-normal.woff2").as_uri()
    page, printed = tmp_path / "law.html", tmp_path / "law.pdf"
    body = "".join(f"<p>{line}</p>" for line in VOWELLED)
    css = f"@font-face{{font-family:A;src:url({face})}}body{{font:13pt A}}"
    page.write_text(
        f"<html dir=rtl lang=ar><meta charset=utf-8><style>{css}</style>{body}", encoding="utf-8"
    )
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=60)
    words = " ".join(line.text for line in read(printed).lines).split()
    assert words == " ".join(VOWELLED).split()
