"""The service as a reader may see it: nothing hidden is counted, found, suggested or shown.

Hiding is done where things are read, not where they are shown: the catalogue answers through views
(search/catalogue/visible.py), the index with a filter on every question. Each clearance has a
service of its own, so that nothing remembered for one reader is told to another.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from search.access import current_reader
from search.index.port import IndexFilter, Manifest, Scored, SparseVector, Vector, VectorIndex
from search.model import Access

if TYPE_CHECKING:
    from search.handle import IndexHandle
    from search.service import SearchService


class ClearedIndex:
    """An open index in which some passages are not there."""

    def __init__(self, index: VectorIndex, hidden: tuple[Access, ...]) -> None:
        """Take the index; closing it is its owner's."""
        self._index = index
        self._hidden = hidden

    @property
    def manifest(self) -> Manifest:
        """What the whole generation was built from."""
        return self._index.manifest

    def search_dense(self, vector: Vector, limit: int, where: IndexFilter) -> list[Scored]:
        """Return the nearest passages that may be seen."""
        return self._index.search_dense(vector, limit, self._cleared(where))

    def search_sparse(self, vector: SparseVector, limit: int, where: IndexFilter) -> list[Scored]:
        """Return the best passages by words that may be seen."""
        return self._index.search_sparse(vector, limit, self._cleared(where))

    def count(self, where: IndexFilter | None = None) -> int:
        """Count the passages that may be seen."""
        return self._index.count(self._cleared(where or IndexFilter()))

    def contents(self) -> Iterator[tuple[str, str]]:
        """Refuse: only the whole is compared with the catalogue."""
        raise TypeError("the contents of an index are read as a whole")

    def close(self) -> None:
        """Leave it open: it was lent."""

    def _cleared(self, where: IndexFilter) -> IndexFilter:
        return replace(where, hidden=self._hidden)


class ClearedHandle:
    """Lends the index of a handle with some passages hidden."""

    def __init__(self, handle: IndexHandle | ClearedHandle, hidden: tuple[Access, ...]) -> None:
        """Take the handle; closing it is its owner's."""
        self._handle = handle
        self._hidden = hidden

    @contextmanager
    def use(self, embedder: str | None) -> Iterator[VectorIndex]:
        """Lend the index for one query; raises what the handle raises."""
        with self._handle.use(embedder) as index:
            yield ClearedIndex(index, self._hidden)

    def catch_up(self) -> None:
        """Have the published generation open."""
        self._handle.catch_up()

    def revision(self) -> int | None:
        """Return the catalogue's revision that the generation lent was made from, if one is."""
        return self._handle.revision()

    def close(self) -> None:
        """Leave it open."""


class _ForReaders:
    """Passes every question to the service of the present reader's clearance."""

    def __init__(self, whole: SearchService) -> None:
        self._whole = whole
        self._lock = threading.Lock()
        self._of: dict[frozenset[Access], SearchService] = {frozenset(Access): whole}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service(), name)

    def close(self) -> None:
        """Close the services of every clearance, the whole one last."""
        with self._lock:
            for service in reversed(self._of.values()):
                service.close()

    def _service(self) -> SearchService:
        clearance = current_reader().clearance
        with self._lock:
            if clearance not in self._of:
                self._of[clearance] = self._whole.seen_by(clearance)
            return self._of[clearance]


def for_readers(whole: SearchService) -> SearchService:
    """Return what answers each reader (search/access/reader.py) from what they may see."""
    return cast("SearchService", _ForReaders(whole))
