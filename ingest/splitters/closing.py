"""Find where a law ends: signatures, closing formulas, explanatory memoranda."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Line, LineKind
from search.text.fold import fold_text

from .running import Running

_MAX_HEADING_CHARS = 90
_ENDS_LAW = re.compile(
    r"[\s#*(\[«\"]*(?:ال)?(?:مذكره\s+(?:ال)?(?:ايضاحيه|تفسيريه)|مذكره\s+الايضاح"
    r"|explanatory\s+(?:memorandum|note|report)|annex(?:es)?\b|schedules?\b|appendix\b"
    r"|ملحق\b|ملاحق\b|جدول\s+(?:رقم|ال))"
)
_CLOSES = re.compile(
    r"[\s*_«\"]*(?:(?:نائب\s+)?امير\s+(?:دوله\s+)?(?:الكويت|قطر|البحرين|البلاد)|ملك\s+(?:المملكه|البحرين)"
    r"|رئيس\s+(?:دوله|الدوله|الجمهوريه|جمهوريه|مجلس\s+الوزراء)\s*(?:[^\s]{0,20}\s?){0,3}$|صدر\s+(?:عنا\s+)?(?:في|ب)"
    r"|صدر\s+عنا\b|حرر\s+(?:في|ب)"
    r"|in\s+(?:witness|faith)\s+(?:whereof|thereof)|done\s+(?:at|in)\b|the\s+foregoing\s+is\s+the"
    r"|issued\s+(?:at|in|on)\s+(?:the\b|:|[0-9])|(?:the\s+)?(?:deputy\s+)?(?:amir|emir|king)\s+of\b)"
)
# A ruler's name on a line of its own, above the title.
_NAME = re.compile(r"(?:^|\s)(?:بن|ال|bin|al)(?:\s|-)|\bal-", re.IGNORECASE)
_NAME_CHARS = 60
_SENTENCE_END = re.compile(r"[.؛;:،,]\s*$")


def ends_law(line: Line) -> bool:
    """Tell whether a memorandum, annex or schedule begins here: what follows is no article."""
    heading = line.kind is LineKind.HEADING or len(line.text.strip()) <= _MAX_HEADING_CHARS
    folded = fold_text(line.text[:_MAX_HEADING_CHARS])
    match = _ENDS_LAW.match(folded) if heading else None
    return bool(match) and not _SENTENCE_END.search(folded.rstrip(" :"))


def end_of_articles(text: Running, lines: Sequence[int]) -> list[int]:
    """Return the lines of a last article without the closing formula below it."""
    for position, i in enumerate(lines[1:], start=1):
        line = text.line(i)
        if line.kind is LineKind.TEXT and _CLOSES.match(fold_text(line.text[:120])):
            keep = position - 1 if _is_name(text, lines, position - 1) else position
            return list(lines[:keep])
    return list(lines)


def _is_name(text: Running, lines: Sequence[int], position: int) -> bool:
    if position < 2:
        return False  # never the only line an article has
    above, before = text.line(lines[position]).text.strip(), text.line(lines[position - 1]).text
    return (
        len(above) <= _NAME_CHARS
        and not _SENTENCE_END.search(above)
        and bool(_NAME.search(fold_text(above)))
        and bool(_SENTENCE_END.search(before))
    )
