"""What the embedded index does when the disk, another process or a kill gets in its way."""

from __future__ import annotations

import errno
import json
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import qdrant_edge

from search.errors import IndexNotReady, StoreBusy, StoreDamaged, StoreFull
from search.index.edge import EdgeStore
from search.index.port import IndexFilter, Manifest, Point, SparseVector
from search.model import Authority, Kind, Language

EVERYTHING = IndexFilter()


def make_points(count: int) -> list[Point]:
    rng = np.random.default_rng(count)
    rows = rng.normal(size=(count, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return [
        Point(
            passage=f"xx-law-2001-1/art-{n + 1}@en.digest#1",
            content_hash=f"{n:064x}",
            dense=row,
            sparse=SparseVector((n % 7, 50), (1.0, 0.5)),
            group=f"xx-law-2001-1/art-{n + 1}",
            work="xx-law-2001-1",
            kind=Kind.STATUTE,
            language=Language.EN,
            authority=Authority.DIGEST,
            valid_from=None,
            valid_to=None,
        )
        for n, row in enumerate(rows)
    ]


def manifest_for(count: int) -> Manifest:
    return Manifest("", 1, "test/embedder", 8, 1, "f", count, 2.0, "2026-01-02T03:04:05+00:00")


def publish(store: EdgeStore, count: int) -> None:
    builder = store.build()
    try:
        builder.add(make_points(count))
        builder.publish(manifest_for(count))
    finally:
        builder.discard()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def store(folder: Path) -> EdgeStore:
    store = EdgeStore(folder, wait_s=0.0)
    publish(store, 20)
    return store


def run_apart(folder: Path, code: str) -> subprocess.Popen[str]:
    """Run code in another process, with `store` and `publish` as they are here."""
    program = f"""
import sys; sys.argv = ["tamyeez", "serve", "--secret"]
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_edge_index_failures import *
store = EdgeStore(Path({str(folder)!r}), wait_s=0.0)
{textwrap.dedent(code)}
"""
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def reader(store: EdgeStore, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the index open in another process."""
    other = run_apart(folder, "index = store.open()\nprint('open', flush=True)\ntime.sleep(60)")
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    yield other
    other.kill()
    other.wait()
    other.stdout.close()


def test_a_second_process_is_told_who_holds_the_index(
    store: EdgeStore, reader: subprocess.Popen[str]
) -> None:
    with pytest.raises(StoreBusy, match=rf"\(tamyeez serve, process {reader.pid}\)"):
        store.open()


def test_a_held_index_can_be_rebuilt_and_the_new_one_opened(
    store: EdgeStore, reader: subprocess.Popen[str]
) -> None:
    publish(store, 5)
    index = store.open()
    assert index.count() == 5
    index.close()


def test_a_killed_holder_is_not_named_and_holds_nothing(
    store: EdgeStore, reader: subprocess.Popen[str], folder: Path
) -> None:
    reader.kill()
    reader.wait()
    index = store.open()
    assert index.count() == 20
    # The same file, left by a process that is gone, names nobody.
    holder = folder / "generations" / "000001" / "holder.json"
    gone = json.loads(holder.read_text()) | {"pid": reader.pid}
    holder.write_text(json.dumps(gone))
    with pytest.raises(StoreBusy, match="Another process has the"):
        store.open()
    index.close()


def test_open_waits_for_a_process_that_is_soon_done(store: EdgeStore, folder: Path) -> None:
    index = store.open()
    threading.Timer(0.3, index.close).start()
    patient = EdgeStore(folder, wait_s=5.0)
    patient.open().close()


def test_a_closed_index_says_so(store: EdgeStore) -> None:
    index = store.open()
    index.close()
    index.close()
    with pytest.raises(IndexNotReady, match="closed"):
        index.count()


def test_queries_and_close_from_several_threads(store: EdgeStore) -> None:
    index = store.open()
    query = make_points(20)[3].dense
    unexpected: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(200):
                assert len(index.search_dense(query, 5, EVERYTHING)) == 5
        except IndexNotReady:
            pass
        except BaseException as exc:  # noqa: BLE001 - reported by the test's own thread
            unexpected.append(exc)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    index.close()
    for thread in threads:
        thread.join()
    assert unexpected == []


# Damage


def remove_generation(folder: Path) -> None:
    shutil.rmtree(folder / "generations" / "000001")


def garbage_pointer(folder: Path) -> None:
    (folder / "current.json").write_bytes(b"\x00\xff{")


def pointer_out_of_the_folder(folder: Path) -> None:
    (folder / "current.json").write_text('{"generation": "../../000001"}')


def pointer_is_a_folder(folder: Path) -> None:
    (folder / "current.json").unlink()
    (folder / "current.json").mkdir()


def garbage_manifest(folder: Path) -> None:
    (folder / "generations" / "000001" / "manifest.json").write_text("[1, 2")


def change_manifest(folder: Path, **changes: object) -> None:
    path = folder / "generations" / "000001" / "manifest.json"
    value = json.loads(path.read_text())
    value["manifest"] |= changes
    path.write_text(json.dumps(value))


def manifest_of_wrong_types(folder: Path) -> None:
    change_manifest(folder, points="twenty")


def manifest_without_seal(folder: Path) -> None:
    path = folder / "generations" / "000001" / "manifest.json"
    path.write_text(json.dumps({"manifest": json.loads(path.read_text())["manifest"]}))


DAMAGES_OF_THE_FOLDER = [
    remove_generation,
    garbage_pointer,
    pointer_out_of_the_folder,
    pointer_is_a_folder,
    garbage_manifest,
    manifest_of_wrong_types,
    manifest_without_seal,
]


@pytest.mark.parametrize("damage", DAMAGES_OF_THE_FOLDER)
def test_a_damaged_folder_is_named_and_mended_by_a_build(
    store: EdgeStore, folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(folder)
    fresh = EdgeStore(folder, wait_s=0.0)
    with pytest.raises(StoreDamaged, match="tamyeez reindex"):
        fresh.open()
    with pytest.raises(StoreDamaged, match="tamyeez reindex"):
        fresh.current()
    if damage is pointer_is_a_folder:
        (folder / "current.json").rmdir()
    publish(fresh, 6)
    index = fresh.open()
    assert index.count() == 6
    index.close()


def test_a_manifest_that_claims_another_count_is_refused(store: EdgeStore, folder: Path) -> None:
    change_manifest(folder, points=21)
    with pytest.raises(StoreDamaged, match="20 of 21"):
        EdgeStore(folder).open()
    publish(store, 6)


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_a_byte(path: Path) -> None:
    """Change the first byte that is not zero: an engine's file is mostly room for later."""
    data = bytearray(path.read_bytes())
    place = next((n for n, byte in enumerate(data) if byte), 0)
    data[place] ^= 0xFF
    path.write_bytes(data)


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\x01")


@pytest.mark.parametrize("damage", [Path.unlink, halve, flip_a_byte, append])
def test_no_damaged_file_of_the_engine_is_ever_read(
    store: EdgeStore, folder: Path, damage: Callable[[Path], None]
) -> None:
    shard = folder / "generations" / "000001" / "shard"
    files = sorted(path for path in (shard / "segments").rglob("*") if path.is_file())
    assert len(files) > 20
    aside = folder.parent / "aside"
    for path in files:
        shutil.copy2(path, aside)
        damage(path)
        with pytest.raises(StoreDamaged, match=path.name):
            store.open()
        shutil.copy2(aside, path)
    store.open().close()


def test_a_damaged_log_or_configuration_is_refused(store: EdgeStore, folder: Path) -> None:
    shard = folder / "generations" / "000001" / "shard"
    (shard / "edge_config.json").write_text("{")
    with pytest.raises(StoreDamaged, match="edge_config"):
        store.open()


def test_old_generations_go_and_a_reader_of_one_is_undisturbed(
    store: EdgeStore, folder: Path
) -> None:
    index = store.open()
    for count in (4, 5, 6):
        publish(store, count)
    assert sorted(p.name for p in (folder / "generations").iterdir()) == ["000003", "000004"]
    assert index.count() == 20
    assert len(index.search_dense(make_points(20)[0].dense, 50, EVERYTHING)) == 20
    assert len(list(index.contents())) == 20
    index.close()


def test_an_index_begun_anew_is_noticed(store: EdgeStore, folder: Path) -> None:
    """Somebody deletes the folder while a server runs: the names begin at 000001 again."""
    assert store.current() == replace(manifest_for(20), generation="000001")
    shutil.rmtree(folder)
    assert store.current() is None
    publish(EdgeStore(folder), 3)
    assert store.current() == replace(manifest_for(3), generation="000001")


# A full disk


def test_a_build_stops_before_the_disk_is_full(
    store: EdgeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = store.build()
    builder.add(make_points(3))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1 << 20))
    with pytest.raises(StoreFull, match="No room"):
        builder.add(make_points(3))
    with pytest.raises(StoreFull, match="No room"):
        builder.publish(manifest_for(3))
    builder.discard()
    with pytest.raises(StoreFull, match="No room"):
        store.build()
    index = store.open()
    assert index.count() == 20
    index.close()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_while_publishing_leaves_the_old_index(
    store: EdgeStore, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(_path: Path, _target: Path) -> Path:
        raise OSError(code, "no room")

    builder = store.build()
    builder.add(make_points(3))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(StoreFull, match="No room"):
            builder.publish(manifest_for(3))
    builder.discard()
    assert [p.name for p in (folder / "generations").iterdir()] == ["000001"]
    index = store.open()
    assert index.count() == 20
    index.close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    with pytest.raises(StoreDamaged, match="cannot be written"):
        EdgeStore(tmp_path / "index").build()


def test_full_disk_in_the_words_of_the_engine(
    store: EdgeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def update(self, _operation: object) -> None:
            raise Exception("Service runtime error: No space left on device (os error 28)")

        def close(self) -> None:
            pass

    monkeypatch.setattr(qdrant_edge.EdgeShard, "create", lambda _path, _config: Full())
    builder = store.build()
    with pytest.raises(StoreFull):
        builder.add(make_points(3))
    builder.discard()


# What the engine raises


def test_the_exceptions_the_engine_raises_are_those_we_know(store: EdgeStore, folder: Path) -> None:
    """Fail when a new version of the engine raises classes of its own: translate them then."""
    shard = str(folder / "generations" / "000001" / "shard")
    held = qdrant_edge.EdgeShard.load(shard)
    wrong = qdrant_edge.QueryRequest(limit=1, query=qdrant_edge.Query.Nearest([1.0], using="dense"))
    situations: dict[str, Callable[[], object]] = {
        "WouldBlock": lambda: qdrant_edge.EdgeShard.load(shard),
        "does not exist": lambda: qdrant_edge.EdgeShard.load(shard + "-none"),
        "expected dim": lambda: held.query(wrong),
    }
    for words, call in situations.items():
        with pytest.raises(Exception, match=words) as caught:
            call()
        assert type(caught.value) is Exception
    held.close()
    with pytest.raises(Exception, match="not initialized") as caught:
        held.count(qdrant_edge.CountRequest())
    assert type(caught.value) is Exception
    assert not hasattr(qdrant_edge, "PanicException")


# Kills


def test_what_a_killed_build_left_is_removed(store: EdgeStore, folder: Path) -> None:
    other = run_apart(
        folder,
        """
        builder = store.build()
        builder.add(make_points(300))
        print('built', flush=True)
        time.sleep(60)
        """,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "built\n"
    with pytest.raises(StoreBusy, match=rf"\(tamyeez serve, process {other.pid}\)"):
        store.build()
    other.kill()
    other.wait()
    other.stdout.close()
    assert (folder / "generations" / "000002").exists()
    builder = store.build()
    assert sorted(p.name for p in (folder / "generations").iterdir()) == ["000001", "000002"]
    builder.add(make_points(2))
    builder.publish(manifest_for(2))
    index = store.open()
    assert index.count() == 2
    index.close()


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_index_or_the_new_one(
    store: EdgeStore, folder: Path
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # shown when the test fails
    moments = random.Random(seed)
    for _ in range(8):
        other = run_apart(
            folder,
            """
            print('ready', flush=True)
            for count in range(21, 1000):
                publish(store, count)
            """,
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.0, 0.5))
        other.send_signal(signal.SIGKILL)
        other.wait()
        other.stdout.close()
        manifest = store.current()
        assert manifest is not None
        index = store.open()
        assert index.count() == manifest.points == index.manifest.points
        assert len(list(index.contents())) == manifest.points
        query = make_points(manifest.points)[0].dense
        assert index.search_dense(query, 1, EVERYTHING)[0].score == pytest.approx(1.0, abs=1e-5)
        index.close()
    publish(store, 20)
