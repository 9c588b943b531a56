"""Hold the order in which a page was read against the order in which the file draws it.

Most programs draw columns one after the other. A reading that jumps to and fro between two of
them, or that puts a single line elsewhere than the file does, has mixed them up. Where a file
draws its lines in an order of its own, this says nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.page_columns import Row, Segment

_LETTERS = 18  # a piece with fewer is a number, a list sign or the cell of a table
_JUMPS = 3  # to and fro; one or two are a header and the like
_OWN_ORDER = 0.25  # of the lines moved: the file has an order of its own
_EDGE = 2  # lines at the top and the bottom that may be drawn first or last
_PIECE = 3.0  # units on each side of the gutter, of a line that is said to cross it


def is_mixed(blocks: Sequence[Sequence[Row]], gutter: float | None, unit: float) -> bool:
    """Whether the lines of columns may stand among one another in the blocks of a page.

    `gutter`: where its columns part, None for a page without any; `unit` as in page_lines.py.
    """
    rows = [row for block in blocks for row in block]
    if _jumps(rows, right_first=_runs_left(rows)) >= _JUMPS:
        return True
    if gutter is None:
        return False
    grazing = any(_grazes(segment, gutter, unit) for row in rows for segment in row)
    return grazing or _has_moved_lines(rows, gutter)


def _runs_left(rows: Sequence[Row]) -> bool:
    """Whether the file draws most lines of several pieces from the right."""
    pairs = [(_turn(a), _turn(b)) for row in rows for a, b in pairwise(row)]
    return 2 * sum(a > b for a, b in pairs) > len(pairs)


def _jumps(rows: Sequence[Row], *, right_first: bool) -> int:
    """How often the reading goes aside to a piece that the file draws earlier."""
    pieces = [
        segment
        for row in rows
        for segment in (reversed(row) if right_first else row)
        if segment.letters >= _LETTERS
    ]
    return sum(
        (a.right <= b.left or b.right <= a.left) and _turn(a) > _turn(b)
        for a, b in pairwise(pieces)
    )


def _turn(segment: Segment) -> float:
    return median(glyph.turn for glyph in segment.glyphs)


def _grazes(segment: Segment, gutter: float, unit: float) -> bool:
    """Whether a long piece reaches over the gutter by a hair: a line of one column, taken for two.

    One in the middle of the page, such as its number, does not.
    """
    sides = sorted((gutter - segment.left, segment.right - gutter))
    return 0 < sides[0] < _PIECE * unit and sides[1] > 3 * _PIECE * unit


def _has_moved_lines(rows: Sequence[Row], gutter: float) -> bool:
    """Whether a few lines of the columns stand elsewhere than in the file's own order.

    A title over both of them may be drawn last, and so may what stands at the edges of the page.
    """
    turns = [median(g.turn for segment in row for g in segment.glyphs) for row in rows]
    moved = _moved(turns)
    if len(moved) > _OWN_ORDER * len(rows):
        return False
    heights = sorted(row[0].y for row in rows)
    edges = {*heights[:_EDGE], *heights[-_EDGE:]}
    return any(
        rows[i][0].y not in edges and not any(s.left < gutter < s.right for s in rows[i])
        for i in moved
    )


def _moved(turns: Sequence[float]) -> list[int]:
    """The fewest places without which the numbers ascend."""
    ends: list[int] = []  # of the best ascending rows, by their length
    before: list[int] = []
    for i, turn in enumerate(turns):
        at = bisect_left([turns[j] for j in ends], turn)
        before.append(ends[at - 1] if at else -1)
        ends[at : at + 1] = [i]
    kept = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return [i for i in range(len(turns)) if i not in kept]
