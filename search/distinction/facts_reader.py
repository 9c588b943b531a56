"""Read facts by the trained model: what each clause says, and one vector for all of it.

What was read of the last texts is remembered by their digests, so that a changed detail is weighed
again at once; nothing of the texts themselves is kept.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from search.distinction.clauses import Facts
from search.distinction.embedding import load_encoder
from search.distinction.encoder import Encoder, Vectors, Window
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
CENTRE_WORDS = 50  # of the facts are compared with the matters held

_Read = TypeVar("_Read")


class FactsReader:
    """The model, the encoder under it and the embedder beside it. Safe to use from threads."""

    def __init__(self, model: SignalModel, encoder: Encoder, embedder: Embedder) -> None:
        """Take what reads; `embedder` is the one the matters held were embedded by."""
        self.model = model
        self._encoder = encoder
        self._embedder = embedder
        self._lock = threading.Lock()
        # By the text's digest, TEXTS_KEPT at most of each.
        self._scores: dict[str, ClauseScores] = {}
        self._whole: dict[str, tuple[ClauseScores, Vectors | None]] = {}
        self._centres: dict[str, Vectors] = {}

    @classmethod
    def load(cls, load_embedder: Callable[[str], Embedder]) -> FactsReader:
        """Load all three; `load_embedder` is given the identity of the embedder needed.

        Raises EngineUnavailable.
        """
        model = load_model(MODEL_FILE)
        return cls(model, load_encoder(), load_embedder(model.embedder))

    def read(self, facts: Facts, features: Sequence[ClauseFeatures]) -> ClauseScores:
        """Return what each clause of a text says; `features` are theirs."""
        return self._remembered(self._scores, facts, lambda: self._read(facts, features))

    def read_whole(
        self, facts: Facts, features: Sequence[ClauseFeatures]
    ) -> tuple[ClauseScores, Vectors | None]:
        """Return the same, and the vector that the embedder would give the text as a query.

        None for a text of more than one window, and one that the embedder would not read as it is.
        """
        return self._remembered(self._whole, facts, lambda: self._read_whole(facts, features))

    def centre(self, facts: Facts, scores: ClauseScores) -> Vectors:
        """Return the embedding of the clauses that say most."""
        return self._remembered(self._centres, facts, lambda: self._embed(facts, scores))

    def _remembered(self, kept: dict[str, _Read], facts: Facts, make: Callable[[], _Read]) -> _Read:
        key = hashlib.sha256(facts.text.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            made = kept.pop(key, None)
        if made is None:
            made = make()
        with self._lock:
            kept[key] = made
            while len(kept) > TEXTS_KEPT:
                del kept[next(iter(kept))]  # the one not asked for longest
        return made

    def _read(self, facts: Facts, features: Sequence[ClauseFeatures]) -> ClauseScores:
        read = [(window, self._encoder.states(window)) for window in self._windows(facts)]
        return self._score(features, read)

    def _read_whole(
        self, facts: Facts, features: Sequence[ClauseFeatures]
    ) -> tuple[ClauseScores, Vectors | None]:
        read = [(window, self._encoder.states(window)) for window in self._windows(facts)]
        alike = len(read) == 1 and prepare(facts.text) == facts.text
        vector = self._encoder.embedding(read[0][1]) if alike else None
        return self._score(features, read), vector

    def _windows(self, facts: Facts) -> Iterator[Window]:
        clauses = [(clause.start, clause.end) for clause in facts.clauses]
        return self._encoder.windows(facts.text, clauses)

    def _score(
        self, features: Sequence[ClauseFeatures], read: Iterable[tuple[Window, Vectors]]
    ) -> ClauseScores:
        layers = self.model.layers
        windows = [
            ReadWindow(self._encoder.through(layers, states), window.spans)
            for window, states in read
        ]
        return self.model.read(features, windows)

    def _embed(self, facts: Facts, scores: ClauseScores) -> Vectors:
        telling = _telling(facts, scores)
        if not telling:
            return np.zeros(self._embedder.dimensions, dtype=np.float32)
        centre: Vectors = self._embedder.embed_passages(telling).mean(axis=0)
        return centre


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
