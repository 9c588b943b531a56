"""Read the numbers of articles: lists, ranges, «مكرر», and the clauses behind each number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.clauses import Clauses, after_and, bracketed_at, clauses_at, siblings_at
from search.citations.items import Item, Path, expanded, kind_of, perhaps_clause
from search.citations.law_numbers import short_decree_law_at
from search.citations.letters import (
    dashed_letter_at,
    lettered_at,
    numbered_point_at,
    section_sign_at,
)
from search.citations.lexer import Gap, Tokens
from search.citations.plain_numbers import number_of_article_at
from search.citations.repeats import bis_at
from search.citations.slashes import list_at, slashed_at, two_articles_at
from search.citations.vocabulary import (
    AND,
    AR_DECREE,
    AR_LAW,
    BARS,
    BRACKETS,
    CLOSERS,
    COMMAS,
    CONVENTION,
    DASHES,
    FROM,
    HEADS,
    LAW_OPENINGS,
    MANY,
    NUMBER_SIGNS,
    OF,
    OF_CHARGE,
    ONE,
    OPENERS,
    ORDINAL_ENDINGS,
    SENTENCE_ENDS,
    TO,
    TWO,
)
from search.errors import BadIdentifier
from search.identifiers import article_segment
from search.text.numerals import adverb_at

MAX_ITEMS = 200


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the numbers after an article's head, which announced `count` of them."""

    tokens: Tokens
    count: int

    def read(self, at: int) -> tuple[list[Item], int]:
        """Return the items and the index after the last; no items: nothing is cited."""
        at += self.count != ONE and self.tokens[at].text in OF_CHARGE  # «مواد الاتهام 178 و185»
        if self.count != ONE and self.tokens[at].text in FROM:
            at += 1
        item = self._item(at)
        items: list[Item] = []
        while item and len(items) < MAX_ITEMS:
            items.append(item)
            last = self._range_end(item)
            if last:
                items[-1] = item = last
            item = self._next(item, len(items))
        if self.count == TWO and len(items) == 1 and self._is_two_in_one(items[0]):
            items[0] = replace(items[0], either=True, paths=())
        if items and self._is_open(at, items[-1].stop):
            items[-1] = replace(items[-1], stop=items[-1].stop + 1)
        return items, items[-1].stop if items else at

    def _is_open(self, at: int, stop: int) -> bool:
        """Whether one bracket holds the whole list and closes right after it."""
        marks = [t.text for t in self.tokens.items[at : stop + 1] if t.text in BRACKETS]
        return len(marks) % 2 == 0 and self.tokens[stop].text in BRACKETS and len(marks) > 0

    def _is_two_in_one(self, item: Item) -> bool:
        """«المادتين الثانية والعشرين»: articles 2 and 20, or a slip for article 22."""
        words = [self.tokens[place].text for place in range(item.first, item.stop)]
        return len(words) == 2 and words[1].startswith("و")

    def _next(self, item: Item, found: int) -> Item | None:
        """Read the next number of a list after `item`, by its conjunction or comma."""
        if found >= self.count and self.count == TWO:
            return None
        at, joined = item.stop, False
        comma = self.tokens[at].text in COMMAS or self._lists_by_dash(at)
        at += comma
        if (after := after_and(self.tokens, at)) > at:
            at, joined = after, True
        if joined and self.tokens[at].text in AND:  # "and/or", «و/أو»
            return None
        if not joined and self.tokens[at].text.startswith("و") and not self.tokens[at].is_digits:
            following = self._item(at, conjunction=True)
        elif joined or (comma and (self.count != ONE or self._closes_list(at))):
            following = self._item(at)
        else:
            return None
        if following is None or (self.count == ONE and self._counts_things(following.stop)):
            return None
        brackets = self._is_bracketed(item.first) and self._is_bracketed(at)
        if self.count == ONE or brackets:
            return perhaps_clause(following, of=item.paths[0 if brackets else -1])
        return following

    def _is_bracketed(self, at: int) -> bool:
        """Whether one of several articles stands in brackets, like their clauses."""
        return self.count != ONE and self.tokens[at].text == "("

    def _lists_by_dash(self, at: int) -> bool:
        """Whether dashes part the numbers of a list: «المواد: 27 - 28 - 29»."""
        tokens = self.tokens
        dash = self.count == MANY and tokens[at].text in DASHES and tokens[at + 1].is_digits
        before = tokens[at - 2].text in DASHES and tokens[at - 3].is_digits
        return dash and (before or (tokens[at + 2].text in DASHES and tokens[at + 3].is_digits))

    def _closes_list(self, at: int) -> bool:
        """Whether a bracket, "of" or a law after the next number shows that a list is meant."""
        tokens, last = self.tokens, at + MAX_ITEMS
        stop = self._digits_end(at)
        if stop is None:
            return False
        while stop < last and tokens[stop].text in COMMAS | AND:
            further = self._digits_end(stop + 1)
            if further is None:
                break
            stop = further
        bar = tokens[stop].text in BARS and tokens[stop + 1].text in LAW_OPENINGS
        return bar or tokens[stop].text in _CLOSE_LIST

    def _digits_end(self, at: int) -> int | None:
        """Return the index after the digits, or digits in brackets, at tokens[at]."""
        opened = self.tokens[at].text == "("
        if not self.tokens[at + opened].is_digits:
            return None
        stop = at + opened + 1
        return stop + (opened and self.tokens[stop].text == ")")

    def _counts_things(self, stop: int) -> bool:
        """After one article a further number counts things: "article 2 and 3 victims"."""
        following = self.tokens[stop]
        return following.is_word and following.text not in _MAY_FOLLOW

    def _range_end(self, item: Item) -> Item | None:
        """Turn an item into a range if "to" or a dash and another number follow."""
        token = self.tokens[item.stop]
        dash = token.text in DASHES or (token.text == ":" and self.count == MANY)
        up_to = token.text == "up" and self.tokens[item.stop + 1].text == "to"
        to = dash or token.text in TO or up_to
        if not to or self._lists_by_dash(item.stop):
            return None
        start = item.stop + 1 + (token.text == "up")
        start += self.tokens[start].text == "غايه"  # «إلى غاية»
        if self.tokens[start].text == "and" and self.tokens[start + 1].text == "including":
            start += 2
        start += not dash and self.tokens[start].text in HEADS  # "article 2 to article 5"
        end = self._item(start)
        if end is None or len(item.paths) != 1 or len(end.paths) != 1:
            return None
        paths = expanded(item.paths[0], end.paths[0])
        either = dash and self.count == ONE  # «المادة 2-3»: a range or a paragraph
        if either:
            paths = (item.paths[0], end.paths[0])
        return Item(item.first, end.stop, paths, either)

    def _item(self, at: int, conjunction: bool = False) -> Item | None:
        """Read one number with its repeat mark and its clauses."""
        tokens = self.tokens
        place = at
        opened = ""
        while place < at + 4 and (
            tokens[place].text in BRACKETS or tokens[place].text in NUMBER_SIGNS | {".", ":", "ال"}
        ):
            opened = tokens[place].text if tokens[place].text in BRACKETS else opened
            place += 1
        number = number_of_article_at(self.tokens, place, conjunction)
        if number is None:
            return None
        value, place = number
        return self._finish(at, place, value, opened)

    def _finish(self, at: int, place: int, value: int, opened: str) -> Item | None:
        tokens = self.tokens
        ending = tokens[place]
        if ending.gap is Gap.NONE and ending.text in ORDINAL_ENDINGS:
            place += 1
        repeat = bis_at(tokens, place)
        bis, place = repeat if repeat else (None, place)
        stray = not opened and tokens[place].text == ")" and tokens[place + 1].text in OF
        if stray or (opened and tokens[place].text in BRACKETS and tokens[place].text != opened):
            place += 1
            if bis is None and (repeat := bis_at(tokens, place)):
                bis, place = repeat
        try:
            top = article_segment(value, bis)
        except BadIdentifier:
            return None
        if bis and (inserted := self._inserted(at, place, top)):
            return inserted
        return self._with_parts(at, place, top, value)

    def _inserted(self, at: int, place: int, top: str) -> Item | None:
        """Read what follows "206 bis (a)": "and (b)", «وب» are inserted articles too."""
        others, stop = siblings_at(self.tokens, place, top, bare=True)
        return Item(at, stop, ((top,), *((other,) for other in others))) if others else None

    def _with_parts(self, at: int, place: int, top: str, value: int) -> Item | None:
        tokens = self.tokens
        letter = tokens[place]
        glued = letter.gap is Gap.NONE and letter.is_word and len(letter.text) == 1
        paragraph = letter.text in ("ف", "ب") and tokens[place + 1].is_digits  # «٣ف٢»
        if glued and not paragraph and letter.text not in ("ق", "و"):  # «254ق الجزاء», «٢و٣»
            if not letter.text.isascii() or letter.text in "bcdefghijk" or letter.text == "a":
                return lettered_at(tokens, at, place, top)
            return None
        if tokens[place].text in ("/", "."):
            row = list_at(tokens, at, place, value) if self.count != ONE else None
            row = row or two_articles_at(tokens, at, place, value, self.count != ONE)
            if part := row or slashed_at(tokens, at, place, top, value):
                return part if part.either else self.with_clauses(self._with_brackets(part))
        opened = tokens[place].text == "("
        if adverb := adverb_at(tokens.text, tokens[place + opened].start):  # «المادة 47 أولا»
            stop = tokens.after(adverb.end) or place
            stop += opened and tokens[stop].text == ")"
            return self.with_clauses(Item(at, stop, ((top, f"pt-{adverb.value}"),)))
        if dotted := dashed_letter_at(tokens, at, place, top):
            return dotted
        segments, place = bracketed_at(tokens, place)
        paths: list[Path] = [(top, *segments)]
        if segments:
            others, stop = siblings_at(tokens, place, segments[-1])
            # "Arts (2)(3) and (10)": 10 may be an article too, which `_next` reads
            if others and not (self._is_bracketed(at) and others[0][-1].isdecimal()):
                place = stop
                paths += [(top, *segments[:-1], other) for other in others]
        return self.with_clauses(Item(at, place, tuple(paths)))

    def _with_brackets(self, item: Item) -> Item:
        """Read the bracket of "6.1(b)": a point of the paragraph."""
        below, stop = bracketed_at(self.tokens, item.stop, top=False)
        return replace(item, stop=stop, paths=tuple((*path, *below) for path in item.paths))

    def with_clauses(self, item: Item) -> Item:
        """Read the clauses that follow an item below it."""
        place, paths, before = item.stop, list(item.paths), ""
        while (clauses := self._clauses_after(place)) and len(paths[0]) < 5:
            word = self.tokens[place + (self.tokens[place].text in COMMAS)].text
            joined = word.startswith("و") or word == before  # «بند 4 وبند 5», «بند 4، بند 5»
            beside = joined and kind_of(paths[-1]) == kind_of(clauses.segments)
            before = word
            place = clauses.stop
            if beside:
                paths += [(*paths[-1][:-1], segment) for segment in clauses.segments]
            elif clauses.segments:
                paths = [(*path, segment) for path in paths for segment in clauses.segments]
        return Item(item.first, place, tuple(paths))

    def _clauses_in_brackets(self, at: int) -> Clauses | None:
        """Read "(para. 2, item 6)" from behind the opening bracket."""
        clauses = clauses_at(self.tokens, at)
        while clauses and self.tokens[clauses.stop].text in COMMAS | {"/"}:
            below = clauses_at(self.tokens, clauses.stop + 1)
            if below is None:
                return None
            paths = (f"{one}/{other}" for one in clauses.segments for other in below.segments)
            clauses = Clauses(tuple(paths), below.stop)
        closed = clauses and self.tokens[clauses.stop].text in CLOSERS
        return replace(clauses, stop=clauses.stop + 1) if clauses and closed else None

    def _clauses_after(self, place: int) -> Clauses | None:
        at = place
        if self.tokens[at].text in COMMAS | DASHES | {"/"}:
            at += 1
        if self.tokens[at].text in OPENERS:
            return self._clauses_in_brackets(at + 1)
        clauses = clauses_at(self.tokens, at) or section_sign_at(self.tokens, at)
        clauses = clauses or numbered_point_at(self.tokens, place, at)
        # «المادة 2، الفقرة الأولى من المادة 3»: the clause belongs to what follows
        if clauses and self.tokens[clauses.stop].text in OF:
            beyond = self.tokens[clauses.stop + 1].text
            decree = beyond == "م" and short_decree_law_at(self.tokens, clauses.stop + 2)
            if (beyond in HEADS and not decree) or clauses_at(self.tokens, clauses.stop + 1):
                return None
        return clauses


_CLOSE_LIST = BRACKETS | OF | LAW_OPENINGS | SENTENCE_ENDS
_MAY_FOLLOW = AND | TO | OF | LAW_OPENINGS | AR_LAW.keys() | AR_DECREE.keys() | CONVENTION
_MAY_FOLLOW |= {"laws", "decree", "in", "the"}
