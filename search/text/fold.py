"""Fold text to the form the index compares, and find the way back to the source.

Knows Arabic orthography. Knows nothing of files, SQL, Qdrant or HTTP. The source is never
altered: every character of the folded text remembers the offset it came from.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat

# Marks that readers see and writers of queries leave out: tatweel, dagger alef, the short vowels
# and Quranic signs; and invisible controls (joiners, bidi marks, soft hyphen, BOM).
_DROPPED = (
    frozenset("\u0640\u0670\u00ad\ufeff\u061c")
    | {chr(c) for c in range(0x0610, 0x061B)}
    | {chr(c) for c in range(0x064B, 0x0660)}
    | {chr(c) for c in range(0x06D6, 0x06EE)}
    | {chr(c) for c in range(0x200B, 0x2010)}
    | {chr(c) for c in range(0x202A, 0x202F)}
    | {chr(c) for c in range(0x2060, 0x206A)}
)
# Spelling variants that mean the same word: hamza seats of alef, alef maqsura and Persian yeh,
# taa marbuta, Persian kaf, the shapes of heh that PDF files hold for the Arabic one; hamza on waw
# and yeh stay, they distinguish words.
_SAME = str.maketrans("أإآٱىیةکہھە", "ااااييهكههه")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the source offset it came from."""

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the source that lies behind text[start:end]."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span in {len(self.text)} folded characters: {start}:{end}")
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).casefold().translate(_SAME)
    # Digits of every script become European; NFKC leaves the Arabic-Indic ones.
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded if c not in _DROPPED
    )


def fold(source: str) -> Folded:
    """Fold one character at a time: NFKC can turn one character into eighteen."""
    folded = list(map(_fold_char, source))
    offsets = chain.from_iterable(map(repeat, range(len(source)), map(len, folded)))
    return Folded("".join(folded), tuple(offsets))


def fold_text(source: str) -> str:
    """Fold when the way back is not needed."""
    return "".join(map(_fold_char, source))
