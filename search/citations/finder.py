"""Find citations: one pass over a text that joins article parts to the laws they belong to.

Zero confidently wrong is the rule. An article resolves only with a law of its own beside it, or
with the law whose text is being read; everything else is AMBIGUOUS or UNKNOWN.
"""

from __future__ import annotations

import re
from dataclasses import replace

from search.citations.article_numbers import NumberReader
from search.citations.articles import Articles, articles_at
from search.citations.clauses import after_and
from search.citations.conventions import Law, is_perhaps_a_place
from search.citations.law_words import CHANGES, CHANGING
from search.citations.laws import LawReader
from search.citations.lexer import Gap, Tokens, tokenize
from search.citations.links import Linker
from search.citations.lone_numbers import LoneNumbers
from search.citations.name_words import indefinite
from search.citations.names import WorkNames
from search.citations.notes import Notes
from search.citations.shorthands import is_category
from search.citations.vocabulary import (
    AND,
    CLOSERS,
    COMMAS,
    EN_LAW,
    EVERYDAY,
    LONE_SHORTHANDS,
    MANY,
    OF,
    OPENERS,
    OTHER_NUMBERED,
    SENTENCE_ENDS,
    SLIPPED_HEADS,
)
from search.results import Citation, CitationStatus

_MAX_CHANGING = 4  # words: "amending certain provisions of Law …"
MAX_JOINED = 20  # article parts before one law: «المادة 2 والمادة 3 و… من القانون»
_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
_ID = re.compile(
    r"(?<![\w/-])[a-z][a-z0-9]{0,19}(?:-[a-z0-9]{1,40}){1,12}(?:/[a-z0-9-]{1,40}){0,5}(?![\w-])",
    re.ASCII,
)


def find_citations(text: str, names: WorkNames, context: str | None = None) -> list[Citation]:
    """Find every citation in `text`, in order; text[c.start:c.end] == c.text.

    `context` is the id of the instrument whose text this is: what "this law" and an article
    without a law mean there. `held` is left False for the caller, who knows the collection.
    """
    return _Finder(tokenize(text), names, context).find()


class _Finder:
    """One pass over the tokens of one text."""

    def __init__(self, tokens: Tokens, names: WorkNames, context: str | None) -> None:
        self._tokens = tokens
        known = names.works.get(context) if context else None
        home = known.jurisdiction if known else "kw"
        self._laws = LawReader(tokens, names, home if home not in ("un", "ilo") else "kw")
        self._notes = Notes(tokens)
        self._links = Linker(tokens, self._laws, self._notes, known.id if known else None)
        self._numbers = LoneNumbers(tokens, self._laws, self._notes)
        self._ids = _literal_ids(tokens, names)
        self._named: Law | None = None  # the last law noted without an article

    def find(self) -> list[Citation]:
        at = 0
        while at < len(self._tokens):
            at = max(self._read(at), at + 1)
        return self._notes.found

    def _read(self, at: int) -> int:
        """Read a citation at tokens[at], note it, and return where to go on."""
        if at in self._ids:
            stop, identifier = self._ids[at]
            self._notes.identifier(identifier, at, stop)
            return stop
        if (stop := self._numbers.note(at)) > at:
            return stop
        articles = articles_at(self._tokens, at)
        if articles:
            stop = self._read_articles(articles)
            if stop > at:
                return stop
        law = self._laws.law_at(at) or self._bare(at) or self._short(at)
        stands = law and (not law.bare or self._is_lone(law) or self._laws.series_at(law.first))
        return self._read_law(law) if law and stands else at

    def _read_articles(self, articles: Articles) -> int:
        groups = [articles]
        while len(groups) < MAX_JOINED and (more := self._links.joined(groups[-1])):
            groups.append(more)
        link = self._links.law_after(groups[-1])
        if link and self._is_slip(articles) and self._tokens[groups[-1].stop].text not in OF:
            link = None
        if link is None and articles.weak:
            return articles.first
        if link is None:
            link = self._links.without_law(groups[-1], self._named)
        sure = self._laws.unless_abroad(link.law, articles.first, link.stop)
        after = self._tokens[sure.stop].text in CHANGES and self._tokens[sure.stop + 1].text
        if after and after in EN_LAW and sure.status is _RESOLVED:
            sure = replace(sure, status=_AMBIGUOUS)  # "the Penal Code amendment law" is another
        link = replace(link, law=sure)
        for group in groups[:-1]:
            self._notes.articles(group, group.stop, link.law)
        last, stop = groups[-1], link.stop
        if link.law.first >= last.stop:
            last, stop = self._links.with_clauses(last, stop)
        self._notes.articles(last, stop, link.law)
        self._notes.remember(link.law)
        return self._read_carried(stop) if link.law.works else stop

    def _is_slip(self, articles: Articles) -> bool:
        return self._tokens[articles.first].text in SLIPPED_HEADS

    def _read_carried(self, at: int) -> int:
        """Note what goes on without a head: «المواد 2 و3 من قانون الاتجار و185 من قانون الجزاء».

        «المادة 191 جزاء و192 جزاء» too.
        """
        start = after_and(self._tokens, at + (self._tokens[at].text in COMMAS))
        if start == at or not self._tokens[start].is_digits:
            return at
        items, stop = NumberReader(self._tokens, MANY).read(start)
        if not items or self._tokens[stop].text not in OF | LONE_SHORTHANDS:
            return at
        articles = Articles(start, stop, tuple(items))
        link = self._links.law_after(articles)
        if link is None or not link.law.works:
            return at
        self._notes.articles(articles, link.stop, link.law)
        self._notes.remember(link.law)
        return self._read_carried(link.stop)

    def _short(self, at: int) -> Law | None:
        """Read the shorthand before an article: «جزاء م 185», "CCP art. 69"."""
        further = at > 0 and not self._tokens[at].text.isascii()
        if further and not self._follows_article(at):
            return None
        law = self._laws.shorthand_at(at, further)
        if law and self._tokens[law.stop].text == ".":  # "Const. art. 31"
            law = replace(law, stop=law.stop + 1)
        articles = self._links.article_after(law) if law else None
        if law is None or articles is None:
            return None
        everyday = further and indefinite(self._tokens[at].text.removeprefix("و")) in EVERYDAY
        if everyday or is_category(self._tokens, articles, at):  # «عمالة منزلية مادة 20»
            law = replace(law, status=_AMBIGUOUS)
        return replace(law, bare=True)

    def _follows_article(self, at: int) -> bool:
        """Whether an article cited with its law ends right before: «م 185 جزاء واتجار م 2»."""
        last = self._notes.found[-1] if self._notes.found else None
        if last is None or last.status is not _RESOLVED or last.provision is None:
            return False
        between = self._tokens.text[last.end : self._tokens[at].start]
        return not between.strip(" ,،؛;+")

    def _bare(self, at: int) -> Law | None:
        if not self._tokens[at].is_digits:
            return None
        before, earlier = self._tokens[at - 1], self._tokens[at - 2]
        if before.text in "/-." and before.text and earlier.is_digits:
            return None
        if before.text in OTHER_NUMBERED or earlier.text in OTHER_NUMBERED:
            return None
        return self._laws.bare_at(at)

    def _is_lone(self, law: Law) -> bool:
        """Whether "91/2013" or "law 91" may stand for a law: begins the text, or has an article."""
        opens = law.first == 0 and self._tokens[0].is_digits and self._tokens[1].text == "/"
        return opens or self._links.article_after(law) is not None

    def _read_law(self, law: Law) -> int:
        tokens = self._tokens
        laws = self._laws.series_at(law.first) or [law]
        while more := self._further_law(laws[-1]):
            laws.append(more)
        articles = self._links.article_after(laws[-1])
        if law.bare and articles is None and len(laws) == 1 and self._may_be_other(law):
            laws = [replace(law, status=_AMBIGUOUS)]
        if articles is None and law.status is _RESOLVED and is_perhaps_a_place(tokens, law.first):
            laws[0] = replace(laws[0], status=_AMBIGUOUS)
        end = articles.stop if articles else laws[-1].stop
        laws[-1] = self._laws.unless_abroad(laws[-1], laws[0].first, end)
        if articles and laws[-1].status is _RESOLVED and self._is_changed(laws[0].first):
            laws[-1] = replace(laws[-1], status=_AMBIGUOUS)
        for item in laws if articles is None else laws[:-1]:
            self._notes.law(item)
        self._notes.remember(*laws)
        last = laws[-1]
        if articles is None:
            self._named = last
            return last.stop
        further = self._further_articles(articles)
        if further:
            return self._note_further(articles, further, last)
        stop = self._closing(articles, last)
        other = self._other_law(articles)
        if other and set(other.works) - set(last.works):
            last = replace(last, status=_AMBIGUOUS, works=(*last.works, *other.works))
        elif other and other.status is _RESOLVED:  # «إقامة الأجانب م 28 مرسوم بقانون 114/2024»
            last = replace(last, status=_RESOLVED, works=other.works)
        self._notes.articles(replace(articles, first=last.first), stop, last)
        return stop

    def _is_changed(self, at: int) -> bool:
        """Whether the law is named as what another changes, whose article may be meant."""
        before = (self._tokens[at - step].text for step in range(1, min(at, _MAX_CHANGING) + 1))
        return any(word in CHANGING for word in before)

    def _further_articles(self, articles: Articles) -> list[Articles]:
        """Return the articles joined to these where the sentence ends with them.

        What follows them otherwise may name their law; in the text of a law they may be that
        law's. There nothing is joined.
        """
        groups = [articles]
        while len(groups) < MAX_JOINED and (more := self._links.joined(groups[-1])):
            groups.append(more)
        ends = self._tokens[groups[-1].stop].text in SENTENCE_ENDS | CLOSERS
        return groups[1:] if ends and not self._links.context else []

    def _note_further(self, first: Articles, further: list[Articles], law: Law) -> int:
        """Note «القانون 91/2013، م 2، م 3»: all of the one law."""
        self._notes.articles(replace(first, first=law.first), first.stop, law)
        for group in further[:-1]:
            self._notes.articles(group, group.stop, law)
        stop = self._closing(further[-1], law)
        self._notes.articles(further[-1], stop, law)
        return stop

    def _may_be_other(self, law: Law) -> bool:
        """Whether «6/2010» may as well be June 2010, or "16/1960 people" a figure."""
        number = self._tokens[law.first].text
        month = number.isdecimal() and int(number[:4]) <= 12
        return month or self._tokens[law.stop].is_word

    def _other_law(self, articles: Articles) -> Law | None:
        """Return a law behind these articles that they, or one joined to them, may be of.

        "Law A, article 5 and article 18 of Law B", «القانون 91/2013 المادة 185 جزاء».
        """
        joined = self._links.joined(articles)
        link = self._links.law_after(joined or articles)
        begins_anew = link and joined is None and self._tokens[link.law.first].text[0] in "و"
        return link.law if link and not begins_anew else None

    def _further_law(self, law: Law) -> Law | None:
        """Read the next of «القانونين 91/2013 و106/2013»."""
        at = law.stop
        at += self._tokens[at].text in COMMAS
        at += self._tokens[at].text in AND
        if at == law.stop and self._tokens[at].text != "ورقم":
            return None
        further = self._laws.more_at(at)
        if further is None and law.works and law.works[0].startswith("ilo-c"):
            further = self._laws.more_conventions_at(at)
        return further if further and self._tokens[further.first].gap < Gap.PARAGRAPH else None

    def _closing(self, articles: Articles, law: Law) -> int:
        tokens, stop = self._tokens, articles.stop
        if tokens[stop].text in ("منه", "منها", "thereof"):
            stop += 1
        opened = any(tokens[i].text in OPENERS for i in range(law.stop, articles.first))
        return stop + 1 if opened and tokens[stop].text in CLOSERS else stop


def _literal_ids(tokens: Tokens, names: WorkNames) -> dict[int, tuple[int, str]]:
    """Map a token's index to the id that begins there and the index after it."""
    starts = {token.start: index for index, token in enumerate(tokens.items)}
    found = {}
    for match in _ID.finditer(tokens.folded.text):
        stop = tokens.after(match.end())
        if match.start() in starts and stop and match.group().split("/")[0] in names.works:
            found[starts[match.start()]] = (stop, match.group())
    return found
