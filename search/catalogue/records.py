"""What the catalogue knows beside the domain: files, outcomes of ingest, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from search.model import Access, Authority, Language


class FileStatus(StrEnum):
    ADDED = "added"
    QUARANTINED = "quarantined"


class Outcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One source file, known by its path.

    The ingest fills the first part; status, counts, time and id are the catalogue's and are
    ignored when a record is written.
    """

    path: str  # of a bundled file: relative to the collection
    name: str
    sha256: str
    size: int  # bytes
    bundled: bool = False
    work: str | None = None  # instrument or judgment id
    language: Language | None = None
    authority: Authority | None = None
    reasons: tuple[str, ...] = ()  # how it was recognised, or why it was quarantined
    sidecar_sha256: str | None = None
    options_hash: str | None = None  # of the options it was ingested with
    access: Access = Access.OPEN  # who may see what it gives
    confirmed: bool = True  # False: recognised by the machine, not yet by a person
    status: FileStatus = FileStatus.ADDED
    provisions: int = 0  # or sections, of a judgment
    passages: int = 0
    ingested_at: str = ""  # ISO 8601, UTC
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is held."""

    instruments: int
    provisions: int
    judgments: int
    concepts: int
    expressions: int
    passages: int
    passages_by_authority: Mapping[str, int]
    passages_by_language: Mapping[str, int]
    files: int  # that contribute
    quarantined: int
