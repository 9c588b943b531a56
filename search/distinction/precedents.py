"""Matters held that turned on the same elements, for and against, and the nearest minimal pair.

A matter speaks *for* when it found an element that these facts show, or charged and punished on it;
*against* when it did not find that element. Training matters are fictional and marked as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.catalogue import Catalogue
from search.distinction.encoder import Vectors
from search.distinction.results import (
    ElementReading,
    MinimalPair,
    OffenceReading,
    PairMember,
    Precedent,
    Status,
)
from search.model import Bilingual, Concept, Judgment

A_SIDE = 2  # matters shown for an element, and against it
OFFENCES = 3  # offences of which precedents are shown
_FOUND = "found"
_NOT_FOUND = "not-found"
_PAIR_ENDS = ("-a", "-b")


@dataclass(frozen=True, slots=True)
class Matters:
    """The matters held with one vector each (of unit length; zero where none is known)."""

    judgments: tuple[Judgment, ...]
    vectors: Vectors
    concepts: Mapping[str, Concept]

    @classmethod
    def read(cls, catalogue: Catalogue, embedder: str) -> Matters:
        """Read all matters; their vectors come from the embeddings of their passages."""
        ids = [work.id for work in catalogue.judgments()]
        held = catalogue.works(ids)
        judgments = tuple(j for i in ids if isinstance(j := held.get(i), Judgment))
        hashes: dict[str, list[str]] = defaultdict(list)
        for matter, content_hash in catalogue.passages_of_facts():
            hashes[matter].append(content_hash)
        known = catalogue.get_embeddings([h for each in hashes.values() for h in each], embedder)
        rows = [_mean([known[h] for h in hashes[j.id] if h in known]) for j in judgments]
        size = max((len(row) for row in rows), default=0)
        vectors = np.zeros((len(rows), size), dtype=np.float32)
        for place, row in enumerate(rows):
            vectors[place, : len(row)] = row
        return cls(judgments, vectors, catalogue.concepts())

    def similarity(self, facts: Vectors) -> Vectors:
        """Return how near each matter's facts are to the vector of these facts, -1 to 1."""
        if facts.shape[-1] != self.vectors.shape[-1]:
            return np.zeros(len(self.judgments), dtype=np.float32)
        # What all facts share is taken away: else every matter is near.
        held = np.linalg.norm(self.vectors, axis=1) > 0
        shared = self.vectors[held].mean(axis=0) if held.any() else np.zeros_like(facts)
        apart = np.where(held[:, None], self.vectors - shared, 0)
        norms = np.linalg.norm(apart, axis=1) * np.linalg.norm(facts - shared)
        made: Vectors = apart @ (facts - shared) / np.maximum(norms, 1e-6)
        return made


def find_precedents(
    matters: Matters, offences: Sequence[OffenceReading], similarity: Vectors
) -> tuple[Precedent, ...]:
    """Return, for each element of the leading offences, the nearest matters on either side."""
    made: list[Precedent] = []
    for offence in offences[:OFFENCES]:
        for element in offence.elements:
            if element.status is not Status.UNKNOWN or element.evidence or element.unsettled:
                made += _of_element(matters, offence, element, similarity)
    seen: set[tuple[str, str]] = set()
    unique = []
    for precedent in made:
        if (precedent.id, precedent.element) not in seen:
            seen.add((precedent.id, precedent.element))
            unique.append(precedent)
    return tuple(unique)


def _of_element(
    matters: Matters, offence: OffenceReading, element: ElementReading, similarity: Vectors
) -> list[Precedent]:
    order = np.argsort(-similarity, kind="stable")
    made = []
    for finding, side in ((_FOUND, "for"), (_NOT_FOUND, "against")):
        sided: list[Precedent] = []
        for place in order:
            judgment = matters.judgments[place]
            concept = _finding(judgment, element.concepts, finding)
            if concept is not None:
                sided.append(
                    Precedent(
                        id=judgment.id,
                        title=judgment.title,
                        authority=judgment.authority,
                        for_or_against=side,
                        element=concept,
                        offence=offence.id,
                        why=_why(matters.concepts.get(concept), concept, side),
                        similarity=round(float(similarity[place]), 3),
                    )
                )
            if len(sided) == A_SIDE:
                break
        made += sided
    return made


def _finding(judgment: Judgment, concepts: Sequence[str], finding: str) -> str | None:
    """Return the first of the concepts on which a matter found so."""
    found = {each.element for each in judgment.elements if each.finding == finding}
    return next((concept for concept in concepts if concept in found), None)


def _why(concept: Concept | None, name: str, side: str) -> Bilingual:
    label = concept.label if concept else Bilingual(en=name)
    if side == "for":
        return Bilingual(ar=f"ثبت فيها: {label.best_ar}", en=f"found there: {label.best_en}")
    return Bilingual(ar=f"لم يثبت فيها: {label.best_ar}", en=f"not found there: {label.best_en}")


def find_pair(matters: Matters, similarity: Vectors) -> MinimalPair | None:
    """Return the minimal pair of matters nearest to these facts, with its deciding element."""
    at = {judgment.id: place for place, judgment in enumerate(matters.judgments)}
    best: tuple[float, Judgment, Judgment] | None = None
    for name, place in at.items():
        other = at.get(name.removesuffix(_PAIR_ENDS[0]) + _PAIR_ENDS[1])
        if not name.endswith(_PAIR_ENDS[0]) or other is None:
            continue
        near = float(max(similarity[place], similarity[other]))
        if best is None or near > best[0]:
            best = (near, matters.judgments[place], matters.judgments[other])
    if best is None:
        return None
    near, first, second = best
    element = _deciding(first, second)
    offence = _telling_charge(first, second)
    concept = matters.concepts.get(element)
    return MinimalPair(
        members=(_member(first, offence), _member(second, offence)),
        element=element,
        label=concept.label if concept else Bilingual(en=element),
        similarity=round(near, 3),
    )


def _deciding(first: Judgment, second: Judgment) -> str:
    """Return the element on which the two found differently; the last listed decides."""
    one = {each.element: each.finding for each in first.elements}
    other = {each.element: each.finding for each in second.elements}
    apart = [name for name, finding in other.items() if one.get(name, finding) != finding]
    only = [name for name in other if name not in one]
    return (apart or only or list(other) or ["exploitation"])[-1]


def _telling_charge(first: Judgment, second: Judgment) -> str:
    one = {charge.offence: charge.outcome for charge in first.charges}
    for charge in second.charges:
        if one.get(charge.offence, charge.outcome) != charge.outcome:
            return charge.offence
    return second.charges[0].offence if second.charges else ""


def _member(judgment: Judgment, offence: str) -> PairMember:
    outcome = next((c.outcome for c in judgment.charges if c.offence == offence), "unknown")
    return PairMember(judgment.id, judgment.title, judgment.authority, outcome, offence)


def _mean(vectors: Sequence[Vectors]) -> Vectors:
    if not vectors:
        return np.zeros(0, dtype=np.float32)
    made: Vectors = np.mean(vectors, axis=0, dtype=np.float32)
    return made
