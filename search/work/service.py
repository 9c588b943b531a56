"""The front door to one's work: what pages, API and command ask, for one owner at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from search.casebook.draft import Draft
from search.errors import NotHeld
from search.model import Query
from search.work import notes, saved, shares, studies, whole
from search.work import tables as t
from search.work.alerts import Alerts
from search.work.model import (
    Folder,
    Note,
    NoteDraft,
    NotePage,
    NoteView,
    SavedFacts,
    SavedSearch,
    SavedStudy,
    Target,
    TargetState,
    Wanted,
    WhatIsNew,
    checked_draft,
    checked_name,
)
from search.work.news import Collection, look, meet
from search.work.rows import delete_row
from search.work.store import WorkStore
from search.work.targets import parse_target
from search.work.whole import Export

PAGE_SIZE = 50


class WorkService:
    """Keep and find one's work. Safe to use from several threads.

    Every function may raise WorkUnavailable; one that names a row raises NotSaved where the owner
    has none of that id.
    """

    def __init__(self, store: WorkStore, collection: Collection) -> None:
        """Take the file of work and the collection it is about; neither is read yet."""
        self.store = store
        self._collection = collection
        self.alerts = Alerts(store, collection)

    def folders(self, owner: str) -> list[Folder]:
        """Return the folders by name."""
        with self.store.read() as conn:
            return notes.list_folders(conn, owner)

    def add_folder(self, owner: str, name: str) -> str:
        """Keep a new folder; return its id. Raises BadRequest, LimitReached."""
        with self.store.write() as conn:
            return notes.add_folder(conn, owner, checked_name(name))

    def rename_folder(self, owner: str, folder: str, name: str, version: int) -> None:
        """Rename a folder that is still at `version`. Raises BadRequest, EditConflict."""
        with self.store.write() as conn:
            notes.rename_folder(conn, owner, folder, checked_name(name), version)

    def delete_folder(self, owner: str, folder: str) -> None:
        """Delete a folder; its notes stay, in none."""
        with self.store.write() as conn:
            shares.forget_item(conn, owner, folder)
            notes.delete_folder(conn, owner, folder)
        self.store.wipe_traces()

    def labels(self, owner: str) -> list[tuple[str, int]]:
        """Return each label and the number of its notes, the most frequent first."""
        with self.store.read() as conn:
            return notes.count_labels(conn, owner)

    def notes(self, owner: str, wanted: Wanted, offset: int = 0) -> NotePage:
        """Return PAGE_SIZE of the notes meant, last changed first.

        Words are looked up as in the collection: in all their forms, in both languages.
        """
        with self.store.read() as conn:
            total, found = notes.find_notes(conn, owner, wanted, PAGE_SIZE, offset)
        return NotePage(total, self._viewed(found))

    def note(self, owner: str, note: str) -> NoteView:
        """Return a note and whether what it is on has changed since."""
        with self.store.read() as conn:
            return self._viewed([notes.read_note(conn, owner, note)])[0]

    def target(self, identifier: str) -> Target:
        """Return what a note may be on. Raises BadIdentifier, NotHeld."""
        known = parse_target(identifier)
        found = self._collection.targets([known]).get(known)
        if found is None:
            raise NotHeld(f"The collection does not hold {known}.", id=known)
        return found

    def add_note(self, owner: str, target: str, draft: NoteDraft) -> str:
        """Keep a new note; return its id. Raises BadIdentifier, NotHeld, LimitReached."""
        noted, written = self.target(target), checked_draft(draft)
        with self.store.write() as conn:
            return notes.add_note(conn, owner, noted, written)

    def save_note(
        self, owner: str, note: str, draft: NoteDraft, version: int, seen: bool = False
    ) -> None:
        """Change a note that is still at `version`.

        `seen` says that the person has read what it is on as it is held now. Raises EditConflict,
        LimitReached.
        """
        written = checked_draft(draft)
        with self.store.read() as conn:
            held = notes.read_note(conn, owner, note)
        now = self._collection.targets([held.target]).get(held.target) if seen else None
        with self.store.write() as conn:
            notes.save_note(conn, owner, held, written, version, now)

    def delete_note(self, owner: str, note: str) -> None:
        """Delete a note; nothing of it stays in the file."""
        with self.store.write() as conn:
            notes.delete_note(conn, owner, note)
        self.store.wipe_traces()

    def searches(self, owner: str) -> list[SavedSearch]:
        """Return the saved searches, the latest first."""
        with self.store.read() as conn:
            return saved.list_searches(conn, owner)

    def add_search(self, owner: str, name: str, query: Query) -> str:
        """Keep a search, as looked at now; return its id.

        Raises BadRequest, LimitReached, and what a search raises.
        """
        called, asked = checked_name(name), replace(query, offset=0)
        self._collection.search(replace(asked, limit=1))  # what cannot be asked is not kept
        meet(self.store, self._collection)
        with self.store.write() as conn:
            seen = saved.last_document(conn)
            return saved.add_search(conn, owner, called, asked, seen)

    def what_is_new(self, owner: str, search: str) -> WhatIsNew:
        """Run a saved search; return the results on documents that came since it was looked at."""
        with self.store.read() as conn:
            held = saved.read_search(conn, owner, search)
        return look(self.store, self._collection, held)

    def mark_seen(self, owner: str, search: str, last: int) -> None:
        """Note that what was new up to the document `last` has been looked at."""
        with self.store.write() as conn:
            saved.mark_seen(conn, owner, search, last)
        self.alerts.forget(owner, search)

    def delete_search(self, owner: str, search: str) -> None:
        """Delete a saved search."""
        self._delete(t.searches, owner, search)
        self.alerts.forget(owner, search)

    def facts(self, owner: str) -> list[SavedFacts]:
        """Return the facts saved, the latest first."""
        with self.store.read() as conn:
            return saved.list_facts(conn, owner)

    def one_of_facts(self, owner: str, facts: str) -> SavedFacts:
        """Return the facts saved under an id."""
        with self.store.read() as conn:
            return saved.read_facts(conn, owner, facts)

    def add_facts(self, owner: str, facts: SavedFacts) -> str:
        """Keep facts because a person asked for it; return their id.

        The facts are those that telling offences apart has read. Raises BadRequest, LimitReached.
        """
        named = replace(facts, name=checked_name(facts.name))
        with self.store.write() as conn:
            return saved.add_facts(conn, owner, named)

    def delete_facts(self, owner: str, facts: str) -> None:
        """Delete saved facts; nothing of them stays in the file."""
        self._delete(t.facts, owner, facts)

    def studies(self, owner: str) -> list[SavedStudy]:
        """Return the kept case studies, last changed first."""
        with self.store.read() as conn:
            return studies.list_studies(conn, owner)

    def study(self, owner: str, study: str) -> SavedStudy:
        """Return the case study kept under an id."""
        with self.store.read() as conn:
            return studies.read_study(conn, owner, study)

    def add_study(self, owner: str, name: str, draft: Draft) -> str:
        """Keep a case study as its builder has it; return its id.

        Raises BadRequest, LimitReached.
        """
        called = checked_name(name)
        with self.store.write() as conn:
            return studies.add_study(conn, owner, called, draft)

    def save_study(self, owner: str, study: str, name: str, draft: Draft, version: int) -> None:
        """Change a case study that is still at `version`. Raises BadRequest, EditConflict."""
        called = checked_name(name)
        with self.store.write() as conn:
            studies.save_study(conn, owner, study, called, draft, version)

    def delete_study(self, owner: str, study: str) -> None:
        """Delete a kept case study; nothing of it stays in the file."""
        self._delete(t.studies, owner, study)

    def export(self, owner: str) -> Export:
        """Return everything the owner has saved."""
        return whole.export(self.store, owner)

    def delete_everything(self, owner: str) -> None:
        """Delete all that the owner has saved; the file is then written anew without it."""
        whole.delete_everything(self.store, owner)
        self.alerts.forget(owner)

    def close(self) -> None:
        """Stop counting what is new, and close the file."""
        self.alerts.close()
        self.store.close()

    def _delete(self, table: sa.Table, owner: str, identifier: str) -> None:
        with self.store.write() as conn:
            shares.forget_item(conn, owner, identifier)
            delete_row(conn, table, owner, identifier)
        self.store.wipe_traces()

    def _viewed(self, found: Sequence[Note]) -> tuple[NoteView, ...]:
        held = self._collection.targets([note.target for note in found])
        return tuple(NoteView(note, _state(note, held.get(note.target))) for note in found)


def _state(note: Note, target: Target | None) -> TargetState:
    if target is None:
        return TargetState.WITHDRAWN
    return TargetState.SAME if target.digest == note.target_digest else TargetState.CHANGED
