"""The watched folder: half-copied files wait, renames and deletions are said, trouble passes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.report import FileReport, FileStatus
from ingest.watch import SETTLED_AFTER, Event, EventKind, Watch
from search.errors import StoreBusy


class Office:
    """A folder, what the watch read of it and what it said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: list[str] = []
        self.events: list[Event] = []
        self.busy = False
        self.watch = Watch(folder, self.ingest, self.events.append, lambda _seconds: True)

    def ingest(self, paths: Sequence[Path]) -> list[FileReport]:
        if self.busy:
            raise StoreBusy("Another process is writing.")
        self.read += [path.name for path in paths]
        return [FileReport(path.name, FileStatus.ADDED) for path in paths]

    def look(self, times: int = SETTLED_AFTER) -> None:
        for _ in range(times):
            self.watch.look()

    def said(self, kind: EventKind) -> list[str]:
        return [event.name for event in self.events if event.kind is kind]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "in"
    folder.mkdir()
    return Office(folder)


def test_a_file_is_read_once_when_it_stands_still(office: Office) -> None:
    (office.folder / "law.txt").write_text("a")
    office.look(SETTLED_AFTER - 1)
    assert office.read == []
    office.look()
    assert office.read == ["law.txt"]
    office.look(5)
    assert office.read == ["law.txt"]


def test_a_file_that_grows_waits_and_one_of_no_bytes_too(office: Office) -> None:
    law = office.folder / "law.txt"
    (office.folder / "begun.pdf").touch()
    for part in range(6):
        with law.open("a") as file:
            file.write("x" * (part + 1))
        office.look(SETTLED_AFTER - 1)
    assert office.read == []
    office.look()
    assert office.read == ["law.txt"]


def test_a_change_of_file_or_sidecar_is_read_again(office: Office) -> None:
    law = office.folder / "law.txt"
    law.write_text("a")
    office.look()
    law.write_text("ab")
    office.look()
    (office.folder / "law.txt.yaml").write_text("kind: statute")
    office.look()
    assert office.read == ["law.txt"] * 3


def test_what_is_gone_is_said_once_and_never_withdrawn(office: Office) -> None:
    law = office.folder / "law.txt"
    law.write_text("a")
    office.look()
    law.unlink()
    office.look(1)
    assert office.said(EventKind.GONE) == [], "a file saved anew is away for a moment"
    office.look(10)
    assert office.said(EventKind.GONE) == ["law.txt"]


def test_a_renamed_file_is_read_under_its_new_name_and_not_called_gone(office: Office) -> None:
    law = office.folder / "law.txt"
    law.write_text("a")
    office.look()
    law.rename(office.folder / "renamed.txt")
    office.look(10)
    assert office.read == ["law.txt", "renamed.txt"]
    assert office.said(EventKind.GONE) == []


def test_locks_hidden_files_and_other_kinds_are_left_alone(office: Office) -> None:
    for name in ("~$law.docx", ".law.txt.swp", ".hidden.txt", "notes.xyz", "law.pdf.part"):
        (office.folder / name).write_text("a")
    office.look(5)
    assert office.read == []


def test_a_store_in_use_is_said_once_and_tried_again(office: Office) -> None:
    (office.folder / "law.txt").write_text("a")
    office.busy = True
    office.look(6)
    assert [e.said for e in office.events] == ["Another process is writing."]
    office.busy = False
    office.look(1)
    assert office.read == ["law.txt"]


def test_a_share_that_is_away_loses_nothing(office: Office) -> None:
    (office.folder / "law.txt").write_text("a")
    office.look()
    away = office.folder.rename(office.folder.with_name("away"))
    office.look(6)
    assert office.said(EventKind.TROUBLE) == ["in"]
    assert office.said(EventKind.GONE) == []
    away.rename(office.folder)
    office.look(6)
    assert office.read == ["law.txt"]


def test_what_a_stopped_ingest_left_is_read_the_next_time(office: Office) -> None:
    for name in ("a.txt", "b.txt"):
        (office.folder / name).write_text(name)
        os.utime(office.folder / name, (1, 1))
    take = office.watch.ingest
    office.watch.ingest = lambda paths: take(paths)[:1]
    office.look()
    office.watch.ingest = take
    office.look(1)
    assert office.said(EventKind.READ) == ["a.txt", "b.txt"]


def test_it_begins_and_ends_with_a_line(office: Office) -> None:
    office.watch.run()
    assert [e.kind for e in office.events] == [EventKind.WATCHING, EventKind.STOPPED]
