"""Score runs over the needs: every measure, by part, type, language and trait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from eval.measures import MEASURES, RESAMPLES, SEED, Judged
from eval.needs import PARTS, TYPES, UNANSWERABLE, Need, qrels_of
from eval.runs import Run
from search.model import Language

MAIN = "nDCG@10"
GOVERNING = "governing@5"  # a provision that governs stands among the first five
CONFUSION = "confusion@5"  # one of an offence easily confused stands there: less is better
COLUMNS = (*MEASURES, GOVERNING, CONFUSION)

Scores = Mapping[str, float]  # topic → value
Scored = Mapping[str, Scores]  # measure → topic → value


def score_run(run: Run, needs: Sequence[Need]) -> Scored:
    """Return every measure of every topic it is defined for; an unanswered topic scores 0."""
    judged = {topic: grades for topic, grades in qrels_of(needs).items() if grades}
    ranked = {topic: list(run.get(topic, {})) for topic in judged}
    scored: dict[str, Scores] = {
        name: {topic: measure(judged[topic], ranked[topic]) for topic in judged}
        for name, measure in MEASURES.items()
    }
    scored[GOVERNING] = {topic: _governs(judged[topic], ranked[topic][:5]) for topic in judged}
    scored[CONFUSION] = {
        topic: float(not set(need.wrong).isdisjoint(ranked[topic][:5]))
        for need in needs
        for topic in _topics(need)
        if need.wrong and topic in ranked
    }
    return scored


def _governs(judged: Judged, first: Sequence[str]) -> float:
    return float(any(judged.get(document) == 3 for document in first))


def _topics(need: Need) -> list[str]:
    return [need.topic(language).id for language in Language]


def slices(needs: Sequence[Need]) -> dict[str, list[str]]:
    """Return part, part and type, part and language → the topics of answerable needs in it."""
    found: dict[str, list[str]] = {}
    for need in needs:
        if need.type == UNANSWERABLE:
            continue
        for language in Language:
            topic = need.topic(language).id
            for name in (need.part, f"{need.part} {need.type}", f"{need.part} {language}"):
                found.setdefault(name, []).append(topic)
    rests = ("", " ar", " en", *(f" {kind}" for kind in TYPES))
    order = [f"{part}{rest}" for part in PARTS for rest in rests]
    return {name: found[name] for name in order if name in found}


def trait_slices(needs: Sequence[Need]) -> dict[str, list[str]]:
    """Return part and trait → topics, for every trait of the needs and for the confusable ones."""
    found: dict[str, list[str]] = {}
    for need in needs:
        if need.type != UNANSWERABLE:
            traits = {*need.traits, *(("confusable",) if need.wrong else ())}
            for trait in traits:
                found.setdefault(f"{need.part} {trait}", []).extend(_topics(need))
    return dict(sorted(found.items()))


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean and its 95 % bootstrap interval; of nothing, not a number."""
    if not values:
        return (float("nan"),) * 3
    given = np.array(values)
    drawn = np.random.default_rng(SEED).integers(len(given), size=(RESAMPLES, len(given)))
    low, high = np.quantile(given[drawn].mean(axis=1), [0.025, 0.975])
    return float(given.mean()), float(low), float(high)


def by_need(topics: Sequence[str], scores: Scores) -> list[float]:
    """Return one value per need: twins share their judgments and are no two observations."""
    found: dict[str, list[float]] = {}
    for topic in topics:
        if topic in scores:
            found.setdefault(topic.rpartition(".")[0], []).append(scores[topic])
    return [float(np.mean(values)) for values in found.values()]


def differences(topics: Sequence[str], one: Scores, other: Scores) -> list[float]:
    """Return by how much `one` scores more than `other`, need by need."""
    pairs = zip(by_need(topics, one), by_need(topics, other), strict=True)
    return [ours - theirs for ours, theirs in pairs]
