"""Put together the letters of one cluster that pdfium gives in pieces, or in part.

Where one stroke of the pen draws several letters, or a program says in the file what several
strokes mean together (ActualText: a letter and its vowel mark), pdfium cuts one box into pieces,
and of several strokes it knows only the first, which may be the vowel mark.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from ingest.readers.page_model import Glyph
from ingest.readers.page_objects import PageObject, PageObjects

_ARABIC_LETTER = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_EDGE_TO_EDGE = 0.01  # points
_ONE_BY_ONE = 0.25  # strokes to a letter
_HIGH = 0.5  # of the tallest stroke's height over its line: a vowel mark
_LOW = 0.1  # a stroke that reaches less high stands under the line


@dataclass(frozen=True, slots=True)
class _Stroke:
    """What one stroke of the pen draws, in points: where the pen stands, and the ink."""

    pen: float
    y: float
    ink: tuple[float, float, float, float]  # left, right, bottom, top

    @property
    def height(self) -> float:
        return self.ink[3] - self.ink[2]

    def is_letter(self, tallest: _Stroke) -> bool:
        """Whether it stands on the line of the tallest stroke, as no vowel mark does."""
        bottom, top = self.ink[2] - tallest.y, self.ink[3] - tallest.y
        return bottom < _HIGH * tallest.height and top > _LOW * tallest.height


def whole_clusters(
    glyphs: list[Glyph], page: pypdfium2.PdfPage, objects: PageObjects, text: object
) -> tuple[list[Glyph], bool]:
    """Return the glyphs, each whole and where its letter is drawn; and whether spaces are known.

    They are where single letters are drawn one by one: spaces then are strokes without ink, which
    pdfium leaves out and we add.
    """
    count = len(glyphs)
    glyphs = _joined(glyphs)
    one_by_one = objects.count > _ONE_BY_ONE * count
    if page.get_rotation() or not (one_by_one or len(glyphs) < count):
        return glyphs, False
    strokes = _strokes(objects.texts)
    gone = set(map(id, _superfluous(glyphs, strokes, text)))
    whole = [glyph for glyph in glyphs if id(glyph) not in gone]
    return whole + strokes.spaces, one_by_one and bool(strokes.spaces)


def _joined(glyphs: list[Glyph]) -> list[Glyph]:
    gone: set[int] = set()
    for pieces in _drawn_at_once(glyphs):
        if _is_cut_up(pieces):
            _join(pieces)
            gone.update(map(id, pieces[1:]))
    return [glyph for glyph in glyphs if id(glyph) not in gone] if gone else glyphs


def _drawn_at_once(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    drawn: dict[tuple[float, ...], list[Glyph]] = {}
    pens = Counter(glyph.pen for glyph in glyphs)
    for glyph in glyphs:
        if pens[glyph.pen] > 1 and glyph.text != " ":
            key = glyph.pen, glyph.y, glyph.ink[2], glyph.ink[3]
            drawn.setdefault(key, []).append(glyph)
    return [pieces for pieces in drawn.values() if len(pieces) > 1]


def _is_cut_up(pieces: list[Glyph]) -> bool:
    """Whether the boxes of glyphs lie edge to edge."""
    row = sorted(pieces, key=lambda g: g.ink[0])
    return all(abs(a.ink[1] - b.ink[0]) < _EDGE_TO_EDGE for a, b in pairwise(row))


def _join(pieces: list[Glyph]) -> None:
    """Let the first of the pieces be the whole glyph; they lie in the order they are read."""
    arabic = any(_ARABIC_LETTER.match(piece.text) for piece in pieces)
    row = sorted(pieces, key=lambda g: g.ink[0], reverse=arabic)
    whole = pieces[0]
    whole.text = "".join(piece.text for piece in row)
    whole.left, whole.right = min(g.left for g in row), max(g.right for g in row)
    _, _, bottom, top = whole.ink
    whole.ink = min(g.ink[0] for g in row), max(g.ink[1] for g in row), bottom, top


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The strokes of the clusters that a page names, by the address of the name; its spaces.

    `names`: the cluster of a text object that has one, by the object's address.
    """

    clusters: dict[int, list[_Stroke]]
    names: dict[int, int]
    spaces: list[Glyph]


def _strokes(texts: Iterable[PageObject]) -> _Strokes:
    found = _Strokes({}, {}, [])
    named: dict[int, bool] = {}
    matrix = raw.FS_MATRIX()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for item in texts:
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        ink = left.value, right.value, bottom.value, top.value
        name = _cluster_of(item, named)
        if name is not None:
            found.names[_address(item)] = name
        if name is None and ink[0] < ink[1]:
            continue
        raw.FPDFPageObj_GetMatrix(item, matrix)
        pen, y = matrix.e, matrix.f
        if ink[0] == ink[1]:
            found.spaces.append(Glyph(" ", pen, pen, y, 0.0, ink, pen=pen))
        elif name is not None:
            found.clusters.setdefault(name, []).append(_Stroke(pen, y, ink))
    return found


def _address(handle: PageObject) -> int:
    return ctypes.addressof(handle.contents)


def _cluster_of(item: PageObject, named: dict[int, bool]) -> int | None:
    """The address of the name (ActualText) that strokes of one cluster share; None without.

    `named` remembers which marks are such names: a mark may be that of a whole paragraph.
    """
    count = raw.FPDFPageObj_CountMarks(item)
    if count < 1:
        return None
    mark = raw.FPDFPageObj_GetMark(item, count - 1)
    address = _address(mark)
    if address not in named:
        size = ctypes.c_ulong()
        said = raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size)
        named[address] = bool(said and size.value)
    return address if named[address] else None


def _superfluous(glyphs: Sequence[Glyph], strokes: _Strokes, text: object) -> Iterator[Glyph]:
    """Give letters with vowel marks the place of the letter; yield what nobody sees.

    That is what comes again, because pdfium gives the letters of a cluster for each of its strokes
    that lie apart; and what is cut off: a line at the foot of a page that stands on the next one.
    """
    seen: set[int] = set()
    baseline, shown = math.inf, (-math.inf, math.inf)
    for glyph in glyphs:
        name = None
        if glyph.y != baseline or strokes.names:
            item = raw.FPDFText_GetTextObject(text, glyph.turn)
            if not item:
                continue
            name = strokes.names.get(_address(item))
            if glyph.y != baseline:  # what one line shows is cut alike: asking costs much
                baseline, shown = glyph.y, _shown(item)
        if name in seen or not shown[0] <= (glyph.ink[2] + glyph.ink[3]) / 2 <= shown[1]:
            yield glyph
        drawn = strokes.clusters.get(name, ()) if name is not None else ()
        if name is not None and len(drawn) > 1:
            seen.add(name)
            _put_in_place(glyph, drawn)


def _shown(item: PageObject) -> tuple[float, float]:
    """From which height to which the page shows what it draws of an object."""
    path = raw.FPDFPageObj_GetClipPath(item)
    paths = range(max(0, raw.FPDFClipPath_CountPaths(path)))
    heights = [y for n in paths for y in _heights(path, n)]
    return (min(heights), max(heights)) if heights else (-math.inf, math.inf)


def _heights(path: object, index: int) -> Iterator[float]:
    """How high the corners of a path that bounds what is shown stand, in points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(raw.FPDFClipPath_CountPathSegments(path, index)):
        segment = raw.FPDFClipPath_GetPathSegment(path, index, n)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            yield y.value


def _put_in_place(glyph: Glyph, strokes: Sequence[_Stroke]) -> None:
    """Give a glyph the place of the letters among its strokes, of which the tallest is one."""
    tallest = max(strokes, key=lambda stroke: stroke.height)
    letters = [stroke for stroke in strokes if stroke is tallest or stroke.is_letter(tallest)]
    left, right = min(s.ink[0] for s in letters), max(s.ink[1] for s in letters)
    bottom, top = min(s.ink[2] for s in letters), max(s.ink[3] for s in letters)
    glyph.pen, glyph.y = min(s.pen for s in letters), tallest.y
    glyph.ink = left, right, bottom, top
    glyph.left, glyph.right = min(glyph.pen, left), right
    glyph.size = max(glyph.size, 2 * glyph.height)
