"""The JSON shapes of the API, built from the values of search/results.py and search/model.py.

`SearchOut.model_validate(result).model_dump(mode="json")` prints a value; the command's `--json`
may do the same. Offsets count code points; spans are half-open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from search.model import (
    Authority,
    ClauseKind,
    Confidence,
    Kind,
    Language,
    ProvisionKind,
    Scope,
    SectionKind,
    Speaker,
    TreatmentKind,
)
from search.results import CitationStatus

_OCR = "Mean confidence, 0 to 1, of a text read by OCR that nobody has reviewed; else null"


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class BilingualOut(_Out):
    """A label in both languages; one of them may be missing."""

    ar: str | None
    en: str | None


class SourceOut(_Out):
    title: str
    url: str | None
    publisher: str | None
    date: str | None
    note: str | None


class TreatmentOut(_Out):
    """What later happened to a provision."""

    provision: str
    kind: TreatmentKind
    scope: Scope
    by: BilingualOut
    by_id: str | None
    date: str | None
    clause: str | None
    note: BilingualOut | None
    sources: tuple[SourceOut, ...]
    confidence: Confidence


class CitationOut(_Out):
    """A reference found in the text: text[start:end] of the text given."""

    start: int
    end: int
    text: str
    status: CitationStatus
    instrument: str | None
    provision: str | None
    held: bool
    choices: tuple[str, ...] = Field(description="Ids, best first, where several are possible")


class ArmOut(_Out):
    """Place in one arm's list, from 1, and that arm's own score."""

    rank: int
    score: float


class TermOut(_Out):
    query: str
    matched: tuple[str, ...]


class SentenceOut(_Out):
    """The sentence that carries most of the match: text[start:end] of that passage."""

    passage: str
    start: int
    end: int
    text: str


class ReachedOut(_Out):
    offence: str
    label: BilingualOut
    support: float = Field(description="0 to 1; `POST /api/distinguish` shows what it rests on")


class WhyOut(_Out):
    citation: bool
    arms: Mapping[str, ArmOut] | None = Field(
        description="By arm: `meaning`, `phrasing`, `words`, …"
    )
    terms: tuple[TermOut, ...]
    missing: tuple[str, ...] = Field(description="Words of the query that were not found")
    sentence: SentenceOut | None
    offence: ReachedOut | None = Field(
        description="Of a query that tells facts: the offence under this provision they may be"
    )


class PassageOut(_Out):
    id: str
    unit: str
    language: Language
    authority: Authority
    text: str
    highlights: tuple[tuple[int, int], ...] = Field(description="Half-open spans of `text`")
    section: str | None
    confirmed: bool = Field(description="False: recognised by the program, not yet by a person")
    repealed: bool
    ocr_confidence: float | None = Field(description=_OCR)
    valid_to: dt.date | None = Field(description="First day on which it no longer applied")


class ResultOut(_Out):
    """One provision or judgment, with the passages that matched."""

    id: str
    kind: Kind
    title: BilingualOut
    citation: BilingualOut
    work: str
    work_title: BilingualOut
    score: float
    passages: tuple[PassageOut, ...]
    why: WhyOut
    # The contract's name is singular; the domain's is plural. Both are read, one is written.
    treatment: tuple[TreatmentOut, ...] = Field(
        validation_alias=AliasChoices("treatments", "treatment")
    )
    confidence: Confidence | None


class NamedConceptOut(_Out):
    """A concept of the thesaurus that words of the query name."""

    id: str
    label: BilingualOut
    words: str = Field(description="The words of the query that name it")


class SearchOut(_Out):
    query: str
    language: Language
    citation: CitationOut | None
    total: int = Field(description="Provisions and judgments found among the candidates")
    took_ms: float
    results: tuple[ResultOut, ...] = Field(validation_alias=AliasChoices("hits", "results"))
    facets: Mapping[str, Mapping[str, int]]
    concepts: tuple[NamedConceptOut, ...] = Field(
        (), description="Searched for by their other names too, in both languages"
    )
    nothing_fits: bool = Field(
        False, description="What was found is likely to be beside the point of the question"
    )
    labels: Mapping[str, Mapping[str, BilingualOut]] = Field(
        {}, description="Names of values of facets, where they have one"
    )
    did_you_mean: str | None = Field(
        None, description="The query with its misspelt words set right, where any seem so"
    )


class CitationsOut(_Out):
    text: str
    citations: tuple[CitationOut, ...]


class WorkOut(_Out):
    """One line of the lists of instruments and of judgments."""

    id: str
    kind: Kind
    title: BilingualOut
    number: str | None
    year: int | None
    date: str | None
    authorities: tuple[Authority, ...]
    units: int
    passages: int
    level: str | None
    outcome: str | None
    confidence: Confidence | None


class InstrumentOut(_Out):
    id: str
    kind: Kind
    title: BilingualOut
    jurisdiction: str
    number: str | None
    year: int | None
    aliases: tuple[str, ...]
    issued_on: str | None
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    note: BilingualOut | None
    sources: tuple[SourceOut, ...]
    confidence: Confidence


class ProvisionOut(_Out):
    id: str
    instrument: str
    kind: ProvisionKind
    number: str
    position: int
    place: tuple[BilingualOut, ...]


class TocEntryOut(_Out):
    provision: ProvisionOut
    heading: BilingualOut | None
    repealed: bool
    treatments: tuple[TreatmentOut, ...]
    languages: tuple[Language, ...]


class InstrumentViewOut(_Out):
    """An instrument with its table of contents."""

    instrument: InstrumentOut
    entries: tuple[TocEntryOut, ...]
    authorities: tuple[Authority, ...]


class ClauseOut(_Out):
    """A clause of an expression: text[start:end]."""

    id: str
    kind: ClauseKind
    label: str
    start: int
    end: int


class SourceSpanOut(_Out):
    start: int
    end: int
    first_page: int | None
    last_page: int | None


class ExpressionOut(_Out):
    """A text in one language, of one authority, in one version."""

    id: str
    unit: str
    work: str
    language: Language
    authority: Authority
    text: str
    clauses: tuple[ClauseOut, ...]
    footnotes: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    repealed: bool
    span: SourceSpanOut | None
    confirmed: bool
    ocr_confidence: float | None = Field(description=_OCR)


class ReferenceOut(_Out):
    id: str
    label: BilingualOut
    held: bool


class ImprisonmentOut(_Out):
    min_months: int | None
    max_months: int | None
    life: bool
    death: bool


class FineOut(_Out):
    min_kwd: int | None
    max_kwd: int | None
    per: str | None


class PenaltyOut(_Out):
    offence: str
    applies: BilingualOut
    imprisonment: ImprisonmentOut | None
    fine: FineOut | None
    joined: str | None
    aggravators: tuple[str, ...]
    measures: BilingualOut | None
    confidence: Confidence


class EditorialOut(_Out):
    """What we add in our own words; never the law's text."""

    heading: BilingualOut
    concepts: tuple[str, ...]
    refers_to: tuple[str, ...]
    penalties: tuple[PenaltyOut, ...]
    note: BilingualOut | None
    sources: tuple[SourceOut, ...]
    confidence: Confidence


class AnnotationOut(_Out):
    """A stretch of an expression, text[start:end], that leads to a provision or definition."""

    start: int
    end: int
    target: str
    told: str | None = Field(description="What the same law says of the term, where it defines it")


class ProvisionViewOut(_Out):
    """A provision with its texts, official first."""

    provision: ProvisionOut
    instrument: InstrumentOut
    editorial: EditorialOut | None
    expressions: tuple[ExpressionOut, ...]
    treatments: tuple[TreatmentOut, ...]
    refers_to: tuple[ReferenceOut, ...]
    cited_by: tuple[ReferenceOut, ...]
    previous: ReferenceOut | None
    next: ReferenceOut | None
    as_at: dt.date | None
    concepts: tuple[ReferenceOut, ...]
    annotations: Mapping[str, tuple[AnnotationOut, ...]] = Field(description="By expression")


class ChargeOut(_Out):
    offence: str
    outcome: str
    sentence: BilingualOut | None


class ElementOut(_Out):
    element: str
    finding: str
    note: BilingualOut | None


class JudgmentOut(_Out):
    id: str
    title: BilingualOut
    court: BilingualOut
    level: str
    authority: Authority
    jurisdiction: str
    number: str | None
    date: str | None
    final: bool | None
    charges: tuple[ChargeOut, ...]
    provisions: tuple[str, ...]
    elements: tuple[ElementOut, ...]
    concepts: tuple[str, ...]
    note: BilingualOut | None
    sources: tuple[SourceOut, ...]
    confidence: Confidence


class SectionOut(_Out):
    id: str
    judgment: str
    kind: SectionKind
    speaker: Speaker
    position: int


class LikeMatterOut(_Out):
    """A matter with much in common; `opposed` came out the other way there."""

    id: str
    title: BilingualOut
    authority: Authority
    level: str
    likeness: float = Field(description="Share in common, 0 to 1")
    shared: tuple[ReferenceOut, ...]
    opposed: tuple[ReferenceOut, ...]


class JudgmentViewOut(_Out):
    """A judgment or matter; each section with its texts."""

    judgment: JudgmentOut
    sections: tuple[tuple[SectionOut, tuple[ExpressionOut, ...]], ...]
    provisions: tuple[ReferenceOut, ...]
    concepts: tuple[ReferenceOut, ...]
    similar: tuple[LikeMatterOut, ...]
    contrary: tuple[LikeMatterOut, ...]


class StatusOut(_Out):
    """What is held, and whether catalogue and index agree."""

    version: str
    instruments: int
    provisions: int
    judgments: int
    concepts: int
    expressions: int
    passages: int
    passages_by_authority: Mapping[str, int]
    passages_by_language: Mapping[str, int]
    files: int
    quarantined: int
    revision: int
    fingerprint: str
    index_backend: str
    index_generation: str | None
    index_points: int | None
    index_revision: int | None
    embedder: str
    index_embedder: str | None
    agree: bool
    problems: tuple[str, ...]


class HealthOut(_Out):
    status: str = Field(examples=["ok"])
    version: str


class ErrorOut(_Out):
    """Every failure: a stable word for programs, one sentence for people."""

    code: str = Field(examples=["not-held"])
    detail: str
