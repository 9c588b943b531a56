"""Build the values a splitter returns from what the description says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ingest.document import Description, Document
from search.identifiers import ExpressionId, UnitId
from search.model import (
    Authority,
    Bilingual,
    Clause,
    Expression,
    Instrument,
    Kind,
    Language,
    Source,
    SourceSpan,
)

_SOURCE_FIELDS = ("title", "url", "publisher", "date", "note")


def title_of(description: Description, document: Document) -> Bilingual:
    """Return the title in the languages known; failing both, the document's own, or the id."""
    if description.title_ar or description.title_en:
        return Bilingual(description.title_ar, description.title_en)
    found = document.title or description.work
    arabic = description.language == Language.AR
    return Bilingual(ar=found) if arabic else Bilingual(en=found)


def in_force_from(description: Description) -> dt.date | None:
    """Return the day from which this text applies, where known."""
    given = description.in_force_from
    return dt.date.fromisoformat(given) if given else None


def sources_of(description: Description, document: Document) -> tuple[Source, ...]:
    """Return the source a sidecar names; its free fields are kept in the note."""
    if not description.source:
        return ()
    given = dict(description.source)
    known = {name: given.pop(name) for name in _SOURCE_FIELDS if name in given}
    known.setdefault("title", title_of(description, document).best(Language.EN))
    if given:
        rest = "; ".join(f"{name}: {value}" for name, value in given.items())
        known["note"] = f"{known['note']}; {rest}" if "note" in known else rest
    return (Source(**known),)


def instrument(
    description: Description, document: Document, note: Bilingual | None = None
) -> Instrument:
    """Return the instrument a file adds to."""
    return Instrument(
        id=description.work,
        kind=Kind(description.kind),
        title=title_of(description, document),
        jurisdiction=description.jurisdiction,
        number=description.number,
        year=description.year,
        in_force_from=in_force_from(description),
        note=note,
        sources=sources_of(description, document),
    )


def expression(
    description: Description,
    unit: UnitId,
    text: str,
    *,
    span: SourceSpan,
    clauses: tuple[Clause, ...] = (),
    footnotes: tuple[str, ...] = (),
    repealed: bool = False,
    confirmed: bool | None = None,
) -> Expression:
    """Return the text of a unit in the description's language, authority and version."""
    language, authority = Language(description.language), Authority(description.authority)
    valid_from = in_force_from(description)
    held = Expression(
        id=str(ExpressionId(unit, language, authority, valid_from)),
        unit=str(unit),
        work=description.work,
        language=language,
        authority=authority,
        text=text,
        clauses=clauses,
        footnotes=footnotes,
        valid_from=valid_from,
        repealed=repealed,
        span=span,
        confirmed=description.confirmed,
    )
    return held if confirmed is None else replace(held, confirmed=confirmed)
