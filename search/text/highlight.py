"""Find in a text what a query matched: exact spans of the source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from search.text.fold import Folded, fold, fold_text
from search.text.tokens import Token, occurrences, with_marks, words

Span = tuple[int, int]


def highlight(text: str, terms: frozenset[str], phrases: Collection[str] = ()) -> tuple[Span, ...]:
    """Return the half-open spans of words with one of the terms and of the phrases.

    Sorted, without overlap; spans that touch are one.
    """
    return spans_of(text, occurrences(text, terms), phrases)


def spans_of(text: str, found: Iterable[Token], phrases: Collection[str]) -> tuple[Span, ...]:
    """Return what `highlight` does, of tokens already found in the text."""
    spans = [(token.start, token.end) for token in found]
    if phrases:
        folded = fold(text)
        for phrase in phrases:
            spans.extend(_phrase_spans(text, folded, phrase))
    return merge(spans)


def has_phrase(text: str, phrase: str) -> bool:
    """Tell whether the words of a phrase stand in the text one after the other.

    Words are compared as folded, never stemmed; what stands between words does not count.
    """
    return next(_places(fold_text(text), phrase), None) is not None


def merge(spans: Collection[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _phrase_spans(text: str, folded: Folded, phrase: str) -> Iterator[Span]:
    for start, end in _places(folded.text, phrase):
        source_start, source_end = folded.source_span(start, end)
        yield source_start, with_marks(text, source_end)


def _places(folded: str, phrase: str) -> Iterator[Span]:
    """Yield where the phrase stands in a folded text."""
    wanted = _wanted(phrase)
    if not wanted or not all(word in folded for word in wanted if not word[0].isdecimal()):
        return
    held = list(words(folded))
    texts = [word.text for word in held]
    for place in range(len(held) - len(wanted) + 1):
        if texts[place] == wanted[0] and texts[place : place + len(wanted)] == wanted:
            yield held[place].start, held[place + len(wanted) - 1].end


@lru_cache(maxsize=256)
def _wanted(phrase: str) -> list[str]:
    return [word.text for word in words(fold_text(phrase))]
