"""Folders that one process works in, readable by this account only, and removed afterwards."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import BadRequest, StoreBusy, StoreFull, TamyeezError


@contextmanager
def folder_of_one(path: Path) -> Iterator[Path]:
    """Lend an empty folder, held alone; what a killed process left in it is removed first.

    It is gone afterwards, unless it was moved away. Raises StoreBusy.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise StoreBusy(
                f"Another command of Tamyeez is at work in {path}. Wait until it has ended."
            ) from exc
        try:
            path.chmod(0o700)
            for entry in path.iterdir():
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(held)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusals to read or write into one sentence, naming `path` or nearer."""
    try:
        yield
    except OSError as exc:
        raise _told(exc, path) from exc


def _told(exc: OSError, path: Path) -> TamyeezError:
    if exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(f"No room is left on the disk of {path}. Free some space and try again.")
    return BadRequest(
        f"{exc.filename or path} cannot be used: {exc.strerror}. Check its permissions, or name "
        "another place."
    )
