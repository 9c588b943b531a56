"""Read a query as typed: its language, its terms, its quoted phrases."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from search.errors import QueryEmpty, QueryTooLong
from search.model import Language
from search.text.fold import fold_text
from search.text.highlight import has_phrase
from search.text.language import detect_language
from search.text.tokens import analyse, words

MAX_QUERY_CHARS = 4000
MAX_PHRASES = 16  # each is looked for in every candidate; further quotes are ordinary text

# Quotes of one kind close each other whichever way they point: right-to-left typing turns them.
_QUOTED = re.compile(r'"([^"]*)"|[“”„‟]([^“”„‟]*)[“”„‟]|[«»]([^«»]*)[«»]|＂([^＂]*)＂')


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word of the query as typed, and the term the index knows it by."""

    surface: str
    term: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query ready to be asked; `terms` are distinct, in the order of the query.

    The words of the phrases are among the terms: phrases narrow what the terms find.
    """

    text: str  # cleaned: no control characters, no blanks at the ends
    language: Language
    terms: tuple[QueryTerm, ...]
    phrases: tuple[str, ...] = ()


@lru_cache(64)  # it is checked first, and read when it is answered
def parse_query(text: str) -> ParsedQuery:
    """Parse a query; one without letters (91/2013) counts as Arabic, the language of the law.

    Raises QueryEmpty where there is nothing to search for, QueryTooLong above MAX_QUERY_CHARS.
    """
    stripped = text.strip()
    if len(stripped) > MAX_QUERY_CHARS:
        raise QueryTooLong(
            f"The query has {len(stripped)} characters and the limit is {MAX_QUERY_CHARS}. "
            "Shorten it to the words that matter.",
            length=len(stripped),
            limit=MAX_QUERY_CHARS,
        )
    if not stripped:
        raise QueryEmpty("The query is empty. Type a word, a question or a citation.")
    cleaned = _clean(stripped)
    terms = _terms(cleaned)
    if not terms:
        raise QueryEmpty(
            "The query holds no letter and no number, only marks or signs. "
            "Type a word, a question or a citation."
        )
    language = detect_language(cleaned) or Language.AR
    return ParsedQuery(cleaned, language, terms, _phrases(cleaned))


def phrase_matches(text: str, phrase: str) -> bool:
    """Tell whether a quoted phrase stands in a text: the same words in the same order, as folded.

    Joined particles count: "الاتجار بالأشخاص" does not match «والاتجار بالأشخاص».
    """
    return has_phrase(text, phrase)


def _clean(text: str) -> str:
    """Turn control characters into blanks and drop what no one can see or encode."""
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category == "Cc":
            kept.append(" ")
        elif category not in ("Cf", "Cs"):  # joiners and bidi marks; lone surrogates
            kept.append(char)
    return "".join(kept).strip()


def _terms(text: str) -> tuple[QueryTerm, ...]:
    # A question made of grammar only ("من له أن") is still a question.
    tokens = analyse(text) or analyse(text, keep_stop_words=True)
    terms: dict[str, QueryTerm] = {}
    for token in tokens:
        terms.setdefault(token.term, QueryTerm(text[token.start : token.end], token.term))
    return tuple(terms.values())


def _phrases(text: str) -> tuple[str, ...]:
    found = (" ".join(match[match.lastindex or 0].split()) for match in _QUOTED.finditer(text))
    distinct = dict.fromkeys(p for p in found if any(words(fold_text(p))))
    return tuple(distinct)[:MAX_PHRASES]
