"""Earlier versions of a text: what changed when a file was ingested again with other content.

Pure values. A version with a first day of its own stays readable as at that day; every version,
dated or not, stays in the history of its work, with what its successor changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from search.comparison.results import Wording
from search.model import Authority, Bilingual, Expression, Language


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class TextChange:
    """What became of one article or section; the texts are None where persons are protected."""

    unit: str
    language: Language
    kind: ChangeKind
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class FormerText:
    """One article or section as an earlier version of its file had it."""

    unit: str
    language: Language
    authority: Authority
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """A text as it was read before its file changed."""

    work: str
    name: str  # of the file
    sha256: str
    valid_from: dt.date | None  # the first day its texts applied, where the file says so
    read_at: str  # ISO 8601, UTC
    replaced_at: str
    texts: tuple[FormerText, ...]  # none of a text in which persons are masked
    changes: tuple[TextChange, ...]  # what the next version did to it


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as a reader sees it: the article's name, and its words with what differs marked."""

    unit: str
    citation: Bilingual
    language: Language
    kind: ChangeKind
    wording: Wording | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """One step in the history of a work: the version that was replaced, and what changed."""

    version: Version
    changes: tuple[ShownChange, ...]


def changes_between(
    before: Iterable[Expression], after: Iterable[Expression], with_texts: bool = True
) -> tuple[TextChange, ...]:
    """Compare two versions of a file article by article, in the order of the new one."""
    old = {(e.unit, e.language): e.text for e in before}
    new = {(e.unit, e.language): e.text for e in after}
    found = [
        TextChange(unit, language, _kind(old, (unit, language)), old.get((unit, language)), text)
        for (unit, language), text in new.items()
        if old.get((unit, language)) != text
    ]
    found += [
        TextChange(unit, language, ChangeKind.REMOVED, text)
        for (unit, language), text in old.items()
        if (unit, language) not in new
    ]
    if with_texts:
        return tuple(found)
    return tuple(replace(change, before=None, after=None) for change in found)


def _kind(old: dict[tuple[str, Language], str], key: tuple[str, Language]) -> ChangeKind:
    return ChangeKind.CHANGED if key in old else ChangeKind.ADDED
