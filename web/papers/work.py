"""Put everything one has saved on paper, on one page, or into a JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from search.model import Language
from search.work.model import Note, SavedStudy
from search.work.whole import Export
from web import i18n
from web.display import language_of
from web.papers.paper import Block, Heading, Paper, Text, Tone
from web.render import Words


def work_json(export: Export) -> bytes:
    """Return the export as the bytes of a JSON file."""
    return json.dumps(export.as_json(), ensure_ascii=False, indent=2).encode() + b"\n"


def notes_by_folder(export: Export) -> list[tuple[str, tuple[Note, ...]]]:
    """Return the notes of each folder by its name, those in no folder last under no name."""
    shelves = [(folder.name, folder.id) for folder in export.folders]
    grouped = [
        (name, tuple(note for note in export.notes if note.folder == folder))
        for name, folder in [*shelves, ("", None)]
    ]
    return [(name, notes) for name, notes in grouped if name or notes]


def work_html_context(export: Export) -> dict[str, object]:
    """Return what the page of everything saved shows."""
    return {"export": export, "shelves": notes_by_folder(export)}


def work_paper(export: Export, language: Language, version: str) -> Paper:
    """Return the export as a paper."""
    words = Words(language)
    return Paper(
        title=words.t("work.title"),
        banner=words.t("work.banner"),
        imprint=words.t("paper.made", version=version),
        language=language,
        blocks=tuple(_blocks(export, words)),
        page_label=words.t("paper.page", n="{n}"),
    )


def _blocks(export: Export, words: Words) -> Iterator[Block]:
    for name, notes in notes_by_folder(export):
        yield Heading(name or words.t("work.no-folder"), 1)
        for note in notes:
            yield from _note(note, words)
    if export.searches:
        yield Heading(words.t("work.searches"), 1)
        for search in export.searches:
            yield Text(search.name, language=language_of(search.name))
            yield Text(search.query.text, Tone.QUIET, language_of(search.query.text))
    if export.facts:
        yield Heading(words.t("work.facts"), 1)
        for facts in export.facts:
            yield Text(words.date(facts.created_at[:10]), Tone.QUIET)
            yield Text(facts.facts, language=facts.language)
    if export.studies:
        yield Heading(words.t("work.studies"), 1)
        for study in export.studies:
            yield from _study(study)


def _study(study: SavedStudy) -> Iterator[Block]:
    yield Heading(study.name, 2)
    yield Text(" · ".join(study.draft.matters), Tone.QUIET)
    for case in study.draft.cases:
        for stage in case.stages(study.draft.tongue):
            for language in Language:
                if stage.of(language):
                    yield Text(stage.of(language), language=language)


def _note(note: Note, words: Words) -> Iterator[Block]:
    language = words.language
    yield Heading(i18n.readable(language, note.target_label.best(language)), 2)
    yield Text(f"{note.target} · {words.date(note.changed_at[:10])}", Tone.QUIET)
    if note.labels:
        labels = words.t("sep").join(note.labels)
        yield Text(f"{words.t('work.labels')}: {labels}", Tone.QUIET)
    if note.text:
        yield Text(note.text, language=language_of(note.text))
