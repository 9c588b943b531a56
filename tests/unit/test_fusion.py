"""Reciprocal rank fusion, and the passages kept of each result."""

import pytest

from search.fusion import Fused, fuse, members_by_group
from search.index.port import Scored


def _run(*passages: str) -> list[Scored]:
    return [Scored(passage, passage[0], 9.0 - rank, rank) for rank, passage in enumerate(passages)]


def test_ranks_count_from_zero() -> None:
    (first, second) = fuse({"words": _run("a1", "b1")})
    assert (first.passage, first.score) == ("a1", 1 / 60)
    assert (second.passage, second.score) == ("b1", 1 / 61)


def test_arms_add_up_and_are_kept() -> None:
    fused = fuse({"words": _run("a1", "b1"), "meaning": _run("b1")})
    assert [hit.passage for hit in fused] == ["b1", "a1"]
    assert fused[0].score == pytest.approx(1 / 61 + 1 / 60)
    assert fused[0].arms == {"words": Scored("b1", "b", 8.0, 1), "meaning": Scored("b1", "b", 9, 0)}


def test_weights_and_k_count() -> None:
    runs = {"words": _run("a1"), "meaning": _run("b1")}
    assert fuse(runs, weights={"meaning": 2.0})[0].passage == "b1"
    assert fuse(runs, k=1)[0].score == 1.0


def test_ties_are_broken_by_passage_id() -> None:
    assert [h.passage for h in fuse({"x": _run("b1"), "y": _run("a1")})] == ["a1", "b1"]


def test_no_runs_no_hits() -> None:
    assert fuse({}) == []
    assert fuse({"words": []}) == []
    assert members_by_group([], 3) == {}


def _fused(passage: str, score: float) -> Fused:
    return Fused(passage, passage[0], score, {})


def test_the_best_passages_of_a_group_are_kept() -> None:
    members = members_by_group(
        [_fused("b3", 0.3), _fused("a1", 0.5), _fused("b1", 0.4), _fused("b2", 0.4)], 2
    )
    assert [hit.passage for hit in members["b"]] == ["b1", "b2"]
    assert [hit.passage for hit in members["a"]] == ["a1"]


def test_a_group_needs_room_for_a_passage() -> None:
    with pytest.raises(ValueError, match="per_group"):
        members_by_group([], 0)
