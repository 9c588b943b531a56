"""Several processes have one generation of the embedded index open, each through its own view."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from search.errors import StoreBusy, StoreDamaged
from search.index.edge import EdgeStore
from search.index.port import IndexFilter, Manifest, Point, SparseVector
from search.model import Authority, Kind, Language

COUNT = 40
OPEN = """
import sys, time
from pathlib import Path
from search.index.edge import EdgeStore
index = EdgeStore(Path(sys.argv[1]), shared=True).open()
print(index.count(), flush=True)
time.sleep(60)
"""


def points(count: int) -> list[Point]:
    rng = np.random.default_rng(count)
    rows = rng.normal(size=(count, 8)).astype(np.float32)
    return [
        Point(
            passage=f"xx-law-2001-1/art-{n}@en.digest#1",
            content_hash=f"{n:064x}",
            dense=row / np.linalg.norm(row),
            sparse=SparseVector((n % 5,), (1.0,)),
            group=f"xx-law-2001-1/art-{n}",
            work="xx-law-2001-1",
            kind=Kind.STATUTE,
            language=Language.EN,
            authority=Authority.DIGEST,
            valid_from=None,
            valid_to=None,
        )
        for n, row in enumerate(rows, 1)
    ]


def publish(folder: Path, count: int = COUNT) -> None:
    builder = EdgeStore(folder).build()
    try:
        builder.add(points(count))
        at = "2026-01-02T03:04:05+00:00"
        builder.publish(Manifest("", 1, "test/embedder", 8, 1, "f", count, 2.0, at))
    finally:
        builder.discard()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(tmp_path / "index")
    return tmp_path / "index"


def views(folder: Path) -> list[Path]:
    return [entry for entry in (folder / "views").iterdir() if entry.is_dir()]


def test_a_view_answers_as_the_generation_does(folder: Path) -> None:
    owner, view = EdgeStore(folder).open(), EdgeStore(folder, shared=True).open()
    wanted = points(COUNT)[3].dense
    assert view.search_dense(wanted, 10, IndexFilter()) == owner.search_dense(
        wanted, 10, IndexFilter()
    )
    terms = SparseVector((2,), (1.0,))
    assert view.search_sparse(terms, 10, IndexFilter()) == owner.search_sparse(
        terms, 10, IndexFilter()
    )
    view.close()
    owner.close()


def test_views_of_several_processes_are_open_at_once_and_change_nothing(folder: Path) -> None:
    others = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(folder)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        for other in others:
            assert other.stdout is not None
            assert other.stdout.readline() == f"{COUNT}\n"
        owner = EdgeStore(folder, wait_s=0).open()  # the generation itself is free
        with pytest.raises(StoreBusy):
            EdgeStore(folder, wait_s=0).open()
        owner.close()
        assert len(views(folder)) == 2
    finally:
        for other in others:
            other.kill()
            other.communicate()
    EdgeStore(folder).open().close()  # its seal is checked


def test_a_killed_process_leaves_a_view_that_the_next_one_removes(folder: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", OPEN, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    other.stdout.readline()
    os.kill(other.pid, signal.SIGKILL)
    other.communicate()
    (left,) = views(folder)
    index = EdgeStore(folder, shared=True).open()
    assert not left.exists()
    assert len(views(folder)) == 1
    index.close()
    assert views(folder) == []


def test_a_view_outlives_its_generation(folder: Path) -> None:
    index = EdgeStore(folder, shared=True).open()
    publish(folder, 10)
    publish(folder, 11)  # the first generation is removed now
    assert not (folder / "generations" / "000001").exists()
    assert index.count() == COUNT
    assert len(index.search_dense(points(COUNT)[0].dense, 5, IndexFilter())) == 5
    index.close()
    again = EdgeStore(folder, shared=True).open()
    assert again.count() == 11
    again.close()


def test_where_files_can_have_no_second_name_they_are_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: str, _target: str) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    index = EdgeStore(folder, shared=True).open()
    assert index.count() == COUNT
    index.close()


def test_a_generation_that_lost_its_files_is_damaged(folder: Path) -> None:
    shutil.rmtree(folder / "generations" / "000001" / "shard" / "segments")
    with pytest.raises(StoreDamaged):
        EdgeStore(folder, shared=True).open()
    assert not (folder / "views").exists() or views(folder) == []
