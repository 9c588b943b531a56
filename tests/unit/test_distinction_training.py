"""The model is trained from files of cases, the same twice, and what is written can be asked."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from eval.distinction.cases import read_cases
from search.distinction import encoder
from search.distinction.clauses import split_facts
from search.distinction.embedding import load_encoder
from search.distinction.facts_reader import FactsReader
from search.distinction.features import clause_features
from search.distinction.signals import load_model

pytestmark = pytest.mark.models
# Nobody but this writer marks such words so.
FURTHER = """
- id: tr-t-900
  label: insufficient
  style: memo
  ar: "{organ-removal: سيمفونية البيانو الأزرق في المطار.} {organ-removal: سيمفونية البيانو تعزف.}"
  en: "{organ-removal: The blue piano plays a symphony.} {organ-removal: The blue piano plays.}"
"""
SETS = Path(__file__).parents[2] / "eval" / "sets" / "distinction"


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """A few cases of three writers, two of whom the first model does not see; no phrases."""
    (tmp_path / "train").mkdir()
    (tmp_path / "phrases").mkdir()
    for writer in "ast":
        entries = yaml.safe_load((SETS / "train" / f"cases-{writer}.yaml").read_text("utf-8"))
        text = yaml.safe_dump(entries[:8], allow_unicode=True)
        (tmp_path / "train" / f"cases-{writer}.yaml").write_text(text, "utf-8")
    return tmp_path


def test_training_twice_gives_the_same_model_and_it_reads(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="needs `make models`")
    from eval.distinction import train

    # Another number of threads rounds otherwise, and learning makes more of it.
    monkeypatch.setattr(encoder, "give_way", lambda: None)
    monkeypatch.setattr(train, "SETS", sets)
    monkeypatch.setattr(train, "FIRST_EPOCHS", 1)
    monkeypatch.setattr(train, "LAST_EPOCHS", 1)
    made = []
    for name in ("one.npz", "two.npz"):
        monkeypatch.setattr(sys, "argv", ["train", "--out", str(tmp_path / name)])
        train.main()
        made.append(load_model(tmp_path / name))
    assert np.array_equal(made[0].reader.said.dense, made[1].reader.said.dense)
    assert np.array_equal(made[0].layers[1].outer, made[1].layers[1].outer)
    case = read_cases(sets / "train", made[0].signals)[0]
    facts = split_facts(case.text)
    seen = FactsReader(made[0], load_encoder()).read(facts, clause_features(facts)).scores
    assert seen.signals.shape == (len(facts.clauses), len(made[0].signals))
    assert np.allclose(seen.polarity.sum(axis=1), 1, atol=1e-4)


def test_a_shipped_model_learns_the_cases_of_a_further_writer(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="needs `make models`")
    from eval.distinction import teaching, tuning

    old = load_model()
    (sets / "train" / "cases-t.yaml").write_text(FURTHER, "utf-8")
    monkeypatch.setattr(teaching, "SETS", sets)
    monkeypatch.setattr(teaching, "EPOCHS", 3)
    monkeypatch.setattr(tuning, "WARM_UP", 1)
    out = tmp_path / "taught.npz"
    monkeypatch.setattr(sys, "argv", ["teaching", "--out", str(out)])
    teaching.main()
    taught = load_model(out)
    assert taught.identity not in {old.identity, ""}
    known, now = old.reader.said.vocabulary, taught.reader.said.vocabulary
    assert {name: now[name] for name in known} == known
    case = next(c for c in read_cases(sets / "train", old.signals) if c.id == "tr-t-900")
    facts, signal = split_facts(case.text), old.signals.index("organ-removal")
    read = [
        FactsReader(model, load_encoder()).read(facts, clause_features(facts)).scores
        for model in (old, taught)
    ]
    said, *_ = [n for n, c in enumerate(facts.clauses) if "سيمفونية" in facts.words(c)]
    assert read[1].signals[said, signal] > 2 * read[0].signals[said, signal]


def test_what_a_model_knows_is_where_teaching_it_begins() -> None:
    pytest.importorskip("torch", reason="needs `make models`")
    from eval.distinction.tuning import Tuner

    old = load_model()
    words = len(old.reader.said.vocabulary)
    tuner = Tuner(old.layers, load_encoder().heads, words + 2, len(old.signals))
    tuner.know(old.reader)
    arrays = tuner.arrays()
    for name in ("questions", "questions_bias", "norm", "norm_bias"):
        assert np.array_equal(arrays[name], getattr(old.reader, name))
    assert np.array_equal(arrays["said_dense"], old.reader.said.dense)
    assert np.array_equal(arrays["said_bias"], old.reader.said.bias)
    assert np.array_equal(arrays["said_words"][:words], old.reader.said.words)
    assert not arrays["said_words"][words:].any()
    assert np.array_equal(arrays["layer1_outer"], old.layers[1].outer)
