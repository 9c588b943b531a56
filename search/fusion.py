"""Fuse the ranked lists of several arms into one, and pick the passages to show of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from search.index.port import Scored

K = 60  # how little the first ranks differ; the value of the paper (Cormack et al. 2009)


class Fused(NamedTuple):
    """A passage in the fused list, and its hit in each arm that found it."""

    passage: str
    group: str
    score: float
    arms: Mapping[str, Scored]


class Group(NamedTuple):
    """A provision or judgment: the passages to show of it, and its best hit in each arm."""

    id: str
    score: float
    members: tuple[Fused, ...]  # best first; none if only a phrasing led to it
    arms: Mapping[str, Scored]


def fuse(
    runs: Mapping[str, Sequence[Scored]],
    k: int = K,
    weights: Mapping[str, float] | None = None,
) -> list[Fused]:
    """Fuse by reciprocal rank: a passage scores the sum of weight / (k + rank), ranks from 0.

    An arm without a weight weighs 1. The order of the runs does not matter; ties are broken by
    passage id.
    """
    weights = weights or {}
    found: dict[str, dict[str, Scored]] = {}
    for arm in sorted(runs):  # so that sums of floats do not depend on the order of the runs
        for hit in runs[arm]:
            found.setdefault(hit.passage, {})[arm] = hit
    fused = []
    for passage, arms in found.items():
        score = 0.0
        for arm, hit in arms.items():
            score += weights.get(arm, 1.0) / (k + hit.rank)
        fused.append(Fused(passage, hit.group, score, arms))
    return sorted(fused, key=lambda hit: (-hit.score, hit.passage))


def members_by_group(fused: Sequence[Fused], per_group: int) -> dict[str, tuple[Fused, ...]]:
    """Return the `per_group` best passages of each provision or judgment, best first."""
    if per_group < 1:
        raise ValueError(f"per_group must be at least 1, not {per_group}")
    found: dict[str, list[Fused]] = {}
    for hit in sorted(fused, key=lambda hit: (-hit.score, hit.passage)):
        of = found.setdefault(hit.group, [])
        if len(of) < per_group:
            of.append(hit)
    return {group: tuple(hits) for group, hits in found.items()}
