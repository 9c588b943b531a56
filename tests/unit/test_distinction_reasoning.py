"""Rules from findings to elements and offences, with findings made by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from ingest.bundle import bundle_items, read_item
from search.distinction.findings import Evidence, Findings
from search.distinction.law_of_day import date_notes, is_in_force
from search.distinction.reasoning import ranked, read_offence
from search.distinction.results import ElementReading, OffenceReading, Penalties, Status
from search.distinction.signals import Polarity
from search.offences import Offence

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
CONTRIBUTION = read_item(next(i for i in bundle_items(CORPUS) if i.label == "offences"))
OFFENCES = {offence.id: offence for offence in CONTRIBUTION.offences}
SIGNALS = tuple(signal.id for signal in CONTRIBUTION.signals)


def findings(*said: str) -> Findings:
    """Make findings: "debt" is stated, "-debt" denied, "?debt" open, each with chance 0.9."""
    strongest = {each: np.zeros(len(SIGNALS), dtype=np.float32) for each in Polarity}
    evidence = {}
    for place, written in enumerate(said):
        signs = {"-": Polarity.DENIED, "?": Polarity.OPEN}
        polarity = signs.get(written[0], Polarity.STATED)
        signal = written.lstrip("-?")
        strongest[polarity][SIGNALS.index(signal)] = 0.9
        words = Evidence(place * 10, place * 10 + 5, "words", 0.9, signal, polarity)
        evidence[signal, polarity] = (words,)
    return Findings(SIGNALS, strongest, strongest[Polarity.STATED], evidence)


def read(offence: str, *said: str, share: float = 0.5) -> OffenceReading:
    return read_offence(OFFENCES[offence], findings(*said), share, True, Penalties())


def status(reading: OffenceReading) -> dict[str, str]:
    return {element.id: str(element.status) for element in reading.elements}


def element(reading: OffenceReading, name: str) -> ElementReading:
    return next(each for each in reading.elements if each.id == name)


def test_act_means_and_purpose_make_trafficking_out_and_intent_is_inferred() -> None:
    reading = read("trafficking", "employed", "documents-kept", "forced-work")
    assert reading.is_made_out
    assert reading.missing == ()
    assert element(reading, "intent").because.en == "inferred from the elements that show it"


def test_price_of_a_visa_is_a_means_but_not_a_purpose() -> None:
    reading = read("trafficking", "recruited", "permit-sold")
    assert status(reading) == {
        "act": "met",
        "means": "met",
        "purpose": "unknown",
        "intent": "unknown",
    }
    assert read("residency-trading", "recruited", "permit-sold").is_made_out


def test_sold_permit_and_exploitation_make_the_joined_offence_out() -> None:
    assert read("residency-trading-as-means", "employed", "permit-sold", "forced-work").is_made_out
    alone = read("residency-trading-as-means", "employed", "permit-sold")
    assert "purpose" in alone.missing


def test_what_the_accused_claims_meets_nothing_and_is_shown_as_unsettled() -> None:
    purpose = element(read("trafficking", "employed", "?forced-work"), "purpose")
    assert purpose.status is Status.UNKNOWN
    assert purpose.evidence == ()
    assert [each.signal for each in purpose.unsettled] == ["forced-work"]
    assert "only claimed" in (purpose.because.en or "")


@pytest.mark.parametrize("said", ["-forced-work", "free-to-leave"])
def test_facts_that_speak_against_an_element_make_it_not_met(said: str) -> None:
    purpose = element(read("trafficking", "employed", said), "purpose")
    assert purpose.status is Status.NOT_MET
    assert purpose.against


def test_several_weak_signals_together_make_an_element_out_only_when_all_are_there() -> None:
    whole = read("trafficking", "employed", "debt", "documents-kept")
    part = read("trafficking", "employed", "debt")
    assert element(whole, "purpose").alternatives == ("forced-labour",)
    assert element(part, "purpose").status is Status.UNKNOWN


def test_aggravators_and_exclusions_show_with_their_signals() -> None:
    reading = read("trafficking", "employed", "child", "free-to-leave", "keeps-documents")
    assert [each.id for each in reading.aggravating] == ["child-victim"]
    assert reading.excluded_by[0].en == "The person was free to stop and to leave"


def test_element_without_alternatives_is_never_found() -> None:
    assert not read("failure-to-report", *SIGNALS).is_made_out


@pytest.mark.parametrize("offence", OFFENCES.values(), ids=OFFENCES)
def test_each_definition_is_made_out_by_its_own_signals_and_by_nothing_else(
    offence: Offence,
) -> None:
    assert not read_offence(offence, findings(), 0.5, True, Penalties()).is_made_out
    said = [
        signal
        for each in offence.elements
        if each.alternatives
        for signal in each.alternatives[0].made_out_by[0]
    ]
    reading = read_offence(offence, findings(*said), 0.5, True, Penalties())
    found = [e for e in reading.elements if e.status is Status.MET]
    wanted = [e for e in offence.elements if e.alternatives or e.inferred_from]
    silent = [e for e in offence.elements if not e.alternatives and not e.inferred_from]
    assert len(found) == len(wanted) or silent


def test_offences_not_in_force_stand_behind_those_that_were() -> None:
    new, old = OFFENCES["residency-trading"], OFFENCES["residency-trading-1959"]
    day = dt.date(2023, 5, 1)
    said = findings("permit-sold")
    both = [read_offence(o, said, 0.9, is_in_force(o, day), Penalties()) for o in (new, old)]
    assert [each.id for each in ranked(both)] == ["residency-trading-1959", "residency-trading"]


@pytest.mark.parametrize(
    ("day", "offence", "expected"),
    [
        (dt.date(2024, 11, 30), "residency-trading", False),
        (dt.date(2024, 12, 1), "residency-trading", True),
        (dt.date(2024, 11, 30), "residency-trading-1959", True),
        (dt.date(2024, 12, 1), "residency-trading-1959", False),
        (dt.date(2013, 3, 16), "trafficking", False),
        (None, "residency-trading-1959", False),
        (None, "kidnapping", True),
    ],
)
def test_law_of_the_day(day: dt.date | None, offence: str, expected: bool) -> None:
    assert is_in_force(OFFENCES[offence], day) is expected


def test_earlier_acts_are_told_of_the_later_law() -> None:
    assert any("does not reach back" in (n.en or "") for n in date_notes(dt.date(2020, 1, 1)))
    assert len(date_notes(dt.date(2010, 1, 1))) == 2
    assert date_notes(dt.date(2025, 1, 1)) == []
