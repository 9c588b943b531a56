"""What laws the facts of a query may come under: search ranks by it, and says so.

A story names no law; what it may be does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.distinction.results import OffenceReading
from search.model import Bilingual


@dataclass(frozen=True, slots=True)
class Reached:
    """The offence best supported of those that a provision governs or punishes."""

    offence: str
    label: Bilingual
    support: float  # 0 to 1


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
                found[provision] = Reached(offence.id, offence.label, offence.support)
    return found
