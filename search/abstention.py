"""Judge whether anything found fits the question at all.

The best candidates are always shown; this says honestly when they are likely to be beside the
point: another branch of law, another country, no question of law. Learned by
`eval/train_abstention.py` from needs that the collection answers and needs that it does not.

Beside the scores of what was found counts which way the query itself points: from queries that the
collection does not answer towards the phrasings of its provisions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.index.port import Scored, Vector
from search.ranking import MEANING, PHRASING, WORDS

FILE = Path(__file__).parent / "abstention.json"
FEATURES = (
    "meaning_best",
    "phrasing_best",
    "meaning_ten",
    "phrasing_ten",
    "meaning_lead",
    "words_share",
    "words_best",
    "words_lead",
    "concepts",
    "terms",
    "scope",
)
_FEW, _MANY = 10, 50  # candidates to set the best against


@dataclass(frozen=True, slots=True)
class Fitness:
    """A logistic model: the lower the score, the less anything found fits."""

    mean: npt.NDArray[np.float64]
    spread: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    threshold: float
    direction: npt.NDArray[np.float64]  # in the turned space, towards what is answered

    def scope(self, vector: Vector) -> float:
        """Return how far a query points towards what is answered; the mean for a vector of
        another embedder, of which nothing was learned."""
        if len(vector) != len(self.direction):
            return float(self.mean[FEATURES.index("scope")])
        return float(vector @ self.direction)

    def score(self, row: npt.NDArray[np.float64]) -> float:
        """Return the score of one row of FEATURES."""
        return float(((row - self.mean) / self.spread) @ self.weights)


@cache
def shipped_fitness() -> Fitness:
    """Return the model that ships with this version."""
    held = json.loads(FILE.read_text("utf-8"))
    columns = {key: np.array([held[key][name] for name in FEATURES]) for key in _COLUMNS}
    direction = np.array(held["direction"])
    return Fitness(**columns, threshold=float(held["threshold"]), direction=direction)


_COLUMNS = ("mean", "spread", "weights")


def describe(
    arms: Mapping[str, Sequence[Scored]], terms: int, concepts: int, scope: float
) -> npt.NDArray[np.float64]:
    """Return a row of FEATURES; `terms` of the query, `concepts` it names, its `scope`."""
    meaning, phrasing = _scores(arms, MEANING), _scores(arms, PHRASING)
    words = _scores(arms, WORDS)
    top = words[:_MANY]
    return np.array(
        [
            meaning[0],
            phrasing[0],
            meaning[:_FEW].mean(),
            phrasing[:_FEW].mean(),
            meaning[0] - meaning[:_MANY][-1],
            words[0] / max(1, terms),
            words[0],
            (words[0] - top.mean()) / (top.std() + 1e-6),
            concepts,
            np.log(max(1, terms)),
            scope,
        ]
    )


def nothing_fits(
    arms: Mapping[str, Sequence[Scored]], terms: int, concepts: int, vector: Vector
) -> bool:
    """Tell whether what the arms found is likely to be beside the point."""
    fitness = shipped_fitness()
    row = describe(arms, terms, concepts, fitness.scope(vector))
    return fitness.score(row) < fitness.threshold


def _scores(arms: Mapping[str, Sequence[Scored]], arm: str) -> npt.NDArray[np.float64]:
    return np.array([hit.score for hit in arms.get(arm, ())] or [0.0])
