"""Have at hand what results show of the catalogue: records by id, read once while it is unchanged.

The same provisions are results again and again. Knows ids and records; nothing of ranking.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from search.catalogue import Catalogue

Record = TypeVar("Record")

KEPT = 4_096  # records of each kind, at a few KB each


class AtHand:
    """Reads of the catalogue by id, each like the catalogue's method of that name."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Begin with nothing; `at_this_state` is to be called before each use."""
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._stamp: str | None = None
        self._shelves = Shelves(catalogue)

    def at_this_state(self) -> Shelves:
        """Return the records of the collection as it is now."""
        stamp = self._catalogue.stamp()
        if stamp is None:  # it may be changing: nothing is kept
            return Shelves(self._catalogue)
        with self._lock:
            if stamp != self._stamp:
                self._stamp, self._shelves = stamp, Shelves(self._catalogue)
            return self._shelves


class Shelves:
    """One shelf for each kind of record, of one state of the collection."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.passages = Shelf(catalogue.passages)
        self.works = Shelf(catalogue.works)
        self.provisions = Shelf(catalogue.provisions)
        self.editorials = Shelf(catalogue.editorials)
        self.treatments_of = Shelf(catalogue.treatments_of)
        self.expressions = Shelf(catalogue.expressions)
        self.expressions_of = Shelf(catalogue.expressions_of)


class Shelf(Generic[Record]):
    """Records by id. Safe to use from several threads."""

    def __init__(self, read: Callable[[list[str]], Mapping[str, Record]]) -> None:
        """`read` returns those of some ids that there are."""
        self._read = read
        self._held: dict[str, Record | None] = {}

    def __call__(self, ids: Iterable[str]) -> dict[str, Record]:
        """Return the records of those ids that there are, reading what is not at hand."""
        wanted = list(ids)
        if len(self._held) > KEPT:
            self._held = {}
        held = self._held  # another thread may begin anew meanwhile
        missing = [identifier for identifier in wanted if identifier not in held]
        if missing:
            found = self._read(missing)
            held.update({identifier: found.get(identifier) for identifier in missing})
        records = {identifier: held[identifier] for identifier in wanted}
        return {identifier: of for identifier, of in records.items() if of is not None}
