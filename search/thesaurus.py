"""Find the thesaurus's concepts in a query, and the other words there are for them.

The bridge between an officer's or complainant's words and the law's, and between the languages:
«خدامة» and "maid" lead to «عامل منزلي».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.model import Bilingual, Concept
from search.text.fold import fold_text
from search.text.tokens import Token, analyse

_PRONOUNS = ("هما", "ها", "هم", "هن", "كم", "نا")
_SHORT = 3  # letters: so short a term stands for too many words


class _Word(NamedTuple):
    """A word as the thesaurus compares it."""

    term: str
    feminine: bool  # «الشرطة» of the term «شرط», but not «شروط»; False where that is no matter


_Words = tuple[_Word, ...]


@dataclass(frozen=True, slots=True)
class FoundConcept:
    """A concept that words of a query name, and the terms of its other names."""

    id: str
    label: Bilingual
    words: str  # of the query, as typed
    terms: frozenset[str]  # of all its labels in both languages


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """The labels of all concepts, by their first word; of labels that begin alike the longest is
    first."""

    labels: Mapping[_Word, Sequence[tuple[_Words, str]]]
    concepts: Mapping[str, Concept]
    terms: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Thesaurus:
        """Index the labels of the concepts given."""
        labels: dict[_Word, set[tuple[_Words, str]]] = defaultdict(set)
        terms: dict[str, frozenset[str]] = {}
        held = {concept.id: concept for concept in concepts}
        for concept in held.values():
            analysed = [tuple(word for word, _ in _words(text)) for text in _names(concept)]
            for label in filter(None, analysed):
                labels[label[0]].add((label, concept.id))
            terms[concept.id] = frozenset(word.term for label in analysed for word in label)
        ordered = {
            first: sorted(of, key=lambda item: (-len(item[0]), item))
            for first, of in labels.items()
        }
        return cls(ordered, held, terms)

    def find(self, text: str) -> list[FoundConcept]:
        """Return the concepts a text names, in its order; longer names win over parts of them."""
        asked = _words(text)
        words = tuple(word for word, _ in asked)
        found: dict[str, FoundConcept] = {}
        at = 0
        while at < len(words):
            size = 1
            for label, identifier in self.labels.get(words[at], ()):
                if len(label) < size:
                    break
                if words[at : at + len(label)] == label:
                    size = len(label)
                    typed = text[asked[at][1].start : asked[at + size - 1][1].end]
                    found.setdefault(identifier, self._found(identifier, typed))
            at += size
        return list(found.values())

    def _found(self, identifier: str, words: str) -> FoundConcept:
        concept = self.concepts[identifier]
        return FoundConcept(identifier, concept.label, words, self.terms[identifier])


def _words(text: str) -> list[tuple[_Word, Token]]:
    """Return the words of a label or a query.

    The index's terms alone would join «شروط», conditions, to «الشرطة», the police. Of a short
    Arabic term the feminine ending must agree too.
    """
    return [
        (_Word(token.term, _is_short_feminine(token.term, text[token.start : token.end])), token)
        for token in analyse(text)
    ]


def _is_short_feminine(term: str, written: str) -> bool:
    """Whether a word of a short Arabic term is that term with a feminine ending."""
    if len(term) > _SHORT or term.isascii():
        return False
    word = fold_text(written)
    for pronoun in _PRONOUNS:
        word = word.removesuffix(pronoun) if len(word) - len(pronoun) > _SHORT else word
    # ضحايا is the plural of ضحية
    return word.endswith((f"{term}ه", f"{term}ت", f"{term}ات", "ايا"))


def _names(concept: Concept) -> list[str]:
    labels = [label for label in (concept.label.ar, concept.label.en) if label]
    return [*labels, *concept.alt_ar, *concept.alt_en]
