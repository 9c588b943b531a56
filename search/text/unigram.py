"""Cut a text into the pieces of a unigram vocabulary, each with the characters it stands for. Pure.

As sentencepiece does it for models of the XLM-R family (Kudo 2018, "Subword regularization"): the
text is folded by NFKC, a space becomes a piece's first character, and of all ways to cut, the most
likely one is taken. tests/unit/test_unigram.py compares it with the tokenizers library.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SPACE = "▁"
_UNKNOWN_COST = 10.0  # below the least likely piece
# They separate words, or join letters, and show nothing: what sentencepiece takes for spaces.
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\ufeff")


@dataclass(frozen=True, slots=True)
class Piece:
    """text[start:end] as one piece of the vocabulary."""

    number: int
    start: int
    end: int


class Unigram:
    """A vocabulary of pieces with the logarithm of each one's likelihood."""

    def __init__(
        self, pieces: Sequence[str], scores: Sequence[float], unknown: int, control: int
    ) -> None:
        """Take the vocabulary; the first `control` pieces, and `unknown`, are never in a text."""
        self._numbers = {
            piece: number
            for number, piece in enumerate(pieces)
            if number >= control and number != unknown
        }
        self._scores = array("d", scores)
        self._longest = max(map(len, self._numbers))
        self._unknown = (unknown, min(scores) - _UNKNOWN_COST)

    def cut(self, text: str) -> list[Piece]:
        """Return the pieces in order. Time grows with the text's length."""
        chars, places = _normalised(text)
        best = [0.0] + [float("-inf")] * len(chars)
        back = [(0, 0)] * (len(chars) + 1)  # where the last piece begins, and its number
        for start in range(len(chars)):
            so_far = best[start]  # of what ends here
            for end in range(start + 1, min(len(chars), start + self._longest) + 1):
                number = self._numbers.get(chars[start:end])
                if number is not None and so_far + self._scores[number] > best[end]:
                    best[end], back[end] = so_far + self._scores[number], (start, number)
            if so_far + self._unknown[1] > best[start + 1]:
                best[start + 1] = so_far + self._unknown[1]
                back[start + 1] = (start, self._unknown[0])
        return self._traced(back, places)

    def _traced(self, back: Sequence[tuple[int, int]], places: Sequence[int]) -> list[Piece]:
        """Follow the best way back; unknown characters side by side are one piece."""
        made: list[Piece] = []
        end = len(back) - 1
        while end:
            start, number = back[end]
            piece = Piece(number, places[start], places[end - 1] + 1)
            if made and number == self._unknown[0] == made[-1].number:
                piece = Piece(number, piece.start, made.pop().end)
            made.append(piece)
            end = start
        return made[::-1]


def _normalised(text: str) -> tuple[str, list[int]]:
    """Return the text as the vocabulary writes it, and the place in `text` of each character."""
    chars, places = [_SPACE], [0]
    for place, char in enumerate(text):
        for plain in _plain(char):
            if plain != _SPACE or chars[-1] != _SPACE:
                chars.append(plain)
                places.append(place)
    return "".join(chars), places


@lru_cache(4096)
def _plain(char: str) -> str:
    if char.isspace() or char in _UNSEEN:
        return _SPACE
    if unicodedata.category(char)[0] == "C":
        return ""
    return unicodedata.normalize("NFKC", char).replace(" ", _SPACE)
