"""Plain text: every line stays a line, runs of blank lines become one."""

from __future__ import annotations

import re

from ingest.document import Document, LineKind, document_of

Row = tuple[str, int | None, LineKind, int | None]

_SPACES = re.compile("[ \t\u00a0]+")


def clean(text: str) -> str:
    """One line's text: single spaces, none at the ends, the letters untouched."""
    return _SPACES.sub(" ", text).strip(" \x1a\x1b\ufeff")


def text_rows(lines: list[str]) -> list[Row]:
    """Rows of plain lines, single blank lines kept: they end a hard-wrapped paragraph."""
    rows: list[Row] = []
    for line in map(clean, lines):
        if line or (rows and rows[-1][0]):
            rows.append((line, None, LineKind.TEXT, None))
    while rows and not rows[-1][0]:
        rows.pop()
    return rows


def read_plain(text: str, encoding: str) -> Document:
    """Return the lines; an encoding other than Unicode is told in `facts`."""
    facts = () if encoding.startswith("utf") else (("encoding", encoding),)
    return document_of(text_rows(text.splitlines()), facts=facts)
