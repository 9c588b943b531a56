"""Read the law part of a citation: by number and year, by name, or "this law".

Returns what the law may be; never guesses. A name that a country or another word may turn into
the name of a different law is ambiguous, not resolved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.articles import Articles
from search.citations.conventions import Law, convention_at
from search.citations.countries import COUNTRY_WORDS, country_after, country_before
from search.citations.doubts import in_doubt, is_made_under
from search.citations.law_numbers import LawNumber, law_number_at, number_and_year_at, year_at
from search.citations.law_words import (
    ABOUT,
    ISSUED_BY,
    LOOSE_NAMES,
    OLD,
)
from search.citations.lexer import Tokens
from search.citations.misspelt import misspelt_name_at
from search.citations.names import INTERNATIONAL, Name, WorkNames
from search.citations.shorthands import is_doubtful
from search.citations.vocabulary import (
    AND,
    BRACKETS,
    COMMAS,
    DASHES,
    DECISION,
    DECREE,
    DECREE_LAW,
    DOUBTFUL_SHORTHANDS,
    HEADS,
    LAW,
    NUMBER_SIGNS,
    QUOTES,
    YEAR_WORDS,
)
from search.results import CitationStatus

_MAX_SERIES = 8  # numbers that share one year
_KINDS_OF_LAW = frozenset({"قانون", "law", "code", "of", "on"})
_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
# What a law of one type may be filed as: laws and decree-laws are numbered in one series.
_FILED_AS = {
    None: frozenset({LAW, DECREE_LAW, DECREE}),
    LAW: frozenset({LAW, DECREE_LAW}),
    DECREE_LAW: frozenset({DECREE_LAW}),
    DECREE: frozenset({DECREE, DECREE_LAW}),
    DECISION: frozenset({DECISION, "resolution"}),
}


@dataclass(frozen=True, slots=True)
class LawReader:
    """Reads laws from one text for one home jurisdiction."""

    tokens: Tokens
    names: WorkNames
    home: str

    def law_at(self, at: int) -> Law | None:
        """Read the law that begins exactly at tokens[at]; of two readings the longer."""
        convention = convention_at(self.tokens, self.names, at)
        if convention:
            return self._protocol_to(convention) if is_made_under(self.tokens, at) else convention
        numbered, named = self._numbered(at), self._named(at)
        readings = [law for law in (numbered, named) if law]
        return max(readings, key=lambda law: law.stop, default=None)

    def shorthand_at(self, at: int) -> Law | None:
        """Read «جزاء», «عمل أهلي», "CCP": laws only beside an article."""
        found = self.names.shorthand_at(self.tokens, at)
        law = self._by_name(at, *found) if found else None
        if law and law.works and self.tokens[at].text in DOUBTFUL_SHORTHANDS:
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
        """Read a further number of a list of ILO conventions: "29 and 105"."""
        token = self.tokens[at]
        work = self.names.convention(token.text) if token.is_digits else None
        return Law(at, at + 1, _RESOLVED, (work.id,)) if work else None

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

    # --- by number ----------------------------------------------------------------------------

    def _numbered(self, at: int) -> Law | None:
        number = law_number_at(self.tokens, at)
        if number is None:
            return None
        if number.type == DECISION:
            return self._decision(number, at)
        return self._with_subject(self._by_number(number, at))

    def _decision(self, number: LawNumber, at: int) -> Law | None:
        """Read a decision that is known; each ministry has its own series of plain numbers."""
        works = self.names.by_number.get((number.number, number.year or 0), ())
        works = tuple(work for work in works if self._type(work) in _FILED_AS[DECISION])
        sure = not number.number.isdecimal()
        return Law(at, number.stop, _status(works, sure), works) if works else None

    def _by_number(self, number: LawNumber, at: int) -> Law:
        first, stop, country = at, number.stop, number.country
        before = country_before(self.tokens, at)
        if before:
            country, first = before
        after = country_after(self.tokens, stop)
        if after:
            country, stop = after
        if number.year is None:
            works = self._at_home(self.names.numbered(number.number))
            return Law(first, stop, _status(works, sure=False), works, bare=not number.signed)
        if number.short is not None:  # «ق 16/60» may be meant; a choice, never certain
            works = tuple(
                w
                for w in self._at_home(self.names.numbered(number.number))
                if self._is_of(w, number)
            )
            return Law(first, stop, _status(works, sure=False), works)
        works = self.names.by_number.get((number.number, number.year), ())
        domestic = tuple(w for w in works if self._jurisdiction(w) == (country or self.home))
        fitting = tuple(w for w in domestic if self._type(w) in _FILED_AS[number.type])
        if fitting:
            return Law(first, stop, _status(fitting, sure=True), fitting)
        abroad = tuple(w for w in works if self._type(w) in _FILED_AS[number.type])
        doubtful = domestic or (() if country else abroad)
        return Law(first, stop, _status(doubtful, sure=False), doubtful)

    def _with_subject(self, law: Law) -> Law:
        """Include «في شأن …», "on …", or the law's nickname, where they follow its number."""
        place = law.stop
        for _ in range(2):  # «(قانون الاتجار)», "(the "TIP Law")"
            place += self.tokens[place].text in COMMAS | BRACKETS | DASHES | QUOTES
            place += self.tokens[place].text == "the"
        if self.tokens[place].text == "في":
            place += 1
        place += self.tokens[place].text in ABOUT
        place += self.tokens[place].text == "the"
        found: list[tuple[int, str]] = []
        for work in law.works:
            stops = [self.names.subject_at(self.tokens, place, work)]
            named = self.names.name_at(self.tokens, place)
            named = named or self.names.shorthand_at(self.tokens, place)
            stops.append(named[1] if named and work in named[0].works else None)
            found += [(stop, work) for stop in stops if stop is not None]
        if not found:
            return law
        stop, work = max(found)
        quoted = any(self.tokens[i].text in QUOTES for i in range(law.stop, place))
        stop += quoted and self.tokens[stop].text in QUOTES
        if self.tokens[law.stop].text == "(" and self.tokens[stop].text == ")":
            stop += 1
        if law.status is _AMBIGUOUS and len({work for _, work in found}) == 1:
            return Law(law.first, stop, _RESOLVED, (work,))
        return replace(law, stop=stop)

    # --- by name ------------------------------------------------------------------------------

    def _named(self, at: int) -> Law | None:
        found = self.names.name_at(self.tokens, at)
        return self._by_name(at, *found) if found else self._misspelt(at)

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
        law = self._with_country(law)
        return in_doubt(self.tokens, law, at, stop, name)

    def _of_country(self, name: Name, at: int, stop: int) -> Law:
        before, after = country_before(self.tokens, at), country_after(self.tokens, stop)
        country, first = before if before else (None, at)
        if after:
            country, stop = after
        if country and not name.marked:
            works = tuple(w for w in name.works if self._jurisdiction(w) == country)
            return Law(first, stop, _status(works, sure=True), works)
        works = self._at_home(name.works)
        if name.words in LOOSE_NAMES:
            works += tuple(work for work in name.works if work not in works)
            return Law(first, stop, _status(works, sure=False), works)
        if works:
            return Law(first, stop, _status(works, sure=True), works)
        return Law(first, stop, _status(name.works, sure=name.marked), name.works)

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
            for work in (law.works or name.works)
            if self.names.works[work].number == number.number
            and self._is_of(work, number)
            and country in (None, self._jurisdiction(work))
        )
        works = works or self._entitled(law, number, name, country)
        return Law(law.first, stop, _status(works, sure=True), works)

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

    def _is_of(self, work: str, number: LawNumber) -> bool:
        """Whether a year of two digits, of four, or none, fits the work's."""
        year = self.names.works[work].year
        if number.short is not None:
            return year is not None and year % 100 == number.short
        return number.year in (None, year)

    def _with_year(self, law: Law, name: Name) -> Law:
        """Read «لسنة 2010», ", 1930 (No. 29)", "2010" after a name, or "2010" before it."""
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
            return Law(first, stop, _status(works, sure=True), works)
        if explicit:
            return Law(first, stop, CitationStatus.UNKNOWN)
        # "Juvenile Law 1983" is another than ours; "Labour Law, 2013" may begin something else.
        beside = stop == law.stop + 1 and law.status is _RESOLVED
        return replace(law, stop=stop, status=_AMBIGUOUS) if beside else law

    def _stands_alone(self, at: int) -> bool:
        """Whether digits after a name count nothing: «قانون الإقامة ١١٤», not «… 17 سنة»."""
        after = self.tokens[at + 1]
        return self.tokens[at].is_digits and (not after.is_word or after.text in HEADS)

    def _bracketed_number(self, at: int, works: tuple[str, ...]) -> int:
        """Step over "(No. 29)" if it is the work's own number."""
        tokens = self.tokens
        place = at
        while tokens[place].text in NUMBER_SIGNS | {"(", "."} and place < at + 4:
            place += 1
        own = {self.names.works[work].number for work in works}
        closed = tokens[place].text in own and tokens[place + 1].text == ")"
        return place + 2 if place > at and closed else at

    def _protocol_to(self, convention: Law) -> Law:
        """Take "Protocol of 2014 to Convention No. 29" for the protocol, which has its number."""
        number = convention.works[0].rpartition("-c")[2] if convention.works else ""
        protocol = self.names.works.get(f"ilo-p{number}")
        works = (protocol.id,) if protocol else ()
        return replace(convention, status=_status(works, sure=True), works=works)

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


def _trimmed(tokens: Tokens, law: Law) -> Law:
    """Begin a further law of a list at its number, behind the comma or conjunction."""
    first = law.first
    while tokens[first].text in COMMAS | AND:
        first += 1
    return replace(law, first=first)


def _status(works: tuple[str, ...], sure: bool) -> CitationStatus:
    if not works:
        return CitationStatus.UNKNOWN
    return _RESOLVED if sure and len(works) == 1 else _AMBIGUOUS
