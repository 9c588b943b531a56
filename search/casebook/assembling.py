"""Assemble a draft into a case study: what is handed out, and what is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.casebook.draft import CaseDraft, Draft, QuestionDraft, Said, Tongue, check_draft
from search.casebook.material import Material, Matter, Pair, matter_of
from search.casebook.privacy import edited_texts
from search.casebook.questions import Proposed, propose_questions
from search.casebook.study import (
    Answer,
    Asked,
    CaseStudy,
    Change,
    Handout,
    HandoutCase,
    Key,
    KeyCase,
    Outcome,
    Ruling,
    Stage,
    StageKind,
)
from search.casebook.variants import answer_to, change_of, variant_id
from search.model import Judgment, Language, SectionKind


def assemble(material: Material, draft: Draft) -> CaseStudy:
    """Return both editions of a draft; raise BadRequest (see check_draft) or NotHeld."""
    check_draft(draft)
    written = edited_texts(material, draft)
    edited = {text.matter for text in written if text.where in ("facts", "procedure")}
    built = [
        _build(material, draft, case, number, case.matter in edited)
        for number, case in enumerate(draft.cases, 1)
    ]
    handout = Handout(
        title=draft.title,
        tongue=draft.tongue,
        goals=tuple(material.label(goal) for goal in draft.goals if goal in material.concepts),
        cases=tuple(case for case, _ in built),
        edition=material.edition,
    )
    return CaseStudy(handout, Key(tuple(sealed for _, sealed in built)))


def _build(
    material: Material, draft: Draft, case: CaseDraft, number: int, is_edited: bool
) -> tuple[HandoutCase, KeyCase]:
    matter = matter_of(material, case.matter)
    judgment, outcome = matter.judgment, _outcome(material, matter)
    answers = tuple(_answers(material, draft, matter, number))
    changes = tuple(_changes(material, draft, matter, number))
    handout = HandoutCase(
        number=number,
        authority=judgment.authority,
        jurisdiction=judgment.jurisdiction,
        is_edited=is_edited,
        stages=tuple(_stages(case, draft.tongue)),
        questions=tuple(answer.question for answer in answers),
        changes=tuple(change for _, change in changes),
        outcome=outcome if draft.reveals else None,
    )
    sealed = KeyCase(
        number=number,
        matter=judgment.id,
        title=judgment.title,
        court=judgment.court,
        level=judgment.level,
        date=judgment.date,
        confidence=judgment.confidence,
        is_confirmed=matter.is_confirmed,
        sources=judgment.sources,
        notes=tuple(_notes(matter)),
        outcome=outcome,
        answers=answers,
        changes=tuple(answer_to(material, matter, pair, change) for pair, change in changes),
    )
    return handout, sealed


def _stages(case: CaseDraft, tongue: Tongue) -> Iterator[Stage]:
    told = [(StageKind.FACTS, text) for text in case.stages(tongue)]
    procedure = Said(*(case.procedure.of(lang) * (lang in tongue.languages) for lang in Language))
    told += [(StageKind.PROCEDURE, procedure)] if procedure else []
    for place, (kind, text) in enumerate(told, 1):
        yield Stage(kind, place, text)


def _answers(material: Material, draft: Draft, matter: Matter, number: int) -> Iterator[Answer]:
    known = {proposed.id: proposed for proposed in propose_questions(material, matter)}
    own = (q for q in draft.questions if q.matter == matter.judgment.id)
    asked = [q for q in own if q.included and q.asked and (q.is_own or q.id in known)]
    for place, question in enumerate(asked, 1):
        label = Asked(f"{number}.{place}", question.asked)
        yield _sealed(known.get(question.id), question, label)


def _sealed(proposed: Proposed | None, question: QuestionDraft, label: Asked) -> Answer:
    recorded = proposed.answer if proposed else Answer(label)
    return replace(recorded, question=label, guidance=question.guidance)


def _changes(
    material: Material, draft: Draft, matter: Matter, number: int
) -> Iterator[tuple[Pair, Change]]:
    chosen = [
        pair
        for pair in material.pairs[matter.judgment.id]
        if variant_id(matter.judgment.id, pair.id) in draft.variants
    ]
    for place, pair in enumerate(chosen, 1):
        yield pair, change_of(matter, pair, f"{number}.{place}")


def _outcome(material: Material, matter: Matter) -> Outcome:
    return Outcome(
        rulings=tuple(_rulings(material, matter.judgment)),
        disposition=matter.text(SectionKind.DISPOSITION),
        reasons=matter.text(SectionKind.REASONS, SectionKind.HEADNOTES),
    )


def _rulings(material: Material, judgment: Judgment) -> Iterator[Ruling]:
    for charge in judgment.charges:
        yield Ruling(material.label(charge.offence), charge.outcome, charge.sentence)


def _notes(matter: Matter) -> Iterator[Said]:
    if note := matter.text(SectionKind.NOTE):
        yield note
    if matter.judgment.note is not None:
        yield Said.of_label(matter.judgment.note)
