"""The labels of the cases are what their marks say."""

from __future__ import annotations

import numpy as np
import pytest

from eval.distinction.cases import Case
from eval.distinction.labels import by_id, chances, doubted, read_all
from eval.distinction.train import read_signals
from search.distinction.results import PRIMARY
from search.model import Language
from tests.support import ROOT

pytest.importorskip("scipy")


def test_no_label_is_doubted() -> None:
    signals = read_signals(ROOT / "corpus")
    cases = read_all(signals)
    found = chances(cases, signals)
    named = found.argmax(axis=1)
    right = [PRIMARY[place] == case.label for place, case in zip(named, cases, strict=True)]
    assert np.mean(right) > 0.98  # else a doubt means little
    assert doubted(cases, by_id(cases, found)) == []


def a_case(name: str, label: str, pair: str | None) -> Case:
    return Case(name, pair or name, pair, label, "", Language.AR, "", ())


def sure_of(label: str) -> np.ndarray:
    row = np.full(len(PRIMARY), 0.01)
    row[PRIMARY.index(label)] = 0.91
    return row


def test_swapped_labels_of_a_pair_are_doubted() -> None:
    cases = [
        a_case("tr-a-1", "trafficking", "tr-a-p1"),
        a_case("tr-a-2", "insufficient", "tr-a-p1"),
        a_case("tr-a-3", "kidnapping", None),
    ]
    straight = {
        "tr-a-1": sure_of("trafficking"),
        "tr-a-2": sure_of("insufficient"),
        "tr-a-3": sure_of("kidnapping"),
    }
    assert doubted(cases, straight) == []
    swapped = {**straight, "tr-a-1": straight["tr-a-2"], "tr-a-2": straight["tr-a-1"]}
    assert doubted(cases, swapped) == ["tr-a-1", "tr-a-2"]
    assert doubted(cases, {**straight, "tr-a-3": sure_of("trafficking")}) == ["tr-a-3"]
