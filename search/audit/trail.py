"""Write to the trail. Where it cannot be written, what is open is still read; nothing else is."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from search.access import current_reader
from search.access.reader import LOCAL
from search.audit.model import Event, Kind, Queries, digest_of, seal_of
from search.audit.store import AuditFiles
from search.audit.verifying import verify
from search.errors import NotRecorded

_log = logging.getLogger("tamyeez.audit")
_T = TypeVar("_T")
MAX_OBJECTS = 100  # as many as one search shows
MAX_CHARS = 200  # of an object's id
WAIT_S = 2.0  # for another worker's event; a search must not wait longer


class Trail:
    """The trail of one home folder. Safe to use from several threads and processes."""

    def __init__(self, home: Path, queries: Queries = Queries.DIGEST) -> None:
        """Open nothing yet."""
        self._home = home
        self._queries = queries
        self._lock = threading.Lock()
        self._files: AuditFiles | None = None
        self._is_failing = False

    @property
    def home(self) -> Path:
        """The home folder whose trail it is."""
        return self._home

    def add(
        self, kind: Kind, objects: Sequence[str] = (), outcome: str = "done", actor: str = ""
    ) -> bool:
        """Keep an event; tell whether it was kept. `objects` are ids, never names or facts.

        It is done by the present reader (search/access), where no `actor` is given.
        """
        by = actor or current_reader().name
        return self._try(lambda files: self._append(files, kind, objects, outcome, by)) or False

    def add_opening(self, objects: Sequence[str]) -> None:
        """Keep that restricted parts are opened; raise NotRecorded: they are then not shown."""
        if not self.add(Kind.RESTRICTED, objects):
            raise unrecorded()

    def add_search(
        self, text: str, objects: Sequence[str], outcome: str = "done", actor: str = ""
    ) -> bool:
        """Keep a search, with its words as the setting says."""
        by = actor or current_reader().name
        return (
            self._try(
                lambda files: self._append(
                    files, Kind.SEARCH, objects, outcome, by, self._said(files, text)
                )
            )
            or False
        )

    def digest(self, text: str) -> str:
        """Return what stands for a text that may name a person; empty if there is no key."""
        return self._try(lambda files: digest_of(files.key, text)) or ""

    def let_go(self, days: int) -> int:
        """Remove events older than so many days under a signed checkpoint; count them.

        Of a trail that was changed nothing is removed.
        """
        oldest = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        return self._try(lambda files: self._cut(files, oldest)) or 0

    def close(self) -> None:
        """Close the files; the next event opens them again."""
        with self._lock:
            if self._files is not None:
                self._files.close()
                self._files = None

    def _said(self, files: AuditFiles, text: str) -> str:
        if self._queries is Queries.OFF:
            return ""
        return text if self._queries is Queries.TEXT else digest_of(files.key, text)

    def _append(
        self,
        files: AuditFiles,
        kind: Kind,
        objects: Sequence[str],
        outcome: str,
        actor: str,
        detail: str = "",
    ) -> bool:
        named = tuple(name[:MAX_CHARS] for name in objects[:MAX_OBJECTS])
        with files.locked():
            number, before = files.newest()
            event = Event(
                number + 1, _iso(dt.datetime.now(dt.UTC)), actor, kind, named, outcome, detail,
                before,
            )  # fmt: skip
            files.append(replace(event, seal=seal_of(files.key, event)))
        return True

    def _cut(self, files: AuditFiles, oldest: dt.datetime) -> int:
        last = files.last_before(_iso(oldest))
        if last is None:
            return 0
        if not verify(self._home).is_whole:
            raise ValueError(
                "it was changed, and a cut would hide that; run `tamyeez audit verify`"
            )
        with files.locked():
            gone = files.let_go(*last)
        self._append(files, Kind.RETENTION, (str(gone),), "done", LOCAL)
        return gone

    def _try(self, write: Callable[[AuditFiles], _T]) -> _T | None:
        """Write; where that fails, say so once until it works again."""
        with self._lock:
            try:
                if self._files is None:
                    self._files = AuditFiles(self._home, WAIT_S)
                done = write(self._files)
            except (OSError, ValueError, sqlite3.Error) as exc:
                if not self._is_failing:
                    _log.error("The audit trail in %s cannot be written: %s", self._home, exc)
                self._is_failing = True
                return None
            if self._is_failing:
                _log.error("The audit trail in %s is written again; events are missing", self._home)
            self._is_failing = False
            return done


def unrecorded() -> NotRecorded:
    """Return the refusal of what must be recorded to be done."""
    return NotRecorded(
        "This is restricted and must be recorded when it is opened; the audit trail cannot be "
        "written now, so it is not shown. Tell whoever runs the server."
    )


def _iso(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
