"""Building a case study of plain values: stages, questions, variants, limits, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from search.casebook import (
    Draft,
    Material,
    QuestionDraft,
    Said,
    Tongue,
    assemble,
    candidate_goals,
    find_names,
    propose,
)
from search.casebook.draft import MAX_CASES, MAX_STAGES, NOTHING, check_draft
from search.casebook.material import Matter, Pair
from search.casebook.questions import charged_offences
from search.casebook.variants import variant_id
from search.errors import BadRequest
from search.model import (
    Authority,
    Bilingual,
    Charge,
    Concept,
    ElementFinding,
    Judgment,
    Language,
    SectionKind,
)
from search.offences import Alternative, Element, ElementKind, Offence, Rule, RuleKind
from search.results import Reference

ACT = Element(
    "act",
    ElementKind.ACT,
    Bilingual("الفعل", "Act"),
    ("kw-law-2099-7/art-1",),
    (Alternative("taking", Bilingual("الأخذ", "taking"), (("taken",),), ("taking",)),),
    questions=(Bilingual("من أخذ؟", "Who took?"),),
)
INTENT = Element("intent", ElementKind.MENTAL, Bilingual("القصد", "Intent"), ())
OFFENCE = Offence(
    "holding", Bilingual("الاحتجاز", "Holding"), "holding", 1, ("holding",), (ACT, INTENT),
    governing=("kw-law-2099-7/art-1",),
    rules=(Rule(RuleKind.CONSENT, Bilingual("لا أثر له", "It has no effect."), ()),),
)  # fmt: skip
OLDER = replace(OFFENCE, id="holding-old", position=0, governing=("kw-law-1999-1/art-1",))
CONCEPTS = {
    name: Concept(name, Bilingual(en=name), family)
    for name, family in (("taking", "act"), ("sign", "indicator"), ("holding", "offence"))
}
FACTS = Said(
    "أخذ صاحب العمل الجواز من العامل يوم وصوله. ثم أقفل الباب عليه ليلا.",
    "The employer took the passport on the day of arrival. Then he locked the door at night.",
)
OTHER = Said(
    "أخذ صاحب العمل الجواز من العامل يوم وصوله. ثم رده إليه.",
    "The employer took the passport on the day of arrival. Then he gave it back.",
)


def matter(name: str, facts: Said, outcome: str, finding: str) -> Matter:
    judgment = Judgment(
        name,
        Bilingual(f"عنوان {name}", f"title of {name}"),
        Bilingual("محكمة", "court"),
        "first-instance",
        Authority.TRAINING,
        "kw",
        date="2025",
        charges=(Charge("holding", outcome),),
        provisions=("kw-law-2099-7/art-1",),
        elements=(ElementFinding("taking", finding), ElementFinding("sign", "found")),
        concepts=("taking", "holding"),
    )
    texts = {
        SectionKind.FACTS: facts,
        SectionKind.DISPOSITION: Said("منطوق", f"disposition of {name}"),
        SectionKind.REASONS: Said("أسباب", f"reasons of {name}"),
    }
    return Matter(judgment, texts, is_confirmed=True)


def cite(units: Sequence[str]) -> tuple[Reference, ...]:
    return tuple(Reference(unit, Bilingual(unit, unit), held=True) for unit in units)


FIRST = matter("kw-training-0099-a", FACTS, "convicted", "found")
SECOND = matter("kw-training-0099-b", OTHER, "acquitted", "not-found")
PAIR = Pair("kw-training-0099", FIRST, SECOND)
MATERIAL = Material(
    (FIRST,), {FIRST.judgment.id: (PAIR,)}, (OLDER, OFFENCE), CONCEPTS, cite, "2026-11"
)


def refusal(draft: Draft) -> str:
    with pytest.raises(BadRequest) as caught:
        check_draft(draft)
    return str(caught.value.details["reason"])


def test_facts_are_proposed_in_stages_that_go_together() -> None:
    (case,) = propose(MATERIAL).cases
    assert [stage.en for stage in case.stages(Tongue.BOTH)] == [
        "The employer took the passport on the day of arrival.",
        "Then he locked the door at night.",
    ]
    assert next(stage.ar for stage in case.stages(Tongue.AR)).endswith("وصوله.")
    assert [stage.ar for stage in case.stages(Tongue.EN)] == ["", ""]


def test_a_question_is_proposed_for_each_element_and_what_the_record_adds() -> None:
    asked = {question.id: question.included for question in propose(MATERIAL).questions}
    assert asked == {
        "holding.act": True,
        "holding.intent": True,
        "indicators": True,
        "holding.rule-consent": False,
        "outcome": True,
    }


def test_goals_choose_the_questions() -> None:
    assert candidate_goals(MATERIAL) == ("taking", "sign")
    asked = {q.id for q in propose(MATERIAL, goals=["sign", "no-such"]).questions if q.included}
    assert asked == {"indicators", "outcome"}
    assert propose(MATERIAL, goals=["sign"]).goals == ("sign",)


def test_of_several_definitions_the_law_applied_comes_first() -> None:
    assert [o.id for o in charged_offences(FIRST.judgment, (OLDER, OFFENCE))] == ["holding"]
    elsewhere = replace(FIRST.judgment, provisions=())
    assert [o.id for o in charged_offences(elsewhere, (OLDER, OFFENCE))] == ["holding-old"]


def test_answers_tell_the_record_and_variants_what_flips() -> None:
    draft = propose(MATERIAL)
    study = assemble(MATERIAL, draft)
    (case,) = study.key.cases
    act = case.answers[0]
    assert (act.findings[0].finding, act.requires[0].en) == ("found", "taking")
    assert [each.id for each in act.provisions] == ["kw-law-2099-7/art-1"]
    (change,) = case.changes
    assert change.change.told.en == "Then he locked the door at night."
    assert change.change.changed.en == "Then he gave it back."
    assert [(f.told, f.changed) for f in change.charges] == [("convicted", "acquitted")]
    assert [(f.told, f.changed) for f in change.elements] == [("found", "not-found")]
    assert change.reasons.en == "reasons of kw-training-0099-b"


def test_the_trainer_decides_what_is_asked_and_in_which_order() -> None:
    draft = propose(MATERIAL)
    own = QuestionDraft("own-1", FIRST.judgment.id, Said(en="And you?"), Said(en="Me too."))
    only = (own, replace(draft.questions[0], included=False), draft.questions[-1])
    study = assemble(MATERIAL, replace(draft, questions=only, variants=()))
    assert [(q.number, q.text.en[:8]) for q in study.handout.cases[0].questions] == [
        ("1.1", "And you?"),
        ("1.2", "What wou"),
    ]
    assert study.key.cases[0].answers[0].guidance.en == "Me too."
    assert study.handout.cases[0].changes == ()


def test_reordered_stages_are_the_records_and_changed_ones_are_marked() -> None:
    draft = propose(MATERIAL)
    (case,) = draft.cases
    turned = replace(case, facts_ar=case.facts_ar[::-1], facts_en=case.facts_en[::-1])
    assert not assemble(MATERIAL, replace(draft, cases=(turned,))).handout.cases[0].is_edited
    more = replace(case, facts_en=(case.facts_en[0], "He sang."))
    assert assemble(MATERIAL, replace(draft, cases=(more,))).handout.cases[0].is_edited


def test_limits_and_gaps_are_refused() -> None:
    draft = propose(MATERIAL)
    (case,) = draft.cases
    many = tuple(f"stage {n}" for n in range(MAX_STAGES + 1))
    assert refusal(replace(draft, cases=())) == "cases"
    assert refusal(replace(draft, cases=(case, case))) == "cases"
    several = tuple(replace(case, matter=f"kw-2099-x-{n:02}") for n in range(MAX_CASES + 1))
    assert refusal(replace(draft, cases=several)) == "cases"
    assert refusal(replace(draft, cases=(replace(case, facts_ar=many, facts_en=many),))) == "stages"
    assert refusal(replace(draft, cases=(replace(case, facts_en=("one",)),))) == "uneven"
    assert refusal(replace(draft, cases=(replace(case, facts_ar=(), facts_en=()),))) == "empty"
    assert refusal(replace(draft, title=Said(en="x" * 161))) == "long"
    assert refusal(replace(draft, goals=("taking",) * 61)) == "goals"
    check_draft(replace(draft, tongue=Tongue.EN, cases=(replace(case, facts_ar=()),)))


def test_only_the_trainers_own_words_are_searched_for_names() -> None:
    read: list[tuple[str, Language]] = []

    def find(text: str, language: Language) -> tuple[str, ...]:
        read.append((text, language))
        return ("sang",) if "sang" in text else ()

    draft = propose(MATERIAL)
    assert find_names(MATERIAL, draft, find) == ()
    assert read == []
    (case,) = draft.cases
    changed = replace(case, facts_en=(case.facts_en[0], f"{case.facts_en[1]} He sang."))
    question = replace(draft.questions[2], guidance=Said(ar="جواب"))
    questions = (*draft.questions[:2], question, *draft.questions[3:])
    edited = replace(draft, cases=(changed,), questions=questions, title=Said(en="Mine"))
    (found,) = find_names(MATERIAL, edited, find)
    assert (found.words, found.case, found.place.where, found.place.number) == (
        "sang",
        1,
        "facts",
        2,
    )
    assert read == [("Mine", "en"), ("He sang.", "en"), ("جواب", "ar")]
    with pytest.raises(BadRequest, match="Nothing here can check"):
        find_names(MATERIAL, edited, None)
    assert find_names(MATERIAL, draft, None) == ()


def test_a_variant_is_named_by_its_matter_and_pair() -> None:
    assert propose(MATERIAL).variants == (variant_id("kw-training-0099-a", "kw-training-0099"),)
    both = replace(MATERIAL, matters=(FIRST, SECOND), pairs={
        FIRST.judgment.id: (PAIR,), SECOND.judgment.id: (PAIR,),
    })  # fmt: skip
    assert propose(both).variants == ()  # with both told, nothing is new
    assert not NOTHING
