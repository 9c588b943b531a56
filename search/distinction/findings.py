"""Gather what the clauses say into findings: for each signal, how strongly and in which words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from search.distinction.clauses import Facts
from search.distinction.encoder import Vectors
from search.distinction.signals import POLARITIES, ClauseScores, Polarity

SHOWN = 3  # clauses shown as evidence of one thing at most


@dataclass(frozen=True, slots=True)
class Evidence:
    """facts[start:end] says something of one signal; `score` is the calibrated chance of it."""

    start: int
    end: int
    text: str
    score: float
    signal: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Findings:
    """What the facts say, signal by signal: chances from 0 to 1, and the clauses behind them."""

    signals: tuple[str, ...]
    strongest: Mapping[Polarity, Vectors]  # of any one clause
    together: Vectors  # chance that at least one clause states it
    evidence: Mapping[tuple[str, Polarity], tuple[Evidence, ...]]

    def strength(self, signal: str, polarity: Polarity = Polarity.STATED) -> float:
        """Return the chance that the facts say this of a signal."""
        return float(self.strongest[polarity][_places(self.signals)[signal]])

    def vector(self) -> Vectors:
        """Return all chances in one row, as the weigher sees them."""
        return np.concatenate([*(self.strongest[each] for each in POLARITIES), self.together])


@lru_cache(maxsize=8)
def _places(signals: tuple[str, ...]) -> dict[str, int]:
    return {signal: place for place, signal in enumerate(signals)}


def gather(
    facts: Facts,
    scores: ClauseScores,
    signals: tuple[str, ...],
    shown_from: float,
    struck: Collection[int] = (),
    assumed: Mapping[str, bool] | None = None,
) -> Findings:
    """Gather the clauses' scores; leave out struck sentences, set what is assumed.

    `shown_from` is the least score of a clause that is shown as evidence; `assumed` says of a
    signal that it is so (True) or not (False), whatever the clauses say.
    """
    kept = [place for place, c in enumerate(facts.clauses) if c.sentence not in struck]
    meant = {each: scores.meant(each)[kept] for each in POLARITIES}
    strongest = {each: _highest(meant[each], len(signals)) for each in POLARITIES}
    together = 1 - np.prod(1 - np.clip(meant[Polarity.STATED], 0, 0.99), axis=0)
    evidence = {
        (signal, polarity): found
        for polarity in POLARITIES
        for column, signal in enumerate(signals)
        if (found := _shown(facts, kept, meant[polarity][:, column], signal, polarity, shown_from))
    }
    for signal, is_so in (assumed or {}).items():
        column = signals.index(signal)
        strongest[Polarity.STATED][column] = together[column] = 0.95 if is_so else 0.0
        strongest[Polarity.DENIED][column] = 0.0 if is_so else 0.95
        strongest[Polarity.OPEN][column] = 0.0
    return Findings(signals, strongest, together.astype(np.float32), evidence)


def _highest(meant: Vectors, signals: int) -> Vectors:
    made: Vectors = meant.max(axis=0) if len(meant) else np.zeros(signals, dtype=np.float32)
    return made.copy()


def _shown(
    facts: Facts,
    kept: list[int],
    column: Vectors,
    signal: str,
    polarity: Polarity,
    shown_from: float,
) -> tuple[Evidence, ...]:
    """Return the clauses that carry a signal, strongest first, in reading order where equal."""
    places = [place for place in np.argsort(-column, kind="stable") if column[place] >= shown_from]
    made = []
    for place in places[:SHOWN]:
        clause = facts.clauses[kept[place]]
        score = round(float(column[place]), 3)
        words = facts.words(clause)
        made.append(Evidence(clause.start, clause.end, words, score, signal, polarity))
    return tuple(made)
