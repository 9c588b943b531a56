"""Exact spans of what matched."""

import pytest

from search.text.fold import fold_text
from search.text.highlight import has_phrase, highlight, merge
from search.text.tokens import analyse


def _marked(text: str, query: str, *phrases: str) -> list[str]:
    terms = frozenset(token.term for token in analyse(query))
    return [text[start:end] for start, end in highlight(text, terms, phrases)]


def test_every_form_of_a_word_is_marked_with_its_vowels() -> None:
    text = "عُقُوبَةُ الاتِّجارِ، وتُضاعَفُ العقوبـة."
    assert _marked(text, "العقوبات") == ["عُقُوبَةُ", "العقوبـة"]


def test_digits_of_either_script_are_marked() -> None:
    assert _marked("القانون ٩١ لسنة ٢٠١٣", "91/2013") == ["٩١", "٢٠١٣"]


def test_a_phrase_is_marked_as_one() -> None:
    assert _marked("تهريب المهاجرين جريمة", "", "تهريب المهاجرين") == ["تهريب المهاجرين"]


def test_a_phrase_and_its_words_are_one_span() -> None:
    assert _marked("smuggling of migrants", "smuggling migrants", "smuggling of migrants") == [
        "smuggling of migrants"
    ]


def test_spans_that_touch_are_one() -> None:
    assert _marked("م٢", "م ٢") == ["م٢"]
    assert merge([(5, 7), (0, 2), (2, 3), (1, 2)]) == ((0, 3), (5, 7))


def test_nothing_asked_nothing_marked() -> None:
    assert highlight("نص ما", frozenset()) == ()
    assert highlight("", frozenset({"نص"}), ("نص",)) == ()


PHRASES = [
    ("قانون الجزاء", "وفق قَانُون الجَزاء", True),  # marks do not count
    ("قانون الجزاء", "قانون إجراءات الجزاء", False),  # a word between
    ("قانون الجزاء", "وقانون الجزاء", False),  # a joined particle is another word
    ("قانون الجزاء", "قوانين الجزاء", False),  # nothing is stemmed
    ("المادة 2", "المادة (٢)", True),  # marks between words, digits
    ("الاقامه", "الإقامة", True),  # as folded
    ("forced labour", "Forced Labour", True),  # case
    ("forced labour", "forced labourers", False),  # nothing is stemmed
    ("cross-border", "cross border", True),  # words, not signs
    ("a b a c", "a b a b a c", True),  # begins again inside itself
    ("...", "...", False),  # a phrase of no words matches nothing
]


@pytest.mark.parametrize(("phrase", "text", "held"), PHRASES)
def test_phrases(phrase: str, text: str, held: bool) -> None:
    assert has_phrase(text, phrase) is held
    assert bool(highlight(text, frozenset(), (phrase,))) is held


def test_a_phrase_span_folds_to_the_phrase() -> None:
    text = "من أحكامِ قـانونِ الجزاءِ."
    ((start, end),) = highlight(text, frozenset(), ("قانون الجزاء",))
    assert fold_text(text[start:end]) == fold_text("قانون الجزاء")
    assert text[start:end] == "قـانونِ الجزاءِ"
