"""Questions to a matter: one for each element of the offences charged, and what the record adds.

The questions come from the definitions of offences and the elements recorded; the answers are what
the record found and what the law asks. No legal statement is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.casebook.draft import NOTHING, Said
from search.casebook.material import Material, Matter
from search.casebook.study import Answer, Asked, Finding
from search.identifiers import parse_unit
from search.model import Bilingual, Judgment, SectionKind
from search.offences import Element, ElementKind, Offence, RuleKind

INDICATORS, AGGRAVATORS, OUTCOME = "indicators", "aggravators", "outcome"
MAX_OFFENCES = 4  # of a matter, in the order charged
_ASKED_RULES = (RuleKind.CONSENT, RuleKind.CHILD, RuleKind.CONFLICT)
_ELEMENT = Said(
    "هل يتوافر في الوقائع ركن «{element}» في جريمة «{offence}»؟ اذكر ما يدل عليه وما ينفيه.",
    "Do the facts make out the element “{element}” of “{offence}”? Name what speaks for it and "
    "what against.",
)
_RULES = {
    RuleKind.CONSENT: Said(
        "هل لرضا المجني عليه أثر في جريمة «{offence}»؟ ولماذا؟",
        "Does the person's consent matter to “{offence}”? Why?",
    ),
    RuleKind.CHILD: Said(
        "ما الذي يتغير في جريمة «{offence}» إذا كان المجني عليه طفلاً؟",
        "What changes for “{offence}” where the person is a child?",
    ),
    RuleKind.CONFLICT: Said(
        "إذا قامت مع «{offence}» جرائم مرتبطة بها، فأي عقوبة توقع؟",
        "Where connected offences stand beside “{offence}”, which penalty is imposed?",
    ),
}
_PLAIN = {
    INDICATORS: Said(
        "ما مؤشرات الاتجار بالأشخاص التي تظهر في الوقائع، وما الذي يظهرها؟",
        "Which indicators of trafficking do the facts show, and in which words?",
    ),
    AGGRAVATORS: Said(
        "هل تظهر في الوقائع ظروف مشددة؟ وما أثر كل منها؟",
        "Do the facts show aggravating circumstances, and what does each of them do?",
    ),
    OUTCOME: Said(
        "بم تقضي في كل تهمة، ولماذا؟",
        "What would you decide on each charge, and why?",
    ),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A question that can be asked of a matter, with what it is about and its answer."""

    id: str
    asked: Said
    concepts: frozenset[str]
    answer: Answer  # its `question` is a blank, filled when the study is numbered
    is_default: bool = True


_BLANK = Asked("", NOTHING)


def propose_questions(material: Material, matter: Matter) -> tuple[Proposed, ...]:
    """Return every question that the offences charged and the record give rise to, in order."""
    offences = charged_offences(matter.judgment, material.offences)
    made: list[Proposed] = []
    for offence in offences:
        made += (_of_element(material, matter, offence, element) for element in offence.elements)
    made += _of_record(material, matter, offences)
    for offence in offences:
        made += _of_rules(material, offence)
    made.append(_of_outcome(material, matter))
    return tuple(made)


def charged_offences(judgment: Judgment, offences: Iterable[Offence]) -> tuple[Offence, ...]:
    """Return the definitions that fit the charges, one for each charge.

    Of several the one of the law applied comes first, then one in force on the matter's date.
    """
    applied = {str(parse_unit(p).top) for p in judgment.provisions if "/" in p}
    chosen: dict[str, Offence] = {}
    for charge in judgment.charges:
        fitting = [offence for offence in offences if charge.offence in offence.concepts]
        fitting.sort(
            key=lambda of: (
                of.concepts[0] != charge.offence,
                len(applied.intersection(of.governing)) == 0,
                not _in_force(of, judgment.date),
                of.position,
            )
        )
        # One that joins two offences would ask the same of each.
        single = [of for of in fitting if not _joins(of, judgment)] or fitting
        for offence in single[:1]:
            chosen.setdefault(offence.id, offence)
    return tuple(chosen.values())[:MAX_OFFENCES]


def _joins(offence: Offence, judgment: Judgment) -> bool:
    charged = {charge.offence for charge in judgment.charges}
    return len(charged.intersection(offence.concepts)) > 1


def _in_force(offence: Offence, date: str | None) -> bool:
    if date is None:
        return offence.valid_to is None
    first, end = offence.valid_from, offence.valid_to
    # Dates are as precise as known: "2013" stands for the whole year.
    began = first is None or date >= first.isoformat()[: len(date)]
    return began and (end is None or date < end.isoformat()[: len(date)])


def _of_element(material: Material, matter: Matter, offence: Offence, element: Element) -> Proposed:
    concepts = _concepts_of(element)
    answer = Answer(
        _BLANK,
        findings=_findings(material, matter.judgment, concepts),
        requires=tuple(alternative.label for alternative in element.alternatives),
        provisions=material.cite(element.provisions),
        follow_up=element.questions,
    )
    asked = _filled(_ELEMENT, element=element.label, offence=offence.label)
    return Proposed(f"{offence.id}.{element.id}", asked, concepts, answer)


def _concepts_of(element: Element) -> frozenset[str]:
    of_ways = (c for way in element.alternatives for c in (way.id, *way.concepts))
    mental = ("intent", "knowledge") if element.kind is ElementKind.MENTAL else ()
    return frozenset((*element.concepts, *of_ways, *mental))


def _of_record(
    material: Material, matter: Matter, offences: Iterable[Offence]
) -> Iterator[Proposed]:
    aggravators = {a.id: a for offence in offences for a in offence.aggravators}
    for name, family in ((INDICATORS, "indicator"), (AGGRAVATORS, "aggravator")):
        recorded = frozenset(
            each.element
            for each in matter.judgment.elements
            if each.element in material.concepts
            and material.concepts[each.element].family == family
        )
        if not recorded:
            continue
        known = [aggravators[each] for each in sorted(recorded) if each in aggravators]
        answer = Answer(
            _BLANK,
            findings=_findings(material, matter.judgment, recorded),
            requires=tuple(_joined(each.label, each.effect) for each in known),
            provisions=material.cite(tuple(dict.fromkeys(each.provision for each in known))),
        )
        yield Proposed(name, _PLAIN[name], recorded, answer)


def _of_rules(material: Material, offence: Offence) -> Iterator[Proposed]:
    for rule in offence.rules:
        if rule.kind in _ASKED_RULES:
            answer = Answer(_BLANK, law=rule.text, provisions=material.cite(rule.provisions))
            asked = _filled(_RULES[rule.kind], offence=offence.label)
            name = f"{offence.id}.rule-{rule.kind}"
            yield Proposed(name, asked, frozenset(), answer, is_default=False)


def _of_outcome(material: Material, matter: Matter) -> Proposed:
    disposition = matter.text(SectionKind.DISPOSITION)
    provisions = material.cite(matter.judgment.provisions)
    answer = Answer(_BLANK, disposition=disposition, provisions=provisions)
    return Proposed(OUTCOME, _PLAIN[OUTCOME], frozenset(), answer)


def _findings(
    material: Material, judgment: Judgment, concepts: frozenset[str]
) -> tuple[Finding, ...]:
    return tuple(
        Finding(material.label(each.element), each.finding, each.note)
        for each in judgment.elements
        if each.element in concepts
    )


def _filled(wording: Said, **labels: Bilingual) -> Said:
    return Said(
        wording.ar.format(**{name: label.best_ar for name, label in labels.items()}),
        wording.en.format(**{name: label.best_en for name, label in labels.items()}),
    )


def _joined(label: Bilingual, effect: Bilingual) -> Bilingual:
    return Bilingual(f"{label.best_ar}: {effect.best_ar}", f"{label.best_en}: {effect.best_en}")
