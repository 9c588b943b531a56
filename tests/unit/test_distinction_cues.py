"""Cues: who speaks, what is denied, heard or feared, and where it stands."""

from __future__ import annotations

import pytest

from search.distinction.cues import cues, placed_cues


@pytest.mark.parametrize(
    ("clause", "cue"),
    [
        ("nobody stopped her", "not"),
        ("they didn't pay", "not"),
        ("ما عطوني راتبي", "not"),  # Gulf
        ("لم يضربها أحد", "not"),
        ("وأنكر المتهم ذلك", "denies"),
        ("his lawyer argues otherwise", "accused"),
        ("دفع محاميه بذلك", "accused"),
        ("I heard it from a friend", "heard"),
        ("يقال إنها محبوسة", "heard"),
        ("she fears they may report her", "doubt"),
        ("إذا خرجت أبلغ عنها", "if"),
        ("she later withdrew what she had said", "retracts"),
        ("ثم تراجعت عن أقوالها", "retracts"),
        ("the inspectors verified the payroll", "check"),
    ],
)
def test_cue_is_found(clause: str, cue: str) -> None:
    assert cue in cues(clause)


def test_letters_inside_a_word_are_no_cue() -> None:
    assert "not" not in cues("the notice was posted on the noticeboard")
    assert "if" not in cues("the specific gift")


def test_cues_carry_over_within_a_sentence_and_to_the_next() -> None:
    clauses = ["the accused says", "the door stayed open", "she was locked in"]
    placed = placed_cues(clauses, [0, 0, 1])
    assert "before:accused" in placed[1]
    assert "in:accused" not in placed[1]
    assert "last:accused" in placed[2]
    assert "after:own" not in placed[0]
