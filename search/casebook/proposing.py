"""Propose a case study of the matters chosen; the trainer goes on from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.casebook.draft import (
    DEFAULT_TITLE,
    MAX_QUESTIONS,
    CaseDraft,
    Draft,
    QuestionDraft,
    Said,
    Tongue,
)
from search.casebook.material import Material, Matter
from search.casebook.questions import OUTCOME, Proposed, propose_questions
from search.casebook.variants import variant_id
from search.model import Language, SectionKind
from search.text.sentences import sentences

_GOAL_FAMILIES = frozenset(("act", "means", "purpose", "aggravator", "indicator"))
_THREE_STAGES_FROM = 600  # characters of facts


def propose(
    material: Material, tongue: Tongue = Tongue.BOTH, goals: Sequence[str] | None = None
) -> Draft:
    """Return a draft with everything in it; `goals` choose the questions that are asked."""
    known = candidate_goals(material)
    chosen = known if goals is None else tuple(g for g in known if g in set(goals))
    questions = [
        _drafted(matter, proposed, None if goals is None else frozenset(chosen))
        for matter in material.matters
        for proposed in propose_questions(material, matter)
    ]
    return Draft(
        title=DEFAULT_TITLE,
        tongue=tongue,
        cases=tuple(propose_case(matter) for matter in material.matters),
        goals=chosen,
        questions=tuple(questions[:MAX_QUESTIONS]),
        variants=tuple(_own_variants(material)),
    )


def candidate_goals(material: Material) -> tuple[str, ...]:
    """Return the elements and indicators that the matters teach, in the order of the record."""
    named = [
        name
        for matter in material.matters
        for name in (
            *(each.element for each in matter.judgment.elements),
            *matter.judgment.concepts,
        )
    ]
    concepts = material.concepts
    return tuple(
        name
        for name in dict.fromkeys(named)
        if name in concepts and concepts[name].family in _GOAL_FAMILIES
    )


def propose_case(matter: Matter) -> CaseDraft:
    """Return a matter as it stands in the record, its facts split where both languages part."""
    facts = matter.text(SectionKind.FACTS)
    ar, en = _in_stages(facts)
    procedure = matter.text(SectionKind.PROCEDURE, SectionKind.PLEAS)
    return CaseDraft(matter.judgment.id, ar, en, procedure)


def _drafted(matter: Matter, proposed: Proposed, goals: frozenset[str] | None) -> QuestionDraft:
    wanted = proposed.is_default
    if goals is not None:
        wanted = proposed.id == OUTCOME or bool(goals & proposed.concepts)
    return QuestionDraft(proposed.id, matter.judgment.id, proposed.asked, included=wanted)


def _own_variants(material: Material) -> Iterable[str]:
    """Yield each minimal pair of which one member is told; with both told nothing is new."""
    told = {matter.judgment.id for matter in material.matters}
    for matter in material.matters:
        for pair in material.pairs[matter.judgment.id]:
            members = {pair.first.judgment.id, pair.second.judgment.id}
            if len(members & told) == 1:
                yield variant_id(matter.judgment.id, pair.id)


def _in_stages(facts: Said) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split facts into the same number of stages in both languages.

    The sentences of two languages need not be as many: a stage ends where like shares of both
    texts have been told.
    """
    texts = [facts.of(language) for language in Language if facts.of(language)]
    count = 3 if max(map(len, texts), default=0) >= _THREE_STAGES_FROM else 2
    ends = _common_ends(texts, count) if texts else []
    ar, en = (_cut(facts.of(language), ends, place) for place, language in _places(facts))
    return ar, en


def _places(facts: Said) -> list[tuple[int, Language]]:
    """Return for each language which of the texts given is its own."""
    held = [language for language in Language if facts.of(language)]
    return [(held.index(lang) if lang in held else 0, lang) for lang in Language]


def _common_ends(texts: Sequence[str], count: int) -> list[tuple[int, ...]]:
    """Return for each stage but the last where it ends in each text."""
    ends = [[end for _, end in sentences(text)][:-1] for text in texts]
    found: list[tuple[int, ...]] = []
    for stage in range(1, count):
        reached = found[-1] if found else (0,) * len(texts)
        rest = [[e for e in of if e > at] for of, at in zip(ends, reached, strict=True)]
        if not all(rest):
            break
        found.append(_nearest_ends(texts, rest, stage / count))
    return found


def _nearest_ends(
    texts: Sequence[str], ends: Sequence[Sequence[int]], wanted: float
) -> tuple[int, ...]:
    """Return the ends that lie at like shares of their texts, near to the share wanted."""
    first, *others = texts
    best: tuple[float, tuple[int, ...]] | None = None
    for end in ends[0]:
        share = end / len(first)
        picked = [end]
        apart = 0.0
        for text, candidates in zip(others, ends[1:], strict=True):
            near = min(candidates, key=lambda e: abs(e / len(text) - share))
            picked.append(near)
            apart += abs(near / len(text) - share)
        score = 2 * apart + abs(share - wanted)
        if best is None or score < best[0]:
            best = (score, tuple(picked))
    assert best is not None
    return best[1]


def _cut(text: str, ends: Sequence[tuple[int, ...]], place: int) -> tuple[str, ...]:
    if not text:
        return ()
    edges = [0, *(end[place] for end in ends), len(text)]
    parts = (text[a:b].strip() for a, b in pairwise(edges))
    return tuple(part for part in parts if part)
