"""Where sentences end, and where a point ends none."""

import pytest

from search.text.sentences import sentences

CASES = [
    ("يعاقب الفاعل. وتصادر الأموال.", 2),  # two sentences
    ("هل يعاقب؟ نعم! يعاقب", 3),  # Arabic question mark
    ("يعاقب الفاعل؛ وتصادر الأموال", 2),  # Arabic semicolon
    ("يعاقب الفاعل.وتصادر الأموال", 2),  # the blank left out
    ("السطر الأول\nالسطر الثاني", 2),  # lines
    ("وفق م. ٢ من ق. ٩١ لسنة ٢٠١٣", 1),  # Arabic abbreviations
    ("المبلغ ٥٠٠ د.ك. ويضاعف عند التكرار", 1),  # a currency's letters
    ("See art. 5 and No. 91 of 2013", 1),  # English abbreviations
    ("A fine of 1.5 times the price", 1),  # decimals
    ("١.٥ مثل القيمة", 1),  # likewise
    ("1. First item", 1),  # list marker
    ("أ. البند الأول", 1),  # likewise
    ("(iv). Fourth item", 1),  # likewise
    ("It follows Law 91. The fine is due.", 2),  # a number may end a sentence
    ("He said “Leave.” She left.", 2),  # the quote belongs to its sentence
    ("He left... and came back", 2),  # dots
    ("(a) one; (b) two", 2),  # clauses
    ("", 0),  # nothing
    (" \n \n", 0),  # blanks
]


@pytest.mark.parametrize(("text", "count"), CASES)
def test_number_of_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_spans_hold_the_sentence_with_its_mark_and_no_blanks() -> None:
    text = "  يعاقب الفاعل.  وتصادر الأموال؛\n"
    assert [text[a:b] for a, b in sentences(text)] == ["يعاقب الفاعل.", "وتصادر الأموال؛"]
