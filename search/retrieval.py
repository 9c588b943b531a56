"""Find candidates: ask the arms, rank what they found, keep what is to be shown of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.abstention import nothing_fits
from search.facets import Traits
from search.fusion import Fused, Group, fuse, members_by_group
from search.identifiers import labels_of, work_of
from search.index.port import IndexFilter, Scored, Vector, VectorIndex
from search.lexical import encode_query
from search.model import Filters, Kind, Passage, Role
from search.query import ParsedQuery, phrase_matches
from search.ranking import (
    MEANING,
    PHRASING,
    THESAURUS,
    WORDS,
    Candidates,
    candidates,
    length_of,
    shipped_weights,
)
from search.structure import Structure
from search.thesaurus import FoundConcept

DEPTH = 200  # passages each arm brings
PHRASE_DEPTH = 1000  # with a quoted phrase, candidates are filtered afterwards
PER_GROUP = 3  # passages shown per provision

Arms = Mapping[str, Sequence[Scored]]


def index_filter(filters: Filters, groups: tuple[str, ...] = ()) -> IndexFilter:
    """Translate what the user limits the search to into what the index understands.

    `groups` are the provisions and judgments that have the traits asked for, where any are.
    """
    return IndexFilter(
        kind=filters.kind,
        work=filters.work,
        language=filters.language,
        authority=filters.authority,
        as_at=filters.as_at,
        groups=groups,
    )


def ask_arms(
    index: VectorIndex,
    vector: Vector,
    parsed: ParsedQuery,
    where: IndexFilter,
    depth: int,
    named: Sequence[FoundConcept],
) -> Arms:
    """Ask the index by meaning, by users' phrasings, by words, and by the other words there are
    for the concepts the query names; each list best first."""
    asked = {term.term for term in parsed.terms}
    sparse = encode_query(asked)
    others = encode_query({term for concept in named for term in concept.terms} - asked)
    texts, phrasings = replace(where, role=Role.TEXT), replace(where, role=Role.PHRASING)
    return {
        MEANING: index.search_dense(vector, depth, texts),
        PHRASING: index.search_dense(vector, depth, phrasings),
        WORDS: index.search_sparse(sparse, depth, texts),
        THESAURUS: index.search_sparse(others, depth, texts) if others.indices else [],
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as read, and what each arm found for it."""

    parsed: ParsedQuery
    named: tuple[FoundConcept, ...]
    arms: Arms
    structure: Structure
    reached: Mapping[str, float]  # by provision, as for ranking

    def candidates(self) -> Candidates:
        """Describe what was found, as ranking sees it."""
        named = [concept.id for concept in self.named]
        return candidates(self.arms, self.structure, named, self.reached)


@dataclass(frozen=True, slots=True)
class Found:
    """What the arms found: groups, best first, and counts per facet."""

    groups: tuple[Group, ...]
    facets: Mapping[str, Mapping[str, int]]
    nothing_fits: bool = False


def find(
    index: VectorIndex,
    vector: Vector,
    parsed: ParsedQuery,
    filters: Filters,
    load: Callable[[Sequence[str]], Mapping[str, Passage]],
    kind_of: Callable[[str], Kind],
    structure: Structure,
    traits: Traits,
    named: Sequence[FoundConcept],
    reached: Mapping[str, float],
) -> Found:
    """Ask the arms and rank the provisions and judgments they found.

    With quoted phrases only passages that hold each of them are kept; `load` reads their texts.
    `kind_of` says of a work what it is. Raises BadRequest for a trait there is not.
    """
    within = traits.groups_within(filters)
    if within == ():
        return Found((), {})
    depth = PHRASE_DEPTH if parsed.phrases else DEPTH
    arms = ask_arms(index, vector, parsed, index_filter(filters, within or ()), depth, named)
    shown = fuse({MEANING: arms[MEANING], WORDS: arms[WORDS]})
    if parsed.phrases:
        shown = _holding(parsed.phrases, shown, load([hit.passage for hit in shown]))
        arms = _within({hit.group for hit in shown}, arms)
    found = candidates(arms, structure, [concept.id for concept in named], reached)
    return Found(
        tuple(rank(arms, shown, parsed, found)),
        _facets(arms, kind_of, traits),
        nothing_fits(arms, len(parsed.terms), len(named), vector),
    )


def rank(arms: Arms, shown: Sequence[Fused], parsed: ParsedQuery, found: Candidates) -> list[Group]:
    """Return the groups the arms found, best first; `shown` are the passages to show of them."""
    length = length_of(len(parsed.text.split()))
    scores = shipped_weights().score(found.matrix, length)
    members = members_by_group(shown, PER_GROUP)
    best = _best_in_arms(arms)
    groups = [
        Group(group, float(score), members.get(group, ()), best[group])
        for group, score in zip(found.groups, scores, strict=True)
    ]
    return sorted(groups, key=lambda group: (-group.score, group.id))


def _best_in_arms(arms: Arms) -> dict[str, dict[str, Scored]]:
    """Return for each group its best hit in each arm that found it."""
    best: dict[str, dict[str, Scored]] = {}
    for arm, hits in arms.items():
        for hit in hits:
            best.setdefault(hit.group, {}).setdefault(arm, hit)
    return best


def _within(groups: set[str], arms: Arms) -> Arms:
    return {arm: [hit for hit in hits if hit.group in groups] for arm, hits in arms.items()}


def _holding(
    phrases: Sequence[str], fused: Sequence[Fused], passages: Mapping[str, Passage]
) -> list[Fused]:
    return [
        hit
        for hit in fused
        if hit.passage in passages
        and all(phrase_matches(passages[hit.passage].text, phrase) for phrase in phrases)
    ]


def _facets(
    arms: Arms, kind_of: Callable[[str], Kind], traits: Traits
) -> dict[str, dict[str, int]]:
    """Count the groups per value of each facet; a group counts once per value."""
    found = {hit.passage: hit.group for hits in arms.values() for hit in hits}
    languages, authorities = set(), set()
    for passage, group in found.items():
        _, language, authority = labels_of(passage)
        languages.add((group, language))
        authorities.add((group, authority))
    groups = set(found.values())
    works = [work_of(group) for group in groups]
    return {
        "kind": _counted(kind_of(work).value for work in works),
        "work": _counted(works),
        "language": _counted(language for _, language in languages),
        "authority": _counted(authority for _, authority in authorities),
        **traits.count(groups),
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
