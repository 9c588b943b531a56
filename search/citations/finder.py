"""Find citations: join article parts to the laws they belong to, and say how sure that is.

Zero confidently wrong is the rule. An article resolves only with a law of its own beside it, or
with the law whose text is being read; everything else is AMBIGUOUS or UNKNOWN.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from search.citations.article_numbers import Item, NumberReader
from search.citations.articles import Articles, articles_at
from search.citations.clauses import after_and
from search.citations.conventions import Law
from search.citations.countries import COUNTRY_WORDS
from search.citations.law_words import ABOUT
from search.citations.laws import LawReader
from search.citations.lexer import Gap, Tokens, tokenize
from search.citations.names import WorkNames
from search.citations.vocabulary import (
    AFTER_ARTICLES,
    AND,
    CLOSERS,
    COMMAS,
    DASHES,
    FOLLOWING,
    GLOSS,
    HEADS,
    INTO_ARTICLE,
    LEADS_TO_LAW,
    LONE_SHORTHANDS,
    MANY,
    OF,
    ONE,
    OPENERS,
    OTHER_NUMBERED,
    QUOTES,
    RESIDENCE_WORDS,
    SAME,
    SLIPPED_HEADS,
    STEPPING_STONES,
)
from search.errors import BadIdentifier
from search.identifiers import MAX_ID_CHARS, parse_unit
from search.results import Citation, CitationStatus

MAX_GLOSS = 14  # words between an article and its law, or a law and its article
MAX_JOINED = 20  # article parts before one law: «المادة 2 والمادة 3 و… من القانون»
_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
_UNKNOWN = CitationStatus.UNKNOWN
_NO_LAW = Law(0, 0, _UNKNOWN)
_SENTENCE_ENDS = ("", ".", "?", "؟", "!")
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


@dataclass(frozen=True, slots=True)
class _Link:
    """An article part with the law found for it, up to tokens[stop]."""

    law: Law
    stop: int


class _Finder:
    """One pass over the tokens of one text."""

    def __init__(self, tokens: Tokens, names: WorkNames, context: str | None) -> None:
        self._tokens = tokens
        self._names = names
        self._context = context
        known = names.works.get(context) if context else None
        home = known.jurisdiction if known else "kw"
        self._laws = LawReader(tokens, names, home if home not in ("un", "ilo") else "kw")
        self._found: list[Citation] = []
        self._cited: list[str] = []  # works resolved so far, in order
        self._ids = self._literal_ids()

    def find(self) -> list[Citation]:
        at = 0
        while at < len(self._tokens):
            at = max(self._read(at), at + 1)
        return self._found

    def _read(self, at: int) -> int:
        """Read a citation at tokens[at], note it, and return where to go on."""
        if at in self._ids:
            return self._note_id(at)
        if (stop := self._lone(at)) > at:
            return stop
        articles = articles_at(self._tokens, at)
        if articles:
            stop = self._read_articles(articles)
            if stop > at:
                return stop
        law = self._laws.law_at(at) or self._bare(at) or self._short(at)
        return self._read_law(law) if law and (not law.bare or self._is_lone(law)) else at

    # --- articles first -----------------------------------------------------------------------

    def _read_articles(self, articles: Articles) -> int:
        groups = [articles]
        while len(groups) < MAX_JOINED and (more := self._joined_articles(groups[-1])):
            groups.append(more)
        link = self._law_after(groups[-1])
        if link and self._is_slip(articles) and self._tokens[groups[-1].stop].text not in OF:
            link = None
        if link is None and articles.weak:
            return articles.first
        if link is None:
            link = self._without_law(groups[-1])
        for group in groups[:-1]:
            self._note_articles(group, group.stop, link.law)
        self._note_articles(groups[-1], link.stop, link.law)
        self._remember(link.law)
        return self._read_carried(link.stop) if link.law.works else link.stop

    def _is_slip(self, articles: Articles) -> bool:
        return self._tokens[articles.first].text in SLIPPED_HEADS

    def _read_carried(self, at: int) -> int:
        """Note what goes on without a head: «المواد 2 و3 من قانون الاتجار و185 من قانون الجزاء»."""
        start = after_and(self._tokens, at + (self._tokens[at].text in COMMAS))
        if start == at or not self._tokens[start].is_digits:
            return at
        items, stop = NumberReader(self._tokens, MANY).read(start)
        if not items or self._tokens[stop].text not in OF:
            return at
        articles = Articles(start, stop, tuple(items))
        link = self._law_after(articles)
        if link is None or not link.law.works:
            return at
        self._note_articles(articles, link.stop, link.law)
        self._remember(link.law)
        return self._read_carried(link.stop)

    def _joined_articles(self, articles: Articles) -> Articles | None:
        """Return the article part after «و», "and": «المادة 2 والمادة 3 من القانون»."""
        at = articles.stop
        at += self._tokens[at].text in COMMAS
        at = after_and(self._tokens, at)
        found = articles_at(self._tokens, at) if at < len(self._tokens) else None
        if found is None or found.weak or not (found.joined or at > articles.stop):
            return None
        if articles.weak and self._tokens[at - 1].text in COMMAS:
            return None  # "Section 2, Article 138 of the Labour Law": the section is a part
        return found

    def _law_after(self, articles: Articles) -> _Link | None:
        """Find the law after an article part: «من القانون …», ", Law …", «ق …»."""
        tokens, at = self._tokens, articles.stop
        opened = weak = strong = False
        quoted = tokens[articles.first - 1].text in QUOTES and tokens[at].text in QUOTES
        at = self._over_gloss_to_law(self._over_rest(at + quoted))
        for _ in range(2):
            if tokens[at].text in COMMAS or tokens[at].text in DASHES or tokens[at].text == ":":
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
        law = self._laws.law_at(at) or self._laws.more_at(at)
        if not strong and self._is_residence(articles) and not self._begins_with_residence(law):
            return None
        # «من» and commas begin a new phrase in Arabic; "of the CCP", ", CCP" do not.
        if law is None and (tokens[at].text.isascii() or not (strong or weak)):
            law = self._laws.shorthand_after(articles, at)
        law = law or (self._dated_shorthand(articles, at) if strong else None)
        law = law or (self._reference(at) if strong or tokens[at].text in _PRONOUNS else None)
        if law is None or law.first < articles.stop:
            return None
        if weak and not strong and self._article_after(law):
            return None  # «المادة 5، قانون الجزاء المادة 29»: the law belongs to what follows
        closed = opened and tokens[law.stop].text in CLOSERS
        return _Link(law, law.stop + closed)

    def _over_rest(self, at: int) -> int:
        """Step over "et seq.", "and the following articles", «وما بعدها»."""
        tokens, stop = self._tokens, at
        for phrase in FOLLOWING:
            if all(tokens[at + step].text == word for step, word in enumerate(phrase)):
                return at + len(phrase)
        while stop < at + 3 and tokens[stop].text in AFTER_ARTICLES:
            stop += 1
            stop += tokens[stop].text == "." and tokens[stop + 1].text in AFTER_ARTICLES | OF
        return stop

    def _over_gloss_to_law(self, at: int) -> int:
        """Step over "(trafficking)", "– slavery –", «الخاصة بالرق» between an article and "of"."""
        tokens = self._tokens
        marks = {"(": ")", "[": "]"} | {dash: dash for dash in DASHES}
        close = marks.get(tokens[at].text)
        if not close and tokens[at].text not in GLOSS:
            return at
        for stop in range(at + 1, at + MAX_GLOSS):
            token = tokens[stop]
            if close and token.text == close:
                after = tokens[stop + 1].text
                return stop + 1 if after in OF or after in LEADS_TO_LAW else at
            if not token.is_word or token.text in HEADS:
                return at
            leads = token.text in OF or token.text in LEADS_TO_LAW
            if leads and not close and self._laws.law_at(self._over_adjectives(stop + 1)):
                return stop
        return at

    def _over_gloss_to_article(self, at: int) -> int:
        """Step over "on the rights of the child,", "(ICCPR)" between a law and its article."""
        tokens = self._tokens
        opened = tokens[at].text == "("
        if not opened and tokens[at].text not in ABOUT | GLOSS and tokens[at].text != "في":
            return at
        for stop in range(at + 1, at + MAX_GLOSS):
            token = tokens[stop]
            if opened and token.text == ")":
                return stop + 1
            if not opened and token.text in HEADS:
                return stop if stop > at + 1 else at
            if not opened and token.text in _BEFORE_ARTICLE and tokens[stop + 1].text in HEADS:
                return stop
            named = not opened and self._laws.law_at(stop)
            word = token.is_word or token.text in ("'", "’", ",", "،")
            if not word or token.text in HEADS or named:
                return at
        return at

    def _begins_with_residence(self, law: Law | None) -> bool:
        """Whether the word beside the article is the law's own name: "art. 18 Residence Law"."""
        return law is not None and self._tokens[law.first].text in RESIDENCE_WORDS

    def _dated_shorthand(self, articles: Articles, at: int) -> Law | None:
        """Read «من دستور 1962»: after «من» a shorthand needs its law's number or year."""
        law = self._laws.shorthand_after(articles, at)
        dated = law and law.status is _RESOLVED and self._tokens[law.stop - 1].is_digits
        return law if dated else None

    def _is_preamble_to(self, articles: Articles, at: int) -> bool:
        return self._tokens[at].text == "to" and articles.items[0].paths == (("preamble",),)

    def _over_adjectives(self, at: int) -> int:
        """Step over "the Kuwaiti", «أحكام», "the 2013" to where the law begins."""
        tokens = self._tokens
        for _ in range(4):
            word = tokens[at].text
            if word in SAME and self._laws.law_at(at + 1):  # "of the said Law No. 91 of 2013"
                return at + 1
            country = word.isascii() and word in COUNTRY_WORDS
            year = tokens[at].is_digits and len(word) == 4 and self._laws.law_at(at + 1)
            if not (word in STEPPING_STONES or country or year) or self._laws.law_at(at):
                break
            at += 1
        return at

    def _is_residence(self, articles: Articles, since: int = 0) -> bool:
        """Whether a word beside it makes a residence category of it: «إقامة مادة ١٨»."""
        beside = (articles.first - 1, articles.first - 2, articles.stop)
        words = [self._tokens[place].text for place in beside if place >= since]
        return any(word in RESIDENCE_WORDS for word in words)

    def _reference(self, at: int) -> Law | None:
        """Resolve "this law" and "the same law"."""
        found = self._laws.reference_at(at)
        if found is None:
            return None
        which, stop = found
        if which == "this" and self._context in self._names.works and self._context:
            return Law(at, stop, _RESOLVED, (self._context,))
        if which == "same" and self._cited:
            works = tuple(dict.fromkeys(reversed(self._cited)))
            return Law(at, stop, _RESOLVED if len(works) == 1 else _AMBIGUOUS, works)
        return Law(at, stop, _UNKNOWN)

    def _without_law(self, articles: Articles) -> _Link:
        """An article alone means the law being read, if any, unless it goes on with "of"."""
        of_something = self._tokens[articles.stop].text in OF
        if self._context in self._names.works and self._context and not of_something:
            return _Link(Law(0, 0, _RESOLVED, (self._context,)), articles.stop)
        return _Link(_NO_LAW, articles.stop)

    # --- laws first ---------------------------------------------------------------------------

    def _short(self, at: int) -> Law | None:
        """Read the shorthand before an article: «جزاء م 185», "CCP art. 69"."""
        if at and not self._tokens[at].text.isascii():
            return None
        law = self._laws.shorthand_at(at)
        if law and self._tokens[law.stop].text == ".":  # "Const. art. 31"
            law = replace(law, stop=law.stop + 1)
        return replace(law, bare=True) if law and self._article_after(law) else None

    def _lone(self, at: int) -> int:
        """Note «182 جزاء», "penal code 182" where nothing else is said; return where to go on."""
        if at == 0 and (named := self._law_and_number()):
            return named
        lone = at == 0 and self._tokens[0].is_digits and self._tokens[1].text in LONE_SHORTHANDS
        law = self._laws.shorthand_at(1) if lone else None
        items, stop = NumberReader(self._tokens, ONE).read(0) if law else ([], 0)
        if law is None or stop != 1 or law.stop < len(self._tokens):
            return at
        self._note_articles(Articles(0, 1, tuple(items)), law.stop, law)
        return law.stop

    def _law_and_number(self) -> int:
        """Note the article where a law's name and a number are all that is said, in either order.

        The law's own number («قانون الإقامة 114») and years are no articles; returns 0 for none.
        """
        tokens, size = self._tokens, len(self._tokens)
        if size < 2:
            return 0
        before = tokens[0].is_digits
        law = self._laws.law_at(1 if before else 0)
        at = 0 if before else size - 1
        if law is None or law.status is not _RESOLVED or law.stop != (size if before else at):
            return 0
        digits = tokens[at].text
        own = {self._names.works[work].number for work in law.works}
        if not tokens[at].is_digits or len(digits) > 3 or digits.lstrip("0") in own:
            return 0
        items, _ = NumberReader(tokens, ONE).read(at)
        if not items:
            return 0
        self._note_articles(Articles(0, size, tuple(items)), size, law)
        return size

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
        opens = law.first == 0 and self._tokens[0].is_digits
        return opens or self._article_after(law) is not None

    def _read_law(self, law: Law) -> int:
        laws = self._laws.series_at(law.first) or [law]
        while more := self._further_law(laws[-1]):
            laws.append(more)
        articles = self._article_after(laws[-1])
        if law.bare and articles is None and len(laws) == 1 and self._may_be_other(law):
            laws = [replace(law, status=_AMBIGUOUS)]
        for item in laws if articles is None else laws[:-1]:
            self._note_law(item)
        self._remember(*laws)
        if articles is None:
            return laws[-1].stop
        last = laws[-1]
        further = self._further_articles(articles)
        if further:
            return self._note_further(articles, further, last)
        stop = self._closing(articles, last)
        other = self._other_law(articles)
        if other and set(other.works) - set(last.works):
            last = replace(last, status=_AMBIGUOUS, works=(*last.works, *other.works))
        self._note_articles(replace(articles, first=last.first), stop, last)
        return stop

    def _further_articles(self, articles: Articles) -> list[Articles]:
        """Return the articles joined to these where the sentence ends with them.

        What follows them otherwise may name their law; in the text of a law they may be that
        law's. There nothing is joined.
        """
        groups = [articles]
        while len(groups) < MAX_JOINED and (more := self._joined_articles(groups[-1])):
            groups.append(more)
        ends = self._tokens[groups[-1].stop].text in _SENTENCE_ENDS
        return groups[1:] if ends and not self._context else []

    def _note_further(self, first: Articles, further: list[Articles], law: Law) -> int:
        """Note «القانون 91/2013، م 2، م 3»: all of the one law."""
        self._note_articles(replace(first, first=law.first), first.stop, law)
        for group in further[:-1]:
            self._note_articles(group, group.stop, law)
        stop = self._closing(further[-1], law)
        self._note_articles(further[-1], stop, law)
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
        joined = self._joined_articles(articles)
        link = self._law_after(joined or articles)
        begins_anew = link and joined is None and self._tokens[link.law.first].text[0] in "و"
        return link.law if link and not begins_anew else None

    def _further_law(self, law: Law) -> Law | None:
        """Read the next of «القانونين 91/2013 و106/2013»."""
        at = law.stop
        at += self._tokens[at].text in COMMAS
        at += self._tokens[at].text in AND
        if at == law.stop:
            return None
        further = self._laws.more_at(at)
        if further is None and law.works and law.works[0].startswith("ilo-c"):
            further = self._laws.more_conventions_at(at)
        return further if further and self._tokens[further.first].gap < Gap.PARAGRAPH else None

    def _article_after(self, law: Law) -> Articles | None:
        """Return the article part after a law, unless that has a law of its own."""
        tokens, at = self._tokens, law.stop
        if law.status is _RESOLVED and not law.bare:
            at = self._over_gloss_to_article(at)
        if tokens[at].text == "and" and tokens[at + 1].text == "its":
            at += 2
        for _ in range(6):
            leads = tokens[at].text in INTO_ARTICLE and not articles_at(tokens, at)
            at += leads or tokens[at].text in _BEFORE_ARTICLE
        if at >= len(tokens) or tokens[at].gap > Gap.SPACE:
            return None
        articles = articles_at(tokens, at)
        if self._laws.is_made_under(law.first):
            return None
        if articles and tokens[law.stop].text in _SEMICOLONS and self._law_after(articles):
            return None  # "Penal Code; Art 2, Law 91/2013"
        if articles is None or articles.joined or self._is_residence(articles, law.stop):
            return None
        stop = articles.stop
        if tokens[stop].text in OF and not self._points_back(stop):
            return None
        return articles

    def _points_back(self, at: int) -> bool:
        found = self._laws.reference_at(at)
        return found is not None and found[0] == "same"

    def _closing(self, articles: Articles, law: Law) -> int:
        tokens, stop = self._tokens, articles.stop
        if tokens[stop].text in ("منه", "منها", "thereof"):
            stop += 1
        opened = any(tokens[i].text in OPENERS for i in range(law.stop, articles.first))
        return stop + 1 if opened and tokens[stop].text in CLOSERS else stop

    # --- notes --------------------------------------------------------------------------------

    def _remember(self, *laws: Law) -> None:
        self._cited += [law.works[0] for law in laws if law.status is _RESOLVED]

    def _literal_ids(self) -> dict[int, tuple[int, str]]:
        """Map a token's index to the id that begins there and the index after it."""
        tokens = self._tokens
        starts = {token.start: index for index, token in enumerate(tokens.items)}
        found = {}
        for match in _ID.finditer(tokens.folded.text):
            stop = tokens.after(match.end())
            if (
                match.start() in starts
                and stop
                and match.group().split("/")[0] in self._names.works
            ):
                found[starts[match.start()]] = (stop, match.group())
        return found

    def _note_id(self, at: int) -> int:
        stop, identifier = self._ids[at]
        work, _, below = identifier.partition("/")
        try:
            provision = str(parse_unit(identifier)) if below else None
        except BadIdentifier:
            self._note(at, stop, _UNKNOWN)
            return stop
        self._note(at, stop, _RESOLVED, work, provision)
        self._cited.append(work)
        return stop

    def _note_law(self, law: Law) -> None:
        work = law.works[0] if law.status is _RESOLVED else None
        choices = law.works if law.status is _AMBIGUOUS else ()
        self._note(law.first, law.stop, law.status, work, choices=choices)

    def _note_articles(self, articles: Articles, stop: int, law: Law) -> None:
        for place, item in enumerate(articles.items):
            first = articles.first if place == 0 else item.first
            last = stop if place == len(articles.items) - 1 else item.stop
            self._note_item(item, first, last, law)

    def _note_item(self, item: Item, first: int, stop: int, law: Law) -> None:
        if law.status is _RESOLVED and not item.either:
            for path in item.paths:
                self._note(first, stop, _RESOLVED, law.works[0], _unit(law.works[0], path))
            return
        choices = tuple(_unit(work, path) for work in law.works for path in item.paths)
        choices = tuple(choice for choice in choices if choice)
        work = law.works[0] if law.status is _RESOLVED else None
        self._note(first, stop, _AMBIGUOUS if choices else _UNKNOWN, work, choices=choices)

    def _note(
        self,
        first: int,
        stop: int,
        status: CitationStatus,
        work: str | None = None,
        provision: str | None = None,
        choices: tuple[str, ...] = (),
    ) -> None:
        start, end = self._tokens.span(first, stop)
        word = self._tokens[first].text
        start += len(word) > 1 and word.startswith("و") and self._tokens.source[start] == "و"
        text = self._tokens.source[start:end]
        self._found.append(Citation(start, end, text, status, work, provision, choices=choices))


_BEFORE_ARTICLE = COMMAS | DASHES | frozenset("(:'’/)")
_SEMICOLONS = frozenset(";؛")
_PRONOUNS = frozenset({"منه", "منها", "thereof", "بهذا"})


def _unit(work: str, path: tuple[str, ...]) -> str:
    identifier = "/".join((work, *path))
    return str(parse_unit(identifier)) if len(identifier) <= MAX_ID_CHARS else f"{work}/{path[0]}"
