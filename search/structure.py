"""Who refers to whom and is about what, as ranking needs it: read once for each revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.identifiers import work_of


@dataclass(frozen=True, slots=True)
class Structure:
    """Provisions that refer to one another, either way, provisions that judgments apply, and what
    the editors say each is about."""

    neighbours: Mapping[str, frozenset[str]]  # provision → provisions
    applied_in: Mapping[str, frozenset[str]]  # provision → judgments
    concepts: Mapping[str, frozenset[str]]  # provision or judgment → concepts it is tagged with

    @classmethod
    def of(
        cls, links: Iterable[tuple[str, str]], concepts: Mapping[str, Iterable[str]]
    ) -> Structure:
        """Build it from (provision or judgment, provision or part of it that it names) pairs."""
        neighbours: dict[str, set[str]] = defaultdict(set)
        applied_in: dict[str, set[str]] = defaultdict(set)
        for source, named in links:
            target = "/".join(named.split("/")[:2])
            if target in (source, work_of(named)):
                continue
            if "/" not in source:
                applied_in[target].add(source)
                continue
            neighbours[source].add(target)
            neighbours[target].add(source)
        return cls(_frozen(neighbours), _frozen(applied_in), _frozen(concepts))


def _frozen(sets: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}
