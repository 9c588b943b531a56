"""Article counts of the reference treaties and laws, read and split from their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Description
from ingest.readers import read
from ingest.splitters import split
from search.model import ProvisionKind

pytestmark = pytest.mark.shared

COUNTS = {
    "un-palermo-trafficking-protocol-2000-en.md": 20,
    "un-migrant-smuggling-protocol-2000-en.md": 25,
    "un-untoc-2000-en.md": 41,
    "ilo-c029-forced-labour-1930-en.md": 33,
    "ilo-c182-worst-forms-child-labour-1999-en.md": 16,
    "un-crc-1989-en.md": 54,
    "un-crc-optional-protocol-sale-of-children-2000-en.md": 17,
    "sa-anti-trafficking-law-m40-1430-ar.md": 17,
    "un-udhr-1948-ar.html": 30,
    "un-udhr-1948-en.html": 30,
    "un-cedaw-1979-en.pdf": 30,
    "un-cat-1984-en.pdf": 33,
    "un-iccpr-1966-en.pdf": 53,
    "ae-decree-law-39-2022-word2019-ar.pdf": 11,
    # 28 numbers and 6 bis articles
    "qa-anti-trafficking-law-15-2011-word-export-ar.html": 34,
}


@pytest.mark.parametrize("name", COUNTS)
def test_articles_are_all_found(name: str, shared: Path) -> None:
    language = "ar" if "-ar." in name else "en"
    document = read(shared / "documents" / name)
    contribution = split(document, Description("xx-shared-1", "treaty", language, "official"))
    articles = [p for p in contribution.provisions if p.kind is ProvisionKind.ARTICLE]
    assert len(articles) == COUNTS[name]
    assert {p.id for p in articles} <= {e.unit for e in contribution.expressions}
