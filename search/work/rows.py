"""What all rows of an owner have in common: ids, times, versions, room. The caller owns the
transaction."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.errors import EditConflict, LimitReached, NotSaved


def now() -> str:
    """Return this moment to the second, ISO 8601, UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def check_room(conn: Connection, table: sa.Table, owner: str, limit: int) -> None:
    """Raise LimitReached where the owner has as many rows as there may be."""
    count = sa.select(sa.func.count()).select_from(table).where(table.c.owner == owner)
    if conn.execute(count).scalar_one() >= limit:
        raise LimitReached(
            f"There are {limit:,} {table.name} already, and more are not kept. Delete some first.",
            limit=limit,
        )


def insert_row(conn: Connection, table: sa.Table, owner: str, **values: Any) -> str:
    """Keep a new row; return the id it was given."""
    identifier, moment = secrets.token_hex(8), now()
    fixed = {"id": identifier, "owner": owner, "version": 1}
    conn.execute(table.insert().values(**fixed, created_at=moment, changed_at=moment, **values))
    return identifier


def update_row(
    conn: Connection, table: sa.Table, owner: str, identifier: str, version: int, **values: Any
) -> None:
    """Change a row that is still at `version`; raise EditConflict, or NotSaved if it is gone."""
    own = (table.c.id == identifier) & (table.c.owner == owner)
    changed = conn.execute(
        table.update()
        .where(own, table.c.version == version)
        .values(version=version + 1, changed_at=now(), **values)
    )
    if changed.rowcount:
        return
    if conn.execute(sa.select(table.c.id).where(own)).first() is None:
        raise gone()
    raise EditConflict(
        "This was changed in another window after you opened it here. Nothing was overwritten: "
        "compare the two and save again."
    )


def delete_row(conn: Connection, table: sa.Table, owner: str, identifier: str) -> None:
    """Delete a row; raise NotSaved where there is none."""
    own = (table.c.id == identifier) & (table.c.owner == owner)
    if not conn.execute(table.delete().where(own)).rowcount:
        raise gone()


def gone() -> NotSaved:
    """The error for an id that is not among the owner's rows."""
    return NotSaved("There is nothing saved under this id; it may have been deleted.")
