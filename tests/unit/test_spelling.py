"""Did you mean: slips are found, other words are left alone, and good queries are not nagged."""

from __future__ import annotations

import pytest

from eval.needs import read_needs
from ingest.bundle import bundle_items, read_item
from search.model import Language
from search.spelling import ATTESTED, Vocabulary, slips
from search.text.tokens import analyse
from tests.support import ROOT

TEXTS = ["human trafficking and residency permits", "الاتجار بالأشخاص وحجز الجوازات"] * ATTESTED


def unknown(term: str) -> bool:
    return False


@pytest.fixture(scope="module")
def small() -> Vocabulary:
    return Vocabulary.of(TEXTS, ["forced labour", "السخرة"])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("arms", "arms", 0),
        ("amrs", "arms", 1),
        ("am", "arms", 2),
        ("", "arms", 4),
        ("جوز", "جواز", 1),
    ],
)
def test_slips_are_counted(one: str, other: str, expected: int) -> None:
    assert slips(one, other) == slips(other, one) == expected


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("human traficking", "human trafficking"),
        ("residensy permit", "residency permit"),
        ("الاتجرا بالأشخاص", "الاتجار بالأشخاص"),
        ("forced laobur", "forced labour"),
    ],
)
def test_a_slip_is_set_right_and_the_rest_stays(small: Vocabulary, query: str, meant: str) -> None:
    assert small.suggest(query, unknown) == meant


@pytest.mark.parametrize(
    "query",
    [
        "human trafficking",  # known
        "cafe",  # short
        "12345 67890",  # numbers
        "xylophone",  # like nothing
        "drafficking",  # another first letter
        "traficking residensy laobur jawazaat humann",  # another vocabulary altogether
    ],
)
def test_other_words_are_left_alone(small: Vocabulary, query: str) -> None:
    assert small.suggest(query, unknown) is None


def test_a_word_the_index_knows_in_another_form_is_no_slip(small: Vocabulary) -> None:
    assert small.suggest("traficking", lambda term: True) is None


@pytest.mark.slow
def test_good_queries_are_hardly_ever_nagged() -> None:
    """Over the needs that search is measured with: none of them is misspelt."""
    texts, names = [], []
    for item in bundle_items(ROOT / "corpus"):
        given = read_item(item)
        texts += [expression.text for expression in given.expressions]
        for editorial in given.editorials:
            texts += [*editorial.asks_ar, *editorial.asks_en]
        for concept in given.concepts:
            names += [concept.label.ar, concept.label.en, *concept.alt_ar, *concept.alt_en]
    vocabulary = Vocabulary.of(texts, filter(None, names))
    terms = {t.term for word in vocabulary.counts for t in analyse(word, keep_stop_words=True)}
    queries = [need.topic(language).query for need in read_needs() for language in Language]
    nagged = [q for q in queries if vocabulary.suggest(q, terms.__contains__)]
    assert len(queries) > 400
    assert len(nagged) <= 0.02 * len(queries), nagged
