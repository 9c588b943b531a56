"""Read a law by its number and year, with the subject or nickname that follows them."""

from __future__ import annotations

from dataclasses import replace

from search.citations.conventions import Law
from search.citations.countries import COUNTRY_WORDS, country_after, country_before
from search.citations.joining_words import (
    SAME_AFTER,
)
from search.citations.law_filing import FILED_AS, Filing, status_of
from search.citations.law_numbers import LawNumber, law_number_at, number_and_year_at
from search.citations.law_words import (
    ABOUT,
    AMENDING,
    ISSUED_BY,
    MADE_ABOUT,
)
from search.citations.vocabulary import (
    AR_LAW,
    BRACKETS,
    COMMAS,
    DASHES,
    DECISION,
    EN_LAW,
    HEADS,
    LAW,
    NUMBER_SIGNS,
    QUOTES,
)
from search.results import CitationStatus

_MAX_TITLE = 12  # words between «القانون» and its «رقم»
_NO_SUBJECT = COUNTRY_WORDS.keys() | ABOUT | ISSUED_BY | SAME_AFTER | MADE_ABOUT
_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS


class NumberedLaws(Filing):
    """Reads laws by number from one text."""

    __slots__ = ()

    def _numbered(self, at: int) -> Law | None:
        number = law_number_at(self.tokens, at)
        if number is None:
            return self._titled(at)
        if number.type == DECISION:
            return self._decision(number, at)
        return self._with_subject(self._by_number(number, at))

    def _titled(self, at: int) -> Law | None:
        """Read «القانون القطري لمكافحة الاتجار بالبشر رقم 15 لسنة 2011», «القانون المذكور رقم …».

        Number and year decide; the words between must be of the title, or only point back.
        """
        tokens, place = self.tokens, at + 1
        if tokens[at].text not in AR_LAW | EN_LAW:
            return None
        while tokens[place].is_word and tokens[place].text not in NUMBER_SIGNS | HEADS.keys():
            place += 1
            if place > at + _MAX_TITLE:
                return None
        number = number_and_year_at(tokens, place) if tokens[place].text in NUMBER_SIGNS else None
        if number is None or not number.year:
            return None
        words = [tokens[index].text for index in range(at + 1, place)]
        if words and words[-1] in AR_LAW | EN_LAW and not AMENDING.isdisjoint(words):
            return None  # "the law amending Law No. 6 of 2010" is another
        country = next((COUNTRY_WORDS[word] for word in words if word in COUNTRY_WORDS), self.home)
        country, first = country_before(tokens, at) or (country, at)
        country, stop = country_after(tokens, number.stop) or (country, number.stop)
        subject = [word for word in words if word not in _NO_SUBJECT]
        works = tuple(
            work
            for work in self.names.by_number.get((number.number, number.year), ())
            if self._jurisdiction(work) == country
            and self._type(work) in FILED_AS[LAW]
            and self.names.mentions(work, subject)
        )
        return Law(first, stop, status_of(works, sure=True), works) if works else None

    def _decision(self, number: LawNumber, at: int) -> Law | None:
        """Read a decision that is known; each ministry has its own series of plain numbers."""
        works = self.names.by_number.get((number.number, number.year or 0), ())
        works = tuple(work for work in works if self._type(work) in FILED_AS[DECISION])
        sure = not number.number.isdecimal()
        return Law(at, number.stop, status_of(works, sure), works) if works else None

    def _by_number(self, number: LawNumber, at: int) -> Law:
        first, stop, country = at, number.stop, number.country
        before = country_before(self.tokens, at)
        if before:
            country, first = before
        after = country_after(self.tokens, stop)
        if after:
            country, stop = after
        country = country or self._around_brackets(at, stop)
        if number.year is None:
            works = self._at_home(self.names.numbered(number.number))
            return Law(first, stop, status_of(works, sure=False), works, bare=not number.signed)
        if number.short is not None:  # «ق 16/60» may be meant; a choice, never certain
            works = tuple(
                w
                for w in self._at_home(self.names.numbered(number.number))
                if self._is_of(w, number)
            )
            return Law(first, stop, status_of(works, sure=False), works)
        works = self.names.by_number.get((number.number, number.year), ())
        domestic = tuple(w for w in works if self._jurisdiction(w) == (country or self.home))
        fitting = tuple(w for w in domestic if self._type(w) in FILED_AS[number.type])
        if fitting:
            return Law(first, stop, status_of(fitting, sure=True), fitting)
        abroad = tuple(w for w in works if self._type(w) in FILED_AS[number.type])
        doubtful = domestic or (() if country else abroad)
        return Law(first, stop, status_of(doubtful, sure=False), doubtful)

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
