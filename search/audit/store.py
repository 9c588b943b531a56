"""The files of the trail: the events in SQLite, the key, the anchor.

    audit.sqlite   the events, and the checkpoint
    audit.anchor   the newest event's number and seal, sealed; doubles as the writers' lock
    audit.key      32 random bytes in hexadecimal

Writers of all processes go one at a time: the lock is held from the reading of the newest event to
the writing of the anchor. The anchor is written after the event, so a process killed between the
two leaves an anchor that is one behind, never one ahead.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from search.audit.model import BEGINNING, Event, Mark, is_genuine, mark

LOG, ANCHOR, KEY = "audit.sqlite", "audit.anchor", "audit.key"
_KEY_CHARS = 64
_ANCHOR_BYTES = 1024  # far more than one takes
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
    objects TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL,
    before TEXT NOT NULL, seal TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL,
    event TEXT NOT NULL, seal TEXT NOT NULL
);
"""
_COLUMNS = "number, at, actor, kind, objects, outcome, detail, before, seal"
_INSERT = f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


class AuditFiles:
    """The open files of one home folder. One thread at a time; any number of processes."""

    def __init__(self, home: Path, wait_s: float) -> None:
        """Open them, and make what is missing; raises OSError and sqlite3.Error."""
        home.mkdir(parents=True, exist_ok=True)
        self._wait_s = wait_s
        self._anchor = os.open(home / ANCHOR, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            with self.locked():
                self.key = _key(home)
                os.close(os.open(home / LOG, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
                self._conn = _connect(home / LOG, wait_s)
        except BaseException:
            os.close(self._anchor)
            raise

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of all writers; raise TimeoutError after the time to wait."""
        deadline = time.monotonic() + self._wait_s
        while True:
            try:
                fcntl.flock(self._anchor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError("another process holds it") from None
                time.sleep(0.001)
        try:
            yield
        finally:
            fcntl.flock(self._anchor, fcntl.LOCK_UN)

    def newest(self) -> tuple[int, str]:
        """Return number and seal of the newest event, or of the checkpoint where none is left."""
        row = self._conn.execute(
            "SELECT number, seal FROM events ORDER BY number DESC LIMIT 1"
        ).fetchone()
        if row is not None:
            return int(row[0]), str(row[1])
        held = read_checkpoint(self._conn)
        return (held.number, held.seal_of_event) if held else (0, BEGINNING)

    def append(self, event: Event) -> None:
        """Keep an event and anchor it. The caller holds the lock."""
        values = (event.number, event.at, event.actor, event.kind, json.dumps(event.objects))
        self._conn.execute(
            _INSERT, (*values, event.outcome, event.detail, event.before, event.seal)
        )
        anchored = mark(self.key, "anchor", event.number, event.seal)
        line = json.dumps([anchored.number, anchored.seal_of_event, anchored.seal])
        os.pwrite(self._anchor, line.ljust(_ANCHOR_BYTES).encode(), 0)

    def last_before(self, moment: str) -> tuple[int, str] | None:
        """Return the last event of those that all happened before a time; None if there is none."""
        row = self._conn.execute(
            "SELECT number, seal FROM events WHERE number < coalesce("
            "(SELECT min(number) FROM events WHERE at >= ?), 9e18) ORDER BY number DESC LIMIT 1",
            (moment,),
        ).fetchone()
        return None if row is None else (int(row[0]), str(row[1]))

    def let_go(self, number: int, seal: str) -> int:
        """Remove the events up to one, in one step with the checkpoint; count them.

        The caller holds the lock.
        """
        held = mark(self.key, "checkpoint", number, seal)
        self._conn.execute("BEGIN IMMEDIATE")
        with self._conn:
            gone = self._conn.execute("DELETE FROM events WHERE number <= ?", (held.number,))
            self._conn.execute(
                "INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)",
                (held.number, held.seal_of_event, held.seal),
            )
        return gone.rowcount

    def close(self) -> None:
        """Close the files."""
        self._conn.close()
        os.close(self._anchor)


def read_events(conn: sqlite3.Connection) -> Iterator[Event]:
    """Yield the events by number; raise ValueError for a row that is none."""
    for row in conn.execute(f"SELECT {_COLUMNS} FROM events ORDER BY number"):  # noqa: S608
        yield _event(row)


def _event(row: tuple[Any, ...]) -> Event:
    number, at, actor, kind, objects, outcome, detail, before, seal = row
    named = json.loads(objects)
    return Event(number, at, actor, kind, tuple(named), outcome, detail, before, seal)


def read_latest(conn: sqlite3.Connection, limit: int) -> list[Event]:
    """Return the newest events, newest first; raise ValueError for a row that is none."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM events ORDER BY number DESC LIMIT ?",  # noqa: S608
        (limit,),
    )
    return [_event(row) for row in rows]


def read_checkpoint(conn: sqlite3.Connection) -> Mark | None:
    """Return the checkpoint, None where nothing was let go."""
    row = conn.execute("SELECT number, event, seal FROM checkpoint").fetchone()
    return None if row is None else Mark(*row)


def read_anchor(home: Path, key: bytes) -> Mark | None:
    """Return the anchor; None where it is missing, empty or not of this key."""
    try:
        held = Mark(*json.loads((home / ANCHOR).read_bytes()))
        return held if is_genuine(key, "anchor", held) else None
    except (OSError, ValueError, TypeError):
        return None


def read_key(home: Path) -> bytes | None:
    """Return the key, None where there is none that could be one."""
    try:
        key = bytes.fromhex((home / KEY).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return key if len(key) * 2 == _KEY_CHARS else None


def _key(home: Path) -> bytes:
    """Return the key; make one only where no event was ever kept."""
    key = read_key(home)
    if key is not None:
        return key
    if (home / KEY).exists() or (home / LOG).exists():
        raise ValueError(f"{KEY} is missing or damaged; restore it from a backup")
    descriptor = os.open(home / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_KEY_CHARS // 2))
        file.flush()
        os.fsync(file.fileno())
    return bytes.fromhex((home / KEY).read_text("ascii"))


def _connect(path: Path, wait_s: float) -> sqlite3.Connection:
    conn = sqlite3.connect(path, timeout=wait_s, isolation_level=None, check_same_thread=False)
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")  # no wait for the disk at each event
        conn.execute("PRAGMA secure_delete = ON")
        conn.executescript(_SCHEMA)
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def reading(home: Path) -> Iterator[sqlite3.Connection]:
    """Lend a connection that reads the events; raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{(home / LOG).as_uri()}?mode=ro", uri=True)) as conn:
        conn.execute("BEGIN")
        yield conn
