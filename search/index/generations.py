"""The folder of an embedded index: its generations, the pointer to the current one, its locks.

    index/current.json                  names the generation in use; replaced in one step
    index/build.lock                    held by the one process that builds
    index/generations/000012/           one generation; never changes once published
        shard/                          the engine's files
        manifest.json                   what it was built from, and the seal of its files
        holder.json                     which process has it open

Knows files. Knows nothing of vectors and nothing of the engine.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

from search.errors import StoreBusy, StoreDamaged, StoreFull
from search.index.payload import manifest_from_json, manifest_to_json
from search.index.port import Manifest
from search.index.processes import may_run, named, parse_process, this_process

_NAME = re.compile(r"[0-9]{6,9}")
_BLOCK = 1 << 20
_ZEROS = bytes(_BLOCK)
# The engine writes through memory maps, where a full disk kills the process instead of raising.
# So a build stops while this much is left: several times what one batch can claim.
RESERVED_BYTES = 96 << 20

Seal = dict[str, tuple[int, int]]


class Generations:
    """The generations below one folder, by name ("000012")."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current.json"
        self._all = folder / "generations"

    def path(self, name: str) -> Path:
        return self._all / name

    def shard(self, name: str) -> Path:
        return self._all / name / "shard"

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever another generation is published; None before the first."""
        try:
            stat = self._pointer.stat()
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise self.damaged(f"{self._pointer.name}: {exc.strerror}") from exc
        return stat.st_mtime_ns, stat.st_ino

    def current(self) -> str | None:
        """Return the name of the published generation; None if there is none."""
        try:
            name = json.loads(self._pointer.read_bytes())["generation"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise self.damaged(f"{self._pointer.name} is not readable") from exc
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise self.damaged(f"{self._pointer.name} names no generation")
        return name

    def manifest(self, name: str) -> tuple[Manifest, Seal]:
        """Return a generation's manifest and the seal of its files, or raise StoreDamaged."""
        try:
            value = json.loads((self.path(name) / "manifest.json").read_bytes())
            seal = {str(path): (int(n), int(crc)) for path, (n, crc) in value["files"].items()}
            return manifest_from_json(value["manifest"]), seal
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
            reason = exc.strerror if isinstance(exc, OSError) else str(exc)
            raise self.damaged(f"manifest of generation {name}: {reason}") from exc

    def begin(self) -> str:
        """Remove what killed builds left, make the folder of the next generation, name it."""
        with self.writing():
            self._all.mkdir(parents=True, exist_ok=True)
            self.tidy()
            name = f"{max([0, *map(int, self._names())]) + 1:06}"
            self.shard(name).mkdir(parents=True)
        return name

    def publish(self, manifest: Manifest) -> None:
        """Seal a complete generation and make it the current one in a single step."""
        name = manifest.generation
        with self.writing():
            seal = _seal(self.shard(name))
            value = {"manifest": manifest_to_json(manifest), "files": seal}
            _write(self.path(name) / "manifest.json", value)
            _sync_folder(self._all)
            _write(self._pointer, {"generation": name})
        self.tidy()

    def verify(self, name: str, seal: Seal) -> None:
        """Raise StoreDamaged unless every sealed file is byte for byte as it was published.

        The engine does not notice most damage: it answers with fewer or other passages.
        """
        for path, expected in seal.items():
            try:
                found = _checksum(self.shard(name) / path)
            except OSError as exc:
                raise self.damaged(f"{path} in generation {name}: {exc.strerror}") from exc
            if found != expected:
                raise self.damaged(f"{path} in generation {name} has changed")

    def tidy(self, keep_former: bool = True) -> None:
        """Keep the current generation and, if so wished, the one before it; remove the rest.

        A reader may still have a removed one open: on Linux and macOS its files live on until it
        closes them. With an unreadable pointer nothing is removed.
        """
        try:
            current = self.current() or ""
        except StoreDamaged:
            return
        complete = [n for n in self._names() if (self.path(n) / "manifest.json").exists()]
        before = max((n for n in complete if n < current and keep_former), default="")
        for name in self._names():
            if name not in (current, before):
                shutil.rmtree(self.path(name), ignore_errors=True)

    def remove(self, name: str) -> None:
        shutil.rmtree(self.path(name), ignore_errors=True)

    def require_space(self) -> None:
        """Raise StoreFull unless another batch can be written safely."""
        if shutil.disk_usage(self.folder).free < RESERVED_BYTES:
            raise self.full()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Turn the system's refusals to write into StoreFull or StoreDamaged."""
        try:
            yield
        except OSError as exc:
            if exc.errno in (errno.ENOSPC, errno.EDQUOT):
                raise self.full() from exc
            raise StoreDamaged(
                f"The search index in {self.folder} cannot be written: {exc.strerror}. "
                "Check the folder and its permissions.",
                folder=str(self.folder),
            ) from exc

    def damaged(self, reason: str) -> StoreDamaged:
        return StoreDamaged(
            f"The search index in {self.folder} is damaged ({reason}). "
            "Run `tamyeez reindex` to rebuild it from the catalogue.",
            folder=str(self.folder),
            reason=reason,
        )

    def full(self) -> StoreFull:
        return StoreFull(
            f"No room is left on the disk of {self.folder} for a new search index. "
            "Free some space and try again; the index in use is unchanged.",
            folder=str(self.folder),
        )

    def _names(self) -> list[str]:
        if not self._all.is_dir():
            return []
        return sorted(entry.name for entry in self._all.iterdir() if _NAME.fullmatch(entry.name))


class BuildLock:
    """Held by the one process that builds below a folder; the system frees it when that dies."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "build.lock"
        self._fd: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            os.close(self._fd)
            raise StoreBusy(
                f"Another process{read_holder(path)} is building the search index in {folder}. "
                "Wait until it has finished, then try again.",
                folder=str(folder),
            ) from exc
        os.truncate(self._fd, 0)
        os.pwrite(self._fd, json.dumps(this_process()).encode(), 0)

    def release(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def write_holder(path: Path) -> None:
    """Say in `path` that this process has the generation open; only a courtesy, so never fail."""
    with contextlib.suppress(OSError):
        path.write_bytes(json.dumps(this_process()).encode())


def read_holder(path: Path) -> str:
    """Return " (tamyeez serve, process 4711)" if the process named in `path` runs, else ""."""
    try:
        process = parse_process(json.loads(path.read_bytes()))
    except (OSError, ValueError):
        return ""
    return named(process if process and may_run(process) else None)


def _seal(shard: Path) -> Seal:
    """Flush every file below segments/ to the disk and return its length and checksum.

    The write-ahead log and the configuration stay out: the engine rewrites them when it opens,
    and checks them itself.
    """
    files = sorted(path for path in (shard / "segments").rglob("*") if path.is_file())
    for folder in {path.parent for path in files}:
        _sync_folder(folder)
    return {path.relative_to(shard).as_posix(): _checksum(path, sync=True) for path in files}


def _checksum(path: Path, sync: bool = False) -> tuple[int, int]:
    """Return length and CRC-32 of a file, passing over blocks of zeros.

    The engine sets aside tens of megabytes it has not written yet; skipping them keeps the check
    of a small index to milliseconds. A block's offset goes into the sum in their place.
    """
    total, crc = 0, 0
    with path.open("rb") as file:
        if sync:
            os.fsync(file.fileno())
        while block := file.read(_BLOCK):
            if block != _ZEROS:
                crc = zlib.crc32(block, zlib.crc32(total.to_bytes(8, "big"), crc))
            total += len(block)
    return total, crc


def _write(path: Path, value: object) -> None:
    """Replace a file in one step that survives a power cut."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
