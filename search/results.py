"""What the service answers with: values that page, API and command print each in its own way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from search.distinction.reach import Reached
from search.model import (
    Authority,
    Bilingual,
    Confidence,
    Editorial,
    Expression,
    Instrument,
    Judgment,
    Kind,
    Language,
    Provision,
    Section,
    Treatment,
)


class CitationStatus(StrEnum):
    RESOLVED = "resolved"  # one provision or instrument; `held` says whether we have it
    AMBIGUOUS = "ambiguous"  # several; see `choices`
    UNKNOWN = "unknown"  # a citation by its form, of nothing we can name


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference found in a text: text[start:end] of the text given."""

    start: int
    end: int
    text: str
    status: CitationStatus
    instrument: str | None = None
    provision: str | None = None  # with its clause, where one is cited
    held: bool = False
    choices: tuple[str, ...] = ()  # ids, best first, when ambiguous


@dataclass(frozen=True, slots=True)
class ArmScore:
    """Place of a hit in one arm's list, from 1, and that arm's own score."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A word of the query and the words of the passages that matched it."""

    query: str
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchedSentence:
    """The sentence of a shown passage that carries most of the match: text[start:end]."""

    passage: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a result is shown: which arms found it, which words matched, which did not."""

    citation: bool = False
    arms: Mapping[str, ArmScore] | None = None  # "meaning" and "words"
    terms: tuple[MatchedTerm, ...] = ()
    missing: tuple[str, ...] = ()
    sentence: MatchedSentence | None = None
    offence: Reached | None = None  # what a query that tells facts may be under this provision


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as shown in a result; `highlights` are half-open spans of `text`."""

    id: str
    unit: str
    language: Language
    authority: Authority
    text: str
    highlights: tuple[tuple[int, int], ...]
    section: str | None  # clause label or judgment section
    confirmed: bool
    repealed: bool
    ocr_confidence: float | None = None  # 0..1: read by OCR and not reviewed, so not citable
    valid_to: dt.date | None = None  # first day on which it no longer applied


@dataclass(frozen=True, slots=True)
class Hit:
    """One provision or judgment, with the passages that matched."""

    id: str
    kind: Kind
    title: Bilingual  # heading of the provision, or title of the matter
    citation: Bilingual  # how to cite it: "Art. 2, Law 91/2013"
    work: str
    work_title: Bilingual
    score: float
    passages: tuple[ShownPassage, ...]
    why: Why
    treatments: tuple[Treatment, ...]
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """A concept that words of the query name; its other names were searched for too."""

    id: str
    label: Bilingual
    words: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one query. `total` counts the groups found among the candidates."""

    query: str
    language: Language
    citation: Citation | None
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]  # kind, work… and TRAITS → value → count
    concepts: tuple[NamedConcept, ...] = ()  # of the thesaurus, found in the query
    nothing_fits: bool = False  # what is shown is likely to be beside the point
    # facet → value → its name, of the facets whose values have one: courts, concepts
    labels: Mapping[str, Mapping[str, Bilingual]] = field(default_factory=dict)
    did_you_mean: str | None = None  # the query with its misspelt words set right


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One line of an instrument's table of contents."""

    provision: Provision
    heading: Bilingual | None
    repealed: bool
    treatments: tuple[Treatment, ...]
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """An instrument with its table of contents."""

    instrument: Instrument
    entries: tuple[TocEntry, ...]
    authorities: tuple[Authority, ...]  # of the texts held


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another provision, instrument or judgment, with what to call it."""

    id: str
    label: Bilingual
    held: bool


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stretch of an expression, text[start:end], that leads to a provision or definition."""

    start: int
    end: int
    target: str  # id of a provision, clause or instrument
    told: str | None = None  # what the law says of the term, where it is a defined one


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision with its texts as in force on a date, in display order."""

    provision: Provision
    instrument: Instrument
    editorial: Editorial | None
    expressions: tuple[Expression, ...]
    treatments: tuple[Treatment, ...]
    refers_to: tuple[Reference, ...]
    cited_by: tuple[Reference, ...]
    previous: Reference | None
    next: Reference | None
    as_at: dt.date | None
    concepts: tuple[Reference, ...] = ()  # names of the subjects, offences and aggravators shown
    annotations: Mapping[str, tuple[Annotation, ...]] = field(default_factory=dict)  # by expression


@dataclass(frozen=True, slots=True)
class LikeMatter:
    """A matter that has much in common with another."""

    id: str
    title: Bilingual
    authority: Authority
    level: str
    likeness: float  # share in common, 0 to 1
    shared: tuple[Reference, ...]  # the concepts in common that tell most
    opposed: tuple[Reference, ...]  # charges and elements in common that came out the other way


@dataclass(frozen=True, slots=True)
class JudgmentView:
    """A judgment or reported matter with its sections' texts."""

    judgment: Judgment
    sections: tuple[tuple[Section, tuple[Expression, ...]], ...]
    provisions: tuple[Reference, ...]
    concepts: tuple[Reference, ...]
    similar: tuple[LikeMatter, ...] = ()
    contrary: tuple[LikeMatter, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """One line of the lists of instruments and of judgments."""

    id: str
    kind: Kind
    title: Bilingual
    number: str | None
    year: int | None
    date: str | None
    authorities: tuple[Authority, ...]
    units: int  # provisions or sections held
    passages: int
    level: str | None = None
    outcome: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class CollectionStatus:
    """What is held, and whether catalogue and index agree; `problems` is empty when they do."""

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
