"""The process in which files are prepared: jobs in on one pipe, outcomes out on another.

Started by `ingest/isolation.py`. It limits itself before it reads the first byte of a file, and
ends when its parent does: the pipe closes, or the alarm of the job in hand rings.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import signal
import sys
from dataclasses import dataclass
from typing import BinaryIO

LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """The most that one file may take of this machine."""

    memory_bytes: int = 500_000_000  # private memory of a worker
    address_bytes: int = 2_000_000_000  # with files and libraries it maps
    written_bytes: int = 1_000_000_000  # of any file it writes
    outcome_bytes: int = 200_000_000  # what it may hand back
    cpu_seconds: float = 180.0  # its own work
    seconds: float = 900.0  # by the clock, on a busy machine or waiting for something for ever


def write_frame(pipe: BinaryIO, data: bytes) -> None:
    """Write one message: its length, then its bytes."""
    pipe.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes | None:
    """Read one message; None where the other side has closed the pipe."""
    length = pipe.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    data = pipe.read(int.from_bytes(length, "big"))
    return data if len(data) == int.from_bytes(length, "big") else None


def main() -> None:
    """Prepare one file after another until there are no more."""
    jobs, outcomes = sys.stdin.buffer, _own_pipe()
    first = read_frame(jobs)
    if first is None:
        return
    limits, register = pickle.loads(first)  # noqa: S301 - from the parent
    limit_resources(limits)
    from ingest.preparing import Known, prepare  # noqa: PLC0415 - what it imports is limited too

    known = Known.of(register)
    write_frame(outcomes, b"")  # ready
    while (frame := read_frame(jobs)) is not None:
        job = pickle.loads(frame)  # noqa: S301 - from the parent
        _set_clocks(limits.cpu_seconds, limits.seconds)
        data = pickle.dumps(prepare(job, known), pickle.HIGHEST_PROTOCOL)
        _set_clocks(0, 0)
        write_frame(outcomes, data)


def limit_resources(limits: WorkLimits) -> None:
    """Limit this process and its children, as far as the system knows these limits."""
    for name, value in (
        ("RLIMIT_DATA", limits.memory_bytes),
        ("RLIMIT_AS", limits.address_bytes),
        ("RLIMIT_FSIZE", limits.written_bytes),
        ("RLIMIT_CORE", 0),  # a core dump would hold the text
    ):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (value, value))


def _set_clocks(cpu_seconds: float, seconds: float) -> None:
    """Die of SIGPROF or SIGALRM when either clock runs out; 0 stops them.

    The parent watches the time too; the alarm is for a worker whose parent was killed.
    """
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * 1.1)


def _own_pipe() -> BinaryIO:
    """Keep standard output for outcomes: what a library prints must not get between them."""
    pipe = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return pipe


if __name__ == "__main__":
    main()
