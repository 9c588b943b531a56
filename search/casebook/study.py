"""A case study as it is handed out, and the key to it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.casebook.draft import NOTHING, Said, Tongue
from search.model import Authority, Bilingual, Confidence, Source
from search.results import Reference


class StageKind(StrEnum):
    FACTS = "facts"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Stage:
    """What participants read before the next stage is given to them."""

    kind: StageKind
    number: int  # from 1, through the case
    text: Said


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, without anything of its answer; `number` is "2.3": case and question."""

    number: str
    text: Said


@dataclass(frozen=True, slots=True)
class Change:
    """A variant: what the case tells, and the one fact told otherwise."""

    number: str
    told: Said
    changed: Said
    is_of_case: bool  # False: of another training matter, whose facts `told` gives in full


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of a charge."""

    offence: Bilingual
    outcome: str  # as stored
    sentence: Bilingual | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a matter ended, and why."""

    rulings: tuple[Ruling, ...]
    disposition: Said
    reasons: Said


@dataclass(frozen=True, slots=True)
class HandoutCase:
    """A case for participants. Its matter has no name here: titles and ids tell the outcome."""

    number: int
    authority: Authority
    jurisdiction: str
    is_edited: bool  # the trainer has written words that are not of the record
    stages: tuple[Stage, ...]
    questions: tuple[Asked, ...]
    changes: tuple[Change, ...]
    outcome: Outcome | None = None  # only where the trainer reveals it at the end


@dataclass(frozen=True, slots=True)
class Handout:
    """The participant edition."""

    title: Said
    tongue: Tongue
    goals: tuple[Bilingual, ...]
    cases: tuple[HandoutCase, ...]
    edition: str | None  # of the collection


@dataclass(frozen=True, slots=True)
class Finding:
    """How the record rules on one concept; of a variant, in the case told and when changed."""

    label: Bilingual
    finding: str  # as stored
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The sealed answer to a question: the record, the law, and the trainer's own words."""

    question: Asked
    findings: tuple[Finding, ...] = ()
    requires: tuple[Bilingual, ...] = ()  # ways to make the element out; any one suffices
    law: Bilingual | None = None  # a rule beside the elements
    disposition: Said = NOTHING
    provisions: tuple[Reference, ...] = ()
    follow_up: tuple[Bilingual, ...] = ()  # what an investigator would still ask
    guidance: Said = NOTHING


@dataclass(frozen=True, slots=True)
class Flip:
    """What a changed fact turns: of a charge its outcome, of an element what was found."""

    label: Bilingual
    told: str | None  # as stored; None: not spoken of
    changed: str | None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """The sealed answer to a variant: what flips, and why."""

    change: Change
    titles: tuple[Bilingual, Bilingual]
    charges: tuple[Flip, ...]
    elements: tuple[Flip, ...]
    reasons: Said  # of the matter in which the fact is changed
    provisions: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class KeyCase:
    """What is sealed of a case."""

    number: int
    matter: str
    title: Bilingual
    court: Bilingual
    level: str
    date: str | None
    confidence: Confidence
    is_confirmed: bool  # False: the machine read it and nobody has confirmed it
    sources: tuple[Source, ...]
    notes: tuple[Said, ...]  # the editor's
    outcome: Outcome
    answers: tuple[Answer, ...]
    changes: tuple[ChangeAnswer, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What the instructor edition has beside the handout."""

    cases: tuple[KeyCase, ...]


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """Both parts. A participant edition is made of the handout alone."""

    handout: Handout
    key: Key
