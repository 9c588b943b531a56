"""Paragraphs, points and definitions inside a provision."""

from __future__ import annotations

import pytest

from ingest.splitters.clauses import clauses
from ingest.splitters.markers import mark_at
from search.identifiers import UnitId

UNIT = UnitId("xx-law-2000-1", ("art-1",))


def parts(text: str) -> dict[str, str]:
    return {c.id.split("/", 2)[2]: text[c.start : c.end] for c in clauses(text, UNIT)}


def test_nested_paragraphs_and_points() -> None:
    text = "1. A ferry shall:\n(a) stop;\n(b) wait, if:\n(i) late;\n(ii) full.\n2. It shall sail."
    assert parts(text) == {
        "par-1": "1. A ferry shall:\n(a) stop;\n(b) wait, if:\n(i) late;\n(ii) full.",
        "par-1/pt-a": "(a) stop;",
        "par-1/pt-b": "(b) wait, if:\n(i) late;\n(ii) full.",
        "par-1/pt-b/pt-i": "(i) late;",
        "par-1/pt-b/pt-ii": "(ii) full.",
        "par-2": "2. It shall sail.",
    }


def test_the_letter_i_after_h_is_no_roman_one() -> None:
    text = "\n".join(f"({letter}) item {letter};" for letter in "abcdefghij")
    assert list(parts(text)) == [f"pt-{letter}" for letter in "abcdefghij"]


def test_a_plain_paragraph_ends_a_list_that_a_sentence_led_to() -> None:
    text = "يشترط ما يأتي:\n١- السن.\n٢- الأهلية.\nوللوزير الإعفاء من أحدها."
    assert parts(text) == {"pt-1": "١- السن.", "pt-2": "٢- الأهلية."}


def test_items_in_running_text_need_a_second() -> None:
    text = "تضاعف العقوبة في حالتين: 1- الليل. 2- الكسر. ولا يخل ذلك بالمادة 3."
    assert list(parts(text)) == ["pt-1", "pt-2"]
    assert parts("يسري ذلك: 1- وحده.") == {}


def test_two_lists_have_ids_of_their_own() -> None:
    first = "يلتزم المالك بما يأتي:\n1- الصيانة.\n2- الحراسة."
    text = f"{first}\nويلتزم المستأجر بما يأتي:\n1- الدفع.\n2- الرد."
    assert list(parts(text)) == ["pt-1", "pt-2", "pt-1-2", "pt-2-2"]


def test_definitions_by_line_without_marks() -> None:
    text = "يقصد بالكلمات الآتية المعاني المبينة:\nالمركب : كل ما يطفو.\nالربان : من يقوده."
    found = clauses(text, UNIT)
    assert [(c.id.rpartition("/")[2], c.label) for c in found] == [
        ("def-1", "المركب"),
        ("def-2", "الربان"),
    ]


def test_a_sentence_about_purposes_is_no_list_of_terms() -> None:
    assert clauses("For the purposes of this Act, a boat means any vessel.", UNIT) == ()


def test_hostile_depth_and_repetition_stay_bounded() -> None:
    text = "1. a\n" * 400 + "(a) b\n" * 400
    found = clauses(text, UNIT)
    assert len({c.id for c in found}) == len(found)
    assert max(c.id.count("/") for c in found) <= 5


@pytest.mark.parametrize(
    ("text", "family", "ordinal"),
    [
        ("1. Each", "digit", 1),
        ("١- نص", "digit", 1),
        ("-1 نص", "digit", 1),
        ("(1) x", "digit()", 1),
        ("1: - نص", "digit", 1),
        ("أ- نص", "abjad", 1),
        ("(ب) نص", "abjad()", 2),
        ("هـ - نص", "abjad", 5),
        ("(a)any", "latin-a", 1),
        ("(iv) x", "roman-a", 4),
        ("ثانياً: نص", "word", 2),
    ],
)
def test_marks(text: str, family: str, ordinal: int) -> None:
    mark = mark_at(text, 0)
    assert mark is not None
    assert (family, ordinal) in {(r.family, r.ordinal) for r in mark.readings}


@pytest.mark.parametrize("text", ["10.5 metres", "e.g. this", "12/2020", "وعلى", "3 years"])
def test_no_marks(text: str) -> None:
    assert mark_at(text, 0) is None
