"""The folder of files that were added on the library's page, and which of them still wait.

    inbox/law.pdf, inbox/law.pdf.yaml    a file, and the sidecar that says what it is
    read.json                            how each looked when it was read
    let-go.json                          by digest of its name, the digest of each that is gone

A file is read again only when it, or its sidecar, no longer looks as it did. What was killed on
the way is not in `read.json`, and so is read by the next job. A file whose persons were masked goes
from here when its text is stored, for a home folder holds no name; what is remembered of it keeps
another file of its name from taking its place unasked.
"""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ingest.files import Stamp, hash_file, is_read, stamp_of
from ingest.private import private_path
from ingest.sidecar import sidecar_path
from search.catalogue import FileRecord
from web.library_jobs import make_private, write_private
from web.library_upload import Fault, Received

FileStamp = tuple[Stamp, Stamp]  # of the file and of its sidecar


class Inbox:
    """The files under one folder of the home folder, open to this account only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "inbox"
        self._read = folder / "read.json"
        self._gone = folder / "let-go.json"

    def files(self) -> list[Path]:
        """List the files, in the order of their names."""
        if not self._folder.is_dir():
            return []
        return sorted(p for p in self._folder.iterdir() if is_read(p) and p.is_file())

    def waiting(self) -> dict[Path, FileStamp]:
        """Return the files that were not read as they are now, each with how it looks."""
        read = self._marks()
        stamps = {path: _stamp(path) for path in self.files()}
        return {path: stamp for path, stamp in stamps.items() if read.get(path.name) != stamp}

    def mark(self, stamps: Mapping[Path, FileStamp]) -> None:
        """Take note that these files were read as they looked then."""
        here = {path.name for path in self.files()}
        read = {**self._marks(), **{path.name: stamp for path, stamp in stamps.items()}}
        self._save({name: stamp for name, stamp in read.items() if name in here})

    def let_go(self, stamps: Mapping[Path, FileStamp]) -> None:
        """Delete files whose persons were masked, and remember of each only two digests.

        One that no longer looks as it did is a newer file, and stays to be read.
        """
        for path, stamp in stamps.items():
            gone = {**self._let_go(), _digest(path.name): hash_file(path)}
            if _stamp(path) == stamp:
                write_private(self._gone, json.dumps(gone))
                sidecar_path(path).unlink(missing_ok=True)
                path.unlink(missing_ok=True)
        _sync(self._folder)

    def forget(self, paths: Iterable[Path]) -> None:
        """Let these files wait again."""
        names = {path.name for path in paths}
        self._save({name: stamp for name, stamp in self._marks().items() if name not in names})

    def put(self, received: Received, sidecar: str, replace: bool) -> Fault | None:
        """Move a file to its place, with its sidecar where one is given; say why not, if so.

        The file comes last: nothing is ever read without what was said of it.
        """
        make_private(self._folder)
        place = self._folder / received.name
        beside = sidecar_path(place)
        if place.exists():
            same = filecmp.cmp(place, received.path, shallow=False)
            if same and (not sidecar or (beside.exists() and beside.read_text() == sidecar)):
                return Fault.SAME
            if not same and not replace:
                return Fault.HELD
        elif (gone := self._let_go().get(_digest(received.name))) is not None:
            same = hash_file(received.path) == gone
            if same and not sidecar:
                return Fault.SAME
            if not same and not replace:
                return Fault.HELD
        if sidecar:
            write_private(beside, sidecar)
        received.path.replace(place)
        _sync(self._folder)
        return None

    def remove(self, record: FileRecord) -> None:
        """Delete the file that a record was made of, and copies of it, so that it stays away."""
        for path in {*self.paths_of([record]), *self._copies_of(record)}:
            sidecar_path(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
        gone = self._let_go()
        if record.sha256 in gone.values():
            kept = {name: sha256 for name, sha256 in gone.items() if sha256 != record.sha256}
            write_private(self._gone, json.dumps(kept))
        _sync(self._folder)

    def paths_of(self, records: Sequence[FileRecord]) -> list[Path]:
        """Return which files these records were made of; one whose name is hidden is found too."""
        recorded = {record.path for record in records}
        return [p for p in self.files() if {str(p.absolute()), private_path(str(p))} & recorded]

    def moved(self, records: Sequence[FileRecord]) -> list[tuple[FileRecord, Path]]:
        """Return the records of the inbox of another home folder, each with its file in this one.

        So they are known again where a backup was restored at another place.
        """
        here = {path.name: path for path in self.files()}
        known = {record.path for record in records}
        within = self._folder.absolute().parts[-3:]
        return [
            (record, path)
            for record in records
            if (old := Path(record.path)).parent.parts[-3:] == within
            and (path := here.get(old.name)) is not None
            and str(path.absolute()) not in known
        ]

    def _copies_of(self, record: FileRecord) -> list[Path]:
        alike = [path for path in self.files() if path.stat().st_size == record.size]
        return [path for path in alike if hash_file(path) == record.sha256]

    def _marks(self) -> dict[str, FileStamp]:
        try:
            held = json.loads(self._read.read_text("utf-8"))
            return {name: (_pair(file), _pair(beside)) for name, (file, beside) in held.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}  # everything is read again, which costs time and nothing else

    def _let_go(self) -> dict[str, str]:
        try:
            held = json.loads(self._gone.read_text("ascii"))
            return {str(name): str(sha256) for name, sha256 in held.items()}
        except (OSError, ValueError, AttributeError):
            return {}  # a file of the same name is then taken for a new version

    def _save(self, read: Mapping[str, FileStamp]) -> None:
        make_private(self._read.parent)
        write_private(self._read, json.dumps(read, ensure_ascii=False))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()


def _pair(value: list[int] | None) -> Stamp:
    return None if value is None else (int(value[0]), int(value[1]))


def _stamp(path: Path) -> FileStamp:
    return stamp_of(path), stamp_of(sidecar_path(path))


def _sync(folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)
