"""Judge whether anything found fits the question at all.

The best candidates are always shown; this says honestly when they are likely to be beside the
point: another branch of law, another country, no question of law. Learned by
`eval/train_abstention.py` from needs that the collection answers and needs that it does not.

Beside the scores of what was found counts the query itself: its likeness to queries of which it is
known whether the collection answers them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.index.port import Scored, Vector
from search.ranking import MEANING, PHRASING, WORDS

FILE = Path(__file__).parent / "abstention.npz"
Floats = npt.NDArray[np.float64]

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

# How near two queries are, by what was found for them and by what they mean.
FOUND_WEIGHT, MEANT_WEIGHT = 0.5, 8.0
NEARNESS = 0.02


@dataclass(frozen=True)
class Fitness:
    """A kernel model: each known query speaks for or against those near it. The lower the score,
    the less anything found fits."""

    mean: Floats  # of FEATURES
    spread: Floats
    direction: Floats  # in the turned space, from what is not answered towards what is
    known: Floats  # known queries, as `place` gives them
    voices: Floats  # of each known query; positive: for an answer
    bias: float
    threshold: float

    @cached_property
    def _lengths(self) -> Floats:
        lengths: Floats = np.einsum("ij,ij->i", self.known, self.known)
        return lengths

    def place(self, row: Floats, vector: Floats) -> Floats:
        """Return where a query stands: `row` of FEATURES but for the last, the scope, and its
        vector in the turned space."""
        features = np.append(row, vector @ self.direction)
        found = FOUND_WEIGHT * (features - self.mean) / self.spread
        return np.concatenate([found, MEANT_WEIGHT * vector])

    def score(self, place: Floats) -> float:
        """Return how much speaks for an answer."""
        # |k - p|² as |k|² - 2 k·p + |p|²: a matrix of differences takes ten times as long.
        apart = self._lengths - 2 * (self.known @ place) + place @ place
        return float(np.exp(-NEARNESS * apart) @ self.voices) + self.bias


@cache
def shipped_fitness() -> Fitness:
    """Return the model that ships with this version."""
    with np.load(FILE) as held:
        arrays = {name: held[name].astype(np.float64) for name in held.files}
    bias, threshold = float(arrays.pop("bias")), float(arrays.pop("threshold"))
    return Fitness(**arrays, bias=bias, threshold=threshold)


def describe(arms: Mapping[str, Sequence[Scored]], terms: int, concepts: int) -> Floats:
    """Return a row of FEATURES but for the last; `terms` of the query, `concepts` it names."""
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
        ]
    )


def nothing_fits(
    arms: Mapping[str, Sequence[Scored]], terms: int, concepts: int, vector: Vector
) -> bool:
    """Tell whether what the arms found is likely to be beside the point.

    Never for a vector of another embedder's, of which nothing was learned.
    """
    fitness = shipped_fitness()
    if len(vector) != len(fitness.direction):
        return False
    place = fitness.place(describe(arms, terms, concepts), vector.astype(np.float64))
    return fitness.score(place) < fitness.threshold


def _scores(arms: Mapping[str, Sequence[Scored]], arm: str) -> Floats:
    return np.array([hit.score for hit in arms.get(arm, ())] or [0.0])
