"""Read a law by its name, with the number, year or country that decides which is meant."""

from __future__ import annotations

from dataclasses import replace

from search.citations.conventions import Law
from search.citations.countries import COUNTRY_WORDS, country_after, country_before
from search.citations.doubts import in_doubt
from search.citations.law_filing import Filing, status_of
from search.citations.law_numbers import LawNumber, law_number_at, number_and_year_at, year_at
from search.citations.law_words import (
    ISSUED_BY,
    LOOSE_NAMES,
    OLD,
)
from search.citations.misspelt import misspelt_name_at
from search.citations.named_by_place import of_subject
from search.citations.names import Name
from search.citations.vocabulary import (
    COMMAS,
    HEADS,
    NUMBER_SIGNS,
    YEAR_WORDS,
)
from search.results import CitationStatus

_KINDS_OF_LAW = frozenset({"قانون", "law", "code", "of", "on"})
_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS


class NamedLaws(Filing):
    """Reads laws by name from one text."""

    __slots__ = ()

    def _named(self, at: int) -> Law | None:
        found = self.names.name_at(self.tokens, at)
        law = self._by_name(at, *found) if found else None
        # «قانون الاتجار بالاشخاس» is no law on another trade.
        return law if law and law.works else self._misspelt(at) or law

    def _misspelt(self, at: int) -> Law | None:
        """Read a name with a slip; where it might be another word, a number must confirm it."""
        found = misspelt_name_at(self.tokens, self.names, at)
        if found is None:
            return None
        name, stop, sure = found
        law = self._by_name(at, name, stop)
        doubtful = not sure and law.status is _RESOLVED and law.stop == stop
        return replace(law, status=_AMBIGUOUS) if doubtful else law

    def _by_name(self, at: int, name: Name, stop: int) -> Law:
        law = self._of_country(name, at, stop)
        law = self._with_year(self._with_number(law, name), name)
        law = replace(law, stop=self._bracketed_number(law.stop, law.works))
        law = replace(law, stop=self._bracketed_name(law.stop, law.works))
        law = self._with_country(law)
        law = in_doubt(self.tokens, law, at, stop, name)
        return of_subject(self.tokens, self.names, law, name, at)

    def _of_country(self, name: Name, at: int, stop: int) -> Law:
        before, after = country_before(self.tokens, at), country_after(self.tokens, stop)
        country, first = before if before else (None, at)
        if after:
            country, stop = after
        elif around := self._around_brackets(at, stop):
            country = around
        if country:
            works = tuple(w for w in name.works if self._jurisdiction(w) == country)
            return Law(first, stop, status_of(works, sure=True), works)
        works = self._at_home(name.works)
        if name.words in LOOSE_NAMES:
            works += tuple(work for work in name.works if work not in works)
            return Law(first, stop, status_of(works, sure=False), works)
        if works:
            return Law(first, stop, status_of(works, sure=True), works)
        return Law(first, stop, status_of(name.works, sure=name.marked), name.works)

    def _with_country(self, law: Law) -> Law:
        """Read "(Kuwait)" after a year: "Penal Code 1960 (Kuwait)"."""
        after = country_after(self.tokens, law.stop) if law.status is _RESOLVED else None
        if after is None or self.tokens[law.stop].text != "(":
            return law
        country, stop = after
        if country != self._jurisdiction(law.works[0]):
            return Law(law.first, stop, CitationStatus.UNKNOWN)
        return replace(law, stop=stop)

    def _with_number(self, law: Law, name: Name) -> Law:
        """Read a number after a name; the number decides, and a strange one makes it unknown."""
        tokens, place = self.tokens, law.stop
        place += tokens[place].text in OLD
        direct = tokens[place].text in NUMBER_SIGNS or tokens[place].is_digits
        if direct:
            number = number_and_year_at(tokens, place, alone=not tokens[place].is_digits)
            if number is None and self._stands_alone(place):
                number = LawNumber(tokens[place].text, None, place + 1)
                same = self._decided(law, number, name)
                return same if same.works else law
            return self._decided(law, number, name) if number else law
        opened = tokens[place].text == "("
        issued = tokens[place].text in ISSUED_BY
        comma = tokens[place].text in COMMAS
        place += opened or issued or comma
        place += tokens[place].text in ("by", "the")
        number = law_number_at(tokens, place)
        if number is None and opened:
            number = number_and_year_at(tokens, place)
        if number is None or number.year is None:
            return law
        if opened and tokens[number.stop].text == ")":
            number = replace(number, stop=number.stop + 1)
        if opened or issued:
            return self._decided(law, number, name)
        same = self._decided(law, number, name)
        return same if same.works and same.status is _RESOLVED else law

    def _decided(self, law: Law, number: LawNumber, name: Name) -> Law:
        country, stop = country_after(self.tokens, number.stop) or (None, number.stop)
        works = tuple(
            work
            for work in law.works
            if self.names.works[work].number == number.number
            and self._is_of(work, number)
            and country in (None, self._jurisdiction(work))
        )
        works = works or self._entitled(law, number, name, country)
        return Law(law.first, stop, status_of(works, sure=True), works)

    def _entitled(
        self, law: Law, number: LawNumber, name: Name, country: str | None
    ) -> tuple[str, ...]:
        """Return the older or foreign work of number and year whose title has the name's subject.

        «قانون الأحداث القديم رقم 3 لسنة 1983», «قانون العمل المصري رقم 14 لسنة 2025».
        """
        subject = tuple(word for word in name.words if word not in _KINDS_OF_LAW)
        words = (self.tokens[place].text for place in range(law.first, law.stop))
        where = country or self.home
        where = next((COUNTRY_WORDS[word] for word in words if word in COUNTRY_WORDS), where)
        return tuple(
            work
            for work in self.names.by_number.get((number.number, number.year or 0), ())
            if self._jurisdiction(work) == where and self.names.is_about(work, subject)
        )

    def _with_year(self, law: Law, name: Name) -> Law:
        """Read «لسنة 2010», ", 1930 (No. 29)", "2010" after a name, or "2010" before it."""
        if law.status is CitationStatus.UNKNOWN:
            return law  # another country's: a year makes it none of ours
        year, stop, explicit = year_at(self.tokens, law.stop)
        first = law.first
        if year is None:
            before, earlier = self.tokens[first - 1], self.tokens[first - 2]
            if not name.words[0].isascii() or earlier.text in YEAR_WORDS - {"the"} | {"/", "-"}:
                return law
            if not (before.is_digits and len(before.text) == 4 and before.text[:2] in ("19", "20")):
                return law
            year, stop, explicit, first = int(before.text), law.stop, True, first - 1
        works = tuple(work for work in name.works if self.names.works[work].year == year)
        if works:
            return Law(first, stop, status_of(works, sure=True), works)
        if explicit:
            return Law(first, stop, CitationStatus.UNKNOWN)
        # "Juvenile Law 1983" is another than ours; "Labour Law, 2013" may begin something else.
        beside = stop == law.stop + 1 and law.status is _RESOLVED
        return replace(law, stop=stop, status=_AMBIGUOUS) if beside else law

    def _stands_alone(self, at: int) -> bool:
        """Whether digits after a name count nothing: «قانون الإقامة ١١٤», not «… 17 سنة»."""
        after = self.tokens[at + 1]
        return self.tokens[at].is_digits and (not after.is_word or after.text in HEADS)

    def _bracketed_name(self, at: int, works: tuple[str, ...]) -> int:
        """Step over "(CEDAW)" if that is another name of the work."""
        opened = self.tokens[at].text == "("
        found = self.names.name_at(self.tokens, at + 1) if opened and works else None
        own = found and set(found[0].works) == set(works) and self.tokens[found[1]].text == ")"
        return found[1] + 1 if found and own else at

    def _bracketed_number(self, at: int, works: tuple[str, ...]) -> int:
        """Step over "(No. 29)" if it is the work's own number."""
        tokens = self.tokens
        place = at
        while tokens[place].text in NUMBER_SIGNS | {"(", "."} and place < at + 4:
            place += 1
        own = {self.names.works[work].number for work in works}
        if "".join(token.text for token in tokens.items[place : place + 3]) in own:  # «م/40»
            return place + 3 + (place > at and tokens[place + 3].text == ")")
        closed = tokens[place].text in own and tokens[place + 1].text == ")"
        return place + 2 if place > at and closed else at
