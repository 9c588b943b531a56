"""Rank provisions and judgments by a small linear model over what the arms found.

Each arm's scores are set against its own best fifty, so that cosines and BM25 sums can be added.
Beside them stands what the law's own structure says: the law most of the best candidates are of,
provisions that refer to a good candidate, provisions applied in a similar matter; and, of facts,
what offences they may be. The weights are
learned by `eval/train_ranking.py` on the development topics; short, middle and long queries have
weights of their own, close to the common ones.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.identifiers import labels_of, work_of
from search.index.port import Scored
from search.model import Authority
from search.structure import Structure

MEANING = "meaning"  # dense, texts
PHRASING = "phrasing"  # dense, how users put it
WORDS = "words"  # BM25
THESAURUS = "thesaurus"  # BM25, other words for what the query names
ARMS = (MEANING, PHRASING, WORDS, THESAURUS)
_ASKED = (MEANING, PHRASING, WORDS)  # the arms that vote on laws and neighbours

FEATURES = (
    *ARMS,
    "support",
    "law",
    "neighbours",
    "matters",
    "concepts",
    "offence",
    "judgment",
    "training",
)
WEIGHTS_FILE = Path(__file__).parent / "ranking.json"

_NORMED_BY = 50  # of each arm's candidates
_LAW_DEPTH = 60  # candidates that vote for their law

Matrix = npt.NDArray[np.float64]


class Length(StrEnum):
    """How much a query says: a keyword looks for a heading, a story for an offence."""

    KEYWORDS = "keywords"
    QUESTION = "question"
    FACTS = "facts"


def length_of(words: int) -> Length:
    """Return the kind of a query by its number of words."""
    if words <= 5:
        return Length.KEYWORDS
    return Length.QUESTION if words < 20 else Length.FACTS


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight per feature, for each length of query."""

    by_length: Mapping[Length, npt.NDArray[np.float64]]

    def score(self, matrix: Matrix, length: Length) -> npt.NDArray[np.float64]:
        """Return the score of each row of features."""
        return matrix @ self.by_length[length]


@cache
def shipped_weights() -> Weights:
    """Return the weights that ship with this version."""
    held = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    return Weights(
        {
            length: np.array([held["weights"][length.value][name] for name in FEATURES])
            for length in Length
        }
    )


@dataclass(frozen=True, slots=True)
class Candidates:
    """Groups the arms found, in the order of their ids, and a row of FEATURES for each."""

    groups: tuple[str, ...]
    matrix: Matrix  # groups × FEATURES


def candidates(
    arms: Mapping[str, Sequence[Scored]],
    structure: Structure,
    named: Collection[str],
    reached: Mapping[str, float],
) -> Candidates:
    """Describe every group that an arm found; `named` are the concepts the query names.

    `reached` gives by provision how far the query's facts support an offence it governs, 0 to 1.
    """
    best = {arm: _best_by_group(arms.get(arm, ())) for arm in ARMS}
    groups = tuple(sorted({group for scores in best.values() for group in scores}))
    normed = {arm: _normed(best[arm], groups) for arm in ARMS}
    # A text that a user added has no phrasings; it must not stand behind for that.
    added = np.array([group not in structure.concepts for group in groups], dtype=bool)
    normed[PHRASING] = np.where(added, normed[MEANING], normed[PHRASING])
    support = _support(arms.get(PHRASING, ()), groups)
    support = np.where(added, support.max(initial=0.0), support)
    base = sum((normed[arm] for arm in _ASKED), np.zeros(len(groups)))
    found = {hit.passage: hit.group for hits in arms.values() for hit in hits}
    fictional = {group for passage, group in found.items() if _is_training(passage)}
    columns = {
        **normed,
        "support": support,
        "law": _law_votes(base, groups),
        "neighbours": _through(structure.neighbours, base, groups),
        "matters": _through(structure.applied_in, base, groups),
        "concepts": _shared(structure.concepts, named, groups),
        "offence": np.array([reached.get(group, 0.0) for group in groups]),
        "judgment": np.array([float("/" not in group) for group in groups]),
        "training": np.array([float(group in fictional) for group in groups]),
    }
    return Candidates(groups, np.stack([columns[name] for name in FEATURES], axis=1))


def _is_training(passage: str) -> bool:
    return labels_of(passage)[2] == Authority.TRAINING


def _best_by_group(hits: Sequence[Scored]) -> dict[str, float]:
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.group, hit.score)  # best first
    return best


def _normed(best: Mapping[str, float], groups: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return how many deviations above its arm's best fifty each group stands.

    What the arm did not find stands where its last candidate does.
    """
    if not best:
        return np.zeros(len(groups))
    top = np.array(list(best.values())[:_NORMED_BY])
    floor = min(best.values())
    scores = np.array([best.get(group, floor) for group in groups])
    normed: npt.NDArray[np.float64] = (scores - top.mean()) / (top.std() + 1e-6)
    return normed


def _support(hits: Sequence[Scored], groups: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return how many phrasings of a group were found, on a scale that flattens."""
    count: dict[str, int] = {}
    for hit in hits:
        count[hit.group] = count.get(hit.group, 0) + 1
    return np.array([float(np.log1p(count.get(group, 0))) for group in groups])


def _law_votes(base: npt.NDArray[np.float64], groups: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return for each group how much of the best candidates' weight its law holds, 0 to 1."""
    votes: dict[str, float] = {}
    for place in np.argsort(-base, kind="stable")[:_LAW_DEPTH]:
        law = work_of(groups[place])
        votes[law] = votes.get(law, 0.0) + max(float(base[place]), 0.0)
    most = max(votes.values(), default=0.0) or 1.0
    return np.array([votes.get(work_of(group), 0.0) / most for group in groups])


def _through(
    links: Mapping[str, frozenset[str]], base: npt.NDArray[np.float64], groups: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Return for each group the best score among the candidates linked to it, from 0 up."""
    score = dict(zip(groups, base, strict=True))
    through = [
        max((score[other] for other in links.get(group, ()) if other in score), default=-2.0)
        for group in groups
    ]
    return np.maximum(np.array(through, dtype=np.float64) + 2.0, 0.0) / 4.0


def _shared(
    tagged: Mapping[str, frozenset[str]], named: Collection[str], groups: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Return how much of what the query names each group is tagged with, rare concepts more."""
    wanted = set(named)
    of = [tagged.get(group, frozenset()) & wanted for group in groups]
    seen = Counter(concept for concepts in of for concept in concepts)
    rarity = {
        concept: float(np.log(1 + len(groups) / (1 + count))) for concept, count in seen.items()
    }
    return np.array([sum(rarity[concept] for concept in concepts) for concepts in of])
