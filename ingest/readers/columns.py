"""See whether a laid-out page is set in two columns of running text.

A list of terms with their definitions also has a gap down the page, and is read line by line as
it should be; in columns of running text both sides hold much of the letters on most lines.
"""

from __future__ import annotations

import re

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_MIN_LINES = 12
_MIN_LETTERS = 18  # a side, a line: less is a list, a table or a table of contents


def is_in_columns(page: str) -> bool:
    """Whether one vertical gap parts most lines of the page into two well-filled sides."""
    lines = [line.rstrip() for line in page.split("\n") if line.strip()]
    if len(lines) < _MIN_LINES:
        return False
    gutter = _commonest_gap(lines)
    if gutter is None:
        return False
    sides = [
        (line[:gutter].strip(), line[gutter:].strip()) for line in lines if _open_at(line, gutter)
    ]
    both = [(left, right) for left, right in sides if left and right]
    if len(both) < 0.5 * len(lines):
        return False
    left, right = (sum(_letters(side[i]) for side in both) for i in (0, 1))
    return min(left, right) > max(0.3 * (left + right), _MIN_LETTERS * len(both))


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _open_at(line: str, column: int) -> bool:
    return line[column : column + 1] in ("", " ")


def _commonest_gap(lines: list[str]) -> int | None:
    """The column that lies in a wide inner gap on the most lines, if on half of them."""
    counts: dict[int, int] = {}
    for line in lines:
        for gap in _GAP.finditer(line):
            for column in range(gap.start(), gap.end()):
                counts[column] = counts.get(column, 0) + 1
    best = max(counts, key=lambda column: (counts[column], -column), default=None)
    return best if best is not None and counts[best] >= 0.5 * len(lines) else None
