"""The JSON shapes of `POST /api/distinguish`. Offsets count code points of the facts submitted."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from search.distinction.limits import MAX_FACTS_CHARS
from search.distinction.results import Status
from search.distinction.signals import Polarity
from search.model import Authority, Language
from search.offences import ElementKind, RuleKind
from web.schemas import BilingualOut, PenaltyOut, _Out

MAX_CHANGES = 200  # sentences struck, or signals assumed


class FactsIn(BaseModel):
    """Facts to tell offences apart by; nothing of them is stored or logged."""

    model_config = ConfigDict(extra="forbid")

    facts: str = Field(
        description=f"A complaint, report or summary in Arabic or English; up to "
        f"{MAX_FACTS_CHARS:,} characters.",
        examples=["أخذ الكفيل جوازي ورفض أن يرده، وقال إن حاولت الخروج أبلغ عنك متغيباً."],
    )
    language: Language | None = Field(None, description="Left out: as the facts are written.")
    date: dt.date | None = Field(
        None, description="Day of the acts: selects the law in force.", examples=["2025-03-01"]
    )
    strike: list[Annotated[int, Field(ge=0)]] = Field(
        default_factory=list,
        max_length=MAX_CHANGES,
        description="What if these sentences, counted from 0, were not there?",
    )
    assume: dict[str, bool] = Field(
        default_factory=dict,
        max_length=MAX_CHANGES,
        description="What if these signals were so (true), or were not (false)?",
    )


class SentenceOut(_Out):
    start: int
    end: int
    text: str


class EvidenceOut(_Out):
    """facts[start:end] says something of one signal."""

    start: int
    end: int
    text: str
    score: float
    signal: str
    polarity: Polarity


class ElementReadingOut(_Out):
    """One element: met, not met (the facts speak against it) or unknown, and in which words."""

    id: str
    kind: ElementKind
    label: BilingualOut
    status: Status
    strength: float
    evidence: tuple[EvidenceOut, ...]
    against: tuple[EvidenceOut, ...]
    unsettled: tuple[EvidenceOut, ...]
    provisions: tuple[str, ...]
    concepts: tuple[str, ...]
    alternatives: tuple[str, ...]
    because: BilingualOut


class AggravatorReadingOut(_Out):
    id: str
    label: BilingualOut
    provision: str
    effect: BilingualOut
    evidence: tuple[EvidenceOut, ...]


class PenaltyReadingOut(_Out):
    provision: str
    offence: str
    rungs: tuple[PenaltyOut, ...]


class RuleOut(_Out):
    kind: RuleKind
    text: BilingualOut
    provisions: tuple[str, ...]


class PenaltiesOut(_Out):
    """Where the penalties stand, and each rung of them."""

    provisions: tuple[PenaltyReadingOut, ...]


class OffenceReadingOut(_Out):
    id: str
    label: BilingualOut
    primary: str
    rank: int
    support: float
    is_made_out: bool
    in_force: bool
    elements: tuple[ElementReadingOut, ...]
    missing: tuple[str, ...]
    excluded_by: tuple[BilingualOut, ...]
    aggravating: tuple[AggravatorReadingOut, ...]
    governing: tuple[str, ...]
    penalty: PenaltiesOut
    rules: tuple[RuleOut, ...]
    note: BilingualOut | None


class MoveOut(_Out):
    """The one fact, shown or fallen away, that would bring another reading about."""

    signal: str
    label: BilingualOut
    shown: bool
    share: float
    enough: bool


class AlternativeReadingOut(_Out):
    primary: str
    share: float
    move: MoveOut | None


class TraceStepOut(_Out):
    signal: str
    label: BilingualOut
    polarity: Polarity
    weight: float
    evidence: tuple[EvidenceOut, ...]


class WordingOut(_Out):
    """What the words of the text as a whole add to the findings, and those that add most."""

    weight: float
    words: tuple[str, ...]


class PrecedentOut(_Out):
    id: str
    title: BilingualOut
    authority: Authority
    for_or_against: str
    element: str
    offence: str
    why: BilingualOut
    similarity: float


class PairMemberOut(_Out):
    id: str
    title: BilingualOut
    authority: Authority
    outcome: str
    offence: str


class MinimalPairOut(_Out):
    """Two matters near to these facts, with opposite outcomes, and what decided."""

    members: tuple[PairMemberOut, PairMemberOut]
    element: str
    label: BilingualOut
    similarity: float


class QuestionOut(_Out):
    ar: str
    en: str
    element: str
    offence: str


class DistinctionOut(_Out):
    """Every offence in reach, element by element; an aid that decides nothing."""

    language: Language
    date: dt.date | None
    sentences: tuple[SentenceOut, ...]
    primary: str
    shares: dict[str, float]
    offences: tuple[OffenceReadingOut, ...]
    alternatives: tuple[AlternativeReadingOut, ...]
    trace: tuple[TraceStepOut, ...]
    wording: WordingOut
    findings: tuple[EvidenceOut, ...]
    precedents: tuple[PrecedentOut, ...]
    pair: MinimalPairOut | None
    questions: tuple[QuestionOut, ...]
    notes: tuple[BilingualOut, ...]
    edition: str | None
    model: str
    took_ms: float
