"""Marked facts lose nothing, bars stay on the ladder, changes say what they assume."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.distinction.findings import Evidence
from search.distinction.signals import Polarity
from search.model import Bilingual, Imprisonment, Language, Penalty
from tests.service.fake_distinction import FakeDistinctionService
from tests.service.fake_service import FakeService
from web import display_distinction as display

FACTS = "He lodged the worker. He kept the passport.\n\nThe worker was forced to go on."


def reading(term: Imprisonment) -> display.Rung:
    answer = FakeDistinctionService().distinguish(FACTS)
    offence = answer.offences[0]
    penalty = Penalty("trafficking", Bilingual(en="x"), term)
    held = replace(offence.penalty.provisions[0], rungs=(penalty, LONGEST))
    changed = replace(offence, penalty=replace(offence.penalty, provisions=(held,)))
    return next(r for r in display.ladder((changed,)) if r.penalty == penalty)


LONGEST = Penalty("trafficking", Bilingual(en="longest"), Imprisonment(180, 180))


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        (Imprisonment(None, 90), 0, 38),  # up to half of the longest
        (Imprisonment(90, 180), 38, 76),
        (Imprisonment(90, None), 38, 76),  # at least: up to the longest there is
        (Imprisonment(life=True), 76, 88),
        (Imprisonment(death=True), 88, 100),
        (Imprisonment(90, None, life=True), 38, 88),
    ],
)
def test_a_bar_stands_where_its_term_does(term: Imprisonment, start: int, end: int) -> None:
    rung = reading(term)
    assert (rung.start, rung.start + rung.length) == (start, end)


def test_an_exact_term_can_still_be_seen() -> None:
    rung = reading(Imprisonment(180, 180, False, False))
    assert (rung.start, rung.length) == (74, 2)


def test_overlapping_words_are_cut_where_either_begins() -> None:
    answer = FakeDistinctionService().distinguish(FACTS)
    offence = answer.offences[0]
    wide = Evidence(3, 20, FACTS[3:20], 0.5, "other", Polarity.OPEN)
    means = replace(offence.elements[1], unsettled=(wide,))
    changed = replace(offence, elements=(offence.elements[0], means))
    shown = display.marked_facts(FACTS, replace(answer, offences=(changed,)))
    parts = [part for sentence in shown for part in sentence.stretches]
    assert "".join(part.text for part in parts) == FACTS
    both = next(part for part in parts if part.text == "lodged")
    assert "trafficking.means" in both.elements
    assert "trafficking.act" in both.elements
    assert both.tone == "stated"  # the stronger of the two
    assert next(part for part in parts if part.text == " the worker").tone == "open"


def test_facts_without_a_sentence_are_shown_too() -> None:
    answer = replace(FakeDistinctionService().distinguish(FACTS), sentences=(), offences=())
    shown = display.marked_facts(FACTS, answer)
    assert [part.text for sentence in shown for part in sentence.stretches] == [FACTS]


def test_a_change_turns_an_element_over() -> None:
    element = FakeDistinctionService().distinguish("He lodged him.").offences[0].elements[0]
    assert display.change_of(element) == display.Change("housed:no", met=False)
    denied = FakeDistinctionService().distinguish("He never lodged him.").offences[0].elements[0]
    assert display.change_of(denied) == display.Change("housed:yes", met=True)
    silent = FakeDistinctionService().distinguish("He left.").offences[0].elements[0]
    assert display.change_of(silent) is None


def test_provisions_are_called_by_their_names() -> None:
    cite = display.Citations(FakeService().instruments()).label
    assert cite("kw-law-2013-91/art-2").best(Language.EN) == "Art. 2, Law 91/2013"
    assert cite("kw-law-1900-1/art-2").best(Language.AR) == "kw-law-1900-1/art-2"
