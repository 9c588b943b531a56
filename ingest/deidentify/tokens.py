"""Arabic words of a text, as names are read from them: folded, with their place and the gap before.

Offsets are into the folded text; `Text.source` brings a span back to the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.text.fold import Folded, fold

_WORD = re.compile(r"[\u0621-\u064a]+")
_SOFT = re.compile(r"[^\S\n]*\n?[^\S\n]*")
_MARKED = re.compile(r"[\s/\\:(«\"“.·…,،–-]{0,6}")
# What may be joined to the front of a name; a lam before the article swallows its alef.
_JOINED = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")


@dataclass(frozen=True, slots=True)
class Token:
    """One Arabic word: folded.text[start:end]; `gap` is what stands between it and the last."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def follows(self) -> bool:
        """Whether only white space divides it from the word before."""
        return _SOFT.fullmatch(self.gap) is not None

    @property
    def is_marked(self) -> bool:
        """Whether it follows the word before over no more than a slash, colon or bracket."""
        return _MARKED.fullmatch(self.gap) is not None

    def readings(self) -> Iterator[tuple[int, str]]:
        """Yield the lengths of what may be joined to its front, and the word without it."""
        for joined in _JOINED:
            if not self.text.startswith(joined) or len(self.text) - len(joined) < 2:
                continue
            rest = self.text[len(joined) :]
            yield len(joined), rest
            if joined.endswith("ل") and rest.startswith("ل") and len(rest) > 3:
                yield len(joined), "ا" + rest


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its folded form and its Arabic words."""

    raw: str
    folded: Folded
    tokens: tuple[Token, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text given that lies behind a span of the folded one."""
        return self.folded.source_span(start, end)

    def raw_of(self, token: Token) -> str:
        """Return a word as it is written, marks included."""
        start, end = self.source(token.start, token.end)
        return self.raw[start:end]


def read_text(raw: str) -> Text:
    """Find the Arabic words of a text."""
    folded = fold(raw)
    tokens, last = [], 0
    for match in _WORD.finditer(folded.text):
        tokens.append(
            Token(match.group(), match.start(), match.end(), folded.text[last : match.start()])
        )
        last = match.end()
    return Text(raw, folded, tuple(tokens))
