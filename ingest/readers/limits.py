"""What a reader accepts at most, and how it says no.

Knows nothing of file formats. Every refusal is one sentence that names the file without its
folder, says what is wrong and what to do; `reason` is a stable word for reports:

    missing  not-a-file  empty  too-large  too-long  encrypted  damaged  legacy-doc  binary
    encoding  no-text-layer  garbled-text
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.errors import Unreadable

# What a person can do about each reason; a reader may give better advice for its own case.
_ADVICE = {
    "missing": "check the path",
    "not-a-file": "name the files in it, or ingest the folder",
    "empty": "check that the right file was saved",
    "too-large": "split it, or raise the limit",
    "too-long": "split it into one file per law or judgment",
    "encrypted": "save a copy without a password",
    "damaged": "fetch or save it again",
    "legacy-doc": "open it in Word and save it as .docx",
    "binary": "save it as PDF, DOCX, HTML, Markdown or plain text",
    "encoding": "save it as UTF-8",
    "no-text-layer": "use a copy with text, or have it recognised (OCR) and checked by a person",
    "garbled-text": "use the Word file or another copy of the same text",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a single file may be or become while it is read."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000  # of a DOCX, all parts together
    packing_ratio: int = 200  # real DOCX parts stay under 60
    characters: int = 20_000_000
    pages: int = 3_000


def refusal(name: str, reason: str, what: str, advice: str | None = None) -> Unreadable:
    """Build the error that says: file, what is wrong, what to do."""
    return Unreadable(f"{name}: {what}; {advice or _ADVICE[reason]}.", reason=reason, file=name)


class UnreadablePages(Unreadable):
    """A PDF of which some pages have no text layer that can be trusted; OCR may read them.

    `pages` are their numbers from 1, ascending; `total` is the number of pages of the file.
    """

    def __init__(
        self, message: str, reason: str, pages: Sequence[int], total: int, **details: str | int
    ) -> None:
        """Keep the pages beside the sentence that names them."""
        super().__init__(message, reason, **details)
        self.pages = tuple(pages)
        self.total = total

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross from the process that read the file."""
        return _unpickled, (str(self), self.reason, self.pages, self.total, self.details)


def refused_pages(
    name: str, reason: str, what: str, pages: Sequence[int], total: int
) -> UnreadablePages:
    """Build the error for pages that only OCR, or another copy, can give."""
    message = f"{name}: {what}; {_ADVICE[reason]}."
    return UnreadablePages(message, reason, pages, total, file=name)


def _unpickled(
    message: str, reason: str, pages: tuple[int, ...], total: int, details: dict[str, str | int]
) -> UnreadablePages:
    return UnreadablePages(message, reason, pages, total, **details)
