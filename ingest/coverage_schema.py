"""The file format of treaty duties, as pydantic models; turned into domain values here too.

corpus/coverage/<treaty id>.yaml   the duties of one treaty (CoverageFile)
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ingest.bundle_schema import Level, Slug, Text, UnitRef, WorkId
from search.duties import Duty, DutyStatus, Strength, Suggestion
from search.model import Bilingual, Confidence


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BothText(_Strict):
    """A text in both languages; neither may be missing."""

    ar: Text
    en: Text


class SuggestionEntry(_Strict):
    """Our reading: never a legal finding."""

    status: Literal["covered", "partly", "gap", "not-assessed"]
    confidence: Level
    reason: BothText
    passages: tuple[UnitRef, ...] = Field((), description="provisions or clauses of national law")

    @model_validator(mode="after")
    def _passages_bear_a_finding(self) -> SuggestionEntry:
        if self.status != "not-assessed" and not self.passages:
            raise ValueError(f"{self.status!r} needs the passages it rests on")
        return self


class DutyEntry(_Strict):
    id: Slug
    source: tuple[UnitRef, ...] = Field(min_length=1)
    strength: Literal["shall", "endeavour", "consider", "may"]
    duty: BothText
    suggestion: SuggestionEntry


class CoverageFile(_Strict):
    """coverage/<treaty id>.yaml"""

    treaty: WorkId
    duties: tuple[DutyEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _duties_are_of_the_treaty(self) -> CoverageFile:
        for entry in self.duties:
            if any(not source.startswith(f"{self.treaty}/") for source in entry.source):
                raise ValueError(f"{entry.id}: its source is not of {self.treaty}")
        return self


def duties_of(file: CoverageFile) -> tuple[Duty, ...]:
    """Build the duties of one treaty, in the order of the file."""
    return tuple(
        Duty(
            id=entry.id,
            treaty=file.treaty,
            source=entry.source,
            strength=Strength(entry.strength),
            duty=_both(entry.duty),
            suggestion=Suggestion(
                DutyStatus(entry.suggestion.status),
                _both(entry.suggestion.reason),
                Confidence(entry.suggestion.confidence),
                entry.suggestion.passages,
            ),
            position=place,
        )
        for place, entry in enumerate(file.duties)
    )


def _both(text: BothText) -> Bilingual:
    return Bilingual(text.ar, text.en)
