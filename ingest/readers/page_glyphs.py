"""The glyphs of a PDF page as pdfium sees them: letters, where they stand, and nothing guessed.

Knows pdfium. Knows nothing of lines or reading order: pdfium's own order, and the spaces and line
ends it makes up, are left out.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable
from itertools import repeat

import pypdfium2
from pypdfium2 import raw

from ingest.readers.page_clusters import whole_clusters
from ingest.readers.page_model import Glyph, PageGlyphs
from ingest.readers.page_tables import tables_of

_KASHIDA = "\u0640"
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_LAM_ALEF = re.compile("ل[\u064b-\u0652]*[اأإآٱ][\u064b-\u0652]*")
_LEVEL = math.radians(2)  # text that leans more is a watermark or stands sideways
_SAMPLED = 4  # every so many-th character is asked how it leans; all of them if one does
# No Arabic letter is this flat, a share of the font's height; the stretching bar is.
_FLAT = 0.12
_LINE_END_HYPHEN = 2  # what pdfium makes of a hyphen that ends a line
_SPACES = frozenset("\t\n\r \u00a0\u202f" + "".join(map(chr, range(0x2000, 0x200A))))
_INVISIBLE = re.compile("[\x00-\x1f\x7f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class GlyphReader:
    """Reads the glyphs of pages; keeps the buffers that pdfium fills, for they are costly to make.

    One reader serves one document in one thread.
    """

    def __init__(self) -> None:
        # How the last page with lam-alef gave the letters of a glyph. Sound maps hold them in
        # reading order, and pdfium turns them round with their line.
        self._backward = True
        self._bars: set[str] = set()  # letters that stand for the stretching bar
        self._chars: dict[int, str] = {}
        self._make_room(4096)

    def _make_room(self, count: int) -> None:
        self._room = count
        self._doubles = [(ctypes.c_double * count)() for _ in range(6)]
        # Views of the single elements: what pdfium is handed to write into.
        self._places = [
            [ctypes.c_double.from_buffer(values, 8 * i) for i in range(count)]
            for values in self._doubles
        ]
        self._loose = list((raw.FS_RECTF * count)())

    def read(self, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> PageGlyphs:
        """Return the glyphs of a page, in pdfium's order, ligatures whole."""
        count = textpage.count_chars()
        if count > self._room:
            self._make_room(2 * count)
        text, indices, loose = textpage.raw, range(count), self._loose
        x, y, *box = self._places
        codes = list(map(raw.FPDFText_GetUnicode, repeat(text), indices))
        _run(map(raw.FPDFText_GetCharOrigin, repeat(text), indices, x, y))
        _run(map(raw.FPDFText_GetCharBox, repeat(text), indices, *box))
        _run(map(raw.FPDFText_GetLooseCharBox, repeat(text), indices, loose))
        rotation = page.get_rotation()
        pens, baselines, *edges = (values[:count] for values in self._doubles)
        askew = _askew(text, count, math.radians(rotation))
        glyphs: list[Glyph] = []
        gaps: set[int] = set()
        leaning = 0
        places = zip(codes, pens, baselines, *edges, strict=True)
        for i, (code, pen, baseline, *ink) in enumerate(places):
            char = self._char(code)
            if not char or (code < 33 and raw.FPDFText_IsGenerated(text, i) == 1):
                continue
            if i in askew:
                leaning += char.isalnum()
                continue
            place = loose[i]
            size = place.top - place.bottom
            if size <= 0 and char == " ":
                gaps.add(i)
                continue
            ink_box = ink[0], ink[1], ink[2], ink[3]
            left = min(place.left, pen)
            glyph = Glyph(char, left, place.right, baseline, size, ink_box, i, pen=pen)
            glyphs.append(_upright(glyph, pen, place, rotation) if rotation else glyph)
        self._set_bars(glyphs)
        unmapped = sum(map(raw.FPDFText_HasUnicodeMapError, repeat(text), indices))
        glyphs, has_spaces = whole_clusters(self._ligatures_whole(glyphs), page, text)
        seen = frozenset(() if has_spaces else gaps)
        return PageGlyphs(glyphs, seen, leaning, unmapped, tables_of(page))

    def _set_bars(self, glyphs: list[Glyph]) -> None:
        """Read the stretching bar as what it is where a font maps it to a letter (رعقققاية).

        A bar is flat, and stands three in a row as no letter does.
        """
        flat = [
            i
            for i, glyph in enumerate(glyphs)
            if 0 < glyph.height < _FLAT * glyph.size and _ARABIC_LETTER.match(glyph.text)
        ]
        for a, b, c in zip(flat, flat[1:], flat[2:], strict=False):
            if c - a == 2 and glyphs[a].text == glyphs[b].text == glyphs[c].text:
                self._bars.add(glyphs[a].text)
        for i in flat:
            if glyphs[i].text in self._bars:
                glyphs[i].text = _KASHIDA

    def _char(self, code: int) -> str:
        """The character of a code, "" for none and for what never shows."""
        known = self._chars.get(code)
        if known is None:
            known = self._chars[code] = _char(code)
        return known

    def _ligatures_whole(self, glyphs: list[Glyph]) -> list[Glyph]:
        """Put together the letters of one glyph, in the order they are read.

        pdfium gives them in reading order or back to front, as the font's map was written: alike
        all over a page, and lam-alef, which has only one right order, shows which.
        """
        whole: list[Glyph] = []
        joined: list[Glyph] = []
        for glyph in glyphs:
            last = whole[-1] if whole else None
            if last is not None and _is_one(last, glyph):
                if not joined or joined[-1] is not last:
                    joined.append(last)
                last.text += glyph.text
            else:
                whole.append(glyph)
        right = sum(_LAM_ALEF.fullmatch(glyph.text) is not None for glyph in joined)
        wrong = sum(_LAM_ALEF.fullmatch(glyph.text[::-1]) is not None for glyph in joined)
        if right or wrong:
            self._backward = wrong > right
        for glyph in joined:
            straight = _LAM_ALEF.fullmatch(glyph.text)
            turned = _LAM_ALEF.fullmatch(glyph.text[::-1])
            backward = turned is not None or (self._backward and straight is None)
            if backward and _ARABIC_LETTER.search(glyph.text):
                glyph.text = glyph.text[::-1]
        return whole


def _is_one(glyph: Glyph, following: Glyph) -> bool:
    return (
        following.left == glyph.left
        and following.y == glyph.y
        and following.right == glyph.right
        and following.ink == glyph.ink
        and " " not in (glyph.text, following.text)
    )


def _upright(glyph: Glyph, pen: float, place: raw.FS_RECTF, rotation: int) -> Glyph:
    """The same glyph on the page as a reader turns it: by 90, 180 or 270 degrees to the right.

    `pen` is its x, `place` what it occupies on the unturned page.
    """
    left, right, bottom, top = glyph.ink
    size = place.right - place.left
    if rotation == 90:
        ink, span, baseline = (bottom, top, -right, -left), (place.bottom, place.top), -pen
        pen = glyph.y
    elif rotation == 180:
        ink, span, baseline = (-right, -left, -top, -bottom), (-place.right, -place.left), -glyph.y
        size, pen = glyph.size, -pen
    else:
        ink, span, baseline = (-top, -bottom, left, right), (-place.top, -place.bottom), pen
        pen = -glyph.y
    return Glyph(glyph.text, *span, baseline, size, ink, glyph.turn, pen=pen)


def _run(calls: Iterable[int]) -> None:
    for _ in calls:
        pass


def _askew(text: object, count: int, turn: float) -> frozenset[int]:
    """The characters that do not stand level on the page as it is shown."""

    def leans(i: int) -> bool:
        angle: float = raw.FPDFText_GetCharAngle(text, i)
        return abs(math.remainder(angle + turn, 2 * math.pi)) > _LEVEL

    if not any(map(leans, range(0, count, _SAMPLED))):
        return frozenset()
    return frozenset(filter(leans, range(count)))


def _char(code: int) -> str:
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return "\ufffd" if code else ""
    char = "-" if code == _LINE_END_HYPHEN else chr(code)
    if char in _SPACES:
        return " "
    return "" if _INVISIBLE.match(char) else char
