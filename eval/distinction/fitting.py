"""Fit logistic models on sparse and dense features together. Needs SciPy, a development package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """scores = words @ sparse + dense @ dense_weights + bias, one column an answer."""

    words: Matrix
    dense: Matrix
    bias: Matrix

    def scores(self, words: Any, dense: Matrix) -> Matrix:
        """Return the scores (logits) of rows of features."""
        made: Matrix = words @ self.words + dense @ self.dense + self.bias
        return made


def word_matrix(rows: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> Any:
    """Return rows of unit length: 1 for each feature that is in the vocabulary."""
    indices: list[int] = []
    starts = [0]
    for row in rows:
        known = sorted({vocabulary[name] for name in row if name in vocabulary})
        indices += known
        starts.append(len(indices))
    data = np.ones(len(indices))
    shape = (len(rows), len(vocabulary))
    return sparse.csr_matrix((data, indices, starts), shape=shape)


def fit_one_of(
    words: Any, dense: Matrix, wanted: Matrix, word_cost: float, dense_cost: float, weight: Matrix
) -> Fitted:
    """Fit one model that chooses among the columns of `wanted`; `weight` is one a row."""

    def loss(scores: Matrix) -> tuple[float, Matrix]:
        low = scores - scores.max(axis=1, keepdims=True)
        log = low - np.log(np.exp(low).sum(axis=1, keepdims=True))
        each = weight[:, None]
        return float(-(each * wanted * log).sum()), each * (np.exp(log) - wanted)

    return _fit(words, dense, wanted.shape[1], loss, word_cost, dense_cost)


def _fit(
    words: Any, dense: Matrix, answers: int, loss: Any, word_cost: float, dense_cost: float
) -> Fitted:
    sizes = (words.shape[1], dense.shape[1])
    ends = np.cumsum([sizes[0] * answers, sizes[1] * answers])
    turned = words.T.tocsr()

    def unpack(flat: Matrix) -> Fitted:
        first, second, bias = np.split(flat, ends)
        return Fitted(first.reshape(sizes[0], answers), second.reshape(sizes[1], answers), bias)

    def objective(flat: Matrix) -> tuple[float, Matrix]:
        at = unpack(flat)
        value, slope = loss(at.scores(words, dense))
        value += word_cost * float((at.words**2).sum()) + dense_cost * float((at.dense**2).sum())
        steps = (
            (turned @ slope + 2 * word_cost * at.words).ravel(),
            (dense.T @ slope + 2 * dense_cost * at.dense).ravel(),
            slope.sum(axis=0),
        )
        return value, np.concatenate(steps)

    start = np.zeros(ends[-1] + answers)
    options = {"maxiter": 60, "maxcor": 10, "ftol": 1e-5}
    found = optimize.minimize(objective, start, jac=True, method="L-BFGS-B", options=options)
    return unpack(found.x)
