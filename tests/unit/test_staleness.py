"""What ended is told from what stands: whole or part, by whom, since when."""

from __future__ import annotations

import datetime as dt

from search.comparison import Staleness
from search.comparison.staleness import Ended, end_for, end_of, end_of_instrument
from search.model import Bilingual, Scope, Treatment, TreatmentKind

BY = Bilingual("قانون", "Law 2/2000")
DAY = dt.date(2025, 1, 1)


def event(kind: TreatmentKind, scope: Scope = Scope.WHOLE, clause: str | None = None) -> Treatment:
    return Treatment("kw-law-1999-1/art-1", kind, scope, BY, "kw-law-2000-2", "2000", clause)


def test_an_amended_provision_still_stands() -> None:
    assert end_of([event(TreatmentKind.AMENDED), event(TreatmentKind.INTERPRETED)], False) is None


def test_the_end_names_who_made_it() -> None:
    end = end_of([event(TreatmentKind.AMENDED), event(TreatmentKind.REPEALED)], True)
    assert end == Ended(Staleness.REPEALED, Scope.WHOLE, BY, "kw-law-2000-2", "2000")
    assert end_of([], True) == Ended(Staleness.REPEALED)


def test_of_a_part_only_citations_of_that_part_or_the_whole_are_stale() -> None:
    struck = end_of([event(TreatmentKind.STRUCK, Scope.PART, "par-2")], False)
    assert struck is not None
    ended = {"kw-law-1999-1/art-1": struck}
    assert end_for("kw-law-1999-1/art-1", ended) is struck
    assert end_for("kw-law-1999-1/art-1/par-2/pt-1", ended) is struck
    assert end_for("kw-law-1999-1/art-1/par-20", ended) is None
    assert end_for("kw-law-1999-1/art-1/par-1", ended) is None
    assert end_for("kw-law-1999-1", ended) is None


def test_an_instrument_ends_on_its_day_or_with_its_last_provision() -> None:
    gone = Ended(Staleness.REPEALED, by=BY, by_id="kw-law-2000-2", since="2000")
    assert end_of_instrument(None, [gone, None], DAY) is None
    assert end_of_instrument(None, [], DAY) is None
    assert end_of_instrument(dt.date(2025, 1, 2), [None], DAY) is None
    over = end_of_instrument(DAY, [gone, None], DAY)
    assert over is not None
    assert (over.by_id, over.since) == ("kw-law-2000-2", "2025-01-01")
    assert end_of_instrument(None, [gone, gone], DAY) == gone


def test_the_law_that_ended_another_may_name_it() -> None:
    end = Ended(Staleness.REPEALED, by_id="kw-law-2000-2/art-35")
    assert end.is_told_by("kw-law-2000-2/issuing-art-1")
    assert not end.is_told_by("kw-law-2001-3/art-1")
