"""Read numbers written as digits or as words, in Arabic and English; Roman ones for chapters.

Everything that ends in `_at` reads *folded* text (`search.text.fold`) at one exact position and
returns what it found with its offsets there, or None; it asks for no word boundary on the left, so
that a caller can step over a conjunction («والثانية») first. `parse_*` take any text and want the
whole of it to be the number. Words reach 999; digits are read up to six of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search.text.fold import fold_text
from search.text.number_words import (
    AR_ADVERBS,
    AR_AFTER,
    AR_HUNDREDS,
    AR_ONE_HUNDRED,
    AR_TEN,
    AR_TENS,
    AR_UNIT_CARDINALS,
    AR_UNIT_ORDINALS,
    EN_CARDINAL_LOW,
    EN_ORDINAL_LOW,
    EN_ORDINAL_TENS,
    EN_TENS,
)

MAX_WORDS_VALUE: Final = 999

_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d{1,6}(?!\d)")
# Between the words of one number: a little white space, in English also a hyphen.
_SPACE = re.compile(r"\s{1,4}")
_JOINT = re.compile(r"\s{0,2}[-‐‑–]\s{0,2}|\s{1,4}")
_START = re.compile(r"\d+|[^\W\d_]+")
_SEPARATORS = {"\u066b": ".", "\u066c": ","}
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"": 0} | {
    letters: value
    for value, letters in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"), 1)
}


_AR_STARTS = frozenset((*AR_UNIT_ORDINALS, *AR_UNIT_CARDINALS, *AR_TENS, *AR_HUNDREDS))
_EN_STARTS = frozenset(
    (*EN_CARDINAL_LOW, *EN_ORDINAL_LOW, *EN_TENS, *EN_ORDINAL_TENS, "a", "hundred", "hundredth")
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read in folded text: text[start:end]."""

    value: int
    start: int
    end: int


def fold_digits(text: str) -> str:
    """Write every script's decimal digits as European ones; the length stays the same.

    The Arabic decimal and thousands separators become `.` and `,`. Superscripts and circled
    numbers stay: they are marks of notes, not digits of the number they follow.

    >>> fold_digits("١٬٥٠٠٫٢٥")
    '1,500.25'
    """
    if text.isascii():
        return text
    return "".join(
        str(int(char)) if char.isdecimal() else _SEPARATORS.get(char, char) for char in text
    )


def digits_at(folded: str, position: int) -> Number | None:
    """Read up to six digits; a longer run is no number anybody cites."""
    if not 0 <= position <= len(folded) or folded[max(position - 1, 0) : position].isdecimal():
        return None
    match = _DIGITS.match(folded, position)
    return Number(int(match.group()), position, match.end()) if match else None


def ordinal_at(folded: str, position: int) -> Number | None:
    """Read an ordinal in words: «الحادية والأربعون بعد المائة», "forty-first"."""
    return _arabic_at(folded, position, ordinal=True) or _english_at(folded, position, True)


def cardinal_at(folded: str, position: int) -> Number | None:
    """Read a cardinal in words: «مائتان وسبع وثمانون», "two hundred and eighty-seven"."""
    return _arabic_at(folded, position, ordinal=False) or _english_at(folded, position, False)


def number_at(folded: str, position: int) -> Number | None:
    """Read digits or words, of either kind; of two readings the longer."""
    if digits := digits_at(folded, position):
        return digits
    readings = [n for n in (ordinal_at(folded, position), cardinal_at(folded, position)) if n]
    return max(readings, key=lambda number: number.end, default=None)


def adverb_at(folded: str, position: int) -> Number | None:
    """Read «أولا», «ثانيا»: how Arabic statutes number points; 1 to 10."""
    word = _WORD.match(folded, position)
    value = AR_ADVERBS.get(word.group()) if word else None
    return Number(value, position, word.end()) if word and value else None


def find_number(folded: str, start: int = 0) -> Number | None:
    """Find the first number, in digits or words, that begins at `start` or later.

    Its word may bear the conjunction و, which is not part of the number.
    """
    for match in _START.finditer(folded, start):
        at = match.start()
        number = number_at(folded, at)
        if number is None and folded.startswith("و", at):
            number = number_at(folded, at + 1)
        if number:
            return number
    return None


def parse_ordinal(text: str) -> int | None:
    """Read a text that is an ordinal in words and nothing else."""
    folded = fold_text(text).strip()
    return _whole(folded, ordinal_at(folded, 0))


def parse_cardinal(text: str) -> int | None:
    """Read a text that is a cardinal, in words or digits, and nothing else."""
    folded = fold_text(text).strip()
    return _whole(folded, digits_at(folded, 0) or cardinal_at(folded, 0))


def parse_roman(text: str) -> int | None:
    """Read a Roman numeral from I to XXXIX, in capitals or small letters."""
    match = _ROMAN.fullmatch(text.strip())
    if not match or not match.group():
        return None
    tens, units = match.groups()
    return 10 * len(tens) + _ROMAN_VALUES[units.lower()]


def _whole(folded: str, number: Number | None) -> int | None:
    return number.value if number and number.end == len(folded) else None


# --- Arabic -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    text: str  # without conjunction and article
    joined: bool  # it bears the conjunction و
    end: int


def _arabic_words(folded: str, position: int) -> Iterator[_Word]:
    """Yield up to eight words from `position`, of which only the later may bear a conjunction."""
    at = position
    for place in range(8):
        match = _WORD.match(folded, at)
        if not match:
            return
        text = match.group()
        joined = place > 0 and text.startswith("و") and len(text) > 2 and text not in _WAW_WORDS
        yield _Word(_bare(text[1:] if joined else text), joined, match.end())
        space = _SPACE.match(folded, match.end())
        if not space:
            return
        at = space.end()
        # «و» may stand apart from its word.
        if folded.startswith("و ", at):
            joined_match = _WORD.match(folded, at + 2)
            if joined_match is None:
                return
            yield _Word(_bare(joined_match.group()), True, joined_match.end())
            space = _SPACE.match(folded, joined_match.end())
            if not space:
                return
            at = space.end()


_WAW_WORDS = frozenset({"واحد", "واحده"})  # here the waw belongs to the word


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _arabic_at(folded: str, position: int, ordinal: bool) -> Number | None:
    first = _WORD.match(folded, position)
    if not first or _bare(first.group()) not in _AR_STARTS:
        return None
    words = list(_arabic_words(folded, position))
    read = _ordinal_words(words) if ordinal else _cardinal_words(words)
    if read is None:
        return None
    value, used = read
    return Number(value, position, words[used - 1].end)


def _ordinal_words(words: list[_Word]) -> tuple[int, int] | None:
    """Value and number of words: low [بعد hundred] | hundred [و low]."""
    if hundred := _hundred(words, 0):
        value, used = hundred
        low = _low(words, used, AR_UNIT_ORDINALS, joined=True) or _low(
            words, used, AR_UNIT_CARDINALS, joined=True
        )
        return (value + low[0], low[1]) if low else hundred
    low = _low(words, 0, AR_UNIT_ORDINALS, joined=False) or _first_after(words)
    if low is None:
        return None
    value, used = low
    if used < len(words) and words[used].text == AR_AFTER and not words[used].joined:
        after = _hundred(words, used + 1)
        return (value + after[0], after[1]) if after else low
    return low


def _cardinal_words(words: list[_Word]) -> tuple[int, int] | None:
    """Value and number of words: hundred [و low] | low [و hundred]."""
    if hundred := _hundred(words, 0):
        value, used = hundred
        low = _low(words, used, AR_UNIT_CARDINALS, joined=True)
        return (value + low[0], low[1]) if low else hundred
    low = _low(words, 0, AR_UNIT_CARDINALS, joined=False)
    if low is None:
        return None
    value, used = low
    if used < len(words) and words[used].joined and (after := _hundred(words, used)):
        return value + after[0], after[1]
    return low


def _hundred(words: list[_Word], at: int) -> tuple[int, int] | None:
    """Read a hundred at words[at]: one word, or «ثلاث مائة» in two."""
    if at >= len(words):
        return None
    if value := AR_HUNDREDS.get(words[at].text):
        return value, at + 1
    unit = AR_UNIT_CARDINALS.get(words[at].text, 0)
    if 3 <= unit <= 9 and at + 1 < len(words):
        following = words[at + 1]
        if following.text in AR_ONE_HUNDRED and not following.joined:
            return unit * 100, at + 2
    return None


def _low(
    words: list[_Word], at: int, units: dict[str, int], joined: bool
) -> tuple[int, int] | None:
    """Read 1 to 99 at words[at]: teen | unit و tens | unit | tens."""
    if at >= len(words):
        return None
    if words[at].joined != joined and not (joined and _is_and_eleven(words, at)):
        return None
    if tens := AR_TENS.get(words[at].text):
        return tens, at + 1
    unit = units.get(words[at].text)
    if unit is None:
        return None
    compound = _compound(words, at, unit)
    # «حادي» and «إحدى» exist only inside a compound.
    return compound if compound or words[at].text in _ONLY_IN_COMPOUNDS else (unit, at + 1)


def _compound(words: list[_Word], at: int, unit: int) -> tuple[int, int] | None:
    if at + 1 >= len(words) or unit >= 10:
        return None
    following = words[at + 1]
    if following.text in AR_TEN and not following.joined:
        return 10 + unit, at + 2
    tens = AR_TENS.get(following.text) if following.joined else None
    return (tens + unit, at + 2) if tens else None


def _is_and_eleven(words: list[_Word], at: int) -> bool:
    """«وأحد عشر» folds to «واحد عشر», where the waw seems to belong to the word."""
    ten = words[at + 1] if at + 1 < len(words) else None
    return words[at].text == "واحد" and ten is not None and ten.text in AR_TEN


def _first_after(words: list[_Word]) -> tuple[int, int] | None:
    """«الحادية بعد المائة», which is also a way to write 101."""
    after = len(words) > 2 and words[1].text == AR_AFTER and _hundred(words, 2)
    return (1, 1) if after and words[0].text in ("حادي", "حاديه") else None


_ONLY_IN_COMPOUNDS = frozenset({"حادي", "حاديه", "احد", "احدي", "اثنا", "اثنتا", "اثني", "اثنتي"})


# --- English ----------------------------------------------------------------------------------


def _english_at(folded: str, position: int, ordinal: bool) -> Number | None:
    """Read [unit "hundred" ["and"]] low; an ordinal has its ending on the last word only."""
    first = _WORD.match(folded, position)
    if not first or first.group() not in _EN_STARTS:
        return None
    words: list[tuple[str, int]] = []
    at = position
    while len(words) < 6 and (match := _WORD.match(folded, at)):
        words.append((match.group(), match.end()))
        joint = _JOINT.match(folded, match.end())
        if not joint:
            break
        at = joint.end()
    read = _english_words([word for word, _ in words], ordinal)
    if read is None:
        return None
    value, used = read
    return Number(value, position, words[used - 1][1])


def _english_words(words: list[str], ordinal: bool) -> tuple[int, int] | None:
    if len(words) > 1 and words[1] in ("hundred", "hundredth"):
        unit = 1 if words[0] == "a" else EN_CARDINAL_LOW.get(words[0], 0)
        return _after_hundred(words, 2, unit * 100, ordinal) if 1 <= unit <= 9 else None
    if words and words[0] in ("hundred", "hundredth"):
        return _after_hundred(words, 1, 100, ordinal)
    return _english_low(words, 0, ordinal)


def _after_hundred(
    words: list[str], used: int, hundreds: int, ordinal: bool
) -> tuple[int, int] | None:
    if words[used - 1] == "hundredth":
        return (hundreds, used) if ordinal else None
    skipped = used + 1 if used < len(words) and words[used] == "and" else used
    if low := _english_low(words, skipped, ordinal):
        return hundreds + low[0], low[1]
    return None if ordinal else (hundreds, used)


def _english_low(words: list[str], at: int, ordinal: bool) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    word = words[at]
    table = EN_ORDINAL_LOW if ordinal else EN_CARDINAL_LOW
    if value := table.get(word):
        return value, at + 1
    if ordinal and (value := EN_ORDINAL_TENS.get(word)):
        return value, at + 1
    tens = EN_TENS.get(word)
    if tens is None:
        return None
    unit = table.get(words[at + 1], 10) if at + 1 < len(words) else 10
    if unit < 10:
        return tens + unit, at + 2
    return None if ordinal else (tens, at + 1)
