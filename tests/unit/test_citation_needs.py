"""The citation queries of the retrieval needs resolve to the provisions that answer them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest.bundle_schema import RegisterFile
from search.citations import WorkNames, build_work_names, find_citations
from search.identifiers import parse_unit, work_of
from search.model import Bilingual, Instrument, Kind
from search.results import CitationStatus

ROOT = Path(__file__).parents[2]
ANSWERS = 3


@pytest.fixture(scope="module")
def names() -> WorkNames:
    text = (ROOT / "corpus" / "register.yaml").read_text(encoding="utf-8")
    return build_work_names(
        Instrument(
            id=entry.id,
            kind=Kind(entry.kind),
            title=Bilingual(entry.title.ar, entry.title.en),
            jurisdiction=entry.jurisdiction,
            number=entry.number,
            year=entry.year,
            aliases=entry.aliases_ar + entry.aliases_en,
        )
        for entry in RegisterFile.model_validate(yaml.safe_load(text)).instruments
    )


def queries() -> list[tuple[str, frozenset[str]]]:
    """Return each citation query with the provisions graded as its answer; matters left out."""
    found = []
    for path in sorted((ROOT / "eval" / "sets" / "retrieval").glob("needs-*.yaml")):
        for need in yaml.safe_load(path.read_text(encoding="utf-8")):
            if need["type"] == "citation":
                answers = {key for key, grade in need["grades"].items() if grade == ANSWERS}
                wanted = frozenset(answer for answer in answers if "/" in answer)
                found += [(need["ar"], wanted), (need["en"], wanted)]
    return found


@pytest.mark.parametrize(("query", "wanted"), queries())
def test_a_citation_query_resolves_to_its_answer(
    query: str, wanted: frozenset[str], names: WorkNames
) -> None:
    resolved = [c for c in find_citations(query, names) if c.status is CitationStatus.RESOLVED]
    cited = {str(parse_unit(c.provision).top) for c in resolved if c.provision}
    whole = {c.instrument for c in resolved if not c.provision}
    assert cited <= wanted
    assert {answer for answer in wanted if work_of(answer) not in whole} <= cited
