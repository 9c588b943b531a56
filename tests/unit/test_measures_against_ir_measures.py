"""Our measures are trec_eval's: ir-measures computes the same, topic by topic."""

import random

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from eval.measures import score

THEIRS = {
    "nDCG@10": nDCG @ 10,
    "R@5": R @ 5,
    "R@20": R @ 20,
    "R@100": R @ 100,
    "RR@10": RR @ 10,
}


@pytest.mark.parametrize("measure", THEIRS)
@pytest.mark.parametrize("seed", range(10))
def test_every_topic_scores_as_ir_measures_says(seed: int, measure: str) -> None:
    rng = random.Random(seed)
    documents = [f"kw-law-2013-91/art-{n}" for n in range(1, 150)]
    qrels = {
        f"q{n}": {d: rng.choice([0, 0, 1, 2, 3]) for d in rng.sample(documents, 12)} | {"x": 1}
        for n in range(15)
    }
    # Scores from a small set, so that ties occur; two topics are left unanswered. RR@10 is
    # compared without ties: ir-measures cuts the run at ten before trec_eval orders it.
    run = {
        f"q{n}": {d: rng.randrange(40) / 8 for d in rng.sample(documents, 120)} for n in range(13)
    }
    if measure == "RR@10":
        run = {topic: {d: rng.random() for d in answers} for topic, answers in run.items()}
    theirs = {m.query_id: m.value for m in ir_measures.iter_calc([THEIRS[measure]], qrels, run)}
    ours = next(s for s in score(qrels, run) if s.measure == measure)
    for topic, value in ours.per_topic.items():
        assert value == pytest.approx(theirs.get(topic, 0.0), abs=1e-6), topic


def test_an_interval_holds_the_mean_and_a_perfect_run_scores_one() -> None:
    qrels = {f"q{n}": {"a": 1, "b": 2} for n in range(5)}
    run = {f"q{n}": {"b": 2.0, "a": 1.0} for n in range(5)}
    for ours in score(qrels, run):
        assert ours.mean == ours.low == ours.high == 1.0


def test_a_run_without_answers_scores_zero() -> None:
    assert all(s.mean == 0.0 for s in score({"q": {"a": 1}}, {}))
