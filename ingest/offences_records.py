"""Turn the checked entries of the offence definitions into domain values. No files here."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.bundle_schema import BothText
from ingest.offences_schema import (
    AggravatorEntry,
    AlternativeEntry,
    ElementOfOffence,
    OffenceFile,
    SignalEntry,
)
from search.model import Bilingual
from search.offences import (
    Aggravator,
    Alternative,
    Element,
    ElementKind,
    Exclusion,
    Offence,
    PenaltyRef,
    Rule,
    RuleKind,
    Signal,
)


def signal_of(entry: SignalEntry, position: int) -> Signal:
    """Build one signal; `position` is its place in the file."""
    return Signal(entry.id, entry.family, _both(entry.label), _both(entry.says), position)


def offence_of(file: OffenceFile) -> Offence:
    """Build one offence."""
    return Offence(
        id=file.id,
        label=_both(file.label),
        primary=file.primary,
        position=file.position,
        concepts=file.concepts,
        elements=tuple(_element(entry) for entry in file.elements),
        governing=file.governing,
        penalties=tuple(PenaltyRef(entry.provision, entry.offence) for entry in file.penalties),
        exclusions=tuple(
            Exclusion(entry.id, _both(entry.label), combinations(entry.signals))
            for entry in file.exclusions
        ),
        aggravators=tuple(_aggravator(entry) for entry in file.aggravators),
        rules=tuple(
            Rule(RuleKind(entry.kind), _both(entry.text), entry.provisions) for entry in file.rules
        ),
        valid_from=file.valid_from,
        valid_to=file.valid_to,
        note=_both(file.note) if file.note else None,
    )


def combinations(written: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Read what makes a thing out: "a + b" needs both signals."""
    return tuple(tuple(entry.split(" + ")) for entry in written)


def _element(entry: ElementOfOffence) -> Element:
    return Element(
        id=entry.id,
        kind=ElementKind(entry.kind),
        label=_both(entry.label),
        provisions=entry.provisions,
        alternatives=tuple(_alternative(each) for each in entry.alternatives),
        negated_by=entry.negated_by,
        concepts=entry.concepts,
        questions=tuple(_both(question) for question in entry.questions),
        inferred_from=entry.inferred_from,
    )


def _alternative(entry: AlternativeEntry) -> Alternative:
    return Alternative(
        entry.id, _both(entry.label), combinations(entry.made_out_by), entry.concepts
    )


def _aggravator(entry: AggravatorEntry) -> Aggravator:
    return Aggravator(
        id=entry.id,
        label=_both(entry.label),
        provision=entry.provision,
        shown_by=combinations(entry.shown_by),
        effect=_both(entry.effect),
    )


def _both(text: BothText) -> Bilingual:
    return Bilingual(ar=text.ar, en=text.en)
