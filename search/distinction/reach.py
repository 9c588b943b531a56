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
    """The offence best supported of those that a provision governs or punishes.

    Not all that supports an offence speaks of it: a passport held supports forced prostitution too.
    `is_told` says that the facts speak of what the offence does or aims at.
    """

    offence: str
    label: Bilingual
    support: float  # 0 to 1
    is_told: bool


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
        return {provision: found.support for provision, found in self.by_provision.items()}


NOTHING = Reach({})
TOLD_FROM = 0.2  # least strength of an act or a purpose that the facts speak of
_TELLING = (ElementKind.ACT, ElementKind.PURPOSE)


def reach_of(offences: Iterable[OffenceReading]) -> dict[str, Reached]:
    """Return by provision what the facts may be under it; of offences in force alone."""
    found: dict[str, Reached] = {}
    for offence in offences:
        if not offence.in_force:
            continue
        punishing = (penalty.provision for penalty in offence.penalty.provisions)
        for provision in (*offence.governing, *punishing):
            held = found.get(provision)
            if held is None or held.support < offence.support:
                support, told = offence.support, _is_told(offence)
                found[provision] = Reached(offence.id, offence.label, support, told)
    return found


def _is_told(offence: OffenceReading) -> bool:
    telling = [each for each in offence.elements if each.kind in _TELLING]
    return all(each.strength >= TOLD_FROM for each in telling)
