"""Columns: each is read to its end; where they cannot be told apart the page is refused."""

from __future__ import annotations

import pytest

from ingest.readers.page_columns import Row, Segment, blocks, gutter_of
from ingest.readers.page_model import Glyph
from ingest.readers.page_order import is_mixed
from ingest.readers.pdf import _Page, _refuse_headers_inside
from search.errors import Unreadable

UNIT = 7.0
GUTTER = 300.0
STEP = 14.0


def piece(left: float, right: float, y: float, turn: int, letters: int = 40) -> Segment:
    glyph = Glyph("x", left, right, y, 12.0, (left, right, y, y + UNIT), turn)
    return Segment([glyph], left, right, y, letters)


def columns(lines: int = 20) -> tuple[list[Row], list[Row]]:
    """The right column, drawn first, and the left one, each line a row."""
    right = [[piece(310, 560, 700 - STEP * n, n)] for n in range(lines)]
    left = [[piece(40, 290, 700 - STEP * n, 100 + n)] for n in range(lines)]
    return right, left


def test_columns_read_one_after_the_other_are_in_order() -> None:
    right, left = columns()
    assert not is_mixed([right, left], GUTTER, UNIT)


def test_columns_drawn_line_by_line_across_say_nothing_against_the_reading() -> None:
    right = [[piece(310, 560, 700 - STEP * n, 2 * n)] for n in range(20)]
    left = [[piece(40, 290, 700 - STEP * n, 2 * n + 1)] for n in range(20)]
    assert not is_mixed([right, left], GUTTER, UNIT)


def test_columns_taken_for_single_lines_are_mixed() -> None:
    right, left = columns()
    rows = [[*one, *other] for one, other in zip(left, right, strict=True)]
    assert is_mixed([rows], None, UNIT)


def test_columns_whose_lines_stand_at_different_heights_are_mixed_too() -> None:
    right, left = columns()
    rows = [row for pair in zip(right, left, strict=True) for row in pair]
    assert is_mixed([rows], None, UNIT)


def test_a_table_drawn_row_by_row_is_in_order() -> None:
    rows = [
        [piece(40, 290, 700 - STEP * n, 2 * n + 1), piece(310, 560, 700 - STEP * n, 2 * n)]
        for n in range(20)
    ]
    assert not is_mixed([rows], None, UNIT)


def test_one_line_of_the_right_column_read_in_the_left_one_is_seen() -> None:
    right, left = columns()
    assert is_mixed([right[:15] + right[16:], [*left[:15], right[15], *left[15:]]], GUTTER, UNIT)


def test_a_line_that_reaches_over_the_gutter_by_a_hair_is_seen() -> None:
    right, left = columns()
    left[10] = [piece(40, GUTTER + 1, 700 - STEP * 10, 110)]
    assert is_mixed([right, left], GUTTER, UNIT)


@pytest.mark.parametrize("at", [0, 10])
def test_a_title_over_both_columns_may_be_drawn_last(at: int) -> None:
    right, left = columns()
    title = [piece(250, 350, 700 - STEP * at + 7, 999)]
    parts = [right[:at], left[:at], [title], right[at:], left[at:]]
    turned = [
        [[piece(s.left, s.right, s.y, turn * 50 + i)] for i, row in enumerate(part) for s in row]
        for turn, part in enumerate(parts)
    ]
    turned[2] = [title]
    assert not is_mixed(turned, GUTTER, UNIT)


def test_a_header_and_a_page_number_in_the_gutter_do_not_push_it_to_an_edge() -> None:
    right, left = columns()
    middle = [[piece(230, 370, 760, 900)], [piece(295, 312, 30, 901, letters=0)]]
    left[4] = [piece(40, 291, 700 - STEP * 4, 104)]
    rows = [middle[0], *([*a, *b] for a, b in zip(left, right, strict=True)), middle[1]]
    gutter = gutter_of(rows)
    assert gutter is not None
    assert 294 < gutter.at < 306
    found = list(blocks(rows, gutter, right_first=True))
    assert [[s.left for row in block for s in row] for block in found if len(block) > 1] == [
        [310] * 20,
        [40] * 20,
    ]


@pytest.mark.parametrize(("gutter", "refused"), [(GUTTER, True), (None, False)])
def test_a_running_header_among_the_lines_of_columns_is_refused(gutter, refused) -> None:
    texts = [[f"rule {n}", "The Official Gazette", f"more of {n}"] for n in range(4)]
    pages = [_Page(lines, gutter=gutter) for lines in texts]
    if not refused:
        _refuse_headers_inside(texts, pages, "law.pdf")
        return
    with pytest.raises(Unreadable, match="columns of pages 1, 2, 3, 4"):
        _refuse_headers_inside(texts, pages, "law.pdf")
