"""The folder of sealed originals: one file for each, named by the digest of what it seals.

    <SHA-256 of the original>.age    a zip, sealed: `original` and `about.json`
    .part-<random>                   one that is made ready, until its masked text is stored

`about.json` holds the name of the file and, by placeholder, the words it stands for. Whoever has
the folder alone learns how many originals there are, how long and when each was kept, and of a file
they have themselves whether it is among them.
"""

from __future__ import annotations

import datetime as dt
import errno
import io
import json
import os
import re
import secrets
import stat
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from search.errors import BadSetting, StoreFull, TamyeezError, Unreadable
from search.originals.age import Identity, open_sealed, seal

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_ORIGINAL, _ABOUT = "original", "about.json"
_SEALED = re.compile(r"([0-9a-f]{64})\.age")
_PART = re.compile(r"\.part-[0-9a-f]{32}")
_LEFT_OVER_S = 24 * 3600.0  # what a killed ingest left goes after a day
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_READ_BYTES = 1 << 16  # of an original at a time

Names = Mapping[str, tuple[str, ...]]  # by placeholder, the words it stands for


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed original, as far as it can be seen without the secret key."""

    sha256: str
    size: int  # bytes, sealed
    kept_at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """An original and what stands behind the placeholders of its masked text."""

    name: str  # of its file
    data: bytes
    names: Names


class OriginalFolder:
    """The sealed originals of one installation. Safe to use from several processes."""

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self._folder = folder

    def make_ready(self) -> None:
        """Make the folder where it is missing, and clear what killed processes left in it.

        Raises BadSetting where others may look into it or it cannot be written, StoreFull.
        """
        with self._told():
            if not self._folder.exists():
                self._folder.mkdir(mode=0o700, parents=True)
            held = self._folder.stat()
            own = stat.S_ISDIR(held.st_mode) and held.st_uid == os.geteuid()
            if not own or stat.S_IMODE(held.st_mode) & 0o077:
                raise BadSetting(
                    f"TAMYEEZ_ORIGINALS, {self._folder}, must be a folder that belongs to the "
                    "account that runs Tamyeez and is open to it alone. Run `chown` and `chmod "
                    "700` on it."
                )
            for path in self._folder.glob(".part-*"):
                if time.time() - path.stat().st_mtime > _LEFT_OVER_S:
                    path.unlink(missing_ok=True)

    def prepare(self, original: Path, names: Names, recipient: str) -> str:
        """Seal a file beside its later place, where it is safe when this returns the part's name.

        Raises OSError.
        """
        part = f".part-{secrets.token_hex(16)}"
        path = self._folder / part
        about = json.dumps({"name": original.name, "names": names}, ensure_ascii=False)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as target:
                seal(_zipped(original, about), target, recipient)
                target.flush()
                os.fsync(target.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return part

    def keep(self, part: str, sha256: str) -> None:
        """Put a prepared original in its place, over an earlier one of the same file.

        Raises BadSetting, also for a part that another process has invented.
        """
        with self._told():
            if not _PART.fullmatch(part):
                raise FileNotFoundError(2, "there is no such part")
            (self._folder / part).replace(self._path(sha256))
            self._sync()

    def drop(self, part: str) -> None:
        """Remove what was prepared, if it is still there; what cannot be is removed later."""
        if _PART.fullmatch(part):
            with suppress(OSError):
                (self._folder / part).unlink(missing_ok=True)

    def holds(self, sha256: str) -> bool:
        """Tell whether the original of this digest is kept."""
        with self._told():
            return self._path(sha256).exists()

    def forget(self, sha256: str) -> None:
        """Remove an original; nothing where there is none. Raises BadSetting where it stays."""
        with self._told(), suppress(FileNotFoundError):
            self._path(sha256).unlink()
            self._sync()

    def all(self) -> list[Sealed]:
        """List the originals by digest; raises BadSetting."""
        with self._told():
            found = []
            for path in self._folder.iterdir():
                if named := _SEALED.fullmatch(path.name):
                    held = path.stat()
                    kept = dt.datetime.fromtimestamp(held.st_mtime, dt.UTC)
                    moment = kept.isoformat(timespec="seconds")
                    found.append(Sealed(named[1], held.st_size, moment))
            return sorted(found, key=lambda sealed: sealed.sha256)

    def open(self, sha256: str, identity: Identity) -> Opened:
        """Open an original; raise Unreadable ("identity", "damaged") or BadSetting."""
        with self._told():
            data = self._path(sha256).read_bytes()
        try:
            with zipfile.ZipFile(io.BytesIO(open_sealed(data, identity))) as archive:
                about = json.loads(archive.read(_ABOUT).decode("utf-8", "surrogateescape"))
                names = {said: tuple(words) for said, words in about["names"].items()}
                return Opened(about["name"], archive.read(_ORIGINAL), names)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as exc:
            # Anybody can seal to a public key: what is no original of ours is refused too.
            raise Unreadable("The sealed file holds no original of ours.", "damaged") from exc

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.age"

    def _sync(self) -> None:
        held = os.open(self._folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(held)
        finally:
            os.close(held)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            raise self._refusal(exc) from exc

    def _refusal(self, exc: OSError) -> TamyeezError:
        if exc.errno in _NO_ROOM:
            return StoreFull(
                f"No room is left on the disk of {self._folder}. Free some space and try again."
            )
        return BadSetting(
            f"TAMYEEZ_ORIGINALS, {self._folder}, cannot be used: {exc.strerror}. Mount it, or "
            "check its permissions, and try again."
        )


class _Outlet(io.RawIOBase):
    """A file written from front to back, whose content is taken as it comes."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        self._held += memoryview(data).cast("B")
        return memoryview(data).nbytes

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def _zipped(original: Path, about: str) -> Iterator[bytes]:
    """Yield the zip piece by piece: it is nowhere whole in the clear, and needs no memory."""
    outlet = _Outlet()
    entry = zipfile.ZipInfo.from_file(original, _ORIGINAL, strict_timestamps=False)
    with zipfile.ZipFile(outlet, "w") as archive:
        with original.open("rb") as source, archive.open(entry, "w") as target:
            while piece := source.read(_READ_BYTES):
                target.write(piece)
                yield outlet.take()
        archive.writestr(_ABOUT, about.encode("utf-8", "surrogateescape"))
    yield outlet.take()
