"""The file of one's work."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.errors import WorkUnavailable
from search.index.port import SCHEMA_VERSION as ANALYSIS  # raised when terms are made otherwise
from search.private_store import WAIT_S, PrivateStore
from search.work import tables as t
from search.work.notes import index_again

FILE = "work.sqlite"
SCHEMA = 2
# What came with each schema after the first: tables, and columns by table.
_NEW_TABLES = (t.studies, t.shares)
_NEW_COLUMNS = ("ALTER TABLE documents ADD COLUMN met_at TEXT NOT NULL DEFAULT ''",)
_FIRST = frozenset(t.metadata.tables) - {table.name for table in _NEW_TABLES}


class WorkStore(PrivateStore):
    """Everybody's notes, searches, facts, case studies and shares, in `work.sqlite`."""

    def __init__(self, home: Path, wait_s: float = WAIT_S) -> None:
        """Open nothing yet."""
        super().__init__(home / FILE, wait_s)

    def make_ready(self, conn: Connection) -> None:
        """Create the tables, or bring a file of an earlier version up to this one."""
        held = set(sa.inspect(conn).get_table_names())
        if not held:
            t.metadata.create_all(conn)
            conn.execute(t.state.insert().values(schema=SCHEMA, analysis=ANALYSIS))
        elif not held >= _FIRST:
            raise self.unavailable("it is not a file of notes")
        state = conn.execute(t.state.select()).one()
        if state.schema > SCHEMA:
            raise self.unavailable("a newer version of Tamyeez wrote it")
        if state.schema < SCHEMA:
            _upgrade(conn)
        if state.analysis != ANALYSIS:
            index_again(conn)
            conn.execute(t.state.update().values(analysis=ANALYSIS))

    def unavailable(self, why: str) -> WorkUnavailable:
        """Return the error that says that the file cannot be used, and why."""
        return WorkUnavailable(
            f"The file of notes and saved searches {self.path} cannot be used: {why}. It is left "
            "as it is; to begin a new one, move it away.",
            name=str(self.path),
        )


def _upgrade(conn: Connection) -> None:
    """Add what schema 1 had not; what is kept stays as it is."""
    t.metadata.create_all(conn, tables=_NEW_TABLES)
    for statement in _NEW_COLUMNS:
        conn.execute(sa.text(statement))
    conn.execute(t.state.update().values(schema=SCHEMA))
