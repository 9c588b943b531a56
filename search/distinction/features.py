"""What the model sees of a clause: its words, and the cues in it and around it. Pure.

Features are names; the model knows those it learned and passes over the rest, so names of people
and places, seen once or never, count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.distinction.clauses import Facts
from search.distinction.cues import placed_cues
from search.text.tokens import analyse


@dataclass(frozen=True, slots=True)
class ClauseFeatures:
    """Names of what is seen of a clause: its own terms and pairs of terms; placed cues."""

    terms: list[str]
    cues: list[str]


def clause_features(facts: Facts) -> list[ClauseFeatures]:
    """Return what is seen of each clause, in order."""
    words = [facts.words(clause) for clause in facts.clauses]
    cues = placed_cues(words, [clause.sentence for clause in facts.clauses])
    return [
        ClauseFeatures(_with_pairs(_terms(text)), names)
        for text, names in zip(words, cues, strict=True)
    ]


def wording(features: Iterable[ClauseFeatures]) -> list[str]:
    """Return the single terms of several clauses, each once, in the order of the alphabet."""
    return sorted({term for seen in features for term in seen.terms if " " not in term})


def _with_pairs(terms: Sequence[str]) -> list[str]:
    return [*dict.fromkeys(terms), *dict.fromkeys(f"{a} {b}" for a, b in pairwise(terms))]


def _terms(text: str) -> list[str]:
    """Return the terms in order; numbers are alike, their size is not learned from few cases."""
    found = [token.term for token in analyse(text, keep_stop_words=True)]
    return ["#" if term[:1].isdigit() else term for term in found]
