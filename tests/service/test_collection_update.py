"""`tamyeez collection`: an edition is brought into use alone, shown, kept and taken back."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.edition_corpus import write_corpus
from tests.support import tamyeez
from web.cli import main

CHANGED = "The registrar closes the book of item 2."


class Office:
    """An installation with its own home, and a publisher who packs editions for it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.corpus = write_corpus(folder / "corpus", 1)
        self._capsys = capsys

    def run(self, *arguments: str, home: Path | None = None, corpus: Path | None = None) -> str:
        code, said = self.try_run(*arguments, home=home, corpus=corpus)
        assert code == 0, said
        return said

    def try_run(
        self, *arguments: str, home: Path | None = None, corpus: Path | None = None
    ) -> tuple[int, str]:
        """Return the exit code, and what was printed or why it was refused."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TAMYEEZ_HOME", str(home or self.home))
            patch.setenv("TAMYEEZ_CORPUS", str(corpus or self.corpus))
            code = main(arguments)
        printed = self._capsys.readouterr()
        return code, printed.err if code else printed.out

    def pack(self, number: int, words: dict[str, str], publisher: str = "publisher") -> Path:
        corpus = write_corpus(self.folder / f"edition-{number}", number, words=words)
        file = self.folder / f"{number}-{publisher}.edition"
        self.run("collection", "export", str(file), home=self.folder / publisher, corpus=corpus)
        return file

    def edition_in_use(self) -> int:
        listed = json.loads(self.run("collection", "list", "--json"))
        return next(one["number"] for one in listed if one["in_use"])

    def text(self) -> str:
        found = json.loads(self.run("search", "art 2 law 1 of 2001 registrar book", "--json"))
        texts = [
            p["text"] for r in found["results"] if r["id"] == "xx-law-2001-1/art-2"
            for p in r["passages"] if p["language"] == "en"
        ]  # fmt: skip
        return texts[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that holds edition 1."""
    folder = tmp_path_factory.mktemp("built")
    corpus = write_corpus(folder / "corpus", 1)
    done = tamyeez(folder / "home", "ingest", "--quiet", env={"TAMYEEZ_CORPUS": str(corpus)})
    assert done.returncode == 0, done.stderr
    return folder / "home"


@pytest.fixture
def office(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    made = Office(tmp_path, capsys)
    shutil.copytree(built, made.home)
    return made


def test_an_edition_is_shown_brought_kept_and_taken_back(office: Office) -> None:
    file = office.pack(2, {"xx-law-2001-1/art-2": CHANGED})
    checked = office.run("collection", "update", str(file), "--check")
    assert "nothing was changed" in checked
    assert office.edition_in_use() == 1

    report = office.folder / "changes.html"
    told = office.run("collection", "update", str(file), "--report", str(report))
    assert "edition 2 of 2026-01-02" in told
    assert "instead of edition 1" in told
    assert "~ art-2" in told
    assert "closes" in told
    assert "closes" in report.read_text("utf-8")
    assert office.edition_in_use() == 2
    assert CHANGED in office.text()
    versions = json.loads(office.run("versions", "xx-law-2001-1", "--json"))["versions"]
    assert [c["unit"] for c in versions[0]["changes"]] == ["xx-law-2001-1/art-2"]
    assert json.loads(office.run("status", "--json"))["agree"]

    again = office.run("collection", "update", str(file))
    assert "It holds what is in use" in again
    unchanged = json.loads(office.run("ingest", "--json"))
    assert {one["status"] for one in unchanged["files"]} == {"unchanged"}

    back = office.run("collection", "rollback")
    assert "edition 1 of 2026-01-01" in back
    assert office.edition_in_use() == 1
    assert CHANGED not in office.text()
    kept = json.loads(office.run("ingest", "--json"))
    assert {one["status"] for one in kept["files"]} == {"unchanged"}
    assert "edition 2" in office.run("collection", "rollback", "--to", "2")
    assert office.edition_in_use() == 2


def test_an_older_edition_is_taken_only_when_meant(office: Office) -> None:
    third = office.pack(3, {"xx-law-2001-1/art-2": "third"})
    second = office.pack(2, {"xx-law-2001-1/art-2": "second"})
    office.run("collection", "update", str(third))
    code, said = office.try_run("collection", "update", str(second))
    assert code == 1
    assert "edition 2 and edition 3 is in use" in said
    assert "--older" in said
    assert office.edition_in_use() == 3
    office.run("collection", "update", str(second), "--older")
    assert office.edition_in_use() == 2


def test_an_edition_of_another_key_is_taken_only_when_that_is_named(office: Office) -> None:
    office.run("collection", "update", str(office.pack(2, {"xx-law-2001-1/art-2": "second"})))
    strange = office.pack(3, {"xx-law-2001-1/art-2": "third"}, publisher="stranger")
    code, said = office.try_run("collection", "update", str(strange))
    assert code == 1
    fingerprint = said.partition("with the key ")[2].partition(",")[0]
    assert office.edition_in_use() == 2
    office.run("collection", "update", str(strange), "--key", fingerprint)
    assert office.edition_in_use() == 3
    code, _ = office.try_run("collection", "update", str(strange), "--key", "0000 1111 2222 3333")
    assert code == 1


def test_a_damaged_edition_changes_nothing(office: Office) -> None:
    file = office.pack(2, {"xx-law-2001-1/art-2": CHANGED})
    whole = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        law = archive.getinfo("corpus/instruments/xx-law-2001-1/instrument.yaml")
    whole[law.header_offset + 30 + len(law.filename) + 40] ^= 1
    file.write_bytes(whole)
    before = json.loads(office.run("status", "--json"))
    code, said = office.try_run("collection", "update", str(file))
    assert code == 1
    assert "get another copy" in said.lower()
    assert json.loads(office.run("status", "--json")) == before
    assert office.edition_in_use() == 1
    assert not (office.home / "editions" / ".incoming").exists()


def test_an_edition_that_meets_a_text_of_ours_is_refused_as_a_whole(office: Office) -> None:
    """A file of the ministry's own gives the digest that the new edition wants to give."""
    own = office.folder / "own.txt"
    own.write_text("Article 1\nThe keeper of the ninth register shall keep it in order.\n", "utf-8")
    own.with_name("own.txt.yaml").write_text(
        "instrument: xx-law-2001-3\nkind: statute\nlanguage: en\nauthority: digest\n"
        "title: {ar: قانون ثالث, en: third law}\n",
        "utf-8",
    )
    office.run("ingest", str(own))
    corpus = write_corpus(office.folder / "edition-2", 2, laws=3)
    file = office.folder / "2.edition"
    office.run("collection", "export", str(file), home=office.folder / "p", corpus=corpus)
    code, said = office.try_run("collection", "update", str(file))
    assert code == 1
    assert "own.txt" in said
    assert office.edition_in_use() == 1
    status = json.loads(office.run("status", "--json"))
    assert status["agree"]


def test_a_backup_carries_the_editions(office: Office) -> None:
    office.run("collection", "update", str(office.pack(2, {"xx-law-2001-1/art-2": CHANGED})))
    file = office.folder / "whole.backup"
    office.run("backup", str(file))
    there = office.folder / "there"
    office.run("restore", str(file), home=there)
    listed = json.loads(office.run("collection", "list", "--json", home=there))
    assert [(one["number"], one["in_use"]) for one in listed] == [(1, False), (2, True)]
