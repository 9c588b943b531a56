"""What a comparison, a ladder of penalties and the radar of stale references answer with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from search.model import (
    Authority,
    Bilingual,
    Expression,
    Language,
    Penalty,
    Scope,
    Treatment,
)
from search.results import Reference


class Component(StrEnum):
    """A part that provisions of one subject have in common; in the order they are shown."""

    WHO = "who"
    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"
    CIRCUMSTANCES = "circumstances"
    PENALTY = "penalty"
    EXCEPTIONS = "exceptions"
    PROCEDURE = "procedure"
    OTHER = "other"  # subjects of none of the above; no sentence is assigned to it


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a sentence belongs to a component: words of it, and the concept they name, if one."""

    component: Component
    words: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a side's text, text[start:end]; without grounds it is unassigned."""

    start: int
    end: int
    text: str
    grounds: tuple[Ground, ...] = ()

    def belongs_to(self, component: Component) -> bool:
        """Tell whether any of its words speak of the component."""
        return any(ground.component is component for ground in self.grounds)


@dataclass(frozen=True, slots=True)
class Mark:
    """A concept of one side: tagged by us, named by words of the text, or both."""

    id: str
    label: Bilingual
    tagged: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One provision of a comparison, with the one text that is laid against the other."""

    id: str  # a provision or clause
    reference: Reference
    heading: Bilingual | None
    work_title: Bilingual
    text: str  # of `expression`, or of the clause asked for; "" where no text is held
    expression: Expression | None
    sentences: tuple[Sentence, ...]
    marks: Mapping[Component, tuple[Mark, ...]]
    penalties: tuple[Penalty, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    refers_to: tuple[Reference, ...] = ()
    versions: tuple[Expression, ...] = ()  # every text held of the provision, this one included

    @property
    def unassigned(self) -> tuple[Sentence, ...]:
        """Return the sentences that belong to no component."""
        return tuple(sentence for sentence in self.sentences if not sentence.grounds)


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One component on both sides; of a concept both have, `left` and `right` say nothing."""

    component: Component
    both: tuple[Reference, ...]
    left: tuple[Mark, ...]
    right: tuple[Mark, ...]
    left_sentences: tuple[Sentence, ...]
    right_sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class References:
    """What the two sides refer to."""

    both: tuple[Reference, ...]
    left: tuple[Reference, ...]
    right: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words as one side writes them; `changed`: the other side has not the same there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Two texts of one language, word by word; `share` of their words is the same, 0..1."""

    language: Language
    left: tuple[Stretch, ...]
    right: tuple[Stretch, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two provisions, or two versions of one. Without `wording`: no language in common."""

    left: Side
    right: Side
    rows: tuple[ComponentRow, ...]
    references: References
    wording: Wording | None
    same_authority: bool  # False where one side's text is, say, official and the other a digest


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side has of a component; `own`: concepts that no other side has."""

    marks: tuple[Mark, ...]
    own: frozenset[str]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One component on every side, in the order of the sides."""

    component: Component
    common: tuple[Reference, ...]  # concepts that all sides have
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Several provisions: all of them by component, and the first with each other in full."""

    sides: tuple[Side, ...]
    rows: tuple[TableRow, ...]
    pairs: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One penalty of one provision, and whether the provision still stands."""

    provision: Reference
    penalty: Penalty
    offence: Bilingual
    repealed: bool
    treatments: tuple[Treatment, ...]
    authorities: tuple[Authority, ...]  # of the texts held of the provision


@dataclass(frozen=True, slots=True)
class Ladder:
    """Penalties from the gravest down; `total` before the limit, `offences` one can choose."""

    rungs: tuple[Rung, ...]
    total: int
    offences: tuple[tuple[Reference, int], ...]  # each with its number of rungs


class Staleness(StrEnum):
    """What is wrong with what a citation names."""

    REPEALED = "repealed"
    REPLACED = "replaced"
    STRUCK = "struck"
    CLAIMED = "claimed"  # a provision on repeal names the law; whether it is repealed, check


@dataclass(frozen=True, slots=True)
class StaleReference:
    """A provision that names law no longer in force; `text` is the citation where a text has it."""

    source: Reference
    recital: bool  # the source is a preamble: it tells history, and may name what is gone
    target: Reference
    state: Staleness
    scope: Scope
    by: Bilingual | None  # the law or court that ended it, where known
    by_id: str | None
    since: str | None  # as precise as known
    in_texts: tuple[tuple[str, str], ...] = ()  # expression id, words of the citation
    tagged: bool = False  # our references name it


@dataclass(frozen=True, slots=True)
class StaleReferences:
    """Every such reference, provisions before preambles; as known on `as_at`."""

    references: tuple[StaleReference, ...]
    texts_read: int
    as_at: dt.date
