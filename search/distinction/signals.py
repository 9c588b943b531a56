"""The trained model that reads clauses: which signals a clause carries, and how it means them.

Trained by eval/distinction/train.py on cases written by us; the file beside this module holds it.
Every piece of a text is read in its context (encoder.py). A clause is then the mean of its pieces
and what four learned questions pick out of them, beside the clauses around it; its own terms stand
beside that.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.distinction.encoder import Layer, Vectors
from search.distinction.features import ClauseFeatures
from search.errors import EngineUnavailable

MODEL_FILE = Path(__file__).with_name("model.npz")
_NORM_EPSILON = np.float32(1e-5)
_READER_ARRAYS = ("questions", "questions_bias", "norm", "norm_bias")


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
class ReadWindow:
    """Pieces read together: one row of states each, and which of them each clause has."""

    states: Vectors
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """Reads off a clause's pieces what it says: signals in the first columns, then POLARITIES."""

    questions: Vectors  # states by questions: which pieces matter
    questions_bias: Vectors
    norm: Vectors
    norm_bias: Vectors
    said: Linear

    def scores(self, terms: Sequence[Sequence[str]], windows: Iterable[ReadWindow]) -> Vectors:
        """Return one row of scores a clause, in the order of the windows."""
        seen = np.concatenate([self._seen(window) for window in windows])
        return self.said.scores(terms, seen)

    def _seen(self, window: ReadWindow) -> Vectors:
        asked = window.states @ self.questions + self.questions_bias
        own, picked = [], []
        for start, end in window.spans:
            states = window.states[start:end]
            own.append(states.mean(axis=0))
            picked.append((softmax(asked[start:end].T) @ states).ravel())
        mean = np.stack(own)
        none = np.zeros_like(mean[:1])
        beside = [np.concatenate([none, mean[:-1]]), np.concatenate([mean[1:], none])]
        rows = np.hstack([mean, np.stack(picked), *beside])
        centred = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _NORM_EPSILON)
        made: Vectors = centred / spread * self.norm + self.norm_bias
        return made


@dataclass(frozen=True, slots=True)
class SignalModel:
    """What was learned: how words are read, which signals they carry, how a case is weighed."""

    identity: str
    embedder: str  # identity of the embedder whose model it continues
    signals: tuple[str, ...]
    layers: tuple[Layer, ...]  # after the encoder's own
    reader: ClauseReader
    weighing: Linear  # of a case: its wording and its findings
    weigher: dict[str, Vectors]  # what search/distinction/weighing.py needs beside it

    def read(
        self, features: Sequence[ClauseFeatures], windows: Iterable[ReadWindow]
    ) -> ClauseScores:
        """Score every clause; the windows hold the clauses in order."""
        if not features:
            none = np.zeros((0, len(self.signals)), dtype=np.float32)
            return ClauseScores(none, np.zeros((0, len(POLARITIES)), dtype=np.float32))
        scores = self.reader.scores([seen.terms + seen.cues for seen in features], windows)
        count = len(self.signals)
        return ClauseScores(sigmoid(scores[:, :count]), softmax(scores[:, count:]))


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
            return model_of({name: held[name] for name in held.files})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as exc:
        raise EngineUnavailable(
            f"The model for telling offences apart ({path.name}) cannot be read. Install Tamyeez "
            "again, or run `make train-distinction`.",
            reason="model",
        ) from exc


def model_of(held: dict[str, npt.NDArray[Any]]) -> SignalModel:
    """Return the model that arrays hold, named as in the file; raise KeyError if one is missing."""
    return SignalModel(
        identity=str(held["identity"]),
        embedder=str(held["embedder"]),
        signals=tuple(map(str, held["signals"])),
        layers=tuple(Layer.of(held, f"layer{n}_") for n in range(int(held["layers"]))),
        reader=ClauseReader(
            **{name: held[name].astype(np.float32) for name in _READER_ARRAYS},
            said=_linear(held, "said"),
        ),
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
