"""What a Qdrant server is told for large holdings. The server is the stand-in of fake_qdrant.py.

It shows what is sent, not how a server behaves: no server was run with these layouts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from search.index.port import IndexFilter, Manifest, Point, SparseVector
from search.index.server import ServerStore
from search.model import Authority, Kind, Language
from search.settings import QdrantLayout, VectorsKept
from tests.fake_qdrant import FakeQdrant, serve

pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact"),
]
GENERATION = "tamyeez-000001"
MANIFEST = Manifest("", 1, "test/embedder", 4, 1, "f", 1, 2.0, "2026-01-02T03:04:05+00:00")
POINT = Point(
    passage="xx-law-2001-1/art-1@en.digest#1",
    content_hash="0" * 64,
    dense=np.array([1, 0, 0, 0], dtype=np.float32),
    sparse=SparseVector((1,), (1.0,)),
    group="xx-law-2001-1/art-1",
    work="xx-law-2001-1",
    kind=Kind.STATUTE,
    language=Language.EN,
    authority=Authority.DIGEST,
    valid_from=None,
    valid_to=None,
)


@pytest.fixture
def fake() -> FakeQdrant:
    return FakeQdrant()


@pytest.fixture
def url(fake: FakeQdrant) -> Iterator[str]:
    with serve(fake) as address:
        yield address


def built(url: str, layout: QdrantLayout) -> ServerStore:
    store = ServerStore.for_url(url, layout=layout)
    builder = store.build()
    try:
        builder.add([POINT])
        builder.publish(MANIFEST)
    finally:
        builder.discard()
    return store


def test_one_shard_in_memory_is_the_default(fake: FakeQdrant, url: str) -> None:
    built(url, QdrantLayout())
    sent = fake.created[GENERATION]
    assert sent["shard_number"] == sent["replication_factor"] == 1
    assert sent["write_consistency_factor"] == 1
    assert sent.get("quantization_config") is None
    assert sent["vectors"]["dense"].get("on_disk") is None
    assert sent["hnsw_config"]["m"] == 0


@pytest.mark.parametrize(("replicas", "most"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
def test_shards_and_copies_are_asked_for_and_most_copies_must_be_written(
    fake: FakeQdrant, url: str, replicas: int, most: int
) -> None:
    built(url, QdrantLayout(shards=6, replicas=replicas))
    sent = fake.created[GENERATION]
    assert sent["shard_number"] == 6
    assert sent["replication_factor"] == replicas
    assert sent["write_consistency_factor"] == most


@pytest.mark.parametrize("kept", [VectorsKept.DISK, VectorsKept.QUANTISED])
def test_vectors_on_disk(fake: FakeQdrant, url: str, kept: VectorsKept) -> None:
    built(url, QdrantLayout(vectors=kept))
    sent = fake.created[GENERATION]
    assert sent["vectors"]["dense"]["on_disk"] is True
    assert sent["sparse_vectors"]["terms"]["index"]["on_disk"] is True


def test_quantised_vectors_choose_and_whole_ones_decide(fake: FakeQdrant, url: str) -> None:
    store = built(url, QdrantLayout(vectors=VectorsKept.QUANTISED))
    scalar = fake.created[GENERATION]["quantization_config"]["scalar"]
    assert scalar["type"] == "int8"
    assert scalar["always_ram"] is True
    index = store.open()
    assert index.search_dense(POINT.dense, 3, IndexFilter())[0].passage == POINT.passage
    index.search_sparse(POINT.sparse, 3, IndexFilter())
    dense, sparse = (asked["params"] for asked in fake.asked)
    assert dense["quantization"]["rescore"] is True
    assert dense["quantization"]["oversampling"] == 3.0
    assert not dense.get("exact")
    assert sparse["exact"] is True


def test_a_generation_is_searched_as_it_was_built_whatever_the_setting_is_now(
    fake: FakeQdrant, url: str
) -> None:
    built(url, QdrantLayout())
    later = ServerStore.for_url(url, layout=QdrantLayout(vectors=VectorsKept.QUANTISED))
    later.open().search_dense(POINT.dense, 3, IndexFilter())
    assert fake.asked[-1]["params"]["exact"] is True


def test_the_alias_moves_to_the_new_layout_and_the_former_generation_stays(
    fake: FakeQdrant, url: str
) -> None:
    built(url, QdrantLayout())
    former = ServerStore.for_url(url).open()
    store = built(url, QdrantLayout(shards=4))
    current = store.current()
    assert current is not None
    assert current.generation == "000002"
    assert fake.created["tamyeez-000002"]["shard_number"] == 4
    assert former.count() == 1  # a query in hand ends on the generation it began with
