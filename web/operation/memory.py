"""What a serving process does about memory: what nothing uses any more goes back."""

from __future__ import annotations

import ctypes
import gc
import threading
from collections.abc import Callable

EVERY_S = 60.0


def spare_collecting() -> None:
    """Let the collector of circular garbage pass over what stays, and come less often.

    Going through the 400,000 objects of a warm process holds up every reader for a quarter of a
    second; what answers leave behind is hardly ever circular.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def give_back() -> None:
    """Free what only circles hold, and return free pages to the system; 0.1 s, once a minute.

    What writes papers leaves trees of XML in circles: few objects to the collector, but large. The
    C library keeps what was freed; where it is not GNU's, so it stays.
    """
    gc.collect()
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


class Tidying:
    """A thread that gives memory back every so often until it is closed."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        """Begin at once."""
        self._every_s = every_s
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tidying", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait until it has."""
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.wait(self._every_s):
            give_back()
