"""What holds of fusion for any runs."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from search.fusion import fuse, members_by_group
from search.index.port import Scored, ranked

untimed = settings(deadline=None)  # other work may share the processor


@st.composite
def _runs(draw: st.DrawFn) -> dict[str, list[Scored]]:
    passages = [f"{group}#{n}" for group in "abcd" for n in range(3)]
    runs = {}
    for arm in draw(st.sets(st.sampled_from(["words", "meaning", "concepts"]))):
        held = draw(st.lists(st.sampled_from(passages), unique=True))
        runs[arm] = ranked(((p, p[0], draw(st.floats(0, 9))) for p in held), 100)
    return runs


@untimed
@given(_runs(), st.randoms(use_true_random=False))
def test_the_order_of_runs_does_not_matter(
    runs: dict[str, list[Scored]], rng: random.Random
) -> None:
    arms = list(runs)
    rng.shuffle(arms)
    weights = {"words": 0.7, "meaning": 1.3, "concepts": 0.1}
    assert fuse({arm: runs[arm] for arm in arms}, weights=weights) == fuse(runs, weights=weights)


@untimed
@given(_runs())
def test_every_passage_found_is_fused_once_best_first(runs: dict[str, list[Scored]]) -> None:
    fused = fuse(runs)
    assert {hit.passage for hit in fused} == {hit.passage for run in runs.values() for hit in run}
    assert len({hit.passage for hit in fused}) == len(fused)
    keys = [(-hit.score, hit.passage) for hit in fused]
    assert keys == sorted(keys)


@untimed
@given(_runs(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_members_do_not_depend_on_the_order_of_passages(
    runs: dict[str, list[Scored]], per_group: int, rng: random.Random
) -> None:
    fused = fuse(runs)
    members = members_by_group(fused, per_group)
    shuffled = list(fused)
    rng.shuffle(shuffled)
    assert members_by_group(shuffled, per_group) == members
    assert members.keys() == {hit.group for hit in fused}
    assert all(1 <= len(of) <= per_group for of in members.values())
