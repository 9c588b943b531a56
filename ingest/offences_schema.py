"""The file format of the offence definitions, as pydantic models.

    corpus/offences/signals.yaml   what a clause of the facts can say (SignalsFile)
    corpus/offences/<id>.yaml      one offence (OffenceFile)

`made_out_by`, `shown_by` and `signals` list what makes a thing out: any entry does; an entry may
join several signals, "permit-sold + sham-employer", and then needs all of them.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ingest.bundle_schema import BothText, Slug, UnitRef, _Strict

Combination = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*( \+ [a-z]+(-[a-z]+)*)*$")
]
Primary = Literal[
    "trafficking",
    "residency-trading",
    "residency-trading-as-means-of-trafficking",
    "labour-violation",
    "domestic-worker-violation",
    "migrant-smuggling",
    "prostitution-offence",
    "kidnapping",
    "other-offence",
]


class SignalEntry(_Strict):
    id: Slug
    family: Slug
    label: BothText
    says: BothText


class SignalsFile(_Strict):
    """offences/signals.yaml"""

    signals: tuple[SignalEntry, ...]


class AlternativeEntry(_Strict):
    """One way to make an element out."""

    id: Slug
    label: BothText
    made_out_by: tuple[Combination, ...] = Field(min_length=1)
    concepts: tuple[Slug, ...] = ()


class ElementOfOffence(_Strict):
    """What the offence requires; all its elements together make it out.

    A mental element has `inferred_from` (ids of elements that show it) in place of alternatives.
    """

    id: Slug
    kind: Literal["act", "means", "purpose", "circumstance", "mental"]
    label: BothText
    provisions: tuple[UnitRef, ...] = Field(min_length=1)
    concepts: tuple[Slug, ...] = ()
    alternatives: tuple[AlternativeEntry, ...] = ()
    negated_by: tuple[Slug, ...] = ()
    inferred_from: tuple[Slug, ...] = ()
    questions: tuple[BothText, ...] = Field(min_length=1)


class ExclusionEntry(_Strict):
    id: Slug
    label: BothText
    signals: tuple[Combination, ...] = Field(min_length=1)


class AggravatorEntry(_Strict):
    id: Slug  # a concept
    label: BothText
    provision: UnitRef
    shown_by: tuple[Combination, ...] = ()
    effect: BothText


class RuleEntry(_Strict):
    kind: Literal["consent", "child", "investigation", "limitation", "leniency", "conflict", "date"]
    text: BothText
    provisions: tuple[UnitRef, ...] = ()


class PenaltyRefEntry(_Strict):
    """Shows the penalty blocks of `provision` that name the offence concept `offence`."""

    provision: UnitRef
    offence: Slug


class OffenceFile(_Strict):
    """offences/<id>.yaml"""

    id: Slug
    label: BothText
    primary: Primary
    position: int = Field(ge=1)  # order of display
    concepts: tuple[Slug, ...] = Field(min_length=1)
    governing: tuple[UnitRef, ...] = Field(min_length=1)
    penalties: tuple[PenaltyRefEntry, ...] = ()
    elements: tuple[ElementOfOffence, ...] = Field(min_length=1)
    exclusions: tuple[ExclusionEntry, ...] = ()
    aggravators: tuple[AggravatorEntry, ...] = ()
    rules: tuple[RuleEntry, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: BothText | None = None
