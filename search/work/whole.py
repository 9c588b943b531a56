"""All that one owner has saved, taken away or deleted: asks nothing of the collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from search.catalogue.rows import dump
from search.work import notes, saved, studies
from search.work import tables as t
from search.work.model import Folder, Note, SavedFacts, SavedSearch, SavedStudy, Wanted
from search.work.store import WorkStore

FORMAT = "tamyeez-work"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Export:
    """All that one owner has saved."""

    folders: tuple[Folder, ...]
    notes: tuple[Note, ...]
    searches: tuple[SavedSearch, ...]
    facts: tuple[SavedFacts, ...]
    studies: tuple[SavedStudy, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as the plain values of a JSON file."""
        return {"format": FORMAT, "version": VERSION, **dump(self)}


def export(store: WorkStore, owner: str) -> Export:
    """Return everything the owner has saved. Raises WorkUnavailable."""
    with store.read() as conn:
        _, held = notes.find_notes(conn, owner, Wanted(), limit=None)
        return Export(
            folders=tuple(notes.list_folders(conn, owner)),
            notes=tuple(held),
            searches=tuple(saved.list_searches(conn, owner)),
            facts=tuple(saved.list_facts(conn, owner)),
            studies=tuple(studies.list_studies(conn, owner)),
        )


def delete_everything(store: WorkStore, owner: str) -> None:
    """Delete all that the owner has saved; the file is then written anew without it.

    Raises WorkUnavailable.
    """
    with store.write() as conn:
        for table in t.OWNED:
            conn.execute(table.delete().where(table.c.owner == owner))
    store.wipe_traces(compact=True)
