"""Compare two readings of one page: the letters and numbers they hold, whatever their order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from ingest.readers.quality import ascii_digits

_EDGE_NUMBER = re.compile(r"^\W*([0-9]{1,3})\b|\b([0-9]{1,3})\W*$", re.MULTILINE)
_KASHIDA = "\u0640"


def missed(lines: Sequence[str], other: str) -> int:
    """How many letters one of two readings of a page has and the other lacks.

    The stretching bar is no letter, and what we read as one where a font calls it a letter is
    not missing.
    """
    ours, theirs = (
        Counter(filter(str.isalpha, unicodedata.normalize("NFKC", text)))
        for text in ("".join(lines), other)
    )
    bars = max(0, ours.pop(_KASHIDA, 0) - theirs.pop(_KASHIDA, 0))
    return (ours - theirs).total() + max(0, (theirs - ours).total() - bars)


def same_numbers(text: str, other: str, marks: Sequence[str] = ()) -> bool:
    """Whether two readings of a page hold the same numbers.

    The other one may glue a footnote mark, or a short number at the edge of a line (a page
    number), to the number beside it.
    """
    ours, theirs = _numbers(text), _numbers(other)
    missing, tails = ours - theirs, Counter(marks)
    edges = {a or b for a, b in _EDGE_NUMBER.findall(ascii_digits(text))}
    for number in (theirs - ours).elements():
        parts = ((number[:k], number[k:]) for k in range(1, len(number)))
        found: Sequence[str] | None = next(
            (pair for pair in parts if _glued(pair, missing, tails, edges)), None
        )
        found = (number,) if tails[number] else found
        if found is None:
            return False
        for part in found:
            source = tails if tails[part] else missing
            source[part] -= 1
    return not +missing


def _glued(
    parts: tuple[str, str], missing: Counter[str], tails: Counter[str], edges: set[str]
) -> bool:
    first, last = parts
    if tails[last] or tails[first]:
        return missing[first if tails[last] else last] > 0
    both = missing[first] > (first == last) and missing[last] > 0
    return both and (first in edges or last in edges)


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"[0-9]+", ascii_digits(text)))


def letters_in(text: str) -> int:
    """Count the letters."""
    return sum(map(str.isalpha, text))


def turned_numbers(text: str, other: str) -> bool:
    """Whether some numbers of one reading are back to front in the other, and some are not.

    Where all are, pdfium took the direction of the whole page wrongly, as it does with leaders.
    """
    ours, theirs = _numbers(text), _numbers(other)
    same = any(number != number[::-1] for number in ours & theirs)
    return same and any(number[::-1] in theirs - ours for number in ours - theirs)
