"""Stop whoever guesses passwords, without keeping out whose password it is.

Wrong passwords in a row are counted twice: by the place they come from (an address, or a session
that changes its password), and of all places together. A place is soon locked, for itself alone.
Many places together make every *new* place wait a little longer each time; one from which the
account has signed in before does not wait for the others.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from search.accounts import tables as t
from search.accounts.secrets import digest

FAILURES = 5  # wrong passwords in a row that lock an account for one place
LOCK_S = 15 * 60.0
FAILURES_OF_ALL = 20  # in a row, after which every new place waits
MAX_WAIT_S = 300.0
KNOWN_S = 90 * 86400.0  # how long a place is remembered after it was last used
STRANGE_S = 86400.0  # the same of one that never had the right password


def must_wait(conn: Connection, account: Row[Any], place: str, now: float) -> bool:
    """Tell whether a password from this place is not to be taken now, were it the right one."""
    held = _held(conn, account.id, place)
    if held is not None and held.locked_until is not None and held.locked_until > now:
        return True
    if held is not None and held.known:
        return False
    return account.locked_until is not None and account.locked_until > now


def count_failure(conn: Connection, account: Row[Any], place: str, now: float) -> None:
    """Count a wrong password."""
    held = _held(conn, account.id, place)
    failures = (held.failures if held else 0) + 1
    # After the lock one gets a single try before the next: guessing stays hopeless.
    until = now + LOCK_S if failures >= FAILURES else None
    known = bool(held and held.known)
    _keep(conn, account.id, place, failures=failures, locked_until=until, known=known, seen=now)
    together = account.failures + 1
    wait = min(2.0 ** (together - FAILURES_OF_ALL), MAX_WAIT_S)
    _set(conn, account.id, together, now + wait if together >= FAILURES_OF_ALL else None)


def count_success(conn: Connection, account: str, place: str, now: float) -> None:
    """Remember a place from which the right password came; let go what is long past."""
    tries = t.tries.c
    stale = sa.or_(tries.seen < now - KNOWN_S, ~tries.known & (tries.seen < now - STRANGE_S))
    conn.execute(t.tries.delete().where(stale))
    _keep(conn, account, place, failures=0, locked_until=None, known=True, seen=now)
    _set(conn, account, 0, None)


def forgive(conn: Connection, account: str) -> None:
    """Take every lock away; places that are known stay known."""
    own = t.tries.c.account == account
    conn.execute(t.tries.delete().where(own, ~t.tries.c.known))
    conn.execute(t.tries.update().where(own).values(failures=0, locked_until=None))
    _set(conn, account, 0, None)


def locked(conn: Connection, now: float) -> frozenset[str]:
    """Return the accounts that some place cannot sign in to at the moment."""
    places = sa.select(t.tries.c.account).where(t.tries.c.locked_until > now)
    waiting = sa.select(t.accounts.c.id).where(t.accounts.c.locked_until > now)
    return frozenset(conn.execute(sa.union(places, waiting)).scalars())


def _held(conn: Connection, account: str, place: str) -> Row[Any] | None:
    own = (t.tries.c.account == account) & (t.tries.c.place == digest(f"{account} {place}"))
    return conn.execute(t.tries.select().where(own)).first()


def _keep(conn: Connection, account: str, place: str, **values: Any) -> None:
    named = {"account": account, "place": digest(f"{account} {place}")}
    own = (t.tries.c.account == account) & (t.tries.c.place == named["place"])
    if not conn.execute(t.tries.update().where(own).values(**values)).rowcount:
        conn.execute(t.tries.insert().values(**named, **values))


def _set(conn: Connection, account: str, failures: int, until: float | None) -> None:
    own = t.accounts.c.id == account
    conn.execute(t.accounts.update().where(own).values(failures=failures, locked_until=until))
