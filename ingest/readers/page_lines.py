"""From the glyphs of a page to its lines: columns found, spaces set, each line in visual order.

Pure functions over glyphs. A line is a string as the eye meets it, left to right; turning Arabic
into reading order is the work of visual.py. Columns come in the order they are read. Distances
are measured in `unit`: the height of the ink of the page's middling letter, about half an em.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from statistics import median

from ingest.readers.page_columns import Row, Segment, blocks, gutter_of
from ingest.readers.page_marks import with_marks
from ingest.readers.page_model import Glyph, PageGlyphs
from ingest.readers.page_order import is_mixed
from ingest.readers.page_tables import Table

_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")
# Baselines nearer than this are one line, the raised letters of a calligraphic font included.
_SAME_LINE = 0.55
_SEGMENT_GAP = 1.6
_WORD_GAP = 0.2
_BARE_GAP = 0.45  # between letters of which only the ink is known
_SPACE_GAP = 0.06  # where the page has a space character; letters that meet over one have none
_WORD_TURNS = 16  # pdfium reads some words back to front, never more than a word at a time
_TAILED = frozenset("رزوؤى")  # letters whose tail reaches under the space after them
_LEANING = frozenset("كگ")  # letters whose arm reaches over the space before them
_LEAN = 0.5
_STUB = 0.3
_SPREAD = 2.0  # in letter-spaced text a word gap is so many times the usual gap
_DOUBLED = 0.12  # the same letter so near is a bold one, printed twice
# Letters raised so far at most, and so much smaller, stand in the line below them.
_RAISED = 2.2
_SMALL = 0.85
_FEW = 8
_ROWS_ABOVE = 3
_BLANK = 1.6  # times the usual step: a blank line
_WIDE_STEP = 5.0  # from baseline to baseline; where the usual one is more, there is none
_FOOTNOTE_MARK = re.compile(r"[\d*†‡]{1,3}")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The lines of a page in visual order and "" for gaps between paragraphs.

    `gutter`: where its columns part, None without any; `marks`: raised numbers left out, which
    point to footnotes and would make article 5 to article 51; `mixed`: columns may be mixed up.
    """

    lines: list[str]
    gutter: float | None
    marks: list[str]
    mixed: bool


def lay_out(page: PageGlyphs, gutter_before: float | None = None) -> LaidOut:
    """Return the lines of a page in the order they are read; a row of a ruled table is a line.

    `gutter_before`: where the columns of the page before this one part.
    """
    if not page.tables:
        return _running(page, gutter_before)
    parts: list[LaidOut] = []
    rest = page.glyphs
    for table in page.tables:
        above = [glyph for glyph in rest if glyph.y > table.top]
        within = [glyph for glyph in rest if table.bottom < glyph.y <= table.top]
        rest = [glyph for glyph in rest if glyph.y <= table.bottom]
        parts.append(_running(replace(page, glyphs=above), gutter_before))
        parts.append(_rows_of(table, replace(page, glyphs=within)))
    parts.append(_running(replace(page, glyphs=rest), gutter_before))
    gutter = next((part.gutter for part in parts if part.gutter is not None), None)
    lines = [line for part in parts if part.lines for line in (*part.lines, "")]
    marks = [mark for part in parts for mark in part.marks]
    return LaidOut(lines[:-1], gutter, marks, any(part.mixed for part in parts))


def _rows_of(table: Table, page: PageGlyphs) -> LaidOut:
    """The rows of a table, its cells from left to right; what stands beside it goes with them."""
    lines: list[str] = []
    marks: list[str] = []
    for (above, below), uprights in zip(pairwise(table.rules), table.uprights, strict=True):
        row = [glyph for glyph in page.glyphs if below < glyph.y <= above]
        edges = [float("-inf"), *uprights[1:-1], float("inf")]
        cells = []
        for left, right in pairwise(edges):
            cell = [glyph for glyph in row if left <= glyph.middle < right]
            found = _running(replace(page, glyphs=cell), None)
            cells.append(_as_one([line for line in found.lines if line]))
            marks += found.marks
        if any(cells):
            lines.append("   ".join(cell for cell in cells if cell))
    return LaidOut(lines, None, marks, mixed=False)


def _as_one(lines: list[str]) -> str:
    """The lines of a cell as one in visual order: the first one at the right in Arabic."""
    arabic = any(map(_ARABIC.search, lines))
    return " ".join(reversed(lines) if arabic else lines)


def _running(page: PageGlyphs, gutter_before: float | None) -> LaidOut:
    """The lines of running text."""
    glyphs = page.glyphs
    unit = _unit(glyphs)
    arabic = sum([_ARABIC.match(glyph.text) is not None for glyph in glyphs])
    letters = sum([glyph.text[:1].isalpha() for glyph in glyphs])
    lines = _settled(list(_rows(with_marks(glyphs, unit), unit)), unit)
    marks: list[str] = []
    rows = [row for line in lines if (row := _segments(line, unit, marks))]
    right_first = 2 * arabic > letters
    gutter = gutter_of(rows, gutter_before)
    found = list(blocks(rows, gutter, right_first)) if rows else []
    text: list[str] = []
    for block in found:
        if text:
            text.append("")
        text.extend(_spaced_out(block, unit, page.gaps))
    parted = gutter.at if gutter and len(found) > 1 else None
    return LaidOut(text, parted, marks, is_mixed(found, parted, unit))


def _unit(glyphs: Sequence[Glyph]) -> float:
    """The ink's height of the middling letter; some fonts draw nothing that can be measured."""
    heights = [g.ink[3] - g.ink[2] for g in glyphs if g.text[:1].isalnum()]
    widths = [g.right - g.left for g in glyphs if g.text != " "]
    return (median(heights) if heights else 0.0) or (median(widths) if widths else 0.0) or 1.0


def _rows(glyphs: list[Glyph], unit: float) -> Iterator[list[Glyph]]:
    """Group glyphs by baseline, from the top of the page down."""
    row: list[Glyph] = []
    lowest = float("-inf")
    for glyph in sorted(glyphs, key=attrgetter("y"), reverse=True):
        if glyph.y < lowest:
            yield row
            row = []
        if not row:
            lowest = glyph.y - _SAME_LINE * unit
        row.append(glyph)
    if row:
        yield row


def _settled(rows: list[list[Glyph]], unit: float) -> list[list[Glyph]]:
    """Put small raised or lowered letters into the line they belong to, marked as raised.

    It is the line right under their ink: a font may draw a letter with its vowel mark from a
    point above or below the baseline, and lines of another column may come between.
    """
    rows = list(rows)
    for i, small in enumerate(rows):
        if not 0 < len(small) <= _FEW:
            continue
        foot = min(glyph.ink[2] for glyph in small)
        for j in range(max(0, i - _ROWS_ABOVE), len(rows)):
            if rows[j] and small[0].y - rows[j][0].y > _RAISED * unit:
                break
            if j != i and rows[j] and rows[j][0].y <= foot and _joins(small, rows[j], unit):
                for glyph in small:
                    glyph.raised = True
                rows[j], rows[i] = [*rows[j], *small], []
                break
    return [row for row in rows if row]


def _joins(small: list[Glyph], row: list[Glyph], unit: float) -> bool:
    """Whether every letter of a short row stands raised beside letters of the row below it."""
    inked = [g for g in small if g.text != " "]
    below = [g for g in row if g.text != " "]
    if not inked or not below or len(row) <= len(small):
        return False
    rise = inked[0].y - below[0].y
    sizes = median(g.size for g in inked), median(g.size for g in below)
    if rise > _RAISED * unit or not 0 < sizes[0] < _SMALL * sizes[1]:
        return False
    return all(min(max(b.left - g.right, g.left - b.right) for b in below) < unit for g in inked)


def _segments(line: list[Glyph], unit: float, marks: list[str]) -> Row:
    """Cut one line at its wide gaps; footnote marks go to `marks`, outer spaces go."""
    ordered = sorted(line, key=attrgetter("pen"))
    glyphs = _without_marks(_once(ordered, unit), marks)
    inked = [i for i, glyph in enumerate(glyphs) if glyph.text != " "]
    if not inked:
        return []
    starts = [inked[0]]
    edge = glyphs[inked[0]].right
    for i in inked[1:]:
        if glyphs[i].left - edge > _SEGMENT_GAP * unit:
            starts.append(i)
        edge = max(edge, glyphs[i].right)
    return [_segment(glyphs[a:b]) for a, b in pairwise([*starts, inked[-1] + 1])]


def _segment(glyphs: list[Glyph]) -> Segment:
    inked = [glyph for glyph in glyphs if glyph.text != " "]
    left, right = min([g.left for g in inked]), max([g.right for g in inked])
    letters = sum([glyph.text[:1].isalpha() for glyph in inked])
    return Segment(glyphs, left, right, median(g.y for g in inked), letters)


def _once(glyphs: list[Glyph], unit: float) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in glyphs:
        last = kept[-1] if kept else glyph
        twice = (
            glyph.text == last.text != " "
            and last is not glyph
            and glyph.middle - last.middle < _DOUBLED * unit
            and abs(glyph.y - last.y) < _DOUBLED * unit
        )
        if not twice:
            kept.append(glyph)
    return kept


def _without_marks(glyphs: list[Glyph], marks: list[str]) -> list[Glyph]:
    """Leave out raised numbers and stars, and the raised brackets round them."""
    raised = [glyph for glyph in glyphs if glyph.raised and glyph.text != " "]
    mark = "".join(glyph.text for glyph in raised).strip("()[]")
    if not _FOOTNOTE_MARK.fullmatch(mark):
        return glyphs
    if mark.isdigit():
        marks.append(mark)
    return [glyph for glyph in glyphs if not glyph.raised]


def _spaced_out(rows: list[Row], unit: float, seen: frozenset[int]) -> Iterator[str]:
    """The lines of a block, a blank one where the distance to the line before is large."""
    steps = [above[0].y - row[0].y for above, row in pairwise(rows)]
    positive = sorted(step for step in steps if step > 0)
    usual = positive[len(positive) // 4] if positive else 0.0
    for row, step in zip(rows, [0.0, *steps], strict=True):
        if step > _BLANK * min(max(usual, 2 * unit), _WIDE_STEP * unit):
            yield ""
        yield "   ".join("".join(_pieces(segment.glyphs, unit, seen)) for segment in row)


def _pieces(glyphs: Iterable[Glyph], unit: float, seen: frozenset[int]) -> Iterator[str]:
    """The letters in visual order: those of one Arabic glyph back to front, like their line."""
    inked = [glyph for glyph in glyphs if glyph.text != " "]
    gaps = [b.left - a.right for a, b in pairwise(inked)]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    before: Glyph | None = None
    space = False
    for glyph in glyphs:
        letters = glyph.text
        if letters == " ":
            space = True
            continue
        if before is not None and _are_apart(before, glyph, space, unit, usual, seen):
            yield " "
        yield letters[::-1] if len(letters) > 1 and _ARABIC.match(letters) else letters
        before, space = glyph, False


def _are_apart(
    left: Glyph, right: Glyph, space: bool, unit: float, usual: float, seen: frozenset[int]
) -> bool:
    """Whether two neighbours are of two words; `space`: the page has a space between them."""
    told = space or _is_between(seen, left, right, unit)
    gap = right.left - left.right
    # Most letters stand close to their neighbours: what follows is asked of few.
    if not told and gap <= max(_WORD_GAP * unit, _SPREAD * usual):
        return False
    # A letter known only by its mark has no place of its own on the line.
    if left.floats(unit) or right.floats(unit):
        return told
    if told:
        return gap > _least(left, right, unit) + usual
    return gap > _BARE_GAP * unit or not (left.is_bare or right.is_bare)


def _is_stub(glyph: Glyph, unit: float) -> bool:
    """Whether only the foot of a letter is its own, as of Amiri's lam before kaf.

    The rest is drawn with the letter beside it, and pdfium takes what is missing for a space.
    """
    return glyph.is_bare and glyph.height < _STUB * unit and _ARABIC.match(glyph.text) is not None


def _least(left: Glyph, right: Glyph, unit: float) -> float:
    """The gap that a space needs: less where a tail reaches under it or kaf leans over it."""
    if left.text[0] in _LEANING:
        return -_LEAN * unit
    return 0.0 if right.text[0] in _TAILED else _SPACE_GAP * unit


def _is_between(seen: frozenset[int], a: Glyph, b: Glyph, unit: float) -> bool:
    """Whether pdfium read a space between two glyphs that it read one after the other."""
    low, high = (a.turn, b.turn) if a.turn < b.turn else (b.turn, a.turn)
    if not 1 < high - low <= _WORD_TURNS or seen.isdisjoint(range(low + 1, high)):
        return False
    return not (_is_stub(a, unit) or _is_stub(b, unit))
