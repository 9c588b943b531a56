"""Tell which citations name law that is repealed, replaced or struck down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.comparison.results import Staleness
from search.identifiers import parse_unit, work_of
from search.model import Bilingual, Scope, Treatment, TreatmentKind

_ENDS = {
    TreatmentKind.REPEALED: Staleness.REPEALED,
    TreatmentKind.REPLACED: Staleness.REPLACED,
    TreatmentKind.STRUCK: Staleness.STRUCK,
}
Cited = tuple[str, str]  # expression id, words of the citation


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended a provision or instrument, as far as it is known."""

    state: Staleness
    scope: Scope = Scope.WHOLE
    by: Bilingual | None = None
    by_id: str | None = None
    since: str | None = None
    clause: str | None = None  # the part concerned, as a path below the provision

    def concerns(self, target: str) -> bool:
        """Tell whether the end reaches what is cited: of a part, that part or the whole of it."""
        if self.clause is None:
            return True
        cited = "/".join(parse_unit(target).path[1:]) if "/" in target else ""
        return not cited or f"{cited}/".startswith(f"{self.clause}/")

    def is_told_by(self, source: str) -> bool:
        """Tell whether a provision belongs to the very law that ended it and must name it."""
        return self.by_id is not None and work_of(self.by_id) == work_of(source)


def end_of(treatments: Iterable[Treatment], is_repealed: bool) -> Ended | None:
    """Return the last event that ended a provision or a part of it; None where it stands."""
    ends = [t for t in treatments if t.kind in _ENDS]
    if ends:
        last = max(ends, key=lambda t: (t.scope is Scope.WHOLE, t.date or ""))
        state = _ENDS[last.kind]
        return Ended(state, last.scope, last.by, last.by_id, last.date, last.clause)
    return Ended(Staleness.REPEALED) if is_repealed else None


def end_of_instrument(
    in_force_to: dt.date | None, provisions: Iterable[Ended | None], as_at: dt.date
) -> Ended | None:
    """Return what ended a whole instrument: its date, or the end of all its provisions."""
    ends = list(provisions)
    is_over = in_force_to is not None and in_force_to <= as_at
    whole = [end for end in ends if end is not None and end.state is Staleness.REPEALED]
    if not is_over and (not ends or len(whole) < len(ends)):
        return None
    known = next((end for end in whole if end.by is not None), Ended(Staleness.REPEALED))
    since = in_force_to.isoformat() if in_force_to else known.since
    return Ended(Staleness.REPEALED, Scope.WHOLE, known.by, known.by_id, since)


def end_for(target: str, ended: Mapping[str, Ended]) -> Ended | None:
    """Return what ended a cited provision, clause or instrument."""
    if "/" in target:
        top = str(parse_unit(target).top)
        end = ended.get(top)
        if end is not None and end.concerns(target):
            return end
    return ended.get(work_of(target))
