"""Put the matrix of treaty duties on paper: the same duties, reasons and words as the page."""

from __future__ import annotations

from collections.abc import Iterator

from search.model import Bilingual
from search.treaty_coverage import CitedPassage, CoverageMatrix, DutyRow
from web import i18n
from web.papers.paper import Block, Bullets, Heading, Paper, Table, Text, Tone
from web.render import Words


def coverage_paper(answer: CoverageMatrix, w: Words, version: str) -> Paper:
    """Return the duties of a matrix, by treaty, as a paper in the language of `w`."""
    return Paper(
        title=w.t("coverage.title"),
        banner=w.t("coverage.banner"),
        imprint=w.t("paper.made", version=version),
        language=w.language,
        blocks=tuple(_blocks(answer, w)),
        page_label=w.t("paper.page", n="{n}"),
    )


def _blocks(answer: CoverageMatrix, w: Words) -> Iterator[Block]:
    yield Text(w.t("coverage.notice"), Tone.NOTICE)
    if not answer.findings_readable:
        yield Text(w.t("coverage.unreadable"), Tone.NOTICE)
    head = tuple(w.t(f"coverage.{key}") for key in ("treaty-status", "suggested", "found"))
    counts = tuple(
        (w.t(f"duty.{status}"), w.number(suggested), w.number(answer.found[status]))
        for status, suggested in answer.suggested.items()
    )
    yield Table(head, counts, (4, 2, 2))
    treaty = ""
    for row in answer.rows:
        if row.treaty.id != treaty:
            treaty = row.treaty.id
            yield Heading(_say(w, row.treaty.label), 1)
        yield from _duty(row, w)


def _duty(row: DutyRow, w: Words) -> Iterator[Block]:
    said = row.duty.suggestion
    yield Heading(_say(w, row.duty.duty), 3)
    sources = w.t("sep").join(cited(w, passage) for passage in row.source)
    yield Text(f"{sources} · {w.t(f'strength.{row.duty.strength}')}", Tone.QUIET)
    yield Text(
        f"{w.t('coverage.suggestion')}: {w.t(f'duty.{said.status}')} "
        f"({w.t('confidence')}: {w.t(f'confidence.{said.confidence}')}). {_say(w, said.reason)}"
    )
    if row.passages:
        yield Bullets(tuple(Text(cited(w, passage), Tone.QUIET) for passage in row.passages))
    found = row.assessment
    if found is not None:
        signed = f" — {found.assessor}" if found.assessor else ""
        stale = "" if row.is_current else f" {w.t('coverage.changed')}"
        yield Text(
            f"{w.t('coverage.finding')}: {w.t(f'duty.{found.status}')}{signed}, "
            f"{w.date(found.made_at[:10])}. {found.note}{stale}"
        )


def cited(w: Words, passage: CitedPassage) -> str:
    """Return the citation of a provision or clause in words: "Art. 2, Law 91/2013, point 7"."""
    label = _say(w, passage.reference.label)
    _, _, clause = passage.reference.id.partition("/")[2].partition("/")
    return f"{label}{w.t('sep')}{w.clause(clause)}" if clause else label


def _say(w: Words, label: Bilingual) -> str:
    return i18n.readable(w.language, label.best(w.language))
