"""Put how offences are told apart on paper: the same facts, elements and words as the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from search.distinction.findings import Evidence
from search.distinction.results import (
    INSUFFICIENT,
    Distinction,
    ElementReading,
    OffenceReading,
)
from search.model import Authority, Bilingual, Language
from web import display_distinction as display
from web import i18n
from web.display import language_of
from web.forms import FactsForm
from web.papers.paper import Block, Bullets, Heading, Paper, Table, Text, Tone
from web.render import Words
from web.schemas_distinction import DistinctionOut

_QUOTED = {Language.AR: "«{}»", Language.EN: "“{}”"}
Cite = Callable[[str], Bilingual]


def distinction_json(asked: FactsForm, answer: Distinction) -> bytes:
    """Return the reading as JSON, with the facts its offsets count in and what was changed."""
    held = {
        "notice": {each.value: i18n.message(each, "paper.aid") for each in Language},
        "facts": asked.facts,
        "what_if": {"strike": list(asked.struck), "assume": asked.assumed},
        "distinction": DistinctionOut.model_validate(answer).model_dump(mode="json"),
    }
    return json.dumps(held, ensure_ascii=False, indent=2).encode()


def distinction_paper(
    asked: FactsForm,
    answer: Distinction,
    language: Language,
    cite: Cite,
    signals: Mapping[str, Bilingual],
    version: str,
) -> Paper:
    """Return the working paper in a language.

    `cite` names provisions, and `signals` what can be assumed, by their ids.
    """
    writer = _Writer(asked, answer, language, cite, signals)
    edition = writer.edition()
    return Paper(
        title=writer.w.t("distinguish.title"),
        banner=writer.w.t("paper.aid"),
        imprint=f"{writer.w.t('paper.made', version=version)} · {edition}",
        language=language,
        blocks=tuple(writer.blocks()),
        page_label=writer.w.t("paper.page", n="{n}"),
    )


class _Writer:
    """Writes the blocks of one paper."""

    def __init__(
        self,
        asked: FactsForm,
        answer: Distinction,
        language: Language,
        cite: Cite,
        signals: Mapping[str, Bilingual],
    ) -> None:
        self.w = Words(language)
        self._asked = asked
        self._answer = answer
        self._language = language
        self._cite = cite
        self._signals = signals
        self._offences = display.touched(answer)

    def edition(self) -> str:
        """Return the line that names the collection's edition."""
        held = self._answer.edition
        if held is None:
            return self.w.t("distinguish.edition.none")
        return self.w.t("distinguish.edition", edition=held)

    def blocks(self) -> Iterator[Block]:
        """Yield the paper in reading order."""
        yield Text(f"{self.w.t('paper.aid')}. {self.w.t('distinguish.notice')}", Tone.NOTICE)
        if self._asked.is_changed:
            yield Text(self._changes(), Tone.NOTICE)
        yield from self._facts()
        yield from self._reading()
        yield from self._matrix()
        for offence in self._offences:
            yield from self._offence(offence)
        yield from self._ladder()
        yield from self._questions()
        yield from self._pair()

    def _say(self, label: Bilingual) -> str:
        return i18n.readable(self._language, label.best(self._language))

    def _changes(self) -> str:
        parts = [self.w.t("distinguish.what-if.on")]
        if self._asked.struck:
            numbers = self.w.t("sep").join(self.w.number(n + 1) for n in self._asked.struck)
            parts.append(self.w.t("distinguish.what-if.struck", list=numbers))
        if self._asked.assumed:
            named = self.w.t("sep").join(
                f"{self._say(self._signals[name]) if name in self._signals else name} "
                f"({self.w.t('distinguish.what-if.yes' if so else 'distinguish.what-if.no')})"
                for name, so in self._asked.assumed.items()
            )
            parts.append(self.w.t("distinguish.what-if.assumed", list=named))
        return "\n".join(parts)

    def _facts(self) -> Iterator[Block]:
        yield Heading(self.w.t("distinguish.facts"), 1)
        yield Text(self._asked.facts.strip(), language=language_of(self._asked.facts))
        day = self._answer.date
        if day is not None:
            yield Text(self.w.t("distinguish.as-of", date=self.w.date(day)), Tone.QUIET)

    def _reading(self) -> Iterator[Block]:
        answer = self._answer
        yield Heading(self.w.t("distinguish.reading"), 1)
        yield Text(
            f"{self.w.t('distinguish.primary')}: {self._reading_name(answer.primary)} "
            f"({self.w.percent(answer.shares[answer.primary])}). "
            f"{self.w.t('distinguish.nearest.note')}"
        )
        if answer.primary == INSUFFICIENT:
            yield Text(self.w.t("distinguish.insufficient"))
        others = []
        for other in answer.alternatives:
            line = f"{self._reading_name(other.primary)} ({self.w.percent(other.share)})"
            if other.move:
                key = "shown" if other.move.shown else "gone"
                move = self.w.t(f"distinguish.move.{key}", label=self._say(other.move.label))
                line += f": {move}"
            others.append(Text(line))
        if others:
            yield Heading(self.w.t("distinguish.alternatives"), 3)
            yield Bullets(tuple(others))
        yield Heading(self.w.t("distinguish.notes"), 3)
        yield Bullets(tuple(Text(self._say(note), Tone.QUIET) for note in answer.notes))

    def _reading_name(self, primary: str) -> str:
        return self.w.t(f"distinguish.reading.{primary}")

    def _matrix(self) -> Iterator[Block]:
        yield Heading(self.w.t("distinguish.matrix"), 1)
        rows = tuple(
            (
                self._say(offence.label) if place == 0 else "",
                self._element_name(element),
                self._status(element),
            )
            for offence in self._offences
            for place, element in enumerate(offence.elements)
        )
        head = ("distinguish.offence", "paper.element", "paper.status")
        yield Table(tuple(self.w.t(key) for key in head), rows, (4, 5, 2))
        silent = display.silent(self._answer)
        if silent:
            yield Text(f"{self.w.t('distinguish.silent')}: {self._names(silent)}", Tone.QUIET)

    def _element_name(self, element: ElementReading) -> str:
        kind, label = self.w.t(f"element.{element.kind}"), self._say(element.label)
        return label if label.lower().startswith(kind.lower()) else f"{kind}: {label}"

    def _status(self, element: ElementReading) -> str:
        return self.w.t(f"status.{element.status}")

    def _offence(self, offence: OffenceReading) -> Iterator[Block]:
        yield Heading(self._say(offence.label), 2)
        if not offence.in_force:
            key = "" if self._answer.date else ".now"
            yield Text(self.w.t(f"distinguish.not-in-force{key}"), Tone.QUIET)
        if offence.excluded_by:
            names = self.w.t("sep").join(self._say(each) for each in offence.excluded_by)
            yield Text(f"{self.w.t('distinguish.excluded')}: {names}")
        for element in offence.elements:
            yield from self._element(offence, element)
        if offence.aggravating:
            yield Heading(self.w.t("distinguish.aggravating"), 3)
            for each in offence.aggravating:
                cited = self._say(self._cite(each.provision))
                yield Text(f"{self._say(each.label)}: {self._say(each.effect)} ({cited})")
                yield from self._quotes("distinguish.evidence", each.evidence)
        if offence.rules:
            yield Heading(self.w.t("distinguish.rules"), 3)
            yield Bullets(
                tuple(
                    Text(f"{self.w.t(f'rule.{rule.kind}')}: {self._say(rule.text)}"
                         f"{self._cited(rule.provisions)}")
                    for rule in offence.rules
                )
            )  # fmt: skip
        yield Text(
            f"{self.w.t('distinguish.governing')}: {self._list(offence.governing)}", Tone.QUIET
        )

    def _element(self, offence: OffenceReading, element: ElementReading) -> Iterator[Block]:
        yield Heading(f"{self._element_name(element)} — {self._status(element)}", 3)
        required = self._list(element.provisions)
        yield Text(f"{self._say(element.because)}. {self.w.t('distinguish.requires')}: {required}",
                   Tone.QUIET)  # fmt: skip
        yield from self._quotes("distinguish.evidence", element.evidence)
        yield from self._quotes("distinguish.evidence.against", element.against)
        yield from self._quotes("distinguish.evidence.open", element.unsettled)
        for side in ("for", "against"):
            found = display.precedents_of(self._answer, offence, element, side)
            if found:
                names = [self._matter(p.title, p.authority, p.id) for p in found]
                listed = self.w.t("sep").join(names)
                yield Text(f"{self.w.t(f'distinguish.{side}')}: {listed}", Tone.QUIET)

    def _quotes(self, key: str, evidence: tuple[Evidence, ...]) -> Iterator[Block]:
        if evidence:
            yield Text(f"{self.w.t(key)}:")
            yield Bullets(
                tuple(
                    Text(
                        _QUOTED[language_of(each.text)].format(each.text.strip()),
                        language=language_of(each.text),
                    )
                    for each in evidence
                )
            )

    def _matter(self, title: Bilingual, authority: Authority, identifier: str) -> str:
        fiction = ""
        if authority is Authority.TRAINING:
            fiction = f" ({self.w.t('distinguish.fictional')})"
        return f"{self._say(title)}{fiction} [{identifier}]"

    def _list(self, provisions: tuple[str, ...]) -> str:
        cited = (self._say(self._cite(each)) for each in provisions)
        return ("؛ " if self._language is Language.AR else "; ").join(cited)

    def _cited(self, provisions: tuple[str, ...]) -> str:
        return f" ({self._list(provisions)})" if provisions else ""

    def _names(self, offences: tuple[OffenceReading, ...]) -> str:
        return self.w.t("sep").join(self._say(offence.label) for offence in offences)

    def _ladder(self) -> Iterator[Block]:
        yield Heading(self.w.t("distinguish.ladder"), 1)
        yield Text(self.w.t("penalty.note"), Tone.QUIET)
        none = self.w.t("penalty.none")
        rows = tuple(
            (
                f"{self._names(rung.offences)}: {self._say(rung.penalty.applies)}",
                self.w.imprisonment(rung.penalty.imprisonment)
                if rung.penalty.imprisonment
                else none,
                self.w.fine(rung.penalty.fine) if rung.penalty.fine else none,
                self._say(rung.penalty.measures) if rung.penalty.measures else none,
                self._say(self._cite(rung.provision)),
            )
            for rung in display.ladder(self._offences)
        )
        if not rows:
            yield Text(self.w.t("distinguish.ladder.none"))
            return
        head = (
            "penalty.applies",
            "penalty.imprisonment",
            "penalty.fine",
            "penalty.also",
            "distinguish.provision",
        )
        yield Table(tuple(self.w.t(key) for key in head), rows, (5, 3, 3, 3, 3))

    def _questions(self) -> Iterator[Block]:
        """Ask in both languages: a statement may be taken in either."""
        yield Heading(self.w.t("distinguish.questions"), 1)
        first, second = (
            (Language.AR, Language.EN)
            if self._language is Language.AR
            else (Language.EN, Language.AR)
        )
        groups = display.questions_by_offence(self._answer)
        if not groups:
            yield Text(self.w.t("distinguish.questions.none"))
        for offence, questions in groups:
            yield Heading(self._say(offence.label), 3)
            for question in questions:
                asked = {Language.AR: question.ar, Language.EN: question.en}
                yield Bullets((Text(asked[first], language=first),))
                yield Text(asked[second], Tone.QUIET, second)

    def _pair(self) -> Iterator[Block]:
        pair = self._answer.pair
        if pair is None:
            return
        yield Heading(self.w.t("distinguish.pair"), 1)
        yield Text(f"{self.w.t('distinguish.pair.element')}: {self._say(pair.label)}")
        yield Bullets(
            tuple(
                Text(
                    f"{self._matter(member.title, member.authority, member.id)}: "
                    f"{self.w.label('outcome', member.outcome)}"
                )
                for member in pair.members
            )
        )
