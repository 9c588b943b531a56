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

TEXTS_KEPT = 64
CENTRE_WORDS = 50  # of the facts are compared with the matters held


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a text: its clauses' scores, and the embedding of those that say most."""

    scores: ClauseScores
    centre: Vectors


class FactsReader:
    """The model, the encoder under it and the embedder beside it. Safe to use from threads."""

    def __init__(self, model: SignalModel, encoder: Encoder, embedder: Embedder) -> None:
        """Take what reads; `embedder` is the one the matters held were embedded by."""
        self.model = model
        self._encoder = encoder
        self._embedder = embedder
        self._lock = threading.Lock()
        self._lately: dict[str, Seen] = {}  # by the text's digest, TEXTS_KEPT at most

    @classmethod
    def load(cls, load_embedder: Callable[[str], Embedder]) -> FactsReader:
        """Load all three; `load_embedder` is given the identity of the embedder needed.

        Raises EngineUnavailable.
        """
        model = load_model(MODEL_FILE)
        return cls(model, load_encoder(), load_embedder(model.embedder))

    def read(self, facts: Facts, features: Sequence[ClauseFeatures]) -> Seen:
        """Read the clauses of a text; `features` are theirs."""
        key = hashlib.sha256(facts.text.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            seen = self._lately.pop(key, None)
        if seen is None:
            seen = self._read(facts, features)
        with self._lock:
            self._lately[key] = seen
            while len(self._lately) > TEXTS_KEPT:
                del self._lately[next(iter(self._lately))]  # the one not asked for longest
        return seen

    def _read(self, facts: Facts, features: Sequence[ClauseFeatures]) -> Seen:
        clauses = [(clause.start, clause.end) for clause in facts.clauses]
        windows = [
            ReadWindow(
                self._encoder.through(self.model.layers, self._encoder.states(window)),
                window.spans,
            )
            for window in self._encoder.windows(facts.text, clauses)
        ]
        scores = self.model.read(features, windows)
        telling = _telling(facts, scores)
        if not telling:
            return Seen(scores, np.zeros(self._embedder.dimensions, dtype=np.float32))
        return Seen(scores, self._embedder.embed_passages(telling).mean(axis=0))


def _telling(facts: Facts, scores: ClauseScores) -> list[str]:
    """Return the clauses that say most: some CENTRE_WORDS words of them."""
    most = scores.signals.max(axis=1, initial=0)
    told: list[str] = []
    count = 0
    for place in np.argsort(-most, kind="stable"):
        if count >= CENTRE_WORDS:
            break
        told.append(facts.words(facts.clauses[int(place)]))
        count += len(told[-1].split())
    return told
