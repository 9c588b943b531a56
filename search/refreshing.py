"""Keep what was read at one revision; read it anew when another has come, one thread at a time.

During an ingest the revision rises with every file. Were everything read anew each time, by every
thread that asks, a server would do nothing else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Refreshed(Generic[Value]):
    """A value of the collection that may lag behind it for a while. Safe to use from threads."""

    def __init__(self, read: Callable[[], Value], lasts_s: float) -> None:
        """`read` reads the value; for `lasts_s` seconds after that another revision may wait."""
        self._read = read
        self._lasts_s = lasts_s
        self._lock = threading.Lock()
        self._held: tuple[Value, int, float] | None = None  # with its revision and when it was read

    def of(self, revision: int, least: int | None = None) -> Value:
        """Return the value of a revision, or a former one while that may last.

        Never one of before the revision `least`. While one thread reads, the others go on with what
        they have, if it may still be used at all, or wait.
        """
        held = self._held
        if held is not None and self._will_do(held, revision, least):
            return held[0]
        usable = held is not None and (least is None or held[1] >= least)
        if not self._lock.acquire(blocking=not usable):
            assert held is not None
            return held[0]
        try:
            held = self._held  # another thread may have read it meanwhile
            if held is None or not self._will_do(held, revision, least):
                held = self._held = (self._read(), revision, time.monotonic())
            return held[0]
        finally:
            self._lock.release()

    def _will_do(self, held: tuple[Value, int, float], revision: int, least: int | None) -> bool:
        _, known, at = held
        if known == revision:
            return True
        return (least is None or known >= least) and time.monotonic() - at < self._lasts_s
