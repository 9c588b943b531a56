"""What telling offences apart answers with. Offsets are into the facts as submitted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from search.model import Authority, Bilingual, Language, Penalty
from search.offences import ElementKind, Rule

if TYPE_CHECKING:
    from search.distinction.findings import Evidence

TRAFFICKING = "trafficking"
RESIDENCY = "residency-trading"
BY_RESIDENCY = "residency-trading-as-means-of-trafficking"
EXPLOITATION = frozenset({TRAFFICKING, BY_RESIDENCY})
INSUFFICIENT = "insufficient"
PRIMARY = (
    TRAFFICKING,
    RESIDENCY,
    BY_RESIDENCY,
    "labour-violation",
    "domestic-worker-violation",
    "migrant-smuggling",
    "prostitution-offence",
    "kidnapping",
    "other-offence",
    INSUFFICIENT,
)


class Status(StrEnum):
    """What the facts say of an element."""

    MET = "met"
    NOT_MET = "not-met"  # the facts speak against it
    UNKNOWN = "unknown"  # they are silent, or leave it open


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ElementReading:
    """One element of an offence: what the facts say of it, and in which words."""

    id: str
    kind: ElementKind
    label: Bilingual
    status: Status
    strength: float  # chance that it is made out
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]  # words that speak against it
    unsettled: tuple[Evidence, ...]  # words that raise it but establish nothing
    provisions: tuple[str, ...]
    concepts: tuple[str, ...]
    alternatives: tuple[str, ...]  # ids of the ways in which it is made out
    because: Bilingual  # the trace of its status


@dataclass(frozen=True, slots=True)
class AggravatorReading:
    """An aggravating circumstance that the facts show."""

    id: str
    label: Bilingual
    provision: str
    effect: Bilingual
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PenaltyReading:
    """The penalty blocks of one provision for one offence concept."""

    provision: str
    offence: str
    rungs: tuple[Penalty, ...]


@dataclass(frozen=True, slots=True)
class Penalties:
    """All penalties of one offence, provision by provision; empty where none is established."""

    provisions: tuple[PenaltyReading, ...] = ()


@dataclass(frozen=True, slots=True)
class OffenceReading:
    """One offence in reach, element by element."""

    id: str
    label: Bilingual
    primary: str
    rank: int
    support: float
    is_made_out: bool  # every element is met
    in_force: bool  # on the day of the acts
    elements: tuple[ElementReading, ...]
    missing: tuple[str, ...]  # ids of elements not met
    excluded_by: tuple[Bilingual, ...]
    aggravating: tuple[AggravatorReading, ...]
    governing: tuple[str, ...]
    penalty: Penalties
    rules: tuple[Rule, ...]
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class Move:
    """The single fact that would change a reading: a signal shown, or gone."""

    signal: str
    label: Bilingual
    shown: bool  # True: if it were shown; False: if it fell away
    share: float  # the other reading's share then
    enough: bool  # it alone changes the primary reading


@dataclass(frozen=True, slots=True)
class AlternativeReading:
    """Another reading in reach, and the single fact that would bring it about."""

    primary: str
    share: float
    move: Move | None


@dataclass(frozen=True, slots=True)
class TraceStep:
    """A finding that speaks for or against the primary reading, with its words."""

    signal: str
    label: Bilingual
    polarity: str
    weight: float  # positive: for the primary reading rather than the next
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of the text as a whole add to the findings, which weigh by far more."""

    weight: float  # positive: for the primary reading rather than the next
    words: tuple[str, ...]  # as they stand in the facts, those that add most


@dataclass(frozen=True, slots=True)
class Precedent:
    """A matter held that turned on an element found, or not found, here too."""

    id: str
    title: Bilingual
    authority: Authority
    for_or_against: str  # "for" the element here, or "against" it
    element: str  # concept id
    offence: str  # id of the offence whose element it is
    why: Bilingual
    similarity: float


@dataclass(frozen=True, slots=True)
class PairMember:
    id: str
    title: Bilingual
    authority: Authority
    outcome: str  # of the charge that tells the two apart
    offence: str


@dataclass(frozen=True, slots=True)
class MinimalPair:
    """Two matters near to these facts and to one another, with opposite outcomes."""

    members: tuple[PairMember, PairMember]
    element: str  # the deciding element, a concept id
    label: Bilingual
    similarity: float


@dataclass(frozen=True, slots=True)
class Question:
    """What an investigator should still ask, for one element."""

    ar: str
    en: str
    element: str
    offence: str


@dataclass(frozen=True, slots=True)
class Distinction:
    """The whole answer. It shows, it does not decide."""

    language: Language
    date: dt.date | None
    sentences: tuple[Sentence, ...]
    primary: str
    shares: Mapping[str, float]
    offences: tuple[OffenceReading, ...]
    alternatives: tuple[AlternativeReading, ...]
    trace: tuple[TraceStep, ...]
    wording: Wording
    findings: tuple[Evidence, ...]  # all clauses in which a signal is read, in reading order
    precedents: tuple[Precedent, ...]
    pair: MinimalPair | None
    questions: tuple[Question, ...]
    notes: tuple[Bilingual, ...]  # on the law in force, children, limits of the reading
    edition: str | None
    model: str
    took_ms: float
