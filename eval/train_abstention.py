"""Learn search/abstention.py: `make train-search`, after the ranking.

A logistic model that weighs answerable and unanswerable queries alike; its threshold lets
FALSE_ALARMS of the answerable ones fall below. One of its features is where the query points: the
linear discriminant between queries that the collection does not answer and the phrasings of its
provisions, of which there are thousands. For the model that feature is computed from the other
folds, so that it learns how far the feature can be trusted. Only the development part is seen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from eval.needs import UNANSWERABLE, Need, fold_of, read_abstention, read_needs
from eval.plain import Plain
from search.abstention import FEATURES, FILE, Fitness, describe
from search.model import Language
from search.opening import open_parts
from search.settings import load_settings

COST = 0.02  # of a weight's square
FALSE_ALARMS = 0.02  # of the answerable queries, in the development part
SHRINKAGE = 1.0  # of the phrasings' covariance towards a round one, in its mean variances
FOLDS = 5

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Examples:
    """A row per query: its features but for the scope, its vector in the turned space, whether
    it is answerable, and the fold of its need."""

    rows: Floats
    vectors: Floats
    answerable: Flags
    folds: npt.NDArray[np.int64]


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
        pieces = plain.pieces(plain.read_query(query, vector.astype(np.float32)))
        asked = pieces.asked
        rows.append(describe(pieces.arms(), len(asked.terms), len(asked.named), 0.0)[:-1])
        answerable.append(need.type != UNANSWERABLE)
        folds.append(fold_of(need.id, FOLDS))
    turned = plain.adapter.apply(vectors.astype(np.float32)).astype(np.float64)
    return Examples(np.array(rows), turned, np.array(answerable), np.array(folds))


def fit(given: Examples, phrasings: Floats) -> Fitness:
    """Return the logistic model with the least loss, both kinds of query weighing the same."""
    rounded = _rounded(phrasings)
    inside = phrasings.mean(axis=0)
    scope = np.zeros(len(given.rows))
    for fold in range(FOLDS):
        held = given.folds == fold
        scope[held] = given.vectors[held] @ _direction(given, ~held, inside, rounded)
    direction = _direction(given, np.ones(len(scope), dtype=bool), inside, rounded)
    rows = np.column_stack([given.rows, scope])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    normed = (rows - mean) / spread
    weights = _logistic(normed, given.answerable)
    threshold = float(np.quantile((normed @ weights)[given.answerable], FALSE_ALARMS))
    return Fitness(mean, spread, weights, threshold, direction)


def _rounded(phrasings: Floats) -> Floats:
    covariance = np.cov(phrasings.T)
    size = len(covariance)
    total: Floats = covariance + SHRINKAGE * np.trace(covariance) / size * np.eye(size)
    return total


def _direction(given: Examples, of: Flags, inside: Floats, rounded: Floats) -> Floats:
    answered = given.vectors[of & given.answerable].mean(axis=0)
    beside = given.vectors[of & ~given.answerable].mean(axis=0)
    found: Floats = np.linalg.solve(rounded, (inside + answered) / 2 - beside)
    return found


def _logistic(normed: Floats, answerable: Flags) -> Floats:
    sign = np.where(answerable, 1.0, -1.0)
    share = np.where(answerable, 1 / answerable.sum(), 1 / (~answerable).sum())

    def loss(given: Floats) -> tuple[float, Floats]:
        margin = sign * (normed @ given[:-1] + given[-1])
        total = float((share * np.logaddexp(0, -margin)).sum() + COST * (given[:-1] ** 2).sum())
        slope = -(sign * share / (1 + np.exp(margin)))
        return total, np.append(normed.T @ slope + 2 * COST * given[:-1], slope.sum())

    start = np.zeros(normed.shape[1] + 1)
    learned: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x[:-1]
    return learned


def write(fitness: Fitness) -> None:
    """Write the file that ships."""
    columns = {"mean": fitness.mean, "spread": fitness.spread, "weights": fitness.weights}
    table: dict[str, object] = {
        key: {name: round(float(value), 5) for name, value in zip(FEATURES, of, strict=True)}
        for key, of in columns.items()
    }
    table["threshold"] = round(fitness.threshold, 5)
    text = json.dumps(table, indent=1).removesuffix("\n}")
    direction = json.dumps([round(float(value), 4) for value in fitness.direction])
    FILE.write_text(f'{text},\n "direction": {direction}\n}}\n', "utf-8")


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
