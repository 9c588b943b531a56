"""Check a backup, and restore it: beside the home folder first, then swapped in.

Only regular files are written, only under the names the manifest gives, only of the lengths and
hashes it gives. Nothing of the home folder changes before all of that is there.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.backup.folders import folder_of_one, writing
from search.backup.manifest import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    BackupManifest,
    not_a_backup,
    read_manifest,
)
from search.backup.sealing import SealedReader, is_sealed
from search.backup.zipped import ListedZip, open_zip, require_room
from search.errors import Unreadable

Passphrase = Callable[[], str]  # asked only where the backup is encrypted


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the former home folder is now, if there was one."""

    manifest: BackupManifest
    former: Path | None


def check_backup(file: Path, passphrase: Passphrase) -> BackupManifest:
    """Read a whole backup and compare every hash; write nothing. Raises Unreadable."""
    with _opened(file, passphrase) as (archive, manifest):
        for entry in manifest.files:
            archive.check(entry)
    return manifest


def restore_backup(file: Path, home: Path, passphrase: Passphrase) -> Restored:
    """Make `home` what was backed up; a home that is not empty is kept beside it.

    Raises Unreadable, StoreBusy, StoreFull, BadRequest; then the home folder is as it was. Killed
    between the two renames of the swap, the former home is whole under its new name.
    """
    home = home.resolve()
    with _opened(file, passphrase) as (archive, manifest), writing(home):
        home.parent.mkdir(parents=True, exist_ok=True)
        require_room(
            home.parent, manifest.files, "Free some space, or name another folder with --to."
        )
        with folder_of_one(home.with_name(f".{home.name}.restoring")) as fresh:
            for entry in manifest.files:
                archive.extract(entry, fresh)
            former = _swap(fresh, home)
    return Restored(manifest, former)


@contextmanager
def _opened(file: Path, passphrase: Passphrase) -> Iterator[tuple[ListedZip, BackupManifest]]:
    try:
        source = file.open("rb")
    except OSError as exc:
        raise Unreadable(f"{file} cannot be read: {exc.strerror}. Name a file.", "missing") from exc
    with source:
        sealed = is_sealed(source)
        # Read through a buffer: a sealed chunk ends anywhere, and zipfile takes a short read for a
        # damaged file.
        inner = io.BufferedReader(SealedReader(source, passphrase())) if sealed else source
        archive = open_zip(inner)
        if archive is None:
            raise not_a_backup()
        with archive:
            listed = ListedZip(archive, "backup")
            yield listed, _manifest_of(listed)


def _manifest_of(archive: ListedZip) -> BackupManifest:
    listed = archive.read_list(MANIFEST, MAX_MANIFEST_BYTES)
    if listed is None:
        raise not_a_backup()
    manifest = read_manifest(listed)
    archive.require_only(manifest.files, MANIFEST)
    return manifest


def _swap(fresh: Path, home: Path) -> Path | None:
    former = None
    if home.exists() and any(home.iterdir()):
        moment = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
        former = home.with_name(f"{home.name}.before-{moment}")
        home.rename(former)
    try:
        fresh.rename(home)  # an empty folder of that name is replaced
    except OSError:
        if former is not None:
            former.rename(home)
        raise
    return former
