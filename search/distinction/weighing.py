"""Weigh the findings of a case: the share of each primary reading, and what tips it.

A linear layer: each finding pushes each reading by its own weight, so every share can be taken
apart into the findings behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.distinction.findings import Findings
from search.distinction.results import EXPLOITATION, INSUFFICIENT, PRIMARY
from search.distinction.signals import POLARITIES, Polarity, Vectors, softmax


@dataclass(frozen=True, slots=True)
class Push:
    """How far one finding speaks for a reading against another; positive: for it."""

    signal: str
    polarity: Polarity
    weight: float


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weights of the findings (rows) for the readings (columns, in the order of PRIMARY)."""

    mean: Vectors
    spread: Vectors
    weights: Vectors
    bias: Vectors
    temperature: float
    margin: float  # exploitation must lead "insufficient" by this much to be said

    @classmethod
    def of(cls, held: Mapping[str, Vectors]) -> Weigher:
        """Build it from the arrays of the trained model."""
        return cls(
            held["mean"],
            held["spread"],
            held["weights"],
            held["bias"],
            float(held["temperature"]),
            float(held["margin"]),
        )

    def shares(self, vector: Vectors) -> Vectors:
        """Return the share of each reading; a row or several."""
        return softmax((self._seen(vector) @ self.weights + self.bias) / self.temperature)

    def _seen(self, vector: Vectors) -> Vectors:
        """Return findings as they are weighed: a weak one counts for more than its chance."""
        made: Vectors = (np.sqrt(vector) - self.mean) / self.spread
        return made

    def primary(self, shares: Vectors) -> str:
        """Return the reading to name first; abstain rather than guess at trafficking."""
        order = np.argsort(-shares, kind="stable")
        first = PRIMARY[order[0]]
        lacking = shares[PRIMARY.index(INSUFFICIENT)]
        if first in EXPLOITATION and shares[order[0]] - lacking < self.margin:
            return INSUFFICIENT
        return first

    def pushes(self, findings: Findings, reading: str, against: str) -> list[Push]:
        """Return what speaks for a reading rather than another, strongest first."""
        vector = findings.vector()
        apart = self.weights[:, PRIMARY.index(reading)] - self.weights[:, PRIMARY.index(against)]
        # Against the same case without the finding.
        moved = (self._seen(vector) - self._seen(np.zeros_like(vector))) * apart
        count = len(findings.signals)
        by_polarity = moved.reshape(len(POLARITIES) + 1, count)
        by_polarity[POLARITIES.index(Polarity.STATED)] += by_polarity[-1]
        made = [
            Push(signal, polarity, round(float(by_polarity[row, column]), 3))
            for row, polarity in enumerate(POLARITIES)
            for column, signal in enumerate(findings.signals)
        ]
        return sorted(made, key=lambda push: (-abs(push.weight), push.signal, push.polarity))
