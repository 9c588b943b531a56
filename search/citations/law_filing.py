"""What the register knows of a work when a law is read: where it is of, and how it is filed."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.citations.conventions import Law
from search.citations.law_numbers import LawNumber
from search.citations.lexer import Tokens
from search.citations.names import INTERNATIONAL, WorkNames
from search.citations.vocabulary import (
    DECISION,
    DECREE,
    DECREE_LAW,
    LAW,
)
from search.results import CitationStatus

# What a law of one type may be filed as: laws and decree-laws are numbered in one series.
FILED_AS = {
    None: frozenset({LAW, DECREE_LAW, DECREE}),
    LAW: frozenset({LAW, DECREE_LAW}),
    DECREE_LAW: frozenset({DECREE_LAW}),
    DECREE: frozenset({DECREE, DECREE_LAW}),
    DECISION: frozenset({DECISION, "resolution"}),
}


@dataclass(frozen=True, slots=True)
class Filing:
    """The register beside one text, read for one home jurisdiction.

    `read` remembers the law that begins at a token: many readings ask for the same.
    """

    tokens: Tokens
    names: WorkNames
    home: str
    read: dict[int, Law | None] = field(default_factory=dict)

    def _is_of(self, work: str, number: LawNumber) -> bool:
        """Whether a year of two digits, of four, or none, fits the work's."""
        year = self.names.works[work].year
        if number.short is not None:
            return year is not None and year % 100 == number.short
        return number.year in (None, year)

    def _jurisdiction(self, work: str) -> str:
        return self.names.works[work].jurisdiction

    def _type(self, work: str) -> str:
        return self.names.works[work].type

    def _at_home(self, works: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            w
            for w in works
            if self._jurisdiction(w) == self.home or self._jurisdiction(w) in INTERNATIONAL
        )


def status_of(works: tuple[str, ...], sure: bool) -> CitationStatus:
    if not works:
        return CitationStatus.UNKNOWN
    resolved = sure and len(works) == 1
    return CitationStatus.RESOLVED if resolved else CitationStatus.AMBIGUOUS
