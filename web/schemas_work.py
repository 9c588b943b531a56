"""The JSON shapes of one's work."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from search.distinction.limits import MAX_FACTS_CHARS
from search.identifiers import MAX_ID_CHARS
from search.model import Language
from search.work.model import (
    MAX_LABEL_CHARS,
    MAX_LABELS,
    MAX_NAME_CHARS,
    MAX_NOTE_CHARS,
    Audience,
    NoteDraft,
    SavedFacts,
    ShareKind,
    TargetState,
)
from web.api import Day
from web.schemas import BilingualOut, ResultOut
from web.schemas_casebook import DraftIO
from web.schemas_record import AskedIn

Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME_CHARS)]
Label = Annotated[str, Field(min_length=1, max_length=MAX_LABEL_CHARS)]
_MAX_CHANGES = 200


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class NoteIn(_In):
    """What a person writes of a note."""

    text: str = Field("", max_length=MAX_NOTE_CHARS)
    labels: tuple[Label, ...] = Field((), max_length=MAX_LABELS)
    folder: str | None = Field(None, max_length=MAX_ID_CHARS, description="Id of a folder")

    def as_draft(self) -> NoteDraft:
        """Return it as the service takes it."""
        return NoteDraft(self.text, self.labels, self.folder)


class NewNoteIn(NoteIn):
    """A new note, and what it is on."""

    target: str = Field(
        max_length=MAX_ID_CHARS,
        description="Id of a provision, clause, matter, instrument or passage",
        examples=["kw-law-2013-91/art-2"],
    )


class ChangedNoteIn(NoteIn):
    """A note changed; refused where it is no longer at `version`."""

    version: int = Field(ge=1, le=2**31)
    seen: bool = Field(False, description="The person has read what it is on as it is held now")


class FolderIn(_In):
    name: Name


class ChangedFolderIn(FolderIn):
    version: int = Field(ge=1, le=2**31)


class SearchIn(_In):
    """A search to be kept."""

    name: Name
    query: AskedIn


class SeenIn(_In):
    last: int = Field(ge=0, le=2**31, description="As `last` of what is new")


class SavedFactsIn(_In):
    """Facts to be kept: nothing is, unless a person asks for it."""

    name: Name
    facts: str = Field(min_length=1, max_length=MAX_FACTS_CHARS)
    language: Language
    day: Day | None = None
    strike: tuple[Annotated[int, Field(ge=0, le=100_000)], ...] = Field((), max_length=_MAX_CHANGES)
    assume: dict[str, bool] = Field({}, max_length=_MAX_CHANGES)

    def as_facts(self) -> SavedFacts:
        """Return them as the service takes them."""
        day = self.day.isoformat() if self.day else ""
        assumed = tuple((name[:40], state) for name, state in self.assume.items())
        return SavedFacts("", self.name, self.facts, self.language, day, self.strike, assumed, "")


class StudyIn(_In):
    """A case study to be kept, as its builder has it."""

    name: Name
    draft: DraftIO


class ChangedStudyIn(StudyIn):
    version: int = Field(ge=1, le=2**31)


class ShareIn(_In):
    """What to share, and with whom: a colleague by the name they sign in with, or a role."""

    kind: ShareKind
    item: str = Field(max_length=MAX_ID_CHARS, description="Its id")
    colleague: str | None = Field(None, min_length=1, max_length=64)
    role: str | None = Field(None, min_length=1, max_length=64)


class IdOut(_Out):
    """The id under which something was saved."""

    id: str


class NoteOut(_Out):
    id: str
    target: str
    target_label: BilingualOut
    text: str
    labels: tuple[str, ...]
    folder: str | None
    version: int
    created_at: str
    changed_at: str


class NoteViewOut(_Out):
    """A note, and whether what it is on is as it was."""

    note: NoteOut
    state: TargetState


class NotePageOut(_Out):
    """Up to fifty of the notes meant, last changed first."""

    total: int
    notes: tuple[NoteViewOut, ...]


class FolderOut(_Out):
    id: str
    name: str
    notes: int
    version: int
    created_at: str
    changed_at: str


class SavedSearchOut(_Out):
    id: str
    name: str
    query: dict[str, Any]
    seen: int = Field(description="The last document known when it was last looked at")
    seen_at: str
    created_at: str


class FittingOut(_Out):
    """A new result on the first page, of a search that does not say that nothing fits."""

    hit: ResultOut
    met_at: str = Field(description="When its latest document was first met; may be empty")


class WhatIsNewOut(_Out):
    """The results on documents that came after the search was last looked at."""

    hits: tuple[ResultOut, ...]
    looked_through: int
    last: int
    fitting: tuple[FittingOut, ...] = Field(description="Of the hits, those that an alert counts")


class SavedFactsOut(_Out):
    id: str
    name: str
    facts: str
    language: Language
    day: str
    strike: tuple[int, ...]
    assume: tuple[tuple[str, bool], ...]
    created_at: str


class SavedStudyOut(_Out):
    id: str
    name: str
    draft: dict[str, Any] = Field(description="As the working file of the builder has it")
    version: int
    created_at: str
    changed_at: str


class ShareOut(_Out):
    """What is shared; `whom` is the name of a colleague, or a role."""

    id: str
    kind: ShareKind
    item: str
    audience: Audience
    whom: str
    created_at: str


class SharedItemOut(_Out):
    """What a colleague shares."""

    id: str
    owner: str
    kind: ShareKind
    name: str


class SharedOut(SharedItemOut):
    """With the notes of the folder, the query of the search or the draft of the case study."""

    notes: tuple[NoteViewOut, ...]
    query: dict[str, Any] | None
    draft: dict[str, Any] | None


class WorkOut(BaseModel):
    """Everything saved."""

    format: str
    version: int
    folders: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    searches: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    studies: list[dict[str, Any]]
