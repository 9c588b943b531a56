"""Measure how many planted names are left, and how many legal words were taken for names.

    make eval-deidentify

Prints leaks by role and by form, over-masking, and the lines that leaked. Exit code 1 where a
victim or a minor leaked, or where 1 % or more of the ordinary words were masked.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, field

from ingest.deidentify import Masker
from ingest.document import Document, LineKind, document_of
from search.model import Language
from search.text.fold import fold_text

from .cases import Case, Line, build_case

CASES = 70  # of 8 persons each
SEED = 20_250_301
MAX_OVER_MASKING = 0.01
PROTECTED = ("victim", "minor")
_JOINED = ("", "و", "ف", "ب", "ل", "ك", "لل", "ول", "وب")


@dataclass(slots=True)
class Score:
    """What was planted and what was left of it."""

    persons: int = 0
    held_out: int = 0
    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    leaked: Counter[tuple[str, str]] = field(default_factory=Counter)
    words: int = 0
    masked_words: int = 0
    examples: list[str] = field(default_factory=list)
    over: Counter[str] = field(default_factory=Counter)

    def leaks(self, role: str) -> int:
        return sum(count for (planted, _), count in self.leaked.items() if planted == role)

    @property
    def over_masking(self) -> float:
        return self.masked_words / max(self.words, 1)


def measure(cases: int = CASES, seed: int = SEED) -> Score:
    """Build the cases, two languages and two styles in turn, mask them, and count."""
    chance = random.Random(seed)
    score = Score()
    for n in range(cases):
        language = Language.EN if n % 2 else Language.AR
        add_case(score, build_case(chance, language, "_told" if n % 4 > 1 else ""))
    return score


def add_case(score: Score, case: Case) -> None:
    """Mask one case and count what is left of each line."""
    score.persons += len(case.persons)
    score.held_out += sum(person.held_out for person in case.persons)
    document = document_of_case(case)
    masked = Masker(document.text, case.language).mask_document(document)
    for line, after in zip(case.lines, masked.lines, strict=True):
        _count_line(score, line, after.text)


def document_of_case(case: Case) -> Document:
    return document_of([(line.text, None, LineKind.TEXT, None) for line in case.lines])


def left_words(masked: str) -> set[str]:
    """Return the folded words of a masked text, placeholders aside."""
    return set(re.findall(r"[^\W_]+", fold_text(re.sub(r"\[[^\]]*\]", " ", masked))))


def is_left(word: str, left: set[str]) -> bool:
    """Tell whether a planted word is still there, with or without what may be joined to it."""
    folded = fold_text(word)
    return any(joined + folded in left for joined in _JOINED)


def _count_line(score: Score, line: Line, masked: str) -> None:
    left = left_words(masked)
    own = {fold_text(word) for word in line.fixed}
    for what in line.planted:
        score.planted[what.role, what.form] += 1
        leaked = [
            w for w in what.words if len(w) > 1 and fold_text(w) not in own and is_left(w, left)
        ]
        leaked = [w for w in leaked if fold_text(w) not in ("بن", "بنت", "عبد", "al", "abdul")]
        if leaked:
            score.leaked[what.role, what.form] += 1
            score.examples.append(
                f"{what.role}/{what.form} {leaked}: {line.text}\n      → {masked}"
            )
    kept = Counter(re.findall(r"[^\W_]+", fold_text(re.sub(r"\[[^\]]*\]", " ", masked))))
    for word, count in Counter(fold_text(w) for w in line.fixed).items():
        score.words += count
        missing = max(0, count - kept[word])
        # An address takes its own words away: «قطعة», "Block".
        if missing and not any(w.form == "number" for w in line.planted):
            score.masked_words += missing
            score.over[word] += missing


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the masking of names.")
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--examples", type=int, default=10)
    given = parser.parse_args()
    score = measure(given.cases, given.seed)
    print_score(score, given.examples)
    protected = sum(score.leaks(role) for role in PROTECTED)
    return int(protected > 0 or score.over_masking >= MAX_OVER_MASKING)


def print_score(score: Score, examples: int) -> None:
    print(f"persons {score.persons}, with a name in no list {score.held_out / score.persons:.0%}")
    for place, title in ((0, "role"), (1, "form")):
        print(f"\n{title:<12}{'planted':>9}{'leaked':>8}{'rate':>9}")
        for name in dict.fromkeys(key[place] for key in sorted(score.planted)):
            planted = sum(c for key, c in score.planted.items() if key[place] == name)
            leaked = sum(c for key, c in score.leaked.items() if key[place] == name)
            print(f"{name:<12}{planted:>9}{leaked:>8}{leaked / planted:>9.2%}")
    over = score.masked_words
    print(f"\nordinary words {score.words}, masked {over}, rate {score.over_masking:.3%}")
    if score.over:
        print("  " + ", ".join(f"{word} ×{count}" for word, count in score.over.most_common(20)))
    for example in score.examples[:examples]:
        print(f"  leak {example}")


if __name__ == "__main__":
    sys.exit(main())
