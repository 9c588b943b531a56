"""Learn to read clauses: the encoder's last layers and what is read off them. Needs torch.

Trained together on the states that the frozen layers give: which signals a clause carries, how it
means them, and, only to learn by, the reading of the whole text. Deterministic by a seed.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from search.distinction.encoder import Layer
from search.distinction.results import PRIMARY
from search.distinction.signals import POLARITIES, ClauseReader

Arrays = dict[str, npt.NDArray[np.float32]]

QUESTIONS = 4  # pick pieces out of a clause
BATCH = 32
DROPPED, DROPPED_INSIDE = 0.2, 0.1
PIECES_LEFT_OUT, WORDS_LEFT_OUT = 0.15, 0.3  # shares, each time a text is read
# Learning rate and weight decay: of the layers, of what is read off them, of single words.
LAYER_RATE, READER_RATE, WORD_RATE = (2e-4, 0.01), (2e-3, 0.01), (1e-2, 0.3)
WARM_UP = 60  # batches
POLARITY_SHARE, LABEL_SHARE = 0.5, 0.5  # of their losses beside that of the signals
SEED = 91


@dataclass(frozen=True, slots=True)
class Example:
    """Some clauses read together, with what is marked in them; label -1: none."""

    states: npt.NDArray[np.float16]  # pieces by width, from the frozen layers
    spans: Sequence[tuple[int, int]]
    words: Sequence[Sequence[int]]  # of each clause: places in the vocabulary
    present: npt.NDArray[np.float32]  # clauses by signals
    meant: npt.NDArray[np.float32]  # clauses by POLARITIES, counts
    label: int


@dataclass(frozen=True, slots=True)
class _Batch:
    states: Tensor
    held: Tensor  # texts by pieces: 1 where there is one
    inside: Tensor  # texts by clauses by pieces: 1 where the piece is the clause's
    is_clause: Tensor
    words: Tensor
    word_starts: Tensor
    present: Tensor
    meant: Tensor
    labels: Tensor


class _TunedLayer(nn.Module):
    """A layer of encoder.py, with weights that learn."""

    def __init__(self, layer: Layer, heads: int) -> None:
        super().__init__()
        self.heads = heads
        for field in fields(Layer):
            weights = torch.from_numpy(getattr(layer, field.name).copy())
            self.register_parameter(field.name, nn.Parameter(weights))
        self.drop = nn.Dropout(DROPPED_INSIDE)

    def forward(self, rows: Tensor, unheld: Tensor) -> Tensor:
        held: Any = self  # its parameters have the names of the fields
        texts, pieces, width = rows.shape
        mixed = rows @ held.attention + held.attention_bias
        queries, keys, values = mixed.view(texts, pieces, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=unheld)
        seen = seen.transpose(1, 2).reshape(texts, pieces, width) @ held.joined + held.joined_bias
        rows = functional.layer_norm(
            rows + self.drop(seen), (width,), held.first_norm, held.first_norm_bias, 1e-12
        )
        inner = functional.gelu(rows @ held.inner + held.inner_bias)
        outer = inner @ held.outer + held.outer_bias
        return functional.layer_norm(
            rows + self.drop(outer), (width,), held.second_norm, held.second_norm_bias, 1e-12
        )


class Tuner(nn.Module):
    """The layers, and what is read off them; `arrays` returns it all as the model file has it."""

    def __init__(self, layers: Sequence[Layer], heads: int, words: int, signals: int) -> None:
        """Begin with the encoder's own layers, and with nothing known of signals."""
        super().__init__()
        torch.manual_seed(SEED)
        width = layers[0].joined.shape[1]
        self.signals = signals
        self.layers = nn.ModuleList(_TunedLayer(layer, heads) for layer in layers)
        self.asked = nn.Linear(width, QUESTIONS)
        self.norm = nn.LayerNorm(width * (QUESTIONS + 3))
        self.said = nn.Linear(width * (QUESTIONS + 3), signals + len(POLARITIES))
        self.words = nn.EmbeddingBag(words, signals + len(POLARITIES), mode="sum")
        self.text_asked = nn.Linear(width, QUESTIONS)
        self.text_norm = nn.LayerNorm(width * (QUESTIONS + 1))
        self.text_label = nn.Linear(width * (QUESTIONS + 1), len(PRIMARY))
        self.drop = nn.Dropout(DROPPED)
        nn.init.normal_(self.said.weight, std=0.005)
        nn.init.zeros_(self.words.weight)
        with torch.no_grad():
            self.said.bias[:signals] = -4.0  # a signal is rare

    def know(self, reader: ClauseReader) -> None:
        """Begin with what a model has learned to read; words it does not have come after its own.

        Nothing is known of readings of whole texts: a model does not keep them.
        """
        said, taught = reader.said, len(reader.said.vocabulary)
        with torch.no_grad():
            self.asked.weight.copy_(torch.from_numpy(reader.questions.T))
            self.asked.bias.copy_(torch.from_numpy(reader.questions_bias))
            self.norm.weight.copy_(torch.from_numpy(reader.norm))
            self.norm.bias.copy_(torch.from_numpy(reader.norm_bias))
            self.said.weight.copy_(torch.from_numpy(said.dense.T))
            self.said.bias.copy_(torch.from_numpy(said.bias))
            self.words.weight[:taught].copy_(torch.from_numpy(said.words))

    def forward(self, batch: _Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return scores of signals and polarities by clause, and of readings by text."""
        rows = batch.states
        unheld = (1 - batch.held)[:, None, None, :] * -1e9
        for layer in self.layers:
            rows = layer(rows, unheld)
        rows = rows * batch.held[..., None]
        scores = self.said(self.drop(self.norm(self._clauses(rows, batch))))
        scores = scores + self.words(batch.words, batch.word_starts)
        label = self.text_label(self.drop(self.text_norm(self._text(rows, batch))))
        return scores[:, : self.signals], scores[:, self.signals :], label

    def loss(self, batch: _Batch) -> Tensor:
        """Return what is to become small."""
        present, meant, label = self(batch)
        total: Tensor = functional.binary_cross_entropy_with_logits(
            present, batch.present, reduction="none"
        )
        total = total.sum(1).mean()
        marked = batch.meant.sum(1) > 0
        if marked.any():
            shares = batch.meant[marked] / batch.meant[marked].sum(1, keepdim=True)
            each = -(shares * meant[marked].log_softmax(-1)).sum(1)
            total = total + POLARITY_SHARE * each.mean()
        known = batch.labels >= 0
        if known.any():
            total = total + LABEL_SHARE * functional.cross_entropy(
                label[known], batch.labels[known]
            )
        return total

    def arrays(self) -> Arrays:
        """Return the weights by their names in the model file."""
        made: dict[str, Tensor] = {
            f"layer{place}_{name}": weights
            for place, layer in enumerate(self.layers)
            for name, weights in layer.named_parameters()
        }
        made |= {
            "questions": self.asked.weight.T,
            "questions_bias": self.asked.bias,
            "norm": self.norm.weight,
            "norm_bias": self.norm.bias,
            "said_dense": self.said.weight.T,
            "said_bias": self.said.bias,
            "said_words": self.words.weight,
        }
        return {name: tensor.detach().numpy().copy() for name, tensor in made.items()}

    def _clauses(self, rows: Tensor, batch: _Batch) -> Tensor:
        sizes = batch.inside.sum(2, keepdim=True).clamp(min=1)
        mean = torch.bmm(batch.inside / sizes, rows)
        asked = self.asked(rows)[:, None].masked_fill(batch.inside[..., None] == 0, -1e9)
        texts, clauses, pieces, _ = asked.shape
        weights = asked.softmax(2).transpose(2, 3).reshape(texts, clauses * QUESTIONS, pieces)
        picked = torch.bmm(weights, rows).reshape(texts, clauses, -1)
        none = torch.zeros_like(mean[:, :1])
        before = torch.cat([none, mean[:, :-1]], 1)
        after = torch.cat([mean[:, 1:], none], 1)
        return torch.cat([mean, picked, before, after], 2)[batch.is_clause]

    def _text(self, rows: Tensor, batch: _Batch) -> Tensor:
        mean = rows.sum(1) / batch.held.sum(1, keepdim=True)
        asked = self.text_asked(rows).masked_fill(batch.held[..., None] == 0, -1e9)
        picked = torch.bmm(asked.softmax(1).transpose(1, 2), rows).flatten(1)
        return torch.cat([mean, picked], 1)


def tune(tuner: Tuner, examples: Sequence[Example], epochs: int, rate: float = 1.0) -> None:
    """Let it learn from the examples; `rate` is a share of the usual learning rates."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    optimiser, rates = _optimiser(tuner, rate)
    steps, done = epochs * math.ceil(len(examples) / BATCH), 0
    started = time.monotonic()
    for epoch in range(epochs):
        tuner.train()
        total = 0.0
        for batch in _batches(examples, chance):
            share = min(1, (done + 1) / WARM_UP) * max(0.02, 1 - done / steps)
            for group, usual in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = usual * share
            loss = tuner.loss(batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(tuner.parameters(), 1.0)
            optimiser.step()
            total, done = total + loss.item(), done + 1
        mean, took = total * epochs / steps, time.monotonic() - started
        print(f"epoch {epoch + 1} of {epochs}: loss {mean:.3f}, {took:.0f} s", file=sys.stderr)
    tuner.eval()


def _optimiser(tuner: Tuner, rate: float) -> tuple[torch.optim.Optimizer, list[float]]:
    groups: Mapping[str, list[nn.Parameter]] = {"layers": [], "words": [], "": []}
    for name, weights in tuner.named_parameters():
        part = name.split(".")[0]
        groups[part if part in groups else ""].append(weights)
    usual = {"layers": LAYER_RATE, "words": WORD_RATE, "": READER_RATE}
    made = torch.optim.AdamW(
        [
            {"params": held, "lr": rate * usual[part][0], "weight_decay": usual[part][1]}
            for part, held in groups.items()
        ]
    )
    return made, [rate * usual[part][0] for part in groups]


def _batches(examples: Sequence[Example], chance: np.random.Generator) -> Iterator[_Batch]:
    """Yield all examples in batches of like length, in an order of chance."""
    lengths = np.array([len(each.states) for each in examples])
    order = np.argsort(lengths + chance.uniform(-15, 15, len(examples)))
    batches = [order[place : place + BATCH] for place in range(0, len(order), BATCH)]
    chance.shuffle(batches)
    for places in batches:
        yield _batch([examples[place] for place in places], chance)


def _batch(examples: Sequence[Example], chance: np.random.Generator) -> _Batch:
    """Put examples together, with some pieces and words left out, so that none is relied upon."""
    pieces = max(len(each.states) for each in examples)
    clauses = max(len(each.spans) for each in examples)
    states = torch.zeros(len(examples), pieces, examples[0].states.shape[1])
    held = torch.zeros(len(examples), pieces)
    inside = torch.zeros(len(examples), clauses, pieces)
    words: list[int] = []
    starts: list[int] = []
    for row, each in enumerate(examples):
        states[row, : len(each.states)] = torch.from_numpy(each.states.astype(np.float32))
        kept = chance.random(len(each.states)) >= PIECES_LEFT_OUT
        held[row, : len(each.states)] = torch.from_numpy(kept.astype(np.float32))
        for place, (start, end) in enumerate(each.spans):
            own = kept[start:end] if kept[start:end].any() else np.ones(end - start, dtype=bool)
            held[row, start:end] = inside[row, place, start:end] = torch.from_numpy(
                own.astype(np.float32)
            )
            starts.append(len(words))
            words += [word for word in each.words[place] if chance.random() >= WORDS_LEFT_OUT]
    return _Batch(
        states=states,
        held=held,
        inside=inside,
        is_clause=torch.tensor(
            [[place < len(each.spans) for place in range(clauses)] for each in examples]
        ),
        words=torch.tensor(words, dtype=torch.long),
        word_starts=torch.tensor(starts, dtype=torch.long),
        present=torch.from_numpy(np.concatenate([each.present for each in examples])),
        meant=torch.from_numpy(np.concatenate([each.meant for each in examples])),
        labels=torch.tensor([each.label for each in examples]),
    )
