"""One job at a time in the background: what it does, how far it is, and how it has ended.

    job.json    the latest job, for every page and process to show
    lock        held while a job runs, by whichever process runs it

So a page may be loaded again, the server may have several processes, and a job that was killed is
known by its lock: nobody holds it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from search.errors import TamyeezError

_log = logging.getLogger("tamyeez.library")
_WRITE_EVERY_S = 0.3
_STOP_S = 5.0  # what a step is given to come to its end when the server stops
# Who looks whether a job was killed holds the lock for an instant.
_TRIES, _PAUSE_S = 4, 0.05


class Stage(StrEnum):
    """Where a job is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"  # with the server, or killed


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file has ended: `reason` and `said` of one that was refused."""

    name: str
    end: str
    work: str | None = None
    reason: str = ""
    said: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class JobState:
    """A job as it was last heard of. Times: ISO 8601, UTC. `error` is a code, `said` its words."""

    act: str
    by: str
    started: str
    stage: Stage = Stage.RUNNING
    step: str = ""
    done: int = 0
    total: int = 0
    ended: str = ""
    files: tuple[Ended, ...] = ()
    error: str = ""
    said: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self.stage is Stage.RUNNING


class Stopping(Exception):
    """Raised inside a job when the server stops."""


Work = Callable[[Callable[[str, int, int], None]], Sequence[Ended]]


class Jobs:
    """The jobs of one folder. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when first needed, open to this account only."""
        self._folder = folder
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def state(self) -> JobState | None:
        """Return the latest job; None where there was none."""
        try:
            held = json.loads((self._folder / "job.json").read_text("utf-8"))
            files = tuple(Ended(**file) for file in held.pop("files"))
            state = JobState(**{**held, "stage": Stage(held["stage"]), "files": files})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as exc:
            _log.warning("job.json cannot be read: %s", type(exc).__name__)
            return None
        if state.is_running:
            lock = self._take()
            if lock is not None:  # nobody is at work: it was killed
                os.close(lock)
                return replace(state, stage=Stage.STOPPED)
        return state

    def start(self, act: str, by: str, work: Work, then: Callable[[], None]) -> bool:
        """Begin a job; False where one is running. `then` is called after one that was done."""
        lock = None if self._stop.is_set() else self._take(_TRIES)
        if lock is None:
            return False
        state = JobState(act, by, _now())
        self._write(state)
        self._thread = threading.Thread(
            target=self._run, args=(lock, state, work, then), name="library", daemon=True
        )
        self._thread.start()
        return True

    def close(self) -> None:
        """Stop a job of this process at its next step, and wait a little for that."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join(_STOP_S)

    def _run(self, lock: int, state: JobState, work: Work, then: Callable[[], None]) -> None:
        telling = _Telling(state, self._write, self._stop)
        try:
            files = tuple(work(telling.progress))
            state = replace(telling.state, stage=Stage.DONE, files=files)
        except Stopping:
            state = replace(telling.state, stage=Stage.STOPPED)
        except TamyeezError as exc:
            state = replace(telling.state, stage=Stage.FAILED, error=exc.code, said=str(exc))
        except Exception:  # noqa: BLE001 - a thread has no caller who would hear of it
            _log.exception("the job %s failed", state.act)
            state = replace(telling.state, stage=Stage.FAILED, error="internal")
        finally:
            with contextlib.suppress(OSError):
                self._write(replace(state, ended=_now()))
            os.close(lock)
        if state.stage is Stage.DONE:
            then()

    def _take(self, tries: int = 1) -> int | None:
        make_private(self._folder)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        lock = os.open(self._folder / "lock", flags, 0o600)
        for left in reversed(range(tries)):
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            time.sleep(_PAUSE_S if left else 0)
        os.close(lock)
        return None

    def _write(self, state: JobState) -> None:
        write_private(self._folder / "job.json", json.dumps(asdict(state), ensure_ascii=False))


class _Telling:
    """Writes how far a job is, not more often than it is looked at."""

    def __init__(
        self, state: JobState, write: Callable[[JobState], None], stop: threading.Event
    ) -> None:
        self.state = state
        self._write = write
        self._stop = stop
        self._written = 0.0

    def progress(self, step: str, done: int, total: int) -> None:
        """Take note of progress; raise Stopping where the job is to end."""
        if self._stop.is_set():
            raise Stopping
        self.state = replace(self.state, step=step, done=done, total=total)
        if time.monotonic() - self._written > _WRITE_EVERY_S:
            self._write(self.state)
            self._written = time.monotonic()


def make_private(folder: Path) -> None:
    """Make a folder that only this account may open."""
    if not folder.parent.is_dir():
        make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, text: str) -> None:
    """Put a text in a file's place by one step, readable by this account only."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
