"""The arms once more, exact and in memory, so that each lever of the search can be taken away.

What is measured as a baseline must not lean on what it is compared with: BM25 over the texts' own
words without those of users' phrasings, the embedder's own space without the learned turn. The
index holds neither; both are computed here from the catalogue and its cached embeddings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from search.adapter import Adapter, adapter_for
from search.index.port import Scored
from search.indexing import embed_missing
from search.lexical import K1, B
from search.model import Passage, Role
from search.opening import Parts
from search.query import parse_query
from search.ranking import (
    FEATURES,
    MEANING,
    PHRASING,
    THESAURUS,
    WORDS,
    Candidates,
    candidates,
)
from search.retrieval import DEPTH, Arms
from search.structure import Structure
from search.text.tokens import analyse
from search.thesaurus import FoundConcept, Thesaurus

Floats = npt.NDArray[np.float32]


class Lever(StrEnum):
    """What the search gains by, each of which can be taken away."""

    PHRASINGS = "phrasings"
    THESAURUS = "thesaurus"
    ADAPTER = "adapter"
    STRUCTURE = "structure"
    OFFENCES = "offences told apart"
    WEIGHTS = "learned weights"


# the features that a lever feeds; what it does not feed is left as it is
FEEDS: Mapping[Lever, tuple[str, ...]] = {
    Lever.PHRASINGS: ("phrasing", "support"),
    Lever.THESAURUS: ("thesaurus", "concepts"),
    Lever.STRUCTURE: ("law", "neighbours", "matters"),
    Lever.OFFENCES: ("offence",),
}


@dataclass(frozen=True, slots=True)
class Bm25:
    """BM25 over passages: term → (places, weights), IDF applied."""

    postings: Mapping[str, tuple[npt.NDArray[np.int64], Floats]]
    size: int

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]]) -> Bm25:
        """Weigh the terms of each document as search/lexical.py and the index do together."""
        average = sum(map(len, documents)) / max(1, len(documents)) or 1.0
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, terms in enumerate(documents):
            norm = K1 * (1 - B + B * len(terms) / average)
            for term, count in Counter(terms).items():
                found[term].append((place, count * (K1 + 1) / (count + norm)))
        size = len(documents)
        postings = {}
        for term, rows in found.items():
            rarity = np.log(1 + (size - len(rows) + 0.5) / (len(rows) + 0.5))
            places = np.array([place for place, _ in rows])
            postings[term] = places, (np.array([w for _, w in rows]) * rarity).astype(np.float32)
        return cls(postings, size)

    def scores(self, terms: Collection[str]) -> Floats:
        """Return one score per document, 0 for one that holds none of the terms."""
        total = np.zeros(self.size, dtype=np.float32)
        for term in sorted(set(terms) & self.postings.keys()):
            places, weights = self.postings[term]
            total[places] += weights
        return total


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: its terms, the concepts it names, its vector as the embedder gives it, and by
    provision how far its facts support an offence."""

    terms: frozenset[str]
    named: tuple[FoundConcept, ...]
    vector: Floats
    reached: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pieces:
    """What each arm finds for a query. `found`: (arm, plain) → hits; plain is the embedder's own
    space for the dense arms, and the texts' own words for those of words."""

    asked: Asked
    found: Mapping[tuple[str, bool], Sequence[Scored]]

    def arms(self, off: Collection[Lever] = ()) -> Arms:
        """Return the arms without the levers that are off."""
        raw, own = Lever.ADAPTER in off, Lever.PHRASINGS in off
        arms = {
            MEANING: self.found[MEANING, raw],
            PHRASING: () if own else self.found[PHRASING, raw],
            WORDS: self.found[WORDS, own],
            THESAURUS: () if Lever.THESAURUS in off else self.found[THESAURUS, own],
        }
        return {arm: list(hits) for arm, hits in arms.items()}


@dataclass(frozen=True, slots=True)
class Plain:
    """The collection in memory: passages in the order of their vectors (rows × dimensions)."""

    texts: Sequence[Passage]
    phrasings: Sequence[Passage]
    text_vectors: Floats
    phrasing_vectors: Floats
    turned: tuple[Floats, Floats]  # the same two in the turned space
    adapter: Adapter
    own_words: Bm25
    all_words: Bm25  # with the words of the phrasings that lead to a text
    structure: Structure
    thesaurus: Thesaurus

    @classmethod
    def read(cls, parts: Parts) -> Plain:
        """Read everything; embeds what has no vector yet."""
        catalogue, embedder = parts.catalogue, parts.load_embedder()
        embed_missing(catalogue, embedder)
        passages = list(catalogue.iterate_passages())
        held = catalogue.get_embeddings({p.content_hash for p in passages}, embedder.identity)
        texts = [p for p in passages if p.role is Role.TEXT]
        phrasings = [p for p in passages if p.role is Role.PHRASING]
        own = [_terms(passage) for passage in texts]
        leading: dict[str, list[str]] = defaultdict(list)
        for passage in phrasings:
            leading[passage.expression] += _terms(passage)
        every = [terms + leading[text.expression] for text, terms in zip(texts, own, strict=True)]
        of_texts = _rows(texts, held, embedder.dimensions)
        of_phrasings = _rows(phrasings, held, embedder.dimensions)
        adapter = adapter_for(embedder.identity)
        return cls(
            texts,
            phrasings,
            of_texts,
            of_phrasings,
            (adapter.apply(of_texts), adapter.apply(of_phrasings)),
            adapter,
            Bm25.of(own),
            Bm25.of(every),
            Structure.of(catalogue.links(), catalogue.subjects()),
            Thesaurus.of(catalogue.concepts().values()),
        )

    def read_query(self, text: str, vector: Floats, reached: Mapping[str, float]) -> Asked:
        """Read a query; `vector` is the embedder's, `reached` the service's."""
        parsed = parse_query(text)
        named = tuple(self.thesaurus.find(parsed.text))
        return Asked(frozenset(term.term for term in parsed.terms), named, vector, reached)

    def pieces(self, asked: Asked) -> Pieces:
        """Return every list that any choice of levers needs."""
        turned = self.adapter.apply(asked.vector)
        others = {term for concept in asked.named for term in concept.terms} - asked.terms
        return Pieces(
            asked,
            {
                (MEANING, False): _best(self.texts, self.turned[0] @ turned),
                (MEANING, True): _best(self.texts, self.text_vectors @ asked.vector),
                (PHRASING, False): _best(self.phrasings, self.turned[1] @ turned),
                (PHRASING, True): _best(self.phrasings, self.phrasing_vectors @ asked.vector),
                (WORDS, False): _best(self.texts, self.all_words.scores(asked.terms), 0.0),
                (WORDS, True): _best(self.texts, self.own_words.scores(asked.terms), 0.0),
                (THESAURUS, False): _best(self.texts, self.all_words.scores(others), 0.0),
                (THESAURUS, True): _best(self.texts, self.own_words.scores(others), 0.0),
            },
        )

    def candidates(self, pieces: Pieces, off: Collection[Lever] = ()) -> Candidates:
        """Describe what is found as ranking sees it; what a lever that is off feeds is 0."""
        concepts = () if Lever.THESAURUS in off else pieces.asked.named
        named = [concept.id for concept in concepts]
        found = candidates(pieces.arms(off), self.structure, named, pieces.asked.reached)
        return replace(found, matrix=found.matrix * _kept(off))


def _kept(off: Collection[Lever]) -> npt.NDArray[np.float64]:
    dropped = {name for lever in off for name in FEEDS.get(lever, ())}
    return np.array([float(name not in dropped) for name in FEATURES])


def _terms(passage: Passage) -> list[str]:
    return [token.term for token in analyse(passage.index_text)]


def _rows(passages: Sequence[Passage], held: Mapping[str, Floats], dimensions: int) -> Floats:
    if not passages:
        return np.zeros((0, dimensions), dtype=np.float32)
    return np.stack([held[passage.content_hash] for passage in passages])


def _best(passages: Sequence[Passage], scores: Floats, above: float = -2.0) -> list[Scored]:
    """Return the DEPTH best passages, ties by id."""
    wanted = min(DEPTH + 50, len(scores))
    nearest = np.argpartition(-scores, wanted - 1)[:wanted] if wanted else ()
    ranked = sorted(
        (-float(scores[place]), passages[place].id, passages[place].group)
        for place in nearest
        if scores[place] > above
    )
    return [
        Scored(passage, group, -score, rank)
        for rank, (score, passage, group) in enumerate(ranked[:DEPTH])
    ]
