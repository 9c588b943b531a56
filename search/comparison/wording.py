"""Compare two texts of one language word by word: folded for comparing, shown as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from search.comparison.results import Stretch, Wording
from search.model import Language
from search.text.fold import fold

MAX_WORDS = 3000  # a side; the comparison's time grows with the product of both
_WORD = re.compile(r"\S+\s*")
_MARKS = re.compile(r"[^\w]+")


def compare_words(language: Language, left: str, right: str) -> Wording | None:
    """Return both texts with what differs marked; None for texts too long to compare."""
    ours, theirs = _WORD.findall(left), _WORD.findall(right)
    if max(len(ours), len(theirs)) > MAX_WORDS:
        return None
    matcher = SequenceMatcher(None, _folded(ours), _folded(theirs), autojunk=False)
    steps = matcher.get_opcodes()
    return Wording(
        language=language,
        left=tuple(_stretches(ours, [(op, a, b) for op, a, b, _, _ in steps])),
        right=tuple(_stretches(theirs, [(op, c, d) for op, _, _, c, d in steps])),
        share=round(matcher.ratio(), 3),
    )


def _folded(words: Sequence[str]) -> list[str]:
    """Fold words; punctuation alone makes no difference, a mark that is a word of its own does."""
    return [_MARKS.sub("", fold(word).text) or word.strip() for word in words]


def _stretches(words: Sequence[str], steps: Sequence[tuple[str, int, int]]) -> Iterator[Stretch]:
    for step, start, end in steps:
        if start < end:
            yield Stretch("".join(words[start:end]), changed=step != "equal")
