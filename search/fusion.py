"""Fuse the ranked lists of several arms into one, and group passages into results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.index.port import Scored

K = 60  # how little the first ranks differ; the value of the paper (Cormack et al. 2009)


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage in the fused list, and its hit in each arm that found it."""

    passage: str
    group: str
    score: float
    arms: Mapping[str, Scored]


@dataclass(frozen=True, slots=True)
class Group:
    """A provision or judgment with its best passages as `members`, best first."""

    id: str
    score: float
    members: tuple[Fused, ...]


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
        score = sum(weights.get(arm, 1.0) / (k + hit.rank) for arm, hit in arms.items())
        group = next(iter(arms.values())).group
        fused.append(Fused(passage, group, score, arms))
    return sorted(fused, key=lambda hit: (-hit.score, hit.passage))


def group_by(fused: Sequence[Fused], per_group: int) -> list[Group]:
    """Group a fused list by provision or judgment, keeping `per_group` passages of each.

    A group scores as its best passage: a sum would rank long provisions first for being long.
    Where best passages tie, which two arms' first hits do, the kept passages' sum decides, then
    the group's id.
    """
    if per_group < 1:
        raise ValueError(f"per_group must be at least 1, not {per_group}")
    found: dict[str, list[Fused]] = {}
    for hit in sorted(fused, key=lambda hit: (-hit.score, hit.passage)):
        found.setdefault(hit.group, []).append(hit)
    groups = [Group(group, hits[0].score, tuple(hits[:per_group])) for group, hits in found.items()]
    return sorted(groups, key=lambda g: (-g.score, -sum(hit.score for hit in g.members), g.id))
