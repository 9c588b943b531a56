"""Read the law part of a citation: by number and year, by name, or "this law".

Returns what the law may be; never guesses. A name that a country or another word may turn into
the name of a different law is ambiguous, not resolved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.articles import Articles
from search.citations.conventions import Law, convention_at
from search.citations.countries import COUNTRY_WORDS, country_after, country_before
from search.citations.law_numbers import LawNumber, law_number_at, number_and_year_at, year_at
from search.citations.law_words import (
    ABOUT,
    AFTER_SUBJECT,
    CAPITALISED,
    CODES_OF,
    DRAFT,
    HARMLESS,
    ISSUED_BY,
    LOOSE_NAMES,
    MADE_UNDER,
    MADE_UNDER_STEPS,
    OLD,
    OTHER_KINDS,
    OTHER_SUBJECTS,
    OTHER_TRADES,
)
from search.citations.lexer import Gap, Tokens
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
    SAME,
    SAME_AFTER,
    THIS,
    WORK_NOUNS,
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
            return convention
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
        """Read "91/2013" alone, where exactly one work bears number and year."""
        number = number_and_year_at(self.tokens, at, slash_only=True)
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
        if self.tokens[place].text in COMMAS | BRACKETS | DASHES:
            place += 1
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
        if self.tokens[law.stop].text == "(" and self.tokens[stop].text == ")":
            stop += 1
        if law.status is _AMBIGUOUS and len({work for _, work in found}) == 1:
            return Law(law.first, stop, _RESOLVED, (work,))
        return replace(law, stop=stop)

    # --- by name ------------------------------------------------------------------------------

    def _named(self, at: int) -> Law | None:
        found = self.names.name_at(self.tokens, at)
        return self._by_name(at, *found) if found else None

    def _by_name(self, at: int, name: Name, stop: int) -> Law:
        law = self._of_country(name, at, stop)
        law = self._with_year(self._with_number(law, name), name)
        law = replace(law, stop=self._bracketed_number(law.stop, law.works))
        law = self._with_country(law)
        return self._in_doubt(law, at, stop, name)

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
        works = tuple(
            work
            for work in (law.works or name.works)
            if self.names.works[work].number == number.number and self._is_of(work, number)
        )
        works = works or self._entitled(law, number, name)
        return Law(law.first, number.stop, _status(works, sure=True), works)

    def _entitled(self, law: Law, number: LawNumber, name: Name) -> tuple[str, ...]:
        """Return the older or foreign work of number and year whose title has the name's subject.

        «قانون الأحداث القديم رقم 3 لسنة 1983», «قانون العمل المصري رقم 14 لسنة 2025».
        """
        subject = tuple(word for word in name.words if word not in _KINDS_OF_LAW)
        words = (self.tokens[place].text for place in range(law.first, law.stop))
        where = next((COUNTRY_WORDS[word] for word in words if word in COUNTRY_WORDS), self.home)
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

    def _in_doubt(self, law: Law, at: int, stop: int, name: Name) -> Law:
        """Step back from a name that the words beside it may turn into another law's."""
        if law.status is not _RESOLVED or law.stop > stop or law.first < at:
            return law  # a number, year or country has confirmed it
        if name.words == ("constitution",) and self.tokens[stop].text == "of":
            return replace(
                law, status=CitationStatus.UNKNOWN, works=()
            )  # of an offence, of a court
        if self._is_another(at, stop):
            return Law(law.first, min(stop + 1, len(self.tokens)), CitationStatus.UNKNOWN)
        if self.tokens[stop].text in OLD or self.tokens[at - 1].text in OTHER_KINDS:
            return replace(law, status=CitationStatus.UNKNOWN, works=())
        return replace(law, status=_AMBIGUOUS) if self._may_be_another(at, stop, name) else law

    def _is_another(self, at: int, stop: int) -> bool:
        """Whether the words beside a name make the name of another work of it."""
        after = self.tokens[stop]
        code_of = after.text == "of" and self.tokens[stop + 1].text in CODES_OF
        other = after.text in OTHER_SUBJECTS or self._is_other_trade(stop)
        return other or code_of or self.is_made_under(at) or self._is_other_sector(stop)

    def _may_be_another(self, at: int, stop: int, name: Name) -> bool:
        after, before = self.tokens[stop], self.tokens[at - 1]
        if name.derived and after.is_word and after.text.isascii():
            return after.text not in AFTER_SUBJECT and after.gap < Gap.PARAGRAPH
        arabic = after.text.startswith("ال") and after.gap in (Gap.NONE, Gap.SPACE)
        # An adjective of relation may name another law: «قانون الجزاء الأوروبي».
        relation = len(after.text) > 4 and after.text.endswith(("ي", "يه"))
        stranger = arabic and relation and after.text not in HARMLESS
        return stranger or before.text in DRAFT or self._is_proper_name(at, name)

    def _is_other_trade(self, stop: int) -> bool:
        """«قانون الاتجار» goes on as the law on trafficking in drugs, organs, arms."""
        if self.tokens[stop - 1].text == "trafficking":  # "law on trafficking in drugs"
            return self.tokens[stop].text in ("in", "of") and self.tokens[stop + 1].is_word
        if not self.tokens[stop - 1].text.endswith("الاتجار"):
            return False
        after = self.tokens[stop].text
        if after == "في" and self.tokens[stop + 1].text in HEADS:
            return False
        trade = after.startswith("ب") and len(after) > 4 and after not in HEADS
        return after in OTHER_TRADES or trade

    def _is_other_sector(self, stop: int) -> bool:
        """«قانون العمل في القطاع النفطي», "Labour Law in the Oil Sector"."""
        words = [self.tokens[stop + step].text for step in range(4)]
        arabic = words[0] == "في" and words[1] in ("القطاع", "قطاع")
        return arabic or (words[0] in ("in", "for") and "sector" in words[1:])

    def is_made_under(self, at: int) -> bool:
        """Whether a regulation or protocol goes before: "Protocol of 2014 to the … Convention"."""
        arabic = not self.tokens[at].text.isascii()
        if arabic and not self.tokens[at].text.startswith(("ل", "ب")):
            return False
        place = at - 1
        while place > at - 6 and (
            self.tokens[place].text in MADE_UNDER_STEPS | YEAR_WORDS or self.tokens[place].is_digits
        ):
            place -= 1
        links = arabic or any(self.tokens[i].text in ("of", "to") for i in range(place, at))
        return links and self.tokens[place].text in MADE_UNDER

    def _is_proper_name(self, at: int, name: Name) -> bool:
        """Whether a capitalised word before an English name belongs to it: "Utopia Penal Code"."""
        before = self.tokens[at - 1]
        if len(name.words) == 1 and name.words != ("constitution",):
            return False  # "UNTOC" says all by itself
        if at == 0 or not name.words[0].isascii() or not before.is_word or len(before.text) < 3:
            return False
        start, _ = self.tokens.span(at - 1, at)
        opens = self.tokens[at - 2].text in (".", ":", "?", "!") or before.gap > Gap.SPACE
        return self.tokens.source[start].isupper() and not opens and before.text not in CAPITALISED

    # --- "this law" -------------------------------------------------------------------------

    def reference_at(self, at: int) -> tuple[str, int] | None:
        """Read a law meant without a name: "this" law, the "same" law, or some "other"."""
        tokens, place = self.tokens, at
        word = tokens[place].text
        if word in ("منه", "منها", "thereof"):
            return "same", place + 1
        which = "this" if word in THIS else "same" if word in SAME else "other"
        place += which != "other"
        if tokens[place].text not in WORK_NOUNS:
            return None
        place += 1
        if tokens[place].text in DASHES and tokens[place + 1].text == "law":
            place += 2
        elif tokens[place].text in ("بقانون", "law"):
            place += 1
        if which == "other" and tokens[place].text in SAME_AFTER:
            which, place = "same", place + 1
            place += tokens[place].text in ("اليه", "اليها", "الذكر", "البيان")
        return which, place

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
