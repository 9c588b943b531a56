"""Learn the weights of search/ranking.py: `make train-search`.

A listwise model: the softmax over a query's candidates is to put its mass where the grades are.
One set of weights for all queries, and for each length of query a departure from it that costs
five times as much. Of facts, the offences they may be are then given the weight that nDCG@10 likes
best: the softmax does not see that the first places count most. Only the development part is seen.
Needs scipy (a development dependency).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from eval.needs import UNANSWERABLE, Need, read_needs
from search.model import Language
from search.opening import open_service
from search.ranking import FEATURES, WEIGHTS_FILE, Candidates, Length, Weights, length_of
from search.service import SearchService
from search.settings import load_settings

COST = 0.002  # of a weight's square
OWN_COST = 5 * COST  # of a departure's square
FICTIONAL = -2.0  # a rule, not learned: matters written for training stand behind real ones
OFFENCE_TIMES = (1.0, 1.5, 2.0, 2.5, 3.0)  # tried; the best are neighbours, so chance does little
START = {"meaning": 0.4, "phrasing": 0.4, "words": 0.4}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A query's candidates with the share of the grades each has, and the query's length."""

    matrix: Floats
    wanted: Floats
    length: Length


def examples(service: SearchService, needs: Sequence[Need]) -> list[Example]:
    """Ask every need in both languages; one none of whose answers was found teaches nothing."""
    found = []
    for need in needs:
        if need.type in (UNANSWERABLE, "citation"):
            continue
        for language in Language:
            query = need.queries[language]
            example = example_of(service.ask(query).candidates(), need, query)
            if example:
                found.append(example)
    return found


def example_of(held: Candidates, need: Need, query: str) -> Example | None:
    """Return what a query's candidates teach, None where no answer is among them."""
    grades = np.array([float(need.grades.get(group, 0)) for group in held.groups])
    if grades.sum() <= 0:
        return None
    return Example(held.matrix, grades / grades.sum(), length_of(len(query.split())))


def untrained() -> Weights:
    """Return the weights that learning begins with: the three arms alike."""
    start = np.array(
        [FICTIONAL if name == "training" else START.get(name, 0.0) for name in FEATURES]
    )
    return Weights(dict.fromkeys(Length, start))


def learn(given: Sequence[Example]) -> Weights:
    """Return the weights that ship, of the examples they are learned from."""
    return weigh_offences(fit(given), given)


def fit(given: Sequence[Example]) -> Weights:
    """Return the weights with the least loss."""
    size, lengths = len(FEATURES), list(Length)
    start = np.zeros((1 + len(lengths), size))
    start[0] = [START.get(name, 0.0) for name in FEATURES]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(start.shape)
        slope = 2 * weights * np.array([[COST], *[[OWN_COST]] * len(lengths)])
        total = float((weights * slope).sum() / 2)
        for example in given:
            own = 1 + lengths.index(example.length)
            scores = example.matrix @ (weights[0] + weights[own])
            scores -= scores.max()
            share = np.exp(scores) / np.exp(scores).sum()
            total -= float(example.wanted @ np.log(share + 1e-12)) / len(given)
            change = example.matrix.T @ (share - example.wanted) / len(given)
            slope[0] += change
            slope[own] += change
        return total, slope.ravel()

    learned = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B").x.reshape(start.shape)
    weights = {length: learned[0] + learned[1 + n] for n, length in enumerate(lengths)}
    for of in weights.values():
        of[FEATURES.index("training")] = FICTIONAL
    return Weights(weights)


def weigh_offences(weights: Weights, given: Sequence[Example]) -> Weights:
    """Return the weights with that of `offence` for facts times what ranks these best."""
    facts = [example for example in given if example.length is Length.FACTS]
    best = max(
        (_offence_times(weights, times) for times in OFFENCE_TIMES),
        key=lambda tried: sum(_ndcg(tried, example) for example in facts),
    )
    return best if facts else weights


def _offence_times(weights: Weights, times: float) -> Weights:
    own = weights.by_length[Length.FACTS].copy()
    own[FEATURES.index("offence")] *= times
    return Weights({**weights.by_length, Length.FACTS: own})


def _ndcg(weights: Weights, example: Example) -> float:
    """Return nDCG@10 within what was found."""
    order = np.argsort(-weights.score(example.matrix, example.length), kind="stable")
    discounts = 1 / np.log2(np.arange(2, 12))
    gained, most = example.wanted[order][:10], np.sort(example.wanted)[::-1][:10]
    size = len(most)
    return float(gained @ discounts[:size] / (most @ discounts[:size]))


def write_weights(weights: Weights) -> None:
    """Write the file that ships."""
    table = {
        length.value: {
            name: round(float(value), 4) for name, value in zip(FEATURES, of, strict=True)
        }
        for length, of in weights.by_length.items()
    }
    WEIGHTS_FILE.write_text(json.dumps({"weights": table}, indent=1) + "\n", "utf-8")


def main() -> None:
    """Train on the collection of the settings' home."""
    service = open_service(load_settings())
    needs = read_needs(part="dev")
    given = examples(service, needs)
    write_weights(learn(given))
    sys.stdout.write(f"{WEIGHTS_FILE.name}: learned from {len(given)} queries\n")
    service.close()


if __name__ == "__main__":
    main()
