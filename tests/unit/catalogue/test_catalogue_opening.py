"""Opening: from nothing, again, by two at once, and what is refused."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from search.catalogue import Catalogue, open_catalogue
from search.catalogue.engine import Database
from search.catalogue.schema import MIGRATIONS, SCHEMA
from search.catalogue.tables import metadata
from search.errors import (
    BadSetting,
    EngineUnavailable,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    TamyeezError,
)


@pytest.fixture
def opened() -> Iterator[Callable[..., Catalogue]]:
    """Open a catalogue that is closed after the test."""
    with ExitStack() as stack:

        def open_it(url: str, **options: float) -> Catalogue:
            catalogue = open_catalogue(url, **options)
            stack.callback(catalogue.close)
            return catalogue

        yield open_it


def execute(url: str, *statements: str) -> None:
    with closing(Database(url)) as database, database.write() as conn:
        for statement in statements:
            conn.exec_driver_sql(statement)


def test_the_migrations_make_the_tables_as_declared(url):
    open_catalogue(url).close()
    with closing(Database(url)) as database, database.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_schema_known_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [SCHEMA]
    numbers = sorted(revision.revision for revision in script.walk_revisions())
    assert numbers == [f"{n:03}" for n in range(1, len(numbers) + 1)]


def test_opening_again_keeps_everything_and_loads_no_migrations(url, samples):
    first = open_catalogue(url)
    law = samples.law()
    first.replace_file(samples.bundled(), law, samples.passages(law))
    first.close()
    code = (
        "import sys; from search.catalogue import open_catalogue;"
        f"print(open_catalogue({url!r}).counts().passages, 'alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["2", "False"]


def test_a_migration_that_fails_leaves_the_database_empty(url, monkeypatch, opened):
    def fail(*_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.operations.Operations.execute", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            opened(url)
    with closing(Database(url)) as database, database.read() as conn:
        assert sa.inspect(conn).get_table_names() == []
    assert opened(url).counts().files == 0


def test_two_processes_may_open_an_empty_home_at_once(url):
    code = f"from search.catalogue import open_catalogue; open_catalogue({url!r}).counts()"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(4)
    ]
    errors = [process.communicate(timeout=60)[1] for process in running]
    assert [(p.returncode, e) for p, e in zip(running, errors, strict=True)] == [(0, b"")] * 4


@pytest.mark.parametrize("version", ["999", "abc"])
def test_a_newer_schema_is_refused(url, version):
    open_catalogue(url).close()
    execute(url, f"UPDATE alembic_version SET version_num = '{version}'")
    with pytest.raises(StoreDamaged, match="newer version"):
        open_catalogue(url)


def test_a_database_of_another_make_is_refused_and_left_alone(url):
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    execute(url, "CREATE TABLE files (photo TEXT)")
    with pytest.raises(StoreDamaged, match="not a catalogue"):
        open_catalogue(url)
    with closing(Database(url)) as database, database.read() as conn:
        assert sa.inspect(conn).get_table_names() == ["files"]


def test_a_lost_table_is_damage(url, opened):
    opened(url).close()
    execute(url, "DROP TABLE treatments")
    with pytest.raises(StoreDamaged, match="treatments"):
        opened(url).treatments_of(["kw-law-2099-7/art-1"])


def test_a_row_that_makes_no_sense_is_damage(catalogue, url, samples):
    catalogue.replace_file(samples.bundled(), samples.law(), [])
    execute(url, "UPDATE instruments SET kind = 'poem'")
    with pytest.raises(StoreDamaged, match=r"kw-law-2099-7.*instruments"):
        catalogue.instrument(samples.LAW)


def test_a_writer_that_finds_another_at_work_says_so(url, samples, opened):
    opened(url).close()
    catalogue = opened(url, wait_s=0.2)
    with closing(Database(url)) as database, database.write():
        assert catalogue.revision() == 0  # readers pass
        started = time.monotonic()
        with pytest.raises(StoreBusy, match="Another process"):
            catalogue.quarantine(samples.file("a.pdf"), ["a scan"])
        assert time.monotonic() - started < 5
    catalogue.quarantine(samples.file("a.pdf"), ["a scan"])


@pytest.mark.parametrize(
    ("url_given", "words"),
    [
        ("nonsense", "no database URL"),
        ("mysql://root:secret@host/x", "mysql"),
        ("sqlite://", "without a file"),
        ("sqlite:///:memory:", "without a file"),
        ("postgresql://user:secret@host:port/x", "no database URL"),
    ],
)
def test_a_url_we_cannot_use_is_refused_without_its_password(url_given, words):
    with pytest.raises(BadSetting, match=words) as caught:
        open_catalogue(url_given)
    assert "secret" not in str(caught.value)


def test_a_server_that_does_not_answer_is_named_without_its_password():
    pytest.importorskip("psycopg", reason="the extra [postgres] is not installed")
    with pytest.raises(EngineUnavailable, match=r"127\.0\.0\.1:1/tamyeez") as caught:
        open_catalogue("postgresql+psycopg://me:secret@127.0.0.1:1/tamyeez")
    assert "secret" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadSetting, match="TAMYEEZ_HOME"):
        open_catalogue(f"sqlite:///{tmp_path / 'file' / 'home' / 'catalogue.sqlite'}")


def test_a_folder_in_place_of_the_file_is_named(tmp_path):
    with pytest.raises(EngineUnavailable, match="cannot be used"):
        open_catalogue(f"sqlite:///{tmp_path}")


@pytest.fixture
def sqlite_file(tmp_path, samples) -> Path:
    """A catalogue of 200 articles, closed."""
    path = tmp_path / "catalogue.sqlite"
    catalogue = open_catalogue(f"sqlite:///{path}")
    law = samples.law([f"art-{n}" for n in range(1, 201)], text="Whoever moors is fined. " * 40)
    catalogue.replace_file(samples.bundled(), law, samples.passages(law))
    catalogue.close()
    return path


def test_a_file_that_is_no_database_is_damage(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"This is a letter, not a database.\n" * 300)
    with pytest.raises(StoreDamaged, match=r"catalogue\.sqlite is damaged"):
        open_catalogue(f"sqlite:///{path}")


def test_a_truncated_file_is_damage(sqlite_file, opened):
    sqlite_file.write_bytes(sqlite_file.read_bytes()[: sqlite_file.stat().st_size // 2])
    with pytest.raises(StoreDamaged):
        list(opened(f"sqlite:///{sqlite_file}").iterate_passages())


@pytest.mark.parametrize("filler", [b"\x00", b"\xff", b"Z"])
@pytest.mark.parametrize("start", [4, 40, 160])
def test_overwritten_pages_are_damage_and_never_a_traceback(sqlite_file, opened, filler, start):
    data = sqlite_file.read_bytes()
    end = start + 40
    sqlite_file.write_bytes(data[: start * 4096] + filler * 40 * 4096 + data[end * 4096 :])
    assert sqlite_file.stat().st_size == len(data)
    assert complaints(opened, f"sqlite:///{sqlite_file}") > 0


def complaints(opened: Callable[..., Catalogue], url: str) -> int:
    """Count the questions that meet the damage; any other error goes up."""
    units = [f"kw-law-2099-7/art-{n}" for n in range(1, 201)]
    questions: list[Callable[[Catalogue], object]] = [
        Catalogue.files,
        Catalogue.passage_hashes,
        Catalogue.instruments,
        Catalogue.counts,
        lambda catalogue: list(catalogue.iterate_passages()),
        lambda catalogue: catalogue.expressions_of(units),
        lambda catalogue: catalogue.editorials(units),
        lambda catalogue: catalogue.provisions_of("kw-law-2099-7"),
        lambda catalogue: catalogue.withdraw(1),
    ]
    damaged = 0
    for question in questions:
        try:
            question(opened(url))
        except StoreDamaged:
            damaged += 1
    return damaged


def test_a_full_disk_keeps_what_was_held(sqlite_file, samples, opened):
    catalogue = opened(f"sqlite:///{sqlite_file}")
    before = (catalogue.files(), catalogue.fingerprint())

    def no_more_room(connection: sqlite3.Connection, *_: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    sa.event.listen(catalogue._database.engine, "checkout", no_more_room)
    more = samples.law([f"art-{n}" for n in range(301, 901)], text="Whoever moors is jailed. " * 40)
    with pytest.raises(StoreFull, match="No room is left"):
        catalogue.replace_file(samples.bundled("b.yaml"), more, samples.passages(more))
    assert (catalogue.files(), catalogue.fingerprint()) == before


def test_every_engine_error_is_ours_or_a_mistake(catalogue):
    with pytest.raises(sa.exc.SQLAlchemyError), catalogue._database.write() as conn:
        conn.exec_driver_sql("SELEKT 1")
    with pytest.raises(TamyeezError), catalogue._database.read() as conn:
        conn.exec_driver_sql("SELECT 1 FROM no_such_table")
