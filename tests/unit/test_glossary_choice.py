"""Terms are chosen by family and words of either language, and stand where readers look."""

from __future__ import annotations

import pytest

from search.errors import BadRequest
from search.glossary import (
    MAX_WORDS_CHARS,
    OTHER_LETTERS,
    choose_concepts,
    first_letter,
    in_alphabetical_order,
)
from search.model import Bilingual, Concept, Language

LABOUR = Concept(
    "forced-labour",
    Bilingual("السخرة", "forced labour"),
    "purpose",
    alt_ar=("العمل القسري",),
    alt_en=("compulsory labour",),
)
VISA = Concept("visa", Bilingual("سِمة الدخول", "entry visa"), "document")
SHELTER = Concept("shelter", Bilingual("الإيواء", "Shelter"), "act")
EVERYTHING = (LABOUR, VISA, SHELTER)


def ids(concepts: object) -> list[str]:
    return [concept.id for concept in concepts]  # type: ignore[attr-defined]


def test_an_empty_filter_leaves_nothing_out() -> None:
    assert choose_concepts(EVERYTHING) == EVERYTHING
    assert choose_concepts(EVERYTHING, "  ") == EVERYTHING


@pytest.mark.parametrize(
    ("words", "family", "found"),
    [
        ("COMPULSORY", "", ["forced-labour"]),
        ("القسرى", "", ["forced-labour"]),
        ("ايواء", "", ["shelter"]),
        ("سمة", "", ["visa"]),
        ("labour forced", "", ["forced-labour"]),
        ("labour visa", "", []),
        ("", "act", ["shelter"]),
        ("labour", "act", []),
    ],
)
def test_words_are_found_folded_in_either_language(
    words: str, family: str, found: list[str]
) -> None:
    assert ids(choose_concepts(EVERYTHING, words, family)) == found


def test_a_filter_has_a_limit() -> None:
    with pytest.raises(BadRequest):
        choose_concepts(EVERYTHING, "x" * (MAX_WORDS_CHARS + 1))


def test_the_arabic_article_does_not_count_in_the_order() -> None:
    assert ids(in_alphabetical_order(EVERYTHING, Language.AR)) == [
        "shelter",
        "forced-labour",
        "visa",
    ]
    assert [first_letter(c, Language.AR) for c in EVERYTHING] == ["س", "س", "ا"]


def test_english_order_and_letters() -> None:
    assert ids(in_alphabetical_order(EVERYTHING, Language.EN)) == [
        "visa",
        "forced-labour",
        "shelter",
    ]
    assert [first_letter(c, Language.EN) for c in EVERYTHING] == ["F", "E", "S"]
    number = Concept("n", Bilingual(en="2000 protocol"), "document")
    assert first_letter(number, Language.EN) == OTHER_LETTERS
