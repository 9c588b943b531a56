"""The matrix of treaty duties against national provisions: suggestions, passages, findings.

A suggestion is ours and editorial. A person's finding stands beside it and replaces nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.catalogue import Catalogue
from search.duties import Duty, DutyStatus
from search.duty_assessments import Assessment, Assessments
from search.errors import WorkUnavailable
from search.identifiers import parse_unit
from search.model import Authority, Expression, Language
from search.results import Reference
from search.views import in_display_order, not_held, references


@dataclass(frozen=True, slots=True)
class PassageText:
    """What a passage says in one language, in the text of highest authority held."""

    language: Language
    authority: Authority
    text: str


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A provision or clause with its words."""

    reference: Reference
    repealed: bool
    texts: tuple[PassageText, ...]  # none where it is not held

    def best(self, language: Language) -> PassageText | None:
        """Return the text in `language`, or in another one where there is none."""
        wanted = [text for text in self.texts if text.language is language]
        return next(iter(wanted or self.texts), None)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty with where it stands, what meets it, and what a person has found."""

    duty: Duty
    treaty: Reference
    source: tuple[CitedPassage, ...]
    passages: tuple[CitedPassage, ...]
    assessment: Assessment | None = None
    is_current: bool = True  # False: the suggestion has changed since the finding

    @property
    def status(self) -> DutyStatus:
        """What a person found, or else what is suggested."""
        return self.assessment.status if self.assessment else self.duty.suggestion.status


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """The duties asked for. Counts are of the treaties asked for, whatever the status.

    `takes_findings`: a person's finding can be kept here. `findings_readable` is False where their
    file is damaged: suggestions still stand.
    """

    rows: tuple[DutyRow, ...]
    treaties: tuple[tuple[Reference, int], ...]  # every treaty with duties, and how many
    suggested: Mapping[DutyStatus, int]
    found: Mapping[DutyStatus, int]
    findings_readable: bool
    takes_findings: bool


def read_duties(catalogue: Catalogue) -> tuple[DutyRow, ...]:
    """Return every duty with its passages, without what persons have found."""
    duties = catalogue.duties()
    treaties = sorted({duty.treaty for duty in duties})
    named = dict(zip(treaties, references(catalogue, treaties), strict=True))
    read = _Passages(catalogue, duties)
    return tuple(
        DutyRow(
            duty=duty,
            treaty=named[duty.treaty],
            source=tuple(map(read.passage, duty.source)),
            passages=tuple(map(read.passage, duty.suggestion.passages)),
        )
        for duty in duties
    )


def treaty_coverage(
    duties: Sequence[DutyRow],
    assessments: Assessments | None,
    treaties: Sequence[str] = (),
    statuses: Collection[DutyStatus] = (),
) -> CoverageMatrix:
    """Return the matrix for some treaties (none: all) and statuses (none: all).

    Raises NotHeld for a treaty without duties.
    """
    counts = Counter(row.treaty.id for row in duties)
    for missing in (treaty for treaty in treaties if treaty not in counts):
        raise not_held(missing)
    found, readable = _findings(assessments)
    wanted = [row for row in duties if not treaties or row.treaty.id in treaties]
    rows = [_with_finding(row, found.get(row.duty.id)) for row in wanted]
    named = {row.treaty.id: row.treaty for row in duties}
    return CoverageMatrix(
        rows=tuple(row for row in rows if not statuses or row.status in statuses),
        treaties=tuple((named[treaty], count) for treaty, count in counts.items()),
        suggested=_counted(row.duty.suggestion.status for row in rows),
        found=_counted(row.assessment.status for row in rows if row.assessment),
        findings_readable=readable,
        takes_findings=assessments is not None,
    )


def find_duty(duties: Iterable[DutyRow], identifier: str) -> Duty:
    """Return a duty by its id; raise NotHeld."""
    for row in duties:
        if row.duty.id == identifier:
            return row.duty
    raise not_held(identifier)


def _findings(assessments: Assessments | None) -> tuple[Mapping[str, Assessment], bool]:
    try:
        return (assessments.all() if assessments else {}), True
    except WorkUnavailable:
        return {}, False


def _with_finding(row: DutyRow, found: Assessment | None) -> DutyRow:
    if found is None:
        return row
    return replace(row, assessment=found, is_current=found.is_of(row.duty))


def _counted(statuses: Iterable[DutyStatus]) -> dict[DutyStatus, int]:
    counted = Counter(statuses)
    return {status: counted[status] for status in DutyStatus}


class _Passages:
    """The words of every passage that some duties name, read at once."""

    def __init__(self, catalogue: Catalogue, duties: Iterable[Duty]) -> None:
        named = {unit for duty in duties for unit in (*duty.source, *duty.suggestion.passages)}
        ids = sorted(named)
        self._references = dict(zip(ids, references(catalogue, ids), strict=True))
        self._held = catalogue.expressions_of({str(parse_unit(unit).top) for unit in ids})

    def passage(self, unit: str) -> CitedPassage:
        """Return a provision or clause with its words."""
        named = self._references[unit]
        held = in_display_order(self._held.get(str(parse_unit(unit).top), ()))
        texts: dict[Language, PassageText] = {}
        for expression in held:
            text = _words_of(expression, unit)
            if text:
                said = PassageText(expression.language, expression.authority, text)
                texts.setdefault(expression.language, said)
        repealed = bool(held) and all(expression.repealed for expression in held)
        reference = Reference(unit, named.label, held=named.held)
        return CitedPassage(reference, repealed, tuple(texts.values()))


def _words_of(expression: Expression, unit: str) -> str:
    if unit == expression.unit:
        return expression.text
    for clause in expression.clauses:
        if clause.id == unit:
            return expression.text[clause.start : clause.end].strip()
    return ""
