"""What a server no longer uses goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import threading
from pathlib import Path

import pytest

from web.operation.memory import Tidying, give_back

LARGE = 4096  # bytes: the C library's, not Python's own arenas
MANY = 20_000


class _Circle:
    """Holds itself, as parents and children of a tree hold each other, and says when it goes."""

    def __init__(self, gone: threading.Event) -> None:
        self.itself = self
        self._gone = gone

    def __del__(self) -> None:
        self._gone.set()


@pytest.fixture
def no_collector():
    gc.disable()
    yield
    gc.enable()


def test_what_only_circles_hold_is_freed_every_so_often(no_collector: None) -> None:
    gone = threading.Event()
    _Circle(gone)
    assert not gone.is_set()
    tidying = Tidying(every_s=0.01)
    assert gone.wait(10)
    tidying.close()
    later = threading.Event()
    _Circle(later)
    assert not later.wait(0.1)


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the C library is not GNU's"
)
def test_free_pages_go_back_to_the_system() -> None:
    held = [bytearray(LARGE) for _ in range(MANY)]
    last = bytearray(LARGE)  # while it is there, what lies before it does not go of itself
    before = _resident_mb()
    held.clear()
    give_back()
    assert before - _resident_mb() > 0.5 * LARGE * MANY / 2**20
    assert len(last) == LARGE


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20
