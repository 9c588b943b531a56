"""The place of an article among the headings above it."""

from __future__ import annotations

import pytest

from ingest.document import Document, LineKind, document_of
from ingest.splitters.places import places
from ingest.splitters.running import running


def law(between: str) -> Document:
    """Two articles with a heading between them, as HTML and Word mark headings."""
    lines = [
        ("الباب الأول", LineKind.TEXT),
        ("مادة 1", LineKind.TEXT),
        ("على كل ناقل أن يحفظ دفتر الرحلات.", LineKind.TEXT),
        (between, LineKind.HEADING),
        ("مادة 2", LineKind.TEXT),
        ("يعاقب من أتلفه عمدا.", LineKind.TEXT),
    ]
    return document_of([(text, None, kind, None) for text, kind in lines])


def place_of_the_second(between: str) -> list[str | None]:
    text = running(law(between))
    return [label.ar for label in places(text, [1, 4], 6).at(4)]


def test_a_heading_without_a_number_stands_below_its_part() -> None:
    assert place_of_the_second("العقوبات") == ["الباب الأول", "العقوبات"]


@pytest.mark.parametrize("dashes", ["____", "__", "# #", "ــــ", "◊◊◊", "(-)"])
def test_a_heading_made_only_of_dashes_names_no_place(dashes: str) -> None:
    assert place_of_the_second(dashes) == ["الباب الأول"]
