"""Run a recorded search again and say what is the same, what is not, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from search.errors import BadRequest, NotHeld
from search.model import Bilingual, Query
from search.record.sheet import RecordedResult, Sheet
from search.record.signing import Record, Signer

# Processors round differently in the last digits of a similarity.
SCORE_TOLERANCE = 1e-4


class Verdict(StrEnum):
    REPRODUCED = "reproduced"  # the same results, in the same order, with the same texts
    DIFFERS = "differs"
    ALTERED = "altered"  # the file is not what was signed; it was not run again


class ChangeKind(StrEnum):
    GONE = "gone"  # was shown, is not shown now
    NEW = "new"  # is shown now, was not
    MOVED = "moved"  # stands at another place
    SCORE = "score"  # at the same place with another score
    TEXT = "text"  # its passages are others, or say something else
    TREATMENT = "treatment"  # what happened to the provision is told differently


@dataclass(frozen=True, slots=True)
class Difference:
    """A condition of the search that is not what it was; `what` names it as in the sheet."""

    what: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one result; `then` and `now` are places, or scores."""

    kind: ChangeKind
    id: str
    citation: Bilingual
    then: float | None = None
    now: float | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """What a second run has shown."""

    verdict: Verdict
    recorded: Sheet
    key: str  # fingerprint of the key that signed
    own_key: bool  # it is this installation's
    now: Sheet | None = None
    conditions: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()
    total: tuple[int, int] | None = None  # how many were found, then and now, where they differ
    refused: str | None = None  # why the search cannot be run any more


def replay(record: Record, signer: Signer, run: Callable[[Query], Sheet]) -> Replay:
    """Check a record and run its search again; `run` answers a query with a fresh sheet.

    Raises what `run` raises, but for a filter that names what is no longer held or known.
    """
    sheet, signature = record.sheet, record.signature
    key, own = signature.fingerprint, signer.is_own(signature)
    if not record.is_unchanged():
        return Replay(Verdict.ALTERED, sheet, key, own)
    try:
        now = run(sheet.query)
    except (NotHeld, BadRequest) as error:
        return Replay(Verdict.DIFFERS, sheet, key, own, refused=str(error))
    changes = tuple(_changes(sheet, now))
    total = (sheet.total, now.total) if sheet.total != now.total else None
    same = not changes and total is None and sheet.nothing_fits == now.nothing_fits
    return Replay(
        Verdict.REPRODUCED if same else Verdict.DIFFERS,
        sheet,
        key,
        own,
        now,
        tuple(_conditions(sheet, now)),
        changes,
        total,
    )


def _conditions(then: Sheet, now: Sheet) -> Iterator[Difference]:
    for group in ("collection", "engine"):
        before, after = getattr(then, group), getattr(now, group)
        for name in type(before).__slots__:
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                yield Difference(f"{group}.{name}", _said(old), _said(new))
    if then.read_as != now.read_as:
        yield Difference("read_as", _said(then.read_as), _said(now.read_as))
    if then.concepts != now.concepts:
        yield Difference("concepts", ", ".join(then.concepts), ", ".join(now.concepts))


def _changes(then: Sheet, now: Sheet) -> Iterator[Change]:
    after = {result.id: result for result in now.results}
    before = {result.id for result in then.results}
    for old in then.results:
        new = after.get(old.id)
        if new is None:
            yield Change(ChangeKind.GONE, old.id, old.citation, then=old.place)
        else:
            yield from _changed(old, new)
    for new in now.results:
        if new.id not in before:
            yield Change(ChangeKind.NEW, new.id, new.citation, now=new.place)


def _changed(old: RecordedResult, new: RecordedResult) -> Iterator[Change]:
    named = old.id, old.citation
    if old.place != new.place:
        yield Change(ChangeKind.MOVED, *named, old.place, new.place)
    elif abs(old.score - new.score) > SCORE_TOLERANCE:
        yield Change(ChangeKind.SCORE, *named, old.score, new.score)
    if old.passages != new.passages:
        yield Change(ChangeKind.TEXT, *named)
    if old.treatments != new.treatments:
        yield Change(ChangeKind.TREATMENT, *named)


def _said(value: object) -> str:
    return "" if value is None else str(value)
