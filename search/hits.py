"""Turn ranked groups into hits: titles, shown passages, highlights and the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.explain import Explanation, explain
from search.fusion import Group
from search.model import (
    Authority,
    Bilingual,
    Confidence,
    Kind,
    Passage,
    Treatment,
)
from search.naming import cite_instrument, cite_judgment, cite_provision
from search.query import ParsedQuery
from search.results import ArmScore, Hit, ShownPassage, Why
from search.views import in_display_order

_ORDER = {authority: place for place, authority in enumerate(Authority)}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A group in its final place: cited first, then as fused. `group` is None if only cited."""

    id: str
    score: float
    group: Group | None
    cited: bool


@dataclass(frozen=True, slots=True)
class _Header:
    kind: Kind
    title: Bilingual
    citation: Bilingual
    work: str
    work_title: Bilingual
    treatments: tuple[Treatment, ...]
    confidence: Confidence | None


def in_order(cited: Sequence[str], groups: Sequence[Group]) -> list[Ranked]:
    """Put what the query cites before what the arms found."""
    by_id = {group.id: group for group in groups}
    first = [Ranked(identifier, 1.0, by_id.get(identifier), True) for identifier in cited]
    rest = [Ranked(g.id, g.score, g, False) for g in groups if g.id not in set(cited)]
    return first + rest


def make_hits(
    catalogue: Catalogue,
    parsed: ParsedQuery,
    page: Sequence[Ranked],
    passages: Mapping[str, Passage],
) -> tuple[Hit, ...]:
    """Build the hits of one page of results."""
    hits = []
    for ranked in page:
        header = _header(catalogue, ranked.id)
        if header is not None:
            hits.append(_hit(catalogue, parsed, ranked, header, passages))
    return tuple(hits)


def _hit(
    catalogue: Catalogue,
    parsed: ParsedQuery,
    ranked: Ranked,
    header: _Header,
    passages: Mapping[str, Passage],
) -> Hit:
    shown = _shown_passages(catalogue, ranked, passages)
    explanation = explain(parsed, shown)
    return Hit(
        id=ranked.id,
        kind=header.kind,
        title=header.title,
        citation=header.citation,
        work=header.work,
        work_title=header.work_title,
        score=round(ranked.score, 6),
        passages=tuple(
            _shown(catalogue, passage, explanation.highlights[passage.id]) for passage in shown
        ),
        why=_why(ranked, explanation),
        treatments=header.treatments,
        confidence=header.confidence,
    )


def _shown_passages(
    catalogue: Catalogue, ranked: Ranked, passages: Mapping[str, Passage]
) -> list[Passage]:
    """Return the passages that matched, official text first; of a mere citation, its openings."""
    if ranked.group is not None:
        found = [passages[member.passage] for member in ranked.group.members]
        return sorted(found, key=lambda passage: _ORDER[passage.authority])
    expressions = catalogue.expressions_of([ranked.id]).get(ranked.id, ())
    ids = [f"{expression.id}#1" for expression in in_display_order(expressions)]
    held = catalogue.passages(ids)
    return [held[identifier] for identifier in ids if identifier in held]


def _shown(
    catalogue: Catalogue, passage: Passage, highlights: tuple[tuple[int, int], ...]
) -> ShownPassage:
    expression = catalogue.expression(passage.expression)
    label = None
    if expression is not None:
        label = next((c.label for c in expression.clauses if c.id == passage.clause), None)
    if passage.kind is Kind.JUDGMENT:
        label = passage.unit.rpartition("/")[2]
    return ShownPassage(
        id=passage.id,
        unit=passage.unit,
        language=passage.language,
        authority=passage.authority,
        text=passage.text,
        highlights=highlights,
        section=label,
        confirmed=expression.confirmed if expression else True,
        repealed=passage.repealed,
    )


def _why(ranked: Ranked, explanation: Explanation) -> Why:
    arms: dict[str, ArmScore] = {}
    for member in ranked.group.members if ranked.group else ():
        for name, scored in member.arms.items():
            best = arms.get(name)
            if best is None or scored.rank + 1 < best.rank:
                arms[name] = ArmScore(scored.rank + 1, round(scored.score, 4))
    return Why(
        citation=ranked.cited,
        arms=arms or None,
        terms=explanation.terms,
        missing=explanation.missing,
        sentence=explanation.sentence,
    )


def _header(catalogue: Catalogue, identifier: str) -> _Header | None:
    """Name a provision or judgment; None when the catalogue no longer holds it."""
    if "/" not in identifier:
        return _judgment_header(catalogue, identifier)
    provision = catalogue.provision(identifier)
    instrument = catalogue.instrument(provision.instrument) if provision else None
    if provision is None or instrument is None:
        return None
    editorial = catalogue.editorials([identifier]).get(identifier)
    citation = cite_provision(provision, instrument)
    return _Header(
        kind=instrument.kind,
        title=editorial.heading if editorial else citation,
        citation=citation,
        work=instrument.id,
        work_title=cite_instrument(instrument),
        treatments=tuple(catalogue.treatments_of([identifier]).get(identifier, ())),
        confidence=editorial.confidence if editorial else None,
    )


def _judgment_header(catalogue: Catalogue, identifier: str) -> _Header | None:
    judgment = catalogue.judgment(identifier)
    if judgment is None:
        return None
    return _Header(
        kind=Kind.JUDGMENT,
        title=judgment.title,
        citation=cite_judgment(judgment),
        work=judgment.id,
        work_title=judgment.title,
        treatments=(),
        confidence=judgment.confidence,
    )
