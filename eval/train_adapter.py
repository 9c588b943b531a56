"""Learn the matrix of search/adapter.py from the bundled collection: `make train-search`.

Every phrasing is a question whose answer is known: the texts of its provision in both languages,
and the provision's other phrasings. The matrix is trained to bring them together and the rest of
the batch apart (symmetric InfoNCE), held near the identity. No topic of the evaluation is seen.
Reproducible: the seed is fixed. Takes a minute on two cores; needs torch (`make models`).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import torch

from search.adapter import FILE
from search.catalogue import Catalogue
from search.embed.port import Embedder
from search.model import Role
from search.opening import open_parts
from search.settings import load_settings

EPOCHS = 6
BATCH = 512
RATE = 1e-3
TEMPERATURE = 0.03
PULL = 1e-2  # towards the identity: what the model knows is not to be unlearned
TEXT_SHARE = 0.5  # of the pairs whose answer is a text; the others' is another phrasing
SEED = 0


@dataclass(frozen=True, slots=True)
class Collection:
    """Vectors as the model gives them, the number of each row's provision, and who asks."""

    rows: torch.Tensor
    provision: npt.NDArray[np.int64]
    asking: npt.NDArray[np.int64]  # rows that are phrasings of a provision with texts
    texts: dict[int, list[int]]  # provision → rows
    phrasings: dict[int, list[int]]


def read_collection(catalogue: Catalogue, embedder: Embedder) -> Collection:
    """Read every passage that has its vector."""
    passages = list(catalogue.iterate_passages())
    hashes = [passage.content_hash for passage in passages]
    vectors = catalogue.get_embeddings(hashes, embedder.identity)
    passages = [passage for passage in passages if passage.content_hash in vectors]
    numbers = {group: n for n, group in enumerate(sorted({p.group for p in passages}))}
    texts: dict[int, list[int]] = defaultdict(list)
    phrasings: dict[int, list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        kept = texts if passage.role is Role.TEXT else phrasings
        kept[numbers[passage.group]].append(row)
    asking = [row for n, rows in phrasings.items() if texts[n] for row in rows]
    return Collection(
        torch.tensor(np.stack([vectors[p.content_hash] for p in passages]), dtype=torch.float32),
        np.array([numbers[p.group] for p in passages]),
        np.array(asking),
        texts,
        phrasings,
    )


def train(held: Collection) -> npt.NDArray[np.float32]:
    """Return the learned matrix."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    size = held.rows.shape[1]
    matrix = torch.eye(size).requires_grad_()
    optimizer = torch.optim.AdamW([matrix], lr=RATE, weight_decay=0)
    for epoch in range(EPOCHS):
        losses = []
        order = chance.permutation(held.asking)
        for start in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[start : start + BATCH]
            answers = [_answer(held, int(row), chance) for row in batch]
            loss = (
                _loss(matrix, held, batch, answers) + PULL * ((matrix - torch.eye(size)) ** 2).sum()
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            losses.append(float(loss.detach()))
        sys.stdout.write(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}\n")
    learned: npt.NDArray[np.float32] = matrix.detach().numpy()
    return learned


def _answer(held: Collection, row: int, chance: np.random.Generator) -> int:
    """Draw a text of the phrasing's provision, or another of its phrasings."""
    provision = int(held.provision[row])
    others = [other for other in held.phrasings[provision] if other != row]
    drawn = others if others and chance.random() >= TEXT_SHARE else held.texts[provision]
    return drawn[int(chance.integers(len(drawn)))]


def _loss(
    matrix: torch.Tensor, held: Collection, batch: npt.NDArray[np.int64], answers: list[int]
) -> torch.Tensor:
    unit = partial(torch.nn.functional.normalize, dim=-1)
    asked, answered = unit(held.rows[batch] @ matrix), unit(held.rows[answers] @ matrix)
    near = asked @ answered.T / TEMPERATURE
    provision = torch.tensor(held.provision[batch])
    # Another phrasing of the same provision is no wrong answer.
    twins = (provision[:, None] == provision[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
    near = near.masked_fill(twins, -1e4)
    wanted = torch.arange(len(batch))
    cross = torch.nn.functional.cross_entropy
    return (cross(near, wanted) + cross(near.T, wanted)) / 2


def main() -> None:
    """Train on the collection of the settings' home and write the file that ships."""
    parts = open_parts(load_settings())
    embedder = parts.load_embedder()
    matrix = train(read_collection(parts.catalogue, embedder))
    np.savez_compressed(
        FILE, embedder=np.array(embedder.identity), matrix=matrix.astype(np.float16)
    )
    sys.stdout.write(f"{FILE.name}: {matrix.shape[0]} × {matrix.shape[1]}\n")


if __name__ == "__main__":
    main()
