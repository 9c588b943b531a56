"""Join articles to laws: which law an article part is of, and which article follows a law.

An article is joined only to a law beside it, or to the law whose text is being read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.article_numbers import NumberReader
from search.citations.articles import Articles, articles_at
from search.citations.clauses import after_and
from search.citations.conventions import Law
from search.citations.countries import country_after
from search.citations.doubts import is_of_regulation, reference_at
from search.citations.glosses import (
    BEFORE_ARTICLE,
    is_talk,
    law_beyond_topic,
    over_adjectives,
    over_gloss_to_article,
    over_gloss_to_law,
    over_rest,
)
from search.citations.joining_words import (
    ADDED,
    INTO_ARTICLE,
    LEADS_TO_LAW,
)
from search.citations.laws import LawReader
from search.citations.lexer import Gap, Tokens
from search.citations.notes import Notes
from search.citations.shorthands import CATEGORIES
from search.citations.vocabulary import (
    BARS,
    CLOSERS,
    COMMAS,
    DASHES,
    OF,
    ONE,
    OPENERS,
    QUOTES,
    RESIDENCE_WORDS,
    SENTENCE_ENDS,
)
from search.results import CitationStatus

_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
_UNKNOWN = CitationStatus.UNKNOWN
_NO_LAW = Law(0, 0, _UNKNOWN)
_SEPARATORS = COMMAS | DASHES | BARS | {":"}
_SEMICOLONS = frozenset(";؛")
_LAWS = frozenset({"القانون", "law", "act", "code", "statute"})  # explained by a number or name
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
        at = over_gloss_to_law(tokens, self.laws, over_rest(tokens, at + quoted))
        for _ in range(2):
            if tokens[at].text in _SEPARATORS:
                at, weak = at + 1, True
            elif tokens[at].text in OPENERS:
                at, opened = at + 1, True
        if tokens[at].text in OF or self._is_added_to(articles, at):
            at, strong = at + 1, True
        elif tokens[at].text in LEADS_TO_LAW or self._is_preamble_to(articles, at):
            at += 1
        elif tokens[at].text == "في":
            at, weak = at + 1, True
        if strong and tokens[at].text in QUOTES:
            at, opened = at + 1, True
        at = over_adjectives(tokens, self.laws, at)
        gap_limit = Gap.LINE if strong or weak else Gap.SPACE
        if tokens[at].gap > gap_limit:
            return None
        law = self.laws.law_at(at) or self.laws.more_at(at)
        if not strong and self._is_residence(articles) and not self._is_sure_beside(law):
            return None
        # «من» and commas begin a new phrase in Arabic; "of the CCP", ", CCP" do not.
        if law is None and (tokens[at].text.isascii() or not (strong or weak)):
            law = self._topic_or_law(self.laws.shorthand_after(articles, at))
        law = law or (self._dated_shorthand(articles, at) if strong else None)
        law = law or (self._reference(at) if strong or tokens[at].text in _PRONOUNS else None)
        if law is None or law.first < articles.stop:
            return self._beyond_topic(articles)
        if weak and not strong and self.article_after(law):
            return None  # «المادة 5، قانون الجزاء المادة 29»: the law belongs to what follows
        closed = opened and tokens[law.stop].text in CLOSERS
        return Link(law, law.stop + closed)

    def article_after(self, law: Law) -> Articles | None:
        """Return the article part after a law, unless that has a law of its own."""
        tokens, at = self.tokens, law.stop
        if law.status is _RESOLVED and not law.bare:
            at = over_gloss_to_article(tokens, self.laws, at)
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
        if articles is None or articles.joined or is_of_regulation(self.tokens, law):
            return None
        if tokens[law.stop].text in _SEMICOLONS and self.law_after(articles):
            return None  # "Penal Code; Art 2, Law 91/2013"
        if self._is_residence(articles, law.stop) and not self._is_residence_law(law):
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
        again = self.tokens[at].text == self.tokens[articles.first].text  # «م 35 م 36»
        if found is None or found.weak or not (found.joined or at > articles.stop or again):
            return None
        if articles.weak and self.tokens[at - 1].text in COMMAS:
            return None  # "Section 2, Article 138 of the Labour Law": the section is a part
        return found

    def with_clauses(self, articles: Articles, at: int) -> tuple[Articles, int]:
        """Read the clause behind the law: «المادة 2 من القانون 91 لسنة 2013، الفقرة الثانية»."""
        item = articles.items[0]
        plain = len(articles.items) == len(item.paths) == len(item.paths[0]) == 1
        if not plain or item.either or self.tokens[at].gap > Gap.SPACE:
            return articles, at
        read = NumberReader(self.tokens, ONE).with_clauses(replace(item, stop=at))
        elsewhere = self.tokens[at].text.startswith("و") or self.tokens[read.stop].text in OF
        return (articles, at) if elsewhere else (replace(articles, items=(read,)), read.stop)

    def without_law(self, articles: Articles, before: Law | None) -> Link:
        """An article alone means the law being read, if any, unless it goes on with "of".

        The law named `before`, with only a topic between, is offered: «قانون العمل الفصل م 46».
        """
        of_something = self.tokens[articles.stop].text in OF
        if self.context and not of_something:
            return Link(Law(0, 0, _RESOLVED, (self.context,)), articles.stop)
        sure = before and before.status is _RESOLVED and not of_something
        about = before and is_talk(self.tokens, before.stop, articles.first)
        if before and sure and about and not self._is_residence(articles):
            return Link(replace(before, status=_AMBIGUOUS), articles.stop)
        return Link(_NO_LAW, articles.stop)

    def _reference(self, at: int) -> Law | None:
        """Resolve "this law" and "the same law"."""
        found = reference_at(self.tokens, at)
        if found is None:
            return None
        which, stop = found
        named = self._in_brackets(at, stop)
        if named and not (which == "this" and self.context):
            return named
        if which == "this" and self.context:
            return Law(at, stop, _RESOLVED, (self.context,))
        if which == "same" and self.notes.cited:
            works = tuple(dict.fromkeys(reversed(self.notes.cited)))
            return Law(at, stop, _RESOLVED if len(works) == 1 else _AMBIGUOUS, works)
        return Law(at, stop, _UNKNOWN)

    def _in_brackets(self, at: int, stop: int) -> Law | None:
        """Read the law that brackets name: «من ذات القانون (القانون رقم 6 لسنة 2010)».

        Not "of the Protocol (Law No. 5 of 2006)": that law approved it.
        """
        said = {self.tokens[place].text for place in range(at, stop)}
        if self.tokens[stop].text != "(" or said.isdisjoint(_LAWS):
            return None
        law = self.laws.law_at(stop + 1) or self.laws.more_at(stop + 1)
        if law is None or law.status is not _RESOLVED or self.tokens[law.stop].text != ")":
            return None
        country = country_after(self.tokens, law.stop + 1)
        if country and country[0] != self.laws.home:
            return None  # «من القانون (رقم 6 لسنة 2010) القطري»
        return replace(law, first=at, stop=country[1] if country else law.stop + 1)

    def _dated_shorthand(self, articles: Articles, at: int) -> Law | None:
        """Read «من دستور 1962»: after «من» a shorthand needs its law's number or year.

        One of several words is offered: «من إجراءات جزائية».
        """
        law = self.laws.shorthand_after(articles, at)
        if law is None or (law.status is _RESOLVED and self.tokens[law.stop - 1].is_digits):
            return law
        return replace(law, status=_AMBIGUOUS) if law.works and law.stop > at + 1 else None

    def _topic_or_law(self, law: Law | None) -> Law | None:
        """Offer the law behind a doubtful shorthand, its topic: «المادة 114 رشوة قانون الجزاء»."""
        if law is None or law.status is _RESOLVED:
            return law
        behind = self.laws.law_at(law.stop)
        named = behind and behind.status is _RESOLVED and behind.first == law.stop
        return replace(behind, status=_AMBIGUOUS) if behind and named else law

    def _points_back(self, at: int) -> bool:
        found = reference_at(self.tokens, at)
        return found is not None and found[0] == "same"

    def _is_sure_beside(self, law: Law | None) -> bool:
        """Whether a law is meant even beside "residence": "art. 18 Residence Law", "… 114/2024"."""
        if law is None:
            return False
        numbered = any(self.tokens[place].is_digits for place in range(law.first, law.stop))
        named = self.tokens[law.first].text in RESIDENCE_WORDS or self._is_residence_law(law)
        return numbered or named

    def _is_residence_law(self, law: Law) -> bool:
        """Whether the law before an article is one on residence: "DL 114/2024 Art. 18 visa"."""
        about = (self.laws.names.is_about(work, ("residence",)) for work in law.works)
        return law.status is _RESOLVED and any(about)

    def _is_residence(self, articles: Articles, since: int = 0) -> bool:
        """Whether a word beside it makes a residence category of it: «إقامة مادة ١٨»."""
        beside = (articles.first - 1, articles.first - 2, articles.stop)
        words = [self.tokens[place].text for place in beside if place >= since]
        named = any(word in RESIDENCE_WORDS for word in words)
        meant = {path[0] for item in articles.items for path in item.paths}
        return named and bool(meant & CATEGORIES)

    def _beyond_topic(self, articles: Articles) -> Link | None:
        """Offer the law behind the topic of an article: «المادة 13 إعفاء المبلغ قانون 91/2013»."""
        sought = not (self.context or articles.weak)
        law = law_beyond_topic(self.tokens, self.laws, articles.stop) if sought else None
        if law is None or self.article_after(law):
            return None
        return Link(replace(law, status=_AMBIGUOUS), articles.stop)

    def _is_added_to(self, articles: Articles, at: int) -> bool:
        """Whether an article is added to the law: «تضاف مادة جديدة برقم 12 مكرراً إلى القانون»."""
        tokens = self.tokens
        words = {tokens[place].text for place in range(articles.first - 4, at)}
        return tokens[at].text in ("الي", "to") and bool(words & ADDED)

    def _is_preamble_to(self, articles: Articles, at: int) -> bool:
        return self.tokens[at].text == "to" and articles.items[0].paths == (("preamble",),)
