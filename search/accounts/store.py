"""The file of accounts."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.accounts import tables as t
from search.errors import AccountsUnavailable
from search.private_store import PrivateStore

FILE = "accounts.sqlite"
SCHEMA = 1


class AccountStore(PrivateStore):
    """Accounts, sessions and tokens, in `accounts.sqlite`."""

    def __init__(self, home: Path) -> None:
        """Open nothing yet."""
        super().__init__(home / FILE)

    def make_ready(self, conn: Connection) -> None:
        """Create the tables."""
        held = set(sa.inspect(conn).get_table_names())
        if not held:
            t.metadata.create_all(conn)
            conn.execute(t.state.insert().values(schema=SCHEMA))
        elif not held >= set(t.metadata.tables) - {t.tries.name}:
            raise self.unavailable("it is not a file of accounts")
        t.tries.create(conn, checkfirst=True)  # not in files of version 0.3 and before
        if conn.execute(sa.select(t.state.c.schema)).scalar_one() > SCHEMA:
            raise self.unavailable("a newer version of Tamyeez wrote it")

    def unavailable(self, why: str) -> AccountsUnavailable:
        """Return the error that says that the file cannot be used, and why."""
        return AccountsUnavailable(
            f"The file of accounts {self.path} cannot be used: {why}. It is left as it is; nobody "
            "can sign in meanwhile. Restore it from a backup.",
            name=str(self.path),
        )
