"""Put a case study on paper: the handout for participants, and the key for the instructor.

The handout's writer is given the Handout alone, which has no field for anything sealed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum

from search.casebook import CaseStudy, Draft, Handout, Said, Tongue
from search.casebook.study import Change, HandoutCase, Outcome, Stage
from search.model import Authority, Bilingual, Language
from web import i18n
from web.papers.paper import (
    Block,
    Bullets,
    Facing,
    Heading,
    NewPage,
    Paper,
    Ruled,
    Table,
    Text,
    Tone,
)
from web.render import Words
from web.schemas_casebook import FORMAT, VERSION, DraftIO, HandoutOut, KeyOut

_ANSWER_LINES = 4
_NONE = "—"
Ask = Callable[[Words], str]  # a text in a language


class Edition(StrEnum):
    PARTICIPANT = "participant"
    INSTRUCTOR = "instructor"


def case_study_json(study: CaseStudy, draft: Draft, edition: Edition) -> bytes:
    """Return an edition as JSON; the instructor's holds the draft too, to go on from."""
    handout = study.handout
    held: dict[str, object] = {"format": FORMAT, "version": VERSION, "edition": edition.value}
    held["notice"] = {lang.value: _banner(handout, edition, Words(lang)) for lang in Language}
    held["study"] = HandoutOut.model_validate(handout).model_dump(mode="json")
    if edition is Edition.INSTRUCTOR:
        held["key"] = KeyOut.model_validate(study.key).model_dump(mode="json")
        held["draft"] = DraftIO.of(draft).model_dump(mode="json")
    return json.dumps(held, ensure_ascii=False, indent=2).encode()


def case_study_paper(study: CaseStudy, edition: Edition, language: Language, version: str) -> Paper:
    """Return an edition as a paper; `language` is the first of one in both languages."""
    from web.papers.case_study_key import KeyWriter  # noqa: PLC0415 - it builds on this module

    if edition is Edition.PARTICIPANT:
        return HandoutWriter(study.handout, language).paper(edition, version)
    return KeyWriter(study, language).paper(edition, version)


class HandoutWriter:
    """Writes what participants are given, stage by stage, each on a page of its own."""

    def __init__(self, handout: Handout, language: Language) -> None:
        tongue = handout.tongue
        self.handout = handout
        self.language = language if tongue is Tongue.BOTH else Language(tongue.value)
        other = Language.EN if self.language is Language.AR else Language.AR
        shown = (self.language, other) if tongue is Tongue.BOTH else (self.language,)
        self.words = tuple(Words(each) for each in shown)

    def paper(self, edition: Edition, version: str) -> Paper:
        """Return the whole paper."""
        held = self.handout.edition
        return Paper(
            title=self.inline(lambda w: self.handout.title.best(w.language)),
            banner="\n".join(_banner(self.handout, edition, w) for w in self.words),
            imprint=" · ".join(_imprint(w, held, version) for w in self.words),
            language=self.language,
            blocks=tuple(self.blocks()),
            page_label=self.words[0].t("paper.page", n="{n}"),
        )

    def blocks(self) -> Iterator[Block]:
        """Yield the paper in reading order."""
        yield from self.say(told("case.handout.lead"), Tone.QUIET)
        yield from self.goals()
        for case in self.handout.cases:
            yield from self._case(case)
        if any(case.outcome for case in self.handout.cases):
            yield NewPage()
            yield self.heading(told("case.outcome.end"), 1)
            for case in self.handout.cases:
                if case.outcome is not None:
                    yield self.heading(told("case.n", n=case.number), 2)
                    yield from self.outcome(case.outcome)

    def goals(self) -> Iterator[Block]:
        """Yield what is to be learnt."""
        if self.handout.goals:
            yield self.heading(told("case.goals"), 1)
            for goal in self.handout.goals:
                yield from self.item(labelled(goal))

    def _case(self, case: HandoutCase) -> Iterator[Block]:
        yield NewPage()
        yield self.heading(told("case.n", n=case.number), 1)
        yield from self.say(lambda w: _mark(w, case), Tone.QUIET)
        for place, stage in enumerate(case.stages):
            if place:
                yield NewPage()
            yield from self.stage(case, stage)
            yield Ruled(_ANSWER_LINES)
        if case.questions:
            yield NewPage()
            yield self.heading(told("case.questions.of", n=case.number), 2)
        for question in case.questions:
            yield self.question_heading(question.number)
            yield from self.said(question.text)
            yield Ruled(_ANSWER_LINES)
        for change in case.changes:
            yield NewPage()
            yield from self.change(change)
            yield Ruled(2 * _ANSWER_LINES)

    def stage(self, case: HandoutCase, stage: Stage) -> Iterator[Block]:
        """Yield one stage with its place in the case."""
        place = {"case": case.number, "n": stage.number, "total": len(case.stages)}
        yield self.heading(told(f"case.stage.{stage.kind}", **place), 2)
        yield from self.said(stage.text)

    def question_heading(self, number: str) -> Heading:
        """Return the heading over a question."""
        return self.heading(told("case.question.n", n=number), 3)

    def change(self, change: Change) -> Iterator[Block]:
        """Yield a variant: what was told, what is told instead, and what is asked."""
        yield self.heading(told("case.change.n", n=change.number), 2)
        key = "case.change.told" if change.is_of_case else "case.change.other"
        yield self.heading(told(key), 3)
        yield from self.said(change.told)
        yield self.heading(told("case.change.changed"), 3)
        yield from self.said(change.changed)
        yield from self.say(told("case.change.ask"))

    def outcome(self, outcome: Outcome) -> Iterator[Block]:
        """Yield how a matter ended: charges, disposition, reasons."""
        rows = tuple(
            (
                self.cell(labelled(ruling.offence)),
                self.cell(stored("outcome", ruling.outcome)),
                self.cell(labelled(ruling.sentence)),
            )
            for ruling in outcome.rulings
        )
        head = ("case.offence", "case.ended", "case.sentence")
        if rows:
            yield Table(tuple(self.cell(told(k)) for k in head), rows, (4, 3, 5))
        for key, text in (("disposition", outcome.disposition), ("reasons", outcome.reasons)):
            if text:
                yield self.heading(told(f"section.{key}"), 3)
                yield from self.said(text)

    # --- one text in the language or languages of the study ------------------------------------

    def inline(self, ask: Ask) -> str:
        """Return a short text; in both languages one after the other."""
        return " · ".join(dict.fromkeys(ask(w) for w in self.words))

    def cell(self, ask: Ask) -> str:
        """Return a text for a cell of a table; in both languages one under the other."""
        return "\n".join(dict.fromkeys(ask(w) for w in self.words))

    def heading(self, ask: Ask, level: int) -> Heading:
        """Return a heading."""
        return Heading(self.inline(ask), level)

    def say(self, ask: Ask, tone: Tone = Tone.BODY) -> Iterator[Block]:
        """Yield a text of ours."""
        yield from self.said(Said(**{w.language.value: ask(w) for w in self.words}), tone)

    def item(self, ask: Ask) -> Iterator[Block]:
        """Yield a point of a list."""
        if len(self.words) == 1:
            yield Bullets((Text(ask(self.words[0]), language=self.language),))
        else:
            yield from self.say(lambda w: f"• {ask(w)}")

    def said(self, text: Said, tone: Tone = Tone.BODY) -> Iterator[Block]:
        """Yield a text: both languages side by side where the study has both and so has it."""
        if len(self.words) == 2 and text.ar and text.en:
            yield Facing(text.ar.strip(), text.en.strip(), tone)
            return
        held = self.language if text.of(self.language) else self.other_of(text)
        for paragraph in filter(None, text.of(held).split("\n\n")):
            yield Text(paragraph.strip(), tone, held)

    @staticmethod
    def other_of(text: Said) -> Language:
        """Return the one language that a text is held in."""
        return Language.AR if text.ar else Language.EN


def told(key: str, **values: int | str) -> Ask:
    """Return the asking for a message; numbers get the digits of the language."""

    def ask(words: Words) -> str:
        shown = {
            name: words.number(value) if isinstance(value, int) else words.digits(value)
            for name, value in values.items()
        }
        return words.t(key, **shown)

    return ask


def labelled(named: Bilingual | None) -> Ask:
    """Return the asking for a label, a dash for none."""
    return lambda words: label(words, named) if named else _NONE


def stored(prefix: str, value: str | None) -> Ask:
    """Return the asking for the name of a stored value, a dash for none."""
    return lambda words: words.label(prefix, value) if value else _NONE


def label(words: Words, named: Bilingual) -> str:
    """Return a label with the digits of the language."""
    return i18n.readable(words.language, named.best(words.language))


def _mark(words: Words, case: HandoutCase) -> str:
    parts = [words.t(f"case.mark.{_kind(case.authority)}")]
    parts += [words.t("case.mark.edited")] if case.is_edited else []
    parts += [words.t("case.mark.foreign")] if case.jurisdiction != "kw" else []
    return " · ".join(parts)


def _kind(authority: Authority) -> str:
    """Return what a matter is called: fictional, reported, or a judgment."""
    known = {Authority.TRAINING: "training", Authority.REPORTED: "reported"}
    return known.get(authority, "judgment")


def _banner(handout: Handout, edition: Edition, words: Words) -> str:
    """Return what stands at the head of every page: the edition, and what the cases are."""
    kinds = dict.fromkeys(_kind(case.authority) for case in handout.cases)
    parts = [words.t(f"case.edition.{edition}"), *(words.t(f"case.mark.{k}") for k in kinds)]
    if any(case.is_edited for case in handout.cases):
        parts.append(words.t("case.mark.edited"))
    return " · ".join(parts)


def _imprint(words: Words, edition: str | None, version: str) -> str:
    held = words.t("distinguish.edition", edition=edition) if edition else ""
    return f"{words.t('paper.made', version=version)} · " + (
        held or words.t("distinguish.edition.none")
    )
