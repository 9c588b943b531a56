"""What holds of folding, tokens, sentences, highlights and queries for any text."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import QueryEmpty, QueryTooLong
from search.lexical import encode_document, term_index
from search.query import parse_query
from search.text.fold import fold, fold_text
from search.text.highlight import highlight
from search.text.language import detect_language
from search.text.sentences import sentences
from search.text.tokens import MAX_TERM_CHARS, analyse, occurrences

# Any text at all, lone surrogates included; and text of what laws are made of.
WORDS = ("العقوبة", "والعُقُوبات", "للجنة", "ﷺ", "cross-border", "victim’s", "٥٬٠٠٠", "1.5", "م.")
MARKS = (" ", "\n", ".", "؟", "؛", "ـ", "\u064e", "\u0301", "-", "'", ",", "\u200f", "«", "»", '"')
LEGAL = st.lists(st.sampled_from(WORDS + MARKS), max_size=30).map("".join)
ANY = st.text(st.characters(), max_size=200)
TEXT = LEGAL | ANY

untimed = settings(deadline=None)  # other work may share the processor


@untimed
@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text) == fold(text).text


@untimed
@given(TEXT)
def test_folded_characters_remember_where_they_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for char, offset in zip(folded.text, folded.offsets, strict=True):
        assert char in fold_text(text[offset])


@untimed
@given(TEXT, st.booleans())
def test_tokens_are_in_order_and_inside_the_text(text: str, keep: bool) -> None:
    tokens = analyse(text, keep)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert 0 < len(token.term) <= MAX_TERM_CHARS + 2  # a stem may end in a restored letter


@untimed
@given(TEXT)
def test_a_token_analysed_alone_gives_its_term(text: str) -> None:
    for token in analyse(text, True):
        assert token.term in {t.term for t in analyse(text[token.start : token.end], True)}


@untimed
@given(TEXT)
def test_every_term_can_be_indexed(text: str) -> None:
    terms = [token.term for token in analyse(text)]
    vector = encode_document(terms, 10.0)
    assert list(vector.indices) == sorted({term_index(term) for term in terms})
    assert all(0 < value <= 2.2 for value in vector.values)


@untimed
@given(TEXT, TEXT)
def test_highlights_lie_inside_and_match(text: str, query: str) -> None:
    terms = frozenset(token.term for token in analyse(query, True))
    spans = highlight(text, terms)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] < right[0] for left, right in pairwise(spans))
    for start, end in spans:
        assert occurrences(text[start:end], terms)
    assert bool(spans) == bool(occurrences(text, terms))


@untimed
@given(LEGAL, st.integers(0, 40), st.integers(1, 40))
def test_a_phrase_cut_from_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    units = text.split()
    phrase = " ".join(units[start : start + length])
    if analyse(phrase, True):
        assert highlight(text, frozenset(), (phrase,))


@untimed
@given(TEXT)
def test_sentences_cover_all_but_blanks(text: str) -> None:
    spans = sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


@untimed
@given(TEXT)
def test_a_language_is_found_exactly_where_there_are_letters_of_one(text: str) -> None:
    doubled = detect_language(text + text)
    assert doubled == detect_language(text)


@untimed
@given(TEXT | st.text("ab ", min_size=3990, max_size=4010))
def test_a_query_is_parsed_or_refused_in_two_ways(text: str) -> None:
    try:
        parsed = parse_query(text)
    except (QueryEmpty, QueryTooLong):
        return
    assert parsed.terms
    assert len({term.term for term in parsed.terms}) == len(parsed.terms)
    assert all(term.surface in parsed.text for term in parsed.terms)
    parsed.text.encode("utf-8")
    assert parse_query(parsed.text) == parsed
