"""Make a backup while the home folder is in use.

Every SQLite file is copied by SQLite's own backup, which sees one committed state. A published
generation of the index never changes; it is taken when it is of the very catalogue that was copied,
else left out, to be rebuilt. Other files go first: what SQLite holds may be newer than what points
to it (the anchor of the audit trail), never older.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, cast

from search.backup.folders import folder_of_one, writing
from search.backup.manifest import MANIFEST, BackupManifest, write_manifest
from search.backup.sealing import MIN_PASSPHRASE_CHARS, SealingWriter
from search.backup.zipped import ZipFiler, new_file
from search.catalogue import Catalogue
from search.catalogue.engine import Database
from search.duty_assessments import FILE as ASSESSMENTS
from search.errors import BadRequest, StoreBusy, StoreDamaged, StoreFull
from search.index.generations import Generations
from search.index.port import Manifest
from search.settings import Settings
from search.work.store import FILE as WORK

CATALOGUE = "catalogue.sqlite"
STAGING = ".backup"
_PUBLIC = frozenset({CATALOGUE, WORK, ASSESSMENTS})
# What else of the home folder is kept, where wanted; all but these is locks, notes and leftovers.
_PRIVATE_SUFFIXES = (".sqlite", ".key", ".anchor")
_TRIES, _PAUSE_S = 3, 1.0
_WAIT_S = 30.0


def make_backup(
    settings: Settings, file: Path, with_private: bool = False, passphrase: str | None = None
) -> BackupManifest:
    """Write a backup of the home folder to a new file, readable by this account only.

    `with_private` takes in pages waiting for review, keys, the audit trail and accounts. Raises
    BadRequest, StoreBusy, StoreDamaged, StoreFull, LimitReached, EngineUnavailable; then there is
    no file.
    """
    if passphrase is not None and len(passphrase) < MIN_PASSPHRASE_CHARS:
        raise BadRequest(f"The passphrase needs at least {MIN_PASSPHRASE_CHARS} characters.")
    if not settings.home.is_dir():
        raise BadRequest(f"There is no home folder {settings.home} to back up. Set TAMYEEZ_HOME.")
    with (
        writing(file),
        folder_of_one(settings.home / STAGING) as staging,
        new_file(file) as target,
        _sealed(target, passphrase) as inner,
        # Vectors hardly shrink, and blocks set aside shrink at any level.
        zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
    ):
        manifest = _Making(settings, staging, ZipFiler(archive)).run(with_private)
        archive.writestr(MANIFEST, write_manifest(manifest))
    return manifest


@dataclass(frozen=True, slots=True)
class _Collection:
    """The catalogue as it was copied, and the index built of the same; all None: it is no file."""

    edition: str | None = None
    revision: int | None = None
    fingerprint: str | None = None
    index: Manifest | None = None


class _Making:
    """One backup being written."""

    def __init__(self, settings: Settings, staging: Path, filer: ZipFiler) -> None:
        self._settings = settings
        self._home = settings.home
        self._staging = staging
        self._filer = filer

    def run(self, with_private: bool) -> BackupManifest:
        if with_private:
            self._add_plain_private()
        collection = self._add_collection()
        self._add_tree(self._settings.editions_folder, "editions")
        self._add_databases(with_private)
        return BackupManifest(
            tamyeez=version("tamyeez"),
            made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            private=with_private,
            edition=collection.edition,
            revision=collection.revision,
            fingerprint=collection.fingerprint,
            generation=collection.index.generation if collection.index else None,
            files=self._filer.files,
        )

    def _add_plain_private(self) -> None:
        for path in sorted(self._home.iterdir()):
            if path.suffix in _PRIVATE_SUFFIXES[1:] and _is_plain(path):
                self._filer.add(path, path.name)
        self._add_tree(self._settings.private_folder, "private")

    def _add_collection(self) -> _Collection:
        """Add a catalogue and the index made of it, where they are files.

        While an ingest runs the index is behind for a moment, so it is looked at again.
        """
        source = _catalogue_file(self._settings)
        if source is None:
            return _Collection()
        copy = self._staging / CATALOGUE
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE_S)
            _snapshot(source, copy)
            collection = self._collection(copy)
            if collection.index is not None or self._settings.qdrant_url:
                break
        self._filer.add(copy, CATALOGUE)
        if collection.index is not None:
            self._add_index(collection.index)
        return collection

    def _collection(self, copy: Path) -> _Collection:
        with closing(Catalogue(Database(f"sqlite:///{copy}"))) as catalogue:
            revision, fingerprint = catalogue.revision(), catalogue.fingerprint()
            index = self._index_of(revision, fingerprint)
            return _Collection(catalogue.edition(), revision, fingerprint, index)

    def _index_of(self, revision: int, fingerprint: str) -> Manifest | None:
        """Return the published generation if it was built of this catalogue."""
        if self._settings.qdrant_url:
            return None
        generations = Generations(self._settings.index_folder)
        name = generations.current()
        if name is None:
            return None
        manifest, seal = generations.manifest(name)
        if (manifest.revision, manifest.fingerprint) != (revision, fingerprint):
            return None
        generations.verify(name, seal)
        return manifest

    def _add_index(self, index: Manifest) -> None:
        generations = Generations(self._settings.index_folder)
        folder = generations.path(index.generation)
        within = f"index/generations/{index.generation}"
        try:
            self._filer.add(folder / "manifest.json", f"{within}/manifest.json")
            # The engine's log stays out: it is empty, and begun anew where it is missing.
            self._filer.add(
                folder / "shard" / "edge_config.json", f"{within}/shard/edge_config.json"
            )
            self._add_tree(folder / "shard" / "segments", f"{within}/shard/segments")
        except FileNotFoundError as exc:
            raise StoreBusy(
                "The collection was changed twice while it was backed up. Run the command again "
                "when the ingest has ended."
            ) from exc
        pointer = self._staging / "current.json"
        pointer.write_text(f'{{"generation": "{index.generation}"}}', "utf-8")
        self._filer.add(pointer, "index/current.json")

    def _add_databases(self, with_private: bool) -> None:
        for path in sorted(self._home.glob("*.sqlite")):
            wanted = with_private or path.name in _PUBLIC
            if wanted and path.name != CATALOGUE and _is_plain(path):
                copy = self._staging / path.name
                _snapshot(path, copy)
                self._filer.add(copy, path.name)

    def _add_tree(self, folder: Path, within: str) -> None:
        for path in sorted(folder.rglob("*")):
            inner = path.relative_to(folder)
            # What begins with a dot is a write that was never finished.
            if _is_plain(path) and not any(part.startswith(".") for part in inner.parts):
                self._filer.add(path, f"{within}/{inner.as_posix()}")


def _catalogue_file(settings: Settings) -> Path | None:
    database = Database(settings.database_url)
    try:
        if not database.is_sqlite:
            return None
        path = Path(database.url.database or "")
        return path if path.exists() else None
    finally:
        database.close()


def _snapshot(source: Path, copy: Path) -> None:
    """Copy one committed state of an SQLite file and check it; raise StoreBusy, StoreDamaged."""
    copy.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(source, timeout=_WAIT_S)) as live,
            closing(sqlite3.connect(copy)) as made,
        ):
            live.backup(made)
            sound = made.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise StoreFull(f"No room is left on the disk of {copy.parent} for a copy.") from exc
        raise StoreBusy(
            f"{source} cannot be read now: {exc}. Run the command again in a moment.",
            name=str(source),
        ) from exc
    except sqlite3.DatabaseError as exc:
        raise _unsound(source, str(exc)) from exc
    if sound != ("ok",):
        raise _unsound(source, str(sound[0]))


def _unsound(source: Path, how: str) -> StoreDamaged:
    return StoreDamaged(
        f"{source} is damaged ({how}) and was not backed up. Keep the earlier backups, and "
        "restore the newest that is whole.",
        name=str(source),
    )


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


@contextmanager
def _sealed(target: BinaryIO, passphrase: str | None) -> Iterator[BinaryIO]:
    if passphrase is None:
        yield target
        return
    writer = SealingWriter(target, passphrase)
    yield cast(BinaryIO, writer)
    writer.finish()
