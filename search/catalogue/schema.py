"""Bring a database to the schema this version of Tamyeez writes, or refuse it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.catalogue.engine import Database
from search.catalogue.tables import metadata
from search.errors import StoreDamaged

SCHEMA = "007"  # the newest revision in migrations/versions; they are numbered in order
MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(database: Database) -> None:
    """Create or migrate the tables where needed, all in one transaction.

    Raises StoreDamaged for a newer schema and for a database that is not a catalogue.
    """
    with database.read() as conn:
        current = _version(conn, database.name)
    if current != SCHEMA:
        with database.write() as conn:
            # Another process may have been faster.
            if _version(conn, database.name) != SCHEMA:
                upgrade(conn)
    if database.is_sqlite:
        _let_readers_pass(database)


def upgrade(conn: Connection, revision: str = "head") -> None:
    """Run the migrations on a connection whose transaction the caller ends."""
    # Alembic takes as long to import as everything else here together.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    command.upgrade(config, revision)


def _version(conn: Connection, name: str) -> str | None:
    """Return the schema's number, None for an empty database."""
    tables = set(sa.inspect(conn).get_table_names())
    if "alembic_version" not in tables:
        if tables & set(metadata.tables):
            raise StoreDamaged(
                f"{name} is not a catalogue of Tamyeez, or has lost its version. Name another "
                "database in TAMYEEZ_DATABASE_URL or TAMYEEZ_HOME.",
                name=name,
            )
        return None
    version = conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if version is not None and not "000" < str(version) <= SCHEMA:
        raise StoreDamaged(
            f"The catalogue {name} was written by a newer version of Tamyeez (schema {version}, "
            f"this one reads up to {SCHEMA}). Install that version, or use another TAMYEEZ_HOME.",
            name=name,
        )
    return version


def _let_readers_pass(database: Database) -> None:
    """Switch SQLite to its write-ahead log: readers then never wait for the writer."""
    with database.errors():
        connection = database.engine.raw_connection()
        try:
            cursor = connection.cursor()
            if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                cursor.execute("PRAGMA journal_mode = WAL")
            cursor.close()
        finally:
            connection.close()
