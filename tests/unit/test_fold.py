"""Folding: what is dropped, what is one, and the way back to the source."""

import pytest

from search.text.fold import fold, fold_text


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("الْمُقَـرَّرَة", "المقرره"),  # vowels, shadda, tatweel, taa marbuta
        ("إقامة أجر آلة ٱسم", "اقامه اجر اله اسم"),  # seats of alef
        ("مستشفى فارسی کويت", "مستشفي فارسي كويت"),  # alef maqsura, Persian yeh and kaf
        ("ھذہ", "هذه"),  # shapes of heh that PDF files hold
        ("مسؤول شئون", "مسؤول شئون"),  # hamza on waw and yeh stays
        ("٩١ ۹۱ 91", "91 91 91"),  # digits
        ("ﻗﺎﻧﻮﻥ ﻻ", "قانون لا"),  # presentation forms, ligature
        ("Straße ＬＡＷ", "strasse law"),  # case, width
        ("\u202bق\u200dا\u00adن\ufeff", "قان"),  # bidi marks, joiner, soft hyphen, BOM
    ],
)
def test_folding(source: str, folded: str) -> None:
    assert fold_text(source) == fold(source).text == folded


def test_the_way_back() -> None:
    folded = fold("قَـانون ﷺ")
    assert folded.text[:5] == "قانون"
    assert folded.source_span(0, 5) == (0, 7)
    assert folded.source_span(6, len(folded.text)) == (8, 9)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 2), (2, 1), (0, 4)])
def test_a_span_outside_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no such span in 3 folded characters"):
        fold("نصا").source_span(start, end)
