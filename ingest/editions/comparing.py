"""What one edition changes against another: article by article, and what hangs on an article.

Words are compared as `search.versions` does. What is no text of its own (a penalty's figures, a
treatment, an element of an offence, an outcome) is named as changed by the id it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ingest.bundle import BundleItem, bundle_items, read_item
from search.errors import Unreadable
from search.model import Contribution
from search.versions import ChangeKind, TextChange, changes_between


class What(StrEnum):
    """What else changed of a unit than its text."""

    DETAILS = "details"  # heading, note, penalties, references, treatment, element …
    PHRASINGS = "phrasings"  # how users put it; never shown


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class DetailChange:
    """A unit of which something else than the text was added, removed or changed."""

    unit: str
    what: What
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An instrument, a matter, the thesaurus or the like that two editions hold differently."""

    label: str  # "instruments/kw-law-2013-91"
    kind: ChangeKind
    texts: tuple[TextChange, ...] = ()  # of a matter without its words: it may protect a person
    details: tuple[DetailChange, ...] = ()


def compare(before: Path | None, after: Path) -> tuple[ItemChange, ...]:
    """Compare two corpus folders; without a former one everything is added.

    Raises Unreadable where a text of the new one cannot be read. A changed text of the former one
    that this version no longer reads is listed without what changed in it.
    """
    old = {item.label: item for item in (bundle_items(before) if before else [])}
    new = {item.label: item for item in bundle_items(after)}
    changes = [
        _changed(old[label], item) if label in old else _added(item)
        for label, item in new.items()
        if label not in old or old[label].sha256 != item.sha256
    ]
    changes += [ItemChange(label, ChangeKind.REMOVED) for label in old.keys() - new.keys()]
    return tuple(sorted(changes, key=lambda change: change.label))


def _added(item: BundleItem) -> ItemChange:
    read_item(item)
    return ItemChange(item.label, ChangeKind.ADDED)


def _changed(old: BundleItem, new: BundleItem) -> ItemChange:
    after = read_item(new)
    try:
        before = read_item(old)
    except Unreadable:
        return ItemChange(new.label, ChangeKind.CHANGED)
    shows_words = after.judgment is None
    return ItemChange(
        new.label,
        ChangeKind.CHANGED,
        changes_between(before.expressions, after.expressions, shows_words),
        (
            *_differences(_details(before), _details(after), What.DETAILS),
            *_differences(_phrasings(before), _phrasings(after), What.PHRASINGS),
        ),
    )


def _differences(
    before: Mapping[str, object], after: Mapping[str, object], what: What
) -> Iterator[DetailChange]:
    for unit, value in after.items():
        if unit not in before:
            yield DetailChange(unit, what, ChangeKind.ADDED)
        elif before[unit] != value:
            yield DetailChange(unit, what, ChangeKind.CHANGED)
    for unit in sorted(before.keys() - after.keys()):
        yield DetailChange(unit, what, ChangeKind.REMOVED)


def _details(contribution: Contribution) -> dict[str, object]:
    """Return everything but texts and phrasings, by the id a reader knows it by."""
    found: dict[str, list[object]] = {}

    def note(unit: str, value: object) -> None:
        found.setdefault(unit, []).append(value)

    for work in (contribution.instrument, contribution.judgment):
        if work is not None:
            note(work.id, work)
    for provision in contribution.provisions:
        note(provision.id, replace(provision, position=0))  # an article put in before moves others
    for editorial in contribution.editorials:
        note(editorial.provision, replace(editorial, asks_ar=(), asks_en=()))
    for treatment in contribution.treatments:
        note(treatment.provision, treatment)
    for expression in contribution.expressions:
        note(expression.unit, replace(expression, text="", clauses=()))
    for value in _defined(contribution):
        note(value.id, value)
    return dict(found)


def _defined(contribution: Contribution) -> Iterable[_HasId]:
    yield from contribution.concepts
    yield from contribution.offences
    yield from contribution.signals
    yield from contribution.duties


def _phrasings(contribution: Contribution) -> dict[str, object]:
    found: dict[str, object] = {
        e.provision: (e.asks_ar, e.asks_en) for e in contribution.editorials
    }
    if contribution.judgment is not None:
        found[contribution.judgment.id] = dict(contribution.asks)
    return found
