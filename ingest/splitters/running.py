"""The running text of a document: its lines without furniture and footnotes, hard wraps joined.

A joined line end becomes one space, so a text keeps the length of the source it came from
wherever nothing was left out of its middle.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.document import Document, Line, LineKind
from search.model import SourceSpan

from .furniture import furniture
from .markers import starts_item

_TERMINAL = re.compile(r"[.:؛;؟?!…»”\"][)\]\s*_”»\"]*$")
_FOOTNOTE = re.compile(r"\s*\[([0-9٠-٩*]{1,3})\]\s*\S")
_TORN_HEADING = re.compile(r"[.:;؛]\s+(Article|ARTICLE|(?:ال)?مادة)\s*$")
_BARE_NUMBER = re.compile(r"\s*[(]?[0-9٠-٩]{1,3}[)]?\s*")
_REFERENCE = re.compile(r"\[([0-9٠-٩*]{1,3})\]")
# Hard-wrapped text has no line longer than this; a file of whole paragraphs does.
_MAX_WRAP_CHARS = 170
_MIN_WRAP_CHARS = 30
_FULL_SHARE = 0.5  # an unfinished line shorter than this share of the width was ended on purpose


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, the label by which the text refers to it, and the line it stands on."""

    label: str | None
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Running:
    """The lines that carry the text: `written` are their indexes in `lines`, in order."""

    document: Document
    written: tuple[int, ...]
    footnotes: tuple[Footnote, ...]
    width: int | None  # usual length of a full line; None where lines are paragraphs

    def line(self, index: int) -> Line:
        return self.document.lines[index]

    def between(self, first: int, end: int) -> list[int]:
        """Return the written lines from index `first` up to but not including `end`."""
        return list(self.written[bisect_left(self.written, first) : bisect_left(self.written, end)])

    def joins(self, before: int, after: int) -> bool:
        """Tell whether line `after` continues the sentence that was wrapped at line `before`."""
        if self.width is None or any(
            self.line(i).kind is not LineKind.TEXT for i in (before, after)
        ):
            return False
        if any(not self.line(i).text.strip() for i in range(before + 1, after)):
            return False
        text = self.line(before).text.rstrip()
        return (
            len(text) >= self.width * _FULL_SHARE
            and not _TERMINAL.search(text)
            and not starts_item(self.line(after).text)
        )

    def text(self, lines: Sequence[int], start: int | None = None) -> tuple[str, SourceSpan | None]:
        """Return the text of these lines and where it lies; `start`: where the first one begins."""
        if not lines:
            return "", None
        source = self.document.text
        at = self.line(lines[0]).start if start is None else start
        parts = [source[at : self.line(lines[0]).end]]
        for before, after in pairwise(lines):
            gap = source[self.line(before).end : self.line(after).start]
            if gap.strip():
                gap = "\n"  # a page number or footnote stood here
            joined = self.joins(before, after)
            parts += [" " * len(gap) if joined else gap, self.line(after).text]
        whole = "".join(parts)
        text = whole.strip()
        if not text:
            return "", None
        begin = at + len(whole) - len(whole.lstrip())
        last = self.line(lines[-1])
        end = last.start + len(last.text.rstrip())
        return text, SourceSpan(begin, end, self.line(lines[0]).page, last.page)


def running(document: Document) -> Running:
    """Prepare the running text of a document."""
    document = replace(document, lines=_with_whole_headings(document))
    dropped = furniture(document.lines)
    footnotes = _footnotes(document, dropped)
    apart = {note.line for note in footnotes}
    written = tuple(
        i
        for i, line in enumerate(document.lines)
        if i not in dropped and i not in apart and line.text.strip()
    )
    return Running(document, written, footnotes, _width(document, written))


def _with_whole_headings(document: Document) -> tuple[Line, ...]:
    """Put a heading together that was broken in two: "… obligation. Article / 12"."""
    lines = list(document.lines)
    for i, (before, after) in enumerate(pairwise(document.lines)):
        torn = _TORN_HEADING.search(before.text)
        if torn and _BARE_NUMBER.fullmatch(after.text):
            start = before.start + torn.start(1)
            lines[i] = replace(before, text=before.text[: torn.start(1)])
            lines[i + 1] = replace(after, text=document.text[start : after.end], start=start)
    return tuple(lines)


def _footnotes(document: Document, dropped: frozenset[int]) -> tuple[Footnote, ...]:
    first_seen: dict[str, int] = {}
    for reference in _REFERENCE.finditer(document.text):
        first_seen.setdefault(reference.group(1), reference.start())
    found = []
    for i, line in enumerate(document.lines):
        match = _FOOTNOTE.match(line.text)
        # "[1] text" is a footnote where "[1]" stood in the text before it.
        referred = match and first_seen[match.group(1)] < line.start
        if i not in dropped and line.text.strip() and (referred or line.kind is LineKind.FOOTNOTE):
            found.append(Footnote(match.group(1) if match else None, line.text.strip(), i))
    return tuple(found)


def _width(document: Document, written: Sequence[int]) -> int | None:
    lengths = sorted(
        len(document.lines[i].text) for i in written if document.lines[i].kind is LineKind.TEXT
    )
    if not lengths:
        return None
    full = lengths[int(len(lengths) * 0.9)]
    longest = lengths[-1]
    return full if full >= _MIN_WRAP_CHARS and longest <= _MAX_WRAP_CHARS else None
