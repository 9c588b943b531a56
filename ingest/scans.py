"""Files whose pages are pictures: read by OCR, held back until a person has reviewed them.

What OCR has read is never split into articles: a digit of it may be wrong, and an article number
made of such digits is the worst error there is. Of a file that is said to be no judgment the pages
can be searched meanwhile, each marked; any other file waits, for its persons could not be masked
in a text that may misspell them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path

from ingest.deidentify import Masker
from ingest.document import Description, Document, Line, LineKind, document_of
from ingest.files import Options, hash_file
from ingest.ocr.formats import is_picture
from ingest.ocr.store import Doubt, PageState, PageStore, ReadFile, ReadPage
from ingest.private import FileNames, private_names
from ingest.readers import Limits, UnreadablePages, read
from ingest.readers.margins import without_margins
from ingest.readers.quality import defect
from ingest.sidecar import Given
from ingest.splitters.contribution import expression, instrument
from ingest.splitters.headings import Style, article_heading
from search.errors import EngineUnavailable, Unreadable
from search.identifiers import UnitId
from search.model import (
    Contribution,
    Expression,
    Kind,
    Language,
    OcrSpan,
    Provision,
    ProvisionKind,
    SourceSpan,
)

OCR_SECONDS = 600.0  # a file: well within what a worker is given; the next ingest goes on
# Quarantined for these, a file is read again though it has not changed.
NO_OCR, UNFINISHED = "no-ocr", "ocr-unfinished"
RETRIED = frozenset({NO_OCR, UNFINISHED})
# Found in the text of a scan, these wait for the person who is going to mend it.
_MENDABLE = frozenset({"garbled-text", "empty"})
# Pages that the engine is less sure of are not shown before they are reviewed.
_SHOWN_CONFIDENCE = 0.5
_DEFAULT_LIMITS = Limits()


def read_with_ocr(
    path: Path,
    store: PageStore,
    options: Options,
    limits: Limits = _DEFAULT_LIMITS,
    seconds: float = OCR_SECONDS,
) -> Document:
    """Return what `read` does; pages without text are taken from the store, else read by OCR.

    `Document.scanned` holds those pages. Besides the refusals of `read` raises Unreadable:
    `no-ocr`, `ocr-unfinished` (the time is up; what is read is kept), `rejected` (by a person).
    """
    if is_picture(path):
        from ingest.ocr.pictures import count_frames  # noqa: PLC0415 - needs Pillow

        total = count_frames(path, limits)
        return _Scan(path, store, options, total, seconds).of_pictures(range(1, total + 1))
    try:
        return read(path, limits)
    except UnreadablePages as refused:
        return _Scan(path, store, options, refused.total, seconds).of_pdf(refused.pages, limits)


def is_unreviewed(document: Document) -> bool:
    """Whether a page of it was read by OCR and nobody has reviewed it."""
    return any(not page.is_reviewed for page in document.scanned)


def may_be_shown(given: Given) -> bool:
    """Whether a person has said that an unreviewed scan is no judgment and names nobody."""
    named = given.instrument is not None or given.kind is not None
    return named and given.kind != "judgment" and not given.deidentify


def names_of_waiting(document: Document, names: FileNames) -> FileNames:
    """Return what a file that waits is recorded under: never the name of a person."""
    maskers = (Masker(document.text, language) for language in Language)
    if any(masker.holds_name(names.path) for masker in maskers):
        return private_names(names)
    return names


def waiting_sentence(document: Document, name: str) -> str:
    """Say that a file waits, and what to do."""
    waiting = sum(not page.is_reviewed for page in document.scanned)
    pages = "1 page was" if waiting == 1 else f"{waiting} pages were"
    return (
        f"{name}: {pages} read from pictures by OCR; compare them with the pictures, then it is "
        "added: `tamyeez review list` shows what waits."
    )


def description_of_pages(description: Description, given: Given, path: Path) -> Description:
    """Return a description without anything that digits read by OCR could have told wrong."""
    work = given.work or f"xx-scan-{hash_file(path)[:12]}"
    told = set(work.split("-"))  # what is part of the id given was not read by OCR
    is_titled = given.work is not None or given.title.ar or given.title.en
    waits = "read by OCR and not reviewed: its pages can be searched, its articles not cited"
    return replace(
        description,
        work=work,
        kind=Kind.OTHER if description.kind == Kind.JUDGMENT else description.kind,
        title_ar=description.title_ar if is_titled else None,
        title_en=description.title_en if is_titled else path.stem,
        number=description.number if description.number in told else given.number,
        year=description.year if str(description.year) in told else given.year,
        confirmed=False,
        reasons=(*description.reasons, waits),
    )


def split_pages(document: Document, description: Description) -> Contribution:
    """Split a document into its pages, each a unit; blank and unreadable ones are left out."""
    scanned = {page.number: page for page in document.scanned}
    units: list[tuple[Provision, Expression]] = []
    for number in range(1, (document.pages or 0) + 1):
        lines = [line for line in document.lines if line.page == number and line.text.strip()]
        page = scanned.get(number)
        if not lines or (page and not page.is_reviewed and page.confidence < _SHOWN_CONFIDENCE):
            continue
        unit = UnitId(description.work, (f"sec-page-{number}",))
        text = "\n".join(line.text for line in lines)
        span = SourceSpan(lines[0].start, lines[-1].end, number, number)
        held = expression(description, unit, text, span=span, confirmed=False)
        held = replace(held, ocr=_spans(lines, page))
        provision = Provision(
            str(unit), description.work, ProvisionKind.PAGE, str(number), position=len(units)
        )
        units.append((provision, held))
    if not units:
        raise Unreadable("OCR found no words on its pages. Scan it again.", reason="empty")
    return Contribution(
        instrument=instrument(description, document),
        provisions=tuple(provision for provision, _ in units),
        expressions=tuple(held for _, held in units),
    )


def _spans(lines: Sequence[Line], page: ReadPage | None) -> tuple[OcrSpan, ...]:
    if page is None or page.is_reviewed:
        return ()
    sure = dict(zip(page.lines, page.confidences, strict=False))
    spans, at = [], 0
    for line in lines:
        spans.append(OcrSpan(at, at + len(line.text), sure.get(line.text, page.confidence)))
        at += len(line.text) + 1
    return tuple(spans)


class _Scan:
    """One file and those of its pages that are read from pictures."""

    def __init__(
        self, path: Path, store: PageStore, options: Options, total: int, seconds: float
    ) -> None:
        self._path = path
        self._store = store
        self._sha256 = hash_file(path)
        self._language = options.language
        self._deadline = time.monotonic() + seconds
        said = {name: str(value) for name, value in asdict(options).items() if value}
        store.save_file(ReadFile(self._sha256, str(path.absolute()), path.name, total, said))

    def of_pictures(self, numbers: Iterable[int]) -> Document:
        """Return an image file as a document."""
        pages = self._pages(numbers)
        kept = without_margins([list(page.lines) for page in pages])
        document = document_of(
            [
                (text, number, LineKind.TEXT, None)
                for number, lines in enumerate(kept, start=1)
                for text in lines
            ],
            pages=len(pages),
        )
        found = defect(document.text)
        if found is not None and all(page.is_reviewed for page in pages):
            advice = "correct its pages: `tamyeez review list` names them"
            raise Unreadable(f"{self._path.name}: {found}; {advice}.", reason="garbled-text")
        return replace(document, scanned=pages)

    def of_pdf(self, numbers: Sequence[int], limits: Limits) -> Document:
        """Return a PDF as a document, these pages read from their pictures."""
        wanted = tuple(numbers)
        while True:
            pages = self._pages(wanted)
            lines: Mapping[int, Sequence[str]] = {page.number: page.lines for page in pages}
            try:
                return replace(read(self._path, limits, lines), scanned=pages)
            except Unreadable as exc:
                more = set(exc.pages if isinstance(exc, UnreadablePages) else ()) - set(wanted)
                if more:
                    wanted = tuple(sorted({*wanted, *more}))
                elif exc.reason in _MENDABLE and not all(page.is_reviewed for page in pages):
                    return _alone(pages)
                else:
                    raise

    def _pages(self, numbers: Iterable[int]) -> tuple[ReadPage, ...]:
        """Return these pages, reading those that nobody has read yet."""
        pages = []
        wanted = sorted(numbers)
        for number in wanted:
            page = self._store.page(self._sha256, number)
            if page is None or (page.state is PageState.WAITING and Doubt.FAILED in page.doubts):
                page = self._read(number, len(wanted))
            if page.state is PageState.REJECTED:
                raise Unreadable(
                    f"{self._path.name}: page {number} was rejected in the review; get a better "
                    "copy of it.",
                    reason="rejected",
                )
            pages.append(page)
        return tuple(self._with_article_doubts(pages))

    def _read(self, number: int, wanted: int) -> ReadPage:
        # Imported where they are needed: few files are scans.
        from ingest.ocr import engine, pictures, reading  # noqa: PLC0415

        try:
            engine.require_tesseract()
        except EngineUnavailable as exc:
            what = "its pages are pictures, or have no text that can be trusted"
            raise Unreadable(f"{self._path.name}: {what}. {exc}", reason=NO_OCR) from exc
        if time.monotonic() > self._deadline:
            raise Unreadable(
                f"{self._path.name}: reading its {wanted} pictures takes long; page {number} is "
                "next. Ingest it again to go on from there.",
                reason=UNFINISHED,
            )
        picture = pictures.page_picture(self._path, number)
        page = reading.read_page(picture, number, self._language)
        self._store.save_page(self._sha256, page)
        return page

    def _with_article_doubts(self, pages: Sequence[ReadPage]) -> Iterable[ReadPage]:
        """Mark the pages on which the numbers of articles do not run on; keep that."""
        doubted = _out_of_order(pages)
        for page in pages:
            others = [doubt for doubt in page.doubts if doubt != Doubt.ARTICLES]
            doubts = (*others, *[Doubt.ARTICLES for number in doubted if number == page.number])
            if doubts != page.doubts:
                page = replace(page, doubts=doubts)  # noqa: PLW2901
                self._store.save_page(self._sha256, page)
            yield page


def _alone(pages: Sequence[ReadPage]) -> Document:
    """Return the pages read from pictures as a document, without the others of the file."""
    rows = chain.from_iterable(
        ((line, page.number, LineKind.TEXT, None) for line in page.lines) for page in pages
    )
    document = document_of(list(rows), pages=max(page.number for page in pages))
    return replace(document, scanned=tuple(pages))


def _out_of_order(pages: Sequence[ReadPage]) -> set[int]:
    """Return the pages on which an article's number is not the next one, nor the same, nor 1."""
    found: set[int] = set()
    before: int | None = None
    for page in pages:
        for heading in filter(None, map(article_heading, page.lines)):
            if heading.style is Style.BARE:
                continue
            if before is not None and heading.number not in (before, before + 1, 1):
                found.add(page.number)
            before = heading.number
    return found
