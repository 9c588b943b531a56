"""Matters are counted without fiction, and published figures say what our provisions say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from search.errors import BadSetting
from search.model import Authority, Bilingual, Charge, Concept, Judgment, Language
from search.published_figures import CHECKS, FIGURES
from search.quality import Quality, read_quality
from search.statistics import UNDATED, Tally, count_matters
from tests.support import ROOT
from web.charts import WIDTH, Row, bar_chart


def matter(name: str, authority: Authority = Authority.REPORTED, **values: object) -> Judgment:
    known = {"level": "appeal", "jurisdiction": "kw", "date": "2020-05", **values}
    label = Bilingual(en=name)
    return Judgment(name, label, label, authority=authority, **known)  # type: ignore[arg-type]


TWO = (Charge("forgery", "convicted"), Charge("forgery", "acquitted"))
MATTERS = (
    matter("a", charges=TWO),
    matter("b", jurisdiction="bh", date=None, charges=(Charge("bribery", "convicted"),)),
    matter("c", Authority.OFFICIAL, level="cassation"),
    matter("d", Authority.TRAINING, charges=TWO),
)
FORGERY = Concept("forgery", Bilingual("تزوير", "forgery"), "offence")


def test_training_is_set_aside_and_other_states_apart() -> None:
    counted = count_matters(MATTERS, {})
    assert (counted.reported, counted.official, counted.training) == (2, 1, 1)
    assert counted.matters == Tally("all", 2, 1)
    assert counted.matters.total == 3
    assert counted.by_year == (Tally("2020", 2, 0), Tally(UNDATED, 0, 1))
    assert counted.by_level == (Tally("appeal", 1, 1), Tally("cassation", 1, 0))


def test_outcomes_count_charges_and_offences_count_matters() -> None:
    counted = count_matters(MATTERS, {"forgery": FORGERY})
    assert counted.by_outcome == (Tally("convicted", 1, 1), Tally("acquitted", 1, 0))
    assert counted.by_offence == (
        Tally("bribery", 0, 1),
        Tally("forgery", 1, 0, FORGERY.label),
    )


def test_nothing_held_is_counted_as_nothing() -> None:
    counted = count_matters((), {})
    assert (counted.matters.total, counted.by_year, counted.by_offence) == (0, (), ())


def numbers_in(path: str) -> dict[str, tuple[set[int], set[int]]]:
    file = ROOT / "corpus" / "instruments" / path / "instrument.yaml"
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {
        f"{path}/{unit['id']}": (
            _numbers(unit["text"]["ar"] + unit.get("note", {}).get("ar", "")),
            _numbers(unit["text"]["en"] + unit.get("note", {}).get("en", "")),
        )
        for unit in told["provisions"]
    }


def _numbers(text: str) -> set[int]:
    found = {int(number) for number in re.findall(r"\d+", text.replace(",", ""))}
    return found | ({0} if re.search(r"\bzero\b|صفراً", text) else set())


TOLD = numbers_in("kw-statistics-2013-2025") | numbers_in("kw-statement-2024-mofa")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f.provision}-{f.count}")
def test_each_figure_stands_in_its_provision_in_both_languages(figure) -> None:
    arabic, english = TOLD[figure.provision]
    assert figure.count in arabic
    assert figure.count in english


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.label.en)
def test_what_is_added_are_published_figures(check) -> None:
    published = {figure.count for figure in FIGURES} | {41, 1800}
    assert {*check.parts, check.stated} <= published
    assert check.sum - check.stated == check.difference


def test_what_does_not_add_up_is_known() -> None:
    assert [check.difference for check in CHECKS] == [41, -4, -65, 12, 0]


def test_bars_run_from_the_readers_side() -> None:
    rows = [Row("2020", (3, 1), "4"), Row("2021", (0, 2), "2")]
    english = bar_chart(rows, ["a", "b"], Language.EN)
    arabic = bar_chart(rows, ["a", "b"], Language.AR)
    assert [r.width for r in english.rects] == [r.width for r in arabic.rects]
    for left, right in zip(english.rects, arabic.rects, strict=True):
        assert left.x + right.x + left.width == pytest.approx(WIDTH, abs=0.2)
        assert left.x >= 0
        assert left.x + left.width <= WIDTH
    assert len(english.rects) == 2 + 3  # the legend's, and no bar for nothing


def test_a_chart_of_nothing_is_empty() -> None:
    assert bar_chart([], [], Language.AR).rects == ()
    assert bar_chart([Row("x", (0,), "0")], [], Language.EN).rects == ()


def test_measured_quality_is_read_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "quality.json"
    assert read_quality(file) is None
    file.write_text('{"ndcg10": 0.5, "date": "2026-01-02", "by_type": {"facts": 0.25}}')
    assert read_quality(file) == Quality(0.5, "2026-01-02", {"facts": 0.25})


@pytest.mark.parametrize("text", ["", "[]", '{"date": "2026"}', '{"ndcg10": "much", "date": ""}'])
def test_damaged_quality_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "quality.json"
    file.write_text(text)
    with pytest.raises(BadSetting, match="ndcg10"):
        read_quality(file)
