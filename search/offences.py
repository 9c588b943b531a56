"""Offences as data: what each requires, element by element, and what the facts may say of it.

Values only; they come from corpus/offences/ through the catalogue, so that a lawyer changes the law
as it stands here without touching code.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from search.model import Bilingual


class ElementKind(StrEnum):
    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"
    CIRCUMSTANCE = "circumstance"
    MENTAL = "mental"


class RuleKind(StrEnum):
    """What a rule beside the elements is about."""

    CONSENT = "consent"
    CHILD = "child"
    INVESTIGATION = "investigation"
    LIMITATION = "limitation"
    LENIENCY = "leniency"
    CONFLICT = "conflict"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing a clause of the facts can say; the trained model scores it by its id."""

    id: str
    family: str
    label: Bilingual
    says: Bilingual
    position: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to make an element out: any line of signals does, a line needs all of its own."""

    id: str
    label: Bilingual
    made_out_by: tuple[tuple[str, ...], ...]
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """What an offence requires. An element without alternatives is never found by the engine."""

    id: str
    kind: ElementKind
    label: Bilingual
    provisions: tuple[str, ...]
    alternatives: tuple[Alternative, ...] = ()
    negated_by: tuple[str, ...] = ()  # signals that speak against it where they are stated
    concepts: tuple[str, ...] = ()
    questions: tuple[Bilingual, ...] = ()
    inferred_from: tuple[str, ...] = ()  # elements from which a mental element is inferred


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What takes the facts out of an offence, by the signals that show it."""

    id: str
    label: Bilingual
    signals: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Aggravator:
    """What makes an offence graver: its concept id, its place in the law and what it does."""

    id: str
    label: Bilingual
    provision: str
    shown_by: tuple[tuple[str, ...], ...]
    effect: Bilingual


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule beside the elements: consent, children, who investigates, limitation, conflict."""

    kind: RuleKind
    text: Bilingual
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PenaltyRef:
    """Where an offence's penalties stand: the blocks of a provision for one offence concept."""

    provision: str
    offence: str


@dataclass(frozen=True, slots=True)
class Offence:
    """An offence in reach, and which of the primary readings it belongs to."""

    id: str
    label: Bilingual
    primary: str
    position: int
    concepts: tuple[str, ...]
    elements: tuple[Element, ...]
    governing: tuple[str, ...]
    penalties: tuple[PenaltyRef, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    aggravators: tuple[Aggravator, ...] = ()
    rules: tuple[Rule, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None  # first day on which it no longer applied
    note: Bilingual | None = None
