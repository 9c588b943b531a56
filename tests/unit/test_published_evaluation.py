"""The needs are sound, and the evaluation's arithmetic is right."""

from __future__ import annotations

import json

from eval.needs import PARTS, TYPES, UNANSWERABLE, read_needs
from eval.published import FLOORS, fallen, interval, slices
from ingest.bundle import bundle_items, read_item
from search.model import Language
from search.text.language import detect_language
from tests.support import ROOT

NEEDS = read_needs()
TRAITS = {
    "colloquial",
    "confusable",
    "definition",
    "end-of-article",
    "long-article",
    "matter",
    "number",
    "plan",
    "short-article",
    "sister",
    "treaty",
}


def held() -> set[str]:
    found: set[str] = set()
    for item in bundle_items(ROOT / "corpus"):
        contribution = read_item(item)
        found |= {provision.id for provision in contribution.provisions}
        found |= {contribution.judgment.id} if contribution.judgment else set()
    return found


def test_there_are_enough_needs_of_every_type_in_both_parts() -> None:
    assert len(NEEDS) * len(Language) >= 300
    assert len({need.id for need in NEEDS}) == len(NEEDS)
    for part in PARTS:
        assert {need.type for need in NEEDS if need.part == part} == set(TYPES)


def test_every_judged_id_is_held_and_every_answerable_need_has_a_governing_one() -> None:
    named = {document for need in NEEDS for document in (*need.grades, *need.wrong)}
    assert sorted(named - held()) == []
    for need in NEEDS:
        if need.type != UNANSWERABLE:
            assert 3 in need.grades.values(), need.id
        assert set(need.grades.values()) <= {1, 2, 3}, need.id
        assert set(need.wrong).isdisjoint(need.grades), need.id


def test_traits_are_known_and_queries_are_in_their_language() -> None:
    for need in NEEDS:
        assert set(need.traits) <= TRAITS, need.id
        if need.type not in ("citation", "keywords"):
            for language, query in need.queries.items():
                assert detect_language(query) is language, (need.id, query)


def test_twins_stay_in_one_part() -> None:
    parts = slices(NEEDS)
    for part in PARTS:
        topics = set(parts[part])
        assert {t.rpartition(".")[0] + ".ar" for t in topics} <= topics
        assert {t.rpartition(".")[0] + ".en" for t in topics} <= topics
    assert set(parts["dev"]).isdisjoint(parts["test"])


def test_floors_are_recorded_for_every_slice_and_a_fall_is_named() -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert set(floors) == set(slices(NEEDS))
    assert fallen(floors, floors) == []
    (line,) = fallen(floors | {"test": floors["test"] - 0.02}, floors)
    assert line.startswith("test: nDCG@10")


def test_the_interval_surrounds_the_mean() -> None:
    mean, low, high = interval([0.0, 1.0] * 20)
    assert mean == 0.5
    assert 0.3 < low < mean < high < 0.7
