"""Who may read what of another's work, in SQL. The caller owns the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from search.work import tables as t
from search.work.model import MAX_SHARES, Audience, Share, ShareKind
from search.work.rows import check_room, delete_row, gone, insert_row

TABLES = {
    ShareKind.FOLDER: t.folders,
    ShareKind.SEARCH: t.searches,
    ShareKind.STUDY: t.studies,
}


def list_shares(conn: Connection, owner: str) -> list[Share]:
    """Return what an owner shares: with persons, then with roles."""
    own = t.shares.select().where(t.shares.c.owner == owner)
    ordered = own.order_by(t.shares.c.audience, t.shares.c.whom, t.shares.c.id)
    return [_share(row) for row in conn.execute(ordered)]


def shares_with(conn: Connection, account: str, roles: Iterable[str]) -> list[Share]:
    """Return what others share with an account or one of its roles, the latest first."""
    shares = t.shares.c
    meant = sa.or_(
        sa.and_(shares.audience == Audience.PERSON.value, shares.whom == account),
        sa.and_(shares.audience == Audience.ROLE.value, shares.whom.in_(list(roles))),
    )
    found = t.shares.select().where(meant, shares.owner != account)
    rows = conn.execute(found.order_by(shares.created_at.desc(), shares.id))
    by_item = {row.item: _share(row) for row in reversed(rows.all())}  # one share of each is enough
    return list(reversed(by_item.values()))


def add_share(
    conn: Connection, owner: str, kind: ShareKind, item: str, audience: Audience, whom: str
) -> str:
    """Share something of the owner's; return the share's id, that of before where it was shared.

    Raises NotSaved where it is not the owner's, LimitReached.
    """
    table = TABLES[kind]
    own = sa.and_(table.c.id == item, table.c.owner == owner)
    if conn.execute(sa.select(table.c.id).where(own)).first() is None:
        raise gone()
    same = sa.and_(
        t.shares.c.item == item, t.shares.c.audience == audience.value, t.shares.c.whom == whom
    )
    before = conn.execute(sa.select(t.shares.c.id).where(same)).scalar()
    if before is not None:
        return str(before)
    check_room(conn, t.shares, owner, MAX_SHARES)
    values = {"kind": kind.value, "item": item, "audience": audience.value, "whom": whom}
    return insert_row(conn, t.shares, owner, **values)


def take_back(conn: Connection, owner: str, share: str) -> Share:
    """Delete a share and return what it was; raise NotSaved."""
    own = sa.and_(t.shares.c.id == share, t.shares.c.owner == owner)
    row = conn.execute(t.shares.select().where(own)).first()
    if row is None:
        raise gone()
    delete_row(conn, t.shares, owner, share)
    return _share(row)


def forget_item(conn: Connection, owner: str, item: str) -> None:
    """Delete the shares of something that is deleted."""
    own = sa.and_(t.shares.c.item == item, t.shares.c.owner == owner)
    conn.execute(t.shares.delete().where(own))


def _share(row: Row[Any]) -> Share:
    return Share(
        row.id,
        row.owner,
        ShareKind(row.kind),
        row.item,
        Audience(row.audience),
        row.whom,
        row.created_at,
    )
