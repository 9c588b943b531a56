"""Read the law part of a citation: by number and year, by name, or "this law".

Returns what the law may be; never guesses. A name that a country or another word may turn into
the name of a different law is ambiguous, not resolved.
"""

from __future__ import annotations

from dataclasses import replace

from search.citations.abroad import is_abroad, strange_place_at
from search.citations.articles import Articles
from search.citations.conventions import Law, convention_at
from search.citations.doubts import is_made_under
from search.citations.law_filing import status_of
from search.citations.law_numbers import law_number_at, number_and_year_at
from search.citations.lexer import Tokens
from search.citations.named_laws import NamedLaws
from search.citations.numbered_laws import NumberedLaws
from search.citations.shorthands import is_doubtful
from search.citations.vocabulary import (
    AND,
    COMMAS,
    DOUBTFUL_SHORTHANDS,
    NUMBER_SIGNS,
)
from search.results import CitationStatus

_MAX_SERIES = 8  # numbers that share one year
_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS


class LawReader(NumberedLaws, NamedLaws):
    """Reads laws from one text for one home jurisdiction."""

    __slots__ = ()

    def law_at(self, at: int) -> Law | None:
        """Read the law that begins exactly at tokens[at]; of two known readings the longer."""
        if at not in self.read:
            self.read[at] = self._law_at(at)
        return self.read[at]

    def _law_at(self, at: int) -> Law | None:
        convention = convention_at(self.tokens, self.names, at)
        if convention:
            return self._protocol_to(convention) if is_made_under(self.tokens, at) else convention
        numbered, named = self._numbered(at), self._named(at)
        readings = [law for law in (numbered, named) if law]
        law = max(readings, key=lambda law: (bool(law.works), law.stop), default=None)
        strange = law and self._is_of_home(law) and strange_place_at(self.tokens, law.stop)
        return replace(law, status=_AMBIGUOUS) if law and strange else law

    def unless_abroad(self, law: Law, first: int, stop: int) -> Law:
        """Offer the law named in tokens[first:stop] only, where another country stands beside.

        A number and year say enough: «القانون 91/2013 المادة 2 في مصر».
        """
        numbered = any(self.tokens[place].is_digits for place in range(law.first, law.stop))
        sure = numbered or law.first == law.stop or not self._is_of_home(law)
        abroad = not sure and is_abroad(self.tokens, self.home, first, stop)
        return replace(law, status=_AMBIGUOUS) if abroad else law

    def _is_of_home(self, law: Law) -> bool:
        return law.status is _RESOLVED and self._jurisdiction(law.works[0]) == self.home

    def shorthand_at(self, at: int, joined: bool = False) -> Law | None:
        """Read «جزاء», «عمل أهلي», "CCP": laws only beside an article; `joined`: «وعمل» too."""
        found = self.names.shorthand_at(self.tokens, at, joined)
        if found is None:
            return None
        law = self._by_name(at, *found)
        letters = (self.tokens[place].text for place in range(at, found[1]))
        if law.works and "".join(filter(str.isalpha, letters)) in DOUBTFUL_SHORTHANDS:
            return replace(law, status=_AMBIGUOUS)
        return law

    def shorthand_after(self, articles: Articles, at: int) -> Law | None:
        """Read the shorthand after an article; one that may be meant otherwise is a choice."""
        law = self.shorthand_at(at)
        if law and law.status is _RESOLVED and is_doubtful(self.tokens, articles, at, law.stop):
            return replace(law, status=_AMBIGUOUS)
        return law

    def series_at(self, at: int) -> list[Law]:
        """Read «القانونين رقمي 91 و106 لسنة 2013»: several numbers of one year; [] for others."""
        first = law_number_at(self.tokens, at)
        if first is None or first.year is not None:
            return []
        numbers = [first]
        while len(numbers) < _MAX_SERIES and numbers[-1].year is None:
            place = numbers[-1].stop
            place += self.tokens[place].text in COMMAS
            place += self.tokens[place].text in AND
            further = number_and_year_at(self.tokens, place, alone=True)
            if place == numbers[-1].stop or further is None:
                return []
            numbers.append(further)
        year, starts = numbers[-1].year, [at, *(number.stop for number in numbers)]
        laws = [
            self._by_number(replace(number, year=year, type=first.type), start)
            for number, start in zip(numbers, starts, strict=False)
        ]
        return [_trimmed(self.tokens, law) for law in laws]

    def more_at(self, at: int) -> Law | None:
        """Read a further number and year of a list: «و106/2013»."""
        number = number_and_year_at(self.tokens, at)
        return self._by_number(number, at) if number else None

    def more_conventions_at(self, at: int) -> Law | None:
        """Read a further number of a list of ILO conventions: "29 and 105", "No. 29 and No. 98"."""
        place = at
        while self.tokens[place].text in NUMBER_SIGNS | {"."} and place < at + 3:
            place += 1
        token = self.tokens[place]
        work = self.names.convention(token.text) if token.is_digits else None
        return Law(at, place + 1, _RESOLVED, (work.id,)) if work else None

    def bare_at(self, at: int) -> Law | None:
        """Read "91/2013", "91 of 2013" alone, where exactly one work bears number and year."""
        worded = self.tokens[at + 1].text in ("of", "لسنه")
        number = number_and_year_at(self.tokens, at, slash_only=not worded)
        if number is None or number.year is None:
            return None
        works = self.names.by_number.get((number.number, number.year), ())
        homely = tuple(work for work in works if self.names.works[work].jurisdiction == self.home)
        if len(works) != 1 or not homely:
            return None
        return Law(at, number.stop, _RESOLVED, works, bare=True)

    def _protocol_to(self, convention: Law) -> Law:
        """Take "Protocol of 2014 to Convention No. 29" for the protocol, which has its number."""
        number = convention.works[0].rpartition("-c")[2] if convention.works else ""
        protocol = self.names.works.get(f"ilo-p{number}")
        works = (protocol.id,) if protocol else ()
        return replace(convention, status=status_of(works, sure=True), works=works)


def _trimmed(tokens: Tokens, law: Law) -> Law:
    """Begin a further law of a list at its number, behind the comma or conjunction."""
    first = law.first
    while tokens[first].text in COMMAS | AND:
        first += 1
    return replace(law, first=first)
