"""Count what is held, and list works with their counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Table
from sqlalchemy.engine import Connection

from search.catalogue import tables as t
from search.catalogue.records import Counts, FileStatus
from search.model import Authority, Instrument, Judgment, Kind, Role
from search.results import WorkSummary

Tally = dict[str, int]

_TEXTS = t.passages.c.role == Role.TEXT.value
_ORDER = {authority: place for place, authority in enumerate(Authority)}


def of_instruments(conn: Connection, held: Iterable[Instrument]) -> list[WorkSummary]:
    """Summarise instruments, in the order given."""
    units = _tally(conn, t.provisions.c.instrument, t.provisions.c.leads)
    passages, authorities = _tally(conn, t.passages.c.work, _TEXTS), _authorities(conn)
    return [
        WorkSummary(
            id=work.id,
            kind=work.kind,
            title=work.title,
            number=work.number,
            year=work.year,
            date=work.issued_on,
            authorities=authorities.get(work.id, ()),
            units=units.get(work.id, 0),
            passages=passages.get(work.id, 0),
            confidence=work.confidence,
        )
        for work in held
    ]


def of_judgments(conn: Connection, held: Iterable[Judgment]) -> list[WorkSummary]:
    """Summarise judgments, in the order given; `outcome` is that of the first charge."""
    units = _tally(conn, t.sections.c.judgment, t.sections.c.leads)
    passages, authorities = _tally(conn, t.passages.c.work, _TEXTS), _authorities(conn)
    return [
        WorkSummary(
            id=work.id,
            kind=Kind.JUDGMENT,
            title=work.title,
            number=work.number,
            year=int(work.date[:4]) if work.date else None,
            date=work.date,
            authorities=authorities.get(work.id, (work.authority,)),
            units=units.get(work.id, 0),
            passages=passages.get(work.id, 0),
            level=work.level,
            outcome=work.charges[0].outcome if work.charges else None,
            confidence=work.confidence,
        )
        for work in held
    ]


def counts(conn: Connection) -> Counts:
    """Count everything."""
    by_status = _tally(conn, t.files.c.status)
    authorities = _tally(conn, t.passages.c.authority, _TEXTS)
    return Counts(
        instruments=_count(conn, t.instruments),
        provisions=_count(conn, t.provisions),
        judgments=_count(conn, t.judgments),
        concepts=_count(conn, t.concepts),
        expressions=_count(conn, t.expressions),
        passages=sum(authorities.values()),
        passages_by_authority=authorities,
        passages_by_language=_tally(conn, t.passages.c.language, _TEXTS),
        files=by_status.get(FileStatus.ADDED, 0),
        quarantined=by_status.get(FileStatus.QUARANTINED, 0),
    )


def _count(conn: Connection, table: Table) -> int:
    statement = sa.select(sa.func.count()).select_from(table)
    if "leads" in table.c:
        statement = statement.where(table.c.leads)
    return conn.execute(statement).scalar_one()


def _tally(conn: Connection, column: sa.Column[str], *where: sa.ColumnElement[bool]) -> Tally:
    statement = sa.select(column, sa.func.count()).where(*where).group_by(column).order_by(column)
    return {row[0]: row[1] for row in conn.execute(statement)}


def _authorities(conn: Connection) -> dict[str, tuple[Authority, ...]]:
    """Return the authorities of the texts held of each work, in display order."""
    columns = (t.expressions.c.work, t.expressions.c.authority)
    found: dict[str, list[Authority]] = defaultdict(list)
    for work, authority in conn.execute(sa.select(*columns).distinct()):
        found[work].append(Authority(authority))
    return {work: tuple(sorted(of, key=_ORDER.__getitem__)) for work, of in found.items()}
