"""The systems that are compared on equal terms: what users get, and the plain arms behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from search.fusion import fuse
from search.index.port import Scored
from search.model import Query
from search.ranking import MEANING, WORDS
from search.service import SearchService

DEPTH = 100

Ranked = Sequence[tuple[str, float]]  # (provision or judgment, score), best first
System = Callable[[str], Ranked]


def systems(service: SearchService) -> Mapping[str, System]:
    """Return name → system.

    `bm25` is the words arm alone (it holds the phrasings' words too), `dense` the dense arm over
    the texts alone, in the turned space, `rrf` their reciprocal rank fusion; each takes a
    provision's best passage, and none puts a cited provision first.
    """
    return {
        "tamyeez": lambda query: [
            (hit.id, hit.score) for hit in service.search(Query(query, limit=DEPTH)).hits
        ],
        "bm25": lambda query: _by_group(service.ask(query).arms[WORDS]),
        "dense": lambda query: _by_group(service.ask(query).arms[MEANING]),
        "rrf": lambda query: _fused(service, query),
    }


def _fused(service: SearchService, query: str) -> Ranked:
    arms = service.ask(query).arms
    fused = fuse({arm: arms[arm] for arm in (WORDS, MEANING)})
    return _first((hit.group, hit.score) for hit in fused)


def _by_group(hits: Sequence[Scored]) -> Ranked:
    return _first((hit.group, hit.score) for hit in hits)


def _first(found: Iterable[tuple[str, float]]) -> Ranked:
    best: dict[str, float] = {}
    for group, score in found:
        best.setdefault(group, score)
    return list(best.items())[:DEPTH]
