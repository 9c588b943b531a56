"""What is shared is read by whom it is for, within what they may see; what is new is counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from search.access import Reader, acting_as, matrix
from search.casebook.draft import CaseDraft, Draft, QuestionDraft, Said, Tongue
from search.errors import BadRequest, EditConflict, LimitReached, NoColleague, NotHeld, NotSaved
from search.model import Bilingual, Confidence, Filters, Kind, Language, Query
from search.results import Hit, SearchResult, Why
from search.work import WorkService, WorkStore, shares, studies
from search.work.model import Audience, NoteDraft, ShareKind, Target, Wanted
from search.work.news import FITTING
from search.work.sharing import Sharing
from search.work.store import FILE, SCHEMA

OLD_FILE = Path(__file__).with_name("work_schema_1.sql")
OPEN, HIDDEN = "kw-2020-open-matter-01", "kw-2020-restricted-matter-01"
SECRET = "Qarvelox"  # stands in the name of the restricted matter alone
NAMES = {"u-ali": "ali", "u-sara": "sara", "u-omar": "omar"}
ROLES = {"u-ali": "prosecutor", "u-sara": "judge", "u-omar": "trainer"}


def reader(account: str) -> Reader:
    role = ROLES[account]
    return Reader(account, NAMES[account], (role,), matrix().of_roles([role]))


ALI, SARA, OMAR = reader("u-ali"), reader("u-sara"), reader("u-omar")


class Shelf:
    """Two matters, of which the reader `sees` those not hidden; documents come with `found`."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.names = {OPEN: Bilingual(en="An open matter"), HIDDEN: Bilingual(en=SECRET)}
        self.found = [OPEN]
        self.nothing_fits = False
        self.asked = 0

    def targets(self, ids: Sequence[str]) -> Mapping[str, Target]:
        return {
            i: Target(i, self.names[i], "as it was")
            for i in ids
            if i in self.names and i not in self.hidden
        }

    def documents(self) -> frozenset[str] | None:
        return frozenset(f"{name}.yaml" for name in self.found)

    def documents_behind(self, groups: Sequence[str]) -> Mapping[str, frozenset[str]]:
        return {group: frozenset({f"{group}.yaml"}) for group in groups}

    def search(self, query: Query) -> SearchResult:
        if query.filters.work == "withdrawn":
            raise NotHeld("It is not held.", id="withdrawn")
        self.asked += 1
        label = Bilingual(en="a title")
        hits = tuple(
            Hit(i, Kind.JUDGMENT, label, label, i, label, 1.0, (), Why(), (), Confidence.HIGH)
            for i in self.found[: query.limit]
        )
        fits = self.nothing_fits
        return SearchResult(
            query.text, Language.EN, None, len(hits), 1.0, hits, {}, nothing_fits=fits
        )


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def work(tmp_path: Path, shelf: Shelf) -> Iterator[WorkService]:
    service = WorkService(WorkStore(tmp_path), shelf)
    yield service
    service.close()


@pytest.fixture
def names() -> dict[str, str]:
    return dict(NAMES)


@pytest.fixture
def sharing(work: WorkService, shelf: Shelf, names: dict[str, str]) -> Sharing:
    return Sharing(work.store, shelf, lambda: names)


def study(*matters: str) -> Draft:
    said = Said("ع", "A title")
    return Draft(
        title=said,
        tongue=Tongue.BOTH,
        cases=tuple(CaseDraft(m, ("أ", "ب"), ("a", "b"), Said("ج", "c")) for m in matters),
        goals=("intent",),
        questions=(QuestionDraft("own-1", matters[0], said, said, included=False),),
        variants=(f"{matters[0]}:x",),
        reveals=True,
    )


def read_by(sharing: Sharing, who: Reader) -> list[str]:
    with acting_as(who):
        return [shared.name for shared in sharing.shared_with_me()]


# ---- sharing


def test_a_folder_is_read_by_the_colleague_named_and_by_nobody_else(
    work: WorkService, sharing: Sharing
) -> None:
    folder = work.add_folder(ALI.id, "Passports")
    work.add_note(ALI.id, OPEN, NoteDraft("shared words", folder=folder))
    work.add_note(ALI.id, OPEN, NoteDraft("private words"))
    share = sharing.share_with_person(ALI.id, ShareKind.FOLDER, folder, " Sara ")
    assert (read_by(sharing, SARA), read_by(sharing, OMAR), read_by(sharing, ALI)) == (
        ["Passports"],
        [],
        [],
    )
    with acting_as(SARA):
        shared = sharing.one(share)
        assert (shared.owner, [v.note.text for v in shared.notes]) == ("ali", ["shared words"])
        assert work.notes(SARA.id, Wanted()).total == 0
    for act in (
        lambda: work.rename_folder(SARA.id, folder, "mine", 1),
        lambda: work.save_note(SARA.id, shared.notes[0].note.id, NoteDraft("x"), 1),
        lambda: work.delete_note(SARA.id, shared.notes[0].note.id),
        lambda: work.delete_folder(SARA.id, folder),
        lambda: sharing.take_back(SARA.id, share),
        lambda: sharing.share_with_person(SARA.id, ShareKind.FOLDER, folder, "omar"),
    ):
        with pytest.raises(NotSaved):
            act()
    with acting_as(OMAR), pytest.raises(NotSaved):
        sharing.one(share)


def test_a_share_is_taken_back(work: WorkService, sharing: Sharing) -> None:
    search = work.add_search(ALI.id, "visas", Query("selling visas"))
    share = sharing.share_with_role(ALI.id, ShareKind.SEARCH, search, "judge")
    assert (read_by(sharing, SARA), read_by(sharing, OMAR)) == (["visas"], [])
    ended = sharing.take_back(ALI.id, share)
    assert (ended.kind, ended.item) == (ShareKind.SEARCH, search)
    assert read_by(sharing, SARA) == []
    with acting_as(SARA), pytest.raises(NotSaved):
        sharing.one(share)


def test_nothing_is_shared_twice_and_each_thing_is_read_once(
    work: WorkService, sharing: Sharing
) -> None:
    search = work.add_search(ALI.id, "visas", Query("selling visas"))
    first = sharing.share_with_person(ALI.id, ShareKind.SEARCH, search, "sara")
    assert sharing.share_with_person(ALI.id, ShareKind.SEARCH, search, "sara") == first
    sharing.share_with_role(ALI.id, ShareKind.SEARCH, search, "judge")
    assert read_by(sharing, SARA) == ["visas"]
    held = {(share.audience, share.whom) for share in sharing.shares(ALI.id)}
    assert held == {(Audience.PERSON, "sara"), (Audience.ROLE, "judge")}


def test_what_is_deleted_is_no_longer_shared(work: WorkService, sharing: Sharing) -> None:
    folder = work.add_folder(ALI.id, "Passports")
    work.add_note(ALI.id, OPEN, NoteDraft("words", folder=folder))
    search = work.add_search(ALI.id, "visas", Query("selling visas"))
    kept = work.add_study(ALI.id, "a study", study(OPEN))
    sharing.share_with_role(ALI.id, ShareKind.FOLDER, folder, "judge")
    sharing.share_with_role(ALI.id, ShareKind.SEARCH, search, "judge")
    sharing.share_with_role(ALI.id, ShareKind.STUDY, kept, "judge")
    assert len(read_by(sharing, SARA)) == 3
    work.delete_folder(ALI.id, folder)
    work.delete_search(ALI.id, search)
    work.delete_study(ALI.id, kept)
    assert (read_by(sharing, SARA), sharing.shares(ALI.id)) == ([], [])


def test_all_that_an_owner_deletes_is_no_longer_shared(work: WorkService, sharing: Sharing) -> None:
    kept = work.add_study(ALI.id, "a study", study(OPEN))
    sharing.share_with_role(ALI.id, ShareKind.STUDY, kept, "judge")
    work.delete_everything(ALI.id)
    assert (read_by(sharing, SARA), sharing.shares(ALI.id)) == ([], [])


def test_what_a_reader_may_not_see_is_not_in_what_is_shared(
    work: WorkService, sharing: Sharing, shelf: Shelf
) -> None:
    mixed = work.add_folder(ALI.id, "Mixed")
    secret = work.add_folder(ALI.id, f"About {SECRET}")
    work.add_note(ALI.id, OPEN, NoteDraft("open words", folder=mixed))
    work.add_note(ALI.id, HIDDEN, NoteDraft(f"words on {SECRET}", (SECRET,), mixed))
    work.add_note(ALI.id, HIDDEN, NoteDraft("hidden words", folder=secret))
    one = work.add_study(ALI.id, f"Study of {SECRET}", study(OPEN, HIDDEN))
    within = work.add_search(ALI.id, SECRET, Query("a", Filters(work=HIDDEN)))
    for kind, item in (
        (ShareKind.FOLDER, mixed),
        (ShareKind.FOLDER, secret),
        (ShareKind.STUDY, one),
        (ShareKind.SEARCH, within),
    ):
        sharing.share_with_role(ALI.id, kind, item, "trainer")
    with acting_as(OMAR):
        assert len(sharing.shared_with_me()) == 4
        shelf.hidden = {HIDDEN}
        (left,) = sharing.shared_with_me()
        assert SECRET not in repr(sharing.shared_with_me())
        assert [view.note.text for view in left.notes] == ["open words"]
        for share in sharing.shares(ALI.id):
            if share.item != mixed:
                with pytest.raises(NotSaved):
                    sharing.one(share.id)


def test_a_note_is_named_as_its_reader_may_name_it(
    work: WorkService, sharing: Sharing, shelf: Shelf
) -> None:
    folder = work.add_folder(ALI.id, "Mixed")
    shelf.names[OPEN] = Bilingual(en=f"A matter of {SECRET}")
    work.add_note(ALI.id, OPEN, NoteDraft("words", folder=folder))
    shelf.names[OPEN] = Bilingual(en="A matter of A.")
    share = sharing.share_with_person(ALI.id, ShareKind.FOLDER, folder, "omar")
    with acting_as(OMAR):
        assert SECRET not in repr(sharing.one(share))


def test_who_no_longer_signs_in_shares_nothing(
    work: WorkService, sharing: Sharing, names: dict[str, str]
) -> None:
    search = work.add_search(ALI.id, "visas", Query("selling visas"))
    sharing.share_with_person(ALI.id, ShareKind.SEARCH, search, "sara")
    del names["u-ali"]
    assert read_by(sharing, SARA) == []


@pytest.mark.parametrize("name", ["nobody", "", "ali", "u-sara"])
def test_one_shares_with_colleagues_alone(work: WorkService, sharing: Sharing, name: str) -> None:
    search = work.add_search(ALI.id, "visas", Query("selling visas"))
    with pytest.raises(NoColleague):
        sharing.share_with_person(ALI.id, ShareKind.SEARCH, search, name)


@pytest.mark.parametrize("role", ["administrator", "", "anybody"])
def test_one_shares_with_roles_that_keep_work(
    work: WorkService, sharing: Sharing, role: str
) -> None:
    search = work.add_search(ALI.id, "visas", Query("selling visas"))
    with pytest.raises(NoColleague):
        sharing.share_with_role(ALI.id, ShareKind.SEARCH, search, role)


def test_there_is_an_end_to_sharing(
    work: WorkService, sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "MAX_SHARES", 1)
    search = work.add_search(ALI.id, "visas", Query("selling visas"))
    sharing.share_with_role(ALI.id, ShareKind.SEARCH, search, "judge")
    with pytest.raises(LimitReached):
        sharing.share_with_role(ALI.id, ShareKind.SEARCH, search, "trainer")


# ---- kept case studies


def test_a_case_study_comes_back_as_kept(work: WorkService) -> None:
    draft = study(OPEN, HIDDEN)
    kept = work.add_study(ALI.id, "  a   study ", draft)
    held = work.study(ALI.id, kept)
    assert (held.name, held.draft, held.version) == ("a study", draft, 1)
    changed = replace(draft, title=Said("", "Another"))
    work.save_study(ALI.id, kept, "b", changed, 1)
    with pytest.raises(EditConflict):
        work.save_study(ALI.id, kept, "c", draft, 1)
    assert [(s.name, s.draft) for s in work.studies(ALI.id)] == [("b", changed)]
    assert work.export(ALI.id).as_json()["studies"][0]["draft"]["title"]["en"] == "Another"


def test_a_case_study_is_its_owners(work: WorkService) -> None:
    kept = work.add_study(ALI.id, "a", study(OPEN))
    assert work.studies(SARA.id) == []
    acts: list[Callable[[], object]] = [
        lambda: work.study(SARA.id, kept),
        lambda: work.save_study(SARA.id, kept, "b", study(OPEN), 1),
        lambda: work.delete_study(SARA.id, kept),
    ]
    for act in acts:
        with pytest.raises(NotSaved):
            act()


def test_a_deleted_case_study_is_in_no_file_any_more(work: WorkService, tmp_path: Path) -> None:
    draft = replace(study(OPEN), title=Said("", "an unmistakable title"))
    kept = work.add_study(ALI.id, "a", draft)
    work.delete_study(ALI.id, kept)
    files = list(tmp_path.glob(f"{FILE}*"))
    assert files
    assert not any(b"unmistakable" in file.read_bytes() for file in files)


def test_case_studies_without_a_name_or_too_many_are_refused(
    work: WorkService, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadRequest):
        work.add_study(ALI.id, "  ", study(OPEN))
    monkeypatch.setattr(studies, "MAX_STUDIES", 1)
    work.add_study(ALI.id, "a", study(OPEN))
    with pytest.raises(LimitReached):
        work.add_study(ALI.id, "b", study(OPEN))


# ---- what is new


def test_new_documents_that_fit_are_counted_until_they_are_looked_at(
    work: WorkService, shelf: Shelf
) -> None:
    search = work.add_search(ALI.id, "a", Query("a"))
    other = work.add_search(ALI.id, "b", Query("b"))
    with acting_as(ALI):
        assert work.alerts.counts(ALI.id, 5) == {}
        shelf.found = ["new-1", OPEN, "new-2"]
        work.alerts.forget(ALI.id)
        assert work.alerts.counts(ALI.id, 5) == {search: 2, other: 2}
        assert work.alerts.total(ALI.id) == 2  # the same two documents
        new = work.what_is_new(ALI.id, search)
        assert [fitting.hit.id for fitting in new.fitting] == ["new-1", "new-2"]
        assert all(fitting.met_at for fitting in new.fitting)
        work.mark_seen(ALI.id, search, new.last)
        assert work.alerts.counts(ALI.id, 5) == {other: 2}
        work.delete_search(ALI.id, other)
        assert work.alerts.counts(ALI.id, 5) == {}


def test_a_document_far_down_or_of_a_search_that_nothing_fits_calls_nobody(
    work: WorkService, shelf: Shelf
) -> None:
    shelf.found = [f"old-{n}" for n in range(FITTING)]
    search = work.add_search(ALI.id, "a", Query("a"))
    shelf.found = [*shelf.found, "new-1"]
    down = work.what_is_new(ALI.id, search)
    assert ([hit.id for hit in down.hits], down.fitting) == (["new-1"], ())
    shelf.found.insert(0, shelf.found.pop())
    assert len(work.what_is_new(ALI.id, search).fitting) == 1
    shelf.nothing_fits = True
    unfit = work.what_is_new(ALI.id, search)
    assert ([hit.id for hit in unfit.hits], unfit.fitting) == (["new-1"], ())


def test_a_search_is_run_again_only_when_documents_have_come(
    work: WorkService, shelf: Shelf
) -> None:
    work.add_search(ALI.id, "a", Query("a"))
    shelf.found = [OPEN, "new-1"]
    with acting_as(ALI):
        work.alerts.counts(ALI.id, 5)
        before = shelf.asked
        for _ in range(3):
            work.alerts.counts(ALI.id, 5)
        assert shelf.asked == before


def test_a_search_that_can_no_longer_be_asked_spoils_no_other(
    work: WorkService, shelf: Shelf
) -> None:
    work.add_search(ALI.id, "a", Query("a", Filters(work="soon")))
    good = work.add_search(ALI.id, "b", Query("b"))
    with work.store.write() as conn:
        conn.exec_driver_sql("UPDATE searches SET query = replace(query, 'soon', 'withdrawn')")
    shelf.found = [OPEN, "new-1"]
    with acting_as(ALI):
        assert work.alerts.counts(ALI.id, 5) == {good: 1}


# ---- files of an earlier version


def test_a_file_of_schema_1_is_opened_with_everything_in_it(tmp_path: Path, shelf: Shelf) -> None:
    old = sqlite3.connect(tmp_path / FILE)
    old.executescript(OLD_FILE.read_text("utf-8"))
    old.close()
    shelf.names["kw-law-2013-91/art-2"] = Bilingual(en="Art. 2")
    work = WorkService(WorkStore(tmp_path), shelf)
    for _ in range(2):  # as brought up to date, and opened again
        (view,) = work.notes("u-1", Wanted(words="passports", label="intent", folder="f1")).notes
        assert (view.note.text, view.note.version, view.state) == ("Passports", 3, "same")
        assert [folder.name for folder in work.folders("u-1")] == ["ملف"]
        assert [search.query for search in work.searches("u-1")] == [Query("selling visas")]
        assert [facts.facts for facts in work.facts("u-1")] == ["The facts."]
        work.close()
        work = WorkService(WorkStore(tmp_path), shelf)
    kept = work.add_study("u-1", "a", study(OPEN))
    sharing = Sharing(work.store, shelf, lambda: {"u-1": "one", **NAMES})
    sharing.share_with_role("u-1", ShareKind.STUDY, kept, "judge")
    assert read_by(sharing, SARA) == ["a"]
    new = work.what_is_new("u-1", "s1")
    assert [fitting.hit.id for fitting in new.fitting] == [OPEN]  # met after the file was written
    work.close()
    held = sqlite3.connect(tmp_path / FILE)
    assert held.execute("SELECT schema FROM state").fetchall() == [(SCHEMA,)]
    assert held.execute("SELECT met_at FROM documents WHERE number = 1").fetchone() == ("",)
    held.close()


def test_an_old_file_is_brought_up_to_what_a_new_one_is(tmp_path: Path, shelf: Shelf) -> None:
    old = sqlite3.connect(tmp_path / FILE)
    old.executescript(OLD_FILE.read_text("utf-8"))
    old.close()
    shapes = []
    for home in (tmp_path, tmp_path / "new"):
        work = WorkService(WorkStore(home), shelf)
        work.folders("u-1")
        work.close()
        held = sqlite3.connect(home / FILE)
        tables = sorted(r[0] for r in held.execute("SELECT name FROM sqlite_master"))
        columns = [held.execute(f"PRAGMA table_info({name})").fetchall() for name in tables]
        held.close()
        shapes.append((tables, columns))
    assert shapes[0] == shapes[1]
