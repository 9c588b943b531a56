"""Put the record of a search on paper, and say in words what running it again has shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.model import Bilingual, Language
from search.record import Change, Record, Replay, Sheet
from search.record.replay import ChangeKind
from search.record.sheet import RecordedResult
from web import i18n
from web.display import language_of
from web.papers.paper import Block, Bullets, Heading, Paper, Table, Text, Tone
from web.render import Words

Named = Sequence[tuple[str, str]]


def record_paper(record: Record, language: Language, filters: Named, version: str) -> Paper:
    """Return the record as a paper; `filters` are (name, value) in words."""
    words = Words(language)
    return Paper(
        title=words.t("record.title"),
        banner=words.t("record.banner"),
        imprint=words.t("paper.made", version=version),
        language=language,
        blocks=tuple(_blocks(record, words, filters)),
        page_label=words.t("paper.page", n="{n}"),
    )


def conditions_of(sheet: Sheet, words: Words) -> list[tuple[str, str]]:
    """Return under which conditions a search was made, as (name, value)."""
    held, engine = sheet.collection, sheet.engine
    values = {
        "collection.edition": held.edition or "—",
        "collection.revision": words.number(held.revision),
        "collection.fingerprint": held.fingerprint,
        "collection.passages": words.number(held.passages),
        "engine.program": engine.program,
        "engine.embedder": engine.embedder,
        "engine.adapter": engine.adapter or "—",
        "engine.ranking": engine.ranking,
        "engine.index_generation": engine.index_generation,
        "engine.index_revision": words.number(engine.index_revision),
    }
    return [(words.t(f"record.{name}"), value) for name, value in values.items()]


def not_searched_lines(sheet: Sheet, words: Words) -> list[str]:
    """Return what lay outside a search, a sentence each."""
    left = sheet.not_searched
    lines = []
    if left.passages_filtered:
        lines.append(words.n("record.filtered", left.passages_filtered))
    if left.kinds_filtered:
        names = words.t("sep").join(words.t(f"kinds.{kind}") for kind in left.kinds_filtered)
        lines.append(words.t("record.kinds", list=names))
    lines.append(words.n("record.refused", left.files_refused))
    lines.append(words.t("record.depth", n=words.number(left.depth)))
    lines.append(words.t("record.masked"))
    return lines


def settings_of(sheet: Sheet, words: Words) -> list[tuple[str, str]]:
    """Return how a search was set, as (name, value)."""
    query = sheet.query
    return [
        (words.t("record.language"), words.t(f"lang.{sheet.language}")),
        (words.t("record.expand"), words.t("record.yes" if query.expand else "record.no")),
        (words.t("record.limit"), words.number(query.limit)),
        (words.t("record.offset"), words.number(query.offset)),
    ]


def replay_lines(replay: Replay, language: Language) -> list[str]:
    """Return what is different after a second run, a sentence each."""
    words = Words(language)
    lines = []
    if replay.refused:
        lines.append(words.t("record.replay.refused"))
    if replay.total:
        then, now = (words.number(n) for n in replay.total)
        lines.append(words.t("record.replay.total", then=then, now=now))
    return lines + [_changed(change, words) for change in replay.changes]


def _changed(change: Change, words: Words) -> str:
    name = _say(change.citation, words.language)
    if change.kind is ChangeKind.SCORE:
        then, now = (f"{value:.4f}" for value in (change.then or 0.0, change.now or 0.0))
    else:
        then, now = (words.number(round(value or 0)) for value in (change.then, change.now))
    return words.t(f"record.replay.{change.kind}", name=name, then=then, now=now)


def _blocks(record: Record, words: Words, filters: Named) -> Iterator[Block]:
    sheet = record.sheet
    yield Text(words.t("record.lead"), Tone.NOTICE)
    yield Heading(words.t("record.query"), 1)
    yield Text(sheet.query.text, language=language_of(sheet.query.text))
    yield _facts(words, "record.settings", [*filters, *settings_of(sheet, words)])
    yield Heading(words.t("record.conditions"), 1)
    when = words.date(sheet.recorded_at[:10]), words.digits(sheet.recorded_at[11:16])
    yield Text(words.t("record.when", date=when[0], time=when[1]))
    yield _facts(words, "record.conditions", conditions_of(sheet, words))
    yield Heading(words.t("record.not-searched"), 1)
    yield Bullets(tuple(Text(line) for line in not_searched_lines(sheet, words)))
    yield Heading(words.t("record.results", n=words.number(sheet.total)), 1)
    if sheet.nothing_fits:
        yield Text(words.t("results.nothing_fits"), Tone.NOTICE)
    for result in sheet.results:
        yield from _result(result, words)
    yield Heading(words.t("record.signature"), 1)
    yield Text(words.t("record.signed", print=record.signature.fingerprint))
    yield Text(words.t("record.signature.note"), Tone.QUIET)


def _facts(words: Words, title: str, rows: Named) -> Table:
    return Table((words.t(title), ""), tuple((name, value) for name, value in rows), (2, 3))


def _result(result: RecordedResult, words: Words) -> Iterator[Block]:
    language = words.language
    yield Heading(f"{words.number(result.place)}. {_say(result.citation, language)}", 2)
    yield Text(_say(result.title, language))
    score = words.t("record.score", score=f"{result.score:.4f}", id=result.id)
    yield Text(score, Tone.QUIET)
    for treatment in result.treatments:
        day = f"{words.t('sep')}{words.date(treatment.date)}" if treatment.date else ""
        part = f" {words.t('treatment.part')}" if treatment.scope == "part" else ""
        name = words.t(f"treatment.{treatment.kind}")
        yield Text(f"{name}{part}: {_say(treatment.by, language)}{day}", Tone.NOTICE)
    for passage in result.passages:
        marks = [words.t(f"authority.{passage.authority}"), words.t(f"lang.{passage.language}")]
        marks += [words.t("repealed")] if passage.repealed else []
        marks += [] if passage.confirmed else [words.t("unconfirmed")]
        yield Text(words.t("sep").join(marks), Tone.QUIET)
        yield Text(passage.text, language=passage.language)


def _say(label: Bilingual, language: Language) -> str:
    return i18n.readable(language, label.best(language))
