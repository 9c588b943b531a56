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
from tests.distinction_home import embedder

pytestmark = pytest.mark.models
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
    seen = FactsReader(made[0], load_encoder(), embedder()).read(facts, clause_features(facts))
    assert seen.signals.shape == (len(facts.clauses), len(made[0].signals))
    assert np.allclose(seen.polarity.sum(axis=1), 1, atol=1e-4)
