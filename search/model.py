"""The domain model: what the collection is made of.

Follows FRBR as Akoma Ntoso uses it. An *instrument* (work) has *provisions*; a provision has
*expressions*, each in one language, of one authority and one version; an expression is cut into
*passages*, the unit that is indexed and ranked. A *judgment* has *sections* in the provisions'
place. Frozen values, no I/O.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.duties import Duty
    from search.offences import Offence, Signal


class Language(StrEnum):
    AR = "ar"
    EN = "en"


class Kind(StrEnum):
    """What a work is; the `--kind` of the command and of the API."""

    STATUTE = "statute"
    TREATY = "treaty"
    JUDGMENT = "judgment"
    PLAN = "plan"
    OTHER = "other"


class Authority(StrEnum):
    """What a text is. Order of declaration is the order in which texts are shown."""

    OFFICIAL = "official"
    TRANSLATION = "translation"
    DIGEST = "digest"
    REPORTED = "reported"
    TRAINING = "training"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ProvisionKind(StrEnum):
    ARTICLE = "article"
    PREAMBLE = "preamble"
    ISSUING_ARTICLE = "issuing-article"
    SECTION = "section"  # a numbered part of a plan or statement that has no articles
    PAGE = "page"  # of a scan that nobody has reviewed: its article numbers cannot be trusted


class ClauseKind(StrEnum):
    PARAGRAPH = "paragraph"
    POINT = "point"
    DEFINITION = "definition"
    PRINCIPLE = "principle"  # of a judgment: a rule the court states as settled


class Access(StrEnum):
    """Who may see a document: everybody, or only readers whose roles say so."""

    OPEN = "open"
    UNREVIEWED = "unreviewed"  # read by OCR, not yet compared with its picture
    RESTRICTED = "restricted"


class Role(StrEnum):
    """What a passage is for."""

    TEXT = "text"
    PHRASING = "phrasing"  # how users put what the text answers; for matching, never shown


class SectionKind(StrEnum):
    HEADER = "header"
    FACTS = "facts"
    PROCEDURE = "procedure"
    PLEAS = "pleas"
    REASONS = "reasons"
    DISPOSITION = "disposition"
    HEADNOTES = "headnotes"  # the reporter's summary above an official report
    NOTE = "note"  # our own editorial remark on a reported matter


class Speaker(StrEnum):
    COURT = "court"
    PROSECUTION = "prosecution"
    DEFENCE = "defence"
    WITNESS = "witness"
    PRESS = "press"
    EDITOR = "editor"


class TreatmentKind(StrEnum):
    AMENDED = "amended"
    REPLACED = "replaced"
    REPEALED = "repealed"
    STRUCK = "struck"
    INTERPRETED = "interpreted"


class Scope(StrEnum):
    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One label in both languages; either may be missing, never both."""

    ar: str | None = None
    en: str | None = None

    def __post_init__(self) -> None:
        if not self.ar and not self.en:
            raise ValueError("a bilingual label needs a text in at least one language")

    def best(self, language: Language) -> str:
        """Return the label in `language`, or in the other one where it is missing."""
        first, second = (self.ar, self.en) if language is Language.AR else (self.en, self.ar)
        return first or second or ""

    @property
    def best_ar(self) -> str:
        """The Arabic label, or the English one where it is missing."""
        return self.best(Language.AR)

    @property
    def best_en(self) -> str:
        """The English label, or the Arabic one where it is missing."""
        return self.best(Language.EN)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text or a fact comes from."""

    title: str
    url: str | None = None
    publisher: str | None = None
    date: str | None = None  # as precise as known: "2013", "2013-03" or "2013-03-17"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, treaty or plan as such, across languages and versions."""

    id: str
    kind: Kind
    title: Bilingual
    jurisdiction: str  # ISO 3166 alpha-2 in lower case, or "un", "ilo"
    number: str | None = None
    year: int | None = None
    aliases: tuple[str, ...] = ()  # nicknames in either language, for citations
    issued_on: str | None = None
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None  # first day on which it no longer applied
    note: Bilingual | None = None
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Provision:
    """An article or its equal: the unit people cite and the unit results are grouped by."""

    id: str
    instrument: str
    kind: ProvisionKind
    number: str  # as printed in a citation: "2", "24 bis", "" for a preamble
    position: int  # order within the instrument, from 0
    place: tuple[Bilingual, ...] = ()  # book, part, chapter headings, outermost first


@dataclass(frozen=True, slots=True)
class Imprisonment:
    """Terms in months; `life` and `death` stand beside or instead of a term."""

    min_months: int | None = None
    max_months: int | None = None
    life: bool = False
    death: bool = False


@dataclass(frozen=True, slots=True)
class Fine:
    """Fine in Kuwaiti dinars; `per` says what it is multiplied by, e.g. "worker"."""

    min_kwd: int | None = None
    max_kwd: int | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Penalty:
    """One rung of a provision's penalty scale."""

    offence: str  # concept id
    applies: Bilingual  # to what it applies, in our words
    imprisonment: Imprisonment | None = None
    fine: Fine | None = None
    joined: str | None = None  # "and", "or", "and-or" between imprisonment and fine
    aggravators: tuple[str, ...] = ()  # concept ids
    measures: Bilingual | None = None
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Editorial:
    """What we add to a provision in our own words; never shown as the law's text."""

    provision: str
    heading: Bilingual
    asks_ar: tuple[str, ...] = ()  # how users put the need; for matching only
    asks_en: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()  # provision or instrument ids
    penalties: tuple[Penalty, ...] = ()
    note: Bilingual | None = None
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.HIGH

    def asks(self, language: Language) -> tuple[str, ...]:
        """Return the phrasings in one language."""
        return self.asks_ar if language is Language.AR else self.asks_en


@dataclass(frozen=True, slots=True)
class Treatment:
    """What later happened to a provision: amended, repealed, struck, interpreted."""

    provision: str
    kind: TreatmentKind
    scope: Scope
    by: Bilingual  # the law or court that did it
    by_id: str | None = None  # its id, where it is one of ours
    date: str | None = None
    clause: str | None = None  # the part concerned, as a path below the provision
    note: Bilingual | None = None
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered or lettered part of an expression: text[start:end], with its id."""

    id: str
    kind: ClauseKind
    label: str  # as printed: "1", "أ", "(b)"; for a definition the term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Where a text lies in its file: characters of the extracted text, and pages from 1."""

    start: int
    end: int
    first_page: int | None = None
    last_page: int | None = None


@dataclass(frozen=True, slots=True)
class OcrSpan:
    """Characters of a text that OCR has read, and how sure it was of them, 0..1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Expression:
    """A provision or judgment section in one language, of one authority, in one version."""

    id: str
    unit: str  # provision id or judgment section id
    work: str  # instrument or judgment id
    language: Language
    authority: Authority
    text: str
    clauses: tuple[Clause, ...] = ()
    footnotes: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None  # first day on which it no longer applied
    repealed: bool = False
    span: SourceSpan | None = None
    confirmed: bool = True  # False: recognised by the machine, not yet by a person
    ocr: tuple[OcrSpan, ...] = ()  # read by OCR and not reviewed by a person: not citable

    @property
    def ocr_confidence(self) -> float | None:
        """Mean confidence of what OCR has read of it; None: nothing, or it has been reviewed."""
        return ocr_confidence(self.ocr, 0, len(self.text))


def ocr_confidence(spans: tuple[OcrSpan, ...], start: int, end: int) -> float | None:
    """Return the mean confidence of OCR in text[start:end], 0..1; None where it read nothing."""
    shares = [(min(s.end, end) - max(s.start, start), s.confidence) for s in spans]
    shares = [(length, confidence) for length, confidence in shares if length > 0]
    total = sum(length for length, _ in shares)
    return round(sum(n * confidence for n, confidence in shares) / total, 3) if total else None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and ranked: expression.text[start:end], and how it is looked up."""

    id: str
    expression: str
    unit: str  # provision or judgment section
    group: str  # what results are grouped by: provision id or judgment id
    work: str
    kind: Kind
    language: Language
    authority: Authority
    start: int
    end: int
    text: str
    index_text: str  # context and editorial phrasings added; what the arms see
    content_hash: str  # of index_text
    clause: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    repealed: bool = False
    role: Role = Role.TEXT
    ocr_confidence: float | None = None  # 0..1: read by OCR and not reviewed, so not citable


@dataclass(frozen=True, slots=True)
class Charge:
    """One offence charged in a judgment or matter, and what became of it."""

    offence: str  # concept id
    outcome: str  # convicted, acquitted, referred, ongoing, annulled, upheld, unknown…
    sentence: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class ElementFinding:
    """How the court, or the report of it, ruled on one element."""

    element: str  # concept id
    finding: str  # found, not-found, alleged, disputed
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a judgment, and who speaks in it."""

    id: str
    judgment: str
    kind: SectionKind
    speaker: Speaker
    position: int


@dataclass(frozen=True, slots=True)
class Judgment:
    """A court's decision, or a publicly reported matter digested by us."""

    id: str
    title: Bilingual
    court: Bilingual
    level: str  # investigation, prosecution, first-instance, appeal, cassation, constitutional
    authority: Authority
    jurisdiction: str
    number: str | None = None
    date: str | None = None  # as precise as known
    final: bool | None = None
    charges: tuple[Charge, ...] = ()
    provisions: tuple[str, ...] = ()  # instrument or provision ids
    elements: tuple[ElementFinding, ...] = ()
    concepts: tuple[str, ...] = ()
    note: Bilingual | None = None
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the bilingual thesaurus (SKOS)."""

    id: str
    label: Bilingual
    family: str  # act, means, purpose, aggravator, indicator, offence, procedure, actor…
    alt_ar: tuple[str, ...] = ()
    alt_en: tuple[str, ...] = ()
    definition: Bilingual | None = None
    broader: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """Everything one source file adds to the catalogue."""

    instrument: Instrument | None = None
    provisions: tuple[Provision, ...] = ()
    editorials: tuple[Editorial, ...] = ()
    expressions: tuple[Expression, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    judgment: Judgment | None = None
    sections: tuple[Section, ...] = ()
    concepts: tuple[Concept, ...] = ()
    offences: tuple[Offence, ...] = ()
    signals: tuple[Signal, ...] = ()
    duties: tuple[Duty, ...] = ()
    # How users look for the judgment, by language; cut into passages, not kept beside them.
    asks: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to; an empty value does not limit."""

    kind: Kind | None = None
    work: str | None = None  # instrument or judgment id
    language: Language | None = None
    authority: Authority | None = None
    as_at: dt.date | None = None
    traits: tuple[tuple[str, str], ...] = ()  # (trait, value) of search/facets.py; all must hold


@dataclass(frozen=True, slots=True)
class Query:
    """One question put to the collection."""

    text: str
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    expand: bool = True  # by the thesaurus: other words for what the query names
