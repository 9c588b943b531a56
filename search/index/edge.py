"""The index in Qdrant's embedded engine: one folder per generation, one process per folder.

The only module that imports `qdrant_edge`. Its exceptions end here. What was measured and decides:
exact search needs no graph (HNSW) below some 300,000 passages, so a generation is only flushed,
never optimised; filters need payload indexes (80 ms without, 2 ms with, at 20,000); the engine
holds Python's interpreter lock in every query and writing, which also makes these safe from any
thread, so points are written in small batches; reading points by id lets go of it, and beside a
query of another thread both wait for ever.
"""

from __future__ import annotations

import contextlib
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import qdrant_edge as engine

from search.errors import IndexNotReady, StoreBusy, StoreDamaged
from search.identifiers import point_number
from search.index.generations import BuildLock, Generations, read_holder, write_holder
from search.index.payload import (
    CONTENT_FIELDS,
    DATE_FIELDS,
    DENSE,
    KEYWORD_FIELDS,
    SHOWN_FIELDS,
    SPARSE,
    Op,
    best,
    conditions,
    exclusions,
    payload,
)
from search.index.port import IndexFilter, Manifest, Point, Scored, SparseVector, Vector
from search.index.sharing import View

_BATCH = 256  # about 30 ms during which no other thread of the process runs
_PAGE = 2_000
_NAMES_KEPT = 100_000  # of points, some 300 bytes each
_EXACT = engine.SearchParams(exact=True)


PointId = int | str | uuid.UUID
Name = tuple[str, str]  # of a point: its passage and group


class EdgeIndex:
    """A published generation, open for reading; holds the engine's lock until closed."""

    def __init__(
        self, generations: Generations, manifest: Manifest, view: View | None = None
    ) -> None:
        """Open the generation, or a view of it; raise StoreBusy or StoreDamaged."""
        self._generations = generations
        self._manifest = manifest
        self._view = view
        shard = view.shard if view else generations.shard(manifest.generation)
        self._holder = shard.parent / "holder.json"
        self._names: dict[PointId, Name] = {}  # what was found before is named without asking
        with _translated(generations, self._holder):
            self._shard = engine.EdgeShard.load(str(shard))
            held = self._shard.count(engine.CountRequest())
        if held != manifest.points:
            self._shard.close()
            raise generations.damaged(
                f"generation {manifest.generation} holds {held} of {manifest.points} passages"
            )
        write_holder(self._holder)

    @property
    def manifest(self) -> Manifest:
        return self._manifest

    def search_dense(self, vector: Vector, limit: int, where: IndexFilter) -> list[Scored]:
        query = engine.Query.Nearest(vector.tolist(), using=DENSE)
        return self._search(query, limit, where)

    def search_sparse(self, vector: SparseVector, limit: int, where: IndexFilter) -> list[Scored]:
        terms = engine.SparseVector(list(vector.indices), list(vector.values))
        return self._search(engine.Query.Nearest(terms, using=SPARSE), limit, where)

    def count(self, where: IndexFilter | None = None) -> int:
        with _translated(self._generations, self._holder):
            return self._shard.count(engine.CountRequest(filter=_filter(where or IndexFilter())))

    def contents(self) -> Iterator[tuple[str, str]]:
        offset = None
        while True:
            request = engine.ScrollRequest(
                offset=offset, limit=_PAGE, with_payload=list(CONTENT_FIELDS), with_vector=False
            )
            with _translated(self._generations, self._holder):
                records, offset = self._shard.scroll(request)
            for record in records:
                held = record.payload or {}
                yield str(held.get("passage")), str(held.get("hash"))
            if offset is None:
                return

    def close(self) -> None:
        with _translated(self._generations, self._holder):
            self._shard.close()
        self._holder.unlink(missing_ok=True)
        if self._view is not None:
            self._view.remove()

    def _search(self, query: engine.Query, limit: int, where: IndexFilter) -> list[Scored]:
        limits = _filter(where)

        def found(count: int, shown: list[str] | bool) -> list[engine.ScoredPoint]:
            request = engine.QueryRequest(
                query=query, limit=count, filter=limits, params=_EXACT, with_payload=shown
            )
            with _translated(self._generations, self._holder):
                return self._shard.query(request)

        def ask(count: int) -> list[tuple[str, str, float]]:
            names = self._names  # another thread may begin anew meanwhile
            # Reading the payload takes longer than finding the point; the engine makes an id anew
            # each time it is asked for one.
            points = [(point.id, point.score) for point in found(count, False)]
            if any(identifier not in names for identifier, _ in points):
                named = found(count, list(SHOWN_FIELDS))
                names.update((point.id, _name(point)) for point in named)
                points = [(point.id, point.score) for point in named]
            return [(*names[identifier], score) for identifier, score in points]

        if len(self._names) > _NAMES_KEPT:
            self._names = {}
        return best(ask, limit, self._manifest.points)


class EdgeBuilder:
    """A generation being written, under the folder's build lock."""

    def __init__(self, generations: Generations, lock: BuildLock) -> None:
        self._generations = generations
        self._lock = lock
        self._name = generations.begin()
        self._shard: engine.EdgeShard | None = None
        self._done = False

    def add(self, points: Sequence[Point]) -> None:
        """Write points; raise StoreFull before the disk is."""
        for start in range(0, len(points), _BATCH):
            batch = points[start : start + _BATCH]
            vectors = np.stack([point.dense for point in batch])
            if not np.isfinite(vectors).all():
                raise ValueError("a dense vector holds a value that is no number")
            with self._writing():
                self._generations.require_space()
                shard = self._open(vectors.shape[1])
                rows = [_point(p, row) for p, row in zip(batch, vectors.tolist(), strict=True)]
                shard.update(engine.UpdateOperation.upsert_points(rows))

    def publish(self, manifest: Manifest) -> Manifest:
        manifest = replace(manifest, generation=self._name)
        with self._writing():
            self._generations.require_space()
            shard = self._open(manifest.dimensions)
            shard.flush()
            shard.close()
            # Everything is in the segments now. The engine would replay the log at every start,
            # and keep 64 MB of it in memory; it begins an empty one when it opens again.
            shutil.rmtree(self._generations.shard(self._name) / "wal")
        EdgeIndex(self._generations, manifest).close()
        self._generations.publish(manifest)
        self._finish()
        return manifest

    def discard(self) -> None:
        if self._done:
            return
        if self._shard is not None:
            with contextlib.suppress(StoreDamaged), self._writing():
                self._shard.close()
        self._generations.remove(self._name)
        self._finish()

    def _finish(self) -> None:
        self._done = True
        self._shard = None
        self._lock.release()

    def _open(self, dimensions: int) -> engine.EdgeShard:
        if self._shard is None:
            self._shard = _create(self._generations.shard(self._name), dimensions)
        return self._shard

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        holder = self._generations.path(self._name) / "holder.json"
        with _translated(self._generations, holder), self._generations.writing():
            yield


class EdgeStore:
    """The embedded index below one folder."""

    def __init__(self, folder: Path, wait_s: float = 5.0, shared: bool = False) -> None:
        """Use `folder`, made when first written; `open` waits `wait_s` for another reader.

        `shared`: open a view of one's own instead, beside other processes.
        """
        self._folder = folder
        self._shared = shared
        self._wait_s = wait_s
        self._generations = Generations(folder)
        self._seen: tuple[tuple[int, int], Manifest] | None = None

    def current(self) -> Manifest | None:
        """Return the current manifest: one `stat` while nothing has been published."""
        stamp = self._generations.stamp()
        if stamp is None:
            return None
        seen = self._seen
        if seen is None or seen[0] != stamp:
            name = self._generations.current()
            if name is None:
                return None
            seen = self._seen = stamp, self._generations.manifest(name)[0]
        return seen[1]

    def open(self) -> EdgeIndex:
        """Open the current generation, waiting a little while another process has it open."""
        name = self._generations.current()
        if name is None:
            raise IndexNotReady(
                f"No search index has been built in {self._folder} yet. Run `tamyeez ingest`.",
                folder=str(self._folder),
            )
        try:
            manifest, seal = self._generations.manifest(name)
            self._generations.verify(name, seal)
            return self._open_view(manifest) if self._shared else self._wait_for(manifest)
        except StoreDamaged:
            if self._generations.current() == name:
                raise
            # Two newer generations were published meanwhile and this one was removed.
            return self.open()

    def build(self) -> EdgeBuilder:
        """Begin a new generation; raise StoreBusy while another process builds one."""
        with self._generations.writing():
            lock = BuildLock(self._folder)
        try:
            self._generations.require_space()
            return EdgeBuilder(self._generations, lock)
        except BaseException:
            lock.release()
            raise

    def forget_former(self) -> None:
        """Remove the generations before the current one, unless a build is going on."""
        if self._generations.current() is None:
            return
        lock = BuildLock(self._folder)
        try:
            self._generations.tidy(keep_former=False)
        finally:
            lock.release()

    def _open_view(self, manifest: Manifest) -> EdgeIndex:
        view = View(self._generations, manifest.generation)
        try:
            return EdgeIndex(self._generations, manifest, view)
        except BaseException:
            view.remove()
            raise

    def _wait_for(self, manifest: Manifest) -> EdgeIndex:
        deadline = time.monotonic() + self._wait_s
        while True:
            try:
                return EdgeIndex(self._generations, manifest)
            except StoreBusy:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(0.05)


def _create(folder: Path, dimensions: int) -> engine.EdgeShard:
    config = engine.EdgeConfig(
        vectors={DENSE: engine.EdgeVectorParams(dimensions, engine.Distance.Cosine)},
        sparse_vectors={SPARSE: engine.EdgeSparseVectorParams(modifier=engine.Modifier.Idf)},
        wal_enabled=True,  # without it two processes open one folder and neither is told
    )
    shard = engine.EdgeShard.create(str(folder), config)
    schemas = dict.fromkeys(KEYWORD_FIELDS, engine.PayloadSchemaType.Keyword)
    schemas |= dict.fromkeys(DATE_FIELDS, engine.PayloadSchemaType.Integer)
    for field, schema in schemas.items():
        shard.update(engine.UpdateOperation.create_field_index(field, schema))
    return shard


def _name(point: engine.ScoredPoint) -> Name:
    held = point.payload or {}
    return str(held.get("passage")), str(held.get("group"))


def _point(point: Point, row: list[float]) -> engine.Point:
    terms = engine.SparseVector(list(point.sparse.indices), list(point.sparse.values))
    number = point_number(point.passage)
    return engine.Point(number, {DENSE: row, SPARSE: terms}, payload(point))


def _filter(where: IndexFilter) -> engine.Filter | None:
    tests, hidden = conditions(where), exclusions(where)
    if not tests and not hidden:
        return None
    return engine.Filter(
        must=[_condition(*test) for test in tests] or None,
        must_not=[_condition("access", Op.ANY_OF, hidden)] if hidden else None,
    )


def _condition(field: str, op: Op, value: str | int | list[str]) -> engine.FieldCondition:
    if isinstance(value, list):
        return engine.FieldCondition(field, match=engine.MatchAny(value))
    if isinstance(value, str):
        return engine.FieldCondition(field, match=engine.MatchValue(value))
    bound = engine.RangeFloat(lte=value) if op is Op.AT_MOST else engine.RangeFloat(gt=value)
    return engine.FieldCondition(field, range=bound)


@contextlib.contextmanager
def _translated(generations: Generations, holder: Path) -> Iterator[None]:
    """Turn what the engine raises into our errors; anything else is a bug and passes.

    The engine raises plain `Exception`, and a Rust panic as a class that is no `Exception` at all.
    """
    try:
        yield
    except BaseException as exc:
        panic = type(exc).__module__ == "pyo3_runtime"
        if type(exc) is not Exception and not panic:
            raise
        raise _ours(str(exc), generations, holder) from exc


def _ours(text: str, generations: Generations, holder: Path) -> Exception:
    if "WouldBlock" in text:
        return StoreBusy(
            f"Another process{read_holder(holder)} has the search index in {generations.folder} "
            "open. Ask it instead, or stop it and try again.",
            folder=str(generations.folder),
        )
    if "No space left" in text or "os error 28" in text or "StorageFull" in text:
        return generations.full()
    if "not initialized" in text:
        return IndexNotReady("This generation of the search index was closed. Open it again.")
    return generations.damaged(text.splitlines()[0][:200] if text else "unknown reason")
