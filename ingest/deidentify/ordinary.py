"""Where a word that is also a name is used as the word: «وليد إكراه», «حسن النية».

`words/ordinary_ar.txt` says it: the word, what stands before it, what stands after it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "words" / "ordinary_ar.txt"
TANWEEN = "\u064b"  # «وفاءً»: an ending that no name has


def is_ordinary(word: str, before: str, after: str, written: str) -> bool:
    """Tell whether a folded word that may be a name is plainly used as a word here.

    `before` and `after` are its folded neighbours, "" for none; `written` is the word with its
    marks, which folding takes off: «على» ends in an alef maqsura, «علي» does not.
    """
    if TANWEEN in written or (word == "علي" and written.endswith("ى")):
        return True
    if word == "مني" and written.endswith("ي"):
        return True
    left, right = _table().get(word, (None, None))
    return bool((left and left.fullmatch(before)) or (right and right.fullmatch(after)))


@cache
def _table() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [[cell.strip() for cell in (line + " ; ; ").split(";")[:3]] for line in lines]
    return {word: (_pattern(left), _pattern(right)) for word, left, right in rows}


def _pattern(alternatives: str) -> re.Pattern[str] | None:
    # «إلى» begins with the letters of the article and has none.
    definite = alternatives.replace(r"ال\S+", r"ال(?!ي$|ذي$|تي$)\S+")
    return re.compile(definite) if definite else None
