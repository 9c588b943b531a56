"""Saved searches, saved facts and the documents known, in SQL. The caller owns the transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from search.catalogue.engine import chunks
from search.catalogue.rows import dump
from search.model import Language, Query
from search.work import tables as t
from search.work.model import MAX_FACTS, MAX_SEARCHES, SavedFacts, SavedSearch
from search.work.queries import read_query
from search.work.rows import check_room, gone, insert_row, now


def list_searches(conn: Connection, owner: str) -> list[SavedSearch]:
    """Return the saved searches, the latest first."""
    own = t.searches.select().where(t.searches.c.owner == owner)
    ordered = own.order_by(t.searches.c.created_at.desc(), t.searches.c.id)
    return [_search(row) for row in conn.execute(ordered)]


def read_search(conn: Connection, owner: str, search: str) -> SavedSearch:
    """Return a saved search; raise NotSaved."""
    own = (t.searches.c.id == search) & (t.searches.c.owner == owner)
    row = conn.execute(t.searches.select().where(own)).first()
    if row is None:
        raise gone()
    return _search(row)


def add_search(conn: Connection, owner: str, name: str, query: Query, seen: int) -> str:
    """Keep a search, looked at now; return its id."""
    check_room(conn, t.searches, owner, MAX_SEARCHES)
    return insert_row(
        conn, t.searches, owner, name=name, query=dump(query), seen=seen, seen_at=now()
    )


def mark_seen(conn: Connection, owner: str, search: str, last: int) -> None:
    """Note that a search was looked at when `last` was the last document known."""
    held = read_search(conn, owner, search)
    latest = max(held.seen, min(last, last_document(conn)))
    own = (t.searches.c.id == search) & (t.searches.c.owner == owner)
    conn.execute(t.searches.update().where(own).values(seen=latest, seen_at=now()))


def list_facts(conn: Connection, owner: str) -> list[SavedFacts]:
    """Return the saved facts, the latest first."""
    own = t.facts.select().where(t.facts.c.owner == owner)
    ordered = own.order_by(t.facts.c.created_at.desc(), t.facts.c.id)
    return [_facts(row) for row in conn.execute(ordered)]


def read_facts(conn: Connection, owner: str, facts: str) -> SavedFacts:
    """Return saved facts; raise NotSaved."""
    own = (t.facts.c.id == facts) & (t.facts.c.owner == owner)
    row = conn.execute(t.facts.select().where(own)).first()
    if row is None:
        raise gone()
    return _facts(row)


def add_facts(conn: Connection, owner: str, saved: SavedFacts) -> str:
    """Keep facts; return their id. That of `saved` is not looked at."""
    check_room(conn, t.facts, owner, MAX_FACTS)
    return insert_row(
        conn,
        t.facts,
        owner,
        name=saved.name,
        facts=saved.facts,
        language=saved.language.value,
        day=saved.day,
        strike=list(saved.strike),
        assume=[list(pair) for pair in saved.assume],
    )


def meet_documents(conn: Connection, paths: Iterable[str]) -> int:
    """Number the documents not met before, in no particular order; return the last number."""
    digests = {_digest(path) for path in paths}
    known: set[str] = set()
    for chunk in chunks(sorted(digests)):
        known |= set(
            conn.scalars(sa.select(t.documents.c.path).where(t.documents.c.path.in_(chunk)))
        )
    moment = now()
    fresh = [{"path": digest, "met_at": moment} for digest in sorted(digests - known)]
    if fresh:
        conn.execute(t.documents.insert(), fresh)
    return last_document(conn)


def last_document(conn: Connection) -> int:
    """Return the number of the last document met; 0 before the first."""
    return int(conn.execute(sa.select(sa.func.max(t.documents.c.number))).scalar() or 0)


def meeting_times(conn: Connection, after: int) -> dict[int, str]:
    """Return when each document after one was first met; empty where it was not yet kept."""
    rows = conn.execute(t.documents.select().where(t.documents.c.number > after))
    return {int(row.number): row.met_at for row in rows}


def number_documents(conn: Connection, paths: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the documents met, by path."""
    by_digest = {_digest(path): path for path in paths}
    found: dict[str, int] = {}
    for chunk in chunks(sorted(by_digest)):
        rows = conn.execute(t.documents.select().where(t.documents.c.path.in_(chunk)))
        found |= {by_digest[row.path]: int(row.number) for row in rows}
    return found


def _digest(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:32]


def _search(row: Row[Any]) -> SavedSearch:
    return SavedSearch(
        row.id, row.name, read_query(row.query), row.seen, row.seen_at, row.created_at
    )


def _facts(row: Row[Any]) -> SavedFacts:
    return SavedFacts(
        id=row.id,
        name=row.name,
        facts=row.facts,
        language=Language(row.language),
        day=row.day,
        strike=tuple(row.strike),
        assume=tuple((signal, bool(state)) for signal, state in row.assume),
        created_at=row.created_at,
    )
