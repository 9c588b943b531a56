"""What a backup holds: which program made it, of which collection, and every file with its hash.

A backup is a zip whose member `manifest.json` names all others. Its names are the only ones that
are ever written when it is restored, so their grammar is narrow.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from search.backup.zipped import MAX_FILES, ListedFile, listed_file
from search.errors import Unreadable

FORMAT = "tamyeez-backup"
VERSION = 1
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 128 << 20


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What was backed up. Without a catalogue `revision`, `fingerprint` and `edition` are None."""

    tamyeez: str  # the version that made it
    made_at: str  # ISO 8601, UTC
    private: bool  # whether pages waiting for review, keys and the like are in it
    edition: str | None  # of the bundled collection
    revision: int | None  # of the catalogue
    fingerprint: str | None  # of all passages of the catalogue
    generation: str | None  # of the index; None: to be rebuilt from the catalogue
    files: tuple[ListedFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together, once restored."""
        return sum(file.size for file in self.files)


def write_manifest(manifest: BackupManifest) -> bytes:
    """Return the bytes of `manifest.json`."""
    whole = {"format": FORMAT, "version": VERSION, **asdict(manifest)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes) -> BackupManifest:
    """Read `manifest.json`; raise Unreadable, reason "not-a-backup", "newer" or "damaged"."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as exc:
        raise not_a_backup() from exc
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise not_a_backup()
    if not isinstance(whole.get("version"), int) or whole["version"] > VERSION:
        raise Unreadable(
            f"The backup has format {whole.get('version')!r}; this version of Tamyeez reads up to "
            f"{VERSION}. Restore it with the version that made it, or a newer one.",
            "newer",
        )
    try:
        return _manifest(whole)
    except (KeyError, TypeError, ValueError) as exc:
        raise Unreadable(
            "The backup is damaged: its list of files is not as Tamyeez writes it. Nothing was "
            "taken from it; get another copy.",
            "damaged",
        ) from exc


def _manifest(whole: Mapping[str, Any]) -> BackupManifest:
    files = tuple(listed_file(raw) for raw in whole["files"])
    if len(files) > MAX_FILES or len({file.path for file in files}) != len(files):
        raise ValueError("too many files, or one twice")
    revision = whole["revision"]
    return BackupManifest(
        tamyeez=str(whole["tamyeez"]),
        made_at=str(whole["made_at"]),
        private=bool(whole["private"]),
        edition=_text(whole["edition"]),
        revision=None if revision is None else int(revision),
        fingerprint=_text(whole["fingerprint"]),
        generation=_text(whole["generation"]),
        files=files,
    )


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("not a text")
    return value


def not_a_backup() -> Unreadable:
    return Unreadable(
        "This file is no backup of Tamyeez, or not a whole one. Give a file that `tamyeez backup` "
        "has made.",
        "not-a-backup",
    )
