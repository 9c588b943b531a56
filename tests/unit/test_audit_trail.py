"""The audit trail: any change of it is found and named; nothing about it stops a search."""

from __future__ import annotations

import logging
import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from search.audit import Kind, Queries, Trail, verify
from search.audit.store import ANCHOR, KEY, LOG
from search.audit.verifying import events

EVENTS = 8


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A trail of eight searches."""
    home = tmp_path / "home"
    trail = Trail(home)
    for number in range(1, EVENTS + 1):
        assert trail.add_search(f"query {number}", [f"kw-law-2013-91/art-{number}"])
    trail.close()
    return home


def change(home: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(home / LOG)) as conn, conn:
        conn.execute(statement, values)


def found(home: Path) -> list[tuple[int, int]]:
    return [(finding.first, finding.last) for finding in verify(home).findings]


def test_a_trail_that_was_not_touched_is_whole(home: Path, tmp_path: Path) -> None:
    verdict = verify(home)
    assert (verdict.first, verdict.last, verdict.findings) == (1, EVENTS, ())
    assert verdict.head == [event.seal for event in events(home)][-1]
    assert verify(tmp_path / "never begun").is_whole


@pytest.mark.parametrize(
    "column", ["at", "actor", "kind", "objects", "outcome", "detail", "before", "seal"]
)
@pytest.mark.parametrize("number", [1, 4, EVENTS])
def test_a_changed_event_is_named(home: Path, column: str, number: int) -> None:
    change(home, f"UPDATE events SET {column} = '[\"x\"]' WHERE number = ?", number)
    assert (number, number) in found(home)


def test_a_removed_or_slipped_in_event_is_named(home: Path) -> None:
    change(home, "DELETE FROM events WHERE number IN (3, 4)")
    assert found(home) == [(3, 4)]
    change(home, "INSERT INTO events SELECT 3, at, actor, kind, objects, outcome, detail, before, "
                 "seal FROM events WHERE number = 2")  # fmt: skip
    assert (3, 3) in found(home)


def test_two_events_in_each_others_place_are_named(home: Path) -> None:
    for old, new in ((2, 99), (5, 2), (99, 5)):
        change(home, "UPDATE events SET number = ? WHERE number = ?", new, old)
    assert {(2, 2), (5, 5)} <= set(found(home))


@pytest.mark.parametrize("kept", [0, 1, EVENTS - 1])
def test_what_is_cut_off_from_the_end_is_named(home: Path, kept: int) -> None:
    change(home, "DELETE FROM events WHERE number > ?", kept)
    assert found(home) == [(kept + 1, EVENTS)]


def test_a_missing_log_anchor_or_key_is_found(home: Path, tmp_path: Path) -> None:
    for name in (LOG, ANCHOR, KEY):
        copy = tmp_path / f"without-{name}"
        shutil.copytree(home, copy)
        (copy / name).unlink()
        assert not verify(copy).is_whole


def test_any_single_change_of_any_value_is_found(home: Path, tmp_path: Path) -> None:
    """Characters of any column, any place, from a seed: each is found at its event."""
    rng = random.Random(20131)
    columns = ["at", "actor", "kind", "outcome", "detail", "before", "seal", "objects"]
    for _ in range(60):
        copy = tmp_path / "changed"
        shutil.copytree(home, copy)
        number, column = rng.randint(1, EVENTS), rng.choice(columns)
        with closing(sqlite3.connect(copy / LOG)) as conn, conn:
            (old,) = conn.execute(
                f"SELECT {column} FROM events WHERE number = ?", (number,)
            ).fetchone()
            place = rng.randrange(len(old))
            new = old[:place] + chr(ord(old[place]) ^ 1) + old[place + 1 :]
            conn.execute(f"UPDATE events SET {column} = ? WHERE number = ?", (new, number))
        assert not verify(copy).is_whole, (number, column, place)
        shutil.rmtree(copy)


def test_any_single_change_of_the_anchor_is_found(home: Path) -> None:
    whole = (home / ANCHOR).read_bytes()
    for place in range(0, len(whole.rstrip()), 5):
        changed = bytearray(whole)
        changed[place] ^= 1
        (home / ANCHOR).write_bytes(changed)
        assert not verify(home).is_whole, place


def test_an_event_the_anchor_does_not_know_yet_is_no_damage(home: Path) -> None:
    """A process killed between the event and its anchor leaves this."""
    before = (home / ANCHOR).read_bytes()
    trail = Trail(home)
    trail.add(Kind.INGEST)
    trail.close()
    (home / ANCHOR).write_bytes(before)
    assert verify(home).is_whole


def test_old_events_go_under_a_checkpoint_that_cannot_be_forged(home: Path) -> None:
    trail = Trail(home)
    assert trail.let_go(1) == 0
    assert trail.let_go(-1) == EVENTS  # all are older than tomorrow
    trail.close()
    assert [(event.number, event.kind) for event in events(home)] == [(EVENTS + 1, "retention")]
    assert verify(home).is_whole
    change(home, "UPDATE checkpoint SET number = number - 1")
    assert not verify(home).is_whole


def test_a_changed_trail_is_not_cut(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    change(home, "UPDATE events SET actor = 'x' WHERE number = 3")
    trail = Trail(home)
    assert trail.let_go(-1) == 0
    trail.close()
    assert "would hide that" in caplog.text
    assert found(home) == [(3, 3)]


@pytest.mark.parametrize(
    ("queries", "kept"),
    [(Queries.TEXT, "planted words"), (Queries.DIGEST, "digest:"), (Queries.OFF, "")],
)
def test_words_of_a_search_are_kept_as_the_setting_says(
    tmp_path: Path, queries: Queries, kept: str
) -> None:
    trail = Trail(tmp_path, queries)
    trail.add_search("planted words", [])
    trail.close()
    (event,) = events(tmp_path)
    assert event.detail.startswith(kept)
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"planted" in raw) == (queries is Queries.TEXT)
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_threads_and_processes_write_one_chain(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from search.audit import Kind, Trail\n"
        "trail = Trail(Path(sys.argv[1]))\n"
        "print(sum(trail.add(Kind.EXPORT, ('p',)) for _ in range(40)))\n"
    )
    others = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    trail, kept = Trail(tmp_path), []
    threads = [
        threading.Thread(target=lambda: kept.extend(trail.add(Kind.INGEST) for _ in range(40)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acknowledged = sum(kept) + sum(int(p.communicate(timeout=60)[0]) for p in others)
    trail.close()
    assert verify(tmp_path).is_whole
    assert len(list(events(tmp_path))) == acknowledged > 0


def test_killed_while_writing_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from search.audit import Kind, Trail\n"
        "trail = Trail(Path(sys.argv[1]))\n"
        "while trail.add(Kind.EXPORT): os.write(1, b'x')\n"
    )
    kept = 0
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, bufsize=0
        )
        assert writer.stdout is not None
        kept += len(writer.stdout.read(20))
        writer.send_signal(signal.SIGKILL)
        kept += len(writer.communicate(timeout=30)[0])
    assert verify(tmp_path).is_whole
    assert kept <= len(list(events(tmp_path))) <= kept + 3


def test_a_trail_that_cannot_be_written_is_reported_once_and_stops_nothing(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    trail = Trail(home)
    with closing(sqlite3.connect(home / LOG, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with caplog.at_level(logging.ERROR):
            assert [trail.add(Kind.EXPORT) for _ in range(3)] == [False] * 3
        assert caplog.text.count("cannot be written") == 1
        other.execute("ROLLBACK")
    assert trail.add(Kind.EXPORT)
    assert "events are missing" in caplog.text
    trail.close()
    assert verify(home).is_whole


def test_a_full_disk_is_reported_and_stops_nothing(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    trail = Trail(home)
    trail.add(Kind.EXPORT)
    assert trail._files is not None
    pages = trail._files._conn.execute("PRAGMA page_count").fetchone()[0]
    trail._files._conn.execute(f"PRAGMA max_page_count = {pages}")
    assert not all(trail.add(Kind.EXPORT, ["x" * 200] * 50) for _ in range(10))
    trail.close()
    assert "full" in caplog.text
    assert verify(home).is_whole


def test_without_its_key_a_trail_is_not_begun_anew(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (home / KEY).unlink()
    trail = Trail(home)
    assert not trail.add(Kind.EXPORT)
    trail.close()
    assert not (home / KEY).exists()
    assert "restore it from a backup" in caplog.text


@pytest.mark.skipif(os.getloadavg()[0] > 3, reason="the machine is busy with other work")
def test_an_event_costs_less_than_a_millisecond(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    trail.add(Kind.EXPORT)
    took = []
    for number in range(500):
        started = time.perf_counter()
        trail.add_search(f"query {number}", ["kw-law-2013-91/art-2"] * 10)
        took.append(time.perf_counter() - started)
    trail.close()
    assert statistics.median(took) < 0.001
