"""Read a law's type, number and year: «المرسوم بقانون رقم ١١٤ لسنة ٢٠٢٤», "Law no. 91 of 2013"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.countries import COUNTRY_WORDS
from search.citations.law_words import OLD_OR_NEW
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import (
    AR_AMIRI,
    AR_BY_LAW,
    AR_DECISION,
    AR_DECREE,
    AR_LAW,
    AR_LAW_SLIPS,
    AR_MINISTERIAL,
    BRACKETS,
    COMMAS,
    DASHES,
    DECISION,
    DECREE,
    DECREE_LAW,
    EN_DECISION,
    EN_DECREE_PREFIX,
    EN_LAW,
    LAW,
    NUMBER_SIGNS,
    YEAR_SLIPS,
    YEAR_WORDS,
)
from search.text.numerals import cardinal_at
from search.text.year_words import year_words_at

YEARS = range(1900, 2101)
_SAID_SLASH = frozenset({"slash", "شرطه", "علي"})  # as dictated: «91 على 2013»
_BEFORE_YEAR = YEAR_WORDS | YEAR_SLIPS | COMMAS
_BEFORE_YEAR |= {
    "الصادر",
    "الصادره",
    "صادر",
    "issued",
    "promulgated",
    "enacted",
    "passed",
    "in",
    "from",
}


@dataclass(frozen=True, slots=True)
class LawNumber:
    """Type, number and year as written, up to tokens[stop].

    `year` 0 stands for one that is not to be guessed (two digits, Hijri), None for none at all;
    `short` then holds the two digits; `signed`: a «رقم» or "No." marks the number.
    """

    number: str
    year: int | None
    stop: int
    type: str | None = None
    country: str | None = None
    signed: bool = False
    short: int | None = None


def law_number_at(tokens: Tokens, at: int) -> LawNumber | None:
    """Read a law word and its number at tokens[at]."""
    head = _head(tokens, at)
    if head is None:
        return None
    kind, place = head
    country = COUNTRY_WORDS.get(tokens[place].text)
    while tokens[place].text in COUNTRY_WORDS and not tokens[place].text.isascii():
        place += 1  # «الاتحادي الإماراتي»
    place += tokens[place].text in OLD_OR_NEW and tokens[place + 1].text in NUMBER_SIGNS
    found = _year_first(tokens, place) or number_and_year_at(tokens, place, alone=True)
    if found is None:
        return None
    if found.year is None and tokens[at].text in ("l", "act", "statute"):
        return None
    return replace(found, type=kind, country=country)


def _head(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Return the type of law and the index after its words."""
    text = tokens[at].text
    if text in AR_DECISION:
        place = at + 1
        while tokens[place].text in AR_MINISTERIAL and place < at + 3:
            place += 1
        return DECISION, place
    if text == "م":
        stop = short_decree_law_at(tokens, at + 1)
        return (DECREE_LAW, stop) if stop else None
    if text in AR_LAW_SLIPS and tokens[at + 1].text in NUMBER_SIGNS:
        return LAW, at + 1
    if text in AR_DECREE:
        return _arabic_decree(tokens, at + 1)
    if text in AR_LAW:
        abbreviated = len(text) <= 2 and tokens[at + 1].text in (".", "/")
        return LAW, at + 1 + abbreviated
    return _english_head(tokens, at)


def short_decree_law_at(tokens: Tokens, at: int) -> int | None:
    """Step over the rest of «م بقانون», and of «م.ق», «م/ق» where a law's number follows."""
    if tokens[at].text in AR_BY_LAW:
        return at + 1
    place = at + (tokens[at].text in (".", "/"))
    if tokens[place].text != "ق":
        return None
    place += 1 + (tokens[place + 1].text in (".", "/"))
    follows = tokens[place].is_digits or tokens[place].text in NUMBER_SIGNS
    return place if follows else None


def _english_head(tokens: Tokens, at: int) -> tuple[str, int] | None:
    text = tokens[at].text
    place = at + (text == "ministerial")
    if tokens[place].text in EN_DECISION:
        return DECISION, place + 1
    if text in EN_DECREE_PREFIX and tokens[at + 1].text == "decree":
        kind, stop = _english_decree(tokens, at + 2)
        return (DECREE_LAW if text == "legislative" else kind), stop
    if text == "decree":
        return _english_decree(tokens, at + 1)
    if text == "dl" or [tokens[at + step].text for step in range(3)] == ["d", ".", "l"]:
        place = at + (1 if text == "dl" else 3)
        return DECREE_LAW, place + (tokens[place].text == ".")
    if text in EN_LAW:
        return LAW, at + 1 + (text == "l" and tokens[at + 1].text == ".")
    return None


def _arabic_decree(tokens: Tokens, at: int) -> tuple[str, int]:
    place = at + (tokens[at].text in AR_AMIRI)
    if tokens[place].text in AR_BY_LAW | {"قانون", "القانون"}:  # «مرسوم القانون رقم 114»
        return DECREE_LAW, place + 1
    if tokens[place].text == "ب" and tokens[place + 1].text in ("قانون", "القانون"):
        return DECREE_LAW, place + 2
    return DECREE, place


def _english_decree(tokens: Tokens, at: int) -> tuple[str, int]:
    place = at + (tokens[at].text in DASHES or tokens[at].text == "by")
    return (DECREE_LAW, place + 1) if tokens[place].text == "law" else (DECREE, at)


def number_and_year_at(
    tokens: Tokens, at: int, slash_only: bool = False, alone: bool = False
) -> LawNumber | None:
    """Read «رقم ٩١ لسنة ٢٠١٣», "91/2013", "2013/91"; with `alone` also a number without year."""
    place = at
    signs = set() if slash_only else NUMBER_SIGNS | {".", ":", "°"} | BRACKETS
    while tokens[place].text in signs and place < at + 5:
        place += 1
    signed = any(tokens[index].text in NUMBER_SIGNS for index in range(at, place))
    number = _number(tokens, place)
    if number is None:
        return None
    value, place = number
    by_slash = _slashed_year(tokens, place, value)
    if by_slash or slash_only:
        return replace(by_slash, signed=signed) if by_slash else None
    by_word = _worded_year(tokens, place, value)
    if by_word:
        return replace(by_word, signed=signed)
    bracketed = place > at and tokens[place - 2].text in BRACKETS
    place += bracketed and tokens[place].text in BRACKETS
    if not alone or tokens[place].text in ("/", "%"):
        return None
    return LawNumber(value, None, place, signed=signed)


def _year_first(tokens: Tokens, at: int) -> LawNumber | None:
    """Read «لسنة ٢٠١٣ رقم ٩١», "of 2013 No. 91"; another year behind makes it none."""
    year, place, said = year_at(tokens, at)
    place += tokens[place].text in COMMAS
    signed = said and tokens[place].text in NUMBER_SIGNS
    found = number_and_year_at(tokens, place, alone=True) if signed else None
    return replace(found, year=year) if found and found.year is None else None


_SERIES = {"ا": "a", "ب": "b", "a": "a", "b": "b"}


def _number(tokens: Tokens, at: int) -> tuple[str, int] | None:
    token = tokens[at]
    if token.is_digits:
        if len(token.text) > 4 or not int(token.text):
            return None
        return _series(tokens, at) or (str(int(token.text)), at + 1)
    words = cardinal_at(tokens.text, token.start) if token.is_word else None
    stop = tokens.after(words.end) if words else None
    # Number words count a law only before a year; "law one should obey" is none.
    if words is None or stop is None or tokens[stop].text not in YEAR_WORDS | _SAID_SLASH:
        return None
    return str(words.value), stop


def _series(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read «143/أ لسنة 2010», "201 (A) for 2011": a letter, then the year."""
    marked = tokens[at + 1].text in ("/", "-", "(")
    letter = tokens[at + 1 + marked].text
    if letter not in _SERIES:
        return None
    stop = at + 2 + marked
    stop += tokens[at + 1].text == "(" and tokens[stop].text == ")"
    if tokens[at + 1].text != "/" and tokens[stop].text not in YEAR_WORDS | {"/"}:
        return None
    return f"{int(tokens[at].text)}/{_SERIES[letter]}", stop


def _year_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Return the digits of a year in digits or words and the index after it."""
    token = tokens[at]
    if token.is_digits:
        return token.text, at + 1
    words = year_words_at(tokens.text, token.start) if token.is_word else None
    stop = tokens.after(words.end) if words else None
    return (str(words.value), stop) if words and stop else None


def _slashed_year(tokens: Tokens, at: int, value: str) -> LawNumber | None:
    place = at + (tokens[at].text in BRACKETS)
    slash = tokens[place].text == "/" or tokens[place].text in _SAID_SLASH
    if not slash and tokens[place].text not in DASHES:
        return None
    place += 1
    place += tokens[place].text in BRACKETS
    second = _year_at(tokens, place)
    if second is None or len(second[0]) > 4:
        return None
    digits, stop = second
    if tokens[stop].text == "/" and tokens[stop + 1].is_digits:
        return None  # a date
    stop += tokens[stop].text in BRACKETS and tokens[place - 1].text in BRACKETS
    number = _in_order(value, digits, stop)
    if not number.year:
        return number if slash else None
    return replace(number, stop=_after_year(tokens, stop))


def _in_order(value: str, second: str, stop: int) -> LawNumber:
    """Tell number and year apart: «91/2013» and «2013/91»; year 0 where that cannot be told."""
    first, year = int(value) if value.isdecimal() else 0, int(second)
    if year in YEARS and first not in YEARS:
        return LawNumber(value, year, stop)
    if first in YEARS and year and year not in YEARS:
        return LawNumber(str(year), first, stop)
    return LawNumber(value, 0, stop, short=year if len(second) == 2 else None)


def _worded_year(tokens: Tokens, at: int, value: str) -> LawNumber | None:
    """Read «لسنة (2013)», "of 2013", "for the year 2013", ", 2013", or the year alone."""
    place = at + (tokens[at].text in BRACKETS)
    words = 0
    while tokens[place].text in _BEFORE_YEAR and words < 4:
        place, words = place + 1, words + 1
    place += words > 0 and tokens[place].text == ":"  # «لسنة: 2013»
    bracket = tokens[place].text in BRACKETS
    place += bracket
    year = _year_at(tokens, place)
    if year is None or tokens[place].gap > Gap.LINE:
        return None
    digits, stop = year
    said = any(tokens[index].text in _BEFORE_YEAR - COMMAS for index in range(at, place))
    if int(digits[:6]) not in YEARS:
        stop += tokens[stop].text == "ه"
        short = int(digits) if len(digits) == 2 else None
        return LawNumber(value, 0, stop, short=short) if said and len(digits) in (2, 4) else None
    if not said and not tokens[place].is_digits:
        return None
    bracket = bracket or tokens[place - 1].text == "("
    stop += bracket and tokens[stop].text in BRACKETS
    return LawNumber(value, int(digits), _after_year(tokens, stop))


def _after_year(tokens: Tokens, stop: int) -> int:
    """Step over the «م» of «2013م»; «2013 م 2» goes on with an article."""
    suffix = tokens[stop]
    return stop + 1 if suffix.text == "م" and suffix.gap is Gap.NONE else stop


def year_at(tokens: Tokens, at: int) -> tuple[int | None, int, bool]:
    """Read a year after a law's name; the last value says that a word or bracket marks it."""
    place = at
    while tokens[place].text in YEAR_WORDS | COMMAS | {"("} and place < at + 4:
        place += 1
    token = tokens[place]
    if not token.is_digits or len(token.text) != 4 or int(token.text) not in YEARS:
        return None, at, False
    if tokens[place + 1].text in ("/", "-") or token.gap > Gap.SPACE:
        return None, at, False
    marks = {tokens[index].text for index in range(at, place)}
    explicit = bool(marks - COMMAS)
    stop = place + 1 + ("(" in marks and tokens[place + 1].text == ")")
    return int(token.text), _after_year(tokens, stop), explicit
