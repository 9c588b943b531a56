"""Matters like a matter, and matters that came out the other way on what they share.

Likeness is the share of offences, elements, subjects and provisions in common, each weighing more
the fewer matters have it. Nothing is learned: every part can be shown. A matter is contrary when a
charge in common ended the other way, or an element found here was not found there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.identifiers import parse_unit
from search.model import Authority, Concept, Judgment
from search.results import LikeMatter, Reference

SHOWN = 5  # matters of each kind
SHARED_SHOWN = 4  # concepts in common
MIN_LIKENESS = 0.12
_AGAINST = frozenset(("acquitted", "dismissed", "annulled"))
_FOR = frozenset(("convicted", "upheld", "reduced", "increased", "penalty-withheld"))
_WEIGHTS = {"offence": 3.0, "element": 2.0, "concept": 1.0, "provision": 1.0}

Feature = tuple[str, str]  # kind and id, e.g. ("offence", "trafficking")


@dataclass(frozen=True, slots=True)
class Likeness:
    """All matters with what they are made of."""

    matters: Mapping[str, Judgment]
    features: Mapping[str, frozenset[Feature]]
    weights: Mapping[Feature, float]
    concepts: Mapping[str, Concept]  # to name what is in common

    @classmethod
    def of(cls, matters: Iterable[Judgment], concepts: Mapping[str, Concept]) -> Likeness:
        """Weigh what the matters given are made of."""
        held = {matter.id: matter for matter in matters}
        features = {identifier: frozenset(_features(m)) for identifier, m in held.items()}
        spread = Counter(feature for of in features.values() for feature in of)
        weights = {
            feature: _WEIGHTS[feature[0]] * math.log(1 + len(held) / times)
            for feature, times in spread.items()
        }
        return cls(held, features, weights, concepts)

    def similar(self, identifier: str) -> tuple[LikeMatter, ...]:
        """Return the matters most like one of those given."""
        return self._best(identifier, (m for m in self._others(identifier) if not m.opposed))

    def contrary(self, identifier: str) -> tuple[LikeMatter, ...]:
        """Return the matters that came out the other way on a charge or element in common."""
        return self._best(identifier, (m for m in self._others(identifier) if m.opposed))

    def _others(self, identifier: str) -> Iterator[LikeMatter]:
        matter, own = self.matters.get(identifier), self.features.get(identifier, frozenset())
        if matter is None:
            return
        for other, features in self.features.items():
            common = own & features
            likeness = self._weigh(common) / (self._weigh(own | features) or 1)
            if other == identifier or likeness < MIN_LIKENESS:
                continue
            told = self.matters[other]
            yield LikeMatter(
                other,
                told.title,
                told.authority,
                told.level,
                round(likeness, 3),
                self._shared(common),
                self._named(_opposed(matter, told)),
            )

    def _shared(self, common: Iterable[Feature]) -> tuple[Reference, ...]:
        """Name the concepts in common that tell most, the rarest first."""
        told = [f for f in common if f[0] != "provision"]
        ranked = sorted(told, key=lambda f: (-self.weights[f], f))
        return self._named(identifier for _, identifier in ranked)[:SHARED_SHOWN]

    def _named(self, ids: Iterable[str]) -> tuple[Reference, ...]:
        held = (self.concepts[i] for i in dict.fromkeys(ids) if i in self.concepts)
        return tuple(Reference(concept.id, concept.label, held=True) for concept in held)

    def _weigh(self, features: Iterable[Feature]) -> float:
        return sum(self.weights[feature] for feature in sorted(features))

    def _best(self, identifier: str, matters: Iterable[LikeMatter]) -> tuple[LikeMatter, ...]:
        """Return the likest; beside a real matter fictional ones stand last."""
        real = identifier in self.matters and not _fictional(self.matters[identifier])

        def place(matter: LikeMatter) -> tuple[bool, float, str]:
            return real and _fictional(matter), -matter.likeness, matter.id

        return tuple(sorted(matters, key=place)[:SHOWN])


def _fictional(matter: Judgment | LikeMatter) -> bool:
    return matter.authority is Authority.TRAINING


def _features(matter: Judgment) -> Iterable[Feature]:
    for charge in matter.charges:
        yield "offence", charge.offence
    for finding in matter.elements:
        yield "element", finding.element
    for concept in matter.concepts:
        yield "concept", concept
    for provision in matter.provisions:
        yield "provision", str(parse_unit(provision).top) if "/" in provision else provision


def _opposed(one: Judgment, other: Judgment) -> tuple[str, ...]:
    """Return the offences and elements in common that came out the other way."""
    ended: dict[str, list[set[str]]] = {}
    for place, matter in enumerate((one, other)):
        for charge in matter.charges:
            side = "for" if charge.outcome in _FOR else charge.outcome in _AGAINST and "against"
            if side:
                ended.setdefault(charge.offence, [set(), set()])[place].add(side)
        for finding in matter.elements:
            side = {"found": "for", "not-found": "against"}.get(finding.finding, "")
            if side:
                ended.setdefault(finding.element, [set(), set()])[place].add(side)
    return tuple(
        identifier
        for identifier, (here, there) in ended.items()
        if len(here) == len(there) == 1 and here != there
    )
