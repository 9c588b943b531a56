"""The needs are sound, and the evaluation's arithmetic is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from eval import compare
from eval.needs import ANSWERABLE, PARTS, TYPES, UNANSWERABLE, read_abstention, read_needs
from eval.plots import bars, shaped
from eval.published import FLOORS, REASONS, fallen, read_floors
from eval.report import Table, write_page
from eval.runs import write_run
from eval.scoring import interval, score_run, slices, trait_slices
from ingest.bundle import bundle_items, read_item
from search.errors import Unreadable
from search.model import Language
from search.text.language import detect_language
from tests.support import ROOT

NEEDS = read_needs()
TRAITS = {
    "colloquial",
    "confusable",
    "definition",
    "end-of-article",
    "long-article",
    "matter",
    "number",
    "plan",
    "short-article",
    "sister",
    "treaty",
}


def held() -> set[str]:
    found: set[str] = set()
    for item in bundle_items(ROOT / "corpus"):
        contribution = read_item(item)
        found |= {provision.id for provision in contribution.provisions}
        found |= {contribution.judgment.id} if contribution.judgment else set()
    return found


def test_there_are_enough_needs_of_every_type_in_both_parts() -> None:
    assert len(NEEDS) * len(Language) >= 300
    assert len({need.id for need in NEEDS}) == len(NEEDS)
    for part in PARTS:
        assert {need.type for need in NEEDS if need.part == part} == set(TYPES)


def test_every_judged_id_is_held_and_every_answerable_need_has_a_governing_one() -> None:
    named = {document for need in NEEDS for document in (*need.grades, *need.wrong)}
    assert sorted(named - held()) == []
    for need in NEEDS:
        if need.type != UNANSWERABLE:
            assert 3 in need.grades.values(), need.id
        assert set(need.grades.values()) <= {1, 2, 3}, need.id
        assert set(need.wrong).isdisjoint(need.grades), need.id


def test_traits_are_known_and_queries_are_in_their_language() -> None:
    for need in NEEDS:
        assert set(need.traits) <= TRAITS, need.id
        if need.type not in ("citation", "keywords"):
            for language, query in need.queries.items():
                assert detect_language(query) is language, (need.id, query)


def test_twins_stay_in_one_part() -> None:
    parts = slices(NEEDS)
    for part in PARTS:
        topics = set(parts[part])
        assert {t.rpartition(".")[0] + ".ar" for t in topics} <= topics
        assert {t.rpartition(".")[0] + ".en" for t in topics} <= topics
    assert set(parts["dev"]).isdisjoint(parts["test"])


def test_floors_are_recorded_for_every_slice_and_a_fall_is_named() -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert set(floors) == set(slices(NEEDS))
    assert fallen(floors, floors) == []
    (line,) = fallen(floors | {"test": floors["test"] - 0.02}, floors)
    assert line.startswith("test: nDCG@10")


def test_the_interval_surrounds_the_mean() -> None:
    mean, low, high = interval([0.0, 1.0] * 20)
    assert mean == 0.5
    assert 0.3 < low < mean < high < 0.7


def test_abstention_has_a_set_of_its_own_in_both_parts() -> None:
    own = read_abstention()
    assert len({need.id for need in own} | {need.id for need in NEEDS}) == len(own) + len(NEEDS)
    for part in PARTS:
        kinds = [need.type for need in own if need.part == part]
        assert kinds.count(UNANSWERABLE) >= 15
        assert kinds.count(ANSWERABLE) >= 10


def test_missing_floors_are_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"There is no floors\.json .*--record-floors"):
        read_floors(tmp_path / "floors.json")
    (tmp_path / "floors.json").write_text("[1]", "utf-8")
    with pytest.raises(Unreadable, match="damaged"):
        read_floors(tmp_path / "floors.json")


def test_a_reason_is_given_for_queries_that_there_are() -> None:
    topics = {need.topic(language).id for need in NEEDS for language in Language}
    reasons = yaml.safe_load(REASONS.read_text("utf-8"))
    assert set(reasons) <= topics | {need.id for need in NEEDS}


def test_the_first_five_decide_on_governing_and_confusion() -> None:
    need = next(need for need in NEEDS if need.wrong and need.part == "dev")
    (topic, _) = (need.topic(language).id for language in Language)
    governing = next(document for document, grade in need.grades.items() if grade == 3)
    good = score_run({topic: {governing: 2.0, need.wrong[0]: 1.0}}, [need])
    assert good["governing@5"][topic] == good["confusion@5"][topic] == 1.0
    late = {f"x{n}": 9.0 - n for n in range(5)} | {governing: 1.0, need.wrong[0]: 0.5}
    bad = score_run({topic: late}, [need])
    assert bad["governing@5"][topic] == bad["confusion@5"][topic] == 0.0


def test_every_trait_is_a_slice() -> None:
    found = {name.partition(" ")[2] for name in trait_slices(NEEDS)}
    assert found == {trait for need in NEEDS for trait in need.traits} | {"confusable"}


def test_two_saved_runs_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    perfect = {
        need.topic(language).id: {document: float(grade) for document, grade in need.grades.items()}
        for need in NEEDS
        for language in Language
    }
    write_run(tmp_path / "a.run", perfect, "a")
    write_run(tmp_path / "b.run", {}, "b")
    assert compare.main([str(tmp_path / "a.run"), str(tmp_path / "b.run")]) == 0
    assert "nDCG@10" in capsys.readouterr().out
    assert compare.main([str(tmp_path / "a.run"), str(tmp_path / "none.run")]) == 2
    assert "There is no file none.run" in capsys.readouterr().err


def test_the_page_needs_nothing_else_and_its_arabic_is_shaped(tmp_path: Path) -> None:
    joined = r"\ufeca\ufe8b\ufe8e\ufed7\ufeed"  # the last letter first
    assert ascii(shaped("وقائع")) == f"'{joined}'"
    plot = bars("by type", {"test facts": {"one": [0.1, 0.2], "two": [0.3, 0.4]}})
    page = tmp_path / "report.html"
    write_page(page, "Title", [Table("Worst", ("query",), [["<ماذا>"]])], {"by type": plot})
    text = page.read_text("utf-8")
    assert "data:image/png;base64," in text
    assert "&lt;ماذا&gt;" in text
    assert "http" not in text
