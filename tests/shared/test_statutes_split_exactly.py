"""The nine reference laws, rendered in several layouts, come back article by article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.document import Description, Document, LineKind, document_of
from ingest.splitters import split
from search.model import ProvisionKind
from tests import render_statutes as render

pytestmark = pytest.mark.shared

# The records count 1,045 articles; 21 more stand inside other records under their own headings.
RECORDS, EMBEDDED = 1045, 21
LAYOUTS: dict[str, tuple[Callable[[render.Article], str], dict[str, Any]]] = {
    "digits": (render.digits, {}),
    "bracketed": (render.bracketed, {}),
    "ordinal words": (render.words, {}),
    "inline": (render.separated, {"inline": True}),
    "hard-wrapped": (render.digits, {"wrap": 70}),
    "running headers": (render.bracketed, {"wrap": 70, "page_lines": 30}),
    "words, wrapped, headers": (render.words, {"wrap": 60, "page_lines": 25}),
}


def document(text: str) -> Document:
    return document_of([(line, None, LineKind.TEXT, None) for line in text.split("\n")])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_article_comes_back(layout: str, shared: Path) -> None:
    heading, options = LAYOUTS[layout]
    found = 0
    for path in sorted((shared / "statutes").glob("*.json")):
        articles = render.load(path)
        law = document(render.render(articles, heading, **options))
        contribution = split(law, Description(path.stem, "statute", "ar", "official"))
        texts = {e.unit.rpartition("/")[2]: e for e in contribution.expressions}
        ids = [
            p.id.rpartition("/")[2]
            for p in contribution.provisions
            if p.kind is not ProvisionKind.PREAMBLE
        ]
        assert ids == [article.key for article in articles], path.stem
        for article in articles:
            assert texts[article.key].text.split() == article.text.split(), article.key
        found += len(ids)
    assert found == RECORDS + EMBEDDED


def test_a_law_that_lacks_numbers_says_so(shared: Path) -> None:
    articles = render.load(shared / "statutes" / "kw-law-1960-16.json")
    law = document(render.render(articles, render.digits))
    contribution = split(law, Description("kw-law-1960-16", "statute", "ar", "official"))
    assert contribution.instrument is not None
    assert contribution.instrument.note is not None
    assert "262, 263, 264, 265, 266, 267" in (contribution.instrument.note.en or "")
    unsure = [e.unit for e in contribution.expressions if not e.confirmed]
    assert unsure == ["kw-law-1960-16/art-261"]
