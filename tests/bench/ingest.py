"""Measure ingestion: nine laws through many producers, the shared documents, the quality gate.

    make bench-ingest                                      everything; about ten minutes
    .venv/bin/python -m tests.bench.ingest laws|files|gate  one part

Prints tables for docs/ingestion.md; decides nothing. Needs the reference files in ../shared.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ingest.document import Description, LineKind, document_of
from ingest.readers import read
from ingest.readers.quality import defect
from ingest.recognise import recognise
from ingest.splitters import split
from search.errors import Unreadable
from tests import render_statutes as render
from tests.bench.ingest_corruptions import CORRUPTIONS
from tests.bench.ingest_measures import Outcome, measure
from tests.bench.ingest_producers import PRODUCERS, Producer, missing, paragraphs
from tests.support import SHARED

_SEED = 4
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


def files() -> None:
    """The shared documents, each with its class and why; then pages a second and memory."""
    print("\n| file | class | why |\n| --- | --- | --- |")
    pages, seconds = 0, 0.0
    for path in sorted((SHARED / "documents").iterdir()):
        if path.name == "PROVENANCE.md":
            continue
        started = time.process_time()
        ended, why, count = _file(path)
        if count:
            pages, seconds = pages + count, seconds + time.process_time() - started
        print(f"| {path.name} | {ended} | {why} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if seconds:
        print(f"\nPDF pages read and judged: {pages}, {pages / seconds:.0f} a second of one core.")
    print(f"Largest memory of this process: {peak:.0f} MB.")


def _file(path: Path) -> tuple[str, str, int]:
    """How a file ends, why, and the pages read; the last is 0 for a refusal and without pages."""
    try:
        document = read(path)
        description = recognise(document, path.name)
        contribution = split(document, description)
    except Unreadable as exc:
        return f"refused: {exc.reason}", str(exc).partition(": ")[2] or str(exc), 0
    count = len(contribution.provisions) or len(contribution.sections)
    why = f"{description.kind}, {description.language}, {count} provisions or sections"
    return "read", why, document.pages or 0


def gate() -> None:
    """The gate on sound texts and on the same texts damaged: precision, recall, what was seen."""
    chance = random.Random(_SEED)
    paths = sorted((SHARED / "statutes").glob("*.json"))
    sound = [(p.stem, t) for p in paths for t in _texts(p)]
    false = [(stem, why) for stem, text in sound if (why := _refusal(stem, text))]
    print("\n| damage | texts | refused | recall | by |\n| --- | --- | --- | --- | --- |")
    caught = total = 0
    for corrupt in CORRUPTIONS:
        whys = [_refusal(stem, corrupt(text, chance)) for stem, text in sound]
        seen = [why for why in whys if why]
        by = Counter(seen).most_common(3)
        told = ", ".join(f"{name} {count}" for name, count in by)
        caught, total = caught + len(seen), total + len(whys)
        share = len(seen) / len(whys)
        print(f"| {corrupt.__name__} | {len(whys)} | {len(seen)} | {share:.2f} | {told} |")
    print(f"\nSound texts refused: {len(false)} of {len(sound)} {false or ''}")
    print(f"Precision {caught / (caught + len(false)):.3f}, recall {caught / total:.3f}.")


def _texts(path: Path) -> list[str]:
    """A law in two layouts: numbers as digits of either script."""
    articles = render.load(path)
    styles = (render.digits, render.bracketed)
    return [render.render(articles, style, title=_TITLE) for style in styles]


def _refusal(stem: str, text: str) -> str | None:
    """What refuses a text, the gate before the article sequence; None if it is taken."""
    if (found := defect(text, from_glyphs=True)) is not None:
        return f"gate ({found[:60]})" if stem == "" else "gate"
    rows = [(line, None, LineKind.TEXT, None) for line in text.split("\n")]
    try:
        split(document_of(rows), Description(stem, "statute", "ar", "official"))
    except Unreadable as exc:
        return exc.reason
    return None


if __name__ == "__main__":
    main()
