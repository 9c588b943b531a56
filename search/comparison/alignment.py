"""Lay two provisions side by side, component by component."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from search.comparison.components import component_of, read_sentences
from search.comparison.results import (
    Cell,
    Component,
    ComponentRow,
    Mark,
    References,
    Sentence,
    Side,
    TableRow,
)
from search.model import Bilingual, Editorial, Expression, Treatment
from search.results import Reference
from search.thesaurus import Thesaurus


def make_side(
    identifier: str,
    reference: Reference,
    heading: Bilingual | None,
    work_title: Bilingual,
    text: str,
    thesaurus: Thesaurus,
    *,
    expression: Expression | None = None,
    editorial: Editorial | None = None,
    treatments: tuple[Treatment, ...] = (),
    refers_to: tuple[Reference, ...] = (),
    versions: tuple[Expression, ...] = (),
) -> Side:
    """Read one side. Without `editorial` only what the text itself says counts."""
    read = read_sentences(text, thesaurus)
    return Side(
        id=identifier,
        reference=reference,
        heading=heading,
        work_title=work_title,
        text=text,
        expression=expression,
        sentences=read,
        marks=_marks(read, _tagged(editorial), thesaurus),
        penalties=editorial.penalties if editorial else (),
        treatments=treatments,
        refers_to=refers_to,
        versions=versions,
    )


def align(left: Side, right: Side) -> tuple[ComponentRow, ...]:
    """Return the components that either side has anything of, in their order."""
    rows = (_row(component, left, right) for component in Component)
    return tuple(row for row in rows if _says_something(row, left, right))


def lay_out(sides: Sequence[Side]) -> tuple[TableRow, ...]:
    """Return the components that any side has anything of, in their order, side by side."""
    rows = (_table_row(component, sides) for component in Component)
    return tuple(row for row in rows if _has_any(row, sides))


def _table_row(component: Component, sides: Sequence[Side]) -> TableRow:
    marks = [side.marks.get(component, ()) for side in sides]
    times = Counter(mark.id for of in marks for mark in of)
    return TableRow(
        component=component,
        common=tuple(
            Reference(mark.id, mark.label, held=True)
            for mark in marks[0]
            if times[mark.id] == len(sides)
        ),
        cells=tuple(
            Cell(
                marks=tuple(mark for mark in of if times[mark.id] < len(sides)),
                own=frozenset(mark.id for mark in of if times[mark.id] == 1),
                sentences=tuple(s for s in side.sentences if s.belongs_to(component)),
            )
            for side, of in zip(sides, marks, strict=True)
        ),
    )


def _has_any(row: TableRow, sides: Sequence[Side]) -> bool:
    if row.component is Component.PENALTY and any(side.penalties for side in sides):
        return True
    return bool(row.common) or any(cell.marks or cell.sentences for cell in row.cells)


def shared_references(left: Side, right: Side) -> References:
    """Part what the sides refer to into shared and own."""
    theirs = {reference.id for reference in right.refers_to}
    ours = {reference.id for reference in left.refers_to}
    return References(
        both=tuple(r for r in left.refers_to if r.id in theirs),
        left=tuple(r for r in left.refers_to if r.id not in theirs),
        right=tuple(r for r in right.refers_to if r.id not in ours),
    )


def _row(component: Component, left: Side, right: Side) -> ComponentRow:
    ours, theirs = left.marks.get(component, ()), right.marks.get(component, ())
    shared = {mark.id for mark in ours} & {mark.id for mark in theirs}
    return ComponentRow(
        component=component,
        both=tuple(Reference(m.id, m.label, held=True) for m in ours if m.id in shared),
        left=tuple(mark for mark in ours if mark.id not in shared),
        right=tuple(mark for mark in theirs if mark.id not in shared),
        left_sentences=tuple(s for s in left.sentences if s.belongs_to(component)),
        right_sentences=tuple(s for s in right.sentences if s.belongs_to(component)),
    )


def _says_something(row: ComponentRow, left: Side, right: Side) -> bool:
    if row.component is Component.PENALTY and (left.penalties or right.penalties):
        return True
    return any((row.both, row.left, row.right, row.left_sentences, row.right_sentences))


def _tagged(editorial: Editorial | None) -> Iterable[str]:
    if editorial is None:
        return
    yield from editorial.concepts
    for penalty in editorial.penalties:
        yield penalty.offence
        yield from penalty.aggravators


def _marks(
    read: Iterable[Sentence], tagged: Iterable[str], thesaurus: Thesaurus
) -> Mapping[Component, tuple[Mark, ...]]:
    marks: dict[str, Mark] = {}
    for identifier in tagged:
        if identifier in thesaurus.concepts:
            label = thesaurus.concepts[identifier].label
            marks.setdefault(identifier, Mark(identifier, label, tagged=True))
    for ground in (ground for sentence in read for ground in sentence.grounds):
        if ground.concept is None:
            continue
        label = thesaurus.concepts[ground.concept].label
        known = marks.get(ground.concept) or Mark(ground.concept, label, tagged=False)
        words = dict.fromkeys((*known.words, ground.words))
        marks[ground.concept] = replace(known, words=tuple(words))
    grouped: dict[Component, list[Mark]] = defaultdict(list)
    for mark in marks.values():
        grouped[component_of(thesaurus.concepts[mark.id])].append(mark)
    return {component: tuple(of) for component, of in grouped.items()}
