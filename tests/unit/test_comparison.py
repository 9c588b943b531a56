"""Sentences find their components by words that are there; concepts, words and penalties align."""

from __future__ import annotations

import pytest

from search.comparison import (
    Component,
    Rung,
    align,
    compare_words,
    make_side,
    rank_rungs,
    read_sentences,
)
from search.model import (
    Bilingual,
    Concept,
    Editorial,
    Fine,
    Imprisonment,
    Language,
    Penalty,
)
from search.results import Reference
from search.thesaurus import Thesaurus

CONCEPTS = (
    Concept("deception", Bilingual("الخداع", "deception"), "means"),
    Concept("employer", Bilingual("صاحب العمل", "employer"), "actor"),
    Concept("child-victim", Bilingual("المجني عليه طفل", "child victim"), "aggravator"),
    Concept("trafficking", Bilingual("الاتجار بالأشخاص", "trafficking in persons"), "offence"),
    Concept("self-defence", Bilingual("الدفاع الشرعي", "self-defence"), "other"),
    Concept("trafficker", Bilingual("المتجر بالأشخاص", "trafficker"), "actor"),
    Concept("wages", Bilingual("الأجور", "wages"), "other"),
)
THESAURUS = Thesaurus.of(CONCEPTS)
NAME = Bilingual("نص", "text")


def side(identifier: str, text: str, *tagged: str, penalties: tuple[Penalty, ...] = ()):
    editorial = Editorial(identifier, NAME, concepts=tagged, penalties=penalties)
    reference = Reference(identifier, NAME, held=True)
    return make_side(identifier, reference, None, NAME, text, THESAURUS, editorial=editorial)


@pytest.mark.parametrize(
    ("sentence", "component", "words"),
    [
        ("ولا يعتد برضا المجني عليه.", Component.EXCEPTIONS, "ولا يعتد"),
        ("يُعاقَب بالغرامة.", Component.PENALTY, "يُعاقَب"),  # marks fold away, words keep them
        ("كلُّ دولة طرف تتعاون.", Component.WHO, "كلُّ دولة طرف"),
        ("Nobody is liable unless he knew.", Component.EXCEPTIONS, "unless"),
        ("It is done for the purpose of gain.", Component.PURPOSE, "for the purpose of"),
        ("It was got by deception.", Component.MEANS, "deception"),
        ("An act in self-defence is no offence.", Component.EXCEPTIONS, "self-defence"),
    ],
)
def test_a_sentence_shows_the_words_that_assign_it(
    sentence: str, component: Component, words: str
) -> None:
    (read,) = read_sentences(sentence, THESAURUS)
    assert words in [ground.words for ground in read.grounds if ground.component is component]


def test_a_sentence_without_such_words_is_unassigned() -> None:
    read = side("a-b/art-1", "The weather was fair. The employer pays the wages.")
    assert [s.text for s in read.unassigned] == ["The weather was fair."]
    assert all(read.text[s.start : s.end] == s.text for s in read.sentences)


def test_a_deed_does_not_name_its_doer() -> None:
    assert read_sentences("Trafficking is a crime.", THESAURUS)[0].grounds == ()
    assert read_sentences("Traffickers roam.", THESAURUS)[0].grounds[0].concept == "trafficker"


def test_concepts_are_shared_or_of_one_side() -> None:
    left = side("a-b/art-1", "By deception of the worker.", "trafficking")
    right = side("a-b/art-2", "الخداع وسيلة.", "trafficking", "child-victim")
    rows = {row.component: row for row in align(left, right)}
    assert [ref.id for ref in rows[Component.MEANS].both] == ["deception"]
    assert [ref.id for ref in rows[Component.ACT].both] == ["trafficking"]
    assert [mark.id for mark in rows[Component.CIRCUMSTANCES].right] == ["child-victim"]
    assert rows[Component.CIRCUMSTANCES].left == ()
    assert rows[Component.CIRCUMSTANCES].right[0].tagged
    assert Component.PROCEDURE not in rows


def test_swapping_the_sides_swaps_the_rows() -> None:
    left = side("a-b/art-1", "The employer acts by deception.", "wages")
    right = side("a-b/art-2", "Whoever deceives is punished.", "trafficking")
    for one, other in zip(align(left, right), align(right, left), strict=True):
        assert one.component is other.component
        assert (one.left, one.right) == (other.right, other.left)
        assert {ref.id for ref in one.both} == {ref.id for ref in other.both}


def test_arabic_words_differ_only_where_they_differ() -> None:
    wording = compare_words(Language.AR, "يُعاقَب إلى سنة، فقط", "يعاقب الى سنتين فقط")
    assert wording is not None
    assert [s.text.strip() for s in wording.left if s.changed] == ["سنة،"]
    assert [s.text.strip() for s in wording.right if s.changed] == ["سنتين"]
    assert "".join(s.text for s in wording.left) == "يُعاقَب إلى سنة، فقط"
    assert wording.share == 0.75


def test_a_text_too_long_is_not_compared() -> None:
    assert compare_words(Language.EN, "word " * 3001, "word") is None


def rung(name: str, imprisonment: Imprisonment | None, fine: Fine | None = None) -> Rung:
    penalty = Penalty("trafficking", Bilingual(en=name), imprisonment, fine)
    return Rung(Reference(name, NAME, held=True), penalty, NAME, False, (), ())


def test_the_gravest_penalty_comes_first() -> None:
    expected = [
        rung("death-or-life", Imprisonment(life=True, death=True)),
        rung("life", Imprisonment(life=True)),
        rung("fixed-15", Imprisonment(180, 180)),
        rung("up-to-15", Imprisonment(None, 180)),
        rung("at-least-10", Imprisonment(120, None)),
        rung("up-to-3-and-fine", Imprisonment(None, 36), Fine(1000, 5000)),
        rung("up-to-3", Imprisonment(None, 36)),
        rung("fine", None, Fine(None, 100)),
    ]
    assert rank_rungs(reversed(expected)) == tuple(expected)
