"""Weigh the findings of a case: the share of each primary reading, and what tips it.

A linear layer: each finding pushes each reading by its own weight, and so does each word of the
text, a little; every share can be taken apart into what is behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.distinction.encoder import Vectors
from search.distinction.findings import Findings
from search.distinction.results import EXPLOITATION, INSUFFICIENT, PRIMARY
from search.distinction.signals import POLARITIES, Linear, Polarity, SignalModel, softmax


@dataclass(frozen=True, slots=True)
class Push:
    """How far one finding speaks for a reading against another; positive: for it."""

    signal: str
    polarity: Polarity
    weight: float


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weights of words and findings (rows) for the readings (columns, in the order of PRIMARY)."""

    layer: Linear
    mean: Vectors
    spread: Vectors
    temperature: float
    margin: float  # exploitation must lead "insufficient" by this much to be said

    @classmethod
    def of(cls, model: SignalModel) -> Weigher:
        """Build it from the trained model."""
        held = model.weigher
        return cls(
            model.weighing,
            held["mean"],
            held["spread"],
            float(held["temperature"]),
            float(held["margin"]),
        )

    def shares(self, vectors: Vectors, wording: Sequence[str]) -> Vectors:
        """Return a row of shares for each row of findings of one text with these terms."""
        scores = self.layer.scores([wording] * len(vectors), self._seen(vectors))
        return softmax(scores / self.temperature)

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
        apart = _apart(self.layer.dense, reading, against)
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

    def word_pushes(
        self, wording: Sequence[str], reading: str, against: str
    ) -> list[tuple[str, float]]:
        """Return how far each term known speaks for a reading rather than another, as it stands."""
        places = self.layer.vocabulary
        known = [term for term in wording if term in places]
        moved = _apart(self.layer.words[[places[term] for term in known]], reading, against)
        return [(term, float(weight)) for term, weight in zip(known, moved, strict=True)]


def _apart(weights: Vectors, reading: str, against: str) -> Vectors:
    made: Vectors = weights[:, PRIMARY.index(reading)] - weights[:, PRIMARY.index(against)]
    return made
