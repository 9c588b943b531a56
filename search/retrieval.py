"""Find candidates: ask both arms, fuse, group by provision or judgment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.fusion import Fused, Group, fuse, group_by
from search.identifiers import labels_of
from search.index.port import IndexFilter, Scored, Vector, VectorIndex
from search.lexical import encode_query
from search.model import Authority, Filters, Kind, Passage
from search.query import ParsedQuery, phrase_matches

DEPTH = 200  # passages each arm brings
PHRASE_DEPTH = 1000  # with a quoted phrase, candidates are filtered afterwards
PER_GROUP = 3  # passages shown per provision

MEANING = "meaning"  # the dense arm, as `why` names it
WORDS = "words"  # the BM25 arm

# Fictional matters, written for training, stand behind real ones unless asked for.
WEIGHTS = {Authority.TRAINING.value: 0.5}


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
    index: VectorIndex,
    embed: Callable[[str], Vector],
    parsed: ParsedQuery,
    where: IndexFilter,
    depth: int,
) -> dict[str, list[Scored]]:
    """Ask the index by meaning and by words; each list best first."""
    sparse = encode_query([term.term for term in parsed.terms])
    return {
        MEANING: index.search_dense(embed(parsed.text), depth, where),
        WORDS: index.search_sparse(sparse, depth, where),
    }


@dataclass(frozen=True, slots=True)
class Found:
    """What the arms found: groups, best first, and counts per facet."""

    groups: tuple[Group, ...]
    facets: Mapping[str, Mapping[str, int]]


def find(
    index: VectorIndex,
    embed: Callable[[str], Vector],
    parsed: ParsedQuery,
    filters: Filters,
    load: Callable[[Sequence[str]], Mapping[str, Passage]],
    kind_of: Callable[[str], Kind],
) -> Found:
    """Ask both arms, fuse and group.

    With quoted phrases only passages that hold each of them are kept; `load` reads their texts.
    `kind_of` says of a work what it is.
    """
    depth = PHRASE_DEPTH if parsed.phrases else DEPTH
    fused = fuse(ask_arms(index, embed, parsed, index_filter(filters), depth))
    if parsed.phrases:
        fused = _holding(parsed.phrases, fused, load([hit.passage for hit in fused]))
    labelled = [(hit, labels_of(hit.passage)) for hit in fused]
    groups = group_by([_weighed(hit, labels[2]) for hit, labels in labelled], PER_GROUP)
    return Found(tuple(groups), _facets(labelled, kind_of))


def _holding(
    phrases: Sequence[str], fused: Sequence[Fused], passages: Mapping[str, Passage]
) -> list[Fused]:
    return [
        hit
        for hit in fused
        if hit.passage in passages
        and all(phrase_matches(passages[hit.passage].text, phrase) for phrase in phrases)
    ]


def _weighed(hit: Fused, authority: str) -> Fused:
    weight = WEIGHTS.get(authority)
    return hit if weight is None else replace(hit, score=hit.score * weight)


def _facets(
    labelled: Sequence[tuple[Fused, tuple[str, str, str]]], kind_of: Callable[[str], Kind]
) -> dict[str, dict[str, int]]:
    """Count the groups per value of each facet; a group counts once per value."""
    works = {(hit.group, work) for hit, (work, _, _) in labelled}
    languages = {(hit.group, language) for hit, (_, language, _) in labelled}
    authorities = {(hit.group, authority) for hit, (_, _, authority) in labelled}
    return {
        "kind": _counted(kind_of(work).value for _, work in works),
        "work": _counted(work for _, work in works),
        "language": _counted(language for _, language in languages),
        "authority": _counted(authority for _, authority in authorities),
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
