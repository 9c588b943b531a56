"""Originals by setting: sealed apart from the home folder, opened by whom it is for, withdrawn too.

The persons are made up; their names stand in the text, the file's name and its sidecar.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from search.access import acting_as
from search.access.reader import Reader
from search.accounts import Accounts
from search.accounts.store import AccountStore
from search.audit.verifying import events
from search.originals.age import new_identity
from search.settings import load_settings
from tests.service.test_no_name_is_kept import CIVIL_ID, NAMES, TEXT
from tests.support import environment, tamyeez
from web.cli import main
from web.cli.librarian import Librarian
from web.library_upload import Received, Upload

WORK = "kw-judgment-cassation-2018-345"
SAID = "kind: judgment\njurisdiction: kw\ntitle: {ar: قضية روميلدا باتونغبال}\n"


@dataclass(frozen=True)
class Office:
    """A home folder, the originals beside it, and the key that a person keeps elsewhere."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def originals(self) -> Path:
        return self.folder / "originals"

    @property
    def key(self) -> Path:
        return self.folder / "elsewhere" / "key.txt"

    @property
    def judgment(self) -> Path:
        return self.folder / "files" / "قضية روميلدا Batungbacal.txt"

    @property
    def env(self) -> dict[str, str]:
        public = self.key.read_text().splitlines()[0].removeprefix("# public key: ")
        return {
            "TAMYEEZ_ORIGINALS": str(self.originals),
            "TAMYEEZ_ORIGINALS_RECIPIENT": public,
        }

    def run(self, *arguments: str, code: int = 0, **more: str) -> str:
        """Run a command in this process, which saves a start for each; return what it said."""
        said = io.StringIO()
        env = {**environment(self.home), **self.env, **more}
        with (
            mock.patch.dict(os.environ, env, clear=True),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
        ):
            ended = main(arguments)
        assert ended == code, said.getvalue()
        return said.getvalue()

    def open(self, *arguments: str, code: int = 0, **more: str) -> str:
        asked = ("originals", "open", WORK, "--identity", str(self.key), *arguments)
        return self.run(*asked, code=code, **more)

    def sealed(self) -> list[str]:
        return sorted(path.name for path in self.originals.iterdir())


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    path.with_name(f"{path.name}.yaml").write_text(SAID, "utf-8")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, list[str]]:
    """An office that has ingested one judgment, and everything the commands said on the way."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.key.parent.mkdir()
    made = tamyeez(office.home, "originals", "key", str(office.key))
    assert made.returncode == 0, made.stderr
    assert office.env["TAMYEEZ_ORIGINALS_RECIPIENT"] in made.stdout
    write(office.judgment, TEXT)
    report = office.folder / "report.html"
    said = [
        made.stdout,
        office.run("ingest", str(office.judgment), "--json", "--report", str(report)),
        office.run("ingest", str(office.judgment), "--json"),
        office.run("originals", "list"),
        office.run("originals", "list", "--json"),
        office.run("status", "--json"),
        report.read_text("utf-8"),
    ]
    assert '"added"' in said[1]
    assert '"unchanged"' in said[2]
    return office, said


@pytest.fixture
def office(kept: tuple[Office, list[str]], tmp_path: Path) -> Office:
    """A copy of it that the test may change; its files lie where they lay."""
    copy = tmp_path / "copy"
    shutil.copytree(kept[0].folder, copy)
    return Office(copy)


def test_the_key_is_open_to_its_account_alone_and_never_overwritten(
    kept: tuple[Office, list[str]],
) -> None:
    office, said = kept
    assert office.key.stat().st_mode & 0o777 == 0o600
    secret = office.key.read_text().splitlines()[1]
    assert not [text for text in said if secret in text]
    again = tamyeez(office.home, "originals", "key", str(office.key))
    assert (again.returncode, "already" in again.stderr) == (1, True)
    inside = tamyeez(office.home, "originals", "key", str(office.home / "key.txt"))
    assert (inside.returncode, "home folder" in inside.stderr) == (1, True)


def test_no_name_is_in_the_home_its_reports_its_trail_or_a_backup(office: Office) -> None:
    office.open()
    office.open("--placeholder", "المجني عليها 1")
    office.run("audit", "verify")
    told = [office.run("audit", "list"), office.run("audit", "list", "--csv")]
    assert "identity" in told[0]
    backup = office.folder / "kept.zip"
    told.append(office.run("backup", str(backup), "--with-private"))
    with zipfile.ZipFile(backup) as archive:
        held = [archive.read(name) for name in archive.namelist()]
        assert not [name for name in archive.namelist() if name.endswith(".age")]
    held += [path.read_bytes() for path in office.home.rglob("*") if path.is_file()]
    held += [path.read_bytes() for path in office.originals.iterdir()]
    held += [text.encode() for text in told]
    paths = [str(p.relative_to(office.folder)) for p in (office.home, office.originals)]
    paths += [p.name for f in (office.home, office.originals) for p in f.rglob("*")]
    held += [path.encode() for path in paths]
    for data in held:
        for name in (*NAMES, CIVIL_ID):
            forms = {name.encode(), name.encode("utf-16-le"), json.dumps(name)[1:-1].encode()}
            assert not [form for form in forms if form in data], name


def test_no_report_or_list_names_anybody(kept: tuple[Office, list[str]]) -> None:
    office, said = kept
    for text in said:
        assert not [name for name in (*NAMES, CIVIL_ID) if name in text]
    assert office.sealed() == [f"{digest(TEXT)}.age"]
    (listed,) = json.loads(said[4])
    assert (listed["work"], listed["digest"]) == (WORK, digest(TEXT))
    assert said[3].split()[0] == digest(TEXT)[:12]


def test_names_and_original_come_back_to_who_has_the_key(office: Office) -> None:
    shown = json.loads(office.open("--json"))
    assert shown["names"]["[المجني عليها ١]"] == ["روميلدا باتونغبال", "روميلدا"]
    assert CIVIL_ID in office.open()
    assert office.open("--placeholder", "المجني عليها ١").split()[3:] == (
        ["روميلدا", "باتونغبال", "|", "روميلدا"]
    )
    out = office.folder / "original.txt"
    office.open("--out", str(out))
    assert out.read_text("utf-8") == TEXT
    assert out.stat().st_mode & 0o777 == 0o600
    assert "already" in office.open("--out", str(out), code=1)
    inside = office.home / "original.txt"
    assert "home folder" in office.open("--out", str(inside), code=1)
    assert not inside.exists()
    assert "--placeholder" in office.open("--out", str(out), "--json", code=2)


def test_another_key_opens_nothing(office: Office) -> None:
    office.key.rename(office.key.with_name("right.txt"))
    other = new_identity()
    right = office.key.with_name("right.txt").read_text().splitlines()[0]
    office.key.write_text(f"{right}\n{other.written}\n")  # as if it were the right one
    said = office.open(code=1)
    assert "another key" in said
    assert not [name for name in (*NAMES, other.written) if name in said]
    office.key.write_text(f"{right}\nno key\n")
    assert "AGE-SECRET-KEY-1" in office.open(code=1)
    missing = ("originals", "open", WORK, "--identity", str(office.folder / "none"))
    assert "cannot be read" in office.run(*missing, code=1)


def test_a_token_shows_names_only_where_its_role_may(office: Office) -> None:
    accounts = Accounts(AccountStore(office.home))
    tokens = {}
    for role in ("prosecutor", "judge", "librarian", "administrator"):
        accounts.add(f"one-{role}", [role], subject=f"test {role}")
        scopes = ["identities", "read", "restricted"]
        tokens[role] = accounts.add_token(f"one-{role}", "test", scopes, 1)
    accounts.close()
    for role in ("judge", "librarian", "administrator"):
        said = office.open(code=1, TAMYEEZ_TOKEN=tokens[role])
        assert "identities" in said
        assert not [name for name in NAMES if name in said]
        office.run("originals", "list", code=1, TAMYEEZ_TOKEN=tokens[role])
    assert NAMES[0] in office.open(TAMYEEZ_TOKEN=tokens["prosecutor"], TAMYEEZ_ACCOUNTS="on")
    opened = [event for event in events(office.home) if event.kind == "identity"]
    assert [(event.actor, event.objects) for event in opened] == [
        ("one-prosecutor", ("originals open", WORK, digest(TEXT)[:12], "all names"))
    ]
    # Where readers have accounts, a look-up by nobody in particular is none.
    assert "TAMYEEZ_TOKEN" in office.open(code=1, TAMYEEZ_ACCOUNTS="on")


def test_a_new_version_takes_its_place_and_a_withdrawal_takes_it_away(
    office: Office, kept: tuple[Office, list[str]]
) -> None:
    changed = TEXT.replace("عملت بلا أجر", "عملت سنة بلا أجر")
    path = kept[0].judgment  # where the catalogue knows it
    write(path, changed)
    try:
        assert "updated" in office.run("ingest", str(path))
    finally:
        write(path, TEXT)
    assert office.sealed() == [f"{digest(changed)}.age"]
    twin = office.folder / "files" / "twin.txt"  # the same judgment once more: refused
    write(twin, changed + "\nوأعلنت روميلدا به.\n")
    office.run("ingest", str(twin), "--id", WORK, "--kind", "judgment", code=3)
    assert office.sealed() == [f"{digest(changed)}.age"]
    office.run("withdraw", WORK)
    assert office.sealed() == []
    assert "No original is kept." in office.run("originals", "list")
    assert "originals list" in office.open(code=1)


def test_without_the_setting_nothing_is_kept_and_nothing_can_be_opened(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for arguments in (["list"], ["open", WORK, "--identity", "key.txt"]):
        done = tamyeez(home, "originals", *arguments)
        assert (done.returncode, "not set" in done.stderr) == (1, True)
    done = tamyeez(home, "status", env={"TAMYEEZ_ORIGINALS": str(tmp_path / "x")})
    assert (done.returncode, "Set both" in done.stderr) == (1, True)
    assert not (tmp_path / "x").exists()


# --- files that were added on the library's page -------------------------------------------------


@pytest.fixture
def library(kept: tuple[Office, list[str]], tmp_path: Path) -> Iterator[tuple[Librarian, Office]]:
    """The library of an office that holds nothing yet."""
    office = Office(tmp_path)
    office.key.parent.mkdir()
    shutil.copy(kept[0].key, office.key)
    librarian = Librarian(load_settings(environment(office.home, **office.env)))
    yield librarian, office
    librarian.close()


def add(librarian: Librarian, name: str, text: str, replace: bool = False) -> list[str]:
    """Add a file as the form does; return the faults, once all is read."""
    upload = Upload()
    with librarian.incoming() as folder, acting_as(_LIBRARIAN):
        (folder / "0").write_text(text, "utf-8")
        upload.files.append(Received(name, folder / "0"))
        receipt = librarian.receive(upload, {"kind": "judgment"}, replace)
    settle(librarian)
    return [file.fault.value for file in receipt.not_taken]


def settle(librarian: Librarian) -> None:
    deadline = time.monotonic() + 60
    while (job := librarian.job()) is not None and job.is_running:
        assert time.monotonic() < deadline, job
        time.sleep(0.05)


_LIBRARIAN = Reader("u-1", "one-librarian", ("librarian",), frozenset({"ingest"}))


def test_a_judgment_added_on_the_page_leaves_no_name_in_the_home(
    library: tuple[Librarian, Office],
) -> None:
    librarian, office = library
    name = "قضية روميلدا.txt"
    assert add(librarian, name, TEXT) == []
    (held,) = librarian.files()
    assert held.status == "added"
    assert office.sealed() == [f"{digest(TEXT)}.age"]
    for path in office.home.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        found = [n for n in (*NAMES, CIVIL_ID) if n in path.name or n.encode() in data]
        assert not found, path.name
    # Its place is remembered: the same file is known, another one does not take it unasked.
    other = TEXT.replace("345", "346")
    assert add(librarian, name, TEXT + "x", replace=False) == ["held"]
    assert add(librarian, name, other, replace=True) == []
    assert {file.work for file in librarian.files()} != {held.work}
    (held,) = librarian.files()
    assert office.sealed() == [f"{digest(other)}.age"]
    assert held.id is not None
    with acting_as(_LIBRARIAN):
        assert librarian.withdraw(held.id)
    settle(librarian)
    assert (office.sealed(), librarian.files()) == ([], [])
    assert add(librarian, name, TEXT) == []  # nothing is left that its name could clash with
