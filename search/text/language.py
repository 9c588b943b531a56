"""Tell the language of a text by its letters."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from search.model import Language

# First and one-past-last code points of the blocks each language is written in.
_BLOCKS = (
    (0x0041, 0x005B, Language.EN),
    (0x0061, 0x007B, Language.EN),
    (0x00C0, 0x0250, Language.EN),
    (0x0600, 0x0700, Language.AR),
    (0x0750, 0x0780, Language.AR),
    (0x0870, 0x0900, Language.AR),
    (0x1E00, 0x1F00, Language.EN),
    (0xFB50, 0xFE00, Language.AR),  # presentation forms, as PDF files hold them
    (0xFE70, 0xFEFF, Language.AR),
    (0xFF21, 0xFF3B, Language.EN),
    (0xFF41, 0xFF5B, Language.EN),
)
_STARTS = tuple(start for start, _, _ in _BLOCKS)


@lru_cache(maxsize=4096)
def script_of(char: str) -> Language | None:
    """Return the language whose script a letter belongs to; None for any other character."""
    if not char.isalpha():
        return None
    block = bisect_right(_STARTS, ord(char)) - 1
    if block < 0 or ord(char) >= _BLOCKS[block][1]:
        return None
    return _BLOCKS[block][2]


def detect_language(text: str) -> Language | None:
    """Return the language most letters belong to, Arabic where both are equal; None without any."""
    arabic = english = 0
    for char in text:
        script = script_of(char)
        if script is Language.AR:
            arabic += 1
        elif script is Language.EN:
            english += 1
    if not arabic and not english:
        return None
    return Language.AR if arabic >= english else Language.EN
