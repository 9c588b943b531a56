"""Say what is behind an answer: what tipped it, what is still to be asked, what to bear in mind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from search.distinction.findings import Evidence, Findings
from search.distinction.law import Law
from search.distinction.law_of_day import date_notes
from search.distinction.results import (
    PRIMARY,
    OffenceReading,
    Question,
    TraceStep,
    Wording,
)
from search.distinction.signals import Polarity
from search.distinction.weighed import EVIDENCE_FROM, ReadFacts
from search.model import Bilingual
from search.offences import RuleKind, Signal
from search.text.tokens import occurrences

TRACE_STEPS = 8
WORDS_SHOWN = 6
QUESTION_OFFENCES = 3
SHARE_ASKED = 0.1  # an offence's elements are asked about from this share of its reading


def trace(read: ReadFacts, primary: str, signals: Mapping[str, Signal]) -> tuple[TraceStep, ...]:
    """Return what tips the scale between the primary reading and the next."""
    against = _next(read, primary)
    steps: list[TraceStep] = []
    for push in read.weigher.pushes(read.findings, primary, against):
        evidence = read.findings.evidence.get((push.signal, push.polarity), ())
        if evidence and len(steps) < TRACE_STEPS:
            label = signals[push.signal].label
            steps.append(TraceStep(push.signal, label, push.polarity, push.weight, evidence))
    return tuple(steps)


def wording_of(read: ReadFacts, text: str, primary: str) -> Wording:
    """Return what the words as a whole add between the primary reading and the next."""
    pushes = read.weigher.word_pushes(read.terms, primary, _next(read, primary))
    total = sum(weight for _, weight in pushes)
    same_way = sorted((p for p in pushes if p[1] * total > 0), key=lambda p: -abs(p[1]))
    most = {term for term, _ in same_way[:WORDS_SHOWN]}
    shown: dict[str, str] = {}
    for token in occurrences(text, most):
        shown.setdefault(token.term, text[token.start : token.end])
    return Wording(round(total, 3), tuple(shown[term] for term, _ in same_way if term in shown))


def questions(
    law: Law, offences: Sequence[OffenceReading], shares: Mapping[str, float]
) -> tuple[Question, ...]:
    """Ask for what is not met in the offences in reach; each question once."""
    asked: dict[tuple[str, str], Question] = {}
    definitions = {offence.id: offence for offence in law.offences}
    in_reach = [each for each in offences if each.in_force and shares[each.primary] >= SHARE_ASKED]
    for reading in (in_reach or list(offences))[:QUESTION_OFFENCES]:
        for element in definitions[reading.id].elements:
            if element.id in reading.missing:
                for q in element.questions:
                    question = Question(q.best_ar, q.best_en, element.id, reading.id)
                    asked.setdefault((question.ar, question.en), question)
    return tuple(asked.values())


def evidence_of(findings: Findings) -> tuple[Evidence, ...]:
    """Return every clause in which something is read, in reading order."""
    listed = [each for found in findings.evidence.values() for each in found]
    return tuple(sorted(listed, key=lambda e: (e.start, e.end, e.signal, e.polarity)))


def notes_of(
    findings: Findings,
    offences: Collection[OffenceReading],
    date: dt.date | None,
    addressed: Sequence[int],
) -> tuple[Bilingual, ...]:
    """Return what a reader of the answer should know."""
    notes = date_notes(date)
    if addressed:
        notes.append(
            Bilingual(
                ar="في النص جملة تخاطب القارئ وتملي عليه النتيجة؛ ليست من الوقائع فتُركت.",
                en="A sentence of the text tells its reader what to conclude; it is no fact and "
                "was left out.",
            )
        )
    if findings.strength("child", Polarity.STATED) >= EVIDENCE_FROM:
        rules = [r for o in offences for r in o.rules if r.kind is RuleKind.CHILD]
        notes += list(dict.fromkeys(rule.text for rule in rules))[:1]
    notes.append(
        Bilingual(
            ar="ورقة عمل للمساعدة لا رأي فيها ولا حكم؛ تقرأ ما في النص وحده ويراجعها مختص.",
            en="A working aid, no opinion and no decision: it reads the text alone and a lawyer "
            "checks it.",
        )
    )
    return tuple(notes)


def _next(read: ReadFacts, primary: str) -> str:
    """Return the reading with the largest share but the primary one."""
    order = [PRIMARY[place] for place in np.argsort(-read.shares, kind="stable")]
    return next(name for name in order if name != primary)
