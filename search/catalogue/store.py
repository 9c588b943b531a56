"""The catalogue as one object: what `Reader` answers, and everything that writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice

import sqlalchemy as sa
from sqlalchemy import exc as sa_exc
from sqlalchemy.engine import Connection

from search.catalogue import embeddings, schema, versions, writing
from search.catalogue import tables as t
from search.catalogue.embeddings import Vector
from search.catalogue.engine import WAIT_S, Database
from search.catalogue.reading import Reader
from search.catalogue.records import FileRecord, FileStatus, Outcome
from search.catalogue.rows import RowType, to_row
from search.catalogue.versions import Revision
from search.catalogue.visible import visible
from search.errors import Unreadable
from search.model import Access, Contribution, Instrument, Passage
from search.versions import Version

EMBEDDINGS_BATCH = 1000  # vectors a transaction

_FILE = RowType(FileRecord, t.files)


def open_catalogue(url: str, wait_s: float = WAIT_S) -> Catalogue:
    """Open the catalogue at a database URL; create or migrate it where needed.

    `wait_s` is how long to wait for another process's transaction before StoreBusy. Raises
    BadSetting, EngineUnavailable, StoreBusy, StoreDamaged (also for a newer schema), StoreFull.
    """
    database = Database(url, wait_s)
    try:
        schema.prepare(database)
    except BaseException:
        database.close()
        raise
    return Catalogue(database)


class Catalogue(Reader):
    """The collection in SQL. Every method that writes is one transaction: all of it or nothing.

    Safe to use from several threads and processes: readers never wait, writers go one at a time.
    Every method may raise StoreBusy, StoreDamaged, StoreFull or EngineUnavailable.
    """

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all that this thread does within the block.

        Others see the state before it until it ends; an error that leaves it takes back all of it.
        """
        return self._database.together()

    def replace_file(
        self, file: FileRecord, contribution: Contribution, passages: Sequence[Passage]
    ) -> Outcome:
        """Make this all that the file at `file.path` contributes, in place of what it did before.

        Raises the revision if the passages differ from those held. Raises Unreadable (reason
        "conflict" or "characters"), keeping what was held.
        """
        with self._storing(file) as conn:
            return writing.replace(conn, file, contribution, passages)

    def revise_file(
        self,
        file: FileRecord,
        contribution: Contribution,
        passages: Sequence[Passage],
        keeps_texts: bool = True,
    ) -> Revision:
        """As `replace_file`, keeping the earlier version: see search/catalogue/versions.py."""
        with self._storing(file) as conn:
            return versions.revise(conn, file, contribution, passages, keeps_texts)

    def seen_by(self, clearance: Collection[Access]) -> Catalogue:
        """Return the catalogue as readers see it who may see only this; it cannot be written.

        It has connections of its own, to be closed with it.
        """
        hidden = tuple(access for access in Access if access not in clearance)
        if not hidden:
            return self
        views = visible(hidden, self._database.is_sqlite)
        return Catalogue(self._database.with_views(views))

    def versions_of(self, work: str) -> list[Version]:
        """Return the earlier versions of a work that were replaced, newest first."""
        with self._database.read() as conn:
            return versions.versions_of(conn, work)

    def quarantine(self, file: FileRecord, reasons: Sequence[str]) -> None:
        """Record why a file was refused.

        An older version of it that is held stays held; accepting the file later drops the record.
        """
        with self._database.write() as conn:
            writing.quarantine(conn, file, reasons)

    def move_file(self, file_id: int, path: str, name: str) -> None:
        """Record that a file held lies elsewhere now; what it gave stays as it is."""
        row = {"path": writing.storable(path), "name": writing.storable(name)}
        with self._database.write() as conn:
            writing.drop_quarantined(conn, path)
            conn.execute(t.files.update().where(t.files.c.id == file_id).values(row))

    def withdraw(self, file_id: int) -> bool:
        """Take away a file, all it contributes and its history; False if there is no such file.

        The vectors of its texts go too, and the database overwrites what it deletes.
        """
        with self._database.write() as conn:
            self._database.erase(conn)
            versions.forget(conn, file_id)
            gone = writing.withdraw(conn, file_id)
            embeddings.prune(conn)
        self._database.flush()
        return gone

    def conflict(self, contribution: Contribution, path: str) -> str | None:
        """Return the name of a file other than the one at `path` that holds one of the texts."""
        with self._database.read() as conn:
            return writing.conflict(conn, contribution, path)

    def files(self) -> list[FileRecord]:
        """List the files held and the files quarantined, by path."""
        return self._files()

    def find_file(self, path: str) -> FileRecord | None:
        """Return the record of a path: the version held, or else the one quarantined."""
        found = self._files(t.files.c.path == writing.storable(path))
        return found[0] if found else None

    def find_same_content(self, sha256: str) -> FileRecord | None:
        """Return the first file held, by path, with exactly this content."""
        held = t.files.c.status == FileStatus.ADDED.value
        found = self._files(t.files.c.sha256 == sha256, held)
        return found[0] if found else None

    def save_register(self, entries: Iterable[Instrument]) -> None:
        """Replace the register of the laws we know by name."""
        columns = t.works_register.c.keys()
        rows = [to_row(entry) for entry in entries]
        with self._database.write() as conn:
            conn.execute(t.works_register.delete())
            if rows:
                conn.execute(
                    t.works_register.insert(),
                    [{name: row[name] for name in columns} for row in rows],
                )

    def save_edition(self, edition: str) -> None:
        """Record the edition of the bundled collection."""
        with self._database.write() as conn:
            conn.execute(t.state.update().values(edition=edition))

    def missing_embeddings(self, hashes: Iterable[str], embedder: str) -> set[str]:
        """Return those content hashes that have no vector of this embedder."""
        with self._database.read() as conn:
            return embeddings.missing(conn, hashes, embedder)

    def get_embeddings(self, hashes: Iterable[str], embedder: str) -> dict[str, Vector]:
        """Return vectors by content hash, float32 from half precision; none held: left out."""
        with self._database.read() as conn:
            return embeddings.get(conn, hashes, embedder)

    def put_embeddings(self, embedder: str, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors by content hash, committed every EMBEDDINGS_BATCH."""
        rest = iter(vectors.items())
        while batch := dict(islice(rest, EMBEDDINGS_BATCH)):
            with self._database.write() as conn:
                embeddings.put(conn, embedder, batch)

    def prune_embeddings(self) -> int:
        """Forget vectors, of any embedder, that no passage uses; return how many."""
        with self._database.write() as conn:
            return embeddings.prune(conn)

    def close(self) -> None:
        """Close the connections to the database."""
        self._database.close()

    @contextmanager
    def _storing(self, file: FileRecord) -> Iterator[Connection]:
        """Lend a connection for writing; what no column can hold is the file's fault."""
        try:
            with self._database.write() as conn:
                yield conn
        except (sa_exc.DataError, UnicodeEncodeError) as exc:
            raise Unreadable(
                f"{file.name} holds a value that the database cannot store. Check its metadata.",
                "characters",
                file=file.name,
            ) from exc

    def _files(self, *where: sa.ColumnElement[bool]) -> list[FileRecord]:
        # "added" sorts before "quarantined".
        statement = _FILE.select().where(*where).order_by(t.files.c.path, t.files.c.status)
        with self._database.read() as conn:
            return [_FILE.read(row) for row in conn.execute(statement)]
