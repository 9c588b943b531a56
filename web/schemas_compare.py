"""The JSON shapes of comparisons, the ladder of penalties and the radar of stale references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from search.comparison import Component, Staleness
from search.model import Authority, Language, Scope
from web.schemas import (
    BilingualOut,
    ExpressionOut,
    PenaltyOut,
    ReferenceOut,
    TreatmentOut,
)


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class GroundOut(_Out):
    """Words of a sentence, and the concept they name where they name one."""

    component: Component
    words: str
    concept: str | None


class ComparedSentenceOut(_Out):
    """A sentence of a side's text: text[start:end]; without grounds it is unassigned."""

    start: int
    end: int
    text: str
    grounds: tuple[GroundOut, ...]


class MarkOut(_Out):
    """A concept of one side: tagged by us, named by words of the text, or both."""

    id: str
    label: BilingualOut
    tagged: bool
    words: tuple[str, ...]


class SideOut(_Out):
    """One side, with the one text that is compared; `expression.authority` says what it is."""

    id: str
    reference: ReferenceOut
    heading: BilingualOut | None
    work_title: BilingualOut
    text: str = Field(description="Of the expression, or of the clause asked for")
    expression: ExpressionOut | None
    sentences: tuple[ComparedSentenceOut, ...]
    unassigned: tuple[ComparedSentenceOut, ...]
    marks: Mapping[Component, tuple[MarkOut, ...]]
    penalties: tuple[PenaltyOut, ...]
    treatments: tuple[TreatmentOut, ...]
    refers_to: tuple[ReferenceOut, ...]
    versions: tuple[ExpressionOut, ...] = Field(description="Every text held of the provision")


class ComponentOut(_Out):
    component: Component
    both: tuple[ReferenceOut, ...] = Field(description="Concepts of both sides")
    left: tuple[MarkOut, ...] = Field(description="Concepts of the left side only")
    right: tuple[MarkOut, ...] = Field(description="Concepts of the right side only")
    left_sentences: tuple[ComparedSentenceOut, ...]
    right_sentences: tuple[ComparedSentenceOut, ...]


class SharedOut(_Out):
    both: tuple[ReferenceOut, ...]
    left: tuple[ReferenceOut, ...]
    right: tuple[ReferenceOut, ...]


class StretchOut(_Out):
    text: str
    changed: bool


class WordingOut(_Out):
    """Both texts word by word; `share` of their words is the same."""

    language: Language
    left: tuple[StretchOut, ...]
    right: tuple[StretchOut, ...]
    share: float


class ComparisonOut(_Out):
    """Two provisions, or two versions of one, by component and by words."""

    left: SideOut
    right: SideOut
    rows: tuple[ComponentOut, ...]
    references: SharedOut
    wording: WordingOut | None = Field(description="null: no language in common, or too long")
    same_authority: bool


class CellOut(_Out):
    """What one side has of a component; `own`: concepts that no other side has."""

    marks: tuple[MarkOut, ...]
    own: frozenset[str]
    sentences: tuple[ComparedSentenceOut, ...]


class TableRowOut(_Out):
    component: Component
    common: tuple[ReferenceOut, ...] = Field(description="Concepts that all sides have")
    cells: tuple[CellOut, ...] = Field(description="In the order of the sides")


class ComparisonsOut(_Out):
    """Several provisions: all by component, and the first with each other in full."""

    sides: tuple[SideOut, ...]
    rows: tuple[TableRowOut, ...]
    pairs: tuple[ComparisonOut, ...]


class RungOut(_Out):
    provision: ReferenceOut
    penalty: PenaltyOut
    offence: BilingualOut
    repealed: bool
    treatments: tuple[TreatmentOut, ...]
    authorities: tuple[Authority, ...]


class LadderOut(_Out):
    """Penalties from the gravest down."""

    rungs: tuple[RungOut, ...]
    total: int
    offences: tuple[tuple[ReferenceOut, int], ...] = Field(
        description="Offences that can be chosen, each with its number of penalties"
    )


class StaleReferenceOut(_Out):
    """A provision in force that names law which is not."""

    source: ReferenceOut
    recital: bool = Field(description="The source is a preamble and tells history")
    target: ReferenceOut
    state: Staleness = Field(description="`claimed`: a provision on repeal names it; check it")
    scope: Scope
    by: BilingualOut | None
    by_id: str | None
    since: str | None
    in_texts: tuple[tuple[str, str], ...] = Field(description="Expression id, words of it")
    tagged: bool = Field(description="Our references name it")


class StaleReferencesOut(_Out):
    references: tuple[StaleReferenceOut, ...]
    texts_read: int
    as_at: dt.date
