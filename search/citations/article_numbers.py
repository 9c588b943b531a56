"""Read the numbers of articles: lists, ranges, «مكرر», and the clauses behind each number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.clauses import (
    Clauses,
    after_and,
    bracketed_at,
    clauses_at,
    label_at,
    siblings_at,
)
from search.citations.items import MAX_ARTICLE, YEARS, Item, Path, expanded
from search.citations.lexer import Gap, Tokens
from search.citations.repeats import bis_at
from search.citations.slashes import list_at, slashed_at, two_articles_at
from search.citations.vocabulary import (
    AND,
    AR_DECREE,
    AR_LAW,
    BARS,
    BRACKETS,
    CLAUSES,
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
    OTHER_REPEATS,
    SENTENCE_ENDS,
    TO,
    TWO,
)
from search.errors import BadIdentifier
from search.identifiers import article_segment
from search.text.numerals import number_at, parse_roman

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
        return following

    def _lists_by_dash(self, at: int) -> bool:
        """Whether dashes part the numbers of a list: «المواد: 27 - 28 - 29»."""
        tokens = self.tokens
        dash = self.count == MANY and tokens[at].text in DASHES and tokens[at + 1].is_digits
        before = tokens[at - 2].text in DASHES and tokens[at - 3].is_digits
        return dash and (before or (tokens[at + 2].text in DASHES and tokens[at + 3].is_digits))

    def _closes_list(self, at: int) -> bool:
        """Whether a bracket, "of" or a law after the next number shows that a list is meant."""
        tokens = self.tokens
        start, last = at, at + MAX_ITEMS
        while at < last and tokens[at + 2].is_digits and tokens[at + 1].text in COMMAS | AND:
            at += 2
        if not tokens[at].is_digits:
            return False
        ends = tokens[at - 1].text in AND and at > start and tokens[at + 1].text in SENTENCE_ENDS
        bar = tokens[at + 1].text in BARS and tokens[at + 2].text in LAW_OPENINGS
        return ends or bar or tokens[at + 1].text in _CLOSE_LIST

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
        number = self._number(place, conjunction) or self._roman(place)
        if number is None:
            return None
        value, place = number
        return self._finish(at, place, value, opened)

    def _number(self, at: int, conjunction: bool) -> tuple[int, int] | None:
        tokens, token = self.tokens, self.tokens[at]
        found = number_at(tokens.text, token.start + conjunction) if token.text else None
        stop = tokens.after(found.end) if found else None
        if found is None or stop is None or not 1 <= found.value <= MAX_ARTICLE:
            return None
        if token.is_digits and (len(token.text) > 4 or self._is_other_number(stop)):
            return None
        return found.value, stop

    def _roman(self, at: int) -> tuple[int, int] | None:
        """Read "Article II" of a treaty: a Roman numeral in capitals."""
        token = self.tokens[at]
        value = parse_roman(token.text) if token.text.isascii() and token.is_word else None
        head = at - 1 - (self.tokens[at - 1].text == ".")
        if not value or self.tokens[head].text not in HEADS:
            return None
        start, end = self.tokens.span(at, at + 1)
        return (value, at + 1) if self.tokens.source[start:end].isupper() else None

    def _is_other_number(self, stop: int) -> bool:
        """Whether the digits before tokens[stop] are a law's number, a share, a time or a sum."""
        tokens = self.tokens
        following, after = tokens[stop], tokens[stop + 1]
        if following.text in ("%", "٪", "$", "‰", "°", "+", "=", "*"):
            return True
        year = after.is_digits and int(after.text[:6]) in YEARS
        if following.text in ("/", "-") and year:
            return True
        if following.text in ("لسنه", "سنه", "لعام") or (following.text == "of" and year):
            return True
        if following.text in (":", ",", ".") and following.gap is Gap.NONE:
            # "5:30", "1,000"; "2.1" is read as a paragraph, and so is "2.1.3"
            thousands = following.text != "." and after.is_digits and after.gap is Gap.NONE
            return thousands and (following.text == ":" or len(after.text) == 3)
        return following.text in OTHER_REPEATS

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
        paragraph = letter.text == "ف" and tokens[place + 1].is_digits  # «٣ف٢»
        if glued and not paragraph and letter.text not in ("ق", "و"):  # «254ق الجزاء», «٢و٣»
            if not letter.text.isascii() or letter.text in "bcdefghijk" or letter.text == "a":
                return self._lettered(at, place, top)
            return None
        if tokens[place].text in ("/", "."):
            row = None
            if self.count != ONE:
                row = list_at(tokens, at, place, value) or two_articles_at(tokens, at, place, value)
            if part := row or slashed_at(tokens, at, place, top, value):
                return part if part.either else self._with_clauses(self._with_brackets(part))
        if dotted := self._dashed_letter(at, place, top):
            return dotted
        segments, place = bracketed_at(tokens, place)
        paths: list[Path] = [(top, *segments)]
        if segments:
            others, place = siblings_at(tokens, place, segments[-1])
            paths += [(top, *segments[:-1], other) for other in others]
        return self._with_clauses(Item(at, place, tuple(paths)))

    def _with_brackets(self, item: Item) -> Item:
        """Read the bracket of "6.1(b)": a point of the paragraph."""
        below, stop = bracketed_at(self.tokens, item.stop, top=False)
        return replace(item, stop=stop, paths=tuple((*path, *below) for path in item.paths))

    def _with_clauses(self, item: Item) -> Item:
        place, paths = item.stop, list(item.paths)
        while (clauses := self._clauses_after(place)) and len(paths[0]) < 5:
            place = clauses.stop
            if clauses.segments:
                paths = [(*path, segment) for path in paths for segment in clauses.segments]
        return Item(item.first, place, tuple(paths))

    def _lettered(self, at: int, place: int, top: str) -> Item | None:
        """Read "24A", «24أ»: an inserted article or a point of article 24."""
        label = label_at(self.tokens, place)
        if label is None or label.text is None:
            return None
        return Item(at, place + 1, ((f"{top}-bis-{label.text}",), (top, f"pt-{label.text}")), True)

    def _dashed_letter(self, at: int, place: int, top: str) -> Item | None:
        """Read «2-أ», «2 أ» before «من» or the law: an inserted article or a point, as «24أ»."""
        dashed = self.tokens[place].text in DASHES
        letter = self.tokens[place + dashed]
        arabic = len(letter.text) == 1 and not letter.text.isascii()
        after = self.tokens[place + dashed + 1].text
        if not arabic or letter.text in "وقمفه" or after not in OF | _WORKS:
            return None
        lettered = self._lettered(at, place + dashed, top)
        return replace(lettered, stop=place + dashed + 1) if lettered else None

    def _section_sign(self, at: int) -> Clauses | None:
        """Read "§ 2" after an article's number: a paragraph there, an article anywhere else."""
        label = label_at(self.tokens, at + 1) if self.tokens[at].text in ("§", "¶") else None
        if label is None or label.text is None or not label.text.isdecimal():
            return None
        return Clauses((f"par-{label.text}",), label.stop)

    def _numbered_point(self, place: int, at: int) -> Clauses | None:
        """Read "no. 3", «ب 3» after a paragraph: "art. 2 para. 2 no. 3"."""
        tokens = self.tokens
        if not tokens[place - 1].is_digits or tokens[place - 2].text not in (*CLAUSES, ".", "§"):
            return None
        if tokens[at].text not in ("no", "nr", "ب"):
            return None
        label = label_at(tokens, at + (tokens[at].text == "ب"))
        if label is None or not (label.text or "").isdecimal():
            return None
        after, beyond = tokens[label.stop].text, tokens[label.stop + 1]
        year = after in ("/", "لسنه") or (after == "of" and beyond.is_digits)
        return None if year else Clauses((f"pt-{label.text}",), label.stop)

    def _clauses_after(self, place: int) -> Clauses | None:
        at = place
        if self.tokens[at].text in COMMAS | DASHES | {"/"}:
            at += 1
        if self.tokens[at].text in OPENERS:
            clauses = clauses_at(self.tokens, at + 1)
            if clauses and self.tokens[clauses.stop].text in CLOSERS:
                return replace(clauses, stop=clauses.stop + 1)
            return None
        clauses = clauses_at(self.tokens, at) or self._section_sign(at)
        clauses = clauses or self._numbered_point(place, at)
        # «المادة 2، الفقرة الأولى من المادة 3»: the clause belongs to what follows
        if clauses and self.tokens[clauses.stop].text in OF:
            beyond = self.tokens[clauses.stop + 1].text
            if beyond in HEADS or clauses_at(self.tokens, clauses.stop + 1):
                return None
        return clauses


_CLOSE_LIST = BRACKETS | OF | LAW_OPENINGS
_MAY_FOLLOW = AND | TO | OF | LAW_OPENINGS | AR_LAW.keys() | AR_DECREE.keys() | CONVENTION
_WORKS = CONVENTION | {"بروتوكول", "القانون", "قانون"}
_MAY_FOLLOW |= {"laws", "decree", "in", "the"}
