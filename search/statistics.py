"""Count the matters collected, and set beside them the figures that others have published.

The collection is no sample: its counts say what we found, not how often anything happens. Fiction
is never counted. A published figure stands only with the provision of ours that restates it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.legal_persons import SANCTIONS, Sanction
from search.model import Authority, Bilingual, Concept, Judgment, Kind
from search.naming import cite_provision
from search.published_figures import CHECKS, FIGURES, Check, Figure
from search.results import Reference

HOME = "kw"
UNDATED = "undated"
_OWN_INSTRUMENTS = ("kw-statistics-2013-2025", "kw-statement-2024-mofa")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one value occurs, in Kuwait's matters and in those of other States."""

    value: str
    home: int
    elsewhere: int
    label: Bilingual | None = None  # of a concept; other values are named by the page

    @property
    def total(self) -> int:
        """Both together."""
        return self.home + self.elsewhere


@dataclass(frozen=True, slots=True)
class MatterFigures:
    """The matters collected, counted four ways.

    Years and levels count matters, offences the matters in which one is charged; outcomes count
    charges, of which a matter may have several.
    """

    matters: Tally
    reported: int
    official: int
    training: int  # held, but in none of the counts
    by_year: tuple[Tally, ...]
    by_level: tuple[Tally, ...]
    by_outcome: tuple[Tally, ...]
    by_offence: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class ReportedSanction:
    """A legal person's sanction with the matter that reports it."""

    sanction: Sanction
    matter: Reference
    date: str | None  # of the matter, as precise as known


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures: of the matters collected, and as published, with what does not add up."""

    collected: MatterFigures
    published: tuple[Figure, ...]
    checks: tuple[Check, ...]
    provisions: Mapping[str, Reference]  # what a published figure links to, by provision id
    notes: tuple[Bilingual, ...]  # what the two instruments say of their figures
    sanctions: tuple[ReportedSanction, ...] = ()  # of legal persons


def statistics(catalogue: Catalogue) -> Statistics:
    """Count the matters held, and return the published figures whose provisions are held."""
    ids = [work.id for work in catalogue.judgments()]
    held = [work for work in catalogue.works(ids).values() if isinstance(work, Judgment)]
    provisions = _references(catalogue)
    works = catalogue.works(_OWN_INSTRUMENTS)
    return Statistics(
        count_matters(held, catalogue.concepts()),
        tuple(figure for figure in FIGURES if figure.provision in provisions),
        tuple(check for check in CHECKS if check.provision in provisions),
        provisions,
        tuple(note for work in _OWN_INSTRUMENTS if work in works if (note := works[work].note)),
        _sanctions({matter.id: matter for matter in held}),
    )


def _sanctions(held: Mapping[str, Judgment]) -> tuple[ReportedSanction, ...]:
    return tuple(
        ReportedSanction(one, Reference(matter.id, matter.title, held=True), matter.date)
        for one in SANCTIONS
        if (matter := held.get(one.matter)) is not None
    )


def count_matters(held: Iterable[Judgment], concepts: Mapping[str, Concept]) -> MatterFigures:
    """Count judgments and reported matters; those written for training are set aside."""
    everything = list(held)
    counted = [matter for matter in everything if matter.authority is not Authority.TRAINING]
    authorities = Counter(matter.authority for matter in everything)
    offences = _tally(counted, lambda m: {charge.offence for charge in m.charges})
    return MatterFigures(
        matters=_sum(_tally(counted, lambda _: [Kind.JUDGMENT])),
        reported=authorities[Authority.REPORTED],
        official=len(counted) - authorities[Authority.REPORTED],
        training=authorities[Authority.TRAINING],
        by_year=tuple(sorted(_tally(counted, lambda m: [_year(m)]), key=lambda row: row.value)),
        by_level=_largest_first(_tally(counted, lambda m: [m.level])),
        by_outcome=_largest_first(_tally(counted, lambda m: [c.outcome for c in m.charges])),
        by_offence=_largest_first(
            Tally(row.value, row.home, row.elsewhere, concepts[row.value].label)
            if row.value in concepts
            else row
            for row in offences
        ),
    )


def _tally(matters: Iterable[Judgment], values: Callable[[Judgment], Iterable[str]]) -> list[Tally]:
    home: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    for matter in matters:
        (home if matter.jurisdiction == HOME else elsewhere).update(values(matter))
    return [Tally(value, home[value], elsewhere[value]) for value in {*home, *elsewhere}]


def _sum(rows: Iterable[Tally]) -> Tally:
    listed = list(rows)
    return Tally("all", sum(r.home for r in listed), sum(r.elsewhere for r in listed))


def _largest_first(rows: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.total, row.value)))


def _year(matter: Judgment) -> str:
    return matter.date[:4] if matter.date else UNDATED


def _references(catalogue: Catalogue) -> dict[str, Reference]:
    """Name the provisions that restate a published figure, as far as they are held."""
    stated = {figure.provision for figure in FIGURES} | {check.provision for check in CHECKS}
    held = catalogue.provisions(stated)
    editorials = catalogue.editorials(held)
    works = {w.id: w for name in _OWN_INSTRUMENTS if (w := catalogue.instrument(name))}
    return {
        unit: Reference(
            unit,
            editorials[unit].heading
            if unit in editorials
            else cite_provision(provision, works[provision.instrument]),
            held=True,
        )
        for unit, provision in held.items()
    }
