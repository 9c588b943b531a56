"""Turn an embedder's space so that a question lies near what answers it.

One matrix, learned by `eval/train_adapter.py` from the collection's phrasings and the texts they
lead to. It is applied to stored and to query vectors alike, so that embeddings are cached as the
model gives them and a new matrix costs a rebuild of the index, not an embedding of the collection.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

FILE = Path(__file__).parent / "adapter.npz"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A turn of the space; `name` stands in the index's manifest, empty for no turn at all."""

    name: str
    matrix: Vectors | None  # dimensions × dimensions

    def apply(self, vectors: Vectors) -> Vectors:
        """Return the vectors (rows, or one alone) in the turned space, of unit length."""
        if self.matrix is None:
            return vectors
        turned = vectors @ self.matrix
        length = np.linalg.norm(turned, axis=-1, keepdims=True)
        unit: Vectors = (turned / np.maximum(length, 1e-12)).astype(np.float32)
        return unit


@cache
def adapter_for(embedder: str) -> Adapter:
    """Return the adapter learned for the embedder of this identity; for any other, none."""
    with np.load(FILE, allow_pickle=False) as held:
        if str(held["embedder"]) != embedder:
            return Adapter("", None)
        matrix = held["matrix"].astype(np.float32)
    return Adapter(hashlib.sha256(matrix.tobytes()).hexdigest()[:12], matrix)
