"""The language of a text by its letters."""

import pytest

from search.model import Language
from search.text.language import detect_language, script_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ما عقوبة الاتجار؟", Language.AR),  # Arabic
        ("What is the penalty?", Language.EN),  # English
        ("ﻗﺎﻧﻮﻥ", Language.AR),  # presentation forms of a PDF file
        ("ＬＡＷ", Language.EN),  # full-width letters
        ("قانون trafficking in persons", Language.EN),  # the majority of letters
        ("ab قا", Language.AR),  # equal: the language of the law
        ("91/2013", None),  # digits are no letters
        ("٩١/٢٠١٣", None),  # of either script
        ("закон", None),  # neither
        ("", None),
    ],
)
def test_language(text: str, language: Language | None) -> None:
    assert detect_language(text) is language


@pytest.mark.parametrize("char", ["×", "،", "٣", "\u064e", " ", "字", "\x00"])
def test_other_characters_have_no_script(char: str) -> None:
    assert script_of(char) is None
