"""Judgments of our own invention, read, against reviewed expectations.

Each folder of tests/golden/judgments holds input.txt and expected.json: what the header says, the
sections with their speakers, the principles, the charges, the provisions linked. A missing
expectation is written, and the test fails until a person has read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.bundle import load_register
from ingest.bundle_records import registered
from ingest.document import Description, LineKind, document_of
from ingest.recognise import language_of
from ingest.splitters.judgment import split_judgment
from search.citations import build_work_names
from search.model import Contribution
from tests.support import ROOT

CASES = sorted(p.parent for p in Path(__file__).parent.glob("judgments/*/input.txt"))
NAMES = build_work_names([registered(e) for e in load_register(ROOT / "corpus").instruments])


def read_judgment(case: Path) -> Contribution:
    text = (case / "input.txt").read_text(encoding="utf-8")
    document = document_of([(line, None, LineKind.TEXT, None) for line in text.split("\n")])
    language = language_of(document, case.name)
    authority = "official" if language == "ar" else "translation"
    return split_judgment(
        document, Description("kw-judgment-golden-1", "judgment", language, authority), NAMES
    )


def told(contribution: Contribution) -> dict[str, Any]:
    judgment = contribution.judgment
    assert judgment is not None
    texts = {expression.unit: expression for expression in contribution.expressions}
    return {
        "level": judgment.level,
        "court": [judgment.court.ar, judgment.court.en],
        "number": judgment.number,
        "date": judgment.date,
        "note": judgment.note.en if judgment.note else None,
        "confidence": judgment.confidence,
        "charges": [
            [c.offence, c.outcome, c.sentence and (c.sentence.ar or c.sentence.en)]
            for c in judgment.charges
        ],
        "provisions": list(judgment.provisions),
        "sections": [
            {
                "id": section.id.partition("/")[2],
                "speaker": section.speaker,
                "text": texts[section.id].text,
                "principles": [
                    texts[section.id].text[c.start : c.end] for c in texts[section.id].clauses
                ],
            }
            for section in contribution.sections
        ],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_judgment_is_as_reviewed(case: Path) -> None:
    found = told(read_judgment(case))
    expected = case / "expected.json"
    if not expected.is_file():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{expected.name} of {case.name} was missing and is written: review it")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_there_are_judgments_of_every_level() -> None:
    assert len(CASES) >= 8
    levels = {told(read_judgment(case))["level"] for case in CASES}
    assert levels == {"cassation", "appeal", "first-instance"}
