"""The JSON shapes of case studies: what is asked, the working file, and both editions."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from search.casebook import CaseDraft, Draft, QuestionDraft, Said, Tongue
from search.casebook import draft as limits
from search.casebook.study import StageKind
from search.identifiers import MAX_ID_CHARS
from search.model import Authority, Confidence
from web.schemas import BilingualOut, SourceOut, _Out

FORMAT, VERSION = "tamyeez/case-study", 1

Id = Annotated[str, Field(max_length=MAX_ID_CHARS)]
VariantId = Annotated[str, Field(max_length=2 * MAX_ID_CHARS)]
Stage = Annotated[str, Field(max_length=limits.MAX_STAGE_CHARS)]
Stages = Annotated[list[Stage], Field(max_length=limits.MAX_STAGES)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", from_attributes=True)


class SaidIO(_In):
    """A text in both languages; either may be empty."""

    ar: Stage = ""
    en: Stage = ""

    def value(self) -> Said:
        """Return the value."""
        return Said(self.ar, self.en)


class CaseIO(_In):
    """A matter as it is told: its facts in stages, then its procedure."""

    matter: Id
    facts_ar: Stages = []
    facts_en: Stages = []
    procedure: SaidIO = SaidIO()

    def value(self) -> CaseDraft:
        """Return the value."""
        stages = (tuple(self.facts_ar), tuple(self.facts_en))
        return CaseDraft(self.matter, *stages, self.procedure.value())


class QuestionIO(_In):
    """A question, whether it is asked, and the trainer's own sealed answer."""

    id: Id
    matter: Id
    asked: SaidIO
    guidance: SaidIO = SaidIO()
    included: bool = True

    def value(self) -> QuestionDraft:
        """Return the value."""
        asked, guidance = self.asked.value(), self.guidance.value()
        return QuestionDraft(self.id, self.matter, asked, guidance, self.included)


class DraftIO(_In):
    """The working file's draft: all that a trainer has chosen and written."""

    title: SaidIO
    tongue: Tongue
    cases: list[CaseIO] = Field(min_length=1, max_length=limits.MAX_CASES)
    goals: list[Id] = Field([], max_length=limits.MAX_GOALS)
    questions: list[QuestionIO] = Field([], max_length=limits.MAX_QUESTIONS)
    variants: list[VariantId] = Field([], max_length=limits.MAX_VARIANTS)
    reveals: bool = False

    @classmethod
    def of(cls, draft: Draft) -> DraftIO:
        """Take a draft."""
        return cls.model_validate(draft)

    def value(self) -> Draft:
        """Return the draft; its limits are checked when it is assembled."""
        return Draft(
            title=self.title.value(),
            tongue=self.tongue,
            cases=tuple(case.value() for case in self.cases),
            goals=tuple(self.goals),
            questions=tuple(question.value() for question in self.questions),
            variants=tuple(self.variants),
            reveals=self.reveals,
        )


class SaidOut(_Out):
    ar: str
    en: str


class StageOut(_Out):
    """What participants read before the next stage is given to them."""

    kind: StageKind
    number: int
    text: SaidOut


class AskedOut(_Out):
    number: str
    text: SaidOut


class ChangeOut(_Out):
    """A variant: what the case tells, and the one fact told otherwise."""

    number: str
    told: SaidOut
    changed: SaidOut
    is_of_case: bool


class RulingOut(_Out):
    offence: BilingualOut
    outcome: str
    sentence: BilingualOut | None


class OutcomeOut(_Out):
    rulings: tuple[RulingOut, ...]
    disposition: SaidOut
    reasons: SaidOut


class HandoutCaseOut(_Out):
    number: int
    authority: Authority
    jurisdiction: str
    is_edited: bool
    stages: tuple[StageOut, ...]
    questions: tuple[AskedOut, ...]
    changes: tuple[ChangeOut, ...]
    outcome: OutcomeOut | None


class HandoutOut(_Out):
    """The participant edition: nothing sealed is in it."""

    title: SaidOut
    tongue: Tongue
    goals: tuple[BilingualOut, ...]
    cases: tuple[HandoutCaseOut, ...]
    edition: str | None


class ReferenceOut(_Out):
    id: str
    label: BilingualOut
    held: bool


class FindingOut(_Out):
    label: BilingualOut
    finding: str
    note: BilingualOut | None


class AnswerOut(_Out):
    """The sealed answer to a question: the record, the law, and the trainer's own words."""

    question: AskedOut
    findings: tuple[FindingOut, ...]
    requires: tuple[BilingualOut, ...]
    law: BilingualOut | None
    disposition: SaidOut
    provisions: tuple[ReferenceOut, ...]
    follow_up: tuple[BilingualOut, ...]
    guidance: SaidOut


class FlipOut(_Out):
    label: BilingualOut
    told: str | None
    changed: str | None
    note: BilingualOut | None


class ChangeAnswerOut(_Out):
    """What a changed fact turns, and the provisions behind it."""

    change: ChangeOut
    titles: tuple[BilingualOut, BilingualOut]
    charges: tuple[FlipOut, ...]
    elements: tuple[FlipOut, ...]
    reasons: SaidOut
    provisions: tuple[ReferenceOut, ...]


class KeyCaseOut(_Out):
    """What is sealed of a case."""

    number: int
    matter: str
    title: BilingualOut
    court: BilingualOut
    level: str
    date: str | None
    confidence: Confidence
    is_confirmed: bool
    sources: tuple[SourceOut, ...]
    notes: tuple[SaidOut, ...]
    outcome: OutcomeOut
    answers: tuple[AnswerOut, ...]
    changes: tuple[ChangeAnswerOut, ...]


class KeyOut(_Out):
    cases: tuple[KeyCaseOut, ...]
