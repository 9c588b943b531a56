"""What one's work is made of, and how much of it there may be. Values only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from search.casebook.draft import Draft
from search.errors import BadRequest, LimitReached
from search.model import Bilingual, Language, Query
from search.results import Hit

MAX_NAME_CHARS = 200
MAX_NOTE_CHARS = 20_000
MAX_LABEL_CHARS = 60
MAX_LABELS = 20  # of one note
MAX_FOLDERS = 200
MAX_NOTES = 10_000
MAX_SEARCHES = 200
MAX_FACTS = 200
MAX_STUDIES = 100
MAX_SHARES = 500

# As in forms: read as blanks, one for one.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = re.compile("[,،;؛\n]")


class TargetState(StrEnum):
    """How what a note is on stands to what it was when the note was written."""

    SAME = "same"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Target:
    """A provision, matter, instrument or passage as it is held now."""

    id: str
    label: Bilingual  # as it is cited
    digest: str  # of its texts and of what happened to it


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of notes."""

    id: str
    name: str
    notes: int
    version: int  # raised by every change
    created_at: str  # ISO 8601, UTC
    changed_at: str


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What a person writes of a note."""

    text: str = ""
    labels: tuple[str, ...] = ()
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note on something held; without text it is a bookmark."""

    id: str
    target: str
    target_label: Bilingual  # as it was cited when last seen: it may be withdrawn later
    target_digest: str
    text: str
    labels: tuple[str, ...]
    folder: str | None
    version: int
    created_at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note, and how what it is on stands now."""

    note: Note
    state: TargetState


@dataclass(frozen=True, slots=True)
class NotePage:
    """Some of the notes asked for; `total` counts them all."""

    total: int
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes are asked for; an empty value does not limit."""

    words: str = ""
    folder: str = ""
    label: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search to be run again. `seen` is the last document known when it was last looked at."""

    id: str
    name: str
    query: Query
    seen: int
    seen_at: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """A result that fits a saved search and stands on documents that are new to it."""

    hit: Hit
    documents: frozenset[int]  # their numbers
    met_at: str  # when the latest of them was first met; empty: not known


@dataclass(frozen=True, slots=True)
class WhatIsNew:
    """The results that stand on documents which came after the search was last looked at."""

    search: SavedSearch
    hits: tuple[Hit, ...]
    looked_through: int  # results looked at, the best first
    last: int  # the last document known now: what `mark_seen` is told
    fitting: tuple[Fitting, ...]  # those of the hits that an alert counts, see news.py


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """Facts of a case, and what was changed in them; saved only when a person asks for it."""

    id: str
    name: str
    facts: str
    language: Language
    day: str  # of the acts, or empty
    strike: tuple[int, ...]
    assume: tuple[tuple[str, bool], ...]
    created_at: str


@dataclass(frozen=True, slots=True)
class SavedStudy:
    """A case study kept as its builder has it."""

    id: str
    name: str
    draft: Draft
    version: int  # raised by every change
    created_at: str
    changed_at: str


class ShareKind(StrEnum):
    """What can be shared."""

    FOLDER = "folder"
    SEARCH = "search"
    STUDY = "study"


class Audience(StrEnum):
    """Whom something is shared with."""

    PERSON = "person"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Share:
    """That an owner lets others read something; `whom` is the id of an account, or a role."""

    id: str
    owner: str
    kind: ShareKind
    item: str
    audience: Audience
    whom: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What a reader may read of another's work: one of folder, search and study."""

    id: str  # of the share
    owner: str  # the name of their account
    kind: ShareKind
    name: str
    notes: tuple[NoteView, ...] = ()  # of the folder: those that this reader may see
    search: SavedSearch | None = None
    study: SavedStudy | None = None


def clean(text: str) -> str:
    """Return text with line ends as \\n and without control characters or blanks at its ends."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def checked_name(name: str) -> str:
    """Return a name as it is kept; raise BadRequest for none, LimitReached for too long a one."""
    said = " ".join(clean(name).split())
    if not said:
        raise BadRequest("A name is needed: a few words that tell it from the others.")
    if len(said) > MAX_NAME_CHARS:
        raise LimitReached(f"A name has {MAX_NAME_CHARS} characters at most.", limit=MAX_NAME_CHARS)
    return said


def checked_draft(draft: NoteDraft) -> NoteDraft:
    """Return what a person wrote as it is kept; raise LimitReached for too much of it."""
    text = clean(draft.text)
    if len(text) > MAX_NOTE_CHARS:
        raise LimitReached(
            f"A note has {MAX_NOTE_CHARS:,} characters at most, this one {len(text):,}. "
            "Write it in two notes.",
            limit=MAX_NOTE_CHARS,
        )
    labels = tuple(dict.fromkeys(" ".join(clean(label).split()) for label in draft.labels))
    labels = tuple(label for label in labels if label)
    if len(labels) > MAX_LABELS:
        raise LimitReached(f"A note has {MAX_LABELS} labels at most.", limit=MAX_LABELS)
    if any(len(label) > MAX_LABEL_CHARS for label in labels):
        raise LimitReached(
            f"A label has {MAX_LABEL_CHARS} characters at most.", limit=MAX_LABEL_CHARS
        )
    return NoteDraft(text, labels, draft.folder or None)


def split_labels(typed: str) -> tuple[str, ...]:
    """Read labels as typed in one line, with commas of either language between them."""
    return tuple(label.strip() for label in _SEPARATORS.split(typed) if label.strip())
