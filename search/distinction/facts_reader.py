"""Read facts by the trained model: what each clause says, and one vector for all of it.

What was read of the last texts is remembered by their digests, so that a changed detail is weighed
again at once; nothing of the texts themselves is kept.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from search.distinction.clauses import Facts
from search.distinction.embedding import load_encoder
from search.distinction.encoder import Encoder, Vectors
from search.distinction.features import ClauseFeatures
from search.distinction.signals import (
    MODEL_FILE,
    ClauseScores,
    ReadWindow,
    SignalModel,
    load_model,
)
from search.embed.port import Embedder
from search.embed.text import prepare

TEXTS_KEPT = 64


@dataclass(frozen=True, slots=True)
class ReadText:
    """What each clause of a text says, and the text's vector in the embedder's space.

    `is_query`: the embedder itself would give it as a query; else it is the mean of its windows, or
    of a text that the embedder reads otherwise.
    """

    scores: ClauseScores
    vector: Vectors
    is_query: bool


class FactsReader:
    """The model and the encoder under it. Safe to use from threads."""

    def __init__(self, model: SignalModel, encoder: Encoder) -> None:
        """Take what reads."""
        self.model = model
        self._encoder = encoder
        self._lock = threading.Lock()
        self._read_texts: dict[str, ReadText] = {}  # by digest, TEXTS_KEPT at most

    @classmethod
    def load(cls, load_embedder: Callable[[str], Embedder]) -> FactsReader:
        """Load both; `load_embedder` finds the embedder that the model goes on from.

        Raises EngineUnavailable, also where another version of that embedder is installed.
        """
        model = load_model(MODEL_FILE)
        load_embedder(model.embedder)
        return cls(model, load_encoder())

    def read(self, facts: Facts, features: Sequence[ClauseFeatures]) -> ReadText:
        """Return what a text says; `features` are of its clauses."""
        key = hashlib.sha256(facts.text.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            made = self._read_texts.pop(key, None)
        if made is None:
            made = self._read(facts, features)
        with self._lock:
            self._read_texts[key] = made
            while len(self._read_texts) > TEXTS_KEPT:
                del self._read_texts[next(iter(self._read_texts))]  # the one not asked for longest
        return made

    def _read(self, facts: Facts, features: Sequence[ClauseFeatures]) -> ReadText:
        clauses = [(clause.start, clause.end) for clause in facts.clauses]
        windows, vectors = [], []
        for window in self._encoder.windows(facts.text, clauses):
            states = self._encoder.states(window)
            vectors.append(self._encoder.embedding(states))
            through = self._encoder.through(self.model.layers, states)
            windows.append(ReadWindow(through, window.spans))
        vector: Vectors = np.mean(vectors, axis=0)
        is_query = len(windows) == 1 and prepare(facts.text) == facts.text
        return ReadText(self.model.read(features, windows), vector, is_query)
