"""BM25 against the formula written out independently."""

import math

import numpy as np
import pytest

from search.index.port import SparseVector
from search.lexical import encode_document, encode_query, term_index
from search.text.tokens import analyse

CORPUS = (
    "يعاقب على الاتجار بالأشخاص بالحبس المؤبد",
    "تضاعف عقوبة الحبس إذا كان المجني عليه طفلا، ولا ينزل الحبس عن خمس سنوات",
    "تصادر الأموال المتحصلة من الجريمة",
    "على صاحب العمل تسليم جواز السفر إلى العامل",
    "an employer returns the passport to the worker on demand",
)
QUERIES = ("عقوبة الحبس", "جوازات سفر العمال", "passport of a worker", "حبس حبس", "غائب")


def _reference(query: str, k1: float = 1.2, b: float = 0.75) -> list[float]:
    """Score by the textbook: sum of IDF times saturated frequency over the query's words."""
    documents = [[token.term for token in analyse(text)] for text in CORPUS]
    average = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for term in {token.term for token in analyse(query)}:
            df = sum(term in other for other in documents)
            idf = math.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
            tf = document.count(term)
            score += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len(document) / average))
        scores.append(score)
    return scores


def _as_the_index_does(query: str) -> list[float]:
    """Score by sparse products with the IDF that the index supplies."""
    documents = [[token.term for token in analyse(text)] for text in CORPUS]
    average = sum(map(len, documents)) / len(documents)
    vectors = [dict(_items(encode_document(terms, average))) for terms in documents]
    asked = encode_query([token.term for token in analyse(query)])
    scores = []
    for vector in vectors:
        score = 0.0
        for index, weight in _items(asked):
            df = sum(index in other for other in vectors)
            idf = math.log(1 + (len(vectors) - df + 0.5) / (df + 0.5))
            score += weight * vector.get(index, 0.0) * idf
        scores.append(score)
    return scores


def _items(vector: SparseVector) -> list[tuple[int, float]]:
    return list(zip(vector.indices, vector.values, strict=True))


@pytest.mark.parametrize("query", QUERIES)
def test_scores_equal_the_formula(query: str) -> None:
    np.testing.assert_allclose(_as_the_index_does(query), _reference(query), rtol=1e-12)


def test_the_right_document_wins() -> None:
    assert int(np.argmax(_as_the_index_does("عقوبة الحبس"))) == 1
    assert int(np.argmax(_as_the_index_does("جوازات سفر العمال"))) == 3


def test_indices_are_ascending_and_unique() -> None:
    vector = encode_document(["ب", "أ", "ب", "ج"], 4.0)
    assert list(vector.indices) == sorted(set(vector.indices))
    assert len(vector.indices) == len(vector.values) == 3


def test_dimensions_are_the_same_everywhere() -> None:
    # As `b2sum -l 32` gives it: an index built elsewhere must agree with this.
    assert term_index("عقوب") == 229_455_592
    assert all(0 <= term_index(str(n)) < 2**32 for n in range(1000))


def test_terms_that_share_a_dimension_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.lexical.term_index", lambda term: 7)
    both = encode_document(["one", "two"], 2.0)
    monkeypatch.undo()
    twice = encode_document(["one", "one"], 2.0)
    assert both.indices == (7,)
    assert both.values == twice.values


def test_nothing_gives_an_empty_vector() -> None:
    assert encode_document([], 10.0) == encode_query([]) == SparseVector((), ())


@pytest.mark.parametrize("average", [0.0, -1.0])
def test_an_average_must_be_positive(average: float) -> None:
    with pytest.raises(ValueError, match="average_terms"):
        encode_document(["x"], average)
