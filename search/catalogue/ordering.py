"""Weave the orders in which several files list the units of one work into one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import merge

Order = Sequence[tuple[str, int]]  # (unit, position in its file), ascending


def weave(orders: Sequence[Order]) -> list[str]:
    """Return every unit once; the first order stands as it is, the others fill in.

    A unit the earlier orders lack comes right after the unit it follows in its own file (or, at
    the beginning, before the first unit known). Orders without a common unit go by position.

    >>> weave([[("art-1", 0), ("art-2", 1)], [("preamble", 0), ("art-1", 1), ("art-1-bis", 2)]])
    ['preamble', 'art-1', 'art-1-bis', 'art-2']
    """
    position: dict[str, int] = {}
    woven: list[str] = []
    for order in orders:
        for unit, place in order:
            position.setdefault(unit, place)
        woven = _fill_in(woven, [unit for unit, _ in order], position)
    return woven


def _fill_in(base: list[str], other: list[str], position: Mapping[str, int]) -> list[str]:
    known = set(base)
    if known.isdisjoint(other):
        return list(merge(base, other, key=position.__getitem__))
    opening: list[str] = []
    following: dict[str, list[str]] = {}
    run = opening
    for unit in other:
        if unit in known:
            run = following.setdefault(unit, [])
        else:
            run.append(unit)
    first = next(unit for unit in other if unit in known)
    woven: list[str] = []
    for unit in base:
        woven += opening if unit == first else []
        woven += [unit, *following.get(unit, ())]
    return woven
