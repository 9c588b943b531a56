"""The duties of treaties in corpus/coverage: ids resolve, both languages, careful statuses."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from ingest.bundle import bundle_items, read_item
from ingest.coverage_schema import CoverageFile, duties_of
from search.catalogue import open_catalogue
from search.catalogue.records import FileRecord
from search.duties import Duty, DutyStatus
from search.identifiers import work_of
from search.model import Contribution
from search.text.language import detect_language
from tests.support import ROOT, SHARED

CORPUS = ROOT / "corpus"
RUN = 12  # words in a row that equal a text of law are taken for a copy


@cache
def duties() -> tuple[Duty, ...]:
    (item,) = (item for item in bundle_items(CORPUS) if item.label == "coverage")
    return read_item(item).duties


@cache
def held() -> frozenset[str]:
    ids: set[str] = set()
    for item in bundle_items(CORPUS):
        if item.label.startswith("instruments/"):
            contribution = read_item(item)
            ids |= {provision.id for provision in contribution.provisions}
            ids |= {clause.id for e in contribution.expressions for clause in e.clauses}
    return frozenset(ids)


def test_duties_of_five_treaties_are_held() -> None:
    counts = Counter(duty.treaty for duty in duties())
    assert counts["un-protocol-2000-trafficking"] >= 30
    assert counts.keys() >= {
        "ilo-c029",
        "ilo-c182",
        "un-protocol-2000-smuggling",
        "un-convention-2000-organized-crime",
    }


def test_ids_are_unique_and_every_place_is_held() -> None:
    assert [i for i, n in Counter(duty.id for duty in duties()).items() if n > 1] == []
    named = {u for duty in duties() for u in (*duty.source, *duty.suggestion.passages)}
    assert named - held() == set()


def test_passages_are_of_national_law() -> None:
    for duty in duties():
        works = {work_of(unit) for unit in duty.suggestion.passages}
        assert all(work.startswith("kw-") for work in works), duty.id


def test_a_status_rests_on_passages_or_says_that_it_is_not_assessed() -> None:
    for duty in duties():
        if duty.suggestion.status is not DutyStatus.NOT_ASSESSED:
            assert duty.suggestion.passages, duty.id


def test_each_language_is_written_in_its_own_letters() -> None:
    for duty in duties():
        for label in (duty.duty, duty.suggestion.reason):
            assert detect_language(label.ar or "") == "ar", duty.id
            assert detect_language(label.en or "") == "en", duty.id
            assert not re.search("[a-z]", label.ar or ""), duty.id


def test_the_format_refuses_a_finding_without_passages_and_a_foreign_source() -> None:
    entry = yaml.safe_load((CORPUS / "coverage" / "ilo-c029.yaml").read_text("utf-8"))
    entry["duties"][0]["suggestion"]["passages"] = []
    with pytest.raises(ValueError, match="needs the passages"):
        CoverageFile.model_validate(entry)
    entry = yaml.safe_load((CORPUS / "coverage" / "ilo-c029.yaml").read_text("utf-8"))
    entry["duties"][0]["source"] = ["ilo-c182/art-1"]
    with pytest.raises(ValueError, match="not of ilo-c029"):
        CoverageFile.model_validate(entry)


def test_duties_survive_the_catalogue(tmp_path: Path) -> None:
    catalogue = open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    path = CORPUS / "coverage" / "ilo-c029.yaml"
    made = duties_of(CoverageFile.model_validate(yaml.safe_load(path.read_text("utf-8"))))
    catalogue.replace_file(FileRecord("c", "c", "0", 1), Contribution(duties=made), ())
    assert tuple(catalogue.duties()) == made
    catalogue.close()


@pytest.mark.shared
def test_no_run_of_words_is_a_copy_of_a_text_of_law() -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference files are not there")
    ours = {run: duty.id for duty in duties() for text in _texts(duty) for run in _runs(text)}
    copied = {
        ours[run]
        for path in _law_texts(SHARED)
        for run in _runs(path.read_text("utf-8", errors="ignore"))
        if run in ours
    }
    assert copied == set()


def _law_texts(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in (".md", ".txt", ".html")]


def _texts(duty: Duty) -> list[str]:
    return [t for label in (duty.duty, duty.suggestion.reason) for t in (label.ar, label.en) if t]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
