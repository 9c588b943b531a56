"""Find the single fact that would move a case from one reading to another. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from search.distinction.encoder import Vectors
from search.distinction.findings import Findings
from search.distinction.results import PRIMARY, AlternativeReading, Move
from search.distinction.signals import POLARITIES, Polarity
from search.distinction.weighing import Weigher
from search.offences import Signal

SHOWN = 3  # other readings shown
SHARE_SHOWN = 0.03
_SURE = 0.95  # chance of a signal assumed to be so
_HELD = 0.2  # a signal stated more weakly than this need not fall away
_FAMILIES = frozenset(
    {"person", "aggravation", "unclear"}
)  # they grade a case, they do not turn it


def alternatives_of(
    weigher: Weigher,
    findings: Findings,
    wording: Sequence[str],
    primary: str,
    signals: Mapping[str, Signal],
) -> tuple[AlternativeReading, ...]:
    """Return the other readings by share, each with the one fact that would bring it about."""
    shares = weigher.shares(findings.vector()[None], wording)[0]
    rows, changes = _changed(findings, signals)
    then = weigher.shares(rows, wording)
    order = [place for place in np.argsort(-shares, kind="stable") if PRIMARY[place] != primary]
    shown = [place for place in order if shares[place] >= SHARE_SHOWN][:SHOWN] or order[:1]
    return tuple(
        AlternativeReading(
            PRIMARY[place],
            round(float(shares[place]), 4),
            _best_move(int(place), then, changes, shares, signals),
        )
        for place in shown
    )


def _changed(
    findings: Findings, signals: Mapping[str, Signal]
) -> tuple[Vectors, list[tuple[str, bool]]]:
    """Return the case with one signal changed a row, and what was changed in it."""
    vector = findings.vector()
    count = len(findings.signals)
    stated = POLARITIES.index(Polarity.STATED) * count
    rows, changes = [], []
    for column, name in enumerate(findings.signals):
        if signals[name].family in _FAMILIES:
            continue
        is_held = vector[stated + column] >= _HELD
        row = vector.copy()
        row[column::count] = 0
        if not is_held:
            row[stated + column] = row[len(POLARITIES) * count + column] = _SURE
        rows.append(row)
        changes.append((name, not is_held))
    return np.stack(rows), changes


def _best_move(
    place: int,
    then: Vectors,
    changes: list[tuple[str, bool]],
    shares: Vectors,
    signals: Mapping[str, Signal],
) -> Move | None:
    """Return the change after which a reading leads by most, if it comes nearer at all."""
    rivals = np.delete(then, place, axis=1).max(axis=1)
    lead = then[:, place] - rivals
    best = int(np.argmax(lead))
    if then[best, place] <= shares[place]:
        return None
    name, shown = changes[best]
    return Move(
        signal=name,
        label=signals[name].label,
        shown=shown,
        share=round(float(then[best, place]), 4),
        enough=bool(lead[best] > 0),
    )
