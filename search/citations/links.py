"""Join articles to laws: which law an article part is of, and which article follows a law.

An article is joined only to a law beside it, or to the law whose text is being read.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.citations.articles import Articles, articles_at
from search.citations.clauses import after_and
from search.citations.conventions import Law
from search.citations.countries import COUNTRY_WORDS
from search.citations.doubts import is_of_regulation, reference_at
from search.citations.law_words import ABOUT
from search.citations.laws import LawReader
from search.citations.lexer import Gap, Tokens
from search.citations.notes import Notes
from search.citations.vocabulary import (
    AFTER_ARTICLES,
    AMENDED,
    BARS,
    CLOSERS,
    COMMAS,
    DASHES,
    FOLLOWING,
    GLOSS,
    HEADS,
    INTO_ARTICLE,
    LEADS_TO_LAW,
    OF,
    OPENERS,
    QUOTES,
    RESIDENCE_WORDS,
    SAME,
    SENTENCE_ENDS,
    STEPPING_STONES,
)
from search.results import CitationStatus

MAX_GLOSS = 14  # words between an article and its law, or a law and its article
_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
_UNKNOWN = CitationStatus.UNKNOWN
_NO_LAW = Law(0, 0, _UNKNOWN)
BEFORE_ARTICLE = COMMAS | DASHES | BARS | frozenset("(:'’)")
_SEPARATORS = COMMAS | DASHES | BARS | {":"}
_SEMICOLONS = frozenset(";؛")
_PRONOUNS = frozenset({"منه", "منها", "thereof", "بهذا"})


@dataclass(frozen=True, slots=True)
class Link:
    """An article part with the law found for it, up to tokens[stop]."""

    law: Law
    stop: int


@dataclass(frozen=True, slots=True)
class Linker:
    """Joins the articles and laws of one text.

    `context` is the id of the instrument whose text it is, if that is an instrument known.
    """

    tokens: Tokens
    laws: LawReader
    notes: Notes
    context: str | None

    def law_after(self, articles: Articles) -> Link | None:
        """Find the law after an article part: «من القانون …», ", Law …", «ق …»."""
        tokens, at = self.tokens, articles.stop
        opened = weak = strong = False
        quoted = tokens[articles.first - 1].text in QUOTES and tokens[at].text in QUOTES
        at = self._over_gloss_to_law(self._over_rest(at + quoted))
        for _ in range(2):
            if tokens[at].text in _SEPARATORS:
                at, weak = at + 1, True
            elif tokens[at].text in OPENERS:
                at, opened = at + 1, True
        if tokens[at].text in OF:
            at, strong = at + 1, True
        elif tokens[at].text in LEADS_TO_LAW or self._is_preamble_to(articles, at):
            at += 1
        elif tokens[at].text == "في":
            at, weak = at + 1, True
        if strong and tokens[at].text in QUOTES:
            at, opened = at + 1, True
        at = self._over_adjectives(at)
        gap_limit = Gap.LINE if strong or weak else Gap.SPACE
        if tokens[at].gap > gap_limit:
            return None
        law = self.laws.law_at(at) or self.laws.more_at(at)
        if not strong and self._is_residence(articles) and not self._is_sure_beside(law):
            return None
        # «من» and commas begin a new phrase in Arabic; "of the CCP", ", CCP" do not.
        if law is None and (tokens[at].text.isascii() or not (strong or weak)):
            law = self.laws.shorthand_after(articles, at)
        law = law or (self._dated_shorthand(articles, at) if strong else None)
        law = law or (self._reference(at) if strong or tokens[at].text in _PRONOUNS else None)
        if law is None or law.first < articles.stop:
            return None
        if weak and not strong and self.article_after(law):
            return None  # «المادة 5، قانون الجزاء المادة 29»: the law belongs to what follows
        closed = opened and tokens[law.stop].text in CLOSERS
        return Link(law, law.stop + closed)

    def article_after(self, law: Law) -> Articles | None:
        """Return the article part after a law, unless that has a law of its own."""
        tokens, at = self.tokens, law.stop
        if law.status is _RESOLVED and not law.bare:
            at = self._over_gloss_to_article(at)
        if tokens[at].text == "and" and tokens[at + 1].text == "its":
            at += 2
        for _ in range(6):
            leads = tokens[at].text in INTO_ARTICLE and not articles_at(tokens, at)
            cut = leads and tokens[at + 1].text == "."  # "esp. art. 2"
            at += (leads or tokens[at].text in BEFORE_ARTICLE) + cut
        at = self._over_point(at, law)
        if at >= len(tokens) or tokens[at].gap > Gap.SPACE:
            return None
        articles = articles_at(tokens, at)
        if is_of_regulation(self.tokens, law.first):
            return None
        if articles and tokens[law.stop].text in _SEMICOLONS and self.law_after(articles):
            return None  # "Penal Code; Art 2, Law 91/2013"
        if articles is None or articles.joined or self._is_residence(articles, law.stop):
            return None
        stop = articles.stop
        if tokens[stop].text in OF and not self._points_back(stop):
            return None
        return articles

    def _over_point(self, at: int, law: Law) -> int:
        """Step over the point of "Law No. 91 of 2013. Article 2." where that is all."""
        tokens = self.tokens
        if tokens[at].text != "." or at != law.stop or self.context:
            return at
        articles = articles_at(tokens, at + 1)
        ends = articles and tokens[articles.stop].text in SENTENCE_ENDS
        return at + 1 if ends else at

    def joined(self, articles: Articles) -> Articles | None:
        """Return the article part after «و», "and": «المادة 2 والمادة 3 من القانون»."""
        at = articles.stop
        at += self.tokens[at].text in COMMAS
        at = after_and(self.tokens, at)
        found = articles_at(self.tokens, at) if at < len(self.tokens) else None
        if found is None or found.weak or not (found.joined or at > articles.stop):
            return None
        if articles.weak and self.tokens[at - 1].text in COMMAS:
            return None  # "Section 2, Article 138 of the Labour Law": the section is a part
        return found

    def without_law(self, articles: Articles) -> Link:
        """An article alone means the law being read, if any, unless it goes on with "of"."""
        of_something = self.tokens[articles.stop].text in OF
        if self.context and not of_something:
            return Link(Law(0, 0, _RESOLVED, (self.context,)), articles.stop)
        return Link(_NO_LAW, articles.stop)

    def _reference(self, at: int) -> Law | None:
        """Resolve "this law" and "the same law"."""
        found = reference_at(self.tokens, at)
        if found is None:
            return None
        which, stop = found
        if which == "this" and self.context:
            return Law(at, stop, _RESOLVED, (self.context,))
        if which == "same" and self.notes.cited:
            works = tuple(dict.fromkeys(reversed(self.notes.cited)))
            return Law(at, stop, _RESOLVED if len(works) == 1 else _AMBIGUOUS, works)
        return Law(at, stop, _UNKNOWN)

    def _dated_shorthand(self, articles: Articles, at: int) -> Law | None:
        """Read «من دستور 1962»: after «من» a shorthand needs its law's number or year."""
        law = self.laws.shorthand_after(articles, at)
        dated = law and law.status is _RESOLVED and self.tokens[law.stop - 1].is_digits
        return law if dated else None

    def _points_back(self, at: int) -> bool:
        found = reference_at(self.tokens, at)
        return found is not None and found[0] == "same"

    def _is_sure_beside(self, law: Law | None) -> bool:
        """Whether a law is meant even beside "residence": "art. 18 Residence Law", "… 114/2024"."""
        if law is None:
            return False
        numbered = any(self.tokens[place].is_digits for place in range(law.first, law.stop))
        return numbered or self.tokens[law.first].text in RESIDENCE_WORDS

    def _is_residence(self, articles: Articles, since: int = 0) -> bool:
        """Whether a word beside it makes a residence category of it: «إقامة مادة ١٨»."""
        beside = (articles.first - 1, articles.first - 2, articles.stop)
        words = [self.tokens[place].text for place in beside if place >= since]
        return any(word in RESIDENCE_WORDS for word in words)

    def _over_rest(self, at: int) -> int:
        """Step over "et seq.", "and the following articles", «وما بعدها»."""
        tokens, stop = self.tokens, at
        for phrase in FOLLOWING:
            if all(tokens[at + step].text == word for step, word in enumerate(phrase)):
                return at + len(phrase)
        while stop < at + 3 and tokens[stop].text in AFTER_ARTICLES:
            if tokens[stop].text in AMENDED and tokens[stop + 1].text.startswith("ب"):
                return at  # «المادة 10 المعدلة بالقانون رقم 32»: not of that law
            stop += 1
            stop += tokens[stop].text == "." and tokens[stop + 1].text in AFTER_ARTICLES | OF
        return stop

    def _over_gloss_to_law(self, at: int) -> int:
        """Step over "(trafficking)", "– slavery –", «الخاصة بالرق» between an article and "of"."""
        tokens = self.tokens
        marks = {"(": ")", "[": "]"} | {dash: dash for dash in DASHES}
        close = marks.get(tokens[at].text)
        if not close and tokens[at].text not in GLOSS:
            return at
        for stop in range(at + 1, at + MAX_GLOSS):
            token = tokens[stop]
            if close and token.text == close:
                after = tokens[stop + 1].text
                return stop + 1 if after in OF or after in LEADS_TO_LAW else at
            if not close and token.text in COMMAS and self.laws.law_at(stop + 1):
                return stop
            if not token.is_word or token.text in HEADS:
                return at
            leads = token.text in OF or token.text in LEADS_TO_LAW
            if leads and not close and self.laws.law_at(self._over_adjectives(stop + 1)):
                return stop
        return at

    def _over_gloss_to_article(self, at: int) -> int:
        """Step over "on the rights of the child,", "(ICCPR)" between a law and its article."""
        tokens = self.tokens
        opened = tokens[at].text == "("
        if not opened and tokens[at].text not in ABOUT | GLOSS and tokens[at].text != "في":
            return at
        for stop in range(at + 1, at + MAX_GLOSS):
            token = tokens[stop]
            if opened and token.text == ")":
                return stop + 1
            if not opened and token.text in HEADS:
                return stop if stop > at + 1 else at
            if not opened and token.text in BEFORE_ARTICLE and tokens[stop + 1].text in HEADS:
                return stop
            named = not opened and self.laws.law_at(stop)
            word = token.is_word or token.text in ("'", "’", ",", "،")
            if not word or token.text in HEADS or named:
                return at
        return at

    def _is_preamble_to(self, articles: Articles, at: int) -> bool:
        return self.tokens[at].text == "to" and articles.items[0].paths == (("preamble",),)

    def _over_adjectives(self, at: int) -> int:
        """Step over "the Kuwaiti", «أحكام», "the 2013" to where the law begins."""
        tokens = self.tokens
        for _ in range(6):
            word = tokens[at].text
            if word == "state" and tokens[at + 1].text == "of":  # "of the State of Kuwait's"
                at += 2
                continue
            if word in SAME and self.laws.law_at(at + 1):  # "of the said Law No. 91 of 2013"
                return at + 1
            country = word.isascii() and word in COUNTRY_WORDS
            year = tokens[at].is_digits and len(word) == 4 and self.laws.law_at(at + 1)
            if not (word in STEPPING_STONES or country or year) or self.laws.law_at(at):
                break
            at += 1
        return at
