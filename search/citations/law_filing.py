"""What the register knows of a work when a law is read: where it is of, and how it is filed."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.citations.conventions import Law
from search.citations.countries import COUNTRY_WORDS, country_after, country_before
from search.citations.law_numbers import LawNumber
from search.citations.lexer import Tokens
from search.citations.names import INTERNATIONAL, WorkNames
from search.citations.vocabulary import (
    AR_LAW,
    DECISION,
    DECREE,
    DECREE_LAW,
    EN_LAW,
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

    def _around_brackets(self, at: int, stop: int) -> str | None:
        """Read the country of the law whose name or number, tokens[at:stop], stands in brackets.

        «القانون (قانون العمل) القطري», "Qatari law (Law No. 6 of 2010)".
        """
        tokens = self.tokens
        if tokens[stop].text != ")":
            return None
        opened = stop - 1
        while opened >= at and tokens[opened].text not in ("(", ")"):
            opened -= 1
        if tokens[opened].text != "(":
            return None
        adjective = COUNTRY_WORDS.get(tokens[opened - 1].text)
        if adjective and tokens[opened - 2].text in AR_LAW:
            return adjective  # «القانون القطري (القانون رقم …)»
        if tokens[opened - 1].text not in AR_LAW | EN_LAW:
            return None
        found = country_after(tokens, stop + 1) or country_before(tokens, opened - 1)
        return found[0] if found else None


def status_of(works: tuple[str, ...], sure: bool) -> CitationStatus:
    if not works:
        return CitationStatus.UNKNOWN
    resolved = sure and len(works) == 1
    return CitationStatus.RESOLVED if resolved else CitationStatus.AMBIGUOUS
