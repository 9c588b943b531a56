"""Texts of our own invention, split, against reviewed expectations.

Each folder of tests/golden/splitting holds input.txt ("#" lines are headings, as the Markdown
reader would say; a folder named `plan-…`, `judgment-…` or `treaty-…` is of that kind) and
expected.json. A missing expectation is written, and the test fails until a person has read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.document import Description, Document, LineKind, document_of
from ingest.recognise import language_of
from ingest.splitters import split
from search.errors import Unreadable
from search.model import Contribution, Expression

CASES = sorted(p.parent for p in Path(__file__).parent.glob("splitting/*/input.txt"))


def read_plain(text: str) -> Document:
    rows: list[tuple[str, int | None, LineKind, int | None]] = []
    for line in text.rstrip("\n").split("\n"):
        bare = line.lstrip("#")
        level = len(line) - len(bare)
        kind = LineKind.HEADING if level else LineKind.TEXT
        rows.append((bare.strip() if level else line, None, kind, level or None))
    return document_of(rows)


def words_of(text: str) -> dict[str, str]:
    words = text.split()
    return {"first": " ".join(words[:6]), "last": " ".join(words[-4:]), "words": str(len(words))}


def told(expression: Expression | None) -> dict[str, Any]:
    if expression is None:
        return {"text": None}
    clauses = [
        {
            "id": clause.id.partition("/")[2].partition("/")[2],
            "kind": str(clause.kind),
            "label": clause.label,
            **words_of(expression.text[clause.start : clause.end]),
        }
        for clause in expression.clauses
    ]
    return {
        **words_of(expression.text),
        **({"clauses": clauses} if clauses else {}),
        **({"footnotes": list(expression.footnotes)} if expression.footnotes else {}),
        **({"repealed": True} if expression.repealed else {}),
    }


def outline(contribution: Contribution) -> list[dict[str, Any]]:
    texts = {expression.unit: expression for expression in contribution.expressions}
    units: list[dict[str, Any]] = [
        {
            "id": provision.id.partition("/")[2],
            "kind": str(provision.kind),
            "number": provision.number,
            "place": [label.ar or label.en for label in provision.place],
            **told(texts.get(provision.id)),
        }
        for provision in contribution.provisions
    ]
    units += [
        {"id": section.id.partition("/")[2], "kind": str(section.kind), **told(texts[section.id])}
        for section in contribution.sections
    ]
    return units


def result_of(case: Path) -> dict[str, Any]:
    document = read_plain((case / "input.txt").read_text(encoding="utf-8"))
    kind = case.name.partition("-")[0]
    description = Description(
        work="xx-golden-1",
        kind=kind if kind in {"plan", "judgment", "treaty"} else "statute",
        language=language_of(document, case.name),
        authority="official",
    )
    try:
        contribution = split(document, description)
    except Unreadable as refused:
        return {"refused": refused.reason, "message": str(refused)}
    for expression in contribution.expressions:
        check_spans(document, expression)
    return {"units": outline(contribution)}


def check_spans(document: Document, expression: Expression) -> None:
    """A text lies where its span says, line ends aside; clauses lie within their text."""
    assert expression.span is not None
    source = document.text[expression.span.start : expression.span.end]
    if len(source) == len(expression.text):  # nothing was left out of its middle
        assert expression.text.split() == source.split()
    for clause in expression.clauses:
        assert 0 <= clause.start < clause.end <= len(expression.text)
        piece = expression.text[clause.start : clause.end]
        assert piece == piece.strip()
    ids = [clause.id for clause in expression.clauses]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_split_is_as_reviewed(case: Path) -> None:
    found = result_of(case)
    expected = case / "expected.json"
    if not expected.is_file():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{expected.name} of {case.name} was missing and is written: review it")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_there_are_cases() -> None:
    assert len(CASES) >= 15
