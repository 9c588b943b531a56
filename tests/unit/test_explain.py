"""Why a result is shown."""

from search.explain import MAX_FORMS, explain
from search.model import Authority, Kind, Language, Passage
from search.query import parse_query
from search.results import MatchedTerm


def _passage(text: str, ordinal: int = 1, index_text: str | None = None) -> Passage:
    return Passage(
        id=f"xx-law-2000-1/art-1@ar.digest#{ordinal}",
        expression="xx-law-2000-1/art-1@ar.digest",
        unit="xx-law-2000-1/art-1",
        group="xx-law-2000-1/art-1",
        work="xx-law-2000-1",
        kind=Kind.STATUTE,
        language=Language.AR,
        authority=Authority.DIGEST,
        start=0,
        end=len(text),
        text=text,
        index_text=index_text or text,
        content_hash="0",
    )


def test_each_word_names_the_forms_that_matched() -> None:
    passages = [
        _passage("تشدد العقوبة على العامل.", 1),
        _passage("لا عقوبة بلا نص، والعقوبة تفسر ضيقا، والعقوبة شخصية.", 2),
    ]
    found = explain(parse_query("عقوبات العمال الأجانب"), passages)
    assert found.terms == (
        MatchedTerm("عقوبات", ("العقوبة", "عقوبة", "والعقوبة")),
        MatchedTerm("العمال", ("العامل",)),
    )
    assert found.missing == ("الأجانب",)


def test_the_sentence_with_most_words_is_chosen() -> None:
    text = "تشدد العقوبة. وتشدد عقوبة تهريب المهاجرين على العائد. والعقوبة عقوبة."
    passage = _passage(text)
    sentence = explain(parse_query("عقوبة تهريب المهاجرين"), [passage]).sentence
    assert sentence is not None
    assert sentence.text == "وتشدد عقوبة تهريب المهاجرين على العائد."
    assert text[sentence.start : sentence.end] == sentence.text
    assert sentence.passage == passage.id


def test_of_equal_sentences_the_earliest_is_chosen() -> None:
    passages = [_passage("ضبط المهرب. وفر المهرب.", 1), _passage("حوكم المهرب.", 2)]
    sentence = explain(parse_query("المهرب"), passages).sentence
    assert sentence is not None
    assert sentence.text == "ضبط المهرب."


def test_a_hit_by_meaning_alone_has_no_sentence_and_no_highlights() -> None:
    passage = _passage("يسترد العامل وثائقه.")
    found = explain(parse_query("حجز جواز السفر"), [passage])
    assert found.terms == ()
    assert found.missing == ("حجز", "جواز", "السفر")
    assert found.sentence is None
    assert found.highlights == {passage.id: ()}


def test_a_word_of_the_heading_only_is_matched_but_not_highlighted() -> None:
    passage = _passage("يسترد العامل وثائقه.", index_text="جوازات السفر\nيسترد العامل وثائقه.")
    found = explain(parse_query("جواز"), [passage])
    assert found.terms == (MatchedTerm("جواز", ("جوازات",)),)
    assert found.missing == ()
    assert found.sentence is None
    assert found.highlights[passage.id] == ()


def test_highlights_are_spans_of_the_shown_text() -> None:
    text = "يُعاقَبُ المُهَرِّبُ."
    passage = _passage(text)
    ((start, end),) = explain(parse_query("المهرب"), [passage]).highlights[passage.id]
    assert text[start:end] == "المُهَرِّبُ"


def test_a_compound_is_not_missing_when_its_parts_matched() -> None:
    passage = _passage("crimes that cross a border")
    assert explain(parse_query("cross-border"), [passage]).missing == ()
    assert explain(parse_query("cross-sea"), [passage]).missing == ("cross-sea", "sea")


def test_forms_shown_have_a_limit() -> None:
    text = " ".join("عقوبة" + "\u0640" * n for n in range(MAX_FORMS + 5))
    (term,) = explain(parse_query("عقوبة"), [_passage(text)]).terms
    assert len(term.matched) == MAX_FORMS


def test_no_passages_nothing_matched() -> None:
    found = explain(parse_query("عقوبة"), [])
    assert (found.terms, found.missing, found.sentence) == ((), ("عقوبة",), None)
