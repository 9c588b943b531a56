"""A SQLite file that belongs to this installation and not to the collection: work, accounts.

It is opened when first needed, readable by this account only; what is deleted is overwritten, and a
file that cannot be read is left as it is.
"""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Connection

from search.catalogue.engine import Database
from search.errors import (
    BadSetting,
    EngineUnavailable,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    TamyeezError,
)

WAIT_S = 10.0  # for another process's transaction


class PrivateStore(ABC):
    """Connections to one such file. Safe to use from several threads and processes."""

    def __init__(self, path: Path, wait_s: float = WAIT_S) -> None:
        """Open nothing yet: a damaged file must not keep the collection from being read."""
        self.path = path
        self._wait_s = wait_s
        self._lock = threading.Lock()
        self._database: Database | None = None

    @abstractmethod
    def make_ready(self, conn: Connection) -> None:
        """Create or check the tables, in the first transaction."""

    @abstractmethod
    def unavailable(self, why: str) -> TamyeezError:
        """Return the error that says that the file cannot be used, and why."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection that sees one state. Raises what `unavailable` makes."""
        with self._told(), self._open().read() as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection to the one writer; all is kept at the end, or nothing.

        What is replaced or deleted is overwritten. Raises what `unavailable` makes.
        """
        with self._told():
            database = self._open()
            with database.write() as conn:
                database.erase(conn)
                yield conn

    def wipe_traces(self, compact: bool = False) -> None:
        """Bring deletions into the file itself, so that no log still holds what was deleted.

        `compact` also writes the file anew without the room that was freed.
        """
        with self._told():
            database = self._open()
            if compact:
                _outside_transaction(database, "VACUUM")
            database.flush()

    def close(self) -> None:
        """Close the connections; the next use opens them again."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _open(self) -> Database:
        with self._lock:
            if self._database is None:
                _make_private(self.path)
                database = Database(f"sqlite:///{self.path}", self._wait_s)
                try:
                    _outside_transaction(database, "PRAGMA journal_mode = WAL")
                    with database.write() as conn:
                        self.make_ready(conn)
                except BaseException:
                    database.close()
                    raise
                self._database = database
            return self._database

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say of the catalogue's failures that they are this file's."""
        try:
            yield
        except StoreBusy as exc:
            raise self.unavailable("another process is writing to it; try again") from exc
        except StoreFull as exc:
            raise self.unavailable("no room is left on the disk; nothing was changed") from exc
        except StoreDamaged as exc:
            raise self.unavailable("it is damaged") from exc
        except (EngineUnavailable, BadSetting, OSError) as exc:
            raise self.unavailable("it cannot be read and written") from exc


def _outside_transaction(database: Database, statement: str) -> None:
    with database.errors():
        connection = database.engine.raw_connection()
        try:
            connection.cursor().execute(statement).fetchall()
        finally:
            connection.close()


def _make_private(path: Path) -> None:
    """Create the file so that only this account can read it; its log takes after it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
