"""Split a plan or another text without articles into sections by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Description, Document, LineKind
from search.identifiers import UnitId
from search.model import Bilingual, Contribution, Expression, Language, Provision, ProvisionKind

from .clauses import clauses
from .contribution import expression, instrument
from .headings import structure_heading
from .markers import mark_at
from .running import Running, running

_MAX_HEADING_CHARS = 90
_MAX_SECTION_CHARS = 6000  # a longer stretch without a heading is cut between paragraphs
_SENTENCE = re.compile(r"[.؛;،,]\s*$")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The lines of one section, under the headings it stands under."""

    lines: tuple[int, ...]
    place: tuple[str, ...]


def split_plain(document: Document, description: Description) -> Contribution:
    """Split by headings; a text without any is cut into sections of a readable length."""
    text = running(document)
    provisions: list[Provision] = []
    expressions: list[Expression] = []
    stretches = [part for whole in _by_heading(text) for part in _cut(text, whole)]
    for stretch in stretches:
        words, span = text.text(stretch.lines)
        if span is None:
            continue
        unit = UnitId(description.work, (f"sec-{len(provisions) + 1}",))
        provisions.append(_provision(description, unit, len(provisions), stretch))
        found = clauses(words, unit)
        notes = tuple(n.text for n in text.footnotes if n.label and f"[{n.label}]" in words)
        expressions.append(
            expression(description, unit, words, span=span, clauses=found, footnotes=notes)
        )
    return Contribution(
        instrument=instrument(description, document),
        provisions=tuple(provisions),
        expressions=tuple(expressions),
    )


def _provision(
    description: Description, unit: UnitId, position: int, stretch: _Stretch
) -> Provision:
    arabic = description.language == Language.AR
    return Provision(
        id=str(unit),
        instrument=description.work,
        kind=ProvisionKind.SECTION,
        number=str(position + 1),
        position=position,
        place=tuple(Bilingual(ar=t) if arabic else Bilingual(en=t) for t in stretch.place),
    )


def _by_heading(text: Running) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    open_headings: list[tuple[int, str]] = []
    lines: list[int] = []
    for position, i in enumerate(text.written):
        level = _heading_level(text, position)
        if level is None:
            lines.append(i)
            continue
        if lines:
            stretches.append(_Stretch(tuple(lines), tuple(t for _, t in open_headings)))
            lines = []
        title = " ".join(text.line(i).text.strip(" #*_:").split())
        open_headings = [*((n, t) for n, t in open_headings if n < level), (level, title)]
    if lines:
        stretches.append(_Stretch(tuple(lines), tuple(t for _, t in open_headings)))
    return stretches


def _heading_level(text: Running, position: int) -> int | None:
    """Return the level of a heading line, from 1; None for running text.

    Besides what the format marks: chapter headings, and short numbered or colon-ended lines with
    an empty line before them.
    """
    line = text.line(text.written[position])
    if line.kind is LineKind.HEADING:
        return line.level or 1
    words = line.text.strip()
    if line.kind is not LineKind.TEXT or len(words) > _MAX_HEADING_CHARS:
        return None
    if structure_heading(words):
        return 1
    before = text.written[position - 1] if position else -1
    apart = text.written[position] - before > 1 or position == 0
    mark = mark_at(words, 0)
    numbered = mark is not None and mark.readings[0].family in {"word", "digit"}
    if apart and not _SENTENCE.search(words) and (words.endswith(":") or numbered):
        after = text.written[position + 1] if position + 1 < len(text.written) else None
        longer = after is not None and len(text.line(after).text) > _MAX_HEADING_CHARS
        return 2 if longer else None
    return None


def _cut(text: Running, stretch: _Stretch) -> list[_Stretch]:
    """Cut a stretch that is too long into even parts between its lines."""
    parts: list[list[int]] = [[]]
    length = 0
    for i in stretch.lines:
        if length > _MAX_SECTION_CHARS and not _inside(text, parts[-1], i):
            parts.append([])
            length = 0
        parts[-1].append(i)
        length += len(text.line(i).text)
    return [_Stretch(tuple(part), stretch.place) for part in parts if part]


def _inside(text: Running, part: Sequence[int], i: int) -> bool:
    return bool(part) and text.joins(part[-1], i)
