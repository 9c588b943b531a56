"""The JSON shapes of a draft article laid against its siblings."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from search.comparison import Component, Staleness
from search.drafting import MAX_DRAFT_CHARS, MAX_SIBLINGS
from search.model import Language, Scope
from web.schemas import BilingualOut, CitationOut, ReferenceOut
from web.schemas_compare import SideOut, TableRowOut, WordingOut


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class DraftIn(BaseModel):
    """A draft article; nothing of it is kept."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MAX_DRAFT_CHARS)
    siblings: tuple[str, ...] = Field(
        (), max_length=MAX_SIBLINGS, description="Ids or citations; none: the nearest are found"
    )
    language: Language | None = Field(None, description="Of the draft; null: as it reads")


class DraftPartOut(_Out):
    """One paragraph, text[start:end] of the draft."""

    start: int
    end: int
    text: str
    components: tuple[Component, ...]


class NearProvisionOut(_Out):
    id: str
    citation: BilingualOut
    title: BilingualOut
    score: float


class NearestOut(_Out):
    """The provisions nearest to one component, nearest first."""

    component: Component | None = Field(description="null: the whole draft")
    hits: tuple[NearProvisionOut, ...]


class LackOut(_Out):
    """What most siblings have and the draft has not."""

    component: Component
    whole: bool = Field(description="Nothing in the draft speaks of the component")
    siblings: tuple[ReferenceOut, ...]
    concepts: tuple[tuple[ReferenceOut, int], ...]


class EndedOut(_Out):
    state: Staleness
    scope: Scope
    by: BilingualOut | None
    by_id: str | None
    since: str | None


class DraftCitationOut(_Out):
    citation: CitationOut
    ended: EndedOut | None = Field(description="What ended that which is cited")


class DraftReadingOut(_Out):
    """A draft beside its siblings; `rows` have the draft first."""

    language: Language
    draft: SideOut
    parts: tuple[DraftPartOut, ...]
    nearest: tuple[NearestOut, ...]
    siblings: tuple[SideOut, ...]
    chosen: bool = Field(description="The siblings were named, not found")
    rows: tuple[TableRowOut, ...]
    wordings: tuple[WordingOut | None, ...] = Field(description="One for each sibling")
    lacking: tuple[LackOut, ...]
    citations: tuple[DraftCitationOut, ...]
    edition: str | None = Field(description="Of the collection; null: not recorded")
