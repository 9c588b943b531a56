"""Hold the published generation open, and move to a newer one as soon as it is published."""

from __future__ import annotations

import threading
from collections.abc import Iterator
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

    A generation that was replaced is closed when its last query has ended.
    """

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._lease: _Lease | None = None

    @contextmanager
    def use(self, embedder: str | None) -> Iterator[VectorIndex]:
        """Lend the index for one query; raise IndexMismatch if it is not of `embedder`'s making.

        None lends it unchecked, for inspection.
        """
        with self._lock:
            lease = self._current()
            if embedder is not None:
                check_manifest(lease.index.manifest, embedder)
            lease.users += 1
        try:
            yield lease.index
        finally:
            with self._lock:
                lease.users -= 1
                _close_if_unused(lease)

    def close(self) -> None:
        """Give the generation back; the next use opens it again."""
        with self._lock:
            if self._lease is not None:
                self._retire(self._lease)

    def _current(self) -> _Lease:
        published = self._store.current()
        lease = self._lease
        if lease and lease.index.manifest == published:
            return lease
        fresh = _Lease(self._store.open())
        if lease is not None:
            self._retire(lease)
        self._lease = fresh
        return fresh

    def _retire(self, lease: _Lease) -> None:
        lease.retired = True
        self._lease = None
        _close_if_unused(lease)


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
