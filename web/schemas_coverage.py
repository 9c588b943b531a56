"""The JSON shapes of the matrix of treaty duties."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from search.duties import DutyStatus, Strength
from search.duty_assessments import MAX_NAME_CHARS, MAX_NOTE_CHARS
from search.model import Authority, Confidence, Language
from web.schemas import BilingualOut, ReferenceOut


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class PassageTextOut(_Out):
    language: Language
    authority: Authority
    text: str


class CitedPassageOut(_Out):
    """A provision or clause with its words; none where it is not held."""

    reference: ReferenceOut
    repealed: bool
    texts: tuple[PassageTextOut, ...]


class SuggestionOut(_Out):
    """Our editorial reading of the provisions held: never a legal finding."""

    status: DutyStatus
    reason: BilingualOut
    confidence: Confidence
    passages: tuple[str, ...]


class DutyOut(_Out):
    """One thing a treaty asks of its parties, in our words."""

    id: str
    treaty: str
    source: tuple[str, ...]
    strength: Strength
    duty: BilingualOut
    suggestion: SuggestionOut


class AssessmentOut(_Out):
    """What a person has found; kept apart from the suggestion."""

    duty: str
    status: DutyStatus
    note: str
    assessor: str
    made_at: str


class DutyRowOut(_Out):
    duty: DutyOut
    treaty: ReferenceOut
    source: tuple[CitedPassageOut, ...]
    passages: tuple[CitedPassageOut, ...]
    assessment: AssessmentOut | None
    is_current: bool = Field(description="false: the suggestion has changed since the finding")


class CoverageMatrixOut(_Out):
    """Duties of treaties against national provisions."""

    rows: tuple[DutyRowOut, ...]
    treaties: tuple[tuple[ReferenceOut, int], ...] = Field(
        description="Every treaty with duties here, and how many"
    )
    suggested: Mapping[DutyStatus, int]
    found: Mapping[DutyStatus, int]
    takes_findings: bool = Field(description="A person's finding can be kept here")
    findings_readable: bool = Field(description="false: the file of findings is damaged")


class AssessmentIn(BaseModel):
    """A person's finding of one duty."""

    model_config = ConfigDict(extra="forbid")

    status: DutyStatus
    note: str = Field("", max_length=MAX_NOTE_CHARS)
    assessor: str = Field("", max_length=MAX_NAME_CHARS, description="As the person signs")
