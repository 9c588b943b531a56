"""Find the preamble: what stands between the title and the first article."""

from __future__ import annotations

import re

from ingest.document import LineKind
from search.text.fold import fold_text

from .headings import structure_heading
from .running import Running

_OPENS = re.compile(
    r"[\s*#_-]*(?:preamble|الديباجه|ديباجه|بعد الاطلاع|نحن\b|باسم\b|بسم\b|ان مجلس|لما كان|بناء علي"
    r"|رسمنا|مجلس\b.*بعد|(?:اذ|ان) الدول"
    r"|the (?:states? part|general (?:conference|assembly)|high contracting|member|governments?)"
    r"|we,|having|whereas|considering|in the name)"
)
_MAX_TITLE_CHARS = 160
_SENTENCE = re.compile(r"[.:؛;،,]\s*$")


def preamble_lines(text: Running, end: int) -> list[int]:
    """Return the lines of the preamble before line `end`, without title and contents."""
    lines = text.between(0, end)
    for position, i in enumerate(lines):
        if _OPENS.match(fold_text(text.line(i).text[:120])):
            marked = text.line(i).kind is LineKind.HEADING or _is_label(text.line(i).text)
            return lines[position + 1 :] if marked else lines[position:]
    while lines and _is_title(text, lines[0]):
        lines = lines[1:]
    return lines


def _is_label(line: str) -> bool:
    """«الديباجة» or "Preamble" alone on its line."""
    return len(line.split()) == 1


def _is_title(text: Running, i: int) -> bool:
    line = text.line(i)
    short = len(line.text) <= _MAX_TITLE_CHARS and not _SENTENCE.search(line.text)
    return line.kind is LineKind.HEADING or short or structure_heading(line.text) is not None
