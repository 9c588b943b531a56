"""Prepare files in processes of their own, so that no file can stop, slow or swell the ingest.

A worker serves many files, one after another: starting one takes most of a second. One that dies,
outlasts its time or says what it should not is replaced, and the file it had is refused with the
reason. Results come in the order of the files, however many workers there are.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from ingest.bundle_schema import RegisterEntry
from ingest.preparing import Job, Preparation, Prepared, Refused, outgrown
from ingest.worker import LENGTH_BYTES, WorkLimits, write_frame
from search.errors import EngineUnavailable

WORKERS = 2  # more would not help: the parent stores what they prepare, and embeds after them
FILES_A_WORKER = 500  # then a fresh one takes over, whatever the libraries have kept
START_SECONDS = 300.0  # a machine may have much else to do
_BLOCK = 1 << 20

# All that an outcome is made of: a worker that a file has taken over can send nothing else.
_VALUES: dict[str, set[str] | None] = {
    "datetime": {"date"},
    "ingest.preparing": {"Prepared", "Refused"},
    "ingest.private": {"FileNames"},
    "search.model": None,  # any of its dataclasses and enumerations
}

_ROOT = Path(__file__).parents[1]


class _Ended(Exception):
    """A worker is gone: its exit code, negative for a signal."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class _TooLate(Exception):
    """A worker has not answered in time."""


class _TooMuch(Exception):
    """A worker hands back more than it may, or something else than an outcome."""


class Worker:
    """One process and the two pipes to it. Serves one job at a time."""

    def __init__(self, register: Sequence[RegisterEntry], limits: WorkLimits) -> None:
        """Start the process; it gets ready while the caller does other things."""
        self._limits = limits
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.worker"],  # -P: nothing from the folder we are in
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a parser's complaint may quote the text
            start_new_session=True,  # Ctrl+C is the parent's, and its children end with it
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
        )
        self._ready = False
        self.served = 0
        with suppress(BrokenPipeError):  # said by the first answer
            self._send((limits, tuple(register)))

    def do(self, job: Job) -> Preparation:
        """Prepare one file; a worker that fails at it is ended, and the file refused."""
        self._await_start()
        try:
            self._send(job)
            self.served += 1
            return _read_outcome(self._receive(self._limits.seconds))
        except (_Ended, BrokenPipeError) as exc:
            return self._gone(job, exc)
        except _TooLate:
            self.end()
            return _too_slow(job)
        except _TooMuch:
            self.end()
            return _too_much(job)

    @property
    def is_fresh(self) -> bool:
        """Whether it may be given another file."""
        return self._process.poll() is None and self.served < FILES_A_WORKER

    def kill(self) -> None:
        """Kill the process, and what it started, at once; whoever waits for it is told."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the process and give its pipes back."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _await_start(self) -> None:
        if self._ready:
            return
        try:
            self._receive(START_SECONDS)
        except (_Ended, _TooLate) as exc:
            self.end()
            raise EngineUnavailable(
                "The process that reads files cannot be started. Run `make install` again, and "
                "see that memory is left on this machine."
            ) from exc
        self._ready = True

    def _gone(self, job: Job, exc: _Ended | BrokenPipeError) -> Refused:
        self.end()
        code = exc.code if isinstance(exc, _Ended) else self._process.returncode
        if code in (-signal.SIGPROF, -signal.SIGALRM):
            return _too_slow(job)
        return _crashed(job, code)

    def _send(self, value: Any) -> None:
        assert self._process.stdin is not None
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        write_frame(self._process.stdin, data)  # type: ignore[arg-type]

    def _receive(self, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        length = int.from_bytes(self._read(LENGTH_BYTES, deadline), "big")
        if length > self._limits.outcome_bytes:
            raise _TooMuch
        return self._read(length, deadline)

    def _read(self, count: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        parts: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while count:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise _TooLate
                part = os.read(pipe, min(count, _BLOCK))
                if not part:
                    raise _Ended(self._process.wait())
                parts.append(part)
                count -= len(part)
        return b"".join(parts)


class Workshop:
    """A few workers, started when first needed; use it in a `with` statement."""

    def __init__(
        self,
        register: Sequence[RegisterEntry],
        limits: WorkLimits | None = None,
        workers: int = WORKERS,
    ) -> None:
        self._register = register
        self._limits = limits or WorkLimits()
        count = max(1, min(workers, os.cpu_count() or 1))
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._idle: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
        for _ in range(count):
            self._idle.put(None)  # leave to start one
        self._all: set[Worker] = set()

    def submit(self, job: Job) -> Future[Preparation]:
        """Have a file prepared; the future holds its outcome, and never an error of the file."""
        return self._threads.submit(self._do, job)

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every worker; what is under way is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in tuple(self._all):
            worker.kill()
        self._threads.shutdown()
        for worker in tuple(self._all):
            worker.end()

    def _do(self, job: Job) -> Preparation:
        worker = self._idle.get()
        if worker is None or not worker.is_fresh:
            worker = self._replace(worker)
        try:
            return worker.do(job)
        finally:
            self._idle.put(worker)

    def _replace(self, worker: Worker | None) -> Worker:
        if worker is not None:
            worker.end()
            self._all.discard(worker)
        fresh = Worker(self._register, self._limits)
        self._all.add(fresh)
        return fresh


def _read_outcome(data: bytes) -> Preparation:
    try:
        outcome = _Values(io.BytesIO(data)).load()
    except Exception as exc:
        raise _TooMuch from exc
    if not isinstance(outcome, Prepared | Refused):
        raise _TooMuch
    return outcome


class _Values(pickle.Unpickler):
    """Reads values of our own model and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        allowed = _VALUES.get(module, set())
        if allowed is None:
            found = getattr(sys.modules[module], name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        elif name in allowed:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of an outcome")


def _too_slow(job: Job) -> Refused:
    return Refused(
        job.names,
        "time",
        f"{job.names.name}: reading it took longer than one file may; split it into smaller "
        "files, or save it again from the program it was made with.",
    )


def _too_much(job: Job) -> Refused:
    return Refused(
        job.names,
        "too-long",
        f"{job.names.name}: it becomes more text than one file may; split it into one file per "
        "law or judgment.",
    )


def _crashed(job: Job, code: int) -> Refused:
    if code == 1:  # Python itself gave up: there was no memory even to say so
        return outgrown(job.names)
    signalled = f" ({signal.Signals(-code).name})" if code < 0 else ""
    return Refused(
        job.names,
        "crashed",
        f"{job.names.name}: the process that read it broke down{signalled}; the file is damaged "
        "or hostile. Save it again from a source you trust, or use another copy.",
    )
