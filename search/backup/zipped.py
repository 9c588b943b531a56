"""A zip beside a list that names each of its files with length and hash: written, and read warily.

Only regular files come out, only under the names of the list, only of the lengths and hashes it
gives; the names follow a grammar with no hidden file and no way upwards.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from search.errors import BadRequest, LimitReached, StoreFull, Unreadable

MAX_FILES = 500_000
MAX_DEPTH = 12
MAX_PATH_CHARS = 400
MAX_NAME_BYTES = 255  # as the disk has it
# No name begins with a dot (a hidden file, the way upwards) or names a drive.
_NO_NAME = re.compile(r"[. ]|[A-Za-z]:")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")  # control, format, and what is no character
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20
_ZEROS = bytes(_BLOCK)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the library raises for headers that lie; OSError for places before the file's beginning.
_NO_ZIP = (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file: its path within the zip, its length in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


def listed_file(raw: Mapping[str, Any]) -> ListedFile:
    """Read one entry of a list; raise KeyError, TypeError or ValueError."""
    path, size, sha256 = raw["path"], raw["size"], raw["sha256"]
    if not is_safe(path) or type(size) is not int or size < 0 or not _SHA256.fullmatch(sha256):
        raise ValueError("not a file of a list")
    return ListedFile(path, size, sha256)


def is_safe(path: object) -> bool:
    """Tell whether a path lies below the folder it is read into on every system, by its form."""
    if not isinstance(path, str) or len(path) > MAX_PATH_CHARS:
        return False
    parts = path.split("/")
    return len(parts) <= MAX_DEPTH and all(map(_is_name, parts))


def _is_name(part: str) -> bool:
    """Tell whether a part is a name in whatever script: a librarian's files keep theirs."""
    if not part or _NO_NAME.match(part) or "\\" in part:
        return False
    seen = all(unicodedata.category(char) not in _UNSEEN for char in part)
    return seen and len(part.encode()) <= MAX_NAME_BYTES


class ZipFiler:
    """Writes files into a zip and keeps the list of them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Begin with an empty list."""
        self._archive = archive
        self._files: list[ListedFile] = []

    @property
    def files(self) -> tuple[ListedFile, ...]:
        """What was added, in that order."""
        return tuple(self._files)

    def add(self, path: Path, name: str) -> None:
        """Add a file under a name; raise BadRequest for a name that could not be read again."""
        if not is_safe(name):
            raise BadRequest(f"{path} has a name that Tamyeez does not give. Move it away.")
        if len(self._files) >= MAX_FILES:
            raise LimitReached(f"A zip of ours holds {MAX_FILES:,} files at most.", limit=MAX_FILES)
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name)  # without a date: the same files, the same bytes
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with path.open("rb") as source, self._archive.open(info, "w", force_zip64=True) as member:
            while block := source.read(_BLOCK):
                digest.update(block)
                size += len(block)
                member.write(block)
        self._files.append(ListedFile(name, size, digest.hexdigest()))


def open_zip(source: BinaryIO) -> zipfile.ZipFile | None:
    """Open a zip for reading; None for whatever is none."""
    try:
        return zipfile.ZipFile(source)
    except _NO_ZIP:
        return None


@dataclass(frozen=True, slots=True)
class ListedZip:
    """An open zip of ours; `what` it is ("backup") stands in the sentences of refusal."""

    archive: zipfile.ZipFile
    what: str

    def read_list(self, name: str, most: int) -> bytes | None:
        """Return the bytes of the list; None where there is none of at most `most` bytes."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        if info.file_size > most:
            return None
        return b"".join(self._blocks(info, info.file_size))

    def require_only(self, files: Iterable[ListedFile], list_name: str) -> None:
        """Refuse a zip that holds anything but the list and these files, at these lengths."""
        held = {info.filename: info for info in self.archive.infolist()}
        listed = {file.path: file for file in files}
        if len(self.archive.namelist()) != len(listed) + 1 or list_name in listed:
            raise self.damaged("it holds other files than it lists")
        for path, file in listed.items():
            info = held.get(path)
            if info is None or info.file_size != file.size:
                raise self.damaged(f"{path} is missing or has another length")

    def check(self, file: ListedFile) -> None:
        """Read a file and compare its hash; write nothing."""
        self._copy(file, None)

    def extract(self, file: ListedFile, folder: Path) -> None:
        """Write a file below a folder, where none of that name may be."""
        path = folder / file.path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            self._copy(file, target)
            target.flush()
            os.fsync(target.fileno())

    def damaged(self, how: str) -> Unreadable:
        """Return the refusal of this zip."""
        return Unreadable(
            f"The {self.what} is damaged: {how}. Nothing was taken from it; get another copy.",
            "damaged",
        )

    def _copy(self, file: ListedFile, target: BinaryIO | None) -> None:
        digest = hashlib.sha256()
        for block in self._blocks(self.archive.getinfo(file.path), file.size):
            digest.update(block)
            if target is None:
                continue
            if block == _ZEROS:  # the engine sets room aside; it need not be written
                target.seek(_BLOCK, os.SEEK_CUR)
            else:
                target.write(block)
        if digest.hexdigest() != file.sha256:
            raise self.damaged(f"{file.path} has another content")
        if target is not None:
            target.truncate(file.size)

    def _blocks(self, info: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
        """Yield a member's bytes, never more than `size`, whatever its own headers say."""
        if info.compress_type not in _METHODS:
            raise self.damaged(f"{info.filename} is packed in a way Tamyeez does not use")
        try:
            with self.archive.open(info) as member:
                while size and (block := member.read(min(_BLOCK, size))):
                    size -= len(block)
                    yield block
                more = member.read(1)
        except (*_NO_ZIP, zlib.error, EOFError, RuntimeError) as exc:
            raise self.damaged(f"{info.filename} cannot be unpacked") from exc
        if size or more:
            raise self.damaged(f"{info.filename} has another length")


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Lend a new file; it gets its name when it is whole, and is removed when it will not be.

    Raises BadRequest where a file of that name exists.
    """
    if path.exists():
        raise BadRequest(f"{path} exists and is not overwritten. Name a new file.")
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


def require_room(folder: Path, files: Iterable[ListedFile], advice: str) -> None:
    """Raise StoreFull unless the files fit on the disk of a folder."""
    size, free = sum(file.size for file in files), shutil.disk_usage(folder).free
    if size > free:
        raise StoreFull(
            f"{size >> 20:,} MB are to be written and the disk of {folder} has {free >> 20:,} MB "
            f"left. {advice}"
        )
