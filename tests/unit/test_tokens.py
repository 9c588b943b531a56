"""Cutting text into terms: numbers, compounds, marks, stop words, limits."""

import pytest

from search.text.tokens import MAX_TERM_CHARS, analyse, occurrences


def _terms(text: str) -> list[str]:
    return [token.term for token in analyse(text)]


def test_offsets_lead_back_to_the_vowelled_source() -> None:
    text = "تُشَدَّدُ العُقُوبَــةُ."
    assert [text[t.start : t.end] for t in analyse(text)] == ["تُشَدَّدُ", "العُقُوبَــةُ"]


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("٢٠١٣", "2013"),  # Arabic-Indic digits
        ("۲۰۱۳", "2013"),  # Persian digits
        ("5,000", "5000"),  # thousands
        ("٥٬٠٠٠", "5000"),  # Arabic thousands separator
        ("٥،٠٠٠", "5000"),  # Arabic comma as typists use it
        ("12,345,678", "12345678"),  # millions
        ("٠٣", "3"),  # leading zero
        ("0", "0"),  # nothing but zero
        ("1.5", "1.5"),  # decimals
        ("١٫٥", "1.5"),  # Arabic decimal separator
        ("5.000", "5.000"),  # five dinars in fils, not five thousand
    ],
)
def test_a_number_is_written_one_way(written: str, term: str) -> None:
    assert _terms(written) == [term]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("91/2013", ["91", "2013"]),  # number and year
        ("2013-03-17", ["2013", "3", "17"]),  # a date is no compound
        ("1,23", ["1", "23"]),  # no thousands
        ("1,0000", ["1", "0"]),  # no thousands
        ("م٢", ["م", "2"]),  # abbreviation joined to its number
        ("24bis", ["24", "bis"]),  # likewise
        ("عملart", ["عمل", "art"]),  # two scripts without a space
    ],
)
def test_numbers_and_scripts_end_where_they_end(text: str, terms: list[str]) -> None:
    assert _terms(text) == terms


def test_a_compound_gives_the_whole_and_its_parts() -> None:
    assert _terms("cross-border") == ["crossbord", "cross", "border"]
    assert _terms("anti-trafficking")[0] == _terms("antitrafficking")[0]
    assert _terms("non‑governmental")[0] == _terms("nongovernmental")[0]  # unbreakable hyphen


def test_a_compound_of_grammar_words_alone_still_has_a_term() -> None:
    assert _terms("there-of") == ["thereof"]


def test_accents_do_not_matter() -> None:
    assert _terms("régime") == _terms("re\u0301gime") == _terms("regime")


def test_stop_words_go_unless_asked_for() -> None:
    assert _terms("of the persons") == ["person"]
    assert [t.term for t in analyse("من هو", keep_stop_words=True)] == ["من", "هو"]


def test_one_character_may_hold_several_words() -> None:
    text = "النبي ﷺ"
    assert {(t.start, t.end) for t in analyse(text)[1:]} == {(6, 7)}


def test_a_term_has_a_limit() -> None:
    (token,) = analyse("x" * 5000)
    assert len(token.term) <= MAX_TERM_CHARS
    assert (token.start, token.end) == (0, 5000)


@pytest.mark.parametrize("text", ["", " \n", "…؟!", "ــــ", "\u064b\u064c", "\ud800", "\x00"])
def test_text_without_letters_or_digits_has_no_terms(text: str) -> None:
    assert analyse(text) == []


def test_occurrences_finds_only_what_is_asked_for() -> None:
    text = "تعاقب المحكمة كل شخص، وللمحكمة أن تخفف."
    found = occurrences(text, {"محكمه"})
    assert [text[t.start : t.end] for t in found] == ["المحكمة", "وللمحكمة"]
