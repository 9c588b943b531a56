"""nDCG@10, R@5, R@20, R@100 and RR@10 per topic, their means and bootstrap intervals.

Defined as trec_eval defines them (gain = grade, discount log2(rank + 1), ties by document id
descending); tests compare them with ir-measures. Written out here because that library brings
SciPy, 140 MB, into every installation for five short formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.qrels import Qrels
from eval.runs import Run

Judged = Mapping[str, int]
Measure = Callable[[Judged, Sequence[str]], float]

RESAMPLES = 2000
SEED = 20131


@dataclass(frozen=True, slots=True)
class Score:
    """One measure over all judged topics: mean and 95% bootstrap interval."""

    measure: str
    mean: float
    low: float
    high: float
    per_topic: Mapping[str, float]


def ndcg(judged: Judged, ranking: Sequence[str], depth: int) -> float:
    """Normalised discounted cumulative gain of the first `depth` documents."""
    gains = [max(judged.get(document, 0), 0) for document in ranking[:depth]]
    ideal = sorted((grade for grade in judged.values() if grade > 0), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def recall(judged: Judged, ranking: Sequence[str], depth: int) -> float:
    """Share of the relevant documents that stand among the first `depth`."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(judged: Judged, ranking: Sequence[str], depth: int) -> float:
    """One over the rank of the first relevant document, 0 if none among the first `depth`."""
    for rank, document in enumerate(ranking[:depth], 1):
        if judged.get(document, 0) > 0:
            return 1 / rank
    return 0.0


MEASURES: Mapping[str, Measure] = {
    "nDCG@10": lambda judged, ranking: ndcg(judged, ranking, 10),
    "R@5": lambda judged, ranking: recall(judged, ranking, 5),
    "R@20": lambda judged, ranking: recall(judged, ranking, 20),
    "R@100": lambda judged, ranking: recall(judged, ranking, 100),
    "RR@10": lambda judged, ranking: reciprocal_rank(judged, ranking, 10),
}


def score(qrels: Qrels, run: Run) -> list[Score]:
    """Score a run; a judged topic that it does not answer counts as zero."""
    rankings = {topic: _ranking(run.get(topic, {})) for topic in qrels}
    scores = []
    for name, measure in MEASURES.items():
        per_topic = {topic: measure(qrels[topic], rankings[topic]) for topic in qrels}
        low, high = _bootstrap(list(per_topic.values()))
        mean = sum(per_topic.values()) / len(per_topic)
        scores.append(Score(name, mean, low, high, per_topic))
    return scores


def _ranking(answers: Mapping[str, float]) -> list[str]:
    return sorted(sorted(answers, reverse=True), key=lambda document: -answers[document])


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of the mean over resampled topics."""
    rng = np.random.default_rng(SEED)
    sample = np.asarray(values)
    means = rng.choice(sample, (RESAMPLES, len(sample))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
