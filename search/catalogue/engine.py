"""Connections to SQLite or PostgreSQL, transactions, and the end of every engine exception.

Readers never wait for a writer; writers go one at a time, on both engines.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc as sa_exc
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import ConnectionPoolEntry

from search.errors import (
    BadSetting,
    EngineUnavailable,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    TamyeezError,
)

WAIT_S = 30.0  # for another process's transaction
IN_LIST = 500  # values in one IN (…): few enough for every engine's limit on parameters
_LOCK = 0x74616D79  # PostgreSQL advisory lock of our writers: "tamy"
_WRITES = "tamyeez_writes"  # execution option of a connection that is going to write
_REPAIR = "Restore the database from a copy, or remove it and ingest again."


class Database:
    """One database: where it is, and how to read and write it."""

    def __init__(
        self, url: str | URL, wait_s: float = WAIT_S, views: Mapping[str, str] | None = None
    ) -> None:
        """Connect to nothing yet; raise BadSetting for a URL we cannot use.

        `views` are selections, by the table that each stands in for on every connection: what
        they leave out can neither be read nor written through this database.
        """
        self.url = _parse(url)
        self.wait_s = wait_s
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            _make_folder(self.url)
        self.engine = _engine(self.url, wait_s)
        if views:
            sa.event.listen(self.engine, "connect", _stand_in(views))
        self._joined = threading.local()
        self._writer = self.engine.execution_options(**{_WRITES: True})
        # A reader of PostgreSQL sees one state, as one of SQLite does anyway.
        self._reader = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )

    @property
    def name(self) -> str:
        """The database as messages name it: never with a password."""
        if self.is_sqlite:
            return self.url.database or ""
        return self.url.render_as_string(hide_password=True)

    def with_views(self, views: Mapping[str, str]) -> Database:
        """Return the same database on connections of their own that have these views."""
        return Database(self.url, self.wait_s, views)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection in a transaction that sees one state of the catalogue."""
        joined = self._joint()
        if joined is not None:
            yield joined
            return
        with self.errors(), self._reader.connect() as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection to the one writer; all is kept at the end, or nothing.

        Raises StoreBusy when another writer takes longer than `wait_s`.
        """
        joined = self._joint()
        if joined is not None:
            with self.errors(), joined.begin_nested():
                yield joined
            return
        with self.errors(), self._writer.connect() as conn, conn.begin():
            if not self.is_sqlite:
                self._queue(conn)
            yield conn

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that this thread writes within; it reads what it wrote.

        A step that raises is taken back alone; what leaves this block takes back everything.
        """
        with self.write() as conn:
            outer, self._joined.connection = self._joint(), conn
            try:
                yield
            finally:
                self._joined.connection = outer

    def _joint(self) -> Connection | None:
        return getattr(self._joined, "connection", None)

    def erase(self, conn: Connection) -> None:
        """From here on overwrite what this connection deletes, where the engine leaves it lying."""
        if self.is_sqlite:
            conn.exec_driver_sql("PRAGMA secure_delete = ON")

    def flush(self) -> None:
        """Bring what was written into the database itself, so that no log holds what is deleted.

        As far as it goes while others read; the next writer completes it.
        """
        if not self.is_sqlite or self._joint() is not None:  # we would wait for ourselves
            return
        with self.errors():
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()

    def close(self) -> None:
        """Close every connection that is not lent."""
        self.engine.dispose()

    def _queue(self, conn: Connection) -> None:
        conn.exec_driver_sql(f"SET LOCAL lock_timeout = {int(self.wait_s * 1000)}")
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn the engine's exceptions into ours."""
        try:
            yield
        except (sa_exc.SQLAlchemyError, sqlite3.Error) as exc:
            known = translate(exc, self.name)
            if known is None:
                raise  # a mistake of ours keeps its traceback
            raise known from exc


def insert_one(conn: Connection, table: sa.Table, row: Mapping[str, Any]) -> int:
    """Insert a row and return the number it was given."""
    key = conn.execute(table.insert().values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """Cut values into lists that one IN (…) takes."""
    rest = iter(values)
    while chunk := list(islice(rest, IN_LIST)):
        yield chunk


def translate(exc: Exception, name: str) -> TamyeezError | None:
    """Return the error a user is shown for an engine's exception; None for a mistake of ours."""
    if isinstance(exc, sa_exc.TimeoutError):
        return _busy(name)
    origin = exc.orig if isinstance(exc, sa_exc.DBAPIError) else exc
    if isinstance(origin, sqlite3.Error):
        return _translate_sqlite(origin, name)
    if isinstance(exc, sa_exc.DBAPIError):
        return _translate_postgres(exc, name)
    return None


def _translate_sqlite(error: sqlite3.Error, name: str) -> TamyeezError | None:
    # The low byte is the primary code; undecodable text comes without any.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    message = str(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _busy(name)
    if code == sqlite3.SQLITE_FULL:
        return _full(name)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT):
        return _damaged(name, message)
    if message.startswith(("no such table", "no such column", "Could not decode", "malformed")):
        return _damaged(name, message)
    if code in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
    ):
        return EngineUnavailable(
            f"The catalogue {name} cannot be used: {message}. Check that the file, its folder and "
            "its disk can be read and written.",
            name=name,
        )
    return None


def _translate_postgres(exc: sa_exc.DBAPIError, name: str) -> TamyeezError | None:
    sqlstate = str(getattr(exc.orig, "sqlstate", None) or "")
    if sqlstate in ("55P03", "57014", "40001", "40P01"):
        return _busy(name)
    if sqlstate == "53100":
        return _full(name)
    if sqlstate in ("42P01", "42P07", "42703") or sqlstate.startswith("XX"):
        return _damaged(name, _first_line(exc))
    gone = not sqlstate and isinstance(exc, sa_exc.OperationalError)
    if gone or exc.connection_invalidated or sqlstate[:2] in ("08", "28", "3D", "53", "57"):
        return EngineUnavailable(
            f"The database {name} cannot be used: {_first_line(exc)}. Check "
            "TAMYEEZ_DATABASE_URL and that the server runs.",
            name=name,
        )
    return None


def _first_line(exc: sa_exc.DBAPIError) -> str:
    return str(exc.orig).strip().partition("\n")[0].rstrip(".")


def _busy(name: str) -> StoreBusy:
    return StoreBusy(
        f"Another process is writing to the catalogue {name} and did not finish in time. Try "
        "again when it has ended.",
        name=name,
    )


def _full(name: str) -> StoreFull:
    return StoreFull(
        f"No room is left on the disk of the catalogue {name}; nothing of this step was kept. "
        "Free some space and run the command again.",
        name=name,
    )


def _damaged(name: str, what: str) -> StoreDamaged:
    return StoreDamaged(f"The catalogue {name} is damaged: {what}. {_REPAIR}", name=name)


def _parse(url: str | URL) -> URL:
    try:
        parsed = sa.make_url(url)
    except (sa_exc.ArgumentError, ValueError):
        raise BadSetting(
            "TAMYEEZ_DATABASE_URL is no database URL. Write for instance "
            "postgresql+psycopg://user@host/tamyeez, or leave it empty."
        ) from None  # the cause would show the URL, and with it a password
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed.set(drivername="sqlite+pysqlite")
    raise BadSetting(
        f"TAMYEEZ_DATABASE_URL names {backend!r} without a file or an engine we do not use. Write "
        "sqlite:///FILE or postgresql+psycopg://user@host/tamyeez, or leave it empty."
    )


def _make_folder(url: URL) -> None:
    folder = Path(url.database or "").absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        if exc.errno == errno.ENOSPC:
            raise _full(str(folder)) from exc
        raise BadSetting(
            f"The catalogue's folder {folder} cannot be made: {exc.strerror}. Set TAMYEEZ_HOME to "
            "a folder that can be written."
        ) from exc


def _engine(url: URL, wait_s: float) -> Engine:
    arguments: dict[str, Any] = (
        {"timeout": wait_s}
        if url.get_backend_name() == "sqlite"
        else {"connect_timeout": max(2, int(min(wait_s, 10)))}
    )
    try:
        engine = sa.create_engine(
            url,
            connect_args=arguments,
            json_serializer=_to_json,
            json_deserializer=_from_json,
            # As many as a web server's threads: a request holds one connection at most.
            pool_size=8,
            max_overflow=40,
            pool_timeout=wait_s,
            pool_pre_ping=url.get_backend_name() != "sqlite",
        )
    except ImportError as exc:
        raise EngineUnavailable(
            "PostgreSQL needs the package psycopg. Install it with: pip install 'tamyeez[postgres]'"
        ) from exc
    if url.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, below
    connection.execute("PRAGMA foreign_keys = ON")


def _stand_in(views: Mapping[str, str]) -> Callable[[Any, ConnectionPoolEntry], None]:
    """Make the views when a connection begins.

    A temporary view comes before the table of its name, on both engines: whatever is asked later,
    by whatever statement, sees the view.
    """

    def prepare(connection: Any, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for table, selection in views.items():
            cursor.execute(f'CREATE TEMPORARY VIEW "{table}" AS {selection}')
        if not isinstance(connection, sqlite3.Connection):
            # Here, unlike there, a simple view can be written through.
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            connection.commit()
        cursor.close()

    return prepare


def _begin_sqlite(conn: Connection) -> None:
    # A writer takes its lock at once: a reader that begins to write late may not wait for it.
    writes = conn.get_execution_options().get(_WRITES, False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _from_json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError as exc:
        raise StoreDamaged(
            f"The catalogue is damaged: a stored value is not JSON. {_REPAIR}"
        ) from exc
