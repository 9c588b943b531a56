"""The file format of the bundled collection, as pydantic models; its JSON Schema comes from here.

    corpus/
      register.yaml                         laws we know by name, held or not (RegisterFile)
      concepts.yaml, concepts/*.yaml        the thesaurus (ConceptsFile)
      instruments/<id>/instrument.yaml      one instrument (InstrumentFile)
      instruments/<id>/phrasings*.yaml      how people put it, for matching (PhrasingsFile)
      instruments/<id>/*.yaml               more of its provisions (ProvisionsFile)
      matters/<id>.yaml                     one reported or training matter (MatterFile)
      schema/*.json                         generated; editors check against it
      vectors.npz                           cached embeddings, keyed by content hash

All texts are in our own words (`authority` digest, reported or training).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
WorkId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)+$")]
UnitRef = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)+(/[a-z0-9-]+)*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ProvisionKey = Annotated[
    str,
    StringConstraints(
        pattern=r"^(preamble|(issuing-)?art-[1-9]\d*(-bis(-[a-z0-9]+)?)?|sec-[a-z0-9-]+)$"
    ),
]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Level = Literal["high", "medium", "low"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BothText(_Strict):
    """A text that must exist in both languages."""

    ar: Text
    en: Text


class SourceEntry(_Strict):
    """Where facts come from."""

    title: Text
    url: str | None = None
    publisher: str | None = None
    date: PartialDate | None = None
    note: str | None = None


class PlaceEntry(_Strict):
    """A book, part or chapter: `id` is unique in the file and is what provisions name."""

    id: Slug
    title: BothText
    within: Slug | None = None


class ImprisonmentEntry(_Strict):
    min_months: int | None = Field(None, ge=0)
    max_months: int | None = Field(None, ge=0)
    life: bool = False
    death: bool = False


class FineEntry(_Strict):
    min_kwd: int | None = Field(None, ge=0)
    max_kwd: int | None = Field(None, ge=0)
    per: Slug | None = None


class PenaltyEntry(_Strict):
    """One rung of the penalty scale; a fixed term has equal minimum and maximum."""

    offence: Slug
    applies: BothText
    imprisonment: ImprisonmentEntry | None = None
    fine: FineEntry | None = None
    joined: Literal["and", "or", "and-or"] | None = None
    aggravators: tuple[Slug, ...] = ()
    measures: BothText | None = None
    confidence: Level = "high"


class TreatmentEntry(_Strict):
    kind: Literal["amended", "replaced", "repealed", "struck", "interpreted"]
    scope: Literal["whole", "part"]
    by: BothText
    by_id: UnitRef | None = None
    date: PartialDate | None = None
    clause: str | None = None
    note: BothText | None = None
    sources: tuple[Slug, ...] = ()
    confidence: Level = "high"


class ClauseEntry(_Strict):
    """A paragraph, point or defined term of a digest, in the order of the law.

    The digest of a provision with clauses is its `text` followed by the clauses' texts.
    """

    id: Annotated[
        str, StringConstraints(pattern=r"^(par|pt|def)-[a-z0-9]+(/(par|pt|def)-[a-z0-9]+)*$")
    ]
    label: BothText
    text: BothText


class ProvisionEntry(_Strict):
    """One article (or its equal): our digest and the editorial layer on it."""

    id: ProvisionKey
    number: str = ""  # as cited: "2", "24 bis"; empty for a preamble
    place: Slug | None = None
    heading: BothText
    text: BothText
    clauses: tuple[ClauseEntry, ...] = ()
    asks_ar: tuple[Text, ...] = ()
    asks_en: tuple[Text, ...] = ()
    concepts: tuple[Slug, ...] = ()
    refers_to: tuple[UnitRef, ...] = ()
    penalties: tuple[PenaltyEntry, ...] = ()
    treatments: tuple[TreatmentEntry, ...] = ()
    repealed: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: BothText | None = None
    sources: tuple[Slug, ...]  # keys of the instrument's `sources`
    confidence: Level


class InstrumentFile(_Strict):
    """instruments/<id>/instrument.yaml"""

    id: WorkId
    kind: Literal["statute", "treaty", "plan", "other"]
    title: BothText
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}$")]
    number: str | None = None
    year: int | None = None
    aliases_ar: tuple[Text, ...] = ()
    aliases_en: tuple[Text, ...] = ()
    issued_on: PartialDate | None = None
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    note: BothText | None = None
    sources: dict[Slug, SourceEntry]
    confidence: Level
    places: tuple[PlaceEntry, ...] = ()
    provisions: tuple[ProvisionEntry, ...] = ()


class ProvisionsFile(_Strict):
    """instruments/<id>/<anything>.yaml: more provisions of that instrument, in file-name order."""

    provisions: tuple[ProvisionEntry, ...]


class PhrasingsEntry(_Strict):
    """How people put what one provision governs; for matching, never shown."""

    situations_ar: tuple[Text, ...] = ()  # events it governs, as told by those concerned
    situations_en: tuple[Text, ...] = ()
    asks_ar: tuple[Text, ...] = ()  # questions and keywords, in other words than the law's
    asks_en: tuple[Text, ...] = ()


class PhrasingsFile(RootModel[dict[ProvisionKey, PhrasingsEntry]]):
    """instruments/<id>/phrasings*.yaml: provision key → phrasings."""


class ChargeEntry(_Strict):
    offence: Slug
    outcome: Literal[
        "convicted",
        "acquitted",
        "referred",
        "ongoing",
        "annulled",
        "upheld",
        "reduced",
        "increased",
        "penalty-withheld",
        "dismissed",
        "unknown",
    ]
    sentence: BothText | None = None


class ElementEntry(_Strict):
    element: Slug
    finding: Literal["found", "not-found", "alleged", "disputed"]
    note: BothText | None = None


class SectionEntry(_Strict):
    kind: Literal["header", "facts", "procedure", "pleas", "reasons", "disposition", "note"]
    speaker: Literal["court", "prosecution", "defence", "witness", "press", "editor"]
    text: BothText


class MatterFile(_Strict):
    """matters/<id>.yaml: a publicly reported matter, or a fictional one for training."""

    id: WorkId
    title: BothText
    authority: Literal["reported", "training"]
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}$")]
    court: BothText
    level: Literal[
        "investigation",
        "prosecution",
        "first-instance",
        "appeal",
        "cassation",
        "constitutional",
        "administrative",
        "other",
    ]
    number: str | None = None
    date: PartialDate | None = None
    final: bool | None = None
    charges: tuple[ChargeEntry, ...]
    provisions: tuple[UnitRef, ...] = ()
    elements: tuple[ElementEntry, ...] = ()
    concepts: tuple[Slug, ...] = ()
    asks_ar: tuple[Text, ...] = ()  # how users look for it; for matching, never shown
    asks_en: tuple[Text, ...] = ()
    sections: tuple[SectionEntry, ...] = Field(min_length=1)
    note: BothText
    sources: tuple[SourceEntry, ...]
    confidence: Level


class ConceptEntry(_Strict):
    id: Slug
    label: BothText
    family: Literal[
        "act",
        "means",
        "purpose",
        "aggravator",
        "indicator",
        "offence",
        "procedure",
        "actor",
        "penalty",
        "protection",
        "document",
        "institution",
        "other",
    ]
    alt_ar: tuple[Text, ...] = ()
    alt_en: tuple[Text, ...] = ()
    definition: BothText | None = None
    broader: tuple[Slug, ...] = ()
    close: tuple[Slug, ...] = ()
    note: BothText | None = None


class ConceptsFile(_Strict):
    """concepts.yaml"""

    concepts: tuple[ConceptEntry, ...]


class RegisterEntry(_Strict):
    """A law or treaty we can name, for citations and recognition, whether we hold it or not."""

    id: WorkId
    kind: Literal["statute", "treaty", "plan", "other"]
    title: BothText
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}$")]
    number: str | None = None
    year: int | None = None
    aliases_ar: tuple[Text, ...] = ()
    aliases_en: tuple[Text, ...] = ()
    recognise: tuple[Text, ...] = ()  # phrases of the opening text that identify it


class RegisterFile(_Strict):
    """register.yaml"""

    instruments: tuple[RegisterEntry, ...]
