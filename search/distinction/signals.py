"""The trained model that reads clauses: which signals a clause carries, and how it means them.

Trained by eval/distinction/train.py on cases written by us; the file beside this module holds it.
Frozen embeddings are whitened, so that what all clauses share drowns nothing; a clause's own terms
and the mean of its neighbours' embeddings stand beside them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.distinction.features import ClauseFeatures
from search.errors import EngineUnavailable

Vectors = npt.NDArray[np.float32]

MODEL_FILE = Path(__file__).with_name("model.npz")
NEIGHBOURS = 0.4  # weight of the neighbours' embeddings beside the clause's own
SCALE = 0.3  # of the whitened embeddings: brings them to the size of the word features


class Polarity(StrEnum):
    """How the facts say a thing."""

    STATED = "stated"  # as a fact
    DENIED = "denied"  # that it was not so
    OPEN = "open"  # not established: a denial by the accused, a rumour, a fear, another's case


POLARITIES = tuple(Polarity)


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear layer over named features and dense ones."""

    vocabulary: dict[str, int]
    words: Vectors
    dense: Vectors
    bias: Vectors

    def scores(self, features: Sequence[Sequence[str]], dense: Vectors) -> Vectors:
        """Return one row of scores a clause."""
        made: Vectors = dense @ self.dense + self.bias
        known = self.vocabulary
        for row, names in enumerate(features):
            places = sorted({known[name] for name in names if name in known})
            if places:
                made[row] += self.words[places].sum(axis=0)
        return made


@dataclass(frozen=True, slots=True)
class ClauseScores:
    """For each clause: the chance of each signal, and of each way it may be meant."""

    signals: Vectors  # clauses by signals
    polarity: Vectors  # clauses by POLARITIES

    def meant(self, polarity: Polarity) -> Vectors:
        """Return the chance that a clause carries a signal and means it so."""
        column = POLARITIES.index(polarity)
        made: Vectors = self.signals * self.polarity[:, column : column + 1]
        return made


@dataclass(frozen=True, slots=True)
class SignalModel:
    """What was learned: how to whiten, which signals, how they are meant, how a case is weighed."""

    identity: str
    embedder: str  # identity of the embedder it was trained with
    signals: tuple[str, ...]
    mean: Vectors
    whitening: Vectors
    presence: Linear
    polarity: Linear
    weighing: Linear  # of a case: its wording and its findings
    weigher: dict[str, Vectors]  # what search/distinction/weighing.py needs beside it

    def read(self, features: Sequence[ClauseFeatures], vectors: Vectors) -> ClauseScores:
        """Score every clause; both hold one row a clause."""
        if not features:
            none = np.zeros((0, len(self.signals)), dtype=np.float32)
            return ClauseScores(none, np.zeros((0, len(POLARITIES)), dtype=np.float32))
        dense = dense_features(vectors, self.mean, self.whitening)
        terms = [seen.terms for seen in features]
        present = sigmoid(self.presence.scores(terms, dense))
        meant = self.polarity.scores([seen.terms + seen.cues for seen in features], dense)
        return ClauseScores(present, softmax(meant))


def dense_features(vectors: Vectors, mean: Vectors, whitening: Vectors) -> Vectors:
    """Return each clause's whitened embedding beside the mean of its neighbours'."""
    centred = vectors - mean
    around = np.zeros_like(centred)
    # A clause at an end has a neighbour less: what is not there counts as average.
    around[1:] += centred[:-1] / 2
    around[:-1] += centred[1:] / 2
    made: Vectors = np.hstack([centred @ whitening, NEIGHBOURS * (around @ whitening)])
    return (SCALE * made).astype(np.float32)


def sigmoid(scores: Vectors) -> Vectors:
    """Return the chance behind each score."""
    made: Vectors = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return made


def softmax(scores: npt.NDArray[Any]) -> Vectors:
    """Return chances that sum to one in each row."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made: Vectors = raised / raised.sum(axis=-1, keepdims=True)
    return made


def load_model(path: Path = MODEL_FILE) -> SignalModel:
    """Read the trained model; raise EngineUnavailable where the file is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as held:
            return _model({name: held[name] for name in held.files})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as exc:
        raise EngineUnavailable(
            f"The model for telling offences apart ({path.name}) cannot be read. Install Tamyeez "
            "again, or run `make train-distinction`.",
            reason="model",
        ) from exc


def _model(held: dict[str, npt.NDArray[Any]]) -> SignalModel:
    return SignalModel(
        identity=str(held["identity"]),
        embedder=str(held["embedder"]),
        signals=tuple(map(str, held["signals"])),
        mean=held["mean"].astype(np.float32),
        whitening=held["whitening"].astype(np.float32),
        presence=_linear(held, "presence"),
        polarity=_linear(held, "polarity"),
        weighing=_linear(held, "weighing"),
        weigher={
            name.removeprefix("weigher_"): array.astype(np.float32)
            for name, array in held.items()
            if name.startswith("weigher_")
        },
    )


def _linear(held: dict[str, npt.NDArray[Any]], name: str) -> Linear:
    names = map(str, held[f"{name}_vocabulary"])
    return Linear(
        vocabulary={word: place for place, word in enumerate(names)},
        words=held[f"{name}_words"].astype(np.float32),
        dense=held[f"{name}_dense"].astype(np.float32),
        bias=held[f"{name}_bias"].astype(np.float32),
    )
