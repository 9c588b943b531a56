"""Put a draft laid against its siblings on paper: the same findings and words as the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from search.comparison import Cell, Component, Sentence, Side
from search.drafting import DraftCitation, DraftReading, Lack
from search.model import Bilingual, Language, Penalty, Scope
from search.results import CitationStatus
from web import i18n
from web.display import language_of
from web.papers.paper import Block, Bullets, Heading, Paper, Table, Text, Tone
from web.render import Words
from web.schemas_drafting import DraftReadingOut

_QUOTED = {Language.AR: "«{}»", Language.EN: "“{}”"}
Cite = Callable[[str], Bilingual]


def draft_json(answer: DraftReading) -> bytes:
    """Return the reading as JSON, with the draft that its offsets count in."""
    held = {
        "notice": {each.value: i18n.message(each, "paper.aid") for each in Language},
        "reading": DraftReadingOut.model_validate(answer).model_dump(mode="json"),
    }
    return json.dumps(held, ensure_ascii=False, indent=2).encode()


def draft_paper(answer: DraftReading, w: Words, cite: Cite, version: str) -> Paper:
    """Return the working paper in the language of `w`; `cite` names provisions by their ids."""
    edition = (
        w.t("distinguish.edition", edition=answer.edition)
        if answer.edition
        else w.t("distinguish.edition.none")
    )
    return Paper(
        title=w.t("draft.paper"),
        banner=w.t("paper.aid"),
        imprint=f"{w.t('paper.made', version=version)} · {edition}",
        language=w.language,
        blocks=tuple(_Writer(answer, w, cite).blocks()),
        page_label=w.t("paper.page", n="{n}"),
    )


class _Writer:
    """Writes the blocks of one paper."""

    def __init__(self, answer: DraftReading, w: Words, cite: Cite) -> None:
        self._answer = answer
        self._w = w
        self._cite = cite
        self._sides = (answer.draft, *answer.siblings)

    def blocks(self) -> Iterator[Block]:
        """Yield the paper in reading order."""
        yield Text(f"{self._w.t('paper.aid')}. {self._w.t('draft.notice')}", Tone.NOTICE)
        yield from self._parts()
        yield from self._stale()
        yield from self._lacking()
        yield from self._nearest()
        if self._answer.siblings:
            yield from self._siblings()
            yield from self._components()
            yield from self._wording()
        yield from self._citations()

    def _say(self, label: Bilingual) -> str:
        return i18n.readable(self._w.language, label.best(self._w.language))

    def _component(self, component: Component | None) -> str:
        return self._w.t(f"component.{component}" if component else "draft.whole")

    def _names(self, side: Side) -> str:
        return self._say(side.reference.label)

    def _parts(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.t("draft.parts"), 1)
        for part in self._answer.parts:
            yield Text(part.text, language=language_of(part.text))
            spoken = w.t("sep").join(self._component(one) for one in part.components)
            yield Text(spoken or w.t("draft.parts.none"), Tone.QUIET)

    def _stale(self) -> Iterator[Block]:
        stale = [cited for cited in self._answer.citations if cited.ended]
        if stale:
            yield Heading(self._w.t("draft.stale"), 1)
            yield Bullets(tuple(Text(self._ended(cited)) for cited in stale))

    def _ended(self, cited: DraftCitation) -> str:
        w, ended = self._w, cited.ended
        assert ended is not None
        state = w.t(f"stale.{ended.state}")
        if ended.scope is Scope.PART:
            state += f" {w.t('treatment.part')}"
        by = self._say(ended.by) if ended.by else w.t("stale.unknown")
        since = f"{w.t('sep')}{w.date(ended.since)}" if ended.since else ""
        return f"{self._quoted(cited.citation.text)}: {state} ({by}{since})"

    def _lacking(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.t("draft.lacking"), 1)
        if not self._answer.lacking:
            yield Text(w.t("draft.lacking.none"))
            return
        yield Text(w.t("draft.lacking.note"), Tone.QUIET)
        head = tuple(w.t(f"draft.{key}") for key in ("component", "lacking.what", "lacking.where"))
        yield Table(head, tuple(self._lack(lack) for lack in self._answer.lacking), (3, 5, 4))

    def _lack(self, lack: Lack) -> tuple[str, str, str]:
        w = self._w
        told = w.t("draft.lacking.whole" if lack.whole else "draft.lacking.part")
        named = w.t("sep").join(
            f"{self._say(ref.label)} ({w.number(count)})" for ref, count in lack.concepts
        )
        where = w.t(
            "draft.lacking.of",
            n=w.number(len(lack.siblings)),
            all=w.number(len(self._answer.siblings)),
        )
        return self._component(lack.component), f"{told}: {named}" if named else told, where

    def _nearest(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.t("draft.nearest"), 1)
        rows = tuple(
            (
                self._component(of.component),
                "\n".join(f"{self._say(hit.citation)}: {self._say(hit.title)}" for hit in of.hits)
                or w.t("compare.nothing"),
            )
            for of in self._answer.nearest
        )
        yield Table((w.t("draft.component"), w.t("draft.provisions")), rows, (2, 6))

    def _siblings(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.t("draft.siblings"), 1)
        key = "chosen" if self._answer.chosen else "found"
        yield Text(w.t(f"draft.siblings.{key}"), Tone.QUIET)
        yield Bullets(tuple(Text(self._sibling(side)) for side in self._answer.siblings))

    def _sibling(self, side: Side) -> str:
        w = self._w
        heading = f": {self._say(side.heading)}" if side.heading else ""
        kept = side.expression
        what = f" ({w.t(f'authority.{kept.authority}.short')})" if kept else ""
        happened = w.t("sep").join(w.t(f"treatment.{each.kind}") for each in side.treatments)
        return f"{self._names(side)}{heading}{what}" + (f" — {happened}" if happened else "")

    def _components(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.t("compare.components"), 1)
        yield Text(w.t("compare.components.note"), Tone.QUIET)
        for row in self._answer.rows:
            yield Heading(self._component(row.component), 2)
            if row.common:
                common = w.t("sep").join(self._say(ref.label) for ref in row.common)
                yield Text(f"{w.t('compare.in-all')}: {common}")
            silent = []
            for side, cell in zip(self._sides, row.cells, strict=True):
                found = tuple(self._cell(side, row.component, cell))
                if found:
                    yield Heading(self._names(side), 3)
                    yield from found
                else:
                    silent.append(self._names(side))
            if silent:
                named = w.t("sep").join(silent)
                yield Text(f"{w.t('compare.nothing')}: {named}", Tone.QUIET)

    def _cell(self, side: Side, component: Component, cell: Cell) -> Iterator[Block]:
        w = self._w
        penalties = side.penalties if component is Component.PENALTY else ()
        if penalties:
            yield Bullets(tuple(Text(self._penalty(penalty)) for penalty in penalties))
        if cell.marks:
            only = f" ({w.t('compare.only')})"
            marks = (f"{self._say(m.label)}{only if m.id in cell.own else ''}" for m in cell.marks)
            yield Text(w.t("sep").join(marks))
        if cell.sentences:
            yield Bullets(tuple(_sentence(each) for each in cell.sentences))

    def _penalty(self, penalty: Penalty) -> str:
        w = self._w
        parts = []
        if penalty.imprisonment:
            parts.append(f"{w.t('penalty.imprisonment')}: {w.imprisonment(penalty.imprisonment)}")
        if penalty.fine:
            parts.append(f"{w.t('penalty.fine')}: {w.fine(penalty.fine)}")
        if penalty.joined and penalty.imprisonment and penalty.fine:
            parts.append(w.t(f"penalty.joined.{penalty.joined}"))
        if penalty.measures:
            parts.append(self._say(penalty.measures))
        return f"{self._say(penalty.applies)} — {w.t('sep').join(parts)}"

    def _wording(self) -> Iterator[Block]:
        w = self._w
        yield Heading(w.t("compare.wording"), 1)
        rows = tuple(
            (
                self._names(side),
                w.percent(wording.share) if wording else w.t("compare.wording.none"),
            )
            for side, wording in zip(self._answer.siblings, self._answer.wordings, strict=True)
        )
        yield Table((w.t("draft.siblings"), w.t("draft.wording.share")), rows, (5, 4))

    def _citations(self) -> Iterator[Block]:
        w = self._w
        if not self._answer.citations:
            return
        yield Heading(w.t("draft.citations"), 1)
        rows = tuple(
            (self._quoted(one.citation.text), self._read_as(one)) for one in self._answer.citations
        )
        yield Table((w.t("draft.words"), w.t("draft.read-as")), rows, (4, 5))

    def _read_as(self, one: DraftCitation) -> str:
        cited = one.citation
        target = cited.provision or cited.instrument
        if cited.status is not CitationStatus.RESOLVED or target is None:
            return self._w.t(f"draft.citation.{cited.status}")
        held = "" if cited.held else f" ({self._w.t('not-held')})"
        return f"{self._say(self._cite(target))}{held}"

    def _quoted(self, words: str) -> str:
        return _QUOTED[language_of(words)].format(words.strip())


def _sentence(sentence: Sentence) -> Text:
    held = language_of(sentence.text)
    return Text(_QUOTED[held].format(sentence.text.strip()), Tone.QUIET, held)
