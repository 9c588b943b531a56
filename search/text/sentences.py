"""Find the sentences of Arabic and English legal text, as spans of it.

A sentence ends at . ! ? ؟ ; ؛ and at a line's end. It does not end at the point of an
abbreviation (art. 2, م. ٢), of a number (1.5) or of a list's marker (1. or أ.).
"""

from __future__ import annotations

import re

_CLOSERS = "\"'”’»)\\]"
# A mark ends a sentence before a space or the text's end; between two Arabic words also without
# the space, which typists leave out (العقوبة.ويجوز).
_END = re.compile(
    rf"[.!?؟;؛]++[{_CLOSERS}]*+(?=\s|$)|(?<=[\u0621-\u064a]{{2}})[.؟!؛](?=[\u0621-\u064a]{{2}})|\n"
)
_SHORT = """
    art arts no nos para paras p pp par sec secs ch cl subs v vs cf e.g i.e viz inc ltd co mr mrs
    ms dr st vol ed eds ibid et al approx fig
"""
_ABBREVIATIONS = frozenset(_SHORT.split())
_LAST_WORD = re.compile(r"[^\s(«“\"]*$")
# What may stand before the point of a list's marker: a number, a letter, a Roman numeral.
_MARKER = re.compile(r"[(\[]?(?:[0-9٠-٩]{1,3}|[ivxIVX]{1,5}|[^\W\d_]ـ?)[)\]]?")
_LONGEST_WORD = 40  # no abbreviation is longer; keeps the look back short


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences, without blanks at their ends, in order."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _is_inside(text, start, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _is_inside(text: str, start: int, point: re.Match[str]) -> bool:
    """Tell whether a point belongs to the word before it and ends no sentence."""
    if len(point.group()) != 1:
        return False
    before = text[max(start, point.start() - _LONGEST_WORD) : point.start()]
    if point.start() - start <= _LONGEST_WORD and _MARKER.fullmatch(before.strip()):
        return True
    found = _LAST_WORD.search(before)
    word = found.group() if found else ""
    # Single letters abbreviate words (م. for article, د.ك. for dinars), in either language.
    return word.casefold() in _ABBREVIATIONS or all(
        len(part) == 1 and part.isalpha() for part in word.split(".")
    )


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
