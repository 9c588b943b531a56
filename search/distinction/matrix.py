"""Lay the offences side by side: each element by element, with its penalties, the nearest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from search.distinction.findings import Findings
from search.distinction.law import Law
from search.distinction.law_of_day import is_in_force
from search.distinction.reasoning import ranked, read_offence
from search.distinction.results import OffenceReading, Penalties, PenaltyReading
from search.model import Editorial
from search.offences import Offence


def read_offences(
    law: Law,
    findings: Findings,
    shares: Mapping[str, float],
    primary: str,
    date: dt.date | None,
) -> tuple[OffenceReading, ...]:
    """Return all offences element by element; `shares` are of the readings."""
    read = [
        read_offence(
            offence,
            findings,
            shares[offence.primary],
            is_in_force(offence, date),
            _penalty(offence, law.editorials),
        )
        for offence in law.offences
    ]

    # The primary reading's own offences stand first, and of them the one that it is called by:
    # matrix and answer must say the same.
    def after(each: OffenceReading) -> tuple[bool, bool]:
        return not (each.in_force and each.primary == primary), each.id != primary

    order = sorted(ranked(read), key=after)
    return tuple(replace(each, rank=place) for place, each in enumerate(order, 1))


def _penalty(offence: Offence, editorials: Mapping[str, Editorial]) -> Penalties:
    made = []
    for ref in offence.penalties:
        held = editorials.get(ref.provision)
        rungs = tuple(p for p in held.penalties if p.offence == ref.offence) if held else ()
        if rungs:
            made.append(PenaltyReading(ref.provision, ref.offence, rungs))
    return Penalties(tuple(made))
