"""What laws the facts of a query may come under: search ranks by it, and says so.

A story names no law; what it may be does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.distinction.encoder import Vectors
from search.distinction.results import OffenceReading
from search.model import Bilingual
from search.offences import ElementKind


@dataclass(frozen=True, slots=True)
class Reached:
    """The offence that lifts a provision most, of those that it governs or punishes.

    Not all that supports an offence speaks of it: a passport held supports forced prostitution too.
    `is_told` says that the facts speak of what the offence does or aims at.
    """

    offence: str
    label: Bilingual
    support: float  # 0 to 1
    is_told: bool

    @property
    def weight(self) -> float:
        """How far it lifts the provision in a search, 0 to 1.

        Less where its act or purpose is not told: else a story of forced housework lifts forced
        prostitution, which shares the force.
        """
        return self.support * (1.0 if self.is_told else UNTOLD_SHARE)


@dataclass(frozen=True, slots=True)
class Reach:
    """What facts may be, by provision, and the vector that the same reading of them gives.

    `embedder` is the identity of the embedder whose vector of a query it is; None of a text that
    was not read at once, or that an embedder would not read as it stands.
    """

    by_provision: Mapping[str, Reached]
    vector: Vectors | None = None
    embedder: str = ""

    @property
    def supports(self) -> dict[str, float]:
        """How far the facts support an offence that each provision governs, 0 to 1."""
        return {provision: found.weight for provision, found in self.by_provision.items()}


NOTHING = Reach({})
TOLD_FROM = 0.2  # least strength of an act or a purpose that the facts speak of
UNTOLD_SHARE = 0.3  # of 0, 0.3 and 1 the best by cross-validation of the development part
_TELLING = (ElementKind.ACT, ElementKind.PURPOSE)


def reach_of(offences: Iterable[OffenceReading]) -> dict[str, Reached]:
    """Return by provision what the facts may be under it; of offences in force alone."""
    found: dict[str, Reached] = {}
    for offence in offences:
        if not offence.in_force:
            continue
        reached = Reached(offence.id, offence.label, offence.support, _is_told(offence))
        punishing = (penalty.provision for penalty in offence.penalty.provisions)
        for provision in (*offence.governing, *punishing):
            held = found.get(provision)
            if held is None or held.weight < reached.weight:
                found[provision] = reached
    return found


def _is_told(offence: OffenceReading) -> bool:
    telling = [each for each in offence.elements if each.kind in _TELLING]
    return all(each.strength >= TOLD_FROM for each in telling)
