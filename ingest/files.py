"""Which files an ingest reads, and whether it has read them before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest.ocr.formats import SUFFIXES as PICTURE_SUFFIXES
from ingest.readers.limits import Limits, refusal
from ingest.sidecar import Given, sidecar_path
from search.errors import BadIdentifier, Unreadable
from search.model import Authority, Kind, Language

if TYPE_CHECKING:
    from search.catalogue import FileRecord

# Raise when reading, splitting or cutting change, so that files are read anew.
PIPELINE_VERSION = 2
READ_SUFFIXES = PICTURE_SUFFIXES | {
    ".pdf",
    ".docx",
    ".doc",
    ".html",
    ".htm",
    ".md",
    ".markdown",
    ".txt",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the command says of the files; wins over sidecar and recognition."""

    kind: Kind | None = None
    work: str | None = None
    language: Language | None = None
    authority: Authority | None = None

    def given(self) -> Given:
        """Return these options in the sidecar's form, so that they can be laid over one."""
        named = "judgment" if self.kind is Kind.JUDGMENT else "instrument"
        said = {
            named: self.work,
            "kind": self.kind,
            "language": self.language,
            "authority": self.authority,
        }
        try:
            return Given.model_validate({name: value for name, value in said.items() if value})
        except ValidationError as exc:
            raise BadIdentifier(
                f"{self.work!r} is not the id of an instrument or judgment. "
                "One looks like kw-law-2013-91.",
                id=str(self.work),
            ) from exc

    @property
    def hash(self) -> str:
        """Tells whether a file was ingested with these options by this pipeline."""
        said = json.dumps([PIPELINE_VERSION, asdict(self)], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def expand(paths: Iterable[Path]) -> tuple[list[Path], tuple[str, ...]]:
    """List the files to read, and the names skipped in folders; a file named is always read."""
    files: dict[Path, None] = {}
    skipped: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path)
            continue
        for child in sorted(p for p in path.rglob("*") if p.is_file()):
            if is_read(child):
                files.setdefault(child)
            elif child.suffix.lower() not in {".yaml", ".yml"}:
                skipped.append(child.name)
    return list(files), tuple(skipped)


def is_read(path: Path) -> bool:
    """Tell by its name whether a file of a folder is read; hidden and lock files are not."""
    return path.suffix.lower() in READ_SUFFIXES and not path.name.startswith((".", "~$"))


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def identified(record: FileRecord, path: Path) -> FileRecord:
    """Add size and hashes; refuse what no process need be started for.

    Raises Unreadable (`missing`, `not-a-file`, `empty`, `too-large`, `unreadable`).
    """
    sidecar, most = sidecar_path(path), Limits().file_bytes
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refusal(path.name, "not-a-file", "it is a folder or a device, not a file")
        if size == 0:
            raise refusal(path.name, "empty", "it is empty")
        if size > most:
            what = f"it has {size / 1e6:.0f} MB; at most {most / 1e6:.0f} MB are read"
            raise refusal(path.name, "too-large", what)
        return replace(
            record,
            sha256=hash_file(path),
            size=size,
            sidecar_sha256=hash_file(sidecar) if sidecar.is_file() else None,
        )
    except FileNotFoundError as exc:
        raise Unreadable(f"There is no file {path.name}. Check the path.", "missing") from exc
    except OSError as exc:
        raise Unreadable(
            f"{path.name} cannot be opened ({exc.strerror}). Check its permissions.", "unreadable"
        ) from exc


Stamp = tuple[int, int] | None


def stamp_of(path: Path) -> Stamp:
    """Return size and time of change: whether a file has been written to meanwhile."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def is_same(held: FileRecord, given: FileRecord) -> bool:
    """Tell whether a file was read before, with the same sidecar, options and pipeline."""
    return (held.sha256, held.sidecar_sha256, held.options_hash) == (
        given.sha256,
        given.sidecar_sha256,
        given.options_hash,
    )
