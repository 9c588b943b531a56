"""See the ruled tables of a page: their rows and cells, by the lines drawn round them.

Two cells of several lines each look like two columns; read as such, a fine would stand away from
the offence it is for. Only tables whose rules are drawn across their whole width are seen.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from ingest.readers.page_objects import PageObject

_THIN = 2.0  # points: a line and not a box
_SAME = 1.5  # points between the edges of neighbouring cells
_LONG = 20.0
_COVERED = 0.95  # of a table's width by the rule under a row
_ROWS, _COLUMNS = 3, 2
_TALLEST_ROW = 0.34  # of the page: more is a frame round running text
_MOST_SHAPES = 5_000  # a drawing, not a table


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: the heights of its rules from the top down, and the places of its upright ones."""

    left: float
    right: float
    rules: tuple[float, ...]
    uprights: tuple[tuple[float, ...], ...]  # of each row, from left to right, edges included

    @property
    def top(self) -> float:
        return self.rules[0]

    @property
    def bottom(self) -> float:
        return self.rules[-1]


@dataclass(frozen=True, slots=True)
class _Line:
    """A drawn line: where it is, from where to where it reaches."""

    at: float
    start: float
    end: float


def tables_of(page: pypdfium2.PdfPage, shapes: Sequence[PageObject]) -> list[Table]:
    """Return the ruled tables of an unturned page, from the top down; none where in doubt."""
    if page.get_rotation() or len(shapes) > _MOST_SHAPES:
        return []
    level, upright = _lines(shapes)
    if len(upright) <= _COLUMNS or len(level) <= _ROWS:
        return []
    tables = [_table(group, upright, page.get_height()) for group in _stacks(_rules(level))]
    return sorted((table for table in tables if table), key=lambda table: -table.top)


def _lines(shapes: Sequence[PageObject]) -> tuple[list[_Line], list[_Line]]:
    """The level and the upright lines among the shapes of a page, edges of boxes included."""
    level: list[_Line] = []
    upright: list[_Line] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for item in shapes:
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if y1 - y0 < _THIN:
            level.append(_Line((y0 + y1) / 2, x0, x1))
        elif x1 - x0 < _THIN:
            upright.append(_Line((x0 + x1) / 2, y0, y1))
        else:
            level += [_Line(y0, x0, x1), _Line(y1, x0, x1)]
            upright += [_Line(x0, y0, y1), _Line(x1, y0, y1)]
    return level, upright


def _rules(level: Sequence[_Line]) -> list[_Line]:
    """Join the pieces of level lines at one height, as drawn under one cell after another."""
    rules: list[_Line] = []
    for line in sorted(level, key=lambda each: (-each.at, each.start)):
        last = rules[-1] if rules else None
        if last and last.at - line.at < _SAME and line.start <= last.end + _SAME:
            rules[-1] = _Line(last.at, min(last.start, line.start), max(last.end, line.end))
        else:
            rules.append(line)
    return [rule for rule in rules if rule.end - rule.start > _LONG]


def _stacks(rules: Sequence[_Line]) -> list[list[_Line]]:
    """Rules of one width, one under another."""
    stacks: list[list[_Line]] = []
    for rule in rules:
        for stack in stacks:
            first = stack[0]
            width = first.end - first.start
            shared = min(first.end, rule.end) - max(first.start, rule.start)
            if shared > _COVERED * max(width, rule.end - rule.start):
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return stacks


def _table(rules: list[_Line], upright: Sequence[_Line], height: float) -> Table | None:
    if len(rules) <= _ROWS:
        return None
    left, right = min(r.start for r in rules), max(r.end for r in rules)
    rows: list[tuple[float, ...]] = []
    for above, below in pairwise(rules):
        middle = (above.at + below.at) / 2
        found = sorted(
            line.at
            for line in upright
            if line.start < middle < line.end and left - _SAME < line.at < right + _SAME
        )
        places = [x for n, x in enumerate(found) if not n or x - found[n - 1] > _SAME]
        rows.append(tuple(places))
        if len(places) <= _COLUMNS or above.at - below.at > _TALLEST_ROW * height:
            return None
    return Table(left, right, tuple(rule.at for rule in rules), tuple(rows))
