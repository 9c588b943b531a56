"""What facts are read: not empty, not a book, in Arabic or English. Pure."""

from __future__ import annotations

import re

from search.errors import BadRequest, QueryEmpty, QueryTooLong
from search.model import Language
from search.text import english
from search.text.language import detect_language

MAX_FACTS_CHARS = 30_000  # some 5,000 words: more is several cases, and takes seconds
_ENOUGH_WORDS = 12  # from here on a text shows its language
_ENGLISH_SHARE = 0.12  # of an English text's words at least so many carry grammar only
# What somebody who has little English writes without its grammar; no other language's words.
_BROKEN_ENGLISH = "i he she we they my his her him house work boss money want"
_BROKEN = frozenset(_BROKEN_ENGLISH.split())
_FOREIGN_SHARE = 0.02
# Letters of Persian, Urdu and Pashto that Arabic, Gulf usage included, does not write.
_FOREIGN_LETTERS = frozenset("پژٹڈڑںےۓټډړږښځڅ")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?")


def check_facts(text: str) -> Language:
    """Return the language facts are written in; raise QueryEmpty, QueryTooLong or BadRequest."""
    if not text.strip():
        raise QueryEmpty("There are no facts. Paste a complaint, a report or a summary.")
    if len(text) > MAX_FACTS_CHARS:
        raise QueryTooLong(
            f"The facts have {len(text):,} characters; up to {MAX_FACTS_CHARS:,} are read at once. "
            "Send each incident by itself.",
            length=len(text),
            limit=MAX_FACTS_CHARS,
        )
    language = detect_language(text)
    if language is None or _is_foreign(text, language):
        raise BadRequest(
            "The facts do not read as Arabic or English. Send them in one of the two, or "
            "translated."
        )
    return language


def _is_foreign(text: str, language: Language) -> bool:
    if language is Language.AR:
        letters = [char for char in text if char.isalpha()]
        foreign = sum(char in _FOREIGN_LETTERS for char in letters)
        return foreign > _FOREIGN_SHARE * len(letters)
    words = [word.casefold() for word in _LATIN_WORD.findall(text)]
    grammar = sum(english.is_stop_word(word) or word in _BROKEN for word in words)
    return len(words) >= _ENOUGH_WORDS and grammar < _ENGLISH_SHARE * len(words)
