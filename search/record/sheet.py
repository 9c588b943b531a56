"""What a record says of a search: what was asked, of what, by what, and what was shown.

Values only. The shape is a file format (`FORMAT`, `VERSION`): a field may be added with a default;
anything else needs a new version.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from search.model import (
    Authority,
    Bilingual,
    Confidence,
    Kind,
    Language,
    Query,
    Scope,
    TreatmentKind,
)

FORMAT = "tamyeez-search-record"
VERSION = 1


@dataclass(frozen=True, slots=True)
class CollectionStamp:
    """Which collection was searched."""

    edition: str | None  # of the bundled part
    revision: int  # of the catalogue
    fingerprint: str  # of all passages
    instruments: int
    judgments: int
    passages: int


@dataclass(frozen=True, slots=True)
class EngineStamp:
    """What searched it."""

    program: str  # version of Tamyeez
    embedder: str
    adapter: str
    ranking: str  # digest of the learned weights
    index_format: int
    index_backend: str
    index_generation: str
    index_revision: int  # the catalogue's revision that the index was built from
    reranker: str = ""  # the cross-encoder that reordered the first results; "": none


@dataclass(frozen=True, slots=True)
class NotSearched:
    """What lay outside this search."""

    passages_filtered: int  # held, but outside the filters
    kinds_filtered: tuple[Kind, ...]  # kinds of works that the filter on kinds leaves out
    files_refused: int  # given to the collection, not readable well enough
    depth: int  # passages each arm of the search brings; beyond them nothing is ranked


@dataclass(frozen=True, slots=True)
class RecordedPassage:
    """A passage as it was shown."""

    id: str
    language: Language
    authority: Authority
    text: str
    confirmed: bool
    repealed: bool
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class RecordedTreatment:
    """What had happened to a provision by then."""

    kind: TreatmentKind
    scope: Scope
    by: Bilingual
    date: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """One result as it was shown."""

    place: int  # from 1
    id: str
    kind: Kind
    work: str
    title: Bilingual
    citation: Bilingual
    score: float
    cited: bool  # shown for being cited in the query
    passages: tuple[RecordedPassage, ...]
    treatments: tuple[RecordedTreatment, ...]
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One search, whole."""

    recorded_at: str  # ISO 8601, UTC
    query: Query
    language: Language  # in which the query was read
    collection: CollectionStamp
    engine: EngineStamp
    not_searched: NotSearched
    total: int
    nothing_fits: bool
    results: tuple[RecordedResult, ...]
    read_as: str | None = None  # id of what the query cites, where it is a citation
    concepts: tuple[str, ...] = field(default=())  # of the thesaurus, whose words were searched too
