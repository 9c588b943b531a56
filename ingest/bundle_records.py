"""Turn the bundled collection's checked entries into domain values. No files here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ingest.bundle_schema import (
    BothText,
    ClauseEntry,
    ConceptEntry,
    InstrumentFile,
    MatterFile,
    PenaltyEntry,
    PlaceEntry,
    ProvisionEntry,
    RegisterEntry,
    SourceEntry,
    TreatmentEntry,
)
from search.errors import Unreadable
from search.identifiers import ExpressionId, UnitId
from search.model import (
    Authority,
    Bilingual,
    Charge,
    Clause,
    ClauseKind,
    Concept,
    Confidence,
    Contribution,
    Editorial,
    ElementFinding,
    Expression,
    Fine,
    Imprisonment,
    Instrument,
    Judgment,
    Kind,
    Language,
    Penalty,
    Provision,
    ProvisionKind,
    Scope,
    Section,
    SectionKind,
    Source,
    Speaker,
    Treatment,
    TreatmentKind,
)

_CLAUSES = {
    "par": ClauseKind.PARAGRAPH,
    "pt": ClauseKind.POINT,
    "def": ClauseKind.DEFINITION,
}


def instrument_contribution(
    file: InstrumentFile, entries: Sequence[ProvisionEntry]
) -> Contribution:
    """Build what an instrument and all its provision entries add to the catalogue."""
    reader = _ProvisionReader(file)
    return Contribution(
        instrument=_instrument(file),
        provisions=tuple(reader.provision(entry, n) for n, entry in enumerate(entries)),
        editorials=tuple(reader.editorial(entry) for entry in entries),
        expressions=tuple(
            reader.expression(entry, language) for entry in entries for language in Language
        ),
        treatments=tuple(t for entry in entries for t in reader.treatments(entry)),
    )


def _instrument(file: InstrumentFile) -> Instrument:
    return Instrument(
        id=file.id,
        kind=Kind(file.kind),
        title=_both(file.title),
        jurisdiction=file.jurisdiction,
        number=file.number,
        year=file.year,
        aliases=(*file.aliases_ar, *file.aliases_en),
        issued_on=file.issued_on,
        in_force_from=file.in_force_from,
        in_force_to=file.in_force_to,
        note=_maybe(file.note),
        sources=tuple(_source(entry) for entry in file.sources.values()),
        confidence=Confidence(file.confidence),
    )


class _ProvisionReader:
    """Turns the provision entries of one instrument into domain values."""

    def __init__(self, file: InstrumentFile) -> None:
        self._file = file
        self._places: Mapping[str, PlaceEntry] = {place.id: place for place in file.places}

    def provision(self, entry: ProvisionEntry, position: int) -> Provision:
        return Provision(
            id=self._id(entry),
            instrument=self._file.id,
            kind=_provision_kind(entry.id),
            number=entry.number,
            position=position,
            place=self._place(entry),
        )

    def editorial(self, entry: ProvisionEntry) -> Editorial:
        return Editorial(
            provision=self._id(entry),
            heading=_both(entry.heading),
            asks_ar=entry.asks_ar,
            asks_en=entry.asks_en,
            concepts=entry.concepts,
            refers_to=entry.refers_to,
            penalties=tuple(_penalty(penalty) for penalty in entry.penalties),
            note=_maybe(entry.note),
            sources=self._sources(entry.sources, entry.id),
            confidence=Confidence(entry.confidence),
        )

    def expression(self, entry: ProvisionEntry, language: Language) -> Expression:
        unit = UnitId(self._file.id, (entry.id,))
        text, clauses = _digest(entry, unit, language)
        return Expression(
            id=str(ExpressionId(unit, language, Authority.DIGEST, entry.valid_from)),
            unit=str(unit),
            work=self._file.id,
            language=language,
            authority=Authority.DIGEST,
            text=text,
            clauses=clauses,
            valid_from=entry.valid_from or self._file.in_force_from,
            valid_to=entry.valid_to or self._file.in_force_to,
            repealed=entry.repealed,
        )

    def treatments(self, entry: ProvisionEntry) -> Iterable[Treatment]:
        for treatment in entry.treatments:
            yield _treatment(treatment, self._id(entry), self._sources(treatment.sources, entry.id))

    def _id(self, entry: ProvisionEntry) -> str:
        return str(UnitId(self._file.id, (entry.id,)))

    def _place(self, entry: ProvisionEntry) -> tuple[Bilingual, ...]:
        place: list[Bilingual] = []
        step = entry.place
        while step is not None and len(place) < 8:  # books within books end somewhere
            if step not in self._places:
                raise self._unknown("place", step, entry.id)
            place.insert(0, _both(self._places[step].title))
            step = self._places[step].within
        return tuple(place)

    def _sources(self, keys: Sequence[str], provision: str) -> tuple[Source, ...]:
        for key in keys:
            if key not in self._file.sources:
                raise self._unknown("source", key, provision)
        return tuple(_source(self._file.sources[key]) for key in keys)

    def _unknown(self, what: str, key: str, provision: str) -> Unreadable:
        return Unreadable(
            f"{self._file.id}/{provision} names the {what} {key!r}, which instrument.yaml does "
            "not declare.",
            reason="bundle",
        )


def _digest(
    entry: ProvisionEntry, unit: UnitId, language: Language
) -> tuple[str, tuple[Clause, ...]]:
    """Lay out a digest: the opening text, then one line per clause."""
    text = _in(entry.text, language)
    clauses = []
    for clause in entry.clauses:
        line = _clause_line(clause, language)
        start = len(text) + 1
        text = f"{text}\n{line}"
        below = unit
        for segment in clause.id.split("/"):
            below = below.below(segment)
        kind = _CLAUSES[clause.id.rpartition("/")[2].partition("-")[0]]
        clauses.append(Clause(str(below), kind, _in(clause.label, language), start, len(text)))
    return text, tuple(clauses)


def _clause_line(clause: ClauseEntry, language: Language) -> str:
    label, text = _in(clause.label, language), _in(clause.text, language)
    if clause.id.rpartition("/")[2].startswith("def-"):
        return f"{label}: {text}"
    return f"({label}) {text}"


def registered(entry: RegisterEntry) -> Instrument:
    """Build the record of a law we can name; whether it is held is another matter."""
    return Instrument(
        id=entry.id,
        kind=Kind(entry.kind),
        title=_both(entry.title),
        jurisdiction=entry.jurisdiction,
        number=entry.number,
        year=entry.year,
        aliases=(*entry.aliases_ar, *entry.aliases_en),
    )


def matter_contribution(file: MatterFile) -> Contribution:
    """Build what a reported or training matter adds to the catalogue."""
    sections: list[Section] = []
    expressions: list[Expression] = []
    seen: dict[str, int] = {}
    for position, entry in enumerate(file.sections):
        seen[entry.kind] = seen.get(entry.kind, 0) + 1
        segment = entry.kind if seen[entry.kind] == 1 else f"{entry.kind}-{seen[entry.kind]}"
        unit = UnitId(file.id, (segment,))
        sections.append(
            Section(str(unit), file.id, SectionKind(entry.kind), Speaker(entry.speaker), position)
        )
        for language in Language:
            expressions.append(
                Expression(
                    id=str(ExpressionId(unit, language, Authority(file.authority))),
                    unit=str(unit),
                    work=file.id,
                    language=language,
                    authority=Authority(file.authority),
                    text=_in(entry.text, language),
                )
            )
    return Contribution(
        judgment=_judgment(file),
        sections=tuple(sections),
        expressions=tuple(expressions),
        asks={Language.AR: file.asks_ar, Language.EN: file.asks_en},
    )


def _judgment(file: MatterFile) -> Judgment:
    return Judgment(
        id=file.id,
        title=_both(file.title),
        court=_both(file.court),
        level=file.level,
        authority=Authority(file.authority),
        jurisdiction=file.jurisdiction,
        number=file.number,
        date=file.date,
        final=file.final,
        charges=tuple(Charge(c.offence, c.outcome, _maybe(c.sentence)) for c in file.charges),
        provisions=file.provisions,
        elements=tuple(ElementFinding(e.element, e.finding, _maybe(e.note)) for e in file.elements),
        concepts=file.concepts,
        note=_both(file.note),
        sources=tuple(_source(entry) for entry in file.sources),
        confidence=Confidence(file.confidence),
    )


def concept_of(entry: ConceptEntry) -> Concept:
    """Build a term of the thesaurus."""
    return Concept(
        id=entry.id,
        label=_both(entry.label),
        family=entry.family,
        alt_ar=entry.alt_ar,
        alt_en=entry.alt_en,
        definition=_maybe(entry.definition),
        broader=entry.broader,
        close=entry.close,
        note=_maybe(entry.note),
    )


def _provision_kind(segment: str) -> ProvisionKind:
    if segment.startswith("art-"):
        return ProvisionKind.ARTICLE
    if segment.startswith("issuing-"):
        return ProvisionKind.ISSUING_ARTICLE
    return ProvisionKind.PREAMBLE if segment == "preamble" else ProvisionKind.SECTION


def _penalty(entry: PenaltyEntry) -> Penalty:
    term, fine = entry.imprisonment, entry.fine
    return Penalty(
        offence=entry.offence,
        applies=_both(entry.applies),
        imprisonment=Imprisonment(**term.model_dump()) if term else None,
        fine=Fine(**fine.model_dump()) if fine else None,
        joined=entry.joined,
        aggravators=entry.aggravators,
        measures=_maybe(entry.measures),
        confidence=Confidence(entry.confidence),
    )


def _treatment(entry: TreatmentEntry, provision: str, sources: tuple[Source, ...]) -> Treatment:
    return Treatment(
        provision=provision,
        kind=TreatmentKind(entry.kind),
        scope=Scope(entry.scope),
        by=_both(entry.by),
        by_id=entry.by_id,
        date=entry.date,
        clause=entry.clause,
        note=_maybe(entry.note),
        sources=sources,
        confidence=Confidence(entry.confidence),
    )


def _source(entry: SourceEntry) -> Source:
    return Source(entry.title, entry.url, entry.publisher, entry.date, entry.note)


def _both(text: BothText) -> Bilingual:
    return Bilingual(text.ar, text.en)


def _maybe(text: BothText | None) -> Bilingual | None:
    return None if text is None else _both(text)


def _in(text: BothText, language: Language) -> str:
    return text.ar if language is Language.AR else text.en
