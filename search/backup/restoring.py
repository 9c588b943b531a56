"""Check a backup, and restore it: beside the home folder first, then swapped in.

Only regular files are written, only under the names the manifest gives, only of the lengths and
hashes it gives. Nothing of the home folder changes before all of that is there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from search.backup.folders import folder_of_one, writing
from search.backup.manifest import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    BackedUpFile,
    BackupManifest,
    damaged,
    not_a_backup,
    read_manifest,
)
from search.backup.sealing import SealedReader, is_sealed
from search.errors import StoreFull, Unreadable

Passphrase = Callable[[], str]  # asked only where the backup is encrypted
_BLOCK = 1 << 20
_ZEROS = bytes(_BLOCK)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the former home folder is now, if there was one."""

    manifest: BackupManifest
    former: Path | None


def check_backup(file: Path, passphrase: Passphrase) -> BackupManifest:
    """Read a whole backup and compare every hash; write nothing. Raises Unreadable."""
    with _opened(file, passphrase) as (archive, manifest):
        for entry in manifest.files:
            _copy(archive, entry, None)
    return manifest


def restore_backup(file: Path, home: Path, passphrase: Passphrase) -> Restored:
    """Make `home` what was backed up; a home that is not empty is kept beside it.

    Raises Unreadable, StoreBusy, StoreFull, BadRequest; then the home folder is as it was. Killed
    between the two renames of the swap, the former home is whole under its new name.
    """
    home = home.resolve()
    with _opened(file, passphrase) as (archive, manifest), writing(home):
        home.parent.mkdir(parents=True, exist_ok=True)
        _require_room(home.parent, manifest)
        with folder_of_one(home.with_name(f".{home.name}.restoring")) as fresh:
            for entry in manifest.files:
                _extract(archive, entry, fresh)
            former = _swap(fresh, home)
    return Restored(manifest, former)


@contextmanager
def _opened(file: Path, passphrase: Passphrase) -> Iterator[tuple[zipfile.ZipFile, BackupManifest]]:
    try:
        source = file.open("rb")
    except OSError as exc:
        raise Unreadable(f"{file} cannot be read: {exc.strerror}. Name a file.", "missing") from exc
    with source:
        sealed = is_sealed(source)
        inner = cast(BinaryIO, SealedReader(source, passphrase())) if sealed else source
        try:
            with zipfile.ZipFile(inner) as archive:
                yield archive, _manifest_of(archive)
        except (zipfile.BadZipFile, NotImplementedError) as exc:
            raise not_a_backup() from exc


def _manifest_of(archive: zipfile.ZipFile) -> BackupManifest:
    held = {info.filename: info for info in archive.infolist()}
    listed = held.pop(MANIFEST, None)
    if listed is None or listed.file_size > MAX_MANIFEST_BYTES:
        raise not_a_backup()
    manifest = read_manifest(b"".join(_blocks(archive, listed, listed.file_size)))
    if len(archive.namelist()) != len(manifest.files) + 1:
        raise damaged("it holds other files than it lists")
    for entry in manifest.files:
        info = held.get(entry.path)
        if info is None or info.file_size != entry.size:
            raise damaged(f"{entry.path} is missing or has another length")
    return manifest


def _blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    """Yield a member's bytes, never more than `size`, whatever its own headers say."""
    if info.compress_type not in _METHODS:
        raise damaged(f"{info.filename} is packed in a way Tamyeez does not use")
    try:
        with archive.open(info) as member:
            while size and (block := member.read(min(_BLOCK, size))):
                size -= len(block)
                yield block
            more = member.read(1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as exc:
        raise damaged(f"{info.filename} cannot be unpacked") from exc
    if size or more:
        raise damaged(f"{info.filename} has another length")


def _copy(archive: zipfile.ZipFile, entry: BackedUpFile, target: BinaryIO | None) -> None:
    digest = hashlib.sha256()
    for block in _blocks(archive, archive.getinfo(entry.path), entry.size):
        digest.update(block)
        if target is None:
            continue
        if block == _ZEROS:  # the engine sets room aside; it need not be written
            target.seek(_BLOCK, os.SEEK_CUR)
        else:
            target.write(block)
    if digest.hexdigest() != entry.sha256:
        raise damaged(f"{entry.path} has another content")
    if target is not None:
        target.truncate(entry.size)


def _extract(archive: zipfile.ZipFile, entry: BackedUpFile, folder: Path) -> None:
    path = folder / entry.path
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        _copy(archive, entry, target)
        target.flush()
        os.fsync(target.fileno())


def _require_room(folder: Path, manifest: BackupManifest) -> None:
    free = shutil.disk_usage(folder).free
    if manifest.size > free:
        raise StoreFull(
            f"The backup takes {manifest.size >> 20:,} MB and the disk of {folder} has "
            f"{free >> 20:,} MB left. Free some space, or name another folder with --to."
        )


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
