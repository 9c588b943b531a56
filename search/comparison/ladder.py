"""Order penalties by their gravity: death, life, the longest term, the highest fine."""

from __future__ import annotations

from collections.abc import Iterable

from search.comparison.results import Rung
from search.model import Fine, Imprisonment, Penalty


def rank_rungs(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """Return the rungs from the gravest down; of equal ones, by the provision's id."""
    return tuple(
        sorted(
            rungs,
            key=lambda rung: (
                [-part for part in severity(rung.penalty)],
                rung.provision.id,
                rung.penalty.offence,
                rung.penalty.applies.best_en,
            ),
        )
    )


def severity(penalty: Penalty) -> tuple[int, ...]:
    """Return what makes a penalty grave, the most telling part first; each larger is graver.

    A term or fine of which only one bound is known counts as that bound.
    """
    term = penalty.imprisonment or Imprisonment()
    fine = penalty.fine or Fine()
    least, most = term.min_months or 0, term.max_months or 0
    return (
        int(term.death),
        int(term.life),
        max(least, most),
        least,
        max(fine.min_kwd or 0, fine.max_kwd or 0),
        fine.min_kwd or 0,
    )
