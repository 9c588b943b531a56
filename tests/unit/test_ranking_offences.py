"""The weight of offences for facts is the one that ranks them best."""

from __future__ import annotations

import numpy as np

from eval.train_ranking import OFFENCE_TIMES, Example, untrained, weigh_offences
from search.ranking import FEATURES, Length, Weights

OFFENCE, WORDS = FEATURES.index("offence"), FEATURES.index("words")


def an_example(length: Length) -> Example:
    """Words favour the wrong article; the offence, weighed twice or more, the right one."""
    matrix = np.zeros((2, len(FEATURES)))
    matrix[0, WORDS], matrix[1, OFFENCE] = 1.0, 1.0
    return Example(matrix, np.array([0.0, 1.0]), length)


def weights() -> Weights:
    row = untrained().by_length[Length.FACTS].copy()
    row[WORDS], row[OFFENCE] = 0.9, 0.5
    return Weights(dict.fromkeys(Length, row))


def test_facts_weigh_offences_as_ranks_best_and_other_queries_as_before() -> None:
    made = weigh_offences(weights(), [an_example(Length.FACTS)])
    assert made.by_length[Length.FACTS][OFFENCE] == 0.5 * OFFENCE_TIMES[2]
    assert made.by_length[Length.QUESTION][OFFENCE] == 0.5


def test_without_facts_nothing_changes() -> None:
    before = weights()
    made = weigh_offences(before, [an_example(Length.QUESTION)])
    assert made.by_length[Length.FACTS][OFFENCE] == 0.5
