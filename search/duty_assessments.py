"""What persons find of a treaty's duties: a file of its own, apart from our suggestions.

The file is made with the first finding. Each finding keeps what the suggestion said when it was
made, so that it shows when that has changed since.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Column, MetaData, Table, Text
from sqlalchemy.engine import Connection

from search.access.reader import LOCAL
from search.catalogue.engine import Database
from search.duties import Duty, DutyStatus
from search.errors import BadRequest, StoreDamaged, TamyeezError, WorkUnavailable
from search.work.rows import now

FILE = "assessments.sqlite"
MAX_NOTE_CHARS = 4000
MAX_NAME_CHARS = 120

_metadata = MetaData()
_table = Table(
    "assessments",
    _metadata,
    Column("owner", Text, primary_key=True),
    Column("duty", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("assessor", Text, nullable=False),
    Column("suggested", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A person's finding of one duty."""

    duty: str
    status: DutyStatus
    note: str
    assessor: str  # as the person signs; may be empty
    suggested: str  # digest of the suggestion at that time
    made_at: str  # ISO 8601, UTC

    def is_of(self, duty: Duty) -> bool:
        """Tell whether the suggestion is still the one that was looked at."""
        return self.suggested == digest_of(duty)


class Assessments:
    """The file of findings, in the home folder. Safe to use from several threads."""

    def __init__(self, home: Path) -> None:
        """Open nothing yet."""
        self._path = home / FILE
        self._lock = threading.Lock()
        self._database: Database | None = None

    def all(self, owner: str = LOCAL) -> Mapping[str, Assessment]:
        """Return the owner's findings by duty; raise WorkUnavailable."""
        if not self._path.exists():
            return {}
        statement = sa.select(*_table.c[1:]).where(_table.c.owner == owner)
        with self._connection(writes=False) as conn:
            rows = conn.execute(statement).all()
        try:
            found = [Assessment(row[0], DutyStatus(row[1]), *row[2:]) for row in rows]
        except ValueError as exc:
            raise self._unavailable() from exc
        return {assessment.duty: assessment for assessment in found}

    def keep(
        self, duty: Duty, status: DutyStatus, note: str, assessor: str, owner: str = LOCAL
    ) -> Assessment:
        """Keep a finding in the place of an earlier one. Raises BadRequest, WorkUnavailable."""
        note, assessor = note.strip(), assessor.strip()
        if len(note) > MAX_NOTE_CHARS or len(assessor) > MAX_NAME_CHARS:
            raise BadRequest(
                f"A finding has a note of {MAX_NOTE_CHARS:,} characters at most and a name of "
                f"{MAX_NAME_CHARS}. Shorten it.",
                limit=MAX_NOTE_CHARS,
            )
        made = Assessment(duty.id, status, note, assessor, digest_of(duty), now())
        values = {name: getattr(made, name) for name in Assessment.__slots__}
        with self._connection(writes=True) as conn:
            conn.execute(_table.delete().where(*_of(owner, duty.id)))
            conn.execute(_table.insert().values(owner=owner, **values))
        return made

    def remove(self, duty: str, owner: str = LOCAL) -> None:
        """Take a finding back, if there is one. Raises WorkUnavailable."""
        if self._path.exists():
            with self._connection(writes=True) as conn:
                conn.execute(_table.delete().where(*_of(owner, duty)))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    @contextmanager
    def _connection(self, writes: bool) -> Iterator[Connection]:
        try:
            database = self._open()
            with database.write() if writes else database.read() as conn:
                if writes:
                    database.erase(conn)
                yield conn
        except (TamyeezError, OSError) as exc:
            raise self._unavailable() from exc

    def _open(self) -> Database:
        with self._lock:
            if self._database is None:
                database = Database(f"sqlite:///{self._path}")
                try:
                    with database.write() as conn:
                        if set(sa.inspect(conn).get_table_names()) - {_table.name}:
                            raise StoreDamaged(f"{self._path} is not a file of findings.")
                        _metadata.create_all(conn)
                    self._path.chmod(0o600)
                except BaseException:
                    database.close()
                    raise
                self._database = database
            return self._database

    def _unavailable(self) -> WorkUnavailable:
        return WorkUnavailable(
            f"The file of findings {self._path} cannot be used. It is left as it is; to begin a "
            "new one, move it away.",
            name=str(self._path),
        )


def digest_of(duty: Duty) -> str:
    """Return a short name of what is suggested of a duty: status, passages and reason."""
    said = duty.suggestion
    parts = (said.status, *said.passages, said.reason.best_ar, said.reason.best_en)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _of(owner: str, duty: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (_table.c.owner == owner, _table.c.duty == duty)
