"""Write the instructor edition: the handout's texts with everything that is sealed from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.casebook import CaseStudy
from search.casebook.study import Answer, ChangeAnswer, Finding, Flip, HandoutCase, KeyCase
from search.model import Bilingual, Language
from search.results import Reference
from web.display import language_of
from web.papers.case_study import Ask, HandoutWriter, label, labelled, stored, told
from web.papers.paper import Block, Bullets, NewPage, Table, Text, Tone
from web.render import Words

_BETWEEN = {Language.AR: "؛ ", Language.EN: "; "}


class KeyWriter(HandoutWriter):
    """Writes the same cases without empty lines, with answers, outcome and provenance."""

    def __init__(self, study: CaseStudy, language: Language) -> None:
        super().__init__(study.handout, language)
        self._key = study.key

    def blocks(self) -> Iterator[Block]:
        """Yield the paper in reading order."""
        yield from self.say(told("case.key.lead"), Tone.NOTICE)
        yield from self.goals()
        pairs = zip(self.handout.cases, self._key.cases, strict=True)
        for place, (case, sealed) in enumerate(pairs):
            if place:
                yield NewPage()
            yield from self._whole(case, sealed)

    def _whole(self, case: HandoutCase, sealed: KeyCase) -> Iterator[Block]:
        yield self.heading(told("case.n", n=case.number), 1)
        yield from self.say(labelled(sealed.title), Tone.NOTICE)
        yield from self.say(lambda w: _provenance(w, case, sealed), Tone.QUIET)
        for stage in case.stages:
            yield from self.stage(case, stage)
        if sealed.answers:
            yield self.heading(told("case.questions.of", n=case.number), 2)
        for answer in sealed.answers:
            yield self.question_heading(answer.question.number)
            yield from self.said(answer.question.text)
            yield from self._answer(answer)
        for change in sealed.changes:
            yield from self.change(change.change)
            yield from self._change_answer(change)
        yield self.heading(told("case.outcome"), 2)
        yield from self.outcome(sealed.outcome)
        yield from self._sources(sealed)

    def _answer(self, answer: Answer) -> Iterator[Block]:
        if answer.guidance:
            yield from self.say(told("case.answer.trainer"), Tone.NOTICE)
            yield from self.said(answer.guidance)
        if answer.disposition:
            yield from self.say(told("case.answer.record"), Tone.QUIET)
            yield from self.said(answer.disposition)
        elif answer.law is not None:
            yield from self.say(_line("case.answer.law", (answer.law,)))
        else:
            yield from self.say(lambda w: _record(w, answer.findings))
        if answer.requires:
            yield from self.say(_line("case.answer.ways", answer.requires))
        yield from self._provisions(answer.provisions)
        if answer.follow_up:
            yield from self.say(told("case.answer.follow-up"), Tone.QUIET)
            for each in answer.follow_up:
                yield from self.item(labelled(each))

    def _change_answer(self, answer: ChangeAnswer) -> Iterator[Block]:
        yield self.heading(told("case.change.flips"), 3)
        yield from self._flips("case.offence", "outcome", answer.charges)
        yield from self._flips("paper.element", "finding", answer.elements)
        if answer.reasons:
            yield self.heading(told("case.change.why"), 3)
            yield from self.said(answer.reasons)
        yield from self._provisions(answer.provisions)
        yield from self.say(_line("case.change.pair", answer.titles), Tone.QUIET)

    def _flips(self, name: str, prefix: str, flips: Sequence[Flip]) -> Iterator[Block]:
        rows = tuple(
            (
                self.cell(_named(flip)),
                self.cell(stored(prefix, flip.told)),
                self.cell(stored(prefix, flip.changed)),
            )
            for flip in flips
        )
        if rows:
            head = (name, "case.change.in-told", "case.change.in-changed")
            yield Table(tuple(self.cell(told(k)) for k in head), rows, (6, 3, 3))

    def _provisions(self, provisions: Sequence[Reference]) -> Iterator[Block]:
        if provisions:
            labels = tuple(each.label for each in provisions)
            yield from self.say(_line("case.answer.provisions", labels))

    def _sources(self, sealed: KeyCase) -> Iterator[Block]:
        yield self.heading(told("case.provenance"), 3)
        for note in sealed.notes:
            yield from self.said(note, Tone.QUIET)
        for source in sealed.sources:
            parts = (source.title, source.publisher, source.date, source.url)
            line = ", ".join(part for part in parts if part)
            yield Bullets((Text(line, Tone.QUIET, language_of(source.title)),))


def _record(words: Words, findings: Sequence[Finding]) -> str:
    if not findings:
        return words.t("case.answer.silent")
    told = (
        f"{label(words, each.label)}: {words.label('finding', each.finding)}"
        + (f" ({label(words, each.note)})" if each.note else "")
        for each in findings
    )
    return f"{words.t('case.answer.record')}: {_BETWEEN[words.language].join(told)}"


def _line(key: str, named: Sequence[Bilingual]) -> Ask:
    """Return the asking for what is named, on one line after its own name."""
    return lambda w: f"{w.t(key)}: {_BETWEEN[w.language].join(label(w, each) for each in named)}"


def _named(flip: Flip) -> Ask:
    return lambda w: label(w, flip.label) + (f" ({label(w, flip.note)})" if flip.note else "")


def _provenance(words: Words, case: HandoutCase, sealed: KeyCase) -> str:
    parts = [sealed.matter, label(words, sealed.court), words.label("level", sealed.level)]
    parts += [words.date(sealed.date)] if sealed.date else []
    parts.append(f"{words.t('confidence')}: {words.t(f'confidence.{sealed.confidence}')}")
    parts += [] if sealed.is_confirmed else [words.t("unconfirmed")]
    parts += [words.t("case.mark.edited")] if case.is_edited else []
    parts += [words.t("case.mark.foreign")] if case.jurisdiction != "kw" else []
    return " · ".join(parts)
