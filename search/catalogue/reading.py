"""Ask the catalogue. Every answer is made of the domain's values; nothing found is an answer.

Of what several files share, the row that leads is read (see tables.py). Each call is one
transaction of its own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.catalogue import summaries
from search.catalogue import tables as t
from search.catalogue.engine import Database, chunks
from search.catalogue.records import Counts
from search.catalogue.rows import RowType
from search.duties import Duty
from search.fingerprint import fingerprint_of
from search.identifiers import work_of
from search.model import (
    Access,
    Concept,
    Editorial,
    Expression,
    Filters,
    Instrument,
    Judgment,
    Kind,
    Passage,
    Provision,
    Section,
    Treatment,
)
from search.offences import Offence, Signal
from search.results import WorkSummary

T = TypeVar("T")

_INSTRUMENT = RowType(Instrument, t.instruments)
_KNOWN_WORK = RowType(Instrument, t.works_register)
_PROVISION = RowType(Provision, t.provisions, position="ordinal")
_EDITORIAL = RowType(Editorial, t.editorials)
_JUDGMENT = RowType(Judgment, t.judgments)
_SECTION = RowType(Section, t.sections, position="ordinal")
_CONCEPT = RowType(Concept, t.concepts)
_OFFENCE = RowType(Offence, t.offences)
_SIGNAL = RowType(Signal, t.signals)
_DUTY = RowType(Duty, t.duties)
_TREATMENT = RowType(Treatment, t.treatments)
_EXPRESSION = RowType(Expression, t.expressions)
_PASSAGE = RowType(Passage, t.passages)


class Reader:
    """The questions the catalogue answers. Safe to ask from several threads."""

    def __init__(self, database: Database) -> None:
        """Take a database that has the current schema."""
        self._database = database

    def instrument(self, work: str) -> Instrument | None:
        """Return an instrument that is held."""
        return self._leading(_INSTRUMENT, [work]).get(work)

    def instruments(self) -> list[WorkSummary]:
        """List the instruments held, by id."""
        with self._database.read() as conn:
            return summaries.of_instruments(conn, _all_leading(conn, _INSTRUMENT))

    def judgment(self, work: str) -> Judgment | None:
        """Return a judgment or reported matter that is held."""
        return self._leading(_JUDGMENT, [work]).get(work)

    def judgments(self) -> list[WorkSummary]:
        """List the judgments and reported matters held, by id."""
        with self._database.read() as conn:
            return summaries.of_judgments(conn, _all_leading(conn, _JUDGMENT))

    def register(self) -> dict[str, Instrument]:
        """Return the laws we know by name, held or not, by id."""
        with self._database.read() as conn:
            return {work.id: work for work in _known_works(conn)}

    def citation_names(self) -> list[Instrument]:
        """Return every work that a citation may name, by id: the register and what is held.

        What is held counts; the register adds its aliases.
        """
        with self._database.read() as conn:
            known = {work.id: work for work in _known_works(conn)}
            for work in _all_leading(conn, _INSTRUMENT):
                more = known[work.id].aliases if work.id in known else ()
                aliases = tuple(dict.fromkeys(work.aliases + more))
                known[work.id] = replace(work, aliases=aliases)
        return [known[identifier] for identifier in sorted(known)]

    def provision(self, unit: str) -> Provision | None:
        """Return a provision that is held; `position` is its place among all that are."""
        return self._leading(_PROVISION, [unit]).get(unit)

    def provisions(self, ids: Iterable[str]) -> dict[str, Provision]:
        """Return the provisions named that are held, by id."""
        return self._leading(_PROVISION, ids)

    def works(self, ids: Iterable[str]) -> dict[str, Instrument | Judgment]:
        """Return the instruments and judgments named that are held, by id."""
        wanted = list(ids)
        instruments = self._leading(_INSTRUMENT, wanted)
        judgments = self._leading(_JUDGMENT, wanted)
        return {**instruments, **judgments}

    def provisions_of(self, instrument: str) -> list[Provision]:
        """Return the provisions of an instrument in their order."""
        return self._ordered(_PROVISION, t.provisions.c.instrument == instrument)

    def neighbours(self, provision: Provision) -> tuple[Provision | None, Provision | None]:
        """Return the provisions before and after one."""
        places = (provision.position - 1, provision.position + 1)
        found = self._ordered(
            _PROVISION,
            t.provisions.c.instrument == provision.instrument,
            t.provisions.c.ordinal.in_(places),
        )
        at = {neighbour.position: neighbour for neighbour in found}
        return at.get(places[0]), at.get(places[1])

    def sections_of(self, judgment: str) -> list[Section]:
        """Return the sections of a judgment in their order."""
        return self._ordered(_SECTION, t.sections.c.judgment == judgment)

    def editorials(self, ids: Iterable[str]) -> dict[str, Editorial]:
        """Return what we add to the provisions named, by provision id."""
        return self._leading(_EDITORIAL, ids)

    def concepts(self, ids: Iterable[str] | None = None) -> dict[str, Concept]:
        """Return the concepts named, or the whole thesaurus, by id."""
        if ids is not None:
            return self._leading(_CONCEPT, ids)
        with self._database.read() as conn:
            return {concept.id: concept for concept in _all_leading(conn, _CONCEPT)}

    def offences(self) -> list[Offence]:
        """Return the offences that are told apart, in their order."""
        with self._database.read() as conn:
            return sorted(_all_leading(conn, _OFFENCE), key=lambda of: (of.position, of.id))

    def signals(self) -> list[Signal]:
        """Return what a clause of the facts can say, in the order of the file."""
        with self._database.read() as conn:
            return sorted(_all_leading(conn, _SIGNAL), key=lambda of: (of.position, of.id))

    def duties(self) -> list[Duty]:
        """Return the duties of treaties, by treaty and in the order of its file."""
        with self._database.read() as conn:
            held = _all_leading(conn, _DUTY)
        return sorted(held, key=lambda of: (of.treaty, of.position, of.id))

    def treatments_of(self, ids: Iterable[str]) -> dict[str, list[Treatment]]:
        """Return what later happened to the provisions named, oldest first, by provision id."""
        found: dict[str, list[Treatment]] = defaultdict(list)
        with self._database.read() as conn:
            for chunk in chunks(ids):
                statement = (
                    _TREATMENT.select()
                    .join(t.files, t.files.c.id == t.treatments.c.file_id)
                    .where(t.treatments.c.provision.in_(chunk))
                    .order_by(*t.PRECEDENCE, t.treatments.c.id)
                )
                for treatment in map(_TREATMENT.read, conn.execute(statement)):
                    # Two files may report the same event.
                    if treatment not in found[treatment.provision]:
                        found[treatment.provision].append(treatment)
        return {unit: sorted(of, key=lambda event: event.date or "") for unit, of in found.items()}

    def expressions(self, ids: Iterable[str]) -> dict[str, Expression]:
        """Return the expressions named, by id."""
        return {e.id: e for e in self._where(_EXPRESSION, t.expressions.c.id, ids)}

    def expressions_of(
        self, units: Iterable[str], as_at: dt.date | None = None
    ) -> dict[str, list[Expression]]:
        """Return the texts of provisions or sections by their id; `as_at`: as in force then."""
        limits = _in_force(t.expressions, as_at) if as_at else []
        found: dict[str, list[Expression]] = defaultdict(list)
        for expression in self._where(_EXPRESSION, t.expressions.c.unit, units, *limits):
            found[expression.unit].append(expression)
        return dict(found)

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages named, by id."""
        return {p.id: p for p in self._where(_PASSAGE, t.passages.c.id, ids)}

    def files_behind(self, groups: Iterable[str]) -> dict[str, set[str]]:
        """Return the paths of the files that provisions and judgments have passages from."""
        found: dict[str, set[str]] = defaultdict(set)
        with self._database.read() as conn:
            for chunk in chunks(groups):
                statement = (
                    sa.select(t.passages.c.group, t.files.c.path)
                    .join(t.files, t.files.c.id == t.passages.c.file_id)
                    .where(t.passages.c.group.in_(chunk))
                    .distinct()
                )
                for group, path in conn.execute(statement):
                    found[group].add(path)
        return dict(found)

    def iterate_passages(self, batch: int = 1000) -> Iterator[Passage]:
        """Yield all passages by id, as they were at the start, holding `batch` in memory."""
        with self._database.read() as conn:
            statement = _PASSAGE.select().order_by(t.passages.c.id)
            rows = conn.execution_options(yield_per=batch).execute(statement)
            yield from map(_PASSAGE.read, rows)

    def passages_of_facts(self) -> list[tuple[str, str]]:
        """Return (matter, content hash) of every passage that tells a matter's facts, by id."""
        columns = t.passages.c
        statement = (
            sa.select(columns.group, columns.content_hash)
            .where(columns.kind == Kind.JUDGMENT.value, columns.unit.contains("/facts"))
            .order_by(columns.id)
        )
        with self._database.read() as conn:
            return [(matter, content_hash) for matter, content_hash in conn.execute(statement)]

    def passage_hashes(self) -> list[tuple[str, str]]:
        """Return (passage id, content hash) of every passage, by id."""
        columns = (t.passages.c.id, t.passages.c.content_hash)
        with self._database.read() as conn:
            rows = conn.execute(sa.select(*columns).order_by(t.passages.c.id))
            return [(identifier, content_hash) for identifier, content_hash in rows]

    def hidden_passages(self) -> dict[str, Access]:
        """Return the passages that not everybody may see, by id, and who may."""
        statement = (
            sa.select(t.passages.c.id, t.files.c.access)
            .join(t.files, t.files.c.id == t.passages.c.file_id)
            .where(t.files.c.access != Access.OPEN.value)
        )
        with self._database.read() as conn:
            return {identifier: Access(access) for identifier, access in conn.execute(statement)}

    def hidden_works(self) -> frozenset[str]:
        """Return the works of which a file is not for everybody to see."""
        statement = sa.select(t.files.c.work).where(t.files.c.access != Access.OPEN.value)
        with self._database.read() as conn:
            return frozenset(filter(None, conn.execute(statement).scalars()))

    def fingerprint(self) -> str:
        """Hash all (passage id, content hash) pairs: the same on every engine."""
        return fingerprint_of(self.passage_hashes())

    def matches(self, group: str, filters: Filters) -> bool:
        """Tell whether any passage of a provision or judgment lies within the filters."""
        columns = t.passages.c
        limits = [
            column == value
            for column, value in (
                (columns.kind, filters.kind),
                (columns.work, filters.work),
                (columns.language, filters.language),
                (columns.authority, filters.authority),
            )
            if value is not None
        ]
        limits += _in_force(t.passages, filters.as_at) if filters.as_at else []
        statement = sa.select(sa.exists().where(columns.group == group, *limits))
        with self._database.read() as conn:
            return bool(conn.execute(statement).scalar())

    def references_to(self, identifier: str) -> list[str]:
        """Return the provisions and judgments that cite a provision or work, or a part of it.

        A work's own provisions do not count as citing it.
        """
        # "0" is the character after "/": the range holds every id below this one.
        below = sa.and_(t.links.c.target > f"{identifier}/", t.links.c.target < f"{identifier}0")
        statement = (
            sa.select(t.links.c.source)
            .where(sa.or_(t.links.c.target == identifier, below), _is_read)
            .distinct()
        )
        with self._database.read() as conn:
            sources = sorted(conn.execute(statement).scalars())
        return [source for source in sources if identifier not in (source, work_of(source))]

    def links(self) -> list[tuple[str, str]]:
        """Return (provision or judgment, what it names) of every reference that is read."""
        statement = sa.select(t.links.c.source, t.links.c.target).where(_is_read)
        with self._database.read() as conn:
            return [(source, target) for source, target in conn.execute(statement)]

    def subjects(self) -> dict[str, tuple[str, ...]]:
        """Return provision or judgment → the concepts it is tagged with."""
        found: dict[str, tuple[str, ...]] = {}
        with self._database.read() as conn:
            for key, column in (
                (t.editorials.c.provision, t.editorials.c.concepts),
                (t.judgments.c.id, t.judgments.c.concepts),
            ):
                rows = conn.execute(sa.select(key, column).where(key.table.c.leads))
                found |= {identifier: tuple(concepts) for identifier, concepts in rows if concepts}
        return found

    def revision(self) -> int:
        """Return the number of changes of passages so far."""
        with self._database.read() as conn:
            return int(conn.execute(_REVISION).scalar_one())

    def edition(self) -> str | None:
        """Return the edition of the bundled collection that is held."""
        with self._database.read() as conn:
            edition: str | None = conn.execute(_EDITION).scalar_one()
            return edition

    def stamp(self) -> str | None:
        """Return what changes with every file added, replaced or withdrawn.

        None within a second of such a change: times are kept in seconds, and another may follow.
        """
        with self._database.read() as conn:
            revision, edition, count, last = conn.execute(_STAMP).one()
        just_now = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2)
        if last is not None and last >= just_now.isoformat(timespec="seconds"):
            return None
        return f"{revision} {edition} {count} {last}"

    def counts(self) -> Counts:
        """Count what is held."""
        with self._database.read() as conn:
            return summaries.counts(conn)

    def _leading(self, rows: RowType[T], ids: Iterable[str]) -> dict[str, T]:
        """Return the leading rows of the ids named, by id: the first column."""
        key = rows.columns[0]
        found: dict[str, T] = {}
        with self._database.read() as conn:
            for chunk in chunks(ids):
                statement = rows.select().where(key.in_(chunk), rows.table.c.leads)
                found |= {row[0]: rows.read(row) for row in conn.execute(statement)}
        return found

    def _ordered(self, rows: RowType[T], *where: sa.ColumnElement[bool]) -> list[T]:
        columns = rows.table.c
        statement = rows.select().where(*where, columns.leads).order_by(columns.ordinal)
        with self._database.read() as conn:
            return [rows.read(row) for row in conn.execute(statement)]

    def _where(
        self,
        rows: RowType[T],
        column: sa.Column[Any],
        values: Iterable[str],
        *limits: sa.ColumnElement[bool],
    ) -> list[T]:
        """Return the rows whose column has one of the values, in each chunk by id."""
        found: list[T] = []
        with self._database.read() as conn:
            for chunk in chunks(values):
                statement = rows.select().where(column.in_(chunk), *limits)
                result = conn.execute(statement.order_by(rows.table.c.id))
                found += [rows.read(row) for row in result]
        return found


# Asked several times for every answer; to make them anew each time takes as long as to ask.
_REVISION = sa.select(t.state.c.revision)
_EDITION = sa.select(t.state.c.edition)
_STAMP = sa.select(
    t.state.c.revision,
    t.state.c.edition,
    sa.select(sa.func.count()).select_from(t.files).scalar_subquery(),
    sa.select(sa.func.max(t.files.c.ingested_at)).scalar_subquery(),
)

# A citation counts if the editorial or judgment that makes it is the one that is read.
_is_read = sa.or_(
    *(
        sa.exists().where(
            key == t.links.c.source, key.table.c.file_id == t.links.c.file_id, key.table.c.leads
        )
        for key in (t.editorials.c.provision, t.judgments.c.id)
    )
)


def _in_force(table: sa.Table, as_at: dt.date) -> list[sa.ColumnElement[bool]]:
    first, end = table.c.valid_from, table.c.valid_to
    return [sa.or_(first.is_(None), first <= as_at), sa.or_(end.is_(None), end > as_at)]


def _all_leading(conn: Connection, rows: RowType[T]) -> list[T]:
    statement = rows.select().where(rows.table.c.leads).order_by(rows.columns[0])
    return [rows.read(row) for row in conn.execute(statement)]


def _known_works(conn: Connection) -> list[Instrument]:
    statement = _KNOWN_WORK.select().order_by(t.works_register.c.id)
    return [_KNOWN_WORK.read(row) for row in conn.execute(statement)]
