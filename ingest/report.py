"""What an ingest says of itself: each file's end, and the state of the index."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from search.index.port import Manifest
from search.versions import TextChange


class FileStatus(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"  # by command, or a bundled text that the collection no longer has


@dataclass(frozen=True, slots=True)
class FileReport:
    """How one file ended, and why.

    `reasons` of a refused file: a stable word, then a sentence that says what to do. `kept_as_at`:
    what applied before that day stays, to be read as at an earlier one.
    """

    file: str
    status: FileStatus
    instrument: str | None = None
    judgment: str | None = None
    language: str | None = None
    authority: str | None = None
    provisions: int = 0
    passages: int = 0
    confirmed: bool = True
    reasons: tuple[str, ...] = ()
    changes: tuple[TextChange, ...] = ()  # of an updated file: against what was held
    kept_as_at: dt.date | None = None

    @property
    def work(self) -> str | None:
        """The instrument or judgment it gives a text of."""
        return self.instrument or self.judgment

    @property
    def is_doubted(self) -> bool:
        """Whether a person should look at what was made of it."""
        taken = self.status not in (FileStatus.QUARANTINED, FileStatus.WITHDRAWN)
        return taken and not self.confirmed


@dataclass(frozen=True, slots=True)
class IngestReport:
    """How an ingest went; times in seconds."""

    files: tuple[FileReport, ...]
    skipped: tuple[str, ...]  # in folders: files of kinds we do not read
    index: Manifest | None
    rebuilt: bool
    embedded: int
    seconds: float
    seconds_embedding: float

    def count(self, status: FileStatus) -> int:
        """Count the files that ended so."""
        return sum(report.status is status for report in self.files)

    @property
    def quarantined(self) -> tuple[FileReport, ...]:
        """The files that were refused."""
        return tuple(r for r in self.files if r.status is FileStatus.QUARANTINED)

    @property
    def doubted(self) -> tuple[FileReport, ...]:
        """The files whose nature the program has only recognised."""
        return tuple(report for report in self.files if report.is_doubted)

    def as_json(self) -> dict[str, Any]:
        """Return plain values for `--json`."""
        return {
            "files": [asdict(report) for report in self.files],
            "skipped": list(self.skipped),
            "index": asdict(self.index) if self.index else None,
            "rebuilt": self.rebuilt,
            "embedded": self.embedded,
            "summary": {status.value: self.count(status) for status in FileStatus},
            "seconds": round(self.seconds, 3),
            "seconds_embedding": round(self.seconds_embedding, 3),
        }
