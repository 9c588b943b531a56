"""Read what a slash or a full point parts: «10/2», «2/أ», "2.1", «2/2/7», "178/180"."""

from __future__ import annotations

from itertools import pairwise

from search.citations.items import MAX_ARTICLE, Item
from search.citations.labels import MAX_LABEL, Label, label_at
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import DASHES
from search.identifiers import article_segment
from search.text.numerals import adverb_at

_SLASH_LIMIT = 20  # «10/2» is paragraph 2 of article 10 for certain only in this order


def slashed_at(tokens: Tokens, at: int, place: int, top: str, value: int) -> Item | None:
    """Read «10/2», «2/أ», "2.1": a paragraph or point after a slash or a full point."""
    mark = tokens[place]
    label = label_at(tokens, place + 1)
    close = mark.gap is Gap.NONE and tokens[place + 1].gap is Gap.NONE
    if label is None or label.text is None or (mark.text == "." and not close):
        return None
    if tokens[place + 1].is_digits:
        return _numbered(tokens, Item(at, label.stop, ((top, label.text),)), mark.text, value)
    adverb = adverb_at(tokens.text, tokens[place + 1].start)  # «2/أولا»
    is_point = adverb if label.text.isdecimal() else mark.text == "/"
    if not is_point:
        return None
    below = _further_level(tokens, label.stop, mark.text)  # «41/ب/3»
    path = (top, f"pt-{label.text}", f"pt-{below.text}") if below else (top, f"pt-{label.text}")
    return Item(at, below.stop if below else label.stop, (path,))


def list_at(tokens: Tokens, at: int, place: int, value: int) -> Item | None:
    """Read "185/201/204", «مواد 22/23/24»: articles in a row, or perhaps a paragraph and point."""
    numbers, stop = [value], place
    while tokens[stop].text == "/" and tokens[stop + 1].is_digits:
        numbers.append(int(tokens[stop + 1].text[:5]))
        stop += 2
    rising = all(one < other for one, other in pairwise(numbers))
    if len(numbers) < 3 or not rising or numbers[-1] > MAX_ARTICLE or len(numbers) > MAX_LABEL:
        return None
    return Item(at, stop, tuple((article_segment(n, None),) for n in numbers), either=True)


def _numbered(tokens: Tokens, item: Item, mark: str, value: int) -> Item | None:
    """Read on from article and number: a range, a point below, or nothing more."""
    (top, number), at, stop = item.paths[0], item.first, item.stop
    if _goes_on(tokens, stop):
        return _range(tokens, at, Label(number, stop), top)
    if below := _further_level(tokens, stop, mark):
        return Item(at, below.stop, ((top, f"par-{number}", f"pt-{below.text}"),))
    sure = mark == "." or int(number) <= min(value, _SLASH_LIMIT)
    turned = (f"art-{number}", f"par-{value}")
    paths = ((top, f"par-{number}"),) if sure else ((top, f"par-{number}"), turned)
    return Item(at, stop, paths, not sure)


def _further_level(tokens: Tokens, place: int, mark: str) -> Label | None:
    """Read the last number of «2/2/7», "2.2.7": a point of the paragraph."""
    spaced = mark == "/" and tokens[place + 1].is_digits  # «م 2 / 2 / 4»
    again = tokens[place].text == mark and (spaced or tokens[place].gap is Gap.NONE)
    label = label_at(tokens, place + 1) if again else None
    named = label is not None and label.text is not None
    letter = mark == "/" and len(tokens[place + 1].text) == 1  # «2/2/ج»
    close = spaced or tokens[place + 1].gap is Gap.NONE
    return label if named and close and (letter or tokens[place + 1].is_digits) else None


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether a dash and digits follow: «٢/١-٧» are points 1 to 7 of article 2."""
    return tokens[place].text in DASHES and tokens[place + 1].is_digits


def _range(tokens: Tokens, at: int, label: Label, top: str) -> Item | None:
    last = label_at(tokens, label.stop + 1)
    if last is None or label.text is None or not (last.text or "").isdecimal():
        return None
    first, final = int(label.text), int(last.text or 0)
    if not first < final:
        return None
    paths = tuple((top, f"par-{number}") for number in range(first, final + 1))
    return Item(at, last.stop, paths)


def two_articles_at(tokens: Tokens, at: int, place: int, value: int, several: bool) -> Item | None:
    """Read "178/180", «المادتان 47/48», which no paragraph can mean: two articles, or a range."""
    second = tokens[place + 1]
    if tokens[place].text != "/" or not second.is_digits or len(second.text) > 4:
        return None
    least = _SLASH_LIMIT if several else MAX_LABEL
    if not max(value, least) < int(second.text) <= MAX_ARTICLE:
        return None
    ends = (article_segment(value, None),), (article_segment(int(second.text), None),)
    return Item(at, place + 2, ends, either=True)
