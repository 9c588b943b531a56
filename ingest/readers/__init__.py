"""From a file to a Document, or to one sentence that says why not.

`read` is the only function others need. What a file is comes from its bytes; a file that cannot
be read well is refused as a whole, never read in part. Nothing here touches the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.document import Document
from ingest.readers.limits import Limits, UnreadablePages, refusal, refused_pages
from ingest.readers.quality import defect
from ingest.readers.sniff import Format, Sniffed, sniff
from search.errors import Unreadable

__all__ = ["Limits", "UnreadablePages", "read"]

_DEFAULT_LIMITS = Limits()


def read(
    path: Path,
    limits: Limits = _DEFAULT_LIMITS,
    recognised: Mapping[int, Sequence[str]] | None = None,
) -> Document:
    """Return the text of a PDF, DOCX, HTML, Markdown or plain text file.

    `recognised`: of a PDF, lines in reading order by page number, that stand for the page's own
    text layer (from OCR). Raises Unreadable, whose `reason` is one of the words listed in
    ingest/readers/limits.py; UnreadablePages where OCR of the pages it names may help.
    """
    name = path.name
    data = _bytes_of(path, name, limits)
    try:
        document = _parse(data, sniff(data, name), name, limits, recognised or {})
    except Unreadable:
        raise
    # The parsers raise whatever a hostile file leads them to, RecursionError and MemoryError
    # included; to the person with the file it is one thing.
    except Exception as exc:
        raise refusal(name, "damaged", "it is damaged and cannot be read") from exc
    _refuse_unfit(document, name, limits)
    return document


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    """The content, its size checked before a byte is read."""
    try:
        if not path.exists():
            raise refusal(name, "missing", "there is no such file")
        if not path.is_file():
            raise refusal(name, "not-a-file", "it is a folder or a device, not a file")
        size = path.stat().st_size
        if size == 0:
            raise refusal(name, "empty", "it is empty")
        if size > limits.file_bytes:
            most = f"at most {limits.file_bytes / 1e6:.0f} MB are read"
            raise refusal(name, "too-large", f"it has {size / 1e6:.0f} MB; {most}")
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)[: limits.file_bytes]
    except OSError as exc:
        what = f"it cannot be opened ({exc.strerror})"
        raise refusal(name, "missing", what, "check the path and the permissions") from exc


def _parse(
    data: bytes,
    sniffed: Sniffed,
    name: str,
    limits: Limits,
    recognised: Mapping[int, Sequence[str]],
) -> Document:
    # Parsers are imported when first needed: pypdf and lxml take a noticeable part of a second.
    match sniffed.format:
        case Format.PDF:
            from ingest.readers.pdf import read_pdf  # noqa: PLC0415

            return read_pdf(data, name, limits, recognised)
        case Format.DOCX:
            from ingest.readers.docx import read_docx  # noqa: PLC0415

            return read_docx(data, name, limits)
        case Format.HTML:
            from ingest.readers.html import read_html  # noqa: PLC0415

            return read_html(sniffed.text, name, sniffed.encoding)
        case Format.MARKDOWN:
            from ingest.readers.markdown import read_markdown  # noqa: PLC0415

            return read_markdown(sniffed.text, sniffed.encoding)
        case Format.PLAIN:
            from ingest.readers.plain import read_plain  # noqa: PLC0415

            return read_plain(sniffed.text, sniffed.encoding)


def _refuse_unfit(document: Document, name: str, limits: Limits) -> None:
    if len(document.text) > limits.characters:
        raise refusal(name, "too-long", f"it holds more than {limits.characters} characters")
    if (found := defect(document.text, from_glyphs=document.pages is not None)) is not None:
        if document.pages is None:
            raise refusal(name, "garbled-text", found)
        pages = range(1, document.pages + 1)
        raise refused_pages(name, "garbled-text", found, pages, document.pages)
    if not any(char.isalnum() for char in document.text):
        raise refusal(name, "empty", "it holds no text")
