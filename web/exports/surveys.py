"""The ladder of penalties, stale references and the matrix of treaty duties as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from search.comparison import Rung, StaleReference
from search.model import Bilingual, Fine, Imprisonment
from search.treaty_coverage import DutyRow

LADDER_COLUMNS = (
    "provision",
    "citation_ar",
    "citation_en",
    "offence",
    "applies_ar",
    "applies_en",
    "min_months",
    "max_months",
    "life",
    "death",
    "min_kwd",
    "max_kwd",
    "fine_per",
    "joined",
    "measures_ar",
    "measures_en",
    "repealed",
    "treatments",
    "confidence",
)
STALE_COLUMNS = (
    "provision",
    "citation_ar",
    "citation_en",
    "names",
    "names_ar",
    "names_en",
    "state",
    "scope",
    "since",
    "by_ar",
    "by_en",
    "by_id",
    "preamble",
    "words",
    "tagged",
)
DUTY_COLUMNS = (
    "duty",
    "treaty",
    "source",
    "strength",
    "duty_ar",
    "duty_en",
    "suggestion",
    "suggestion_confidence",
    "suggestion_reason_ar",
    "suggestion_reason_en",
    "passages",
    "finding",
    "finding_note",
    "finding_by",
    "finding_made_at",
    "suggestion_changed_since",
)


def ladder_rows(rungs: Iterable[Rung]) -> Iterator[Sequence[object]]:
    """Yield the heading row and one row for each penalty, gravest first; terms in months."""
    yield LADDER_COLUMNS
    for rung in rungs:
        penalty = rung.penalty
        term, fine = penalty.imprisonment or Imprisonment(), penalty.fine or Fine()
        yield (
            rung.provision.id,
            *_both(rung.provision.label),
            penalty.offence,
            *_both(penalty.applies),
            _number(term.min_months),
            _number(term.max_months),
            _yes(term.life),
            _yes(term.death),
            _number(fine.min_kwd),
            _number(fine.max_kwd),
            fine.per or "",
            penalty.joined or "",
            *_both(penalty.measures),
            _yes(rung.repealed),
            " ".join(f"{t.kind}:{t.scope}" for t in rung.treatments),
            penalty.confidence,
        )


def stale_rows(found: Iterable[StaleReference]) -> Iterator[Sequence[object]]:
    """Yield the heading row and one row for each reference to law no longer in force."""
    yield STALE_COLUMNS
    for stale in found:
        yield (
            stale.source.id,
            *_both(stale.source.label),
            stale.target.id,
            *_both(stale.target.label),
            stale.state,
            stale.scope,
            stale.since or "",
            *_both(stale.by),
            stale.by_id or "",
            _yes(stale.recital),
            " | ".join(words for _, words in stale.in_texts),
            _yes(stale.tagged),
        )


def duty_rows(rows: Iterable[DutyRow]) -> Iterator[Sequence[object]]:
    """Yield the heading row and one row for each duty: our suggestion, then a person's finding."""
    yield DUTY_COLUMNS
    for row in rows:
        duty, said, found = row.duty, row.duty.suggestion, row.assessment
        yield (
            duty.id,
            duty.treaty,
            " ".join(duty.source),
            duty.strength,
            *_both(duty.duty),
            said.status,
            said.confidence,
            *_both(said.reason),
            " ".join(said.passages),
            found.status if found else "",
            found.note if found else "",
            found.assessor if found else "",
            found.made_at if found else "",
            "" if row.is_current else "yes",
        )


def _both(label: Bilingual | None) -> tuple[str, str]:
    return (label.ar or "", label.en or "") if label else ("", "")


def _number(value: int | None) -> object:
    return "" if value is None else value


def _yes(value: bool) -> str:
    return "yes" if value else "no"
