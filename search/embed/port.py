"""The embedder port: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """A model that maps queries and passages to vectors of unit length.

    The same text gives the same vector, alone or in a batch.
    """

    @property
    def identity(self) -> str:
        """Name of the model, its version and a hash of its weights: stored with every index."""
        ...

    @property
    def dimensions(self) -> int: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, float32, unit length."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, float32, unit length."""
        ...
