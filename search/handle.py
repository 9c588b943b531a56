"""Hold a published generation open, and move to a newer one as soon as it is published."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from search.adapter import adapter_for
from search.errors import IndexMismatch
from search.index.port import SCHEMA_VERSION, IndexStore, Manifest, VectorIndex


class _Lease:
    """An open generation and the number of queries using it."""

    def __init__(self, index: VectorIndex) -> None:
        self.index = index
        self.users = 0
        self.retired = False


class IndexHandle:
    """Lends the current generation to queries from several threads.

    A newer one is opened by the thread that first sees it, while the others go on with the former,
    which is closed when its last query has ended.
    """

    def __init__(self, store: IndexStore, prepare: Callable[[Manifest], object]) -> None:
        """`prepare` is called with a newer generation's manifest before any query has it."""
        self._store = store
        self._prepare = prepare
        self._lock = threading.Lock()
        self._opening = threading.Lock()  # held while a generation is opened
        self._lease: _Lease | None = None

    @contextmanager
    def use(self, embedder: str | None) -> Iterator[VectorIndex]:
        """Lend the index for one query; raise IndexMismatch if it is not of `embedder`'s making.

        None lends it unchecked, for inspection.
        """
        lease = self._lend(embedder)
        try:
            yield lease.index
        finally:
            with self._lock:
                lease.users -= 1
                _close_if_unused(lease)

    def catch_up(self) -> None:
        """Have the published generation open, even if another thread is still at it."""
        self._move_on(wait=True)

    def revision(self) -> int | None:
        """Return the catalogue's revision that the generation lent was made from, if one is."""
        lease = self._lease
        return lease.index.manifest.revision if lease else None

    def close(self) -> None:
        """Give the generation back; the next use opens it again."""
        with self._opening, self._lock:
            self._exchange(None)

    def _lend(self, embedder: str | None) -> _Lease:
        while True:
            self._move_on(wait=self._lease is None)
            with self._lock:
                if (lease := self._lease) is not None:  # else it was closed just now
                    if embedder is not None:
                        check_manifest(lease.index.manifest, embedder)
                    lease.users += 1
                    return lease

    def _move_on(self, wait: bool) -> None:
        """Open what is published; leave it to another thread that does so already, or `wait`."""
        if self._is_current() or not self._opening.acquire(blocking=wait):
            return
        try:
            if not self._is_current():
                index = self._store.open()
                try:
                    self._prepare(index.manifest)
                except BaseException:
                    index.close()
                    raise
                with self._lock:
                    self._exchange(_Lease(index))
        finally:
            self._opening.release()

    def _is_current(self) -> bool:
        lease = self._lease
        return lease is not None and lease.index.manifest == self._store.current()

    def _exchange(self, fresh: _Lease | None) -> None:
        former, self._lease = self._lease, fresh
        if former is not None:
            former.retired = True
            _close_if_unused(former)


def _close_if_unused(lease: _Lease) -> None:
    if lease.retired and lease.users == 0:
        lease.index.close()


def check_manifest(manifest: Manifest, embedder: str) -> None:
    """Raise IndexMismatch when an index was written for another embedder or by another version."""
    if manifest.embedder != embedder:
        raise IndexMismatch(
            f"The index was made with the embedder {manifest.embedder}, but the settings name "
            f"{embedder}. Run `tamyeez reindex`, or set TAMYEEZ_EMBEDDER back.",
            held=manifest.embedder,
            wanted=embedder,
        )
    if manifest.adapter != adapter_for(embedder).name:
        raise IndexMismatch(
            "The index was made with another adapter of the embedder than this version of Tamyeez "
            "ships. Run `tamyeez reindex`.",
            held=manifest.adapter,
            wanted=adapter_for(embedder).name,
        )
    if manifest.schema_version != SCHEMA_VERSION:
        raise IndexMismatch(
            f"The index has format {manifest.schema_version}, this version of Tamyeez reads "
            f"{SCHEMA_VERSION}. Run `tamyeez reindex`.",
            held=str(manifest.schema_version),
            wanted=str(SCHEMA_VERSION),
        )
