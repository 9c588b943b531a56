"""Compare two saved runs: `python -m eval.compare RUN_A RUN_B`.

Prints for every measure by how much A scores more than B, with its 95 % bootstrap interval over
needs, and the queries on which they differ most. Runs are TREC's six columns, topics those of
`make eval` (`a-001.ar`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from eval.needs import PARTS, read_needs
from eval.report import Table
from eval.runs import read_run
from eval.scoring import COLUMNS, MAIN, Scored, differences, interval, score_run, slices
from search.errors import TamyeezError

SHOWN = 15  # queries each way
USAGE = "Usage: python -m eval.compare RUN_A RUN_B"


def compared(one: Scored, other: Scored, topics: Sequence[str], part: str) -> Table:
    """Return the differences of every measure over the topics, with needs won and lost."""
    rows = []
    for measure in COLUMNS:
        gains = differences(topics, one[measure], other[measure])
        mean, low, high = interval(gains)
        won, lost = sum(g > 0 for g in gains), sum(g < 0 for g in gains)
        rows.append([measure, f"{mean:+.3f}", f"{low:+.3f} to {high:+.3f}", str(won), str(lost)])
    return Table(part, ("measure", "A − B", "95 % interval", "won", "lost"), rows)


def furthest(one: Scored, other: Scored, topics: Sequence[str], part: str) -> Table:
    """Return the queries on which the two differ most, those that A wins first."""
    gain = {topic: one[MAIN][topic] - other[MAIN][topic] for topic in topics}
    ordered = sorted((t for t in topics if gain[t]), key=lambda topic: (-gain[topic], topic))
    shown = ordered[:SHOWN] + ordered[SHOWN:][-SHOWN:]
    rows = [
        [topic, f"{gain[topic]:+.3f}", f"{one[MAIN][topic]:.3f}", f"{other[MAIN][topic]:.3f}"]
        for topic in shown
    ]
    return Table(f"{part}: the queries that differ most", ("query", MAIN, "A", "B"), rows)


def main(arguments: Sequence[str]) -> int:
    """Print the comparison; 2 where the runs cannot be read."""
    if len(arguments) != 2:
        print(USAGE, file=sys.stderr)
        return 2
    needs = read_needs()
    try:
        one, other = (score_run(read_run(Path(path)), needs) for path in arguments)
    except TamyeezError as error:
        print(error, file=sys.stderr)
        return 2
    of = slices(needs)
    for part in PARTS:
        print(compared(one, other, of[part], part).text())
        print(furthest(one, other, of[part], part).text())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
