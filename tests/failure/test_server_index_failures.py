"""What the index on a Qdrant server does when the server, the network or a kill gets in its way."""

from __future__ import annotations

import ast
import http.server
import inspect
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import qdrant_client.common.client_exceptions
import qdrant_client.http.exceptions
from qdrant_client import models

from search.errors import (
    BadSetting,
    EngineUnavailable,
    IndexNotReady,
    StoreBusy,
    StoreDamaged,
    StoreFull,
)
from search.index.port import IndexFilter, Manifest, Point, SparseVector
from search.index.server import ServerStore
from search.model import Authority, Kind, Language

sys.path.insert(0, str(Path(__file__).parent.parent))
from fake_qdrant import FakeQdrant, serve

# The in-memory client behind the stand-in says what it ignores.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact"),
]

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
MANIFEST = Manifest("", 1, "test/embedder", 4, 1, "f", 1, 2.0, "2026-01-02T03:04:05+00:00")


@pytest.fixture
def fake() -> FakeQdrant:
    return FakeQdrant()


@pytest.fixture
def url(fake: FakeQdrant) -> Iterator[str]:
    with serve(fake) as url:
        yield url


@pytest.fixture
def store(url: str) -> ServerStore:
    return ServerStore.for_url(url)


def publish(store: ServerStore) -> None:
    builder = store.build()
    try:
        builder.add([POINT])
        builder.publish(MANIFEST)
    finally:
        builder.discard()


def names(fake: FakeQdrant) -> list[str]:
    return sorted(c.name for c in fake.client.get_collections().collections)


def dead_process() -> int:
    other = subprocess.Popen([sys.executable, "-c", ""])
    other.wait()
    return other.pid


# The server


def test_a_server_that_is_not_there_is_named_without_credentials() -> None:
    store = ServerStore.for_url("http://clerk:secret@127.0.0.1:1/index")
    for ask in (store.current, store.open, store.build):
        with pytest.raises(EngineUnavailable) as caught:
            ask()
        assert "http://127.0.0.1:1/index" in str(caught.value)
        assert "TAMYEEZ_QDRANT_URL" in str(caught.value)
        assert "secret" not in str(caught.value)
        assert "clerk" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://[", "http://host:port", "http://127.0.0.1:99999"])
def test_a_malformed_url_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(BadSetting, match="TAMYEEZ_QDRANT_URL"):
        ServerStore.for_url(url)


@pytest.mark.parametrize(
    ("status", "words", "error", "says"),
    [
        (401, "Must provide an API key", EngineUnavailable, "TAMYEEZ_QDRANT_API_KEY"),
        (403, "Forbidden", EngineUnavailable, "TAMYEEZ_QDRANT_API_KEY"),
        (500, "Service internal error", EngineUnavailable, "status 500"),
        (500, "No space left on device: WAL buffer size exceeds", StoreFull, "no room"),
        (507, "Insufficient storage", StoreFull, "no room"),
        (429, "Too many requests", EngineUnavailable, "status 429"),
        (302, "elsewhere", EngineUnavailable, "status 302"),
    ],
)
def test_a_refusal_is_one_sentence(
    fake: FakeQdrant, store: ServerStore, status: int, words: str, error: type, says: str
) -> None:
    publish(store)
    index = store.open()
    fake.refuse = (status, words)
    for ask in (store.current, store.open, store.build, index.count, lambda: [*index.contents()]):
        with pytest.raises(error, match=says):
            ask()
    with pytest.raises(error, match=says):
        index.search_dense(POINT.dense, 3, IndexFilter())


def test_a_disk_that_fills_on_the_server_leaves_the_old_index(
    fake: FakeQdrant, store: ServerStore
) -> None:
    publish(store)
    builder = store.build()
    fake.refuse = (500, "No space left on device")
    with pytest.raises(StoreFull):
        builder.add([POINT])
    fake.refuse = None
    builder.discard()
    assert names(fake) == ["tamyeez-000001"]
    assert store.open().count() == 1


@pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection")
def test_the_key_is_sent(fake: FakeQdrant, url: str) -> None:
    fake.api_key = "right"
    publish(ServerStore.for_url(url, "right"))
    with pytest.raises(EngineUnavailable, match="TAMYEEZ_QDRANT_API_KEY") as caught:
        ServerStore.for_url(url, "wrong-key").current()
    assert "wrong-key" not in str(caught.value)


def test_something_else_on_that_port_is_named() -> None:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "15")
            self.end_headers()
            self.wfile.write(b"<html>hi</html>")

        def log_message(self, *_args: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with pytest.raises(EngineUnavailable, match="does not answer as one"):
            ServerStore.for_url(f"http://127.0.0.1:{server.server_address[1]}").current()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_server_too_old_to_keep_a_manifest_is_named(fake: FakeQdrant, store: ServerStore) -> None:
    fake.keeps_metadata = False
    with pytest.raises(EngineUnavailable, match=r"1\.16"):
        publish(store)
    assert store.current() is None
    assert names(fake) == []


# Damage


def test_a_generation_that_is_gone_is_not_ready(fake: FakeQdrant, store: ServerStore) -> None:
    publish(store)
    index = store.open()
    fake.client.delete_collection("tamyeez-000001")
    with pytest.raises(IndexNotReady, match="Open the index again"):
        index.count()


def test_points_lost_on_the_server_are_noticed(fake: FakeQdrant, store: ServerStore) -> None:
    publish(store)
    everything = models.FilterSelector(filter=models.Filter(must=[]))
    fake.client.delete("tamyeez-000001", points_selector=everything)
    with pytest.raises(StoreDamaged, match="0 of 1"):
        store.open()


def test_a_garbage_manifest_is_damage(fake: FakeQdrant, store: ServerStore) -> None:
    publish(store)
    fake.client.update_collection("tamyeez-000001", metadata={"manifest": {"points": "one"}})
    for ask in (store.current, store.open):
        with pytest.raises(StoreDamaged, match="tamyeez reindex"):
            ask()
    publish(store)
    assert store.open().count() == 1


# Builds


def test_only_the_previous_generation_stays_and_strangers_are_left_alone(
    fake: FakeQdrant, store: ServerStore
) -> None:
    strangers = ["other", "tamyeez-", "tamyeez-000001-x", "tamyeez2-000001", "tamyeez-12"]
    for name in strangers:
        fake.client.create_collection(name, vectors_config={})
    for _ in range(4):
        publish(store)
    assert names(fake) == sorted(["tamyeez-000003", "tamyeez-000004", *strangers])


def test_a_killed_build_is_removed(fake: FakeQdrant, store: ServerStore) -> None:
    publish(store)
    store.build().add([POINT])  # and never finished
    lease = fake.client.get_collection("tamyeez-000002-build").config.metadata
    assert lease is not None
    lease["process"]["pid"] = dead_process()
    fake.client.update_collection("tamyeez-000002-build", metadata=lease)
    publish(store)
    assert names(fake) == ["tamyeez-000001", "tamyeez-000003"]


def test_a_build_on_another_machine_counts_until_its_lease_ends(
    fake: FakeQdrant, store: ServerStore
) -> None:
    builder = store.build()
    elsewhere = {"host": "another-machine", "pid": 7, "what": "tamyeez ingest"}
    claim = "tamyeez-000001-build"
    until = time.time() + 60
    fake.client.update_collection(claim, metadata={"process": elsewhere, "until": until})
    with pytest.raises(StoreBusy, match=r"\(tamyeez ingest, process 7\)"):
        store.build()
    fake.client.update_collection(claim, metadata={"until": time.time() - 1})
    publish(store)
    assert names(fake) == ["tamyeez-000002"]
    builder.add([POINT])  # the other build was only slow: it must not come back
    with pytest.raises(StoreBusy):
        builder.publish(MANIFEST)
    builder.discard()
    held = store.current()
    assert held is not None
    assert held.generation == "000002"
    assert names(fake) == ["tamyeez-000002"]


def test_a_build_renews_its_claim_while_it_writes(fake: FakeQdrant, url: str) -> None:
    builder = ServerStore.for_url(url).build()
    begun = fake.client.get_collection("tamyeez-000001-build").config.metadata
    builder._renew_every_s = 0.0
    builder.add([POINT])
    renewed = fake.client.get_collection("tamyeez-000001-build").config.metadata
    assert begun is not None
    assert renewed is not None
    assert renewed["until"] > begun["until"]
    assert renewed["process"]["pid"] == os.getpid()
    assert renewed["process"]["host"] == socket.gethostname()
    builder.discard()


def test_one_of_several_builders_at_once_gets_through(fake: FakeQdrant, url: str) -> None:
    built, busy = [], []

    def build() -> None:
        try:
            built.append(ServerStore.for_url(url).build())
        except StoreBusy as exc:
            busy.append(exc)

    threads = [threading.Thread(target=build) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(built), len(busy)) == (1, 5)
    built[0].discard()
    assert names(fake) == []


# The client's library


def test_the_exceptions_the_client_raises_are_those_we_know() -> None:
    """Fail when a new version brings another: translate it then."""
    found = {
        name
        for module in (qdrant_client.http.exceptions, qdrant_client.common.client_exceptions)
        for name, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, Exception) and value.__module__ == module.__name__
    }
    assert found == {
        "ApiException",
        "QdrantException",
        "ResourceExhaustedResponse",
        "ResponseHandlingException",
        "UnexpectedResponse",
    }


def test_only_the_adapters_import_an_engine() -> None:
    root = Path(inspect.getfile(ServerStore)).parent.parent.parent
    importers: dict[str, set[str]] = {"qdrant_edge": set(), "qdrant_client": set()}
    for package in ("search", "ingest", "eval", "web"):
        for path in (root / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules = (
                    [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                )
                if isinstance(node, ast.ImportFrom):
                    modules = [node.module or ""]
                for module in modules:
                    importers.get(module.partition(".")[0], set()).add(path.name)
    assert importers == {
        "qdrant_edge": {"edge.py"},
        "qdrant_client": {"server.py", "server_build.py", "server_connection.py"},
    }
