"""Cutting facts into clauses: exact spans, no word lost, no piece too short."""

from __future__ import annotations

import pytest

from search.distinction.clauses import split_facts


def clauses(text: str) -> list[str]:
    facts = split_facts(text)
    return [facts.words(clause) for clause in facts.clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a comma cuts
            "He took my passport on the first day, and he would not return it.",
            ["He took my passport on the first day", "and he would not return it"],
        ),
        (  # a conjunction cuts without a comma
            "The door was locked but she had a key of her own",
            ["The door was locked", "but she had a key of her own"],
        ),
        (  # a piece of one word joins the next
            "Sir, they have not paid me since March.",
            ["Sir, they have not paid me since March"],
        ),
        (
            "أخذ الكفيل جوازي من أول يوم، ورفض أن يرده إلي",
            ["أخذ الكفيل جوازي من أول يوم", "ورفض أن يرده إلي"],
        ),
        ("", []),
        ("؟!", []),
    ],
)
def test_clauses_are_cut_where_they_join(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_long_run_is_cut_before_a_joined_verb_but_not_in_a_word_that_begins_with_waw() -> None:
    text = "استقدمني المكتب للعمل في مطعم وزارة الصحة بالفروانية وأخذ مني جواز سفري وأوراقي كلها"
    found = clauses(text)
    assert len(found) > 1
    assert not any(each.startswith("وزارة") for each in found)


def test_sentence_of_each_clause_is_known() -> None:
    facts = split_facts("He was paid on time. She was not paid, and she left the house.")
    assert [clause.sentence for clause in facts.clauses] == [0, 1, 1]
    assert len(facts.sentences) == 2
