"""Find what belongs to the page and not to the law: page numbers, running headers, rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.document import Line, LineKind
from search.text.fold import fold_text

from .headings import article_heading, structure_heading

_EDGE_LINES = 2  # headers and footers stand among the first or last lines of a page
_MAX_HEADER_CHARS = 120
_MIN_REPEATS = 3
_MIN_SHARE = 0.3
_RULE = re.compile(r"[\s*_=~•·.\-–—]{3,}")
_BARE_NUMBER = re.compile(r"[0-9]{1,4}")
_PAGE_NUMBER = re.compile(
    r"[-–—]\s*[0-9]{1,4}\s*[-–—]"
    r"|(?:صفحه|ص|page|p\.)\s*[:.]?\s*[0-9]{1,4}(?:\s*(?:من|of|/)\s*[0-9]{1,4})?"
    r"|[0-9]{1,4}\s*(?:من|of|/)\s*[0-9]{1,4}"
)


def furniture(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines that are no part of the running text."""
    shapes = [_shape(line.text) for line in lines]
    edges = _edges(lines, shapes)
    headers = _running_headers(lines, shapes, edges)
    bare = _bare_numbers(lines, edges, headers)
    return frozenset(
        i
        for i, line in enumerate(lines)
        if shapes[i]
        and (
            i in headers
            or i in bare
            or _RULE.fullmatch(line.text)
            or _PAGE_NUMBER.fullmatch(fold_text(line.text[:40]).strip())
        )
    )


def _shape(text: str) -> str:
    """Reduce a line to what stays the same from page to page: everything but its digits."""
    if len(text) > _MAX_HEADER_CHARS:
        return text[:_MAX_HEADER_CHARS]
    return re.sub(r"\s+", " ", re.sub(r"[0-9]+", "#", fold_text(text))).strip()


def _edges(lines: Sequence[Line], shapes: Sequence[str]) -> dict[int, int]:
    """Return the page of every line that is among the first or last of its page."""
    pages: dict[int, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.page is not None and shapes[i]:
            pages[line.page].append(i)
    return {
        i: page
        for page, indexes in pages.items()
        for i in (*indexes[:_EDGE_LINES], *indexes[-_EDGE_LINES:])
    }


def _running_headers(
    lines: Sequence[Line], shapes: Sequence[str], edges: dict[int, int]
) -> frozenset[int]:
    where: dict[str, set[int]] = defaultdict(set)
    for i, page in edges.items():
        where[shapes[i]].add(page)
    pages = len(set(edges.values()))
    beside, numbers = _beside_page_numbers(lines, shapes)
    counted = Counter(shapes[i] for i in beside)
    found = set()
    for i, line in enumerate(lines):
        shape = shapes[i]
        often = (i in edges and _often(len(where[shape]), pages)) or (
            i in beside and _often(counted[shape], numbers)
        )
        if often and _may_be_header(line, shape):
            found.add(i)
    return frozenset(found)


def _often(times: int, pages: int) -> bool:
    """Left and right pages may differ, chapters too; a short article may repeat by chance."""
    return times >= max(_MIN_REPEATS, pages * _MIN_SHARE)


def _may_be_header(line: Line, shape: str) -> bool:
    """Article and chapter headings repeat their shape on every page and are no headers."""
    return (
        len(line.text) <= _MAX_HEADER_CHARS
        and line.kind is LineKind.TEXT
        and any(c.isalpha() for c in shape)
        and article_heading(line.text) is None
        and structure_heading(line.text) is None
    )


def _beside_page_numbers(
    lines: Sequence[Line], shapes: Sequence[str]
) -> tuple[frozenset[int], int]:
    """Return the lines beside page numbers, where the format knows no pages, and their count."""
    written = [i for i, shape in enumerate(shapes) if shape and lines[i].page is None]
    beside: set[int] = set()
    numbers = 0
    for before, i, after in zip([-1, *written], written, [*written[1:], -1], strict=False):
        if _is_page_number(lines[i].text):
            numbers += 1
            beside.update(j for j in (before, after) if j >= 0)
    return frozenset(beside), numbers


def _is_page_number(text: str) -> bool:
    folded = fold_text(text[:40]).strip()
    return bool(_PAGE_NUMBER.fullmatch(folded) or _BARE_NUMBER.fullmatch(folded))


def _bare_numbers(
    lines: Sequence[Line], edges: dict[int, int], headers: frozenset[int]
) -> frozenset[int]:
    """Return bare numbers at a page's edge or beside a running header."""
    written = [i for i, line in enumerate(lines) if line.text.strip()]
    found = set()
    for before, i, after in zip([-1, *written], written, [*written[1:], -1], strict=False):
        if _BARE_NUMBER.fullmatch(fold_text(lines[i].text[:10]).strip()) and (
            i in edges or before in headers or after in headers
        ):
            found.add(i)
    return frozenset(found)
