"""Assemble what a page shows of an instrument, a provision or a judgment, from the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from search.catalogue import Catalogue
from search.errors import NotHeld
from search.identifiers import parse_unit, parse_work, work_of
from search.likeness import Likeness
from search.model import (
    Authority,
    Bilingual,
    Editorial,
    Expression,
    Instrument,
    Judgment,
    Provision,
)
from search.naming import cite_instrument, cite_provision, cite_unheld
from search.results import (
    Annotation,
    InstrumentView,
    JudgmentView,
    ProvisionView,
    Reference,
    TocEntry,
)

_ORDER = {authority: place for place, authority in enumerate(Authority)}


def in_display_order(expressions: Iterable[Expression]) -> tuple[Expression, ...]:
    """Official texts first, then translations and digests; newest version first."""
    return tuple(
        sorted(
            expressions,
            key=lambda e: (
                _ORDER[e.authority],
                e.language,
                -(e.valid_from or dt.date.min).toordinal(),
            ),
        )
    )


def instrument_view(catalogue: Catalogue, work: str) -> InstrumentView:
    """Return an instrument with its table of contents; raise NotHeld or BadIdentifier."""
    instrument = catalogue.instrument(parse_work(work))
    if instrument is None:
        raise not_held(work)
    provisions = catalogue.provisions_of(work)
    ids = [provision.id for provision in provisions]
    editorials = catalogue.editorials(ids)
    treatments = catalogue.treatments_of(ids)
    expressions = catalogue.expressions_of(ids)
    entries = []
    for provision in provisions:
        held = expressions.get(provision.id, ())
        editorial = editorials.get(provision.id)
        entries.append(
            TocEntry(
                provision=provision,
                heading=editorial.heading if editorial else None,
                repealed=any(e.repealed for e in held),
                treatments=tuple(treatments.get(provision.id, ())),
                languages=tuple(sorted({e.language for e in held})),
            )
        )
    authorities = {e.authority for held in expressions.values() for e in held}
    return InstrumentView(
        instrument, tuple(entries), tuple(sorted(authorities, key=_ORDER.__getitem__))
    )


def provision_view(
    catalogue: Catalogue,
    unit: str,
    as_at: dt.date | None,
    annotations: Callable[[Expression], tuple[Annotation, ...]] | None = None,
) -> ProvisionView:
    """Return a provision with its texts, as in force on `as_at` where given.

    `annotations` says where a text leads; without it nothing is marked.
    """
    top = str(parse_unit(unit).top)
    provision = catalogue.provision(top)
    instrument = catalogue.instrument(work_of(top))
    if provision is None or instrument is None:
        raise not_held(unit)
    previous, following = catalogue.neighbours(provision)
    editorial = catalogue.editorials([top]).get(top)
    expressions = in_display_order(catalogue.expressions_of([top], as_at).get(top, ()))
    return ProvisionView(
        provision=provision,
        instrument=instrument,
        editorial=editorial,
        expressions=expressions,
        annotations={e.id: annotations(e) for e in expressions} if annotations else {},
        treatments=tuple(catalogue.treatments_of([top]).get(top, ())),
        refers_to=references(catalogue, editorial.refers_to if editorial else ()),
        cited_by=references(catalogue, catalogue.references_to(top)),
        previous=_neighbour(previous, instrument),
        next=_neighbour(following, instrument),
        as_at=as_at,
        concepts=concept_references(catalogue, _concepts_named(editorial)) if editorial else (),
    )


def _concepts_named(editorial: Editorial) -> Iterable[str]:
    yield from editorial.concepts
    for penalty in editorial.penalties:
        yield penalty.offence
        yield from penalty.aggravators


def judgment_view(catalogue: Catalogue, work: str, likeness: Likeness) -> JudgmentView:
    """Return a judgment or matter with the texts of its sections, and those it can be set by."""
    judgment = catalogue.judgment(parse_work(work))
    if judgment is None:
        raise not_held(work)
    sections = catalogue.sections_of(work)
    texts = catalogue.expressions_of([section.id for section in sections])
    named = [*judgment.concepts, *(charge.offence for charge in judgment.charges)]
    named += [finding.element for finding in judgment.elements]
    return JudgmentView(
        judgment=judgment,
        sections=tuple((s, in_display_order(texts.get(s.id, ()))) for s in sections),
        provisions=references(catalogue, judgment.provisions),
        concepts=concept_references(catalogue, named),
        similar=likeness.similar(work),
        contrary=likeness.contrary(work),
    )


def concept_references(catalogue: Catalogue, ids: Iterable[str]) -> tuple[Reference, ...]:
    """Name the concepts by their labels, each once."""
    wanted = tuple(dict.fromkeys(ids))
    held = catalogue.concepts(wanted)
    return tuple(Reference(i, held[i].label, held=True) for i in wanted if i in held)


def references(catalogue: Catalogue, ids: Sequence[str]) -> tuple[Reference, ...]:
    """Name each id as a citation would; what we do not hold is named by the register."""
    held = catalogue.works({work_of(identifier) for identifier in ids})
    named = catalogue.register() if any(work_of(i) not in held for i in ids) else {}
    known = {**named, **held}
    tops = {str(parse_unit(i).top) for i in ids if _is_unit_of_law(i, known)}
    provisions = catalogue.provisions(tops)
    return tuple(_reference(i, known, held.keys(), provisions) for i in ids)


def _is_unit_of_law(identifier: str, known: Mapping[str, Instrument | Judgment]) -> bool:
    return "/" in identifier and isinstance(known.get(work_of(identifier)), Instrument)


def _reference(
    identifier: str,
    known: Mapping[str, Instrument | Judgment],
    held: Collection[str],
    provisions: Mapping[str, Provision],
) -> Reference:
    work = work_of(identifier)
    law = known.get(work)
    if law is None:
        return Reference(identifier, Bilingual(identifier, identifier), held=False)
    if isinstance(law, Judgment):
        return Reference(work, law.title, held=True)
    if "/" not in identifier:
        return Reference(identifier, cite_instrument(law), held=work in held)
    top = parse_unit(identifier).top
    provision = provisions.get(str(top))
    if provision is None:
        return Reference(identifier, cite_unheld(top.path[0], law), held=False)
    return Reference(identifier, cite_provision(provision, law), held=True)


def _neighbour(provision: Provision | None, instrument: Instrument) -> Reference | None:
    if provision is None:
        return None
    return Reference(provision.id, cite_provision(provision, instrument), held=True)


def not_held(identifier: str) -> NotHeld:
    """The error for a well-formed id that the collection does not hold."""
    return NotHeld(
        f"The collection does not hold {identifier}. `tamyeez status` shows what it holds; "
        "`tamyeez ingest FILE` adds a text.",
        id=identifier,
    )
