"""What a file held before it changed: kept when it is replaced, gone when it is withdrawn.

A new version with a first day of its own does not push out what applied before that day: those
texts stay beside it, closed on that day, for reading as at an earlier one. The caller owns the
transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from search.catalogue import tables as t
from search.catalogue import writing
from search.catalogue.records import FileRecord, FileStatus, Outcome
from search.catalogue.rows import RowType, to_row
from search.model import Contribution, Expression, Passage, Provision
from search.versions import FormerText, TextChange, Version, changes_between

_FILE = RowType(FileRecord, t.files)
_EXPRESSION = RowType(Expression, t.expressions)
_PASSAGE = RowType(Passage, t.passages)
_PROVISION = RowType(Provision, t.provisions)
_VERSION = RowType(Version, t.versions)


@dataclass(frozen=True, slots=True)
class Revision:
    """How a file was stored: anew or over an earlier version, and what that changed."""

    outcome: Outcome
    changes: tuple[TextChange, ...] = ()
    kept_as_at: dt.date | None = None  # the earlier texts stay, as they applied before this day


def revise(
    conn: Connection,
    file: FileRecord,
    contribution: Contribution,
    passages: Sequence[Passage],
    keeps_texts: bool,
) -> Revision:
    """Store a file; of an earlier version keep its history and what applied before.

    `keeps_texts` is False where persons are masked: an earlier masking may have been worse, so
    that nothing of it stays but which sections changed. A bundled text says itself what applied
    when: its earlier version goes to the history alone.
    """
    held = _held(conn, file.path)
    if held is None or held.id is None:
        return Revision(writing.replace(conn, file, contribution, passages))
    before = _of_file(conn, _EXPRESSION, held.id)
    current = [e for e in before if file.bundled or e.valid_to is None]
    changes = changes_between(current, contribution.expressions, keeps_texts)
    is_new = held.sha256 != file.sha256
    first_day = _first_day(contribution.expressions)
    keeps_applied = keeps_texts and not file.bundled
    kept = _applied_before(before, first_day, is_new) if keeps_applied else []
    with_kept = _with(conn, held.id, contribution, kept)
    outcome = writing.replace(conn, file, with_kept, [*passages, *_cut(conn, held.id, kept)])
    if is_new and changes:
        _remember(conn, held, current if keeps_texts else (), changes)
    closed = any(e.valid_to == first_day for e in kept)
    return Revision(outcome, changes, first_day if closed else None)


def forget(conn: Connection, file_id: int) -> None:
    """Take away the history of a file that is withdrawn."""
    conn.execute(t.versions.delete().where(t.versions.c.file_id == file_id))


def versions_of(conn: Connection, work: str) -> list[Version]:
    """Return the earlier versions of a work, newest first."""
    of_work = _VERSION.select().where(t.versions.c.work == work).order_by(t.versions.c.id.desc())
    return [_VERSION.read(row) for row in conn.execute(of_work)]


def _held(conn: Connection, path: str) -> FileRecord | None:
    row = conn.execute(
        _FILE.select().where(
            t.files.c.path == writing.storable(path), t.files.c.status == FileStatus.ADDED.value
        )
    ).first()
    return _FILE.read(row) if row else None


def _of_file(conn: Connection, rows: RowType[Expression], file_id: int) -> list[Expression]:
    statement = rows.select().where(rows.table.c.file_id == file_id).order_by(rows.table.c.id)
    return [rows.read(row) for row in conn.execute(statement)]


def _first_day(expressions: Sequence[Expression]) -> dt.date | None:
    return min((e.valid_from for e in expressions if e.valid_from), default=None)


def _applied_before(
    held: Sequence[Expression], first_day: dt.date | None, is_new: bool
) -> list[Expression]:
    """Return what applied before the first day of the new text, closed on it at the latest.

    The same file read again replaces its own reading; only what was closed before then stays.
    """
    if first_day is None:
        return []
    return [
        replace(expression, valid_to=min(expression.valid_to or first_day, first_day))
        for expression in held
        if (expression.valid_from or dt.date.min) < first_day
        and (is_new or expression.valid_to is not None)
    ]


def _with(
    conn: Connection, file_id: int, contribution: Contribution, kept: Sequence[Expression]
) -> Contribution:
    """Add the texts kept to a contribution, and the provisions that only they have."""
    if not kept:
        return contribution
    units = {e.unit for e in kept} - {provision.id for provision in contribution.provisions}
    rows = conn.execute(_PROVISION.select().where(t.provisions.c.file_id == file_id))
    former = [p for p in map(_PROVISION.read, rows) if p.id in units]
    instrument = contribution.instrument
    if instrument is not None and any(e.valid_from is None for e in kept):
        instrument = replace(instrument, in_force_from=None)
    elif instrument is not None:
        instrument = replace(instrument, in_force_from=_first_day(kept))
    return replace(
        contribution,
        instrument=instrument,
        provisions=(*contribution.provisions, *former),
        expressions=(*contribution.expressions, *kept),
    )


def _cut(conn: Connection, file_id: int, kept: Sequence[Expression]) -> list[Passage]:
    """Return the passages of the texts kept, closed as they are."""
    closed = {expression.id: expression.valid_to for expression in kept}
    if not closed:
        return []
    rows = conn.execute(_PASSAGE.select().where(t.passages.c.file_id == file_id))
    passages = map(_PASSAGE.read, rows)
    return [replace(p, valid_to=closed[p.expression]) for p in passages if p.expression in closed]


def _remember(
    conn: Connection,
    held: FileRecord,
    texts: Sequence[Expression],
    changes: tuple[TextChange, ...],
) -> None:
    version = Version(
        work=held.work or "",
        name=writing.storable(held.name),
        sha256=held.sha256,
        valid_from=_first_day(texts),
        read_at=held.ingested_at,
        replaced_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        texts=tuple(FormerText(e.unit, e.language, e.authority, e.text) for e in texts),
        changes=changes,
    )
    conn.execute(t.versions.insert(), to_row(version) | {"file_id": held.id})
