"""What a reader returns: the text of a file, line by line, with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.ocr.store import ReadPage

LINKED_ARTICLES = "linked-articles"  # a fact of a web page: how many articles its menu leads to


class LineKind(StrEnum):
    TEXT = "text"
    HEADING = "heading"  # the format itself says so: Word style, <h2>, "##"
    FOOTNOTE = "footnote"  # kept apart from the running text by the format
    TABLE = "table"  # cells joined by " | "


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph, without its line end.

    `start` is the offset of its first character in `Document.text`; `page` counts from 1, None
    where the format has no pages.
    """

    text: str
    start: int
    page: int | None = None
    kind: LineKind = LineKind.TEXT
    level: int | None = None  # of a heading, from 1

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text: `text` is the lines joined by one newline each, untouched otherwise."""

    text: str
    lines: tuple[Line, ...]
    title: str | None = None  # what the file calls itself (metadata, <title>, front matter)
    pages: int | None = None
    facts: tuple[tuple[str, str], ...] = ()  # front matter and the like, as found
    scanned: tuple[ReadPage, ...] = ()  # pages that were read from their pictures, by OCR


def document_of(
    lines: list[tuple[str, int | None, LineKind, int | None]],
    title: str | None = None,
    pages: int | None = None,
    facts: tuple[tuple[str, str], ...] = (),
) -> Document:
    """Build a Document from (text, page, kind, level) rows; offsets follow from the order."""
    placed: list[Line] = []
    start = 0
    for text, page, kind, level in lines:
        placed.append(Line(text, start, page, kind, level))
        start += len(text) + 1
    return Document("\n".join(line.text for line in placed), tuple(placed), title, pages, facts)


@dataclass(frozen=True, slots=True)
class Description:
    """What a file is: given by its sidecar or options, else recognised from its text."""

    work: str  # instrument or judgment id
    kind: str  # Kind value
    language: str  # Language value
    authority: str  # Authority value
    title_ar: str | None = None
    title_en: str | None = None
    number: str | None = None
    year: int | None = None
    jurisdiction: str = "kw"
    in_force_from: str | None = None  # ISO date
    source: tuple[tuple[str, str], ...] = ()
    confirmed: bool = True  # False: recognised by the machine, to be confirmed by a person
    reasons: tuple[str, ...] = ()  # how it was recognised
