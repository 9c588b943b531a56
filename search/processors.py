"""Who computes when: turns of a process's threads, and what numerical libraries may use.

The libraries' threads wait for one another without giving way: on processors that others use,
work on two threads takes ten times as long as on one. The numbers that come out are the same but
for rounding.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from threadpoolctl import ThreadpoolController

AT_ONCE = 4
_turns = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn at what computes for long: AT_ONCE of a process's threads do so at once.

    The others, that read a law in some milliseconds, need not share the interpreter with twenty
    searches: of such readings under full load the slowest twentieth took 1.5 to 2.8 s, with turns
    0.5 to 1.0 s. Never take a turn within a turn.
    """
    with _turns:
        yield


def free_processors(load: Path = Path("/proc/loadavg")) -> int:
    """Return on how many processors nothing else runs just now, as far as the system tells."""
    known = os.cpu_count() or 1
    try:
        running = int(load.read_text("ascii").split()[3].partition("/")[0])  # this thread is one
    except (OSError, ValueError, IndexError):
        return known
    return max(1, known - running + 1)


def give_way() -> None:
    """Let numpy's matrix products use the processors that are free now, and no others."""
    count = free_processors()
    for library in _blas().lib_controllers:
        library.set_num_threads(min(count, _most()))


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")


@cache
def _most() -> int:
    """Return how many threads there are at most: what the environment set, when first asked."""
    return max((library.num_threads for library in _blas().lib_controllers), default=1)
