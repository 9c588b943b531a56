"""What an ingest says of itself: each file's end, and the state of the index."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from search.index.port import Manifest


class FileStatus(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"  # a bundled text that the collection no longer has


@dataclass(frozen=True, slots=True)
class FileReport:
    """How one file ended, and why."""

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
