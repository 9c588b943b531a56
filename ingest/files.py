"""Which files an ingest reads, and whether it has read them before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import ValidationError

from ingest.sidecar import Given
from search.catalogue import FileRecord
from search.errors import BadIdentifier
from search.model import Authority, Kind, Language

# Raise when reading, splitting or cutting change, so that files are read anew.
PIPELINE_VERSION = 2
READ_SUFFIXES = frozenset({".pdf", ".docx", ".doc", ".html", ".htm", ".md", ".markdown", ".txt"})


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
            if child.suffix.lower() in READ_SUFFIXES and not child.name.startswith("."):
                files.setdefault(child)
            elif child.suffix.lower() not in {".yaml", ".yml"}:
                skipped.append(child.name)
    return list(files), tuple(skipped)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_same(held: FileRecord, given: FileRecord) -> bool:
    """Tell whether a file was read before, with the same sidecar, options and pipeline."""
    return (held.sha256, held.sidecar_sha256, held.options_hash) == (
        given.sha256,
        given.sidecar_sha256,
        given.options_hash,
    )
