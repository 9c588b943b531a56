"""Provisions and matters as CSV, and how this program writes CSV at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from starlette.responses import Response

from search.model import Bilingual, Judgment
from search.naming import cite_provision
from search.results import InstrumentView

PROVISION_COLUMNS = (
    "id",
    "instrument",
    "number",
    "citation_ar",
    "citation_en",
    "heading_ar",
    "heading_en",
    "languages",
    "treatments",
    "repealed",
)
MATTER_COLUMNS = (
    "id",
    "authority",
    "title_ar",
    "title_en",
    "court_ar",
    "court_en",
    "jurisdiction",
    "level",
    "date",
    "final",
    "charges",
    "elements",
    "provisions",
    "confidence",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as UTF-8 with a byte order mark; no cell is taken for a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def csv_answer(rows: Iterable[Sequence[object]], file: str) -> Response:
    """Answer with rows as a CSV file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(write_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


def provision_rows(laws: Iterable[InstrumentView]) -> Iterator[Sequence[object]]:
    """Yield the heading row and one row for each provision; lists are separated by blanks."""
    yield PROVISION_COLUMNS
    for law in laws:
        for entry in law.entries:
            citation = cite_provision(entry.provision, law.instrument)
            yield (
                entry.provision.id,
                law.instrument.id,
                entry.provision.number,
                *_both(citation),
                *_both(entry.heading),
                " ".join(entry.languages),
                " ".join(f"{t.kind}:{t.scope}" for t in entry.treatments),
                "yes" if entry.repealed else "no",
            )


def matter_rows(matters: Iterable[Judgment]) -> Iterator[Sequence[object]]:
    """Yield the heading row and one row for each matter; charges are `offence:outcome`."""
    yield MATTER_COLUMNS
    for matter in matters:
        yield (
            matter.id,
            matter.authority,
            *_both(matter.title),
            *_both(matter.court),
            matter.jurisdiction,
            matter.level,
            matter.date or "",
            {True: "yes", False: "no", None: ""}[matter.final],
            " ".join(f"{charge.offence}:{charge.outcome}" for charge in matter.charges),
            " ".join(f"{item.element}:{item.finding}" for item in matter.elements),
            " ".join(matter.provisions),
            matter.confidence,
        )


def _both(label: Bilingual | None) -> tuple[str, str]:
    return (label.ar or "", label.en or "") if label else ("", "")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
