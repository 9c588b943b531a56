"""The twenty anonymous rulings: number and date exact, every part found, nothing masked wrongly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ingest.deidentify import Masker
from ingest.document import Description, LineKind, document_of
from ingest.splitters.judgment import split_judgment
from search.model import Contribution, Language, SectionKind

pytestmark = pytest.mark.shared

FILE = "documents/qa-court-of-cassation-criminal-rulings-2005-ar.jsonl"
MAX_OVER_MASKING = 0.001  # of words; the rulings hold no name, so every mask is one too many


@pytest.fixture(scope="module")
def rulings(shared: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (shared / FILE).read_text("utf-8").splitlines()]


def read(ruling: dict[str, Any]) -> Contribution:
    rows = [(line, None, LineKind.TEXT, None) for line in ruling["text"].split("\n")]
    description = Description(
        "qa-judgment-x-1", "judgment", "ar", "official", jurisdiction="qa", confirmed=False
    )
    return split_judgment(document_of(rows), description)


def test_number_court_and_date_are_exact(rulings: list[dict[str, Any]]) -> None:
    for ruling in rulings:
        judgment = read(ruling).judgment
        assert judgment is not None
        number = re.sub(r"\D", "", ruling["ruling_number"])
        assert judgment.number == f"{number}/{ruling['year']} تمييز جنائي"
        assert judgment.level == "cassation"
        # The record's own date has day and month exchanged in October; the text is right.
        day, month, year = re.findall(r"جلسة (\d+)/(\d+)/(\d+)", ruling["text"])[0]
        assert judgment.date == f"{year}-{int(month):02}-{int(day):02}"


def test_every_ruling_has_its_parts_and_they_cover_it(rulings: list[dict[str, Any]]) -> None:
    pleas = principles = 0
    for ruling in rulings:
        contribution = read(ruling)
        kinds = {section.kind for section in contribution.sections}
        assert kinds >= {SectionKind.HEADER, SectionKind.HEADNOTES, SectionKind.FACTS}
        assert kinds & {SectionKind.REASONS, SectionKind.PLEAS}
        pleas += SectionKind.PLEAS in kinds
        principles += sum(len(expression.clauses) for expression in contribution.expressions)
        held = " ".join(expression.text for expression in contribution.expressions).split()
        assert len(held) >= 0.97 * len(ruling["text"].split())
    assert pleas >= 12
    assert principles >= 40


def test_a_foreign_court_is_never_linked_to_kuwaits_laws(rulings: list[dict[str, Any]]) -> None:
    for ruling in rulings:
        judgment = read(ruling).judgment
        assert judgment is not None
        assert not [unit for unit in judgment.provisions if unit.startswith("kw-")]


def test_rulings_without_names_stay_as_they_are(rulings: list[dict[str, Any]]) -> None:
    words = masked = 0
    for ruling in rulings:
        text = ruling["text"]
        words += len(text.split())
        masked += max(0, len(text.split()) - len(Masker(text, Language.AR).mask(text).split()))
        masked += Masker(text, Language.AR).mask(text).count("[") - text.count("[")
    assert masked / words <= MAX_OVER_MASKING
