"""Views of a published generation, so that several processes can have it open at once.

    index/views/lock            held while a view is made, or views of ended processes are removed
    index/views/ab12cd/held     locked by the process whose view this is, until it ends
    index/views/ab12cd/shard/   the generation's files under second names, and a log of its own

The engine locks a folder by its write-ahead log, and writes nothing else once a generation is
published; so a view links the files and lets the engine begin a log of the view's own. The pages in
memory are shared too. Where the disk knows no second names the files are copied.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.index.generations import Generations


class View:
    """One process's view of one generation."""

    def __init__(self, generations: Generations, name: str) -> None:
        """Make it; raise StoreDamaged where files of the generation are missing, or StoreFull."""
        views = generations.folder / "views"
        with generations.writing():
            views.mkdir(exist_ok=True)
            with _locked(views / "lock"):
                _remove_abandoned(views)
                self._folder = Path(tempfile.mkdtemp(dir=views))
                self._held = _take(self._folder / "held")
            self.shard = self._folder / "shard"
            try:
                _link(generations.shard(name), self.shard)
            except FileNotFoundError as exc:
                self.remove()
                raise generations.damaged(f"generation {name} has lost a file") from exc
            except BaseException:
                self.remove()
                raise

    def remove(self) -> None:
        """Take the second names away; the generation keeps its files."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _link(generation: Path, shard: Path) -> None:
    shutil.copytree(generation / "segments", shard / "segments", copy_function=_link_or_copy)
    # The engine writes this file anew when it opens: a name of its own for it.
    shutil.copyfile(generation / "edge_config.json", shard / "edge_config.json")


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _remove_abandoned(views: Path) -> None:
    for folder in [entry for entry in views.iterdir() if entry.is_dir()]:
        held = _take(folder / "held")
        if held is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def _take(path: Path) -> int | None:
    """Lock a file until it is closed or this process ends; None if another process has it."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
