"""What a trainer has chosen and written: the state that travels in the form and in the file.

Values and their limits; nothing of it is stored. Texts are plain: a stage is one paragraph or more,
and an empty text in a language means that the study lacks it there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from search.errors import BadRequest
from search.model import Bilingual, Language

MAX_CASES = 6
MAX_STAGES = 12  # of a case's facts
MAX_STAGE_CHARS = 4_000
MAX_QUESTIONS = 120  # proposed and own ones
MAX_QUESTION_CHARS = 600
MAX_GUIDANCE_CHARS = 2_000
MAX_TITLE_CHARS = 160
MAX_GOALS = 60
MAX_VARIANTS = 24


class Tongue(StrEnum):
    """The language of a study; both: side by side."""

    AR = "ar"
    EN = "en"
    BOTH = "both"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that a text must be given in."""
        return tuple(Language) if self is Tongue.BOTH else (Language(self.value),)


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages; unlike a label, it may be empty in either or in both."""

    ar: str = ""
    en: str = ""

    def of(self, language: Language) -> str:
        """Return the text in a language, empty where there is none."""
        return self.ar if language is Language.AR else self.en

    def best(self, language: Language) -> str:
        """Return the text in a language, or in the other one where it is missing."""
        first, second = (self.ar, self.en) if language is Language.AR else (self.en, self.ar)
        return first or second

    @classmethod
    def of_label(cls, label: Bilingual) -> Said:
        """Take the texts of a label."""
        return cls(label.ar or "", label.en or "")

    def __bool__(self) -> bool:
        return bool(self.ar or self.en)


NOTHING = Said()
DEFAULT_TITLE = Said("دراسة حالة", "Case study")


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """One matter as the trainer will tell it: its facts in stages, then its procedure."""

    matter: str
    facts_ar: tuple[str, ...] = ()
    facts_en: tuple[str, ...] = ()
    procedure: Said = NOTHING

    def facts(self, language: Language) -> tuple[str, ...]:
        """Return the stages of the facts in a language."""
        return self.facts_ar if language is Language.AR else self.facts_en

    def stages(self, tongue: Tongue) -> tuple[Said, ...]:
        """Return the stages in the study's language; in both they go together by their order."""
        ar, en = (self.facts(each) if each in tongue.languages else () for each in Language)
        return tuple(Said(*pair) for pair in zip_longest(ar, en, fillvalue=""))


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question to participants; `guidance` is the trainer's own answer and is sealed.

    `id` names a proposed question of the matter, or "own-1" and so on for one of the trainer's.
    """

    id: str
    matter: str
    asked: Said
    guidance: Said = NOTHING
    included: bool = True

    @property
    def is_own(self) -> bool:
        """True for a question that the trainer has added."""
        return self.id.startswith("own-")


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole case study before it is assembled."""

    title: Said
    tongue: Tongue
    cases: tuple[CaseDraft, ...]
    goals: tuple[str, ...] = ()  # concept ids
    questions: tuple[QuestionDraft, ...] = ()
    variants: tuple[str, ...] = ()  # "matter:pair", see search/casebook/variants.py
    reveals: bool = False  # participants read the outcome on the last page

    @property
    def matters(self) -> tuple[str, ...]:
        """Ids of the matters told."""
        return tuple(case.matter for case in self.cases)


def check_draft(draft: Draft) -> None:
    """Raise BadRequest, with a `reason`, for a draft beyond the limits or not complete."""
    if not 1 <= len(draft.cases) <= MAX_CASES or len(set(draft.matters)) < len(draft.cases):
        raise refused("cases", f"Choose 1 to {MAX_CASES} different matters.", limit=MAX_CASES)
    lists = (
        ("goals", draft.goals, MAX_GOALS),
        ("questions", draft.questions, MAX_QUESTIONS),
        ("variants", draft.variants, MAX_VARIANTS),
    )
    for reason, values, limit in lists:
        if len(values) > limit:
            raise refused(reason, f"A case study takes up to {limit} {reason}.", limit=limit)
    for text, limit in _texts(draft):
        if len(text) > limit:
            raise refused(
                "long",
                f"A text has {len(text):,} characters and may have {limit:,}; it begins "
                f"{text[:40]!r}. Shorten it or split it.",
                length=len(text),
                limit=limit,
                start=text[:40],
            )
    for number, case in enumerate(draft.cases, 1):
        _check_stages(case, number, draft.tongue)


def _check_stages(case: CaseDraft, number: int, tongue: Tongue) -> None:
    counts = [len(case.facts(language)) for language in tongue.languages]
    if not any(counts):
        raise refused(
            "empty", f"Case {number} tells no facts in the study's language.", case=number
        )
    if max(counts) > MAX_STAGES:
        raise refused(
            "stages",
            f"The facts of case {number} have {max(counts)} stages; up to {MAX_STAGES} are taken.",
            case=number,
            limit=MAX_STAGES,
        )
    if len(set(counts)) > 1:
        raise refused(
            "uneven",
            f"The facts of case {number} have {counts[0]} stages in Arabic and {counts[1]} in "
            "English. Give both the same number, or choose one language.",
            case=number,
            ar=counts[0],
            en=counts[1],
        )


def _texts(draft: Draft) -> Iterator[tuple[str, int]]:
    for language in Language:
        yield draft.title.of(language), MAX_TITLE_CHARS
        for case in draft.cases:
            yield case.procedure.of(language), MAX_STAGE_CHARS
            for stage in case.facts(language):
                yield stage, MAX_STAGE_CHARS
        for question in draft.questions:
            yield question.asked.of(language), MAX_QUESTION_CHARS
            yield question.guidance.of(language), MAX_GUIDANCE_CHARS


def refused(reason: str, sentence: str, **details: str | int) -> BadRequest:
    """Return the error for a case study that is not taken; `reason` names its wording."""
    return BadRequest(sentence, reason=reason, **details)
