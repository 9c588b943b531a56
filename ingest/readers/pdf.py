"""Read the text layer of a PDF: pdfium gives the glyphs, we set lines, columns and order.

The numbers of every page must agree with pdfium's own reading of it; where they do not, pypdf, a
parser that shares nothing with pdfium, lays the page out and must agree instead. Pages that are
pictures or cannot be trusted refuse the file, and are named, so that they alone may be recognised.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from ingest.document import Document, LineKind, document_of
from ingest.readers.intact import refuse_damage
from ingest.readers.limits import Limits, refusal, refused_pages
from ingest.readers.margins import without_margins
from ingest.readers.page_glyphs import GlyphReader
from ingest.readers.page_lines import LaidOut, lay_out
from ingest.readers.page_model import PageGlyphs
from ingest.readers.plain import Row
from ingest.readers.pypdf_page import PypdfPages
from ingest.readers.second_reading import letters_in, missed, same_numbers, turned_numbers
from ingest.readers.visual import logical_lines

# Fewer letters than this on a page that one picture covers: the words are in the picture.
_SCAN_LETTERS = 200
_SCAN_COVERAGE = 0.7
# Fewer letters than this under so many drawn shapes: the words are drawn, not written.
_DRAWN_LETTERS = 20
_DRAWN_SHAPES = 100
# Letters that stand askew: a watermark may be left out, a page of them not.
_LEANING_SHARE = 0.2
# Glyphs without a letter of their own: sound pages have none, broken ones a quarter and more.
_UNMAPPED_SHARE = 0.01
_UNMAPPED = 3
# Letters that two readings do not share; a bold line printed twice is counted once by us.
_MISSED_SHARE = 0.02
_MISSED = 10
# A line that comes again on most pages in columns: its letters, and on how many of them.
_HEADER_LETTERS = 12
_MOST = 0.75
# What is wrong with a page, in the order in which it is said; {} becomes the pages.
_SKEW = "the text of {} stands sideways"
_NO_MAP = "the text of {} cannot be read reliably: fonts without a letter map"
_MISSING = "two readers disagree on the letters of {}"
_MIXED = "the columns of {} cannot be told apart for sure: lines would be mixed"
_LOOSE = "some letters of {} stand on no line"
_NUMBERS = "two readers disagree on the numbers of {}"
# A letter with tanwin that some fonts draw raised, left on a line of its own.
_LOOSE_TANWIN = re.compile("(?=.*\u064b)[\u0621-\u064a\u064b-\u0652]{2,4}")
_NO_PAGES: Mapping[int, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class _Page:
    """One page in reading order, and what speaks against it."""

    lines: list[str]
    gutter: float | None = None  # between its columns
    picture: bool = False  # its words are a picture or drawn
    doubt: str | None = None  # one of those below
    blank: bool = False
    has_picture: bool = False  # of any size


def read_pdf(
    data: bytes, name: str, limits: Limits, recognised: Mapping[int, Sequence[str]] = _NO_PAGES
) -> Document:
    """Return the lines of all pages; raise Unreadable rather than return a part of them.

    `recognised` gives the lines of pages, by number, that are not to be read from the text layer.
    """
    with _opened(data, name, limits) as document:
        refuse_damage(_unlocked(document, data), name, len(document))
        pages = list(_read_pages(document, data, name, limits, recognised))
        title = _title(document)
    _refuse_pages(pages, name)
    texts = without_margins([page.lines for page in pages])
    _refuse_headers_inside(texts, pages, name)
    rows: list[Row] = [
        (text, number, LineKind.TEXT, None)
        for number, lines in enumerate(texts, start=1)
        for text in lines
    ]
    while rows and not rows[-1][0]:
        rows.pop()
    return document_of(rows, title=title, pages=len(pages))


@contextmanager
def _opened(data: bytes, name: str, limits: Limits) -> Iterator[pypdfium2.PdfDocument]:
    # Readers can rebuild a truncated file from what is left of it: a part of a law.
    if b"%%EOF" not in data[-2048:]:
        raise refusal(name, "damaged", "its end is missing: the PDF is truncated")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise refusal(name, "encrypted", "it is protected by a password") from exc
        raise refusal(name, "damaged", "it is damaged and cannot be read") from exc
    try:
        if len(document) > limits.pages:
            what = f"it has {len(document)} pages; at most {limits.pages} are read"
            raise refusal(name, "too-long", what)
        if not len(document):
            raise refusal(name, "empty", "it has no pages")
        yield document
    finally:
        document.close()


def _unlocked(document: pypdfium2.PdfDocument, data: bytes) -> bytes:
    """The file as it is, or, encrypted with an empty password, a copy without the encryption."""
    if raw.FPDF_GetSecurityHandlerRevision(document.raw) < 0:
        return data
    copy = io.BytesIO()
    document.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
    return copy.getvalue()


def _read_pages(
    document: pypdfium2.PdfDocument,
    data: bytes,
    name: str,
    limits: Limits,
    recognised: Mapping[int, Sequence[str]],
) -> Iterator[_Page]:
    reader, second = GlyphReader(), PypdfPages(data)
    characters = 0
    gutter: float | None = None
    for index in range(len(document)):
        if index + 1 in recognised:
            page = _Page(list(recognised[index + 1]))
        else:
            page = _read_page(document[index], index, reader, second, gutter)
        gutter = page.gutter
        characters += sum(map(len, page.lines))
        if characters > limits.characters:
            raise refusal(name, "too-long", f"it holds more than {limits.characters} characters")
        yield page


def _read_page(
    page: pypdfium2.PdfPage,
    index: int,
    reader: GlyphReader,
    second: PypdfPages,
    gutter: float | None,
) -> _Page:
    textpage = page.get_textpage()
    try:
        seen = reader.read(page, textpage)
        other = textpage.get_text_range()
        laid = lay_out(seen, gutter)
        lines = _without_runs_of_blanks(logical_lines(laid.lines))
        doubt = _doubt(seen, laid, lines, other)
        if doubt is None and not same_numbers("\n".join(lines), other, laid.marks):
            lines, doubt = _settled(lines, other, laid, second, index)
        letters = letters_in("".join(lines))
        share, shapes = _drawings(page, letters)
        return _Page(
            lines,
            gutter=laid.gutter,
            picture=(share >= _SCAN_COVERAGE and letters < _SCAN_LETTERS)
            or (shapes > _DRAWN_SHAPES and letters < _DRAWN_LETTERS),
            doubt=doubt,
            blank=not other.strip(),
            has_picture=share > 0,
        )
    finally:
        textpage.close()
        page.close()


def _doubt(seen: PageGlyphs, laid: LaidOut, lines: list[str], other: str) -> str | None:
    """What speaks against a page besides its numbers; `other` is pdfium's own reading."""
    if seen.leaning > _LEANING_SHARE * max(letters_in("".join(lines)), 1):
        return _SKEW
    if seen.unmapped > max(_UNMAPPED, _UNMAPPED_SHARE * len(seen.glyphs)):
        return _NO_MAP
    if missed(lines, other) - seen.leaning > max(_MISSED, _MISSED_SHARE * letters_in(other)):
        return _MISSING
    if any(map(_LOOSE_TANWIN.fullmatch, lines)):
        return _LOOSE
    return _MIXED if laid.mixed else None


def _settled(
    lines: list[str], other: str, laid: LaidOut, second: PypdfPages, index: int
) -> tuple[list[str], str | None]:
    """Ask the other extractor about a page on whose numbers pdfium's reading and ours differ.

    Single numbers back to front are never settled so: what we make of the other extractor's
    lines could be wrong in the same way.
    """
    third = _without_runs_of_blanks(logical_lines(second.lines(index)))
    ours, theirs = "\n".join(lines), "\n".join(third)
    if turned_numbers(ours, other):
        return lines, _NUMBERS
    if same_numbers(ours, theirs, laid.marks):
        return lines, None
    if laid.gutter is None and not laid.marks and same_numbers(theirs, other):
        return third, None
    return lines, _NUMBERS


def _drawings(page: pypdfium2.PdfPage, letters: int) -> tuple[float, int]:
    """The share of a page that its largest picture covers, and its shapes; (0, 0) if not asked."""
    if letters >= _SCAN_LETTERS:
        return 0.0, 0
    width, height = page.get_size()
    share, shapes = 0.0, 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]):
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            shapes += 1
            continue
        left, bottom, right, top = item.get_bounds()
        share = max(share, (right - left) * (top - bottom) / (width * height))
    return share, shapes


def _without_runs_of_blanks(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept


def _refuse_pages(pages: list[_Page], name: str) -> None:
    """Refuse a file with pages that cannot be trusted: pictures first, for they can be mended."""
    scans = [n for n, page in enumerate(pages, start=1) if page.picture]
    if not scans and all(page.blank for page in pages):
        scans = [n for n, page in enumerate(pages, start=1) if page.has_picture]
    if scans:
        everything = len(scans) == len(pages)
        which = "all its pages are" if everything else f"{_pages(scans)} without text:"
        what = f"{which} pictures without text" if everything else f"{which} a picture"
        raise refused_pages(name, "no-text-layer", what, scans, len(pages))
    for doubt in (_SKEW, _NO_MAP, _MISSING, _LOOSE, _MIXED, _NUMBERS):
        if doubted := [n for n, page in enumerate(pages, start=1) if page.doubt == doubt]:
            what = doubt.format(_pages(doubted))
            raise refused_pages(name, "garbled-text", what, doubted, len(pages))


def _refuse_headers_inside(texts: list[list[str]], pages: list[_Page], name: str) -> None:
    """Refuse pages in columns of which one begins or ends with a running line: it is no text."""
    standing: dict[str, list[int]] = {}
    for number, (lines, page) in enumerate(zip(texts, pages, strict=True), start=1):
        for line in {line for line in lines if letters_in(line) >= _HEADER_LETTERS}:
            if page.gutter is not None:
                standing.setdefault(line, []).append(number)
    parted = sum(page.gutter is not None for page in pages)
    repeated = [on for on in standing.values() if len(on) >= max(3, _MOST * parted)]
    if repeated:
        found = sorted({number for on in repeated for number in on})
        what = _MIXED.format(_pages(found))
        raise refused_pages(name, "garbled-text", what, found, len(pages))


def _pages(numbers: list[int]) -> str:
    """Name up to five pages: "page 3", "pages 1, 2, 9 and 4 more"."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    shown = ", ".join(map(str, numbers[:5]))
    rest = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"pages {shown}{rest}"


def _title(document: pypdfium2.PdfDocument) -> str | None:
    """The title in the metadata, unless it is a file name, a number or mojibake."""
    title = " ".join(document.get_metadata_value("Title").split())
    plain = sum(c.isascii() or "\u0600" <= c <= "\u06ff" for c in title)
    letters = sum(unicodedata.category(c).startswith("L") for c in title)
    file_name = re.search(r"\.\w{2,4}$|^Microsoft Word|<|\?\?|_", title)
    if plain < len(title) or letters < 10 or " " not in title or file_name:
        return None
    return title[:300]
