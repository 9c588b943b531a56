"""Folders and notes in SQL. The caller owns the transaction."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from search.errors import NotSaved
from search.model import Bilingual
from search.work import tables as t
from search.work.lookup import label_key, label_keys, terms_asked, terms_of
from search.work.model import (
    MAX_FOLDERS,
    MAX_NOTES,
    Folder,
    Note,
    NoteDraft,
    Target,
    Wanted,
)
from search.work.rows import (
    check_room,
    delete_row,
    insert_row,
    update_row,
)

MAX_TERMS = 32  # of a question to one's notes: more make a statement too deep for the engine


def list_folders(conn: Connection, owner: str) -> list[Folder]:
    """Return the folders by name, with the number of their notes."""
    counted = (
        sa.select(t.notes.c.folder, sa.func.count().label("notes"))
        .where(t.notes.c.owner == owner)
        .group_by(t.notes.c.folder)
        .subquery()
    )
    rows = conn.execute(
        sa.select(t.folders, sa.func.coalesce(counted.c.notes, 0).label("notes"))
        .join(counted, counted.c.folder == t.folders.c.id, isouter=True)
        .where(t.folders.c.owner == owner)
    )
    found = [Folder(r.id, r.name, r.notes, r.version, r.created_at, r.changed_at) for r in rows]
    return sorted(found, key=lambda folder: (label_key(folder.name), folder.id))


def add_folder(conn: Connection, owner: str, name: str) -> str:
    """Keep a new folder; return its id."""
    check_room(conn, t.folders, owner, MAX_FOLDERS)
    return insert_row(conn, t.folders, owner, name=name)


def rename_folder(conn: Connection, owner: str, folder: str, name: str, version: int) -> None:
    """Rename a folder; raise NotSaved or EditConflict."""
    update_row(conn, t.folders, owner, folder, version, name=name)


def delete_folder(conn: Connection, owner: str, folder: str) -> None:
    """Delete a folder; its notes stay, in none."""
    inside = (t.notes.c.owner == owner) & (t.notes.c.folder == folder)
    conn.execute(t.notes.update().where(inside).values(folder=None))
    delete_row(conn, t.folders, owner, folder)


def read_note(conn: Connection, owner: str, note: str) -> Note:
    """Return a note; raise NotSaved."""
    row = conn.execute(
        t.notes.select().where(t.notes.c.id == note, t.notes.c.owner == owner)
    ).first()
    if row is None:
        raise NotSaved("There is no such note here; it may have been deleted in another window.")
    return _note(row)


def find_notes(
    conn: Connection, owner: str, wanted: Wanted, limit: int | None, offset: int = 0
) -> tuple[int, list[Note]]:
    """Return how many notes are meant, and some of them, last changed first."""
    where = [t.notes.c.owner == owner]
    if wanted.folder:
        where.append(t.notes.c.folder == wanted.folder)
    if wanted.target:
        where.append(t.notes.c.target == wanted.target)
    if wanted.label:
        labelled = sa.select(t.note_labels.c.note).where(
            t.note_labels.c.owner == owner, t.note_labels.c.label == label_key(wanted.label)
        )
        where.append(t.notes.c.id.in_(labelled))
    for term in sorted(terms_asked(wanted.words))[:MAX_TERMS]:
        having = sa.select(t.note_terms.c.note).where(
            t.note_terms.c.owner == owner, t.note_terms.c.term == term
        )
        where.append(t.notes.c.id.in_(having))
    total = conn.execute(sa.select(sa.func.count()).select_from(t.notes).where(*where)).scalar_one()
    ordered = t.notes.select().where(*where).order_by(t.notes.c.changed_at.desc(), t.notes.c.id)
    rows = conn.execute(ordered.limit(limit).offset(offset))
    return int(total), [_note(row) for row in rows]


def count_labels(conn: Connection, owner: str) -> list[tuple[str, int]]:
    """Return each label as first spelt and how many notes have it, the most frequent first."""
    rows = conn.execute(
        sa.select(sa.func.min(t.note_labels.c.shown), sa.func.count())
        .where(t.note_labels.c.owner == owner)
        .group_by(t.note_labels.c.label)
    )
    return sorted(((shown, int(n)) for shown, n in rows), key=lambda found: (-found[1], found[0]))


def add_note(conn: Connection, owner: str, target: Target, draft: NoteDraft) -> str:
    """Keep a new note; return its id. Raises LimitReached, or NotSaved for no such folder."""
    check_room(conn, t.notes, owner, MAX_NOTES)
    _check_folder(conn, owner, draft.folder)
    note = insert_row(conn, t.notes, owner, target=target.id, **_written(target, draft))
    _index(conn, owner, note, target.label, draft)
    return note


def save_note(
    conn: Connection, owner: str, note: Note, draft: NoteDraft, version: int, seen: Target | None
) -> None:
    """Change a note; `seen` is what it is on as held now, where the person has seen that.

    Raises EditConflict, or NotSaved for no such folder.
    """
    _check_folder(conn, owner, draft.folder)
    target = seen or Target(note.target, note.target_label, note.target_digest)
    update_row(conn, t.notes, owner, note.id, version, **_written(target, draft))
    _unindex(conn, note.id)
    _index(conn, owner, note.id, target.label, draft)


def delete_note(conn: Connection, owner: str, note: str) -> None:
    """Delete a note and what it is found by; raise NotSaved."""
    read_note(conn, owner, note)
    _unindex(conn, note)
    delete_row(conn, t.notes, owner, note)


def index_again(conn: Connection) -> None:
    """Make the terms of every note anew, after the analysis has changed."""
    conn.execute(t.note_terms.delete())
    for row in conn.execute(t.notes.select()).all():
        note = _note(row)
        _add_terms(conn, row.owner, note.id, note.target_label, note.text, note.labels)


def _check_folder(conn: Connection, owner: str, folder: str | None) -> None:
    if folder is None:
        return
    own = (t.folders.c.id == folder) & (t.folders.c.owner == owner)
    if conn.execute(sa.select(t.folders.c.id).where(own)).first() is None:
        raise NotSaved("There is no such folder here; it may have been deleted in another window.")


def _written(target: Target, draft: NoteDraft) -> dict[str, Any]:
    return {
        "target_label": {"ar": target.label.ar, "en": target.label.en},
        "target_digest": target.digest,
        "text": draft.text,
        "labels": list(draft.labels),
        "folder": draft.folder,
    }


def _index(conn: Connection, owner: str, note: str, label: Bilingual, draft: NoteDraft) -> None:
    rows = [
        {"note": note, "owner": owner, "label": key, "shown": shown}
        for key, shown in label_keys(draft.labels).items()
    ]
    if rows:
        conn.execute(t.note_labels.insert(), rows)
    _add_terms(conn, owner, note, label, draft.text, draft.labels)


def _add_terms(
    conn: Connection,
    owner: str,
    note: str,
    label: Bilingual,
    text: str,
    labels: tuple[str, ...],
) -> None:
    terms = terms_of(text, *labels, label.ar or "", label.en or "")
    if terms:
        rows = [{"note": note, "owner": owner, "term": term} for term in sorted(terms)]
        conn.execute(t.note_terms.insert(), rows)


def _unindex(conn: Connection, note: str) -> None:
    conn.execute(t.note_labels.delete().where(t.note_labels.c.note == note))
    conn.execute(t.note_terms.delete().where(t.note_terms.c.note == note))


def _note(row: Row[Any]) -> Note:
    return Note(
        id=row.id,
        target=row.target,
        target_label=Bilingual(**row.target_label),
        target_digest=row.target_digest,
        text=row.text,
        labels=tuple(row.labels),
        folder=row.folder,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
