"""Masking any text ends, masks twice as once, and leaves no private number of those it masks."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.deidentify import Masker
from search.model import Language
from tests.deidentify.cases import build_case
from tests.deidentify.measure import document_of_case, is_left, left_words

_WORDS = "المجني عليها المتهم فاطمة العنزي بن عبد الرحمن ل و / ... قررت بأن في علي على"
_PIECES = st.sampled_from(
    [*_WORDS.split(), "Maria", "Santos", "the victim", "99887766", "12/34567", "\n", "،", "."]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=200))
def test_any_text_can_be_masked(text: str) -> None:
    for language in Language:
        masked = Masker(text, language).mask(text)
        assert masked.count("\n") <= text.count("\n")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(Language), st.sampled_from(["", "_told"]))
def test_no_name_of_a_victim_is_left_anywhere(seed: int, language: Language, style: str) -> None:
    case = build_case(random.Random(seed), language, style)
    document = document_of_case(case)
    masked = Masker(document.text, language).mask_document(document)
    assert len(masked.lines) == len(document.lines)
    left = left_words(masked.text)
    for person in case.persons:
        if person.role in ("victim", "minor") and person.held_out:
            words = (person.given, person.family)
            unknown = [w.ar for w in words if w.held_out] + [w.en[0] for w in words if w.held_out]
            assert not [word for word in unknown if "-" not in word and is_left(word, left)]
