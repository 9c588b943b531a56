"""The published evaluation of the search: `make eval`.

Asks every need in both languages of Tamyeez and of the plain arms behind it, prints nDCG@10 by
part, type and language with bootstrap intervals, compares the systems topic by topic, and fails
where a value has fallen under its recorded floor. Runs, topics and judgments are written beside it
in TREC's formats.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from eval.measures import RESAMPLES, SEED, ndcg
from eval.needs import PARTS, TYPES, UNANSWERABLE, Need, qrels_of, read_needs
from eval.runs import Run, make_run, write_run
from eval.systems import DEPTH, System, systems
from search.model import Language, Query
from search.opening import open_service
from search.quality import FILE as QUALITY
from search.service import SearchService
from search.settings import load_settings

FLOORS = Path(__file__).parent / "sets" / "retrieval" / "floors.json"
SLACK = 0.01  # a floor is passed by more than this before it counts
WORST = 20

Scores = Mapping[str, float]  # topic → nDCG@10


def slices(needs: Sequence[Need]) -> dict[str, list[str]]:
    """Return part, part and type, part and language → the topics of answerable needs in it."""
    found: dict[str, list[str]] = {}
    for need in needs:
        if need.type == UNANSWERABLE:
            continue
        for language in Language:
            topic = need.topic(language).id
            for name in (need.part, f"{need.part} {need.type}", f"{need.part} {language}"):
                found.setdefault(name, []).append(topic)
    order = [f"{part}{rest}" for part in PARTS for rest in ("", " ar", " en", *_AFTER_TYPES)]
    return {name: found[name] for name in order if name in found}


_AFTER_TYPES = tuple(f" {kind}" for kind in TYPES)


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean and its 95 % bootstrap interval."""
    given = np.array(values)
    drawn = np.random.default_rng(SEED).integers(len(given), size=(RESAMPLES, len(given)))
    low, high = np.quantile(given[drawn].mean(axis=1), [0.025, 0.975])
    return float(given.mean()), float(low), float(high)


def by_need(topics: Sequence[str], scores: Scores) -> list[float]:
    """Return one value per need: twins share their judgments and are no two observations."""
    found: dict[str, list[float]] = {}
    for topic in topics:
        found.setdefault(topic.rpartition(".")[0], []).append(scores[topic])
    return [float(np.mean(values)) for values in found.values()]


def fallen(measured: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Say of each value that lies under its floor which it is and by how much."""
    return [
        f"{name}: nDCG@10 {measured.get(name, 0.0):.3f} is under its floor of {floor:.3f}"
        for name, floor in floors.items()
        if measured.get(name, 0.0) < floor - SLACK
    ]


def ask_all(needs: Sequence[Need], system: System) -> Run:
    """Return the run of one system over both languages of every need."""
    topics = [need.topic(language) for need in needs for language in Language]
    return make_run(topics, lambda query, _depth: system(query), DEPTH)


def scores_of(run: Run, needs: Sequence[Need]) -> dict[str, float]:
    """Return nDCG@10 of every topic that has an answer."""
    return {
        topic: ndcg(judged, list(run.get(topic, {})), 10)
        for topic, judged in qrels_of(needs).items()
        if judged
    }


def print_table(scores: Mapping[str, Scores], parts: Mapping[str, Sequence[str]]) -> None:
    """Print a row per slice and a column per system; of the first the interval too."""
    print(
        f"{'nDCG@10':<20}{'topics':>7}" + "".join(f"{name:>9}" for name in scores) + "   interval"
    )
    for name, topics in parts.items():
        cells = [interval(by_need(topics, of)) for of in scores.values()]
        row = "".join(f"{mean:>9.3f}" for mean, _, _ in cells)
        print(f"{name:<20}{len(topics):>7}{row}   {cells[0][1]:.3f}–{cells[0][2]:.3f}")


def print_pairs(scores: Mapping[str, Scores], topics: Sequence[str]) -> None:
    """Print how far the first system lies before each other one, topic by topic."""
    first, *others = scores
    for other in others:
        pairs = zip(by_need(topics, scores[first]), by_need(topics, scores[other]), strict=True)
        gains = [ours - theirs for ours, theirs in pairs]
        mean, low, high = interval(gains)
        won, lost = sum(g > 0 for g in gains), sum(g < 0 for g in gains)
        print(
            f"test: {first} − {other}: {mean:+.3f} ({low:+.3f} to {high:+.3f}), "
            f"{won} won, {lost} lost"
        )


def print_rest(service: SearchService, needs: Sequence[Need], run: Run, scores: Scores) -> None:
    """Print governing@5, confusion@5, abstention and the worst queries of the test part."""
    asked = [(need, language) for need in needs if need.part == "test" for language in Language]
    answered = [(n, la) for n, la in asked if n.type != UNANSWERABLE]
    tops = {n.topic(la).id: list(run[n.topic(la).id])[:5] for n, la in answered}
    governing = [any(n.grades.get(d) == 3 for d in tops[n.topic(la).id]) for n, la in answered]
    confused = [not set(n.wrong).isdisjoint(tops[n.topic(la).id]) for n, la in answered if n.wrong]
    print(f"test: a governing provision among the first five: {np.mean(governing):.3f}")
    print(f"test: a provision of the wrong offence among the first five: {np.mean(confused):.3f}")
    for wanted, label in ((True, "unanswerable"), (False, "answerable")):
        said = [
            service.search(Query(n.queries[la])).nothing_fits
            for n, la in asked
            if (n.type == UNANSWERABLE) == wanted
        ]
        print(f"test: “nothing fits” said of {np.mean(said):.3f} of the {label} queries")
    print(f"\nThe {WORST} worst of the test part: nDCG@10, query; found first; wanted")
    worst = sorted(answered, key=lambda item: (scores[item[0].topic(item[1]).id], item[0].id))
    for need, language in worst[:WORST]:
        topic = need.topic(language)
        wanted_ids = " ".join(d for d, grade in need.grades.items() if grade == 3)
        first = next(iter(run[topic.id]), "nothing")
        print(f"{scores[topic.id]:.2f} {topic.id} {topic.query[:80]}; {first}; {wanted_ids}")


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
        write_run(folder / f"{name}.run", run, name)


def _quality(measured: Mapping[str, float]) -> dict[str, object]:
    """Return what the product says of itself: the test part only."""
    by_type = {t: measured[f"test {t}"] for t in TYPES if f"test {t}" in measured}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return {"ndcg10": measured["test"], "date": today, "by_type": by_type}


def main(arguments: Sequence[str]) -> int:
    """Run the evaluation on the settings' home; `--record-floors` keeps what it measures."""
    settings = load_settings()
    service, needs = open_service(settings), read_needs()
    runs = {name: ask_all(needs, system) for name, system in systems(service).items()}
    scores = {name: scores_of(run, needs) for name, run in runs.items()}
    parts = slices(needs)
    print_table(scores, parts)
    print_pairs(scores, parts["test"])
    print_rest(service, needs, runs["tamyeez"], scores["tamyeez"])
    service.close()
    write_trec(settings.home / "eval", needs, runs)
    measured = {
        name: round(float(np.mean([scores["tamyeez"][topic] for topic in topics])), 3)
        for name, topics in parts.items()
    }
    if "--record-floors" in arguments:
        FLOORS.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
        QUALITY.write_text(json.dumps(_quality(measured), indent=1) + "\n", "utf-8")
        return 0
    under = fallen(measured, json.loads(FLOORS.read_text("utf-8")))
    print("\n".join(["", *under] if under else ["", "No value lies under its floor."]))
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
