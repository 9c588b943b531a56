"""Cut text into the terms that the index compares, each with its place in the source.

Used alike when a passage is indexed and when a query is asked. Arabic and English words become
terms by their stemmers; numbers are written one way, whatever their digits and separators; a
hyphenated English compound gives the whole and its parts. Words that carry grammar only are left
out, numbers never.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from search.text import arabic, english
from search.text.fold import fold

# No word of either language is longer; the rest of a longer run of letters (a key, a damaged
# file) is not worth its memory.
MAX_TERM_CHARS = 64
_CACHED_WORDS = 100_000  # 16,000 Arabic and 6,000 English forms cover the statutes we measured

_CACHED_TEXTS = 8_000  # some 3 KB each with the text itself

# Letters as folding leaves them; accents that the source wrote apart belong to their letter.
_LATIN = "a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9"
)
_ENGLISH = rf"[{_LATIN}][{_LATIN}\u0300-\u036f]*+(?:['’][{_LATIN}][{_LATIN}\u0300-\u036f]*+)*+"
_UNIT = re.compile(
    rf"(?P<english>{_ENGLISH})(?P<compound>(?:[-‐]{_ENGLISH}){{1,4}}+)?"
    rf"|(?P<arabic>[{_ARABIC}]++)"
    # 5,000 · 5٬000 · 5،000 are one number of thousands; 1.5 and 1٫5 one with decimals.
    r"|(?P<number>(?:[0-9]{1,3}(?:[,٬،][0-9]{3})++(?![0-9])|[0-9]++)(?:[.٫][0-9]++)?)"
    rf"|(?P<other>[^\W0-9_{_LATIN}{_ARABIC}]++)"
)
_HYPHEN = re.compile("[-‐]")
_CHUNK = re.compile(r"\S+")
_SEPARATORS = str.maketrans({",": None, "٬": None, "،": None, "٫": "."})


class Token(NamedTuple):
    """One term and the half-open span of the source it comes from."""

    term: str
    start: int
    end: int


class Word(NamedTuple):
    """One word or number of a folded text, unstemmed, and its half-open span there."""

    text: str
    start: int
    end: int


def analyse(text: str, keep_stop_words: bool = False) -> list[Token]:
    """Return the terms of a text in the order of the source; a compound stands before its parts."""
    return [
        Token(term, chunk.start() + start, chunk.start() + end)
        for chunk in _CHUNK.finditer(text)
        for term, start, end in _chunk_tokens(chunk.group(), keep_stop_words)
    ]


def occurrences(text: str, terms: Set[str]) -> list[Token]:
    """Return the tokens of a text whose term is one of `terms`, in the order of the source.

    Words that carry grammar only are found too: a query may hold nothing else.
    """
    held, spans = _analysed(text)
    return [
        Token(term, spans[2 * n], spans[2 * n + 1]) for n, term in enumerate(held) if term in terms
    ]


@lru_cache(maxsize=_CACHED_TEXTS)
def _analysed(text: str) -> tuple[tuple[str, ...], array[int]]:
    """Return the terms of a text, grammar's too, and their spans: start, end, start, end, …

    The same texts are results again and again.
    """
    terms: list[str] = []
    spans = array("I")
    for chunk in _CHUNK.finditer(text):
        base = chunk.start()
        for term, start, end in _chunk_tokens(chunk.group(), True):
            terms.append(term)
            spans.extend((base + start, base + end))
    return tuple(terms), spans


def _chunk_tokens(chunk: str, keep_stop_words: bool) -> tuple[Token, ...]:
    """Return the tokens of what stands between blanks: no term reaches over a blank."""
    if len(chunk) > MAX_TERM_CHARS:
        return _tokens(chunk, keep_stop_words)
    return _cached_tokens(chunk, keep_stop_words)


def _tokens(chunk: str, keep_stop_words: bool) -> tuple[Token, ...]:
    folded = fold(chunk)
    offsets = folded.offsets
    return tuple(
        Token(term, offsets[start], with_marks(chunk, offsets[end - 1] + 1))
        for term, start, end in _terms(folded.text, keep_stop_words)
    )


# Folding is the dear part, and a language has few words: what is remembered serves indexing and
# explaining alike.
_cached_tokens = lru_cache(maxsize=_CACHED_WORDS)(_tokens)


def words(folded: str) -> Iterator[Word]:
    """Yield every word and number of a folded text, numbers written one way, nothing stemmed."""
    for match in _UNIT.finditer(folded):
        if match["number"]:
            yield Word(_number(match["number"]), match.start(), match.end())
        else:
            yield from _parts(match)


def _terms(folded: str, keep_stop_words: bool) -> Iterator[tuple[str, int, int]]:
    term: str | None
    for match in _UNIT.finditer(folded):
        start, end = match.span()
        group, found = match.lastgroup, match.group()
        if group == "compound":
            yield _english_term(_HYPHEN.sub("", found), True) or found, start, end
            for part in _parts(match):
                if term := _english_term(part.text, keep_stop_words):
                    yield term, part.start, part.end
            continue
        if group == "english":
            term = _english_term(found, keep_stop_words)
        elif group == "arabic":
            term = _arabic_term(found, keep_stop_words)
        else:
            term = _number(found) if group == "number" else found[:MAX_TERM_CHARS]
        if term:
            yield term, start, end


def _parts(match: re.Match[str]) -> Iterator[Word]:
    """Yield the words between the hyphens of a match, or its only word."""
    start = match.start()
    for part in _HYPHEN.split(match.group()):
        yield Word(part, start, start + len(part))
        start += len(part) + 1


@lru_cache(maxsize=_CACHED_WORDS)
def _english_term(word: str, keep_stop_words: bool) -> str | None:
    """Return the term of a folded English word, None for one that carries grammar only."""
    if english.is_stop_word(word) and not keep_stop_words:
        return None
    word = word[:MAX_TERM_CHARS]
    if not word.isascii():
        apart = unicodedata.normalize("NFD", word)
        word = "".join(char for char in apart if not unicodedata.combining(char))
    return english.stem(word)


@lru_cache(maxsize=_CACHED_WORDS)
def _arabic_term(word: str, keep_stop_words: bool) -> str | None:
    """Return the term of a folded Arabic word, None for one that carries grammar only."""
    if arabic.is_stop_word(word) and not keep_stop_words:
        return None
    return arabic.stem(word[:MAX_TERM_CHARS])


def _number(written: str) -> str:
    """Write a number one way: no thousands separators, no leading zeros, point for decimals."""
    whole, point, decimals = written.translate(_SEPARATORS).partition(".")
    return ((whole.lstrip("0") or "0") + point + decimals)[:MAX_TERM_CHARS]


def with_marks(text: str, end: int) -> int:
    """Return the end of a word, with the marks that sit on its last letter and fold away."""
    while end < len(text) and (text[end] == "ـ" or unicodedata.combining(text[end])):
        end += 1
    return end
