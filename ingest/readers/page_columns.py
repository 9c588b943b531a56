"""See which lines of a page stand side by side as columns of running text, and in which order.

A table, a table of contents and a list of terms with their definitions also have gaps down the
page, and are read line by line as they should be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.page_model import Glyph

# Columns of running text: so many lines a side, filled so far, in one piece, and few that cross.
_LINES = 4
_FILL = 0.4
_PIECES = 1.35
_LETTERS = 12
# Where the page before was in columns, the rest of them may be short.
_LAST_LINES = 1
_LAST_FILL = 0.2
_LAST_LETTERS = 6
_SHARE = 0.3
_CROSSED = 0.5
_IN_THE_STRIP = 2
_MAX_DEPTH = 2  # columns within columns: four at most


@dataclass(frozen=True, slots=True)
class Segment:
    """Glyphs of one line without a wide gap, left to right; bounds in points."""

    glyphs: list[Glyph]
    left: float
    right: float
    y: float
    letters: int


Row = list[Segment]


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip down the page that few lines cross, by its middle; `known` from the page before."""

    at: float
    known: bool = False


def gutter_of(rows: list[Row], before: float | None = None) -> Gutter | None:
    """Return where columns may part; `before` is where those of the page before did."""
    segments = [segment for row in rows for segment in row]
    found = _gutter(rows, segments)
    if before is None:
        return found
    crossed = _crossing(segments, before)
    if crossed > _CROSSED * len(rows) or (found and _crossing(segments, found.at) < crossed):
        return found
    return Gutter(before, known=True)


def _crossing(segments: list[Segment], x: float) -> int:
    return sum(segment.left < x < segment.right for segment in segments)


def blocks(
    rows: list[Row], gutter: Gutter | None, right_first: bool, depth: int = 0
) -> Iterator[list[Row]]:
    """Cut the rows of a page into blocks to be read one after the other."""
    if gutter is None or depth == _MAX_DEPTH:
        yield rows
        return
    plain: list[Row] = []
    for band in _bands(rows, gutter.at):
        if not _in_columns(band, gutter):
            plain += band
            continue
        if plain:
            yield plain
            plain = []
        for left in (not right_first, right_first):
            side = _side(band, gutter.at, left=left)
            yield from blocks(side, gutter_of(side), right_first, depth + 1)
    if plain:
        yield plain


def _bands(rows: list[Row], gutter: float) -> Iterator[list[Row]]:
    """Part the rows into runs that leave the gutter open, and single ones that cross it."""
    band: list[Row] = []
    for row in rows:
        if any(segment.left < gutter < segment.right for segment in row):
            yield band
            yield [row]
            band = []
        else:
            band.append(row)
    yield band


def _gutter(rows: list[Row], segments: list[Segment]) -> Gutter | None:
    """The middle of the widest strip that hardly a line crosses; None if half of them do.

    A running header and a page number may stand in the strip: were they counted, what is left of
    it would be its edge, and the first line a hair longer than the others would cross it.
    """
    if len(segments) < 2 * _LINES:
        return None
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    places = [left + (right - left) * step / 200 for step in range(50, 151)]
    starts, ends = sorted(s.left for s in segments), sorted(s.right for s in segments)
    crossed = [bisect_left(starts, x) - bisect_right(ends, x) for x in places]
    fewest = min(crossed)
    if fewest > _CROSSED * len(rows):
        return None
    runs: list[list[float]] = [[]]
    for x, count in zip(places, crossed, strict=True):
        if count <= fewest + _IN_THE_STRIP:
            runs[-1].append(x)
        elif runs[-1]:
            runs.append([])
    widest = max(runs, key=len)
    return Gutter(widest[len(widest) // 2])


def _side(band: list[Row], gutter: float, *, left: bool) -> list[Row]:
    cut = [[s for s in row if (s.right <= gutter) == left] for row in band]
    return [row for row in cut if row]


def _in_columns(band: list[Row], gutter: Gutter) -> bool:
    """Whether both sides of a band are running text: many full lines, each in one piece."""
    sides = [_side(band, gutter.at, left=left) for left in (True, False)]
    if not all(sides):
        return False
    if gutter.known:
        return all(_is_running(side, _LAST_LINES, _LAST_FILL, _LAST_LETTERS) for side in sides)
    letters = [sum(segment.letters for row in side for segment in row) for side in sides]
    return min(letters) > _SHARE * sum(letters) and all(
        _is_running(side, _LINES, _FILL, _LETTERS) for side in sides
    )


def _is_running(side: list[Row], lines: int, fill: float, letters: int) -> bool:
    if len(side) < lines:
        return False
    segments = [segment for row in side for segment in row]
    width = max(s.right for s in segments) - min(s.left for s in segments)
    covered = sum(max(s.right for s in row) - min(s.left for s in row) for row in side)
    return (
        len(segments) <= _PIECES * len(side)
        and covered >= fill * width * len(side)
        and sum(s.letters for s in segments) >= letters * len(side)
    )
