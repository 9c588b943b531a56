"""Duties of treaties as data, each with our suggestion of how far national law meets it.

Values only; they come from corpus/coverage/ through the catalogue. A suggestion is editorial and
never a legal finding; what a person finds is kept elsewhere (search/duty_assessments.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.model import Bilingual, Confidence


class Strength(StrEnum):
    """What the treaty asks: to do, to try, to consider; or what it only allows."""

    SHALL = "shall"
    ENDEAVOUR = "endeavour"
    CONSIDER = "consider"
    MAY = "may"


class DutyStatus(StrEnum):
    COVERED = "covered"
    PARTLY = "partly"
    GAP = "gap"  # nothing found in the provisions held
    NOT_ASSESSED = "not-assessed"  # what is held does not tell


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How far the provisions held meet a duty, as we read them, and why."""

    status: DutyStatus
    reason: Bilingual
    confidence: Confidence
    passages: tuple[str, ...] = ()  # provisions or clauses of national law


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing a treaty asks of its parties, in our words."""

    id: str
    treaty: str  # instrument id
    source: tuple[str, ...]  # provisions or clauses of the treaty, the first names the duty
    strength: Strength
    duty: Bilingual
    suggestion: Suggestion
    position: int  # order within the treaty, from 0
