"""Follow the books, parts, chapters and sections above the articles."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import LineKind
from search.model import Bilingual

from .headings import RANKS, structure_heading
from .markers import mark_at
from .running import Running

_MAX_TITLE_LINES = 4  # a heading and its titles, down to the next article or heading
_MAX_TITLE_CHARS = 140
_SUB = "sub"  # a heading without keyword or number of its own kind
_SENTENCE = re.compile(r"[.:؛;،,]\s*$")
_OPEN_END = re.compile(r"[:؛;،,]\s*$")
_LETTER = re.compile(r"[^\W_\u0640]")
_ARABIC = re.compile(r"[\u0621-\u064a]")


@dataclass(frozen=True, slots=True)
class Places:
    """Where headings stand, and the place of every article heading's line."""

    headings: tuple[int, ...]  # lines that headings and their titles take, in order
    by_line: dict[int, tuple[Bilingual, ...]]

    def at(self, line: int) -> tuple[Bilingual, ...]:
        """Return the headings an article stands under, outermost first."""
        return self.by_line.get(line, ())

    def first_after(self, line: int) -> int:
        """Return the first heading line after `line`, or a number beyond every line."""
        at = bisect_right(self.headings, line)
        return self.headings[at] if at < len(self.headings) else 1 << 60

    def first_before(self, line: int) -> int:
        """Return the first of the heading lines that lead down to `line` without a gap."""
        at = bisect_left(self.headings, line)
        return self._block_start(at) if at else line

    def _block_start(self, at: int) -> int:
        start = self.headings[at - 1]
        while at > 1 and start - self.headings[at - 2] <= 2:  # a blank line may stand between
            at -= 1
            start = self.headings[at - 1]
        return start


@dataclass(slots=True)
class _Open:
    """The headings open at a line, outermost first, with the depth each keyword was met at."""

    stack: list[tuple[str, str]]
    depths: dict[str, int]
    fresh: bool = False  # no article since the last heading

    def enter(self, keyword: str, label: str) -> None:
        if keyword == _SUB:  # below everything, and in place of another one
            depth = next((n for n, (k, _) in enumerate(self.stack) if k == _SUB), len(self.stack))
        elif keyword in self.depths:
            depth = min(self.depths[keyword], len(self.stack))
        elif self.fresh:
            depth = len(self.stack)
        else:
            depth = sum(RANKS.get(k, 1 << 30) < RANKS[keyword] for k, _ in self.stack)
        if keyword != _SUB:
            self.depths[keyword] = depth
        self.stack = [*self.stack[:depth], (keyword, label)]
        self.fresh = True

    def place(self) -> tuple[Bilingual, ...]:
        return tuple(
            Bilingual(ar=label) if _ARABIC.search(label) else Bilingual(en=label)
            for _, label in self.stack
        )


def places(text: Running, articles: Sequence[int], end: int) -> Places:
    """Read the headings between the articles whose heading lines are given."""
    heads = set(articles)
    state = _Open([], {})
    taken: list[int] = []
    by_line: dict[int, tuple[Bilingual, ...]] = {}
    lines = [i for i in text.written if i < end]
    position = 0
    while position < len(lines):
        i = lines[position]
        if i in heads:
            by_line[i] = state.place()
            state.fresh = False
            position += 1
            continue
        length = _heading_length(text, lines, position, heads)
        for keyword, label in _labels(text, lines[position : position + length]):
            if _LETTER.search(label):  # a heading of dashes or dots names nothing
                state.enter(keyword, label)
        taken.extend(lines[position : position + length])
        position += max(length, 1)
    return Places(tuple(taken), by_line)


def _heading_length(text: Running, lines: Sequence[int], position: int, heads: set[int]) -> int:
    """Return how many lines from `position` are a heading with its titles; 0: none is."""
    following = lines[position + 1 : position + 1 + _MAX_TITLE_LINES]
    length = next(
        (n for n, i in enumerate(following, 1) if i in heads or _is_structure(text, i)), None
    )
    i = lines[position]
    if _is_structure(text, i):
        titles = following[: length - 1] if length else following
        return length if length and all(_may_be_title(text, j) for j in titles) else 0
    alone = length == 1 and position > 0 and lines[position - 1] not in heads
    if alone and text.line(i).kind is LineKind.HEADING and not _SENTENCE.search(text.line(i).text):
        return 1
    return int(alone and _numbered_heading(text, lines, position, heads))


def _may_be_title(text: Running, i: int) -> bool:
    """A title is short and does not end like the middle of a sentence; recitals do."""
    line = text.line(i).text
    return len(line) <= _MAX_TITLE_CHARS and not _OPEN_END.search(line)


def _numbered_heading(text: Running, lines: Sequence[int], position: int, heads: set[int]) -> bool:
    """Tell whether "2 - Bribery" between two articles is a heading, not the last item of a list."""
    line = text.line(lines[position]).text.strip()
    mark = mark_at(line, 0)
    if not mark or len(line) > _MAX_TITLE_CHARS // 2 or _OPEN_END.search(line):
        return False
    if not re.search(r"[.\])]\s*$", text.line(lines[position - 1]).text):
        return False
    families = {reading.family for reading in mark.readings}
    for i in reversed(lines[:position]):
        if i in heads:
            break
        other = mark_at(text.line(i).text.strip(), 0)
        if other and families & {reading.family for reading in other.readings}:
            return False
    return True


def _is_structure(text: Running, i: int) -> bool:
    line = text.line(i)
    return structure_heading(line.text, line.kind is LineKind.HEADING) is not None


def _labels(text: Running, lines: Sequence[int]) -> list[tuple[str, str]]:
    """Return keyword and label of a heading block: «الباب الأول: أحكام عامة», then sub-headings."""
    if not lines:
        return []
    first = text.line(lines[0])
    heading = structure_heading(first.text, first.kind is LineKind.HEADING)
    label = _clean(first.text)
    if heading is None:
        return [(_SUB, label)]
    rest: list[str] = []
    for before, i in pairwise(lines):
        if rest and text.joins(before, i):
            rest[-1] += f" {_clean(text.line(i).text)}"
        else:
            rest.append(_clean(text.line(i).text))
    if heading.title is None and rest:
        label, rest = f"{label}: {rest[0]}", rest[1:]
    return [(heading.keyword, label), *((_SUB, each) for each in rest)]


def _clean(text: str) -> str:
    return " ".join(text.strip(" #*_").rstrip(":.").split())
