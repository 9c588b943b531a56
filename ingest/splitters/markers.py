"""Recognise the marks of numbered and lettered items: "1.", «١-», "(a)", «أ -», "iv)", «أولاً:».

A mark has one or more readings: "(i)" is the letter after h and the Roman one; which reading
holds follows from its neighbours (clauses.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.errors import BadIdentifier
from search.identifiers import clause_label
from search.text.fold import fold_text
from search.text.numerals import adverb_at, parse_roman

_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_DIGITS = "[0-9٠-٩۰-۹]{1,3}"
_ARABIC_LETTER = "[أإآا-يهـ]ـ?"
_LATIN = "[a-z]{1,5}|[A-Z]"
_DASH = r"[-–—ـ]"
_MARK = re.compile(
    rf"[(\[]\s*(?P<inside>{_DIGITS}|{_ARABIC_LETTER}|{_LATIN})\s*[)\]]\s*{_DASH}?"
    rf"|[)]\s*(?P<turned>{_DIGITS}|{_ARABIC_LETTER})\s*[(]\s*{_DASH}?"  # brackets not mirrored
    rf"|(?P<number>{_DIGITS})\s*(?:{_DASH}|[.)/:](?![0-9٠-٩۰-۹])){_DASH}?(?:\s*{_DASH})?"
    rf"|{_DASH}\s?(?P<before>{_DIGITS})(?=\s)"
    rf"|(?P<arabic>{_ARABIC_LETTER})\s*(?:{_DASH}|[.)/:])(?:\s*{_DASH})?"
    rf"|(?P<latin>{_LATIN})[.)](?=\s|[A-Z“\"„‘'`])"
    r"|(?P<word>أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)[ًا]{0,2}\s*[:–—-]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a mark: the family it counts in, its place there, its label in ids."""

    family: str
    ordinal: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a text: text[start:end], its printed label, its readings."""

    start: int
    end: int
    printed: str
    readings: tuple[Reading, ...]


def mark_at(text: str, at: int) -> Mark | None:
    """Recognise a mark that begins at `at`, or return None."""
    match = _MARK.match(text, at)
    if not match:
        return None
    group = match.lastgroup or ""
    printed = match.group(group)
    readings = _readings(group, printed)
    return Mark(at, match.end(), printed, readings) if readings else None


def starts_item(line: str) -> bool:
    """Tell whether a line begins with a mark or a bullet."""
    stripped = line.lstrip("#*•\t \u00a0")
    if stripped[:1] in "-–—•▪●○" or stripped != line.lstrip():
        return True
    return mark_at(stripped, 0) is not None


def _readings(group: str, printed: str) -> tuple[Reading, ...]:
    # "(1)" and "1." count apart: treaties number paragraphs the one way and points the other.
    bracket = "()" if group in {"inside", "turned"} else ""
    if group == "word":
        adverb = adverb_at(fold_text(printed), 0)
        return (Reading("word", adverb.value, str(adverb.value)),) if adverb else ()
    try:
        label = clause_label(printed)
    except BadIdentifier:
        return ()
    if label.isdecimal():
        return (Reading("digit" + bracket, int(label), label),)
    if group == "arabic" or not printed.isascii():
        letter = fold_text(printed).strip()
        ordinal = _ABJAD.find(letter[:1]) + 1
        return (Reading("abjad" + bracket, ordinal, label),) if ordinal else ()
    return _latin(printed, label, bracket)


def _latin(printed: str, label: str, bracket: str) -> tuple[Reading, ...]:
    case = "A" if printed.isupper() else "a"
    readings = []
    if len(label) == 1:
        readings.append(Reading(f"latin-{case}", ord(label) - ord("a") + 1, label))
    value = parse_roman(label)
    if value:
        readings.append(Reading(f"roman-{case}", value, label))
    return tuple(readings)
