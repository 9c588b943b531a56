"""Read articles whose number has no «مادة» beside it: «182 جزاء», "penal code 182"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.article_numbers import NumberReader
from search.citations.articles import Articles
from search.citations.laws import LawReader
from search.citations.lexer import Tokens
from search.citations.notes import Notes
from search.citations.repeats import bis_at
from search.citations.vocabulary import (
    AND,
    AR_LAW,
    DASHES,
    EN_LAW,
    HEADS,
    LONE_ABBREVIATIONS,
    LONE_SHORTHANDS,
    MANY,
    NUMBER_SIGNS,
    OF,
    ONE,
    OTHER_NUMBERED,
)
from search.results import CitationStatus

_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
_LONE = LONE_SHORTHANDS | LONE_ABBREVIATIONS
# Before a number these make it another one than an article's: «القانون رقم 12 مكرر», "5/12 bis".
_OTHERWISE = NUMBER_SIGNS | OTHER_NUMBERED | AR_LAW.keys() | EN_LAW.keys() | DASHES | {"/"}


@dataclass(frozen=True, slots=True)
class LoneNumbers:
    """Notes such articles of one text."""

    tokens: Tokens
    laws: LawReader
    notes: Notes

    def note(self, at: int) -> int:
        """Note the article whose number has no «مادة» beside it; return where to go on."""
        if self.tokens[at].text in HEADS:
            return self._law_inside(at)
        return self._inserted(at) or self._lone(at)

    def _inserted(self, at: int) -> int:
        """Note «206 مكرر أ جزاء», "183 bis of the Penal Code": only articles are repeated.

        Returns 0 for none.
        """
        tokens = self.tokens
        if not tokens[at].is_digits or bis_at(tokens, at + 1) is None:
            return 0
        before = tokens[at - 1 - (at > 1 and tokens[at - 1].text == ".")].text
        if at and before in _OTHERWISE:
            return 0
        items, stop = NumberReader(tokens, ONE).read(at)
        place = stop + (tokens[stop].text in OF)
        place += tokens[place].text == "the"
        law = self.laws.law_at(place)
        if law is None and place == stop and (law := self.laws.shorthand_at(place)):
            law = replace(law, status=_AMBIGUOUS)
        if not items or law is None or not law.works or tokens[law.stop].text in HEADS:
            return 0
        if at:  # it may be a page or a house
            law = replace(law, status=_AMBIGUOUS)
        self.notes.articles(Articles(at, stop, tuple(items)), law.stop, law)
        self.notes.remember(law)
        return law.stop

    def _law_inside(self, at: int) -> int:
        """Note «مواد قانون الجزاء من 178 إلى 180»: the law between the head and its numbers."""
        if HEADS[self.tokens[at].text][0] != MANY:
            return at
        start = at + 1 + (self.tokens[at + 1].text in OF)
        law = self.laws.law_at(start + (self.tokens[start].text == "the"))
        items, stop = NumberReader(self.tokens, MANY).read(law.stop) if law else ([], at)
        if law is None or not law.works or not items:
            return at
        self.notes.articles(Articles(at, stop, tuple(items)), stop, law)
        self.notes.remember(law)
        return stop

    def _lone(self, at: int) -> int:
        """Note «182 جزاء», "penal code 182" where little else is said."""
        if at == 0 and (named := self._law_and_number()):
            return named
        tokens = self.tokens
        lone = tokens[at].is_digits and tokens[at + 1].text in _LONE
        law = self.laws.shorthand_at(at + 1) if lone and at + 4 > len(tokens) else None
        items, stop = NumberReader(tokens, ONE).read(at) if law else ([], 0)
        if law is None or stop != at + 1 or law.stop < len(tokens):
            return at
        if at:  # «الامتناع عن النطق بالعقاب ٨١ جزاء», but also «وقّع عليه 30 جزاء»
            if not tokens[at - 1].is_word or tokens[at - 1].text in NUMBER_SIGNS | AND:
                return at
            law = replace(law, status=_AMBIGUOUS)
        self.notes.articles(Articles(at, at + 1, tuple(items)), law.stop, law)
        return law.stop

    def _law_and_number(self) -> int:
        """Note the articles where a law's name and numbers are all that is said, in either order.

        The law's own number («قانون الإقامة 114») and years are no articles; returns 0 for none.
        """
        tokens, size = self.tokens, len(self.tokens)
        if size < 2:
            return 0
        before = tokens[0].is_digits
        listed, end = NumberReader(tokens, MANY).read(0) if before else ([], 0)
        short = tokens[0].text in _LONE  # «جزاء 186»
        bracket = before and tokens[end].text == "(" and tokens[size - 1].text == ")"
        begin = end + (bracket or tokens[end].text in OF) if before else 0  # «185 من قانون الجزاء»
        begin += begin > end and tokens[begin].text == "the"
        law = self.laws.shorthand_at(0) if short else self.laws.law_at(begin)
        if law is None or not law.works or (before and law.stop + bracket != size):
            return 0
        if law.status is not _RESOLVED and not short:
            return 0
        if short:  # it may be any penalty
            law = replace(law, status=_AMBIGUOUS)
        own = {self.laws.names.works[work].number for work in law.works}
        if not before:
            listed, end = NumberReader(tokens, ONE).read(law.stop)
        said = [tokens[at].text for at in range(0 if before else law.stop, end)]
        strange = any(len(text) > 3 or text.lstrip("0") in own for text in said if text.isdecimal())
        if not listed or strange or not said[0].isdecimal() or (before and "/" in said):
            return 0
        if not before and end != size:
            return 0
        self.notes.articles(Articles(0, end, tuple(listed)), size, law)
        return size
