"""Read the text layer of a PDF: pypdf lays the page out, we turn Arabic round, pdfium checks.

Two independent readers must agree on the numbers of every page; a page of pictures, a broken
text layer or columns that would interleave refuse the whole file, with the pages named.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdfium2 import raw as pdfium_raw

from ingest.document import Document, LineKind, document_of
from ingest.readers.columns import is_in_columns
from ingest.readers.glyphs import Glyphs
from ingest.readers.intact import is_whole, pages_promised
from ingest.readers.limits import Limits, refusal
from ingest.readers.margins import without_margins
from ingest.readers.plain import Row
from ingest.readers.quality import ascii_digits
from ingest.readers.visual import logical_lines

# Below this share of the letters pdfium sees, our reader has missed text (measured: 0.86 at least
# on sound pages), and fewer letters than this on a page with a large picture is a scan.
_LETTER_SHARE = 0.7
_FEW_LETTERS = 40
_SCAN_LETTERS = 200
_SCAN_COVERAGE = 0.7


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What pdfium says of one page."""

    text: str
    picture_share: float  # of the page covered by its largest picture, 0..1


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """Return the lines of all pages; raise Unreadable rather than return a part of them."""
    with _quiet_pypdf():
        try:
            reader = _open(data, name, limits)
            laid_out = _lay_out(reader, name, limits)
            title = _title(reader)
        # Modern encryption needs a library that pypdf imports when it meets such a file.
        except (DependencyError, FileNotDecryptedError) as exc:
            raise refusal(name, "encrypted", "it is encrypted") from exc
    opinions = _second_opinions(data)
    if len(opinions) != len(laid_out):
        raise refusal(name, "damaged", "two readers disagree on its number of pages")
    pages = _in_reading_order(laid_out)
    _refuse_pictures(pages, opinions, name)
    _refuse_missed_text(laid_out, opinions, name)
    _refuse_columns(laid_out, name)
    _refuse_disagreement(pages, opinions, name)
    rows: list[Row] = [
        (text, number, LineKind.TEXT, None)
        for number, lines in enumerate(without_margins(pages), start=1)
        for text in lines
    ]
    while rows and not rows[-1][0]:
        rows.pop()
    return document_of(rows, title=title, pages=len(pages))


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """pypdf logs each oddity of a file; what matters of them we say ourselves, once."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _open(data: bytes, name: str, limits: Limits) -> PdfReader:
    # pypdf can rebuild a truncated file from what is left of it: a part of a law.
    if b"%%EOF" not in data[-2048:]:
        raise refusal(name, "damaged", "its end is missing: the PDF is truncated")
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise refusal(name, "encrypted", "it is protected by a password")
    if len(reader.pages) > limits.pages:
        what = f"it has {len(reader.pages)} pages; at most {limits.pages} are read"
        raise refusal(name, "too-long", what)
    if pages_promised(reader) != len(reader.pages):
        raise refusal(name, "damaged", "some of its pages are missing")
    if not reader.pages:
        raise refusal(name, "empty", "it has no pages")
    return reader


def _lay_out(reader: PdfReader, name: str, limits: Limits) -> list[str]:
    """Return each page in a grid of characters, still in visual order."""
    glyphs = Glyphs()
    pages: list[str] = []
    characters = 0
    for number, page in enumerate(reader.pages, start=1):
        if not is_whole(page):
            raise refusal(name, "damaged", f"page {number} is damaged")
        glyphs.mark(page)
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True)
        glyphs.learn(text)
        characters += len(text) - text.count(" ")
        if characters > limits.characters:
            raise refusal(name, "too-long", f"it holds more than {limits.characters} characters")
        pages.append(text)
    return [glyphs.visual(text) for text in pages]


def _second_opinions(data: bytes) -> list[_Opinion]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [_opinion(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _opinion(page: pypdfium2.PdfPage) -> _Opinion:
    width, height = page.get_size()
    share = 0.0
    for picture in page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        share = max(share, (right - left) * (top - bottom) / (width * height))
    textpage = page.get_textpage()
    try:
        return _Opinion(textpage.get_text_bounded(), share)
    finally:
        textpage.close()
        page.close()


def _in_reading_order(laid_out: Sequence[str]) -> list[list[str]]:
    """The lines of each page in reading order, runs of blank lines reduced to one."""
    split = [page.split("\n") for page in laid_out]
    turned = iter(logical_lines([line for lines in split for line in lines]))
    pages = []
    for lines in split:
        kept: list[str] = []
        for line in (next(turned) for _ in lines):
            if line or (kept and kept[-1]):
                kept.append(line)
        pages.append(kept)
    return pages


def _refuse_pictures(pages: list[list[str]], opinions: list[_Opinion], name: str) -> None:
    """A page that is a picture of words; a smaller picture on a blank page is a cover."""
    scans = [
        number
        for number, (lines, opinion) in enumerate(zip(pages, opinions, strict=True), start=1)
        if opinion.picture_share >= _SCAN_COVERAGE
        and max(_letters("".join(lines)), _letters(opinion.text)) < _SCAN_LETTERS
    ]
    if not scans and not any(opinion.text.strip() for opinion in opinions):
        scans = [n for n, opinion in enumerate(opinions, start=1) if opinion.picture_share]
    if len(scans) == len(pages):
        raise refusal(name, "no-text-layer", "all its pages are pictures without text")
    if scans:
        raise refusal(name, "no-text-layer", f"{_pages(scans)} without text: a picture")


def _refuse_missed_text(laid_out: list[str], opinions: list[_Opinion], name: str) -> None:
    missed = [
        number
        for number, (page, opinion) in enumerate(zip(laid_out, opinions, strict=True), start=1)
        if _letters(opinion.text) - _letters(page) > _FEW_LETTERS
        and _letters(page) < _LETTER_SHARE * _letters(opinion.text)
    ]
    if missed:
        what = f"the text of {_pages(missed)} cannot be read reliably: fonts without a letter map"
        raise refusal(name, "garbled-text", what)


def _refuse_columns(laid_out: list[str], name: str) -> None:
    columns = [n for n, page in enumerate(laid_out, start=1) if is_in_columns(page)]
    if columns:
        what = f"{_pages(columns)} set in columns, whose lines would be mixed"
        raise refusal(name, "garbled-text", what)


def _refuse_disagreement(pages: list[list[str]], opinions: list[_Opinion], name: str) -> None:
    unsure = [
        number
        for number, (lines, opinion) in enumerate(zip(pages, opinions, strict=True), start=1)
        if _numbers("\n".join(lines)) != _numbers(opinion.text)
    ]
    if unsure:
        what = f"two readers disagree on the numbers of {_pages(unsure)}"
        raise refusal(name, "garbled-text", what)


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"[0-9]+", ascii_digits(text)))


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)


def _pages(numbers: list[int]) -> str:
    """Name up to five pages: "page 3", "pages 1, 2, 9 and 4 more"."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    shown = ", ".join(map(str, numbers[:5]))
    rest = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"pages {shown}{rest}"


def _title(reader: PdfReader) -> str | None:
    """The title in the metadata, unless it is a file name, a number or mojibake."""
    found = reader.metadata.title if reader.metadata is not None else None
    title = " ".join(str(found or "").split())
    plain = sum(c.isascii() or "\u0600" <= c <= "\u06ff" for c in title)
    letters = sum(unicodedata.category(c).startswith("L") for c in title)
    file_name = re.search(r"\.\w{2,4}$|^Microsoft Word|<|\?\?|_", title)
    if plain < len(title) or letters < 10 or " " not in title or file_name:
        return None
    return title[:300]
