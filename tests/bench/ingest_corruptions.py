"""Damage sound texts as broken extraction does, to measure what the quality gate sees.

Not a test: tests/bench/ingest.py uses it. Each way of damage is one function of text and chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_WORD = re.compile("[\u0621-\u064a]+")


def digits_swapped(text: str, chance: random.Random) -> str:
    """A false font map: two digits stand for each other, as 1 and 7."""
    one, other = chance.sample("123456789", 2)
    table = {one: other, other: one}
    table |= {_DIGITS[int(a)]: _DIGITS[int(b)] for a, b in list(table.items())}
    return text.translate(str.maketrans(table))


def numbers_reversed(text: str, _: random.Random) -> str:
    """Numbers back to front: 2013 as 3102, article 17 as 71."""
    return re.sub(r"\d{2,}", lambda number: number[0][::-1], text)


def words_mirrored(text: str, _: random.Random) -> str:
    """Visual order taken for reading order."""
    return _ARABIC_WORD.sub(lambda word: word[0][::-1], text)


def glyphs_shifted(text: str, _: random.Random) -> str:
    """A font's map off by one: every letter is the next one."""
    table = dict(zip(_LETTERS, _LETTERS[1:] + _LETTERS[0], strict=True))
    return text.translate(str.maketrans(table))


def letter_false(text: str, chance: random.Random) -> str:
    """One frequent letter stands as another one."""
    return text.replace(chance.choice("المين"), "آ")


def spaces_lost(text: str, chance: random.Random) -> str:
    """Four of five spaces between words are lost."""
    return re.sub(" ", lambda _: "" if chance.random() < 0.8 else " ", text)


def lines_dropped(text: str, chance: random.Random) -> str:
    """One line of twenty is lost, headings among them."""
    return "\n".join(line for line in text.split("\n") if chance.random() > 0.05)


def letters_as_signs(text: str, chance: random.Random) -> str:
    """A partly broken map: some letters come out as signs."""
    broken = chance.sample("المنيورت", 3)
    return text.translate(str.maketrans(dict(zip(broken, "§¤)", strict=True))))


CORRUPTIONS: tuple[Callable[[str, random.Random], str], ...] = (
    digits_swapped,
    numbers_reversed,
    words_mirrored,
    glyphs_shifted,
    letter_false,
    spaces_lost,
    lines_dropped,
    letters_as_signs,
)
