"""Texts are cut, marked and aligned without losing or inventing a character."""

from __future__ import annotations

from search.model import Authority, Clause, ClauseKind, Expression, Language
from search.results import MatchedSentence, ShownPassage
from web.display import EXCERPT_CHARS, align, blocks, excerpt, language_of

UNIT = "kw-law-2013-91/art-2"


def passage(text: str, *highlights: tuple[int, int]) -> ShownPassage:
    return ShownPassage(
        f"{UNIT}@ar.digest#1",
        UNIT,
        Language.AR,
        Authority.DIGEST,
        text,
        highlights,
        None,
        True,
        False,
    )


def expression(text: str, *labels: str, kinds: str = "par", language: str = "ar") -> Expression:
    """Build a text whose clauses begin at the given labels."""
    starts = [text.index(label) for label in labels]
    ends = [*starts[1:], len(text)] if labels else []
    clauses = tuple(
        Clause(f"{UNIT}/{kinds}-{n}", ClauseKind.PARAGRAPH, label, start, end)
        for n, (label, start, end) in enumerate(zip(labels, starts, ends, strict=True), 1)
    )
    return Expression(
        "x", UNIT, "kw-law-2013-91", Language(language), Authority.DIGEST, text, clauses
    )


def test_a_short_passage_is_shown_whole_and_marked() -> None:
    text = "one two three"
    sentence = MatchedSentence(passage(text).id, 4, 13, "two three")
    cut = excerpt(passage(text, (4, 7)), sentence)
    assert "".join(part.text for part in cut.segments) == text
    assert [(p.text, p.marked, p.best) for p in cut.segments] == [
        ("one ", False, False),
        ("two", True, True),
        (" three", False, True),
    ]


def test_a_long_passage_is_cut_at_words_around_its_best_sentence() -> None:
    text = "filler " * 200 + "Here it is." + " more" * 200
    start = text.index("Here")
    sentence = MatchedSentence(passage(text).id, start, start + 11, "Here it is.")
    cut = excerpt(passage(text, (start, start + 4)), sentence)
    shown = "".join(part.text for part in cut.segments)
    assert shown.startswith("Here it is.")
    assert shown.endswith("more")
    assert cut.cut_before
    assert cut.cut_after
    assert len(shown) <= EXCERPT_CHARS


def test_the_end_of_a_long_passage_is_reached() -> None:
    text = "filler " * 200 + "the end"
    cut = excerpt(passage(text, (len(text) - 3, len(text))), None)
    assert cut.segments[-1].text == "end"
    assert cut.segments[-1].marked
    assert not cut.cut_after


def test_offsets_count_code_points() -> None:
    text = "𐎀𐎁 رِضا"
    cut = excerpt(passage(text, (3, 7)), None)
    assert [p.text for p in cut.segments if p.marked] == ["رِضا"]


def test_spans_outside_the_text_are_not_believed() -> None:
    cut = excerpt(passage("short", (3, 99), (-2, 2), (4, 4)), None)
    assert [p.text for p in cut.segments] == ["short"]


def test_a_sentence_of_another_passage_marks_nothing() -> None:
    cut = excerpt(passage("a sentence"), MatchedSentence("other", 0, 5, "a sen"))
    assert not any(p.best for p in cut.segments)


def test_blocks_begin_at_line_ends_and_clauses() -> None:
    parts = blocks(expression("opening: 1- first 2- second\nafter", "1-", "2-"))
    assert [(p.text, p.anchor) for p in parts] == [
        ("opening:", ""),
        ("1- first", "par-1"),
        ("2- second", "par-2"),
        ("after", ""),
    ]


def test_a_label_printed_before_its_clause_stays_with_it() -> None:
    text = "opening\n(a) first"
    clause = Clause(f"{UNIT}/pt-a", ClauseKind.POINT, "a", text.index("first"), len(text))
    parts = blocks(
        Expression("x", UNIT, "kw-law-2013-91", Language.EN, Authority.DIGEST, text, (clause,))
    )
    assert [(p.text, p.anchor) for p in parts] == [("opening", ""), ("(a) first", "pt-a")]


def test_texts_with_the_same_clauses_are_set_clause_by_clause() -> None:
    rows = align(expression("س: 1- أ 2- ب", "1-", "2-"), expression("s: 1- a 2- b", "1-", "2-"))
    assert [(left[0].text, right[0].text) for left, right in rows] == [
        ("س:", "s:"),
        ("1- أ", "1- a"),
        ("2- ب", "2- b"),
    ]


def test_texts_with_different_clauses_are_set_whole() -> None:
    rows = align(expression("1- أ 2- ب", "1-", "2-"), expression("1- a b", "1-"))
    assert len(rows) == 1
    assert [len(side) for side in rows[0]] == [2, 1]


def test_texts_without_clauses_are_set_by_paragraph_where_they_have_as_many() -> None:
    assert len(align(expression("أ\nب"), expression("a\nb"))) == 2
    assert len(align(expression("أ\nب\nج"), expression("a\nb"))) == 1


def test_the_language_of_a_mixed_text_is_that_of_most_letters() -> None:
    assert language_of("تقرير TIP") is Language.AR
    assert language_of("Report on الكويت in 2024") is Language.EN
    assert language_of("2024") is Language.EN
