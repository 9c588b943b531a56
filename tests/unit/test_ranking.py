"""Ranking, its structure, the thesaurus and abstention, on hand-made arms."""

from __future__ import annotations

import numpy as np
import pytest

from search.abstention import FEATURES as FITTING
from search.abstention import describe, nothing_fits, shipped_fitness
from search.adapter import Adapter, adapter_for
from search.index.port import Scored
from search.model import Bilingual, Concept
from search.ranking import (
    FEATURES,
    MEANING,
    WORDS,
    Length,
    candidates,
    length_of,
    shipped_weights,
)
from search.structure import Structure
from search.thesaurus import Thesaurus

NO_LINKS = Structure.of([], {})


def hits(*groups: str, authority: str = "digest") -> list[Scored]:
    return [
        Scored(f"{group}@ar.{authority}#1", group, 9.0 - rank, rank)
        for rank, group in enumerate(groups)
    ]


def column(name: str, found: object) -> dict[str, float]:
    matrix = found.matrix[:, FEATURES.index(name)]  # type: ignore[attr-defined]
    return dict(zip(found.groups, matrix, strict=True))  # type: ignore[attr-defined]


def test_what_an_arm_did_not_find_stands_where_its_last_candidate_does() -> None:
    arms = {MEANING: hits("kw-a/art-1", "kw-a/art-2", "kw-a/art-3"), WORDS: hits("kw-a/art-9")}
    meaning = column(MEANING, candidates(arms, NO_LINKS, (), {}))
    assert meaning["kw-a/art-1"] > meaning["kw-a/art-2"] > meaning["kw-a/art-3"]
    assert meaning["kw-a/art-9"] == meaning["kw-a/art-3"]


def test_the_law_most_candidates_are_of_gets_the_most_votes() -> None:
    arms = {WORDS: hits("kw-a/art-1", "kw-a/art-2", "kw-b/art-1", "kw-b/art-2")}
    law = column("law", candidates(arms, NO_LINKS, (), {}))
    assert law["kw-a/art-1"] == 1.0 > law["kw-b/art-1"]


def test_a_good_candidate_lifts_its_neighbours_and_a_matter_what_it_applies() -> None:
    links = [("kw-a/art-5", "kw-a/art-1/par-2"), ("kw-case-2020-x", "kw-a/art-3")]
    arms = {WORDS: hits("kw-a/art-1", "kw-case-2020-x", "kw-a/art-3", "kw-a/art-4", "kw-a/art-5")}
    found = candidates(arms, Structure.of(links, {}), (), {})
    neighbours, matters = column("neighbours", found), column("matters", found)
    assert neighbours["kw-a/art-5"] > neighbours["kw-a/art-4"] == 0
    assert matters["kw-a/art-3"] > matters["kw-a/art-4"] == 0


def test_fictional_matters_are_marked_by_their_authority() -> None:
    arms = {WORDS: [*hits("kw-made-up-1", authority="training"), *hits("kw-real-1")]}
    training = column("training", candidates(arms, NO_LINKS, (), {}))
    assert training == {"kw-made-up-1": 1.0, "kw-real-1": 0.0}


def test_a_rare_concept_counts_more_than_one_that_all_share() -> None:
    tagged = {f"kw-a/art-{n}": ["wages"] for n in range(1, 9)} | {"kw-a/art-9": ["ransom"]}
    arms = {WORDS: hits(*tagged)}
    named = ("wages", "ransom")
    shared = column("concepts", candidates(arms, Structure.of([], tagged), named, {}))
    assert shared["kw-a/art-9"] > shared["kw-a/art-1"] > 0


def test_what_facts_may_come_under_is_lifted_by_its_support() -> None:
    arms = {WORDS: hits("kw-a/art-1", "kw-a/art-2")}
    offence = column(
        "offence", candidates(arms, NO_LINKS, (), {"kw-a/art-2": 0.8, "kw-b/art-1": 1})
    )
    assert offence == {"kw-a/art-1": 0.0, "kw-a/art-2": 0.8}
    assert all(of[FEATURES.index("offence")] > 0 for of in shipped_weights().by_length.values())


def test_nothing_found_is_no_candidate() -> None:
    found = candidates({}, NO_LINKS, (), {})
    assert found.groups == ()
    assert shipped_weights().score(found.matrix, Length.FACTS).shape == (0,)


@pytest.mark.parametrize(
    ("words", "length"), [(1, "keywords"), (5, "keywords"), (6, "question"), (20, "facts")]
)
def test_length_is_counted_in_words(words: int, length: str) -> None:
    assert length_of(words) == Length(length)


def test_the_shipped_weights_reward_what_every_arm_finds() -> None:
    for weights in shipped_weights().by_length.values():
        by_name = dict(zip(FEATURES, weights, strict=True))
        assert by_name[WORDS] > 0
        assert by_name[MEANING] > 0
        assert by_name["training"] < 0


def test_an_adapter_keeps_unit_length_and_none_changes_nothing() -> None:
    rows = np.eye(4, dtype=np.float32)[:2]
    turned = Adapter("x", np.diag([2.0, 3.0, 1.0, 1.0]).astype(np.float32)).apply(rows)
    assert np.allclose(np.linalg.norm(turned, axis=1), 1)
    assert adapter_for("another/model").apply(rows) is rows


MAID = Concept(
    "domestic-worker",
    Bilingual("عامل منزلي", "domestic worker"),
    "actor",
    alt_ar=("خدامة",),
    alt_en=("maid",),
)
WORKER = Concept("worker", Bilingual("عامل", "worker"), "actor")


def test_a_concept_is_found_by_any_of_its_names_and_brings_the_others() -> None:
    thesaurus = Thesaurus.of([MAID, WORKER])
    (found,) = thesaurus.find("حقوق الخدامة")
    assert (found.id, found.words) == ("domestic-worker", "الخدامة")
    (english,) = Thesaurus.of([MAID]).find("maid")
    assert found.terms >= english.terms


def test_the_longer_name_wins() -> None:
    found = Thesaurus.of([WORKER, MAID]).find("العامل المنزلي والعامل")
    assert [concept.id for concept in found] == ["domestic-worker", "worker"]


def test_abstention_is_described_whatever_was_found() -> None:
    empty = describe({}, 0, 0)
    assert empty.shape == (len(FITTING) - 1,), "the scope is of the query, not of what was found"
    assert np.isfinite(empty).all()


def test_a_known_query_speaks_for_what_is_near_it() -> None:
    fitness = shipped_fitness()
    scores = np.array([fitness.score(place) for place in fitness.known])
    assert scores[fitness.voices > 0].mean() > fitness.threshold
    assert scores[fitness.voices < 0].mean() < fitness.threshold


def test_a_short_term_is_not_taken_for_a_concept_of_another_ending() -> None:
    police = Concept("police", Bilingual("الشرطة", "police"), "actor", alt_ar=("شرطي",))
    victim = Concept("victim", Bilingual("ضحية", "victim"), "actor")
    thesaurus = Thesaurus.of([police, victim])
    assert thesaurus.find("شروط الترخيص") == []
    for text, concept in (("بلاغ للشرطة", "police"), ("حقوق الضحايا", "victim")):
        assert [found.id for found in thesaurus.find(text)] == [concept]


def test_with_another_embedder_nothing_is_said_of_what_fits() -> None:
    other = np.zeros(len(shipped_fitness().direction) + 1, dtype=np.float32)
    assert not nothing_fits({}, 0, 0, other)
