"""How many new documents the saved searches of each reader have, kept ready for every page.

No page waits for a search: counting is done aside, by one thread, and not again before FRESH_S are
over. A search is run again only when documents that are new to it have come.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextvars import copy_context
from dataclasses import dataclass, field

from search.access import current_reader
from search.errors import TamyeezError
from search.model import Access
from search.work import saved
from search.work.model import SavedSearch
from search.work.news import Collection, look, meet
from search.work.store import WorkStore

FRESH_S = 120.0
MAX_READERS = 1000  # of whom counts are kept ready

_log = logging.getLogger("tamyeez.work")
_Key = tuple[str, frozenset[Access]]


@dataclass(frozen=True, slots=True)
class _Counted:
    """The documents new to a search, and those of them that it finds and that fit."""

    new: frozenset[int]
    fitting: frozenset[int]


@dataclass(slots=True)
class _Known:
    """What was counted for one reader, and until when it is good."""

    until: float = 0.0
    counted: Mapping[str, _Counted] = field(default_factory=dict)
    running: Future[None] | None = None
    outrun: bool = False  # a search was looked at while they were counted


class Alerts:
    """Counts for the present reader. Safe to use from several threads; raises nothing."""

    def __init__(
        self,
        store: WorkStore,
        collection: Collection,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the file of work and the collection; count nothing yet."""
        self._store = store
        self._collection = collection
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[_Key, _Known] = {}
        self._pool = ThreadPoolExecutor(1, "alerts")

    def counts(self, owner: str, wait_s: float = 0.0) -> Mapping[str, int]:
        """Return the number of new documents that fit, by saved search with any.

        What is not counted yet is missing; `wait_s` is how long to wait for it.
        """
        counted = self._counted(owner, wait_s)
        return {search: len(of.fitting) for search, of in counted.items() if of.fitting}

    def total(self, owner: str) -> int:
        """Return the number of new documents that fit any saved search, as far as counted."""
        counted = self._counted(owner, 0.0)
        return len({number for of in counted.values() for number in of.fitting})

    def forget(self, owner: str, search: str = "") -> None:
        """Count anew after a search was looked at or deleted; without one: after them all were."""
        with self._lock:
            for key, known in self._known.items():
                if key[0] == owner:
                    left = {i: of for i, of in known.counted.items() if search and i != search}
                    known.until, known.counted, known.outrun = 0.0, left, True

    def close(self) -> None:
        """Stop counting."""
        self._pool.shutdown(cancel_futures=True)

    def _counted(self, owner: str, wait_s: float) -> Mapping[str, _Counted]:
        key = (owner, current_reader().clearance)
        with self._lock:
            known = self._known.setdefault(key, _Known())
            if len(self._known) > MAX_READERS:
                del self._known[next(iter(self._known))]
            if known.running is None and known.until <= self._clock():
                known.outrun = False
                # In a copy of the context: the search must be run as this reader.
                known.running = self._pool.submit(copy_context().run, self._count, owner, known)
            running = known.running
        if running is not None and wait_s:
            wait_for([running], wait_s)
        return known.counted

    def _count(self, owner: str, known: _Known) -> None:
        counted = known.counted
        try:
            counted = self._look(owner, counted)
        except TamyeezError as exc:
            _log.warning("alerts: %s", exc.code)  # a sentence may tell what was searched for
        finally:
            with self._lock:
                if not known.outrun:
                    known.until, known.counted = self._clock() + FRESH_S, counted
                known.running = None

    def _look(self, owner: str, before: Mapping[str, _Counted]) -> Mapping[str, _Counted]:
        numbers = meet(self._store, self._collection)
        if numbers is None:
            return before
        with self._store.read() as conn:
            searches = saved.list_searches(conn, owner)
        found = {}
        for search in searches:
            new = frozenset(n for n in numbers.values() if n > search.seen)
            held = before.get(search.id)
            same = held is not None and held.new == new
            found[search.id] = held if same and held else _Counted(new, self._fitting(search, new))
        return found

    def _fitting(self, search: SavedSearch, new: frozenset[int]) -> frozenset[int]:
        if not new:
            return new
        try:
            told = look(self._store, self._collection, search)
        except TamyeezError:  # such as a filter on a law that was withdrawn: its page says so
            return frozenset()
        return frozenset(number for of in told.fitting for number in of.documents)
