"""Cut a text into the words, numbers and marks that citations are made of.

Works on folded text and keeps the way back to the source. Knows no law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from search.text.fold import Folded, fold

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\s]")
# Writers use a tatweel that stretches no letter as a dash: «٣ ـ ٧».
_TATWEEL_DASH = re.compile(r"(?<![\u0621-\u064a\u0640])\u0640+(?![\u0621-\u064a\u0640])")
_BREAK = re.compile(r"\n\s*\n")
# What scanners make of digits and letters: "2O13", "No. 9l", "91 0f 2013", "Art1cle". Folded.
_LETTERS_IN_NUMBER = re.compile(
    r"(?<![^\W_])(?!(?<!law )(?<!no )(?<!no\. )l\d+/\d{4})"  # "L91/2013" begins with "Law"
    r"(?=[oil]?\d[oil\d]*\d)\d*[oil][\doil]*(?![^\W_])"
    r"|(?<=\bno )\d[oil](?![^\W_])|(?<=\bno\. )\d[oil](?![^\W_])"
)
_DIGITS_IN_WORD = re.compile(r"(?<=\d )0f(?= \d)|(?<=[a-z]{2})[01](?=[a-z])")
# «ا لمادة»: a scanner parted the article from its noun. «بند ا لمدة» has a letter.
_SPLIT_ARTICLE = re.compile(
    r"(?<![^\W_])(?<![\d)] )(?<!بند )(?<!فقره )(?<!حرف )(?<!مكرر )(?<!مكررا )"
    r"ا (?=ل[\u0621-\u064a]{3})"
)
_AS_DIGITS, _AS_LETTERS = str.maketrans("oil", "011"), str.maketrans("01", "oi")


class Gap(IntEnum):
    """What lies before a token."""

    NONE = 0
    SPACE = 1
    LINE = 2
    PARAGRAPH = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits or one mark: folded[start:end]."""

    text: str
    start: int
    end: int
    gap: Gap

    @property
    def is_digits(self) -> bool:
        return self.text.isdecimal()

    @property
    def is_word(self) -> bool:
        return self.text.isalpha()


END = Token("", 0, 0, Gap.PARAGRAPH)  # stands for whatever lies outside the text


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text. Asking for one outside the text returns END."""

    source: str
    folded: Folded
    text: str  # folded, without the marks of notes
    items: tuple[Token, ...]
    index_at: dict[int, int]  # folded offset of a token's end → index of the next token

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Token:
        return self.items[index] if 0 <= index < len(self.items) else END

    def after(self, end: int) -> int | None:
        """Return the index of the token that follows folded offset `end`, if a token ends there."""
        return self.index_at.get(end)

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Return the source span of tokens[first:stop]."""
        return self.folded.source_span(self.items[first].start, self.items[stop - 1].end)


def tokenize(source: str) -> Tokens:
    """Fold and cut; superscripts and circled numbers count as marks of notes, not as digits."""
    dashed = _TATWEEL_DASH.sub(lambda match: "-" * len(match.group()), source)
    folded = fold(dashed)
    text = _rescanned(_without_note_marks(dashed, folded))
    items: list[Token] = []
    previous_end = 0
    split = _split_articles(dashed, folded, text)
    for start, end in _cuts(text, _word_ends(dashed, folded)):
        if start in split:
            continue  # it goes to the word behind
        gap = _gap(text[previous_end:start]) if items else Gap.NONE
        word = text[start - 2] + text[start:end] if start - 2 in split else text[start:end]
        items.append(Token(word, start, end, gap))
        previous_end = end
    ends = {token.end: index + 1 for index, token in enumerate(items)}
    return Tokens(source, folded, text, tuple(items), ends)


def _split_articles(source: str, folded: Folded, text: str) -> set[int]:
    """Return where the «ا» of a parted article stands; «أ» and «إ» are letters of lists."""
    starts = (match.start() for match in _SPLIT_ARTICLE.finditer(text))
    return {start for start in starts if source[folded.offsets[start]] == "ا"}


def _word_ends(source: str, folded: Folded) -> list[int]:
    """Return the offsets in the folded text behind letters that end a word: «المادةالثانية».

    So does a «ء» before an article, which no word has within: «الجزاءالكويتي».
    """
    if "ة" not in source and "ءال" not in source:
        return []
    return [
        place + 1
        for place, offset in enumerate(folded.offsets)
        if source[offset] == "ة" or source.startswith("ءال", offset)
    ]


def _cuts(text: str, ends: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the tokens; a word is cut at each of `ends` that lies within it."""
    place = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        while place < len(ends) and ends[place] < match.end():
            if start < ends[place] < match.end() - 1:
                yield start, ends[place]
                start = ends[place]
            place += 1
        yield start, match.end()


def _without_note_marks(source: str, folded: Folded) -> str:
    """Blank digits that folding made of «²» and «①»: "article 5²" cites article 5."""
    if source.isascii():
        return folded.text
    return "".join(
        " " if char.isdecimal() and not source[offset].isdecimal() else char
        for char, offset in zip(folded.text, folded.offsets, strict=True)
    )


def _rescanned(text: str) -> str:
    """Mend letters that a scanner put into numbers, and digits into words; lengths stay."""
    text = _LETTERS_IN_NUMBER.sub(lambda match: match.group().translate(_AS_DIGITS), text)
    return _DIGITS_IN_WORD.sub(lambda match: match.group().translate(_AS_LETTERS), text)


def _gap(space: str) -> Gap:
    if not space:
        return Gap.NONE
    if "\n" not in space:
        return Gap.SPACE
    return Gap.PARAGRAPH if _BREAK.search(space) else Gap.LINE
