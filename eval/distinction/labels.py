"""Find cases whose label is not what their marks say; `python -m eval.distinction.labels`.

Who writes a minimal pair may swap its two labels. A model of the marks alone, which has not seen
the writer of a case, names the label of 99 in 100; where it names another with all certainty, or
would have the labels of a pair the other way round, a person should read the case. Needs SciPy.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse

from eval.distinction.cases import Case, read_cases
from eval.distinction.fitting import fit_one_of
from eval.distinction.train import SETS, WEIGHER_COST, Floats, marked_findings, read_signals
from search.distinction.results import PRIMARY
from search.model import Language
from search.settings import load_settings

PARTS = ("train", "later", "plain", "test")
FOLDS = 5  # of writers
DOUBTED_BELOW = 0.03  # the chance of a label, of a case to be read again
SWAPPED_FROM = np.e  # so many times as likely the other way round


def chances(cases: Sequence[Case], signals: Sequence[str]) -> Floats:
    """Return a row of chances of the readings for each case, by a model of other writers' marks."""
    wanted = np.eye(len(PRIMARY))[[PRIMARY.index(case.label) for case in cases]]
    rows = marked_findings(cases, signals)
    rows = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 0.05)
    writers = np.array([case.id.split("-")[1] for case in cases])
    made = np.zeros_like(wanted)
    for fold in range(FOLDS):
        out = np.isin(writers, sorted(set(writers))[fold::FOLDS])
        none = sparse.csr_matrix((int((~out).sum()), 0))
        fitted = fit_one_of(
            none, rows[~out], wanted[~out], 1.0, WEIGHER_COST, np.ones(int((~out).sum()))
        )
        scores = rows[out] @ fitted.dense + fitted.bias
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        made[out] = raised / raised.sum(axis=1, keepdims=True)
    return made


def doubted(cases: Sequence[Case], found: Mapping[str, Floats]) -> list[str]:
    """Return the ids of cases whose label the marks speak against; `found`: chances by id."""
    labels = {case.id: PRIMARY.index(case.label) for case in cases}
    alone = [name for name, row in found.items() if row[labels[name]] < DOUBTED_BELOW]
    pairs: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        if case.pair:
            pairs[case.pair].add(case.id)
    swapped = [
        name
        for one, other in (members for members in pairs.values() if len(members) == 2)
        if _is_swapped(found[one], found[other], labels[one], labels[other])
        for name in (one, other)
    ]
    return sorted({*alone, *swapped})


def _is_swapped(first: Floats, second: Floats, one: int, other: int) -> bool:
    straight, crossed = first[one] * second[other], first[other] * second[one]
    return bool(crossed > SWAPPED_FROM * straight)


def by_id(cases: Sequence[Case], found: Floats) -> dict[str, Floats]:
    """Return the chances by id, once a case: its languages have the same marks."""
    return {
        case.id: row for case, row in zip(cases, found, strict=True) if case.language is Language.AR
    }


def read_all(signals: Iterable[str]) -> list[Case]:
    """Return the cases of all sets."""
    known = set(signals)
    return [case for part in PARTS for case in read_cases(SETS / part, known)]


def main() -> int:
    """Print the cases to be read again; 1 if there are any."""
    signals = read_signals(load_settings().corpus)
    cases = read_all(signals)
    found = by_id(cases, chances(cases, signals))
    labels = {case.id: case.label for case in cases}
    names = doubted(cases, found)
    for name in names:
        best = int(found[name].argmax())
        print(f"{name}: {labels[name]}; by its marks {PRIMARY[best]} ({found[name][best]:.2f})")
    print(f"{len(found)} cases, {len(names)} to be read again")
    return bool(names)


if __name__ == "__main__":
    sys.exit(main())
