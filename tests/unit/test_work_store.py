"""One's work is found, kept apart by owner, never overwritten unseen, and really deleted."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from search.access.reader import LOCAL
from search.errors import (
    BadIdentifier,
    BadRequest,
    EditConflict,
    LimitReached,
    NotHeld,
    NotSaved,
    WorkUnavailable,
)
from search.model import Bilingual, Confidence, Filters, Kind, Language, Query
from search.results import Hit, SearchResult, Why
from search.work import WorkService, WorkStore, model, rows
from search.work.model import NoteDraft, SavedFacts, Target, TargetState, Wanted
from search.work.store import FILE

ART_2, ART_3 = "kw-law-2013-91/art-2", "kw-law-2013-91/art-3"
OTHER = "another owner"


class Shelf:
    """A collection of three provisions, each from a file of its own."""

    def __init__(self) -> None:
        self.held: dict[str, Target] = {
            unit: Target(unit, Bilingual(f"المادة {n}", f"Art. {n}"), "as it was")
            for n, unit in ((2, ART_2), (3, ART_3), (4, "kw-law-2013-91/art-4"))
        }
        self.files = {ART_2: "two.yaml", ART_3: "three.yaml"}
        self.found = [ART_2, ART_3]
        self.behind = False

    def targets(self, ids: Sequence[str]) -> Mapping[str, Target]:
        return {i: self.held[i] for i in ids if i in self.held}

    def documents(self) -> frozenset[str] | None:
        return None if self.behind else frozenset(self.files.values())

    def documents_behind(self, groups: Sequence[str]) -> Mapping[str, frozenset[str]]:
        return {group: frozenset({self.files[group]}) for group in groups}

    def search(self, query: Query) -> SearchResult:
        label = Bilingual(en="a heading")
        hits = tuple(
            Hit(i, Kind.STATUTE, label, label, "kw-law-2013-91", label, 1.0, (), Why(), (),
                Confidence.HIGH)
            for i in self.found
        )  # fmt: skip
        return SearchResult(query.text, Language.EN, None, len(hits), 1.0, hits, {})


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def work(tmp_path: Path, shelf: Shelf) -> Iterator[WorkService]:
    service = WorkService(WorkStore(tmp_path), shelf)
    yield service
    service.close()


def add(work: WorkService, text: str, owner: str = LOCAL, **more: Any) -> str:
    return work.add_note(owner, more.pop("target", ART_2), NoteDraft(text, **more))


def texts(work: WorkService, **wanted: str) -> list[str]:
    return sorted(view.note.text for view in work.notes(LOCAL, Wanted(**wanted)).notes)


def test_a_note_is_kept_with_its_labels_and_folder(work: WorkService) -> None:
    folder = work.add_folder(LOCAL, "  ملف   القضية ")
    note = add(work, "سطر\r\nآخر\x00", labels=("قصد", " Intent ", "قصد"), folder=folder)
    held = work.note(LOCAL, note).note
    assert held.text == "سطر\nآخر"
    assert held.labels == ("قصد", "Intent")
    assert held.folder == folder
    assert held.target_label == Bilingual("المادة 2", "Art. 2")
    assert [(f.name, f.notes) for f in work.folders(LOCAL)] == [("ملف القضية", 1)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("جواز", ["حُجزت الجوازات"]),  # another form of the word, without its article
        ("الجَوازات", ["حُجزت الجوازات"]),  # with vowels
        ("passport", ["Passports were withheld"]),
        ("withheld PASSPORTS", ["Passports were withheld"]),
        ("passport camels", []),  # every word counts
        ("Art. 2", ["Passports were withheld", "حُجزت الجوازات"]),  # what they are on counts too
        ("", ["Passports were withheld", "حُجزت الجوازات"]),
    ],
)
def test_notes_are_found_by_words_in_all_their_forms(
    work: WorkService, words: str, found: list[str]
) -> None:
    add(work, "حُجزت الجوازات")
    add(work, "Passports were withheld")
    assert texts(work, words=words) == found


def test_a_changed_note_is_found_by_its_new_words_only(work: WorkService) -> None:
    note = add(work, "camel", labels=("old",))
    work.save_note(LOCAL, note, NoteDraft("horse", ("new",)), 1)
    assert texts(work, words="camel") == []
    assert texts(work, words="horse") == ["horse"]
    assert work.labels(LOCAL) == [("new", 1)]


def test_labels_are_one_whatever_their_spelling(work: WorkService) -> None:
    add(work, "a", labels=("إقامة",))
    add(work, "b", labels=("اقامه", "Intent"))
    add(work, "c", labels=("intent",))
    assert (
        dict(work.labels(LOCAL)).values() == {2: 2, 3: 2}.values() or len(work.labels(LOCAL)) == 2
    )
    assert texts(work, label="إقامه") == ["a", "b"]
    assert texts(work, label="INTENT") == ["b", "c"]


def test_two_windows_do_not_overwrite_each_other(work: WorkService) -> None:
    note = add(work, "first")
    work.save_note(LOCAL, note, NoteDraft("from one window"), 1)
    with pytest.raises(EditConflict):
        work.save_note(LOCAL, note, NoteDraft("from the other"), 1)
    assert texts(work) == ["from one window"]
    work.save_note(LOCAL, note, NoteDraft("both"), 2)
    assert texts(work) == ["both"]


def test_of_many_windows_at_once_one_is_saved(work: WorkService) -> None:
    note, refused = add(work, "first"), []

    def save(n: int) -> None:
        try:
            work.save_note(LOCAL, note, NoteDraft(f"window {n}"), 1)
        except EditConflict:
            refused.append(n)

    windows = [Thread(target=save, args=(n,)) for n in range(8)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(refused) == 7
    assert work.note(LOCAL, note).note.version == 2


def test_a_folder_renamed_twice_is_not_overwritten_and_its_notes_survive_it(
    work: WorkService,
) -> None:
    folder = work.add_folder(LOCAL, "a")
    note = add(work, "inside", folder=folder)
    work.rename_folder(LOCAL, folder, "b", 1)
    with pytest.raises(EditConflict):
        work.rename_folder(LOCAL, folder, "c", 1)
    work.delete_folder(LOCAL, folder)
    assert work.note(LOCAL, note).note.folder is None
    with pytest.raises(NotSaved):
        work.rename_folder(LOCAL, folder, "d", 2)


def test_what_is_noted_may_change_or_be_withdrawn(work: WorkService, shelf: Shelf) -> None:
    note = add(work, "kept")
    assert work.note(LOCAL, note).state is TargetState.SAME
    shelf.held[ART_2] = replace(shelf.held[ART_2], digest="as it is now")
    assert work.note(LOCAL, note).state is TargetState.CHANGED
    work.save_note(LOCAL, note, NoteDraft("kept"), 1)
    assert work.note(LOCAL, note).state is TargetState.CHANGED  # an edit is no reading
    work.save_note(LOCAL, note, NoteDraft("kept"), 2, seen=True)
    assert work.note(LOCAL, note).state is TargetState.SAME
    del shelf.held[ART_2]
    view = work.note(LOCAL, note)
    assert view.state is TargetState.WITHDRAWN
    assert view.note.target_label.en == "Art. 2"
    work.save_note(LOCAL, note, NoteDraft("kept still"), 3, seen=True)
    assert texts(work) == ["kept still"]


def test_a_note_is_only_on_what_is_held(work: WorkService) -> None:
    with pytest.raises(NotHeld):
        add(work, "x", target="kw-law-2013-91/art-99")
    for malformed in ("", "../etc/passwd", "kw-law-2013-91/art-2#0", "a" * 1000):
        with pytest.raises(BadIdentifier):
            add(work, "x", target=malformed)


def test_one_owner_never_meets_anothers_rows(work: WorkService) -> None:
    folder = work.add_folder(OTHER, "theirs")
    note = add(work, "secret passport", OTHER, labels=("private",), folder=folder)
    search = work.add_search(OTHER, "theirs", Query("a"))
    facts = work.add_facts(OTHER, SavedFacts("", "theirs", "f", Language.EN, "", (), (), ""))
    assert work.notes(LOCAL, Wanted(words="passport")).total == 0
    assert work.notes(LOCAL, Wanted(label="private")).total == 0
    assert work.notes(LOCAL, Wanted(folder=folder)).total == 0
    assert (work.labels(LOCAL), work.folders(LOCAL)) == ([], [])
    assert (work.searches(LOCAL), work.facts(LOCAL)) == ([], [])
    for act in (
        lambda: work.note(LOCAL, note),
        lambda: work.save_note(LOCAL, note, NoteDraft("mine"), 1),
        lambda: work.delete_note(LOCAL, note),
        lambda: add(work, "mine", folder=folder),
        lambda: work.rename_folder(LOCAL, folder, "mine", 1),
        lambda: work.delete_folder(LOCAL, folder),
        lambda: work.what_is_new(LOCAL, search),
        lambda: work.mark_seen(LOCAL, search, 1),
        lambda: work.delete_search(LOCAL, search),
        lambda: work.one_of_facts(LOCAL, facts),
        lambda: work.delete_facts(LOCAL, facts),
    ):
        with pytest.raises(NotSaved):
            act()
    work.delete_everything(LOCAL)
    held = work.export(OTHER)
    assert [len(part) for part in (held.folders, held.notes, held.searches, held.facts)] == [1] * 4


def test_only_documents_that_came_later_are_new(work: WorkService, shelf: Shelf) -> None:
    shelf.found = [ART_2]
    search = work.add_search(LOCAL, "mine", Query("a", Filters(kind=Kind.STATUTE), offset=30))
    assert work.searches(LOCAL)[0].query == Query("a", Filters(kind=Kind.STATUTE))
    assert work.what_is_new(LOCAL, search).hits == ()
    shelf.found = [ART_3, ART_2]  # an old document ranks higher now
    assert work.what_is_new(LOCAL, search).hits == ()
    shelf.files["kw-law-2013-91/art-4"] = "four.yaml"
    shelf.found.append("kw-law-2013-91/art-4")
    new = work.what_is_new(LOCAL, search)
    assert [hit.id for hit in new.hits] == ["kw-law-2013-91/art-4"]
    again = work.what_is_new(LOCAL, search)  # to look is not to have seen
    assert [hit.id for hit in again.hits] == ["kw-law-2013-91/art-4"]
    work.mark_seen(LOCAL, search, new.last)
    assert work.what_is_new(LOCAL, search).hits == ()


def test_what_the_index_does_not_know_yet_stays_new(work: WorkService, shelf: Shelf) -> None:
    search = work.add_search(LOCAL, "mine", Query("a"))
    shelf.files["kw-law-2013-91/art-4"] = "four.yaml"  # in the catalogue, not yet in the index
    shelf.behind = True
    seen = work.what_is_new(LOCAL, search)
    work.mark_seen(LOCAL, search, seen.last)
    shelf.behind = False
    shelf.found.append("kw-law-2013-91/art-4")
    assert [hit.id for hit in work.what_is_new(LOCAL, search).hits] == ["kw-law-2013-91/art-4"]


def test_a_rebuilt_collection_is_not_all_new(work: WorkService, shelf: Shelf) -> None:
    search = work.add_search(LOCAL, "mine", Query("a"))
    shelf.files = dict(reversed(shelf.files.items()))
    assert work.what_is_new(LOCAL, search).hits == ()


def test_a_wild_number_of_what_was_seen_hides_nothing(work: WorkService, shelf: Shelf) -> None:
    search = work.add_search(LOCAL, "mine", Query("a"))
    work.mark_seen(LOCAL, search, 10**15)
    shelf.files["kw-law-2013-91/art-4"] = "four.yaml"
    shelf.found.append("kw-law-2013-91/art-4")
    assert len(work.what_is_new(LOCAL, search).hits) == 1


def test_facts_come_back_as_saved(work: WorkService) -> None:
    saved = SavedFacts(
        "", "قضية", "وقائع", Language.AR, "2024-01-02", (1, 3), (("debt", False),), ""
    )
    facts = work.one_of_facts(LOCAL, work.add_facts(LOCAL, saved))
    assert replace(facts, id="", created_at="") == saved


def test_too_much_is_refused_with_its_limit(
    work: WorkService, monkeypatch: pytest.MonkeyPatch
) -> None:
    for draft in (
        NoteDraft("ا" * (model.MAX_NOTE_CHARS + 1)),
        NoteDraft(labels=tuple(f"l{n}" for n in range(model.MAX_LABELS + 1))),
        NoteDraft(labels=("l" * (model.MAX_LABEL_CHARS + 1),)),
    ):
        with pytest.raises(LimitReached) as refused:
            work.add_note(LOCAL, ART_2, draft)
        assert refused.value.details["limit"]
    with pytest.raises(LimitReached):
        work.add_folder(LOCAL, "n" * (model.MAX_NAME_CHARS + 1))
    with pytest.raises(BadRequest):
        work.add_folder(LOCAL, " \x00\n ")
    monkeypatch.setattr("search.work.notes.MAX_NOTES", 2)
    add(work, "one"), add(work, "two")
    with pytest.raises(LimitReached):
        add(work, "three")
    assert work.notes(LOCAL, Wanted()).total == 2


def test_many_words_asked_at_once_are_answered(work: WorkService) -> None:
    add(work, "one")
    assert work.notes(LOCAL, Wanted(words=" ".join(f"word{n}" for n in range(2000)))).total == 0


def in_files(folder: Path, words: str) -> bool:
    return any(words.encode() in path.read_bytes() for path in folder.iterdir())


def test_what_is_deleted_is_in_no_file_any_more(work: WorkService, tmp_path: Path) -> None:
    notes = [add(work, f"unmistakable {n} " + "x" * 5000) for n in range(5)]
    facts = work.add_facts(
        LOCAL, SavedFacts("", "n", "distinctive facts " * 300, Language.EN, "", (), (), "")
    )
    assert in_files(tmp_path, "unmistakable 3")
    work.save_note(LOCAL, notes[3], NoteDraft("short"), 1)
    work.delete_note(LOCAL, notes[4])
    work.delete_facts(LOCAL, facts)
    assert not in_files(tmp_path, "unmistakable 3")  # what an edit took away
    assert not in_files(tmp_path, "unmistakable 4")
    assert not in_files(tmp_path, "distinctive facts")
    assert in_files(tmp_path, "unmistakable 2")
    before = (tmp_path / FILE).stat().st_size
    work.delete_everything(LOCAL)
    assert not in_files(tmp_path, "unmistakable")
    assert (tmp_path / FILE).stat().st_size < before


def test_the_file_is_the_accounts_own(work: WorkService, tmp_path: Path) -> None:
    add(work, "x")
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 400, b"SQLite format 3\x00" + b"\xff" * 8000]
)
def test_a_damaged_file_gets_one_sentence_and_is_kept(
    tmp_path: Path, shelf: Shelf, content: bytes
) -> None:
    (tmp_path / FILE).write_bytes(content)
    work = WorkService(WorkStore(tmp_path), shelf)
    for _ in range(2):
        with pytest.raises(WorkUnavailable, match=r"work\.sqlite .* left\s+as it is"):
            work.notes(LOCAL, Wanted())
    with pytest.raises(WorkUnavailable):
        add(work, "x")
    work.close()
    assert (tmp_path / FILE).read_bytes() == content


def test_another_programs_database_and_a_newer_one_are_left_alone(
    tmp_path: Path, shelf: Shelf
) -> None:
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("CREATE TABLE theirs (x)")
    other.commit()
    other.close()
    work = WorkService(WorkStore(tmp_path), shelf)
    with pytest.raises(WorkUnavailable, match="not a file of notes"):
        work.folders(LOCAL)
    work.close()
    newer = WorkService(WorkStore(tmp_path / "newer"), shelf)
    newer.add_folder(LOCAL, "a")
    newer.close()
    held = sqlite3.connect(tmp_path / "newer" / FILE)
    held.execute("UPDATE state SET schema = 99")
    held.commit()
    held.close()
    with pytest.raises(WorkUnavailable, match="newer version"):
        newer.folders(LOCAL)
    newer.close()


def test_a_file_begun_and_not_finished_is_taken_up(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / FILE).touch()
    work = WorkService(WorkStore(tmp_path), shelf)
    assert work.folders(LOCAL) == []
    work.close()


def test_words_are_looked_up_anew_when_their_analysis_has_changed(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = WorkService(WorkStore(tmp_path), shelf)
    add(work, "passports", labels=("kept",))
    work.close()
    held = sqlite3.connect(tmp_path / FILE)
    held.execute("UPDATE note_terms SET term = 'as an older version made it ' || term")
    held.execute("UPDATE state SET analysis = analysis - 1")
    held.commit()
    held.close()
    assert texts(work, words="passport") == ["passports"]
    work.close()


def test_a_busy_file_is_said_to_be_busy(tmp_path: Path, shelf: Shelf) -> None:
    work = WorkService(WorkStore(tmp_path, wait_s=0.1), shelf)
    work.add_folder(LOCAL, "a")
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkUnavailable, match="another process"):
        work.add_folder(LOCAL, "b")
    holder.execute("ROLLBACK")
    holder.close()
    assert [folder.name for folder in work.folders(LOCAL)] == ["a"]
    work.close()


def test_the_export_says_everything(work: WorkService) -> None:
    folder = work.add_folder(LOCAL, "f")
    add(work, "note", labels=("l",), folder=folder)
    work.add_search(LOCAL, "s", Query("q"))
    work.add_facts(LOCAL, SavedFacts("", "n", "facts", Language.EN, "", (), (("debt", True),), ""))
    held = work.export(LOCAL).as_json()
    assert held["format"] == "tamyeez-work"
    assert held["notes"][0]["text"] == "note"
    assert held["notes"][0]["labels"] == ["l"]
    assert held["folders"][0]["id"] == held["notes"][0]["folder"]
    assert held["searches"][0]["query"]["text"] == "q"
    assert held["facts"][0]["assume"] == [["debt", True]]
    assert rows.now()[:4] == held["notes"][0]["created_at"][:4]
