"""Judge whether anything found fits the question at all.

The best candidates are always shown; this says honestly when they are likely to be beside the
point: another branch of law, another country, no question of law. Learned by
`eval/train_ranking.py` from needs that the collection answers and needs that it does not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.index.port import Scored
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
)
_FEW, _MANY = 10, 50  # candidates to set the best against


@dataclass(frozen=True, slots=True)
class Fitness:
    """A logistic model: the lower the score, the less anything found fits."""

    mean: npt.NDArray[np.float64]
    spread: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    threshold: float

    def score(self, row: npt.NDArray[np.float64]) -> float:
        """Return the score of one row of FEATURES."""
        return float(((row - self.mean) / self.spread) @ self.weights)


@cache
def shipped_fitness() -> Fitness:
    """Return the model that ships with this version."""
    held = json.loads(FILE.read_text("utf-8"))
    columns = {key: np.array([held[key][name] for name in FEATURES]) for key in _COLUMNS}
    return Fitness(**columns, threshold=float(held["threshold"]))


_COLUMNS = ("mean", "spread", "weights")


def describe(
    arms: Mapping[str, Sequence[Scored]], terms: int, concepts: int
) -> npt.NDArray[np.float64]:
    """Return a row of FEATURES; `terms` of the query, `concepts` it names."""
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


def nothing_fits(arms: Mapping[str, Sequence[Scored]], terms: int, concepts: int) -> bool:
    """Tell whether what the arms found is likely to be beside the point."""
    fitness = shipped_fitness()
    return fitness.score(describe(arms, terms, concepts)) < fitness.threshold


def _scores(arms: Mapping[str, Sequence[Scored]], arm: str) -> npt.NDArray[np.float64]:
    return np.array([hit.score for hit in arms.get(arm, ())] or [0.0])
