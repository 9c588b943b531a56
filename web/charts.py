"""Lay out bar charts for SVG: in Arabic from right to left. Knows numbers and labels, not HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.model import Language

WIDTH = 480
_MARGIN = 12
_SHORT_LABEL = 6  # characters: a year stands before its bar, a longer label above
_SHORT_COLUMN = 56
_NUMBER_COLUMN = 64
_BAR = 16
_ROW_SHORT = 26
_ROW_LONG = 48
_LEGEND = 34
_ROW_RANGE = 76
_LABEL_CHARS = 56  # as many fit the width, roughly


@dataclass(frozen=True, slots=True)
class Row:
    """One value: its label, the parts its bar is made of, and their sum as printed."""

    label: str
    parts: tuple[int, ...]
    printed: str


@dataclass(frozen=True, slots=True)
class Span:
    """A bar of 100 parts: where it starts, how long it is, and its tone, from 0."""

    start: int
    length: int
    tone: int


@dataclass(frozen=True, slots=True)
class Rect:
    """One part of a bar, in units of the drawing; `tone` is its place among the parts, from 0."""

    x: float
    y: float
    width: float
    tone: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a point: the start edge of the words in their own direction."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing ready to be printed."""

    width: int
    height: int
    bar: int
    rects: tuple[Rect, ...]
    texts: tuple[Text, ...]


def bar_chart(rows: Sequence[Row], legend: Sequence[str], language: Language) -> Chart:
    """Lay out horizontal bars, one a row; `legend` names the parts where there are several."""
    mirror = _Mirror(language)
    rects, texts = _legend(legend, mirror)
    top = _LEGEND if legend else _MARGIN
    short = all(len(row.label) <= _SHORT_LABEL for row in rows)
    step = _ROW_SHORT if short else _ROW_LONG
    start = _MARGIN + (_SHORT_COLUMN if short else 0)
    room = WIDTH - start - _NUMBER_COLUMN
    longest = max((sum(row.parts) for row in rows), default=0) or 1
    for place, row in enumerate(rows):
        y = top + place * step + (0 if short else step - _BAR - 8)
        texts.append(mirror.text(_MARGIN, y + 13 if short else y - 7, row.label))
        x = float(start)
        for tone, part in enumerate(row.parts):
            width = room * part / longest
            if part:
                rects.append(mirror.rect(x, y, width, tone))
            x += width
        texts.append(mirror.text(x + 6, y + 13, row.printed))
    return Chart(WIDTH, top + len(rows) * step + _MARGIN, _BAR, tuple(rects), tuple(texts))


def range_chart(
    rows: Sequence[tuple[Row, Span]], legend: Sequence[str], language: Language
) -> Chart:
    """Lay out bars that start and end anywhere, one a row, with label and value above each.

    A row's own parts are not drawn; long labels are cut.
    """
    mirror = _Mirror(language)
    rects, texts = _legend(legend, mirror)
    room = WIDTH - 2 * _MARGIN
    for place, (row, span) in enumerate(rows):
        y = _LEGEND + place * _ROW_RANGE
        texts.append(mirror.text(_MARGIN, y + 16, _cut(row.label)))
        texts.append(mirror.text(_MARGIN, y + 36, row.printed))
        if span.length:
            start = _MARGIN + room * span.start / 100
            rects.append(mirror.rect(start, y + 44, room * span.length / 100, span.tone))
    height = _LEGEND + len(rows) * _ROW_RANGE + _MARGIN
    return Chart(WIDTH, height, _BAR, tuple(rects), tuple(texts))


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL_CHARS else f"{label[: _LABEL_CHARS - 1].rstrip()}…"


def _legend(names: Sequence[str], mirror: _Mirror) -> tuple[list[Rect], list[Text]]:
    rects, texts = [], []
    for tone, name in enumerate(names):
        x = _MARGIN + tone * WIDTH / max(len(names), 2)
        rects.append(mirror.rect(x, 8, _BAR, tone))
        texts.append(mirror.text(x + _BAR + 8, 21, name))
    return rects, texts


@dataclass(frozen=True, slots=True)
class _Mirror:
    """Places given from the reader's start edge, turned into places from the left."""

    language: Language

    def rect(self, x: float, y: float, width: float, tone: int) -> Rect:
        left = WIDTH - x - width if self.language is Language.AR else x
        return Rect(round(left, 1), y, round(width, 1), tone)

    def text(self, x: float, y: float, words: str) -> Text:
        return Text(round(WIDTH - x if self.language is Language.AR else x, 1), y, words)
