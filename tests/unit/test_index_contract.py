"""One contract for every index adapter, checked against arithmetic done here with numpy.

A real server is tested too when TAMYEEZ_TEST_QDRANT_URL names one; its collections get a prefix of
their own and are removed.
"""

from __future__ import annotations

import datetime as dt
import math
import os
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from search.errors import IndexNotReady, StoreBusy, StoreDamaged
from search.index.port import (
    SCHEMA_VERSION,
    IndexFilter,
    IndexStore,
    Manifest,
    Point,
    SparseVector,
    VectorIndex,
)
from search.model import Access, Authority, Kind, Language

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

sys.path.insert(0, str(Path(__file__).parent.parent))  # the stand-in for a server lies there

# The in-memory client says what it ignores; a server does not ignore it.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact"),
]

DIMENSIONS = 16
EVERYTHING = IndexFilter()


@pytest.fixture(params=["edge", "memory", "http", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IndexStore]:
    """One store of each kind: `http` is a stand-in behind real requests, `server` a real one."""
    if request.param == "edge":
        from search.index.edge import EdgeStore

        yield EdgeStore(tmp_path / "index", wait_s=0.0)
        return
    from qdrant_client import QdrantClient

    from search.index.server import ServerStore

    if request.param == "memory":
        yield ServerStore(QdrantClient(":memory:"))
    elif request.param == "http":
        from fake_qdrant import FakeQdrant, serve

        with serve(FakeQdrant()) as url:
            yield ServerStore.for_url(url)
    else:
        url = os.environ.get("TAMYEEZ_TEST_QDRANT_URL", "")
        if not url:
            pytest.skip("set TAMYEEZ_TEST_QDRANT_URL to test against a Qdrant server")
        yield from _on_server(QdrantClient(url=url))


def _on_server(client: QdrantClient) -> Iterator[IndexStore]:
    from search.index.server import ServerStore

    prefix = f"test-{uuid.uuid4().hex[:8]}-"
    yield ServerStore(client, prefix=prefix)
    for collection in client.get_collections().collections:
        if collection.name.startswith(prefix):
            client.delete_collection(collection.name)


def make_points(count: int, seed: int = 7) -> list[Point]:
    rng = np.random.default_rng(seed)
    points = []
    for number in range(count):
        dense = rng.normal(size=DIMENSIONS).astype(np.float32)
        indices = np.unique(rng.integers(0, 40, size=6))
        article = number % 17
        points.append(
            Point(
                passage=f"xx-law-2001-{number % 3}/art-{article + 1}@ar.official#{number + 1}",
                content_hash=f"{number:064x}",
                dense=dense / np.linalg.norm(dense),
                sparse=SparseVector(
                    tuple(indices.tolist()), tuple(rng.uniform(0.3, 2.2, len(indices)).tolist())
                ),
                group=f"xx-law-2001-{number % 3}/art-{article + 1}",
                work=f"xx-law-2001-{number % 3}",
                kind=list(Kind)[number % 4],
                language=list(Language)[number % 2],
                authority=list(Authority)[number % 5],
                valid_from=None if number % 3 == 0 else dt.date(2000 + number % 20, 3, 17),
                valid_to=dt.date(2015, 6, 1) if number % 4 == 0 else None,
                access=list(Access)[number % 5 if number % 5 < len(Access) else 0],
            )
        )
    return points


def manifest_for(points: Sequence[Point]) -> Manifest:
    return Manifest(
        generation="",
        schema_version=SCHEMA_VERSION,
        embedder="test/embedder",
        dimensions=DIMENSIONS,
        revision=3,
        fingerprint="f" * 64,
        points=len(points),
        average_terms=12.5,
        built_at="2026-01-02T03:04:05+00:00",
    )


def publish(store: IndexStore, points: Sequence[Point]) -> None:
    builder = store.build()
    try:
        builder.add(points)
        builder.publish(manifest_for(points))
    finally:
        builder.discard()


@pytest.fixture
def points() -> list[Point]:
    return make_points(90)


@pytest.fixture
def index(store: IndexStore, points: list[Point]) -> Iterator[VectorIndex]:
    publish(store, points)
    index = store.open()
    yield index
    index.close()


def passes(point: Point, where: IndexFilter) -> bool:
    """Say what the port's words mean, without its code."""
    day = where.as_at
    return (
        (where.kind is None or point.kind == where.kind)
        and (where.work is None or point.work == where.work)
        and (where.language is None or point.language == where.language)
        and (where.authority is None or point.authority == where.authority)
        and (not where.groups or point.group in where.groups)
        and point.access not in where.hidden
        and (day is None or point.valid_from is None or point.valid_from <= day)
        and (day is None or point.valid_to is None or day < point.valid_to)
    )


def bm25(points: Sequence[Point], query: SparseVector) -> dict[str, float]:
    """Score by BM25 with the weights given and idf = ln(1 + (N - df + 0.5) / (df + 0.5))."""
    scores: dict[str, float] = {}
    for term, weight in zip(query.indices, query.values, strict=True):
        holders = [point for point in points if term in point.sparse.indices]
        idf = math.log(1 + (len(points) - len(holders) + 0.5) / (len(holders) + 0.5))
        for point in holders:
            stored = point.sparse.values[point.sparse.indices.index(term)]
            scores[point.passage] = scores.get(point.passage, 0.0) + weight * stored * idf
    return scores


FILTERS = {
    "none": EVERYTHING,
    "hidden": IndexFilter(hidden=(Access.RESTRICTED,)),
    "hidden of one kind": IndexFilter(
        kind=Kind.STATUTE, hidden=(Access.UNREVIEWED, Access.RESTRICTED)
    ),
    "kind": IndexFilter(kind=Kind.TREATY),
    "work": IndexFilter(work="xx-law-2001-1"),
    "language": IndexFilter(language=Language.EN),
    "authority": IndexFilter(authority=Authority.DIGEST),
    "groups": IndexFilter(groups=("xx-law-2001-0/art-1", "xx-law-2001-1/art-2")),
    "as at, early": IndexFilter(as_at=dt.date(1990, 1, 1)),
    "as at, the first day": IndexFilter(as_at=dt.date(2005, 3, 17)),
    "as at, the day before": IndexFilter(as_at=dt.date(2005, 3, 16)),
    "as at, the last day": IndexFilter(as_at=dt.date(2015, 5, 31)),
    "as at, the day it ended": IndexFilter(as_at=dt.date(2015, 6, 1)),
    "all together": IndexFilter(
        kind=Kind.STATUTE,
        work="xx-law-2001-0",
        language=Language.AR,
        authority=Authority.OFFICIAL,
        as_at=dt.date(2014, 1, 1),
    ),
    "nothing passes": IndexFilter(work="xx-law-1999-9"),
}


@pytest.mark.parametrize("where", FILTERS.values(), ids=FILTERS.keys())
def test_filters_limit_both_arms_and_the_count(
    index: VectorIndex, points: list[Point], where: IndexFilter
) -> None:
    expected = {point.passage for point in points if passes(point, where)}
    query = points[4].dense
    terms = SparseVector(tuple(range(40)), (1.0,) * 40)
    assert index.count(where) == len(expected)
    assert {hit.passage for hit in index.search_dense(query, 200, where)} == expected
    assert {hit.passage for hit in index.search_sparse(terms, 200, where)} == expected


def test_a_filter_does_not_change_scores(index: VectorIndex, points: list[Point]) -> None:
    terms = SparseVector((1, 5, 9), (1.0, 1.0, 1.0))
    everywhere = {h.passage: h.score for h in index.search_sparse(terms, 200, EVERYTHING)}
    for hit in index.search_sparse(terms, 200, FILTERS["language"]):
        assert hit.score == pytest.approx(everywhere[hit.passage], abs=1e-6)


def test_dense_scores_are_cosines(index: VectorIndex, points: list[Point]) -> None:
    query = np.random.default_rng(1).normal(size=DIMENSIONS).astype(np.float32)
    query /= np.linalg.norm(query)
    cosine = {point.passage: float(point.dense @ query) for point in points}
    hits = index.search_dense(query, len(points), EVERYTHING)
    assert [hit.rank for hit in hits] == list(range(len(points)))
    for hit in hits:
        assert hit.score == pytest.approx(cosine[hit.passage], abs=1e-5)
    best = sorted(cosine.values(), reverse=True)
    assert [hit.score for hit in hits] == pytest.approx(best, abs=1e-5)


def test_sparse_scores_are_bm25(index: VectorIndex, points: list[Point]) -> None:
    query = SparseVector((0, 3, 8, 21, 39), (1.0, 2.0, 0.5, 1.0, 1.5))
    expected = bm25(points, query)
    hits = index.search_sparse(query, 200, EVERYTHING)
    assert {hit.passage for hit in hits} == set(expected)
    for hit in hits:
        assert hit.score == pytest.approx(expected[hit.passage], abs=1e-5)


def test_hits_name_their_group(index: VectorIndex, points: list[Point]) -> None:
    group = {point.passage: point.group for point in points}
    for hit in index.search_dense(points[0].dense, 20, EVERYTHING):
        assert hit.group == group[hit.passage]


@pytest.mark.parametrize("limit", [1, 3, 5, 30])
def test_ties_are_broken_by_passage_id(store: IndexStore, limit: int) -> None:
    # 60 passages alike in both vectors, written in an order that is not theirs.
    first, other = make_points(2)
    alike = [replace(first, passage=f"xx-law-2001-0/art-1@ar.official#{n}") for n in range(1, 61)]
    publish(store, [*alike[::-1], other])
    index = store.open()
    best = sorted(point.passage for point in alike)[:limit]
    for hits in (
        index.search_dense(first.dense, limit, EVERYTHING),
        index.search_sparse(SparseVector(first.sparse.indices[:1], (1.0,)), limit, EVERYTHING),
    ):
        assert [hit.passage for hit in hits] == best
    index.close()


@pytest.mark.parametrize(("limit", "found"), [(0, 0), (-1, 0), (1, 1), (10**6, 90)])
def test_any_limit_is_answered(index: VectorIndex, points: list[Point], limit: int, found: int):
    assert len(index.search_dense(points[0].dense, limit, EVERYTHING)) == found


def test_terms_nobody_holds_find_nothing(index: VectorIndex) -> None:
    assert index.search_sparse(SparseVector((4_000_000_000,), (1.0,)), 10, EVERYTHING) == []
    assert index.search_sparse(SparseVector((), ()), 10, EVERYTHING) == []


def test_a_passage_without_terms_is_found_by_meaning_only(store: IndexStore) -> None:
    bare = replace(make_points(1)[0], sparse=SparseVector((), ()))
    publish(store, [bare])
    index = store.open()
    assert [h.passage for h in index.search_dense(bare.dense, 5, EVERYTHING)] == [bare.passage]
    assert index.search_sparse(SparseVector((1,), (1.0,)), 5, EVERYTHING) == []
    index.close()


def test_an_empty_index_answers(store: IndexStore) -> None:
    publish(store, [])
    index = store.open()
    assert index.count() == 0
    assert list(index.contents()) == []
    assert index.search_dense(make_points(1)[0].dense, 5, EVERYTHING) == []
    assert index.search_sparse(SparseVector((1,), (1.0,)), 5, EVERYTHING) == []
    index.close()


def test_contents_are_everything_once(store: IndexStore) -> None:
    points = make_points(2_345)  # several pages of every adapter, and no multiple of one
    publish(store, points)
    index = store.open()
    held = list(index.contents())
    assert len(held) == len(points)
    assert set(held) == {(point.passage, point.content_hash) for point in points}
    index.close()


def test_points_may_come_in_any_portions(store: IndexStore, points: list[Point]) -> None:
    builder = store.build()
    for portion in (points[:1], [], points[1:50], points[50:]):
        builder.add(portion)
    builder.publish(manifest_for(points))
    index = store.open()
    assert index.count() == len(points)
    index.close()


def test_the_manifest_comes_back_with_its_generation(index: VectorIndex, store: IndexStore):
    held = store.current()
    assert held is not None
    assert held == index.manifest
    assert held.generation == "000001"
    assert replace(held, generation="") == manifest_for(make_points(90))


def test_before_the_first_build_there_is_nothing(store: IndexStore) -> None:
    assert store.current() is None
    with pytest.raises(IndexNotReady, match="tamyeez ingest"):
        store.open()


def test_a_build_is_invisible_until_published(index: VectorIndex, store: IndexStore) -> None:
    builder = store.build()
    builder.add(make_points(5, seed=2))
    held = store.current()
    assert held is not None
    assert held.points == 90
    assert index.count() == 90
    builder.discard()
    builder.discard()
    assert store.current() == held


def test_a_reader_keeps_its_generation_and_reopens_the_new_one(
    index: VectorIndex, store: IndexStore, points: list[Point]
) -> None:
    publish(store, points[:7])
    assert index.count() == 90
    assert len(index.search_dense(points[0].dense, 200, EVERYTHING)) == 90
    newer = store.current()
    assert newer is not None
    assert (newer.generation, newer.points) == ("000002", 7)
    fresh = store.open()
    assert fresh.count() == 7
    fresh.close()


def test_many_publications_leave_the_last_one_in_use(store: IndexStore, points: list[Point]):
    for count in (3, 5, 7, 9):
        publish(store, points[:count])
    index = store.open()
    assert (index.manifest.generation, index.count()) == ("000004", 9)
    index.close()


def test_discard_after_publish_does_nothing(store: IndexStore, points: list[Point]) -> None:
    builder = store.build()
    builder.add(points)
    builder.publish(manifest_for(points))
    builder.discard()
    index = store.open()
    assert index.count() == len(points)
    index.close()


def wrong_count(points: list[Point]) -> list[Point]:
    return points[:-1]


def repeated_passage(points: list[Point]) -> list[Point]:
    return [*points[:-1], points[0]]


@pytest.mark.parametrize("written", [wrong_count, repeated_passage])
def test_a_wrong_count_is_never_published(
    index: VectorIndex,
    store: IndexStore,
    points: list[Point],
    written: Callable[[list[Point]], list[Point]],
) -> None:
    held = store.current()
    builder = store.build()
    builder.add(written(points))
    with pytest.raises(StoreDamaged, match="89 of 90"):
        builder.publish(manifest_for(points))
    builder.discard()
    assert store.current() == held
    publish(store, points)  # and the next build is not in its way


def test_only_one_builds_at_a_time(store: IndexStore, points: list[Point]) -> None:
    builder = store.build()
    with pytest.raises(StoreBusy, match=f"process {os.getpid()}"):
        store.build()
    builder.add(points)
    builder.publish(manifest_for(points))
    store.build().discard()


def test_former_generations_can_be_forgotten(
    store: IndexStore, points: list[Point], tmp_path: Path
) -> None:
    for held in (points[:5], points[5:8], points[8:12]):
        publish(store, held)
    store.forget_former()
    store.forget_former()
    index = store.open()
    assert index.count() == 4
    index.close()
    folder = tmp_path / "index" / "generations"
    if folder.is_dir():
        assert len(list(folder.iterdir())) == 1
    else:
        names = [c.name for c in store._connection.client.get_collections().collections]
        assert len([name for name in names if name.startswith(store._prefix)]) == 1
