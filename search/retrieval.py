"""Find candidates: ask both arms, fuse, group by provision or judgment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from search.embed.port import Embedder
from search.fusion import Group, fuse, group_by
from search.index.port import IndexFilter, Scored, VectorIndex
from search.lexical import encode_query
from search.model import Filters, Passage
from search.query import ParsedQuery, phrase_matches

DEPTH = 200  # passages each arm brings
PHRASE_DEPTH = 1000  # with a quoted phrase, candidates are filtered afterwards
PER_GROUP = 3  # passages shown per provision

MEANING = "meaning"  # the dense arm, as `why` names it
WORDS = "words"  # the BM25 arm

FACETS: Mapping[str, Callable[[Passage], str]] = {
    "kind": lambda passage: passage.kind.value,
    "work": lambda passage: passage.work,
    "language": lambda passage: passage.language.value,
    "authority": lambda passage: passage.authority.value,
}


def index_filter(filters: Filters) -> IndexFilter:
    """Translate what the user limits the search to into what the index understands."""
    return IndexFilter(
        kind=filters.kind,
        work=filters.work,
        language=filters.language,
        authority=filters.authority,
        as_at=filters.as_at,
    )


def ask_arms(
    index: VectorIndex, embedder: Embedder, parsed: ParsedQuery, where: IndexFilter, depth: int
) -> dict[str, list[Scored]]:
    """Ask the index by meaning and by words; each list best first."""
    vector = embedder.embed_queries([parsed.text])[0]
    sparse = encode_query([term.term for term in parsed.terms])
    return {
        MEANING: index.search_dense(vector, depth, where),
        WORDS: index.search_sparse(sparse, depth, where),
    }


@dataclass(frozen=True, slots=True)
class Found:
    """What the arms found: groups best first, their passages, and counts per facet."""

    groups: tuple[Group, ...]
    passages: Mapping[str, Passage]
    facets: Mapping[str, Mapping[str, int]]


def find(
    index: VectorIndex,
    embedder: Embedder,
    parsed: ParsedQuery,
    filters: Filters,
    load: Callable[[Sequence[str]], Mapping[str, Passage]],
) -> Found:
    """Ask both arms, fuse and group; keep only passages that hold every quoted phrase.

    `load` reads passages from the catalogue; one that the catalogue no longer holds (the index
    is behind it) is left out.
    """
    depth = PHRASE_DEPTH if parsed.phrases else DEPTH
    fused = fuse(ask_arms(index, embedder, parsed, index_filter(filters), depth))
    passages = load([hit.passage for hit in fused])
    kept = [
        hit
        for hit in fused
        if hit.passage in passages
        and all(phrase_matches(passages[hit.passage].text, phrase) for phrase in parsed.phrases)
    ]
    groups = tuple(group_by(kept, PER_GROUP))
    return Found(groups, passages, count_facets(passages, groups))


def count_facets(
    passages: Mapping[str, Passage], groups: Sequence[Group]
) -> dict[str, dict[str, int]]:
    """Count the groups per value of each facet; a group counts once per value."""
    facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for group in groups:
        for name, value_of in FACETS.items():
            facets[name].update({value_of(passages[hit.passage]) for hit in group.members})
    return {
        name: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        for name, counts in facets.items()
    }
