"""What each lever of the search is worth: the ranking without it, its weights learned anew.

Without a lever the weights are learned again on the development part, so that what is measured is
the lever and not weights made for another set of features. Citations are left out: none of the
levers touches them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from eval.needs import UNANSWERABLE, Need
from eval.plain import Lever, Pieces, Plain
from eval.runs import Run, strictly_falling
from eval.train_ranking import example_of, learn, untrained
from search.fusion import fuse
from search.model import Language
from search.ranking import MEANING, WORDS, length_of

FULL = "all levers"
DEPTH = 100


def ranked_without(
    plain: Plain, pieces: Mapping[str, Pieces], needs: Sequence[Need]
) -> dict[str, Run]:
    """Return system → run: with all levers, and without each."""
    wanted = [need for need in needs if need.type not in (UNANSWERABLE, "citation")]
    return {FULL: _run(plain, pieces, wanted, ())} | {
        f"without {lever}": _run(plain, pieces, wanted, (lever,)) for lever in Lever
    }


def _run(
    plain: Plain, pieces: Mapping[str, Pieces], needs: Sequence[Need], off: tuple[Lever, ...]
) -> Run:
    topics = [(need, need.topic(language)) for need in needs for language in Language]
    found = {topic.id: plain.candidates(pieces[topic.id], off) for _, topic in topics}
    learned = [
        example
        for need, topic in topics
        if need.part == "dev" and (example := example_of(found[topic.id], need, topic.query))
    ]
    weights = untrained() if Lever.WEIGHTS in off else learn(learned)
    run: dict[str, dict[str, float]] = {}
    for _, topic in topics:
        held = found[topic.id]
        scores = weights.score(held.matrix, length_of(len(topic.query.split())))
        ranked = sorted(zip(held.groups, map(float, scores), strict=True), key=lambda x: -x[1])
        run[topic.id] = strictly_falling(ranked[:DEPTH])
    return run


def baselines(pieces: Mapping[str, Pieces]) -> dict[str, Run]:
    """Return the plain systems: BM25 over the texts' words, the embedder's space, their RRF."""
    runs: dict[str, dict[str, Mapping[str, float]]] = {"BM25": {}, "e5": {}, "RRF": {}}
    for topic, of in pieces.items():
        words, dense = of.found[WORDS, True], of.found[MEANING, True]
        runs["BM25"][topic] = _first((hit.group, hit.score) for hit in words)
        runs["e5"][topic] = _first((hit.group, hit.score) for hit in dense)
        fused = fuse({WORDS: words, MEANING: dense})
        runs["RRF"][topic] = _first((hit.group, hit.score) for hit in fused)
    return dict(runs)


def _first(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Take a provision at its best passage."""
    best: dict[str, float] = {}
    for group, score in found:
        best.setdefault(group, score)
    return dict(list(best.items())[:DEPTH])
