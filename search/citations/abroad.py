"""Whether the words around a citation say that another country's law is meant, a known one or not.

«قانون العمل في روريتانيا», "labour law article 10 in Egypt", «في مصر، المادة 10 من قانون العمل».
"""

from __future__ import annotations

from search.citations.countries import COUNTRY_WORDS, country_after, is_name
from search.citations.foreign_shapes import looks_foreign
from search.citations.joining_words import THIS
from search.citations.law_words import CAPITALISED
from search.citations.lexer import Gap, Tokens
from search.citations.place_words import (
    APPLIED,
    COUNTRY,
    EN_STATES,
    IN,
    MONTHS,
    NO_PROPER_NAMES,
    OTHER,
    OTHER_STATES,
    STATES,
)
from search.citations.vocabulary import (
    AR_LAW,
    ARTICLE,
    CLOSERS,
    COMMAS,
    DASHES,
    EN_LAW,
    HEADS,
    NUMBER_SIGNS,
    SENTENCE_ENDS,
)
from search.text.numerals import adverb_at

_APART = COMMAS | DASHES | {"("}
_NO_NAMES = CAPITALISED | NO_PROPER_NAMES | MONTHS | EN_LAW.keys()
_ENDS = _APART | CLOSERS | SENTENCE_ENDS
_MAX_OPENING = 8  # words before a citation that say no more than where


def strange_place_at(tokens: Tokens, at: int) -> int | None:
    """Return the index after a place that no list knows: «في روريتانيا», "in Wakanda"."""
    place = at + (tokens[at].text in _APART)
    apart = place > at
    led = False
    while place < at + 6 and tokens[place].text in IN | APPLIED:
        led = led or tokens[place].text in IN | {"of", "for"}
        place += 1
    if any(tokens[i].gap > Gap.SPACE for i in range(at, place + 1)) or not tokens[place].is_word:
        return None
    if tokens[place].text.isascii():
        return _english_at(tokens, place, led, apart)
    found = _arabic_at(tokens, place, led or apart)
    alone = led or not apart or tokens[place + 1].text in _ENDS
    return found if alone and not adverb_at(tokens.text, tokens[place].start) else None


def is_abroad(tokens: Tokens, home: str, first: int, stop: int) -> bool:
    """Whether a country before or behind a whole citation, tokens[first:stop], is not `home`."""
    return _opens_abroad(tokens, home, first) or _ends_abroad(tokens, home, stop)


def _ends_abroad(tokens: Tokens, home: str, at: int) -> bool:
    """ "Labour law article 10 in Egypt", «… المادة 10 بمصر», "…, Egypt"."""
    if tokens[at].gap > Gap.SPACE:
        return False
    if (found := country_after(tokens, at)) is not None:
        code, stop = found
        led = stop > at + 1 or tokens[at].text.startswith(("ب", "ل"))
        named = any(is_name(tokens, place) for place in range(at, stop))
        return code != home and led and named
    return strange_place_at(tokens, at) is not None


def _opens_abroad(tokens: Tokens, home: str, first: int) -> bool:
    """Whether a sentence opens abroad: «في مصر، المادة 10 …», "Egypt: labour law …"."""
    start = first
    while start > first - _MAX_OPENING and tokens[start - 1].text not in SENTENCE_ENDS:
        start -= 1
    if start == first or tokens[start - 1].text not in SENTENCE_ENDS:
        return False
    law = tokens[start].text in AR_LAW
    found = country_after(tokens, start + law)
    code, stop = found if found else (None, strange_place_at(tokens, start))
    if stop is None or code == home:
        return False
    law = law or tokens[stop].text in EN_LAW
    stop += tokens[stop].text in EN_LAW
    marked = tokens[stop].text in _APART | {":"}
    named = law or not found or any(is_name(tokens, place) for place in range(start, stop))
    return named and stop + marked == first and (marked or not law)


def _arabic_at(tokens: Tokens, at: int, led: bool) -> int | None:
    text, after = tokens[at].text, tokens[at + 1]
    if text in OTHER_STATES:
        return at + 1
    if text in STATES:
        home = COUNTRY_WORDS.get(after.text) == "kw" or not after.is_word or after.gap > Gap.SPACE
        guardian = text.endswith("ولايه") and after.text.startswith(ARTICLE)  # «في ولاية الأب»
        return None if home or guardian or after.text in HEADS else at + 2
    joined = not led and text[:1] in ("ب", "ل")
    return at + 1 if (led or joined) and looks_foreign(text[joined:]) else None


def _english_at(tokens: Tokens, at: int, led: bool, apart: bool) -> int | None:
    if led and (stop := _other_country_at(tokens, at)):
        return stop
    place, state = at, False
    kind = at + (tokens[at + 1].text in EN_STATES)  # "of the Grand Duchy of"
    if tokens[kind].text in EN_STATES and tokens[kind + 1].text == "of":
        place, state = kind + 2 + (tokens[kind + 2].text == "the"), True
    word = tokens[place]
    if not (led or apart) or not word.is_word or word.text in COUNTRY_WORDS:
        return None
    if word.text in HEADS or word.text in _NO_NAMES:
        return None
    named = (state or tokens[place - 1].text == "in") and _is_titled(tokens, place)
    alone = not apart or not tokens[place + 1].is_word or tokens[place + 1].text in HEADS
    return place + 1 if named or (alone and looks_foreign(word.text)) else None


def _other_country_at(tokens: Tokens, at: int) -> int | None:
    """Read "another state", "the worker's home country"."""
    if tokens[at].text in OTHER and tokens[at + 1].text in COUNTRY:
        return at + 2
    for place in range(at + 1, at + 5):
        if tokens[place].text in ("country", "countries"):
            return place + 1 if tokens[at].text not in THIS else None
        if not tokens[place].is_word and tokens[place].text not in ("'", "’"):
            return None
    return None


def _is_titled(tokens: Tokens, at: int) -> bool:
    """Whether a capital begins the word, a name that does not go on: not "in Cases of theft"."""
    start, end = tokens.span(at, at + 1)
    after = tokens[at + 1]
    goes_on = after.text == "of" or after.is_digits or after.text in NUMBER_SIGNS
    return (
        tokens.source[start].isupper() and tokens.source[start + 1 : end].islower() and not goes_on
    )
