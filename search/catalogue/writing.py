"""Write one file's contribution, or take it away. The caller owns the transaction.

See tables.py for what belongs to a file and what files share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table
from sqlalchemy.engine import Connection

from search.catalogue import tables as t
from search.catalogue.engine import chunks, insert_one
from search.catalogue.ordering import weave
from search.catalogue.records import FileRecord, FileStatus, Outcome
from search.catalogue.rows import RowType, to_row
from search.errors import Unreadable
from search.identifiers import work_of
from search.model import Contribution, Passage

_PASSAGE = RowType(Passage, t.passages)
# What lists the units of a work, and the column that names the work.
_ORDERED = ((t.provisions, t.provisions.c.instrument), (t.sections, t.sections.c.judgment))
_OWNED = (t.expressions, t.treatments, t.links)


def replace(
    conn: Connection, file: FileRecord, contribution: Contribution, passages: Sequence[Passage]
) -> Outcome:
    """Make `contribution` and `passages` all that the file at this path contributes."""
    _refuse_unstorable(contribution, passages)
    owner = conflict(conn, contribution, file.path)
    if owner is not None:
        raise Unreadable(
            f"{file.name} holds a text that {owner} has already added. Withdraw that file first, "
            "or give this one another language or authority.",
            "conflict",
            file=file.name,
            owner=owner,
        )
    file_id, outcome = _save_file(conn, file, contribution, len(passages))
    before = _claims(conn, file_id)
    _clear(conn, file_id)
    _insert(conn, file_id, contribution)
    _settle(conn, before, _claims(conn, file_id))
    if _replace_passages(conn, file_id, passages):
        raise_revision(conn)
    return outcome


def quarantine(conn: Connection, file: FileRecord, reasons: Sequence[str]) -> None:
    """Record why a file was refused; an older version of it that is held stays held."""
    drop_quarantined(conn, file.path)
    refused = _file_row(file, FileStatus.QUARANTINED, 0, 0)
    refused["reasons"] = [storable(reason) for reason in reasons]
    conn.execute(t.files.insert(), refused)


def drop_quarantined(conn: Connection, path: str) -> None:
    """Forget that the file at a path was refused."""
    conn.execute(
        t.files.delete().where(
            t.files.c.path == storable(path), t.files.c.status == FileStatus.QUARANTINED.value
        )
    )


def withdraw(conn: Connection, file_id: int) -> bool:
    """Take away a file and all it contributes; False if there is no such file."""
    before = _claims(conn, file_id)
    _clear(conn, file_id)
    _settle(conn, before)
    if _replace_passages(conn, file_id, ()):
        raise_revision(conn)
    return conn.execute(t.files.delete().where(t.files.c.id == file_id)).rowcount > 0


def conflict(conn: Connection, contribution: Contribution, path: str) -> str | None:
    """Return the name of another file that holds an expression of this contribution."""
    for chunk in chunks(expression.id for expression in contribution.expressions):
        owner = conn.execute(
            sa.select(t.files.c.name)
            .join(t.expressions, t.expressions.c.file_id == t.files.c.id)
            .where(t.expressions.c.id.in_(chunk), t.files.c.path != storable(path))
            .order_by(t.files.c.path)
        ).scalar()
        if owner is not None:
            return str(owner)
    return None


def raise_revision(conn: Connection) -> None:
    """Say that the passages are no longer what they were."""
    conn.execute(t.state.update().values(revision=t.state.c.revision + 1))


def storable(text: str) -> str:
    """Write out what a database cannot hold: undecodable bytes of a path, the zero character."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


def _refuse_unstorable(contribution: Contribution, passages: Iterable[Passage]) -> None:
    texts = [expression.text for expression in contribution.expressions]
    texts += [passage.index_text for passage in passages]
    for text in texts:
        if storable(text) != text:
            raise Unreadable(
                "The text holds characters that are no text (zero or half characters): the file "
                "was read with the wrong encoding or is damaged. Save it as UTF-8 and try again.",
                "characters",
            )


def _save_file(
    conn: Connection, file: FileRecord, contribution: Contribution, passages: int
) -> tuple[int, Outcome]:
    drop_quarantined(conn, file.path)
    units = len(contribution.provisions) + len(contribution.sections)
    row = _file_row(file, FileStatus.ADDED, units, passages)
    held = conn.execute(
        sa.select(t.files.c.id, t.files.c.access).where(t.files.c.path == row["path"])
    ).first()
    if held is not None:
        conn.execute(t.files.update().where(t.files.c.id == held.id).values(row))
        if held.access != row["access"]:
            raise_revision(conn)  # the index must know who may see its passages
        return int(held.id), Outcome.UPDATED
    return insert_one(conn, t.files, row), Outcome.ADDED


def _file_row(
    file: FileRecord, status: FileStatus, provisions: int, passages: int
) -> dict[str, Any]:
    row = to_row(file)
    del row["id"]
    return row | {
        "path": storable(file.path),
        "name": storable(file.name),
        "status": status.value,
        "provisions": provisions,
        "passages": passages,
        "ingested_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }


def _clear(conn: Connection, file_id: int) -> None:
    """Delete all rows of a file but its passages."""
    for table in (*t.SHARED, *_OWNED):
        conn.execute(table.delete().where(table.c.file_id == file_id))


def _insert(conn: Connection, file_id: int, contribution: Contribution) -> None:
    shared: dict[Table, Sequence[Any]] = {
        t.instruments: [contribution.instrument] if contribution.instrument else (),
        t.judgments: [contribution.judgment] if contribution.judgment else (),
        t.editorials: contribution.editorials,
        t.concepts: contribution.concepts,
        t.offences: contribution.offences,
        t.signals: contribution.signals,
        t.duties: contribution.duties,
    }
    for table, values in shared.items():
        _add(conn, table, values, file_id=file_id, leads=False)
    for table, units in (
        (t.provisions, contribution.provisions),
        (t.sections, contribution.sections),
    ):
        _add_ordered(conn, table, units, file_id)
    _add(conn, t.expressions, contribution.expressions, file_id=file_id)
    _add(conn, t.treatments, contribution.treatments, file_id=file_id)
    _add_links(conn, file_id, contribution)


def _add(conn: Connection, table: Table, values: Iterable[Any], **more: Any) -> None:
    rows = [to_row(value) | more for value in values]
    if rows:
        conn.execute(table.insert(), rows)


def _add_ordered(conn: Connection, table: Table, units: Iterable[Any], file_id: int) -> None:
    rows = [
        to_row(unit) | {"file_id": file_id, "leads": False, "ordinal": unit.position}
        for unit in units
    ]
    if rows:
        conn.execute(table.insert(), rows)


def _add_links(conn: Connection, file_id: int, contribution: Contribution) -> None:
    pairs = {(e.provision, target) for e in contribution.editorials for target in e.refers_to}
    if contribution.judgment:
        pairs |= {(contribution.judgment.id, target) for target in contribution.judgment.provisions}
    rows = [{"file_id": file_id, "source": s, "target": target} for s, target in sorted(pairs)]
    if rows:
        conn.execute(t.links.insert(), rows)


Claims = Mapping[Table, Collection[str]]


def _claims(conn: Connection, file_id: int) -> Claims:
    """Return the shared ids a file has rows of."""
    return {
        table: conn.execute(sa.select(_key(table)).where(table.c.file_id == file_id))
        .scalars()
        .all()
        for table in t.SHARED
    }


def _key(table: Table) -> sa.Column[Any]:
    return next(iter(table.primary_key.columns))


def _settle(conn: Connection, *claims: Claims) -> None:
    """Decide anew which row leads, and the order of units, for everything that was touched."""
    for table in t.SHARED:
        for chunk in chunks(sorted({key for claim in claims for key in claim[table]})):
            _choose(conn, table, chunk)
    for table, work in _ORDERED:
        touched = {work_of(key) for claim in claims for key in claim[table]}
        for chunk in chunks(sorted(touched)):
            _arrange(conn, table, work, chunk)


def _choose(conn: Connection, table: Table, ids: list[str]) -> None:
    key, rival = _key(table), table.alias("rival")
    first = (
        sa.select(rival.c.file_id)
        .join(t.files, t.files.c.id == rival.c.file_id)
        .where(rival.c[key.name] == key)
        .order_by(*t.PRECEDENCE)
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )
    conn.execute(table.update().where(key.in_(ids), table.c.leads).values(leads=False))
    conn.execute(table.update().where(key.in_(ids), table.c.file_id == first).values(leads=True))


def _arrange(conn: Connection, table: Table, work: sa.Column[Any], works: list[str]) -> None:
    columns = (work.label("work"), table.c.id, table.c.file_id, table.c.position, table.c.ordinal)
    rows = conn.execute(
        sa.select(*columns, table.c.leads)
        .join(t.files, t.files.c.id == table.c.file_id)
        .where(work.in_(works))
        .order_by(work, *t.PRECEDENCE, table.c.position, table.c.id)
    ).all()
    moved: list[dict[str, str | int]] = []
    for _, listed in groupby(rows, key=lambda row: row.work):
        moved += _moved(list(listed))
    if moved:
        conn.execute(
            table.update()
            .where(table.c.id == sa.bindparam("in_unit"), table.c.leads)
            .values(ordinal=sa.bindparam("to_place")),
            moved,
        )


def _moved(rows: list[Any]) -> list[dict[str, str | int]]:
    """Return the units of one work whose place has changed."""
    orders = [
        [(row.id, row.position) for row in of_file]
        for _, of_file in groupby(rows, key=lambda row: row.file_id)
    ]
    held = {row.id: row.ordinal for row in rows if row.leads}
    return [
        {"in_unit": unit, "to_place": place}
        for place, unit in enumerate(weave(orders))
        if held[unit] != place
    ]


def _replace_passages(conn: Connection, file_id: int, passages: Sequence[Passage]) -> bool:
    """Write what differs; return whether anything did."""
    of_file = t.passages.c.file_id == file_id
    held = {
        passage.id: passage
        for passage in map(_PASSAGE.read, conn.execute(_PASSAGE.select().where(of_file)))
    }
    wanted = {passage.id: passage for passage in passages}
    if len(wanted) != len(passages):
        raise ValueError("two passages of one file have the same id")
    gone = [key for key, passage in held.items() if wanted.get(key) != passage]
    new = [passage for key, passage in wanted.items() if held.get(key) != passage]
    for chunk in chunks(gone):
        conn.execute(t.passages.delete().where(t.passages.c.id.in_(chunk)))
    _add(conn, t.passages, new, file_id=file_id)
    return bool(gone or new)
