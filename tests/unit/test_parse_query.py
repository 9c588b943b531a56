"""Reading a query: language, terms, phrases, and what is refused."""

import pytest

from search.errors import QueryEmpty, QueryTooLong
from search.model import Language
from search.query import MAX_PHRASES, MAX_QUERY_CHARS, QueryTerm, parse_query, phrase_matches


def _terms(text: str) -> list[str]:
    return [term.term for term in parse_query(text).terms]


def test_terms_keep_the_word_as_typed() -> None:
    parsed = parse_query("عقوبة الاتجارِ بالأشخاص")
    assert parsed.terms == (
        QueryTerm("عقوبة", "عقوب"),
        QueryTerm("الاتجارِ", "اتجار"),
        QueryTerm("بالأشخاص", "شخص"),
    )
    assert parsed.language is Language.AR


def test_a_repeated_word_is_one_term() -> None:
    assert _terms("persons and the person") == ["person"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("art 2 law 91/2013", Language.EN),  # letters decide
        ("م ٢ ق ٩١", Language.AR),  # letters decide
        ("91/2013", Language.AR),  # no letters: the language of the law
    ],
)
def test_language(text: str, language: Language) -> None:
    assert parse_query(text).language is language


@pytest.mark.parametrize("text", ["", " ", "\n\t ", " " * 9000])
def test_blanks_are_refused(text: str) -> None:
    with pytest.raises(QueryEmpty, match="empty"):
        parse_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "؟!…",  # punctuation
        "\u064b\u064c\u0651",  # diacritics
        "ــــ",  # tatweel
        "\x00\x07",  # controls
        "\u200f\u202b",  # bidi marks
        "\ud800",  # lone surrogate
        "😀",  # a picture
        '""',  # empty quotes
    ],
)
def test_marks_and_signs_are_refused_with_their_own_sentence(text: str) -> None:
    with pytest.raises(QueryEmpty, match="no letter and no number"):
        parse_query(text)


def test_the_limit_is_on_what_remains_without_blanks_at_the_ends() -> None:
    at_limit = "ق" * MAX_QUERY_CHARS
    assert parse_query(f" {at_limit} ").text == at_limit
    with pytest.raises(QueryTooLong, match="4001 characters and the limit is 4000"):
        parse_query(at_limit + "ق")


def test_what_no_one_sees_is_dropped() -> None:
    parsed = parse_query("قانون\x00الجزاء \ud800\u202eن\u200dص\x1b")
    assert parsed.text == "قانون الجزاء نص"


def test_a_question_of_grammar_only_keeps_its_words() -> None:
    assert _terms("من له") == ["من", "له"]
    assert _terms("who is it") != []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('"forced labour" penalty', ("forced labour",)),  # straight
        ("“forced labour”", ("forced labour",)),  # curled
        ("„forced labour“", ("forced labour",)),  # low and high
        ("”قانون الجزاء“", ("قانون الجزاء",)),  # turned by right-to-left typing
        ("«قانون الجزاء» و«العود»", ("قانون الجزاء", "العود")),  # two
        ("»قانون الجزاء«", ("قانون الجزاء",)),  # turned
        ("«قانون \n الجزاء»", ("قانون الجزاء",)),  # blanks
        ("«نص» «نص»", ("نص",)),  # twice
        ('"…" قانون', ()),  # no word inside
        ('"forced labour', ()),  # unbalanced: ordinary text
        ("victim's trafficker's", ()),  # apostrophes are no quotes
    ],
)
def test_quotes(text: str, phrases: tuple[str, ...]) -> None:
    assert parse_query(text).phrases == phrases


def test_phrases_have_a_limit() -> None:
    parsed = parse_query(" ".join(f'"x{n}"' for n in range(MAX_PHRASES + 5)))
    assert len(parsed.phrases) == MAX_PHRASES
    assert "20" in {term.term for term in parsed.terms}


def test_words_of_a_phrase_are_terms_too() -> None:
    assert _terms('"forced labour"') == ["forc", "labor"]
    assert _terms('"forced labour') == ["forc", "labor"]


def test_phrase_matches_as_folded() -> None:
    assert phrase_matches("يعاقبُ على الاتجار بالأشخاص", "الإتجار بالاشخاص")
    assert not phrase_matches("والاتجار بالأشخاص", "الاتجار بالأشخاص")
