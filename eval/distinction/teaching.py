"""Go on teaching the shipped model all cases; `python -m eval.distinction.teaching`.

What it knows is kept and how findings are weighed stays; what is new is learned beside the old.
Takes three quarters of an hour on two cores, where learning everything anew (train.py) takes two
hours or three. Needs torch.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.distinction.cases import read_cases
from eval.distinction.phrases import read_phrases
from eval.distinction.train import (
    SETS,
    Read,
    examples_of,
    identity_of,
    model_from,
    prepare,
    save,
    vocabulary_of,
)
from eval.distinction.tuning import Tuner, tune
from search.distinction.embedding import load_encoder
from search.distinction.signals import MODEL_FILE, SignalModel, load_model

EPOCHS, RATE = 2, 0.5


def vocabulary_with(model: SignalModel, texts: Sequence[Read]) -> dict[str, int]:
    """Return the names of features that the model knows, and after them those of the texts."""
    known = list(model.reader.said.vocabulary)
    further = [name for name in vocabulary_of(texts) if name not in model.reader.said.vocabulary]
    return {name: place for place, name in enumerate([*known, *further])}


def main() -> None:
    """Teach the shipped model; write it over itself, or elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    args = parser.parse_args()
    old, encoder = load_model(), load_encoder()
    cases = read_cases(SETS / "train", old.signals)
    phrases = read_phrases(SETS / "phrases", old.signals)
    texts, lone = prepare(cases, phrases, old.signals, encoder)
    vocabulary = vocabulary_with(old, [*texts, *lone])
    tuner = Tuner(old.layers, encoder.heads, len(vocabulary), len(old.signals))
    tuner.know(old.reader)
    # A model keeps nothing of how whole texts are read, so that is not learned again.
    examples = [replace(each, label=-1) for each in examples_of([*texts, *lone], vocabulary)]
    tune(tuner, examples, EPOCHS, RATE)
    model = model_from(tuner, vocabulary, old.signals, old.embedder, identity_of(SETS))
    save(replace(model, weighing=old.weighing, weigher=old.weigher), tuner, args.out)
    print(f"{len(cases)} texts, {len(phrases)} phrases → {args.out.name}")


if __name__ == "__main__":
    main()
