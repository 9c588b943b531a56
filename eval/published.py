"""The published evaluation of the search: `make eval`.

Asks every need in both languages of Tamyeez and of plain baselines, takes each lever away, and
prints and writes (HTML) every measure by part, type, language and trait, with bootstrap intervals;
fails where a value has fallen under its recorded floor. Runs, topics and judgments are written
beside it in TREC's formats.

    python -m eval.published [--record-floors] [--no-latency]
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml

from eval.ablation import FULL, baselines, ranked_without
from eval.latency import index_table, latency_table
from eval.needs import (
    NEEDS,
    PARTS,
    TYPES,
    UNANSWERABLE,
    Need,
    qrels_of,
    read_abstention,
    read_needs,
)
from eval.plain import Pieces, Plain
from eval.plots import bars, gains
from eval.report import Table, measures_table, pairs_table, slices_table, write_page
from eval.runs import Run, make_run, write_run
from eval.scoring import MAIN, Scored, by_need, differences, score_run, slices, trait_slices
from eval.topics import read_text
from search.errors import TamyeezError, Unreadable
from search.model import Language, Query
from search.opening import open_parts, service_of
from search.quality import FILE as QUALITY
from search.service import SearchService
from search.settings import load_settings

FLOORS = NEEDS / "floors.json"
REASONS = NEEDS / "reasons.yaml"  # of the worst queries: topic → why, in a sentence
SLACK = 0.01  # a floor is passed by more than this before it counts
WORST = 20
DEPTH = 100
OURS = "Tamyeez"


def read_floors(path: Path = FLOORS) -> dict[str, float]:
    """Return slice → nDCG@10; raises Unreadable, saying what to do, where there are none."""
    if not path.is_file():
        raise Unreadable(
            f"There is no {path.name} to compare with. Record the floors first: "
            "python -m eval.published --record-floors.",
            reason="missing",
        )
    try:
        return {str(name): float(value) for name, value in json.loads(read_text(path)).items()}
    except (ValueError, AttributeError, TypeError) as exc:
        raise Unreadable(
            f"{path.name} is damaged: it maps slices to numbers. Take it from the repository, or "
            "record it again with --record-floors.",
            reason="floors",
        ) from exc


def fallen(measured: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Say of each value that lies under its floor which it is and by how much."""
    return [
        f"{name}: nDCG@10 {measured.get(name, 0.0):.3f} is under its floor of {floor:.3f}"
        for name, floor in floors.items()
        if measured.get(name, 0.0) < floor - SLACK
    ]


def ask_all(service: SearchService, needs: Sequence[Need]) -> tuple[Run, dict[str, bool]]:
    """Return what users get for both languages of every need, and where "nothing fits" is said."""
    topics = [need.topic(language) for need in needs for language in Language]
    said: dict[str, bool] = {}

    def ask(query: str, depth: int) -> list[tuple[str, float]]:
        result = service.search(Query(query, limit=depth))
        said[query] = result.nothing_fits
        return [(hit.id, hit.score) for hit in result.hits]

    run = make_run(topics, ask, DEPTH)
    return run, {topic.id: said.get(topic.query, False) for topic in topics}


def read_pieces(plain: Plain, service: SearchService, needs: Sequence[Need]) -> dict[str, Pieces]:
    """Return topic → what every arm finds for it, with and without each lever."""
    topics = [need.topic(language) for need in needs for language in Language]
    vectors = service.embedder.embed_queries([topic.query for topic in topics])
    return {
        topic.id: plain.pieces(
            plain.read_query(topic.query, vector, service.ask(topic.query).reached)
        )
        for topic, vector in zip(topics, vectors, strict=True)
    }


def abstention_table(needs: Sequence[Need], unfit: Mapping[str, bool]) -> Table:
    """How often "nothing fits" is said, rightly and wrongly, in each part."""
    rows = []
    for part in PARTS:
        for wanted, name in ((True, UNANSWERABLE), (False, "answerable")):
            said = [
                unfit[need.topic(language).id]
                for need in needs
                for language in Language
                if need.part == part and (need.type == UNANSWERABLE) == wanted
            ]
            rows.append([part, name, str(len(said)), f"{np.mean(said):.3f}"])
    header = ("part", "queries that are", "queries", "“nothing fits” said")
    return Table("Abstention", header, rows)


def worst_table(needs: Sequence[Need], run: Run, scored: Scored) -> Table:
    """The worst queries of the development part, each with the reason where one is written."""
    reasons = yaml.load(read_text(REASONS), Loader=yaml.CSafeLoader)
    asked = [
        (scored[MAIN][need.topic(language).id], need.topic(language), need)
        for need in needs
        for language in Language
        if need.part == "dev" and need.type != UNANSWERABLE
    ]
    rows = []
    for value, topic, need in sorted(asked, key=lambda item: (item[0], item[1].id))[:WORST]:
        governing = " ".join(document for document, grade in need.grades.items() if grade == 3)
        first = next(iter(run[topic.id]), "nothing")
        why = str(reasons.get(topic.id) or reasons.get(need.id) or "")
        rows.append([topic.id, f"{value:.2f}", topic.query, first, governing, why])
    header = ("query", MAIN, "asked", "found first", "wanted", "why")
    return Table(f"The {WORST} worst queries of the development part", header, rows)


def score_tables(needs: Sequence[Need], scored: Mapping[str, Scored]) -> list[Table]:
    """Every measure by part, the main one by slice and trait, and the paired comparisons."""
    parts = slices(needs)
    tables = [measures_table(f"{part}: every measure", scored, parts[part]) for part in PARTS]
    tables.append(slices_table("By part, type and language", scored, parts))
    tables.append(slices_table("By trait", scored, trait_slices(needs)))
    return tables + [pairs_table(f"{part}: {OURS}", OURS, scored, parts[part]) for part in PARTS]


def ablation_tables(
    needs: Sequence[Need], scored: Mapping[str, Scored]
) -> tuple[list[Table], dict[str, bytes]]:
    """What each lever is worth in each part, and the plot of the test part."""
    graded = [need for need in needs if need.type not in (UNANSWERABLE, "citation")]
    parts = slices(graded)
    tables = [
        pairs_table(f"{part}, without citations: {FULL}", FULL, scored, parts[part])
        for part in PARTS
    ]
    lost = {
        name.removeprefix("without "): differences(parts["test"], scored[FULL][MAIN], of[MAIN])
        for name, of in scored.items()
        if name != FULL
    }
    return tables, {"What each lever gains (test)": gains("test: gained by each lever", lost)}


def plots(needs: Sequence[Need], scored: Mapping[str, Scored]) -> dict[str, bytes]:
    """The main measure of the test part by type and by language."""
    parts = slices(needs)
    kinds = [f"test {kind}" for kind in TYPES if f"test {kind}" in parts]
    shown = {"By type (test)": kinds, "By language (test)": ["test ar", "test en"]}
    return {
        title: bars(
            title,
            {
                name: {system: by_need(parts[name], of[MAIN]) for system, of in scored.items()}
                for name in names
            },
        )
        for title, names in shown.items()
    }


def write_trec(folder: Path, needs: Sequence[Need], runs: Mapping[str, Run]) -> None:
    """Write topics, judgments and runs for other tools."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = [need.topic(language) for need in needs for language in Language]
    lines = [json.dumps({"id": t.id, "query": t.query}, ensure_ascii=False) for t in topics]
    (folder / "topics.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    judgments = [
        f"{topic} 0 {document} {grade}\n"
        for topic, judged in qrels_of(needs).items()
        for document, grade in judged.items()
    ]
    (folder / "qrels.txt").write_text("".join(judgments), "utf-8")
    for name, run in runs.items():
        tag = name.lower().replace(" ", "-")
        write_run(folder / f"{tag}.run", run, tag)


def measure(home: Path, latency: bool) -> dict[str, float]:
    """Ask, print, write the page and the runs; return slice → nDCG@10 of what users get."""
    settings = load_settings()
    parts = open_parts(settings)
    service, needs, own = service_of(parts), read_needs(), read_abstention()
    run, unfit = ask_all(service, [*needs, *own])
    plain = Plain.read(parts)
    pieces = read_pieces(plain, service, needs)
    service.close()
    runs = {OURS: run, **baselines(pieces)}
    without = ranked_without(plain, pieces, needs)
    scored = {name: score_run(of, needs) for name, of in runs.items()}
    levers, lever_plot = ablation_tables(
        needs, {name: score_run(of, needs) for name, of in without.items()}
    )
    judged = [need for need in needs if need.type != "citation"]
    tables = [
        *score_tables(needs, scored),
        *levers,
        abstention_table([*judged, *own], unfit),
        index_table(home),
        *([latency_table(home, needs)] if latency else []),
        worst_table(needs, run, scored[OURS]),
    ]
    for table in tables:
        print(table.text())
    today = dt.datetime.now(dt.UTC).date().isoformat()
    title = f"Tamyeez: how well it finds, {today}"
    write_page(home / "report.html", title, tables, plots(needs, scored) | lever_plot)
    write_trec(home / "eval", needs, runs | without)
    means = {name: np.mean(by_need(of, scored[OURS][MAIN])) for name, of in slices(needs).items()}
    return {name: round(float(mean), 3) for name, mean in means.items()}


def _quality(measured: Mapping[str, float]) -> dict[str, object]:
    """Return what the product says of itself: the test part only."""
    by_type = {t: measured[f"test {t}"] for t in TYPES if f"test {t}" in measured}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return {"ndcg10": measured["test"], "date": today, "by_type": by_type}


def main(arguments: Sequence[str]) -> int:
    """Run the evaluation on the settings' home; `--record-floors` keeps what it measures."""
    recording = "--record-floors" in arguments
    try:
        floors = {} if recording else read_floors()
        measured = measure(load_settings().home, latency="--no-latency" not in arguments)
    except TamyeezError as error:
        print(error, file=sys.stderr)
        return 2
    if recording:
        FLOORS.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
        QUALITY.write_text(json.dumps(_quality(measured), indent=1) + "\n", "utf-8")
        return 0
    under = fallen(measured, floors)
    print("\n".join(["", *under] if under else ["", "No value lies under its floor."]))
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
