"""How often clauses that match plain words are marked so in the cases. Prints.

    .venv/bin/python -m eval.distinction.plain

By signal and language: how many clauses of the training and the later cases match the words in
search/distinction/plain_words.py, and the share of them that their writer marked with the signal:
the clause itself, and the case anywhere.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass

from eval.distinction.cases import read_cases
from eval.distinction.train import SETS, read_signals
from search.distinction.clauses import split_facts
from search.distinction.plain_words import plainly_said
from search.settings import load_settings


@dataclass
class Matches:
    """Of one signal in one language: clauses that match, and how many are marked so."""

    clauses: int = 0
    marked: int = 0
    marked_in_case: int = 0


def count_matches() -> dict[tuple[str, str], Matches]:
    """Return the matches by signal and language."""
    signals = read_signals(load_settings().corpus)
    found: dict[tuple[str, str], Matches] = defaultdict(Matches)
    for part in ("train", "later"):
        for case in read_cases(SETS / part, signals):
            facts = split_facts(case.text)
            anywhere = {mark.signal for mark in case.marks}
            for clause in facts.clauses:
                here = {
                    m.signal for m in case.marks if m.start < clause.end and clause.start < m.end
                }
                for signal in plainly_said(facts.words(clause)):
                    matches = found[signal, str(case.language)]
                    matches.clauses += 1
                    matches.marked += signal in here
                    matches.marked_in_case += signal in anywhere
    return found


def main() -> int:
    """Print a line for each signal and language."""
    print(f"{'signal':<22}{'':<4}{'clauses':>8}{'marked':>8}{'in the case':>13}")
    found = count_matches()
    for (signal, language), of in sorted(found.items()):
        shares = of.marked / of.clauses, of.marked_in_case / of.clauses
        print(f"{signal:<22}{language:<4}{of.clauses:>8}{shares[0]:>8.2f}{shares[1]:>13.2f}")
    total = sum(of.clauses for of in found.values())
    print(f"{'all':<26}{total:>8}{sum(of.marked for of in found.values()) / total:>8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
