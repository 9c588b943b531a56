"""The offence definitions: every reference resolves, every signal has its place."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from ingest.bundle import bundle_items, read_item
from ingest.offences_schema import OffenceFile
from search.distinction.results import INSUFFICIENT, PRIMARY
from search.distinction.signals import load_model
from search.model import Contribution
from search.offences import Offence

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILES = sorted(p for p in (CORPUS / "offences").glob("*.yaml") if p.name != "signals.yaml")

# They grade or describe a case, or speak for abstaining; no element of any offence rests on them.
UNUSED = {"other-crime", "many-victims", "vague", "free-contact", "relation-ended"}


@cache
def contribution() -> Contribution:
    return read_item(next(item for item in bundle_items(CORPUS) if item.label == "offences"))


@cache
def held() -> tuple[frozenset[str], dict[str, set[str]]]:
    """Return the ids of all concepts, and of all provisions with the offences they punish."""
    read = [read_item(i) for i in bundle_items(CORPUS) if not i.label.startswith("matters/")]
    concepts = frozenset(concept.id for each in read for concept in each.concepts)
    provisions: dict[str, set[str]] = {p.id: set() for each in read for p in each.provisions}
    for each in read:
        for editorial in each.editorials:
            provisions[editorial.provision] |= {p.offence for p in editorial.penalties}
    return concepts, provisions


def signals_of(offence: Offence) -> set[str]:
    ways = [way for e in offence.elements for a in e.alternatives for way in a.made_out_by]
    ways += [way for a in offence.aggravators for way in a.shown_by]
    ways += [way for x in offence.exclusions for way in x.signals]
    return {s for way in ways for s in way} | {s for e in offence.elements for s in e.negated_by}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_follows_its_schema_and_is_named_by_its_id(path: Path) -> None:
    data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    assert OffenceFile.model_validate(data).id == path.stem


def test_every_reading_but_insufficient_has_an_offence() -> None:
    assert {o.primary for o in contribution().offences} == set(PRIMARY) - {INSUFFICIENT}


def test_positions_and_ids_are_unique() -> None:
    offences = contribution().offences
    for values in ([o.position for o in offences], [o.id for o in offences]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


@pytest.mark.parametrize("offence", contribution().offences, ids=lambda offence: offence.id)
def test_provisions_concepts_and_signals_exist(offence: Offence) -> None:
    concepts, provisions = held()
    named = {*offence.concepts, *(a.id for a in offence.aggravators)}
    named |= {c for e in offence.elements for c in e.concepts}
    named |= {c for e in offence.elements for a in e.alternatives for c in a.concepts}
    cited = {*offence.governing, *(a.provision for a in offence.aggravators)}
    cited |= {p for e in offence.elements for p in e.provisions}
    cited |= {p for rule in offence.rules for p in rule.provisions}
    assert named <= concepts
    assert cited <= provisions.keys()
    assert signals_of(offence) <= {signal.id for signal in contribution().signals}
    for ref in offence.penalties:
        assert ref.offence in provisions[ref.provision]


@pytest.mark.parametrize("offence", contribution().offences, ids=lambda offence: offence.id)
def test_mental_elements_are_inferred_from_elements_read_before_them(offence: Offence) -> None:
    seen: set[str] = set()
    for element in offence.elements:
        assert set(element.inferred_from) <= seen
        assert not (element.inferred_from and element.alternatives)
        seen.add(element.id)


def test_every_signal_is_used_or_left_out_on_purpose() -> None:
    used = {signal for offence in contribution().offences for signal in signals_of(offence)}
    assert {signal.id for signal in contribution().signals} - used == UNUSED


def test_model_was_trained_on_these_signals() -> None:
    assert load_model().signals == tuple(signal.id for signal in contribution().signals)
