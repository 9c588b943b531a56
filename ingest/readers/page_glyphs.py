"""The glyphs of a PDF page as pdfium sees them: letters, where they stand, and nothing guessed.

Knows pdfium. Knows nothing of lines or reading order: pdfium's own order, and the spaces and line
ends it makes up, are left out.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterable
from ctypes import c_int, c_void_p
from itertools import repeat
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ingest.readers.page_clusters import whole_clusters
from ingest.readers.page_model import Glyph, PageGlyphs
from ingest.readers.page_objects import objects_of
from ingest.readers.page_tables import tables_of

_Box = tuple[float, float, float, float]
_Function = Callable[..., Any]
_Placed = Iterable[tuple[str, float, float, _Box, _Box]]

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


def _quick(name: str, *arguments: type[Any], gives: type[Any] = c_int) -> _Function:
    """A function of pdfium that takes addresses as they are, and keeps hold of the interpreter.

    Called for every character of a page, which is half as long as in the usual way.
    """
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(gives, c_void_p, c_int, *arguments)(address)


_unicode = _quick("FPDFText_GetUnicode", gives=ctypes.c_uint)
_origin = _quick("FPDFText_GetCharOrigin", c_void_p, c_void_p)
_ink = _quick("FPDFText_GetCharBox", c_void_p, c_void_p, c_void_p, c_void_p)
_room = _quick("FPDFText_GetLooseCharBox", c_void_p)
_angle = _quick("FPDFText_GetCharAngle", gives=ctypes.c_float)
_is_generated = _quick("FPDFText_IsGenerated")
_has_no_letter = _quick("FPDFText_HasUnicodeMapError")


def _addresses(values: ctypes.Array[Any], size: int) -> range:
    """The addresses of the elements of an array, of so many bytes each."""
    first = ctypes.addressof(values)
    return range(first, first + size * len(values), size)


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
        self._size = count
        self._doubles = [(ctypes.c_double * count)() for _ in range(6)]
        rooms = (raw.FS_RECTF * count)()
        self._room_edges = memoryview(rooms).cast("B").cast("f")  # left, top, right, bottom
        # The addresses of the single elements: what pdfium is handed to write into.
        self._places = [_addresses(values, 8) for values in self._doubles]
        self._rooms = _addresses(rooms, 16)

    def read(self, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> PageGlyphs:
        """Return the glyphs of a page, in pdfium's order, ligatures whole."""
        count = textpage.count_chars()
        text, rotation = textpage.raw, page.get_rotation()
        handle = ctypes.cast(text, ctypes.c_void_p).value
        askew = _askew(handle, count, math.radians(rotation))
        glyphs: list[Glyph] = []
        gaps: set[int] = set()
        leaning = 0
        for i, (char, pen, baseline, ink, room) in enumerate(self._placed(handle, count)):
            if not char or (char == " " and _is_generated(handle, i) == 1):
                continue
            if i in askew:
                leaning += char.isalnum()
                continue
            left, top, right, bottom = room
            size = top - bottom
            if size <= 0 and char == " ":
                gaps.add(i)
                continue
            glyph = Glyph(char, left if left < pen else pen, right, baseline, size, ink, i, pen)
            glyphs.append(_upright(glyph, room, rotation) if rotation else glyph)
        self._set_bars(glyphs)
        unmapped = sum(map(_has_no_letter, repeat(handle), range(count)))
        objects = objects_of(page)
        glyphs, has_spaces = whole_clusters(self._ligatures_whole(glyphs), page, objects, text)
        seen = frozenset(() if has_spaces else gaps)
        return PageGlyphs(glyphs, seen, leaning, unmapped, tables_of(page, objects.shapes))

    def _placed(self, text: int | None, count: int) -> _Placed:
        """Each character: itself, pen, baseline, ink (left, right, bottom, top), and its room.

        The room, the place kept for it on the line, is left, top, right, bottom. Character by
        character nothing here runs in Python: a page has thousands.
        """
        if count > self._size:
            self._make_room(2 * count)
        indices = range(count)
        x, y, *box = self._places
        codes = list(map(_unicode, repeat(text), indices))
        _run(map(_origin, repeat(text), indices, x, y))
        _run(map(_ink, repeat(text), indices, *box))
        _run(map(_room, repeat(text), indices, self._rooms))
        for code in set(codes) - self._chars.keys():
            self._chars[code] = _char(code)
        pens, baselines, *inks = (values[:count] for values in self._doubles)
        edges = self._room_edges[: 4 * count].tolist()
        rooms = zip(*[iter(edges)] * 4, strict=True)
        chars = map(self._chars.__getitem__, codes)
        return zip(chars, pens, baselines, zip(*inks, strict=True), rooms, strict=True)

    def _set_bars(self, glyphs: list[Glyph]) -> None:
        """Read the stretching bar as what it is where a font maps it to a letter (رعقققاية).

        A bar is flat, and stands three in a row as no letter does.
        """
        flat = [
            i
            for i, glyph in enumerate(glyphs)
            if 0 < glyph.ink[3] - glyph.ink[2] < _FLAT * glyph.size
            and _ARABIC_LETTER.match(glyph.text)
        ]
        for a, b, c in zip(flat, flat[1:], flat[2:], strict=False):
            if c - a == 2 and glyphs[a].text == glyphs[b].text == glyphs[c].text:
                self._bars.add(glyphs[a].text)
        for i in flat:
            if glyphs[i].text in self._bars:
                glyphs[i].text = _KASHIDA

    def _ligatures_whole(self, glyphs: list[Glyph]) -> list[Glyph]:
        """Put together the letters of one glyph, in the order they are read.

        pdfium gives them in reading order or back to front, as the font's map was written: alike
        all over a page, and lam-alef, which has only one right order, shows which.
        """
        whole: list[Glyph] = []
        joined: list[Glyph] = []
        for glyph in glyphs:
            last = whole[-1] if whole else glyph
            if last.left == glyph.left and last is not glyph and _is_one(last, glyph):
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
    """Whether two letters that begin at one place are one glyph."""
    return (
        following.y == glyph.y
        and following.right == glyph.right
        and following.ink == glyph.ink
        and " " not in (glyph.text, following.text)
    )


def _upright(glyph: Glyph, room: _Box, rotation: int) -> Glyph:
    """The same glyph on the page as a reader turns it: by 90, 180 or 270 degrees to the right.

    `room` is what it occupies on the unturned page: left, top, right, bottom.
    """
    left, right, bottom, top = glyph.ink
    starts, upper, ends, lower = room
    size, pen = ends - starts, glyph.pen
    if rotation == 90:
        ink, span, baseline = (bottom, top, -right, -left), (lower, upper), -pen
        pen = glyph.y
    elif rotation == 180:
        ink, span, baseline = (-right, -left, -top, -bottom), (-ends, -starts), -glyph.y
        size, pen = glyph.size, -pen
    else:
        ink, span, baseline = (-top, -bottom, left, right), (-upper, -lower), pen
        pen = -glyph.y
    return Glyph(glyph.text, *span, baseline, size, ink, glyph.turn, pen=pen)


def _run(calls: Iterable[int]) -> None:
    for _ in calls:
        pass


def _askew(text: int | None, count: int, turn: float) -> frozenset[int]:
    """The characters that do not stand level on the page as it is shown."""

    def leans(i: int) -> bool:
        angle: float = _angle(text, i)
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
