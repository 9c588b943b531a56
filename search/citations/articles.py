"""Read the article part of a citation: «المادتان ٢ و٣», "para. 2 of arts 3-7, 24 bis (a)".

Knows nothing of laws: it returns which articles are meant, as paths below whatever law it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.article_numbers import NumberReader
from search.citations.clauses import Clauses, clauses_at
from search.citations.items import MAX_ARTICLE, YEARS, Item
from search.citations.joining_words import (
    NEW,
)
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import (
    COMMAS,
    DASHES,
    HEADS,
    ISSUING,
    MANY,
    NUMBER_SIGNS,
    OF,
    ORDINAL_ENDINGS,
    PREAMBLE,
    WEAK_HEADS,
)
from search.identifiers import article_segment
from search.text.numerals import digits_at, ordinal_at

_LOW_ARTICLES = frozenset(f"art-{number}" for number in range(1, 6))
_EN_ARTICLE = frozenset({"article", "art"})


@dataclass(frozen=True, slots=True)
class Articles:
    """The article part of a citation: tokens[first:stop].

    `weak`: it is one only beside a law ("s. 2", "m. 2", a preamble); `joined`: it begins with a
    conjunction, so it does not belong to a law before it.
    """

    first: int
    stop: int
    items: tuple[Item, ...]
    weak: bool = False
    joined: bool = False


def articles_at(tokens: Tokens, at: int) -> Articles | None:
    """Read the article part that begins exactly at tokens[at]."""
    if tokens[at].text in PREAMBLE:
        joined = PREAMBLE[tokens[at].text]
        return Articles(at, at + 1, (Item(at, at + 1, (("preamble",),)),), True, joined)
    clauses, place = _clauses_before(tokens, at)
    found = _headed(tokens, place, sure=bool(clauses))
    if found is None or not clauses:
        return found
    return _with_clauses(found, clauses, at)


def _clauses_before(tokens: Tokens, at: int) -> tuple[list[Clauses], int]:
    """Read «البند (٧) من الفقرة الأولى من», innermost first, up to the article's own word."""
    chain: list[Clauses] = []
    place = at
    while len(chain) < 4 and (clauses := clauses_at(tokens, place)):
        said = {tokens[place - 1].text, tokens[place - 2].text} & OF
        outer_first = not said and bool(chain) and _is_below(clauses, chain[-1])
        chain.insert(len(chain) - outer_first, clauses)  # «الفقرة 2، البند 6، المادة 2»
        place = clauses.stop
        if tokens[place].text in COMMAS:
            place += 1
        if tokens[place].text in OF:
            place += 1
        if tokens[place].text == "the":
            place += 1
    return chain, place


def _is_below(clauses: Clauses, other: Clauses) -> bool:
    """Whether points follow a paragraph that they are of."""
    kinds = [each.segments[0].partition("-")[0] for each in (clauses, other) if each.segments]
    return kinds == ["pt", "par"]


def _with_clauses(found: Articles, chain: list[Clauses], at: int) -> Articles | None:
    """Put the clauses below the article; of several articles nobody cites one paragraph."""
    first, *others = found.items
    if others or len(first.paths) != 1 or first.either:
        return replace(found, first=at, items=(replace(first, first=at), *others))
    paths = [first.paths[0]]
    for clauses in reversed(chain):
        if clauses.segments:
            paths = [(*path, segment) for path in paths for segment in clauses.segments]
    return replace(found, first=at, items=(replace(first, first=at, paths=tuple(paths)),))


def _headed(tokens: Tokens, at: int, sure: bool = False) -> Articles | None:
    text = tokens[at].text
    if text in HEADS:
        count, joined = HEADS[text]
        weak = False
    elif text in WEAK_HEADS:
        count, joined, weak = WEAK_HEADS[text], False, True
    elif text in ISSUING and tokens[at + 1].text in HEADS:  # "issuing article 1"
        found = _headed(tokens, at + 1)
        return _issuing(found, at) if found else None
    else:
        return _ordinal_first(tokens, at)
    if text == "§" and tokens[at + 1].text == "§":
        at, count = at + 1, MANY
    if len(text) <= 2 and not sure and _is_no_head(tokens, at):
        return None
    place = at + 1 + (tokens[at + 1].text in NEW)
    if issuing := tokens[place].text in ISSUING:
        place += 1
    if tokens[place].text in ("/", ".", ":", *DASHES) and tokens[place].gap is not Gap.LINE:
        place += 1
    if tokens[place - 1].text == "." and _is_plural_ending(tokens, place):
        place, count = place + 1, MANY
    if count == MANY and _is_subject(tokens, place):
        place, weak = place + 1, True
    items, stop = NumberReader(tokens, count).read(place)
    if not items:
        return None
    items[0] = replace(items[0], first=at)
    found = Articles(at, stop, tuple(items), weak, joined)
    return _issuing(found, at) if issuing else _perhaps_issuing(tokens, found)


def _is_plural_ending(tokens: Tokens, at: int) -> bool:
    """Whether the "s" of "Art.s 178, 179" stands here."""
    return tokens[at].text == "s" and tokens[at].gap is Gap.NONE and tokens[at + 1].is_digits


def _is_subject(tokens: Tokens, at: int) -> bool:
    """Whether one word says what the articles are about: «مواد العود 85 و86 جزاء»."""
    number = tokens[at + 1]
    return tokens[at].text.startswith("ال") and number.is_digits and len(number.text) < 4


def _ordinal_first(tokens: Tokens, at: int) -> Articles | None:
    """Read "the second article", "1st article", which cite only beside a law."""
    token = tokens[at]
    ordinal = ordinal_at(tokens.text, token.start) if token.text.isascii() else None
    place = tokens.after(ordinal.end) if ordinal else None
    if token.is_digits and tokens[at + 1].text in ORDINAL_ENDINGS:
        ordinal, place = digits_at(tokens.text, token.start), at + 2
    if ordinal is None or place is None or tokens[place].text not in _EN_ARTICLE:
        return None
    if not 1 <= ordinal.value <= MAX_ARTICLE:
        return None
    item = Item(at, place + 1, ((article_segment(ordinal.value, None),),))
    return Articles(at, place + 1, (item,), weak=True)


def _issuing_after(tokens: Tokens, at: int) -> int | None:
    """Step over «إصدار», «من مواد إصدار», «من قانون الإصدار» after the number."""
    if tokens[at].text in ISSUING:
        return at + 1
    between = tokens[at].text in OF and tokens[at + 1].text in ("مواد", "ماده", "قانون")
    return at + 3 if between and tokens[at + 2].text in ISSUING else None


def _law_issuing_after(tokens: Tokens, at: int) -> int | None:
    """Step over "of the law issuing" before the name of what the law issued."""
    place = at + 1 + (tokens[at + 1].text == "the")
    issuing = tokens[place].text in ("law", "decree") and tokens[place + 1].text in ISSUING
    return place + 2 if tokens[at].text == "of" and issuing else None


def _perhaps_issuing(tokens: Tokens, found: Articles) -> Articles:
    """Read what makes an issuing law's article of it, if that follows; of a low number a choice.

    "Article 1 of the law issuing the Penal Code" may be that law's own or the Code's.
    """
    if after := _issuing_after(tokens, found.stop):
        return _issuing(replace(found, stop=after), found.first)
    after = _law_issuing_after(tokens, found.stop)
    if after is None:
        return found
    found = replace(found, stop=after)
    issuing = _issuing(found, found.first)
    items = tuple(
        replace(item, paths=(*own.paths, *item.paths), either=True) if _is_low(item) else item
        for item, own in zip(found.items, issuing.items, strict=True)
    )
    return replace(found, items=(*items[:-1], replace(items[-1], stop=found.stop)))


def _is_low(item: Item) -> bool:
    return any(path[0] in _LOW_ARTICLES for path in item.paths)


def _is_no_head(tokens: Tokens, at: int) -> bool:
    """«م» after a number is a metre or the year's sign; after «رقم» it is part of a number."""
    before, after = tokens[at - 1], tokens[at + 1]
    if before.is_digits and int(before.text[:6]) not in YEARS:
        square = after.gap is Gap.NONE and after.text in ("2", "3")
        metre = tokens[at].gap is Gap.NONE or square
    else:
        metre = before.is_digits and tokens[at].gap is Gap.NONE
    named = before.text == "/" and tokens[at - 2].is_word and len(tokens[at - 2].text) > 2
    glued = tokens[at].gap is Gap.NONE and before.text in ("/", "-", "'", "’") and not named
    return metre or glued or before.text in NUMBER_SIGNS


def _issuing(found: Articles, first: int) -> Articles:
    items = tuple(
        replace(
            item,
            paths=tuple(
                (f"issuing-{path[0]}" if path[0].startswith("art-") else path[0], *path[1:])
                for path in item.paths
            ),
        )
        for item in found.items
    )
    items = (replace(items[0], first=first), *items[1:])
    items = (*items[:-1], replace(items[-1], stop=max(items[-1].stop, found.stop)))
    return replace(found, first=first, items=items)
