"""Read what numbers a clause: digits, a letter, an ordinal or a small Roman number."""

from __future__ import annotations

from dataclasses import dataclass

from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import (
    BRACKETS,
    LAST,
    LETTER_NAMES,
    NUMBER_SIGNS,
    ORDINAL_ENDINGS,
)
from search.errors import BadIdentifier
from search.identifiers import clause_label
from search.text.numerals import adverb_at, cardinal_at, ordinal_at, parse_roman

MAX_LABEL = 99
# Single letters that out of brackets are a conjunction or abbreviate law, article, paragraph.
OWN_MEANING = frozenset("وقمف")
_BEFORE_LABEL = NUMBER_SIGNS | {"."}


@dataclass(frozen=True, slots=True)
class Label:
    """What numbers a clause, as ids write it; None: «الأخيرة», which no id can name."""

    text: str | None
    stop: int


def label_at(tokens: Tokens, at: int, bare_letters: bool = True) -> Label | None:
    """Read a label: digits, a letter, a small Roman number or an ordinal, maybe in brackets."""
    place = at
    while place < at + 3 and tokens[place].text in _BEFORE_LABEL:
        place += 1
    bracket = tokens[place].text in BRACKETS
    place += bracket
    label = _bare_label(tokens, place, bracket or bare_letters, bracket)
    if not label or not bracket:
        return label
    return Label(label.text, label.stop + 1) if tokens[label.stop].text in BRACKETS else None


def _bare_label(tokens: Tokens, at: int, letters: bool, bracketed: bool) -> Label | None:
    token = tokens[at]
    if token.is_digits:
        return _digits_label(tokens, at)
    if token.text in LAST:
        return Label(None, at + 1)
    if letters and token.text in LETTER_NAMES:
        return Label(clause_label(LETTER_NAMES[token.text]), at + 1)
    return _word_label(tokens, at, letters, bracketed)


def _word_label(tokens: Tokens, at: int, letters: bool, bracketed: bool) -> Label | None:
    """Read an ordinal, a number in words, a letter or a small Roman number."""
    token, folded = tokens[at], tokens.text
    number = ordinal_at(folded, token.start) or adverb_at(folded, token.start)
    number = number or (cardinal_at(folded, token.start) if token.is_word else None)
    if number and (stop := tokens.after(number.end)):
        return Label(str(number.value), stop)
    is_letter = len(token.text) == 1 and (bracketed or token.text not in OWN_MEANING)
    is_roman = bracketed and parse_roman(token.text) is not None
    if not token.is_word or not letters or not (is_letter or is_roman):
        return None
    return lettered(token.text, at + 1)


def lettered(text: str, stop: int) -> Label | None:
    """Return the label of a letter, if ids can name it."""
    try:
        return Label(clause_label(text), stop)
    except BadIdentifier:
        return None


def _digits_label(tokens: Tokens, at: int) -> Label | None:
    digits = tokens[at].text
    if len(digits) > 3 or not 1 <= int(digits) <= MAX_LABEL:
        return None
    following = tokens[at + 1]
    ending = following.gap is Gap.NONE and following.text in ORDINAL_ENDINGS
    return Label(str(int(digits)), at + 2 if ending else at + 1)
