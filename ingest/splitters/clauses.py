"""Find the numbered and lettered parts of a provision's text, and its defined terms.

Numbers at the outermost level are paragraphs (`par-1`), but points (`pt-1`) where a sentence
leads up to them; letters, and everything below, are points (`par-1/pt-a`). Each entry of a
definitions article is a definition (`def-1`). Where a provision has two lists with the same
marks, the second list's ids end in `-2`. Spans are exact in the text given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from search.identifiers import UnitId
from search.model import Clause, ClauseKind
from search.text.fold import fold_text

from .markers import Mark, Reading, mark_at

_LINE_START = re.compile(r"(?:^|\n)[\s•▪●○*]*")
_INLINE_START = re.compile(r"[.:؛;،,][\s\u00a0]+")
_PARAGRAPH = re.compile(r"\n\s*(?=\S)")
_DEFINES = re.compile(
    r"يقصد|المعاني|المعني المبين|تعريف|التعاريف|use of terms|definitions?\b"
    r"|for the purposes? of (?:this|the present)|(?:shall )?have the (?:following )?meanings?"
    r"|the meanings? (?:assigned|indicated|set)|in the application of"
)
_INTRODUCES = (":", "؛")
_INTRODUCES_PADDING = " \t\n\u00a0-–—ـ"
_MAX_DEPTH = 4  # article, paragraph, point, sub-point: nothing real is deeper
_NEXT_ITEM_CHARS = 3000  # how far the second item of a list in running text may be from the first
_LEAD_CHARS = 40
_OPENING_CHARS = 400  # a definitions article says so in its first sentence
_NOT_A_TERM = re.compile(
    r"يقصد|المعاني|الاتيه|الاتي\b|التاليه|المبينه|قرين|following|purposes?\b|expressions\b"
    r"|provisions\b|meanings?\b|تعريفات|التعاريف|definitions"
)
_QUOTES = "“”\"„‘’'`«»"
_TERM = re.compile(
    rf"(?:the\s+(?:terms?|expressions?)\s+)?[{_QUOTES}]{{1,2}}(?P<quoted>[^{_QUOTES}\n]{{1,80}})"
    rf"[{_QUOTES}]{{1,2}}[^\n:]{{0,60}}?(?:\s*:|\s+(?:shall\s+)?(?:means?|includes?|refers?)\b)"
    r"|(?P<plain>[^\s:؛;.,،\d][^:؛;.\n]{0,78}?)\s*:(?=\s*[^\s:-])",
    re.IGNORECASE,
)
_BARE_LEAD = re.compile(r"[-–—]\s*|[0-9٠-٩]{1,2}\s+(?=[\u0621-\u064a])")


@dataclass(slots=True)
class _Node:
    """An item while its end is still unknown."""

    mark: Mark
    reading: Reading
    led: bool  # an introduction precedes its list
    end: int = 0
    children: list[_Node] = field(default_factory=list)


@dataclass(slots=True)
class _Level:
    """An open list: its counting family, its items, and whether words stand before it."""

    family: str
    nodes: list[_Node]
    led: bool  # an introduction precedes the list, so a plain paragraph after it ends it

    @property
    def last(self) -> _Node:
        return self.nodes[-1]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A defined term, and where its entry begins."""

    start: int
    body: int
    term: str


def clauses(text: str, provision: UnitId) -> tuple[Clause, ...]:
    """Return the clauses of a provision's text in order, outer before inner."""
    defined = _definitions(text)
    taken: set[str] = set()
    if not defined:
        return tuple(_print(_items(text, 0, len(text)), provision, taken, top=True))
    found: list[Clause] = []
    ends = [entry.start for entry in defined[1:]] + [len(text)]
    for n, (entry, end) in enumerate(zip(defined, ends, strict=True), start=1):
        unit = provision.below(f"def-{n}")
        stop = entry.start + len(text[entry.start : end].rstrip())
        found.append(Clause(str(unit), ClauseKind.DEFINITION, entry.term, entry.start, stop))
        found.extend(_print(_items(text, entry.body, stop), unit, taken, top=False))
    return tuple(found)


def _print(nodes: Sequence[_Node], above: UnitId, taken: set[str], top: bool) -> Iterator[Clause]:
    for node in nodes:
        numbered = node.reading.family.startswith(("digit", "word")) and not node.led
        kind = ClauseKind.PARAGRAPH if top and numbered else ClauseKind.POINT
        segment = f"{'par' if kind is ClauseKind.PARAGRAPH else 'pt'}-{node.reading.label}"
        unit, again = above.below(segment), 2
        while str(unit) in taken:
            unit, again = above.below(f"{segment}-{again}"), again + 1
        taken.add(str(unit))
        yield Clause(str(unit), kind, node.mark.printed, node.mark.start, node.end)
        yield from _print(node.children, unit, taken, top=False)


def _items(text: str, start: int, end: int) -> list[_Node]:
    """Build the tree of marked items in text[start:end]."""
    tree = _Tree(text, start, end)
    for mark in _listed(text, start, end):
        tree.place(mark)
    return tree.finished()


class _Tree:
    """The items of one text while they are read from its beginning to its end."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._lines = [m.end() for m in _LINE_START.finditer(text, start, end)]
        self._roots: list[_Node] = []
        self._stack: list[_Level] = []

    def place(self, mark: Mark) -> None:
        """Put a mark where it continues an open list or begins a new one; else it is no item."""
        for depth in range(len(self._stack) - 1, -1, -1):
            level = self._stack[depth]
            for reading in mark.readings:
                following = level.last.reading.ordinal + 1
                if (reading.family, reading.ordinal) == (level.family, following):
                    self._close(depth, mark.start)
                    level.nodes.append(_Node(mark, reading, level.led))
                    return
        first = next((r for r in mark.readings[::-1] if r.ordinal == 1), None)
        if first is not None:
            self._open(mark, first)

    def finished(self) -> list[_Node]:
        """End what is open and return the outermost items."""
        self._end_lists(self._end)
        return self._roots

    def _open(self, mark: Mark, first: Reading) -> None:
        stack = self._stack
        if stack and stack[0].led and self._is_broken(stack[-1].last.mark.end, mark.start):
            self._end_lists(mark.start)
        if len(stack) == _MAX_DEPTH:
            return
        nodes = stack[-1].last.children if stack else self._roots
        # An introduction is near: no need to copy the whole text before the mark.
        before = self._text[max(self._start, mark.start - _LEAD_CHARS) : mark.start]
        led = before.rstrip(_INTRODUCES_PADDING).endswith(_INTRODUCES)
        nodes.append(_Node(mark, first, led))
        stack.append(_Level(first.family, nodes, led))

    def _end_lists(self, at: int) -> None:
        """End all lists; a plain paragraph after a list that was led up to is not part of it."""
        stack = self._stack
        if stack and stack[0].led:
            after = _PARAGRAPH.search(self._text, stack[-1].last.mark.end, at)
            at = after.start() if after else at
        if stack:
            self._close(0, at)
            stack.clear()

    def _close(self, depth: int, at: int) -> None:
        """End the open items from `depth` inwards at `at`."""
        while at > 0 and self._text[at - 1].isspace():
            at -= 1
        for level in self._stack[depth:]:
            level.last.end = at
        del self._stack[depth + 1 :]

    def _is_broken(self, start: int, end: int) -> bool:
        """Tell whether a line without a mark stands between two marks."""
        return bisect_left(self._lines, end) > bisect_right(self._lines, start)


def _listed(text: str, start: int, end: int) -> list[Mark]:
    """Return the marks that may be items: in running text, a first one needs a second near by."""
    kept: list[Mark] = []
    seconds: dict[str, int] = {}  # where the next second item of each family stands
    for mark, inline in reversed(list(_marks(text, start, end))):
        first = [r for r in mark.readings if r.ordinal == 1]
        near = any(
            seconds.get(r.family, end + _NEXT_ITEM_CHARS) - mark.end < _NEXT_ITEM_CHARS
            for r in first
        )
        if not inline or near or len(first) < len(mark.readings):
            kept.append(mark)
        for reading in mark.readings:
            if reading.ordinal == 2:
                seconds[reading.family] = mark.start
    return kept[::-1]


def _marks(text: str, start: int, end: int) -> Iterator[tuple[Mark, bool]]:
    """Yield the marks at line starts, and (inline) those after punctuation."""
    places = {m.end(): False for m in _LINE_START.finditer(text, start, end)}
    if start:
        places.setdefault(start + len(text[start:end]) - len(text[start:end].lstrip()), False)
    for match in _INLINE_START.finditer(text, start, end):
        places.setdefault(match.end(), True)
    for at in sorted(places):
        mark = mark_at(text, at) if at < end else None
        if mark:
            yield mark, places[at]


def _definitions(text: str) -> list[_Entry]:
    """Return the entries of a definitions article, or nothing."""
    if not _DEFINES.search(fold_text(text[:_OPENING_CHARS])):
        return []
    by_line = list(_entries_by_line(text))
    if len(by_line) >= 2:
        return by_line
    nodes = _items(text, 0, len(text))
    entries = [e for node in nodes if (e := _entry(text, node.mark.start, node.mark.end))]
    return entries if len(entries) >= 2 and len(entries) * 2 >= len(nodes) else []


def _entries_by_line(text: str) -> Iterator[_Entry]:
    lead: str | None = None
    for match in _LINE_START.finditer(text):
        at = match.end()
        mark = mark_at(text, at)
        bare = _BARE_LEAD.match(text, at) if mark is None else None
        family = mark.readings[0].family if mark else "digit" if bare else ""
        body = mark.end if mark else bare.end() if bare else at
        entry = _entry(text, at, body)
        if entry and lead in (None, family):
            lead = family
            yield entry


def _entry(text: str, start: int, at: int) -> _Entry | None:
    at += len(text[at:]) - len(text[at:].lstrip(" \t\u00a0-–—:"))
    match = _TERM.match(text, at)
    if not match:
        return None
    term = " ".join((match.group("quoted") or match.group("plain")).split())
    if _NOT_A_TERM.search(fold_text(term)):
        return None
    return _Entry(start, match.end(), term)
