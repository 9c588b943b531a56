"""Print comparisons and the matrix of treaty duties as plain lines, from the API's answers."""

from __future__ import annotations

from typing import Any

from search.model import Bilingual, Language
from web.render import Words


def print_comparisons(answer: dict[str, Any], language: Language) -> None:
    """Print each component with what all sides have and what only one has."""
    w = Words(language)
    names = [_best(side["reference"]["label"], language) for side in answer["sides"]]
    for name in names:
        print(name)
    for row in answer["rows"]:
        print(f"\n{w.label('component', row['component'])}")
        if row["common"]:
            print(f"  {w.t('compare.in-all')}: {_labels(row['common'], w)}")
        for name, cell in zip(names, row["cells"], strict=True):
            count = w.n("compare.sentences", len(cell["sentences"]))
            said = _labels(cell["marks"], w) if cell["marks"] else "–"
            print(f"  {name}: {said} ({count})")
    print()
    for pair, name in zip(answer["pairs"], names[1:], strict=True):
        wording = pair["wording"]
        share = w.percent(wording["share"]) if wording else w.t("compare.wording.none")
        print(f"{w.t('compare.wording')}: {names[0]} / {name}: {share}")


def print_coverage(answer: dict[str, Any], language: Language) -> None:
    """Print each duty with our suggestion and, where there is one, a person's finding."""
    w = Words(language)
    print(w.t("coverage.notice"))
    treaty = ""
    for row in answer["rows"]:
        if row["treaty"]["id"] != treaty:
            treaty = row["treaty"]["id"]
            print(f"\n{_best(row['treaty']['label'], language)}")
        said, found = row["duty"]["suggestion"], row["assessment"]
        print(f"\n{_best(row['duty']['duty'], language)}  [{row['duty']['id']}]")
        print(
            f"  {w.t('coverage.suggestion')}: {w.label('duty', said['status'])} · "
            f"{w.t('confidence')}: {w.label('confidence', said['confidence'])}"
        )
        print(f"  {_best(said['reason'], language)}")
        if said["passages"]:
            print(f"  {' '.join(said['passages'])}")
        if found:
            status = w.label("duty", found["status"])
            print(f"  {w.t('coverage.finding')}: {status}. {found['note']}")


def _labels(marks: list[dict[str, Any]], w: Words) -> str:
    return w.t("sep").join(_best(mark["label"], w.language) for mark in marks)


def _best(label: dict[str, str | None], language: Language) -> str:
    return Bilingual(label.get("ar"), label.get("en")).best(language)
