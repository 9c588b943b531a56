"""Widths added up by words are those of the whole line."""

from __future__ import annotations

import pytest
from fpdf import FPDF
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont
from hypothesis import given
from hypothesis import strategies as st

from web.papers.pdf import _FILES, FACE
from web.papers.widths import WordwiseFont

_TEXT = "إحالة كفيل لم جواز السفر المادة ٤٨ (مكرر) و of Law 91/2013 AVA, fi To — … ك"
_WORDS = st.sampled_from(["", *_TEXT.split()])


def _face(style: str) -> TTFFont:
    sheet = FPDF()
    sheet.add_font(FACE, style, _FILES[style])
    (face,) = sheet.fonts.values()
    assert isinstance(face, TTFFont)
    face.__class__ = WordwiseFont
    return face


FACES = {style: _face(style) for style in _FILES}
MANNERS = {
    "ar": {"fragment_direction": TextDirection.RTL, "script": "arab", "language": "ara"},
    "en": {"fragment_direction": TextDirection.LTR, "script": "latn", "language": "eng"},
}


@given(
    words=st.lists(_WORDS, max_size=130),
    style=st.sampled_from(list(_FILES)),
    manner=st.sampled_from(list(MANNERS)),
    size=st.sampled_from([9.0, 12.0, 21.0]),
)
def test_words_add_up_to_the_line(words: list[str], style: str, manner: str, size: float) -> None:
    text, how = " ".join(words), {"features": {}, **MANNERS[manner]}
    face = FACES[style]
    glyphs, width = face.shaped_text_width(text, size, how)
    as_a_whole = TTFFont.shaped_text_width(face, text, size, how)
    assert glyphs == as_a_whole[0]
    assert width == pytest.approx(as_a_whole[1], abs=1e-6)
