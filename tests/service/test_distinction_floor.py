"""A floor for quality on the first cases of the test set, and what must never happen there."""

from __future__ import annotations

from functools import cache

from eval.distinction.cases import read_cases
from eval.distinction.measure import SETS, Answer, families, measure
from search.distinction.results import PRIMARY
from tests.distinction_home import CORPUS, engine

CASES = 30  # in both languages


@cache
def answers() -> tuple[Answer, ...]:
    made = []
    for case in read_cases(SETS / "test", families(CORPUS))[: 2 * CASES]:
        said = engine().analyse(case.text)
        made.append(Answer(case, said.primary, said.shares[said.primary], {}))
    return tuple(made)


def test_quality_does_not_fall_below_the_floor() -> None:
    report = measure(answers(), families(CORPUS))
    assert report.accuracy >= 0.5
    assert report.exploitation_recall >= 0.55


def test_every_answer_is_a_reading_with_the_largest_share_or_an_abstention() -> None:
    for answer in answers():
        assert answer.primary in PRIMARY
        assert 0 < answer.share <= 1
