"""Teach the shipped model the cases of further writers; `python -m eval.distinction.teaching`.

Takes half an hour where learning everything anew (train.py) takes three: what the model knows is
kept, the new cases are learned beside some old ones, so that those are not forgotten, and what the
model found in the new cases before it learned them mends how findings are weighed. Needs torch.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from eval.distinction.cases import Case, read_cases
from eval.distinction.fitting import fit_one_of, word_matrix
from eval.distinction.phrases import read_phrases
from eval.distinction.train import (
    MARKED_TRUST,
    SETS,
    WEIGHER_COST,
    WEIGHER_WORD_COST,
    Floats,
    Read,
    examples_of,
    findings_of,
    halves,
    identity_of,
    marked_findings,
    model_from,
    prepare,
    save,
    scores_of,
    vocabulary_of,
)
from eval.distinction.tuning import SEED, Tuner, tune
from search.distinction.embedding import load_encoder
from search.distinction.features import wording
from search.distinction.plain_words import raised
from search.distinction.results import PRIMARY
from search.distinction.signals import MODEL_FILE, Linear, SignalModel, load_model

OLD_TEXTS = 3000  # learned again beside the new ones
EPOCHS, RATE = 2, 0.4


def chosen(cases: Sequence[Case], writers: Sequence[str]) -> tuple[list[Case], list[Case]]:
    """Return the cases of the new writers, and OLD_TEXTS of the others by chance."""
    new = [case for case in cases if case.id.split("-")[1] in writers]
    old = [case for case in cases if case.id.split("-")[1] not in writers]
    places = np.random.default_rng(SEED).permutation(len(old))[:OLD_TEXTS]
    return new, [old[place] for place in sorted(places)]


def vocabulary_with(model: SignalModel, texts: Sequence[Read]) -> dict[str, int]:
    """Return the names of features that the model knows, and after them those of the texts."""
    known = list(model.reader.said.vocabulary)
    further = [name for name in vocabulary_of(texts) if name not in model.reader.said.vocabulary]
    return {name: place for place, name in enumerate([*known, *further])}


def mend_weigher(
    old: SignalModel,
    model: SignalModel,
    found: Floats,
    cases: Sequence[Case],
    texts: Sequence[Read],
    marked: Sequence[Case],
) -> SignalModel:
    """Return `model` with the weigher of `old`, changed as far as `found` in new cases asks for."""
    wanted = np.eye(len(PRIMARY))[[PRIMARY.index(case.label) for case in (*cases, *marked)]]
    mean, spread = old.weigher["mean"], old.weigher["spread"]
    seen = np.concatenate([np.sqrt(found), marked_findings(marked, old.signals)])
    rows: Floats = ((seen - mean) / spread).astype(np.float64)
    trust = np.concatenate([np.ones(len(cases)), np.full(len(marked), MARKED_TRUST)])
    said = [wording(read.features) for read in texts]
    words = word_matrix([*said, *([] for _ in marked)], old.weighing.vocabulary)
    held = old.weighing
    base = words @ held.words + rows @ held.dense + held.bias
    change = fit_one_of(words, rows, wanted, WEIGHER_WORD_COST, WEIGHER_COST, trust, base)
    parts = halves(change)
    weighing = Linear(
        held.vocabulary, held.words + parts[0], held.dense + parts[1], held.bias + parts[2]
    )
    return replace(model, weighing=weighing, weigher=old.weigher)


def main() -> None:
    """Teach the shipped model; write it over itself, or elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("writers", nargs="+", help="whose cases are new, such as ac ba")
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    args = parser.parse_args()
    old = load_model()
    cases = read_cases(SETS / "train", old.signals)
    new, again = chosen(cases, args.writers)
    encoder = load_encoder()
    texts, lone = prepare(
        [*new, *again], read_phrases(SETS / "phrases", old.signals), old.signals, encoder
    )
    unseen = texts[: len(new)]
    scores = [raised(scores_of(old, encoder, text), text.facts, old.signals) for text in unseen]
    found = findings_of(old, unseen, scores)
    vocabulary = vocabulary_with(old, [*texts, *lone])
    tuner = Tuner(old.layers, encoder.heads, len(vocabulary), len(old.signals))
    tuner.know(old.reader)
    examples = [replace(each, label=-1) for each in examples_of([*texts, *lone], vocabulary)]
    tune(tuner, examples, EPOCHS, RATE)
    model = model_from(tuner, vocabulary, old.signals, old.embedder, identity_of(SETS))
    save(mend_weigher(old, model, found, new, unseen, cases), tuner, args.out)
    print(f"{len(new)} new texts, {len(again)} old ones → {args.out.name}")


if __name__ == "__main__":
    main()
