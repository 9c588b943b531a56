"""Drop running headers, footers and page numbers; they belong to the page, not to the text.

A line goes only if it stands at the edge of at least half of the pages (and of three) with the
same words, and its numbers are the same on all of them or follow the page. A line that begins
like the heading of a provision never goes, be it one article a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.quality import ascii_digits

_NUMBER = re.compile(r"\d+")
_NOT_LETTER = re.compile(r"[\W\d_]+")
_EDGE = 3  # lines at the top and at the bottom of a page that may be running ones
_HEADINGS = frozenset(("article", "section", "part", "chapter", "المادة", "مادة", "الفصل", "الباب"))


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of a page."""

    page: int
    index: int
    words: str
    numbers: tuple[int, ...]


def without_margins(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the pages without their running lines and without outer blank lines."""
    dropped: set[tuple[int, int]] = set()
    for at_top in (True, False):
        groups: dict[str, list[_Edge]] = defaultdict(list)
        for edge in _edges(pages, at_top):
            groups[edge.words].append(edge)
        for words, edges in groups.items():
            if words.split(" ", 1)[0] not in _HEADINGS:
                dropped.update(_running(edges, len(pages)))
    return [
        _stripped([line for i, line in enumerate(lines) if (page, i) not in dropped])
        for page, lines in enumerate(pages)
    ]


def _edges(pages: Sequence[Sequence[str]], at_top: bool) -> list[_Edge]:
    found = []
    for page, lines in enumerate(pages):
        filled = [i for i, line in enumerate(lines) if line]
        for index in filled[:_EDGE] if at_top else filled[-_EDGE:]:
            text = ascii_digits(lines[index])
            words = _NOT_LETTER.sub(" ", text).strip().lower()
            numbers = tuple(int(n) for n in _NUMBER.findall(text)[:9] if len(n) < 10)
            found.append(_Edge(page, index, words, numbers))
    return found


def _running(edges: list[_Edge], pages: int) -> set[tuple[int, int]]:
    """The places of those lines of equal words whose numbers stay or follow the page."""
    standing = Counter(n for edge in edges for n in set(edge.numbers))
    constant = {n for n, count in standing.items() if count >= 0.8 * len(edges)}
    moving = {
        (edge.page, edge.index): [n for n in edge.numbers if n not in constant] for edge in edges
    }
    offsets = Counter(n - page for (page, _), numbers in moving.items() for n in numbers)
    offset = max(offsets, key=lambda o: offsets[o], default=None)
    bare = not edges[0].words
    places = {
        place
        for place, numbers in moving.items()
        if all(n - place[0] == offset for n in numbers) and (numbers or not bare)
    }
    covered = {page for page, _ in places}
    return places if len(covered) >= max(3, pages / 2) else set()


def _stripped(lines: list[str]) -> list[str]:
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines
