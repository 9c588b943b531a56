"""Measure ingestion: nine laws through many producers, the shared documents, the quality gate.

    make bench-ingest                                      everything; about ten minutes
    .venv/bin/python -m tests.bench.ingest laws|files|gate  one part

Prints tables for docs/ingestion.md; decides nothing. Needs the reference files in ../shared.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests import render_statutes as render
from tests.bench.ingest_files import files
from tests.bench.ingest_gate import gate
from tests.bench.ingest_measures import Outcome, measure
from tests.bench.ingest_producers import PRODUCERS, Producer, missing, paragraphs
from tests.support import SHARED

_TITLE = "قانون رقم 1 لسنة 2000"


def main() -> None:
    """Run the parts that are named, or all of them."""
    if not SHARED.is_dir():
        print("The reference files in ../shared are not here: nothing to measure.")
        return
    parts = {"laws": laws, "files": files, "gate": gate}
    for name in sys.argv[1:] or parts:
        parts[name]()


def laws() -> None:
    """Nine laws, the shortest first, through every producer: found, wrong, how well read."""
    paths = sorted((SHARED / "statutes").glob("*.json"), key=lambda path: path.stat().st_size)
    outcomes: dict[str, list[Outcome]] = {producer.name: [] for producer in PRODUCERS}
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            for producer in PRODUCERS:
                if missing(producer) is None:
                    outcomes[producer.name].append(_law(producer, path, Path(folder)))
    print(
        "| producer | laws read | refused | articles found | wrong numbers "
        "| articles with foreign or lost text | CER % | of it spaces |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for producer in PRODUCERS:
        if lacks := missing(producer):
            print(f"| {producer.name} | not measured: {lacks} is not installed |")
        else:
            print(_row(producer.name, outcomes[producer.name]))


def _law(producer: Producer, path: Path, folder: Path) -> Outcome:
    articles = render.load(path)
    made = folder / f"{path.stem}{producer.suffix}"
    producer.make(paragraphs(articles, producer, _TITLE), made)
    outcome = measure(made, articles, path.stem)
    why = outcome.refused and outcome.message
    print(
        f"<!-- {path.stem}, {producer.name}: {why or f'{outcome.cer:.3f} %'} "
        f"{outcome.found}/{outcome.expected} {outcome.wrong} {outcome.off} -->",
        flush=True,
    )
    made.unlink()
    return outcome


def _row(name: str, outcomes: list[Outcome]) -> str:
    taken = [outcome for outcome in outcomes if not outcome.refused]
    characters = sum(o.characters for o in taken) or 1
    errors, spaces = sum(o.errors for o in taken), sum(o.space_errors for o in taken)
    found, expected = sum(o.found for o in taken), sum(o.expected for o in taken)
    wrong, off = sum(len(o.wrong) for o in taken), sum(len(o.off) for o in taken)
    return (
        f"| {name} | {len(taken)} | {len(outcomes) - len(taken)} | {found} of {expected} | {wrong} "
        f"| {off} | {100 * errors / characters:.3f} | {100 * spaces / characters:.3f} |"
    )


if __name__ == "__main__":
    main()
