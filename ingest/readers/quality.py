"""Is this text good enough to index? Each check names what it saw; thresholds were measured.

Measured on 43 sound Arabic legal texts (statutes, judgments, web pages) and on the shared files
with damaged text layers: no sound text comes near a threshold.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise
from unicodedata import category as _category

_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]")
_ARABIC_WORD = re.compile("[\u0621-\u063a\u0641-\u0652]+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# What extraction leaves of glyphs without a map: /afii62829, /i255, (cid:17).
_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # of another script than ASCII
_GLYPH_NAME = re.compile(r"/(?:afii|uni|glyph|[a-z])\d{1,5}\b|\(cid:\d+\)")
# The commonest words of English and French law; no prose of 100 words is without them.
_COMMON_WORD = re.compile(
    r"\b(?:the|of|and|in|to|or|a|shall|for|by|be|any|de|la|les|et|des|le|que|en|du|un|une|est)\b",
    re.IGNORECASE,
)
# A year is named after these words; years of laws are Gregorian 1800-2100 or Hijri 1200-1500.
_YEAR = re.compile(
    r"(?:\bل?سنة|\bعام|\b(?:No|Law|Act|Decree)\b[^.\n]{0,20}\bof(?: the year)?)"
    r"\s*\(?\s*(\d{4})(?!\d)"
)
# Signs that sound text may be full of: leaders and rules, and lists of "(13), (15), (16)".
_RULED = frozenset("._-ـ–—…*|=#(),،/")
# ASCII and Arabic-Indic digits inside one number: half of its digits come from a false map.
_MIXED_NUMBER = re.compile("[0-9][\u0660-\u0669\u06f0-\u06f9]|[\u0660-\u0669\u06f0-\u06f9][0-9]")

_MEANINGLESS = frozenset(("Co", "Cn", "Cs", "Cc"))
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_COMMON_ARABIC = frozenset(
    (
        "من",
        "في",
        "على",
        "أو",
        "أن",
        "إلى",
        "لا",
        "ما",
        "هذا",
        "هذه",
        "كل",
        "إذا",
        "التي",
        "الذي",
        "عن",
        "كان",
        "يجوز",
        "يكون",
        "أي",
        "المادة",
        "القانون",
        "وفي",
        "وعلى",
        "ومن",
        "غير",
        "بعد",
        "مع",
        "ذلك",
        "قبل",
        "كما",
        "عليه",
        "فيها",
        "لم",
        "تكون",
        "فى",
        "إلا",
        "علي",
        "ولا",
        "وإذا",
        "او",
        "الى",
        "ان",
        "به",
        "عند",
    )
)
# Thresholds from docs/ingestion.md: the worst sound text, the best corrupted one, and between.
_ENOUGH_WORDS = 100
_LEAST_COMMON = 0.06
_ENOUGH_HEADINGS = 8
_ODD_STEPS = 0.3
_ENOUGH_ITEMS = 15
_ITEMS_IN_ORDER = 0.5
# So many more numbered lines count on, so many of all, once two digits have changed places.
_MENDED_ITEMS = 2
_MENDED = 0.9
_PROOF = 50  # articles: all ten digits in both places
_HEADING = re.compile(
    r"^\W{0,3}(?:(?:ال)?مادة|article)[\s(:\[-]{0,4}([0-9]{1,4})(?![0-9])(?=\W{0,4}$|\s*[):.\]-])",
    re.IGNORECASE | re.MULTILINE,
)
_ITEM = re.compile(r"^\W{0,2}([0-9]{1,3})\s?[-.)]", re.MULTILINE)


def defect(text: str, from_glyphs: bool = False) -> str | None:
    """Return what makes a text unfit to index, None for a sound one.

    `from_glyphs`: the text was read through the character maps of fonts, which can be false.
    """
    checks = (*_CHECKS, _letters) if from_glyphs else _CHECKS
    for check in checks:
        if (found := check(text)) is not None:
            return found
    return None


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0-9, letter for letter."""
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def _counted(text: str) -> Counter[str]:
    """How often each character stands in a text, white space left out."""
    counts = Counter(text)
    for char in [char for char in counts if char.isspace()]:
        del counts[char]
    return counts


def _symbols(text: str) -> str | None:
    """Private-use, unassigned and replacement characters: fonts without a Unicode map."""
    visible = _counted(text)
    odd = sum(n for c, n in visible.items() if c == "\ufffd" or _category(c) in _MEANINGLESS)
    if odd > max(3, visible.total() * 0.005):
        return "its text holds characters without meaning where letters should be"
    names = _GLYPH_NAME.findall(text)
    if len(names) > max(3, visible.total() * 0.001):
        return "its text holds glyph names instead of letters"
    return None


def _foreign_symbols(text: str) -> str | None:
    """Letters replaced by punctuation and signs: a partly broken or legacy font map."""
    visible = {c: n for c, n in _counted(text).items() if c not in _RULED}
    letters = sum(n for c, n in visible.items() if c.isalnum() or _category(c) == "Mn")
    shown = sum(visible.values())
    if shown > 200 and letters < 0.8 * shown:
        return "its text is largely signs instead of letters"
    return None


def _latin(text: str) -> str | None:
    words = len(_LATIN_WORD.findall(text))
    if words < 100 or words < len(_ARABIC_WORD.findall(text)):
        return None
    if len(_COMMON_WORD.findall(text)) < 0.05 * words:
        return "its words are of no known language, as from a legacy Arabic font"
    return None


def _reversed_words(text: str) -> str | None:
    """Words back to front: the article at their end, taa marbuta at their start."""
    right = wrong = 0
    for word in _ARABIC_WORD.findall(text):
        right += word.startswith("ال") + word.endswith(("ة", "ى"))
        wrong += word.endswith("لا") + word.startswith(("ة", "ى"))
    if wrong > 10 and wrong > right:
        return "its Arabic words are written back to front"
    return None


def _turned_ligatures(text: str) -> str | None:
    """Lam-alef taken apart back to front: اال for الا, اإل for الإ, األ for الأ."""
    wrong = len(re.findall("\\b[وفبك]?ا[اأإآ]ل", text))
    right = len(re.findall("\\b[وفبك]?ال[اأإآ]", text))
    if wrong > 10 and wrong > right / 4:
        return "its lam-alef letters are turned round in many words"
    return None


def _letters(text: str) -> str | None:
    """A letter that stands for another shows in the frequencies, given enough text."""
    counts = Counter(_ARABIC.findall(text))
    total = sum(counts.values())
    if total < 5_000:
        return None
    # Sound texts: alef madda up to 0.48 %, lam 10.4-15.3 %, alef 13.4-18.8 %, reh up to 6.4 %.
    bounds = {"آ": (0, 0.008), "ل": (0.08, 0.19), "ا": (0.10, 0.23), "ر": (0.02, 0.09)}
    for letter, (low, high) in bounds.items():
        if not low <= counts[letter] / total <= high:
            return f"the letter {letter} stands where other letters should be"
    return None


def _common_words(text: str) -> str | None:
    """Sound legal Arabic is full of its few commonest words; shifted glyphs leave hardly any."""
    words = _ARABIC_WORD.findall(text)
    if len(words) < _ENOUGH_WORDS:
        return None
    common = sum(_bare(word) in _COMMON_ARABIC for word in words)
    if common < _LEAST_COMMON * len(words):
        share = 100 * common / len(words)
        return (
            f"of 100 of its words only {share:.0f} are Arabic's common ones: its letters are false"
        )
    return None


def _bare(word: str) -> str:
    return _MARKS.sub("", word)


def _heading_order(text: str) -> str | None:
    """The numbers of articles follow one another; false digits break the row at once."""
    numbers = heading_numbers(text)
    steps = list(pairwise(numbers))
    if len(steps) < _ENOUGH_HEADINGS:
        return None
    odd = [(a, b) for a, b in steps if b - a not in (0, 1) and b != 1]
    if len(odd) > _ODD_STEPS * len(steps):
        return f"its article numbers do not follow one another (after {odd[0][0]} came {odd[0][1]})"
    return None


def heading_numbers(text: str) -> list[int]:
    """The numbers of the lines that begin as an article does, in digits, in their order."""
    found = _HEADING.findall(ascii_digits(_MARKS.sub("", text)))
    return [int(number) for number in found]


def _list_order(text: str) -> str | None:
    """Numbered lines count 1, 2, 3; where digits are false, lists begin with 7 or go on to 71.

    Two digits that stand for each other break a few lists only, and reading them so mends all.
    """
    items = _ITEM.findall(ascii_digits(text))
    if len(items) < _ENOUGH_ITEMS:
        return None
    follows = _counting_on(items)
    if follows < _ITEMS_IN_ORDER * len(items):
        return f"of its {len(items)} numbered lines only {follows} count on: false digits"
    better = max(follows + _MENDED_ITEMS, _MENDED * len(items))
    for one, other in combinations("0123456789", 2):
        table = str.maketrans(one + other, other + one)
        if _counting_on([item.translate(table) for item in items]) >= better:
            return f"its numbered lines count on only where {one} and {other} change places"
    return None


def _counting_on(items: list[str]) -> int:
    """How many numbers follow the one before them, or begin a list."""
    return sum(b == a + 1 or b == 1 for a, b in pairwise([0, *map(int, items)]))


def _glued(text: str) -> str | None:
    words = _ARABIC_WORD.findall(text)
    if len(words) >= 100 and sum(map(len, words)) > 9 * len(words):
        return "the spaces between its words are lost"
    return None


def _numbers(text: str) -> str | None:
    """Years nobody enacts laws in show false or reversed digits before any article does."""
    mixed = len(_MIXED_NUMBER.findall(text))
    if mixed >= 5 and not _proven(text):
        return f"{mixed} of its numbers mix two kinds of digits"
    years = [int(year) for year in _YEAR.findall(ascii_digits(text))]
    wrong = [y for y in years if not (1200 <= y <= 1500 or 1800 <= y <= 2100)]
    if len(wrong) >= 3 and len(wrong) > 0.2 * len(years):
        return f"its digits are false or reversed (years such as {wrong[0]} and {wrong[1]})"
    return None


def _proven(text: str) -> bool:
    """Whether a long row of articles 1, 2, 3 … shows that every digit is the one it looks like."""
    numbers = heading_numbers(text)
    right = sum(b - a == 1 for a, b in pairwise(numbers))
    return right >= _PROOF and right >= 0.98 * (len(numbers) - 1)


_CHECKS: tuple[Callable[[str], str | None], ...] = (
    _symbols,
    _foreign_symbols,
    _latin,
    _reversed_words,
    _turned_ligatures,
    _glued,
    _common_words,
    _numbers,
    _heading_order,
    _list_order,
)
