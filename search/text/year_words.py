"""Read years in words: «ألفين وثلاثة عشر», "two thousand and thirteen", "nineteen sixty"."""

from __future__ import annotations

import re

from search.text.numerals import Number, cardinal_at

_THOUSANDS = {"الف": 1000, "الفان": 2000, "الفين": 2000, "الفي": 2000}
_JOINT = re.compile(r"\s{1,4}(?:و\s?)?")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_THOUSAND = re.compile(r"two[\s-]{1,3}thousand(?=\W|$)")
_AND = re.compile(r"\s{1,4}(?:and\s{1,4})?")
_CENTURIES = {"nineteen": 1900, "twenty": 2000}
_BETWEEN = re.compile(r"[\s-]{1,3}")


def year_words_at(folded: str, position: int) -> Number | None:
    """Read a year of the 20th or 21st century in words at exactly this position."""
    return _arabic(folded, position) or _thousand(folded, position) or _pairs(folded, position)


def _arabic(folded: str, position: int) -> Number | None:
    word = _WORD.match(folded, position)
    thousands = _THOUSANDS.get(word.group()) if word else None
    if word is None or thousands is None:
        return None
    joint = _JOINT.match(folded, word.end())
    rest = cardinal_at(folded, joint.end()) if joint and "و" in joint.group() else None
    if rest is None:
        return Number(2000, position, word.end()) if thousands == 2000 else None
    if thousands == 1000 and rest.value < 900:
        return None
    return Number(thousands + rest.value, position, rest.end)


def _thousand(folded: str, position: int) -> Number | None:
    start = _ENGLISH_THOUSAND.match(folded, position)
    if start is None:
        return None
    joint = _AND.match(folded, start.end())
    rest = cardinal_at(folded, joint.end()) if joint else None
    if rest is None or rest.value > 99:
        return Number(2000, position, start.end())
    return Number(2000 + rest.value, position, rest.end)


def _pairs(folded: str, position: int) -> Number | None:
    """Read "twenty thirteen", "nineteen sixty"; "twenty one" is a number, not a year."""
    word = _WORD.match(folded, position)
    century = _CENTURIES.get(word.group()) if word else None
    joint = _BETWEEN.match(folded, word.end()) if word and century else None
    rest = cardinal_at(folded, joint.end()) if joint else None
    if century is None or rest is None or not 10 <= rest.value <= 99:
        return None
    return Number(century + rest.value, position, rest.end)
