"""Read the whole trail and say what was changed, taken out, moved, slipped in or cut off."""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.audit.model import BEGINNING, Event, is_genuine, seal_of
from search.audit.store import (
    ANCHOR,
    KEY,
    LOG,
    read_anchor,
    read_checkpoint,
    read_events,
    read_key,
    read_latest,
)
from search.audit.store import reading as open_reading
from search.errors import StoreDamaged


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: the numbers of the events concerned, first and last, and what it is."""

    first: int
    last: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `head` is the newest event's seal: kept elsewhere, it shows a later swap of
    all three files for older ones."""

    first: int
    last: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        return not self.findings


def verify(home: Path) -> Verdict:
    """Check every event of a home folder's trail; one that was never begun is whole."""
    if not any((home / name).exists() for name in (LOG, ANCHOR, KEY)):
        return Verdict(0, 0, "", ())
    key = read_key(home)
    if key is None:
        return _broken(f"{KEY} is missing or damaged: nothing can be checked")
    if not (home / LOG).exists():
        return _broken(f"{LOG} is missing: every event was taken out")
    try:
        with open_reading(home) as conn:
            return _Walk(home, key, conn).verdict()
    except (sqlite3.Error, ValueError, TypeError) as exc:
        return _broken(f"{LOG} cannot be read to its end: {exc}")


def events(home: Path) -> Iterator[Event]:
    """Yield the events of a home folder, oldest first; raise StoreDamaged."""
    if not (home / LOG).exists():
        return
    with _told(home), open_reading(home) as conn:
        yield from read_events(conn)


def latest(home: Path, limit: int) -> list[Event]:
    """Return the newest events of a home folder, newest first; raise StoreDamaged."""
    if not (home / LOG).exists():
        return []
    with _told(home), open_reading(home) as conn:
        return read_latest(conn, limit)


@contextmanager
def _told(home: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, ValueError, TypeError) as exc:
        raise StoreDamaged(
            f"The audit trail {home / LOG} cannot be read: {exc}. Keep it as it is, and run "
            "`tamyeez audit verify`."
        ) from exc


def _broken(what: str) -> Verdict:
    return Verdict(0, 0, "", (Finding(0, 0, what),))


class _Walk:
    """One walk along the chain."""

    def __init__(self, home: Path, key: bytes, conn: sqlite3.Connection) -> None:
        self._key = key
        self._conn = conn
        # Read before the events: writers may go on, and the chain may then only be longer.
        self._anchor = read_anchor(home, key)
        self._findings: list[Finding] = []

    def verdict(self) -> Verdict:
        begin, seal = self._beginning()
        number, first = begin, 0
        anchored = seal if self._anchor and self._anchor.number == begin else None
        for event in read_events(self._conn):
            self._check(event, number, seal)
            number, seal, first = event.number, event.seal, first or event.number
            if self._anchor and event.number == self._anchor.number:
                anchored = event.seal
        self._check_end(number, anchored)
        return Verdict(first, number, seal, tuple(self._findings))

    def _beginning(self) -> tuple[int, str]:
        held = read_checkpoint(self._conn)
        if held is None:
            return 0, BEGINNING
        if not is_genuine(self._key, "checkpoint", held):
            self._found(held.number, held.number, "the checkpoint was changed")
        return held.number, held.seal_of_event

    def _check(self, event: Event, number: int, seal: str) -> None:
        if event.number > number + 1:
            self._found(number + 1, event.number - 1, "taken out")
        elif event.number <= number:
            self._found(event.number, event.number, "let go by the checkpoint, and still there")
        if not hmac.compare_digest(seal_of(self._key, event), str(event.seal)):
            self._found(event.number, event.number, "changed, or not written by Tamyeez")
        elif event.number == number + 1 and event.before != seal:
            self._found(event.number, event.number, "does not follow the one before")

    def _check_end(self, last: int, anchored: str | None) -> None:
        if self._anchor is None:
            self._found(last, last, f"{ANCHOR} is missing or was changed: the end is not known")
        elif self._anchor.number > last:
            self._found(last + 1, self._anchor.number, "cut off from the end")
        elif anchored is not None and self._anchor.seal_of_event != anchored:
            self._found(self._anchor.number, self._anchor.number, "not the event that was anchored")

    def _found(self, first: int, last: int, what: str) -> None:
        self._findings.append(Finding(first, last, what))


def as_row(event: Event) -> list[str]:
    """Return an event as the cells of a table."""
    objects = json.dumps(event.objects, ensure_ascii=False)
    return [
        str(event.number), event.at, event.actor, event.kind, objects, event.outcome, event.detail,
    ]  # fmt: skip
