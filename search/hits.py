"""Turn ranked groups into hits: titles, shown passages, highlights and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.at_hand import Shelves
from search.distinction.reach import Reached
from search.explain import Explanation, explain
from search.fusion import Group
from search.identifiers import work_of
from search.model import (
    Authority,
    Bilingual,
    Editorial,
    Expression,
    Instrument,
    Judgment,
    Kind,
    Language,
    Passage,
    Provision,
    Treatment,
)
from search.naming import cite_instrument, cite_judgment, cite_provision
from search.query import ParsedQuery
from search.results import ArmScore, Hit, ShownPassage, Why
from search.views import in_display_order

REACHED_FROM = 0.3  # least support of an offence that is named beside a result
_ORDER = {authority: place for place, authority in enumerate(Authority)}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A group in its final place: cited first, then as fused. `group` is None if only cited."""

    id: str
    score: float
    group: Group | None
    cited: bool


def in_order(cited: Sequence[str], groups: Sequence[Group]) -> list[Ranked]:
    """Put what the query cites before what the arms found."""
    by_id = {group.id: group for group in groups}
    first = [Ranked(identifier, 1.0, by_id.get(identifier), True) for identifier in cited]
    rest = [Ranked(g.id, g.score, g, False) for g in groups if g.id not in set(cited)]
    return first + rest


def make_hits(
    records: Shelves,
    parsed: ParsedQuery,
    page: Sequence[Ranked],
    reached: Mapping[str, Reached],
) -> tuple[Hit, ...]:
    """Build the hits of one page; one that the catalogue no longer holds is left out.

    `reached` is by provision what the query's facts may be under it.
    """
    shelf = _Shown.fetch(records, parsed.language, page)
    return tuple(
        _hit(shelf, parsed, ranked, reached.get(ranked.id))
        for ranked in page
        if shelf.holds(ranked.id)
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """Everything a page of hits shows, fetched at once."""

    works: Mapping[str, Instrument | Judgment]
    provisions: Mapping[str, Provision]
    editorials: Mapping[str, Editorial]
    treatments: Mapping[str, Sequence[Treatment]]
    expressions: Mapping[str, Expression]  # of the shown passages, by id
    passages: Mapping[str, tuple[Passage, ...]]  # shown, in display order, by hit

    @classmethod
    def fetch(cls, records: Shelves, language: Language, page: Sequence[Ranked]) -> _Shown:
        matched = [m.passage for ranked in page if ranked.group for m in ranked.group.members]
        passages = records.passages(matched)
        ids = [ranked.id for ranked in page]
        bare = [r.id for r in page if r.group is None or not r.group.members]
        opened = _openings(records, bare)
        shown = {
            ranked.id: _in_display_order(
                [passages[m.passage] for m in ranked.group.members if m.passage in passages]
                if ranked.group and ranked.group.members
                else opened.get(ranked.id, ()),
                language,
            )
            for ranked in page
        }
        return cls(
            works=records.works({work_of(identifier) for identifier in ids}),
            provisions=records.provisions(ids),
            editorials=records.editorials(ids),
            treatments=records.treatments_of(ids),
            expressions=records.expressions(
                {passage.expression for of in shown.values() for passage in of}
            ),
            passages=shown,
        )

    def holds(self, identifier: str) -> bool:
        return identifier in (self.provisions if "/" in identifier else self.works)


def _openings(records: Shelves, cited: Sequence[str]) -> dict[str, list[Passage]]:
    """Return the first passage of every text of provisions of which no passage was found.

    They are shown for being cited, or because a phrasing led to them.
    """
    held = records.expressions_of(cited)
    first = {
        unit: [f"{e.id}#1" for e in in_display_order(expressions)]
        for unit, expressions in held.items()
    }
    passages = records.passages([passage for ids in first.values() for passage in ids])
    return {
        unit: [passages[passage] for passage in ids if passage in passages]
        for unit, ids in first.items()
    }


def _in_display_order(passages: Iterable[Passage], language: Language) -> tuple[Passage, ...]:
    """Order official text first, then the query's language, then as ranked.

    An earlier version is left out beside the one that took its place.
    """
    found = list(passages)
    newest = {_text_of(p) for p in found if p.valid_to is None}
    shown = [p for p in found if p.valid_to is None or _text_of(p) not in newest]
    return tuple(sorted(shown, key=lambda p: (_ORDER[p.authority], p.language != language)))


def _text_of(passage: Passage) -> tuple[str, Language, Authority]:
    return passage.unit, passage.language, passage.authority


def _hit(shelf: _Shown, parsed: ParsedQuery, ranked: Ranked, reached: Reached | None) -> Hit:
    shown = shelf.passages[ranked.id]
    editorial = shelf.editorials.get(ranked.id)
    work = shelf.works[work_of(ranked.id)]
    asks = editorial.asks(parsed.language) if editorial else ()
    explanation = explain(parsed, shown, "\n".join(asks))
    title, citation = _names(shelf, ranked.id, work)
    confidence = editorial.confidence if editorial else None
    if isinstance(work, Judgment):
        kind, work_title, confidence = Kind.JUDGMENT, work.title, work.confidence
    else:
        kind, work_title = work.kind, cite_instrument(work)
    return Hit(
        id=ranked.id,
        kind=kind,
        title=title,
        citation=citation,
        work=work.id,
        work_title=work_title,
        score=round(ranked.score, 6),
        passages=tuple(
            _shown(passage, shelf.expressions.get(passage.expression), explanation)
            for passage in shown
        ),
        why=_why(ranked, explanation, reached),
        treatments=tuple(shelf.treatments.get(ranked.id, ())),
        confidence=confidence,
    )


def _names(
    shelf: _Shown, identifier: str, work: Instrument | Judgment
) -> tuple[Bilingual, Bilingual]:
    """Return title and citation of a hit."""
    if isinstance(work, Judgment):
        return work.title, cite_judgment(work)
    citation = cite_provision(shelf.provisions[identifier], work)
    editorial = shelf.editorials.get(identifier)
    return (editorial.heading if editorial else citation), citation


def _shown(
    passage: Passage, expression: Expression | None, explanation: Explanation
) -> ShownPassage:
    section = None
    if passage.kind is Kind.JUDGMENT:
        section = passage.unit.rpartition("/")[2]
    elif expression is not None:
        section = next((c.label for c in expression.clauses if c.id == passage.clause), None)
    return ShownPassage(
        id=passage.id,
        unit=passage.unit,
        language=passage.language,
        authority=passage.authority,
        text=passage.text,
        highlights=explanation.highlights[passage.id],
        section=section,
        confirmed=expression.confirmed if expression else True,
        repealed=passage.repealed,
        ocr_confidence=passage.ocr_confidence,
        valid_to=passage.valid_to,
    )


def _why(ranked: Ranked, explanation: Explanation, reached: Reached | None) -> Why:
    arms = {
        name: ArmScore(scored.rank + 1, round(scored.score, 4))
        for name, scored in (ranked.group.arms if ranked.group else {}).items()
    }
    return Why(
        citation=ranked.cited,
        arms=arms or None,
        terms=explanation.terms,
        missing=explanation.missing,
        sentence=explanation.sentence,
        offence=reached if reached and _is_worth_naming(reached) else None,
    )


def _is_worth_naming(reached: Reached) -> bool:
    return reached.is_told and reached.support >= REACHED_FROM
