"""The review queue: scanned pages, their pictures, and what a person decides of each.

When the last page of a file is decided the file is ingested again, from where it lies; its reviewed
text then takes the road of every other text: recognised, masked, split, its numbers checked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.files import Options, hash_file
from ingest.ocr.store import Doubt, PageState, PageStore, ReadFile, ReadPage
from ingest.report import FileReport, FileStatus
from ingest.report_reasons import Reason, reason_of
from search.errors import BadRequest, NotHeld
from search.model import Authority, Kind, Language

SHOWN_DPI = 150  # of the pictures beside a text: every dot of a letter can be seen
MAX_PAGE_CHARS = 60_000  # of a corrected page: six times a full one
_ID_CHARS = 12

Again = Callable[[Path, Options, bool], FileReport | None]


@dataclass(frozen=True, slots=True)
class Queued:
    """A file in the queue with those of its pages that were read from pictures."""

    file: ReadFile
    pages: tuple[ReadPage, ...]

    @property
    def id(self) -> str:
        """What commands and addresses call it: the beginning of its hash."""
        return self.file.sha256[:_ID_CHARS]

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.file.name

    @property
    def waiting(self) -> int:
        return sum(page.state is PageState.WAITING for page in self.pages)

    @property
    def first_waiting(self) -> int | None:
        """The number of the first page that waits."""
        return next((p.number for p in self.pages if p.state is PageState.WAITING), None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision led to: `report` is the file's, once none of its pages waits."""

    queued: Queued
    report: FileReport | None

    @property
    def end(self) -> str:
        """The file's state in one word: `waiting`, or the status of its ingest."""
        return self.report.status.value if self.report else "waiting"

    @property
    def why(self) -> str:
        """Why it is not added; empty where it is."""
        refused = self.report is not None and self.report.status is FileStatus.QUARANTINED
        return self.report.reasons[-1] if refused and self.report else ""

    @property
    def reason(self) -> Reason | None:
        """The same in general words of both languages; None where it is added."""
        return reason_of(self.report.reasons[0]) if self.why and self.report else None


class ReviewDesk:
    """Everything a reviewer does. Safe to use from several threads."""

    def __init__(self, store: PageStore, again: Again) -> None:
        """`again(path, options, withdraw)` ingests a file once more and returns its report;
        `withdraw`: what is held of it goes, for a page of it was rejected."""
        self._store = store
        self._again = again
        self._rendering = threading.Lock()  # pdfium is not made for threads
        self._deciding = threading.Lock()

    def files(self) -> list[Queued]:
        """List the files with scanned pages; those that wait first."""
        queued = [Queued(f, tuple(self._store.pages(f.sha256))) for f in self._store.files()]
        return sorted((q for q in queued if q.pages), key=lambda q: (not q.waiting, q.file.name))

    def file(self, name: str) -> Queued:
        """Return a file by its id or name; raise NotHeld."""
        found = self._store.find(name)
        return Queued(found, tuple(self._store.pages(found.sha256)))

    def page(self, name: str, number: int) -> ReadPage:
        """Return a page of a file; raise NotHeld."""
        return _page_of(self.file(name), number)

    def picture(self, name: str, number: int) -> bytes:
        """Return the picture of a page as PNG; raise NotHeld if its file has moved or changed."""
        from ingest.ocr.pictures import page_picture, png  # noqa: PLC0415 - seldom, and heavy

        queued = self.file(name)
        _page_of(queued, number)
        path = _original(queued.file)
        with self._rendering:
            return png(page_picture(path, number, SHOWN_DPI), width=SHOWN_DPI * 9)

    def accept(self, name: str, numbers: Sequence[int]) -> Decision:
        """Say that the texts of these pages are what their pictures show."""
        for number in numbers:
            if Doubt.FAILED in self.page(name, number).doubts:
                raise BadRequest(
                    f"Page {number} could not be read at all. Give its text with `review correct`."
                )
        return self._decide(name, dict.fromkeys(numbers, (PageState.ACCEPTED, None)))

    def correct(self, name: str, number: int, text: str) -> Decision:
        """Put a person's text in a page's place; the page is accepted where it is the same.

        Raises BadRequest for a text that is no page's.
        """
        if len(text) > MAX_PAGE_CHARS:
            raise BadRequest(
                f"The text has {len(text)} characters; a page has at most {MAX_PAGE_CHARS}. "
                "Give the text of one page."
            )
        same = _bare(self.page(name, number).text) == _bare(text)
        decided = (PageState.ACCEPTED, None) if same else (PageState.CORRECTED, _bare(text))
        return self._decide(name, {number: decided})

    def reject(self, name: str, numbers: Sequence[int]) -> Decision:
        """Say that pages cannot be used: their file is refused, and what is held of it goes."""
        return self._decide(name, dict.fromkeys(numbers, (PageState.REJECTED, None)))

    def _decide(self, name: str, decided: dict[int, tuple[PageState, str | None]]) -> Decision:
        queued = self.file(name)
        if not decided:
            raise BadRequest(f"No page of {queued.file.name} waits. Name pages with --page.")
        for number in decided:
            _page_of(queued, number)
        path = _original(queued.file)  # first: a decision that cannot be carried out is not kept
        with self._deciding:
            for number, (state, text) in decided.items():
                self._store.decide(queued.file.sha256, number, state, text)
            queued = self.file(queued.file.sha256)
            rejected = any(page.state is PageState.REJECTED for page in queued.pages)
            if queued.waiting and not rejected:
                return Decision(queued, None)
            return Decision(queued, self._again(path, _options(queued.file), rejected))


def _page_of(queued: Queued, number: int) -> ReadPage:
    for page in queued.pages:
        if page.number == number:
            return page
    numbers = ", ".join(str(page.number) for page in queued.pages[:10])
    more = " …" if len(queued.pages) > 10 else ""
    raise NotHeld(
        f"Page {number} of {queued.file.name} is not in the review queue. Its pages there: "
        f"{numbers}{more}.",
        id=f"{queued.id}/{number}",
    )


def _original(file: ReadFile) -> Path:
    path = Path(file.path)
    try:
        if path.is_file() and hash_file(path) == file.sha256:
            return path
    except OSError:
        pass  # it is as good as gone
    raise NotHeld(
        f"{file.name} is no longer where it was read, or has changed. Ingest it again from its "
        "new place; what was reviewed is kept.",
        id=file.sha256[:_ID_CHARS],
    )


def _options(file: ReadFile) -> Options:
    """Return what the command said when the file was ingested."""
    said = file.options
    return Options(
        kind=Kind(said["kind"]) if "kind" in said else None,
        work=said.get("work"),
        language=Language(said["language"]) if "language" in said else None,
        authority=Authority(said["authority"]) if "authority" in said else None,
    )


def _bare(text: str) -> str:
    """The text as it is kept: line ends as \\n, no blanks at the ends of lines."""
    return "\n".join(line.strip() for line in text.splitlines()).strip("\n")
