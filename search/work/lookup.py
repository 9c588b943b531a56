"""The terms by which a note is found, in Arabic and English, as the collection is."""

from __future__ import annotations

from collections.abc import Iterable

from search.text.fold import fold_text
from search.text.tokens import analyse


def terms_of(*texts: str) -> set[str]:
    """Return the distinct terms of texts; words that carry grammar only have none."""
    return {token.term for text in texts for token in analyse(text)}


def terms_asked(words: str) -> set[str]:
    """Return the terms asked for; a question of nothing but small words is asked by those."""
    return terms_of(words) or {token.term for token in analyse(words, keep_stop_words=True)}


def label_key(label: str) -> str:
    """Return what labels are compared by: «إقامة» and «اقامه» are one."""
    return " ".join(fold_text(label).split())


def label_keys(labels: Iterable[str]) -> dict[str, str]:
    """Return the labels as shown, by what they are compared by; the first spelling counts."""
    keys: dict[str, str] = {}
    for label in labels:
        keys.setdefault(label_key(label), label)
    return keys
