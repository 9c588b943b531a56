"""Find the thesaurus's concepts in a query, and the other words there are for them.

The bridge between an officer's or complainant's words and the law's, and between the languages:
«خدامة» and "maid" lead to «عامل منزلي».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.model import Bilingual, Concept
from search.text.tokens import analyse

_Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundConcept:
    """A concept that words of a query name, and the terms of its other names."""

    id: str
    label: Bilingual
    words: str  # of the query, as typed
    terms: frozenset[str]  # of all its labels in both languages


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """The labels of all concepts, by their first term; of labels that begin alike the longest is
    first."""

    labels: Mapping[str, Sequence[tuple[_Terms, str]]]
    concepts: Mapping[str, Concept]
    terms: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Thesaurus:
        """Index the labels of the concepts given."""
        labels: dict[str, set[tuple[_Terms, str]]] = defaultdict(set)
        terms: dict[str, frozenset[str]] = {}
        held = {concept.id: concept for concept in concepts}
        for concept in held.values():
            analysed = [tuple(t.term for t in analyse(text)) for text in _names(concept)]
            for label in filter(None, analysed):
                labels[label[0]].add((label, concept.id))
            terms[concept.id] = frozenset(term for label in analysed for term in label)
        ordered = {
            first: sorted(of, key=lambda item: (-len(item[0]), item))
            for first, of in labels.items()
        }
        return cls(ordered, held, terms)

    def find(self, text: str) -> list[FoundConcept]:
        """Return the concepts a text names, in its order; longer names win over parts of them."""
        tokens = analyse(text)
        found: dict[str, FoundConcept] = {}
        at = 0
        while at < len(tokens):
            size = 1
            for label, identifier in self.labels.get(tokens[at].term, ()):
                if len(label) < size:
                    break
                if tuple(token.term for token in tokens[at : at + len(label)]) == label:
                    size = len(label)
                    words = text[tokens[at].start : tokens[at + size - 1].end]
                    found.setdefault(identifier, self._found(identifier, words))
            at += size
        return list(found.values())

    def _found(self, identifier: str, words: str) -> FoundConcept:
        concept = self.concepts[identifier]
        return FoundConcept(identifier, concept.label, words, self.terms[identifier])


def _names(concept: Concept) -> list[str]:
    labels = [label for label in (concept.label.ar, concept.label.en) if label]
    return [*labels, *concept.alt_ar, *concept.alt_en]
