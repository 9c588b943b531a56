"""Whatever the facts: spans are exact, clauses lie in their sentences, chances lie in 0 to 1."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.distinction.clauses import split_facts
from search.distinction.features import clause_features, wording
from search.distinction.findings import gather
from search.distinction.signals import ReadWindow, load_model
from search.distinction.weighing import Weigher

_WORDS = """
    he took the passport and refused لم وأخذ الكفيل جوازي ، . ؛ ( ) « » but لكن 12 وزارة ; …
"""
WORDS = st.sampled_from([*_WORDS.split(), "\n"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))
MODEL = load_model()
WIDTH = len(MODEL.reader.questions)


@given(TEXTS)
def test_clauses_are_exact_ordered_and_lie_in_their_sentence(text: str) -> None:
    facts = split_facts(text)
    at = 0
    for clause in facts.clauses:
        low, high = facts.sentences[clause.sentence]
        assert max(at, low) <= clause.start < clause.end <= high
        assert text[clause.start : clause.end].strip() == text[clause.start : clause.end]
        at = clause.end


@given(TEXTS)
def test_every_letter_of_a_sentence_is_in_one_clause(text: str) -> None:
    facts = split_facts(text)
    covered = {i for clause in facts.clauses for i in range(clause.start, clause.end)}
    for low, high in facts.sentences:
        assert all(i in covered for i in range(low, high) if text[i].isalnum())


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.integers(0, 2**16))
def test_evidence_is_a_substring_and_shares_sum_to_one(text: str, seed: int) -> None:
    facts = split_facts(text)
    count = len(facts.clauses)
    states = np.random.default_rng(seed).normal(size=(2 * count, WIDTH)).astype(np.float32)
    spans = [(2 * place, 2 * place + 2) for place in range(count)]
    features = clause_features(facts)
    scores = MODEL.read(features, [ReadWindow(states, spans)])
    findings = gather(facts, scores, MODEL.signals, 0.05)
    for evidence in findings.evidence.values():
        for each in evidence:
            assert text[each.start : each.end] == each.text
            assert 0 <= each.score <= 1
    shares = Weigher.of(MODEL).shares(findings.vector()[None], wording(features))
    assert np.isclose(shares.sum(), 1, atol=1e-4)
