"""Learn search/abstention.npz: `make train-search`, after the ranking.

Kernel ridge regression on queries of which it is known whether the collection answers them; both
kinds weigh alike, and the threshold lets FALSE_ALARMS of the answerable ones fall below. One of the
features is where the query points: the linear discriminant between queries that the collection does
not answer and the phrasings of its provisions, of which there are thousands. For the model that
feature is computed from the other folds, so that it learns how far the feature can be trusted; the
threshold, too, is set on queries that the model has not seen. Only the development part is seen.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eval.needs import UNANSWERABLE, Need, fold_of, read_abstention, read_needs
from eval.plain import Plain
from search.abstention import (
    FILE,
    FOUND_WEIGHT,
    MEANT_WEIGHT,
    NEARNESS,
    Fitness,
    describe,
)
from search.model import Language
from search.opening import open_parts
from search.settings import load_settings

COST = 0.5  # of a known query's voice, squared
FALSE_ALARMS = 0.03  # of the answerable queries, in the development part
SHRINKAGE = 1.0  # of the phrasings' covariance towards a round one, in its mean variances
FOLDS = 5

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Phrased = tuple[Floats, Floats]  # of the phrasings' vectors: the mean, the covariance made rounder


@dataclass(frozen=True, slots=True)
class Examples:
    """A row per query: its features but for the scope, its vector in the turned space, whether
    it is answerable, and the fold of its need."""

    rows: Floats
    vectors: Floats
    answerable: Flags
    folds: npt.NDArray[np.int64]

    def part(self, of: Flags) -> Examples:
        """Return some of them."""
        return Examples(self.rows[of], self.vectors[of], self.answerable[of], self.folds[of])


def asked_of_both(part: str) -> list[Need]:
    """Return the needs that abstention is judged by: those of the search but for citations, and
    those of its own set."""
    needs = [need for need in read_needs(part=part) if need.type != "citation"]
    return needs + read_abstention(part)


def examples(plain: Plain, needs: Sequence[Need], vectors: Floats) -> Examples:
    """Describe both languages of every need; `vectors`, the embedder's own, in that order."""
    rows, answerable, folds = [], [], []
    queries = [(need, need.queries[language]) for need in needs for language in Language]
    for (need, query), vector in zip(queries, vectors, strict=True):
        pieces = plain.pieces(plain.read_query(query, vector.astype(np.float32), {}))
        asked = pieces.asked
        rows.append(describe(pieces.arms(), len(asked.terms), len(asked.named)))
        answerable.append(need.type != UNANSWERABLE)
        folds.append(fold_of(need.id, FOLDS))
    turned = plain.adapter.apply(vectors.astype(np.float32)).astype(np.float64)
    return Examples(np.array(rows), turned, np.array(answerable), np.array(folds))


def fit(given: Examples, phrasings: Floats) -> Fitness:
    """Return the model of all examples, with a threshold set on models that lacked a fold each."""
    phrased = phrasings.mean(axis=0), _rounded(phrasings)
    unseen = np.zeros(len(given.rows))
    for fold in range(FOLDS):
        held = given.folds == fold
        part = _fit(given.part(~held), phrased)
        unseen[held] = scores(part, given.part(held))
    threshold = float(np.quantile(unseen[given.answerable], FALSE_ALARMS))
    return replace(_fit(given, phrased), threshold=threshold)


def scores(fitness: Fitness, of: Examples) -> Floats:
    """Return the score of each example."""
    places = [fitness.place(row, v) for row, v in zip(of.rows, of.vectors, strict=True)]
    return np.array([fitness.score(place) for place in places])


def _fit(given: Examples, phrased: Phrased) -> Fitness:
    scope = np.zeros(len(given.rows))
    for fold in np.unique(given.folds):
        held = given.folds == fold
        scope[held] = given.vectors[held] @ _direction(given, ~held, phrased)
    everything = np.ones(len(scope), dtype=bool)
    rows = np.column_stack([given.rows, scope])
    empty = np.zeros((0, 0))
    fitness = Fitness(
        mean=rows.mean(axis=0),
        spread=rows.std(axis=0) + 1e-9,
        direction=_direction(given, everything, phrased),
        known=empty,
        voices=np.zeros(0),
        bias=0.0,
        threshold=0.0,
    )
    found = FOUND_WEIGHT * (rows - fitness.mean) / fitness.spread
    # As it is kept: half the precision is enough.
    known = np.concatenate([found, MEANT_WEIGHT * given.vectors], axis=1)
    known = known.astype(np.float16).astype(np.float64)
    voices, bias = _voices(known, given.answerable)
    return replace(fitness, known=known, voices=voices, bias=bias)


def _voices(known: Floats, answerable: Flags) -> tuple[Floats, float]:
    """Solve for the voices; each kind of query weighs as much as the other."""
    squares = (known**2).sum(axis=1)
    near = np.exp(-NEARNESS * (squares[:, None] + squares - 2 * known @ known.T))
    wanted = np.where(answerable, 1.0, -1.0)
    weight = np.where(answerable, 0.5 / answerable.mean(), 0.5 / (~answerable).mean())
    bias = float((weight * wanted).sum() / weight.sum())
    voices: Floats = np.linalg.solve(near + COST * np.diag(1 / weight), wanted - bias)
    return voices, bias


def _rounded(phrasings: Floats) -> Floats:
    covariance = np.cov(phrasings.T)
    size = len(covariance)
    total: Floats = covariance + SHRINKAGE * np.trace(covariance) / size * np.eye(size)
    return total


def _direction(given: Examples, of: Flags, phrased: Phrased) -> Floats:
    inside, rounded = phrased
    answered = given.vectors[of & given.answerable].mean(axis=0)
    beside = given.vectors[of & ~given.answerable].mean(axis=0)
    found: Floats = np.linalg.solve(rounded, (inside + answered) / 2 - beside)
    return found


def write(fitness: Fitness) -> None:
    """Write the file that ships."""
    np.savez_compressed(
        FILE,
        mean=fitness.mean,
        spread=fitness.spread,
        direction=fitness.direction.astype(np.float32),
        known=fitness.known.astype(np.float16),
        voices=fitness.voices.astype(np.float32),
        bias=np.float64(fitness.bias),
        threshold=np.float64(fitness.threshold),
    )


def main() -> None:
    """Train on the collection of the settings' home."""
    parts = open_parts(load_settings())
    plain, needs = Plain.read(parts), asked_of_both("dev")
    texts = [need.queries[language] for need in needs for language in Language]
    vectors = parts.load_embedder().embed_queries(texts).astype(np.float64)
    given = examples(plain, needs, vectors)
    write(fit(given, plain.turned[1].astype(np.float64)))
    sys.stdout.write(f"{FILE.name}: learned from {len(given.rows)} queries\n")
    parts.catalogue.close()


if __name__ == "__main__":
    main()
