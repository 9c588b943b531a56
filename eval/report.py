"""Tables of an evaluation, as text for a terminal and as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.scoring import COLUMNS, MAIN, Scored, by_need, differences, interval

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}
th,td{padding:.25rem .6rem;border-bottom:1px solid #bbb;text-align:start;vertical-align:top}
td:nth-child(n+2){font-variant-numeric:tabular-nums}img{max-width:100%;height:auto}"""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the names of the columns and the rows of cells."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def text(self) -> str:
        """Return it for a terminal."""
        lines = [self.header, *self.rows]
        widths = [max(len(line[n]) for line in lines) for n in range(len(self.header))]
        shown = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines)
        return "\n".join([f"\n{self.title}", *(line.rstrip() for line in shown)])

    def html(self) -> str:
        """Return it for a page; a cell's direction is that of its own letters."""
        head = "".join(f"<th scope=col>{html.escape(name)}</th>" for name in self.header)
        rows = "".join(
            "<tr>" + "".join(f"<td dir=auto>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return f"<h2>{html.escape(self.title)}</h2><table><tr>{head}</tr>{rows}</table>"


def measures_table(title: str, scored: Mapping[str, Scored], topics: Sequence[str]) -> Table:
    """Every measure of every system over the topics, with intervals."""
    rows = [
        [name, *(_cell(by_need(topics, of[measure])) for measure in COLUMNS)]
        for name, of in scored.items()
    ]
    return Table(title, ("system", *COLUMNS), rows)


def slices_table(
    title: str,
    scored: Mapping[str, Scored],
    slices: Mapping[str, Sequence[str]],
    measure: str = MAIN,
) -> Table:
    """One measure of every system by slice; a slice's topics are counted."""
    rows = [
        [
            name,
            str(len(topics)),
            *(_cell(by_need(topics, of[measure])) for of in scored.values()),
        ]
        for name, topics in slices.items()
    ]
    return Table(f"{title}: {measure}", ("slice", "queries", *scored), rows)


def pairs_table(
    title: str, first: str, scored: Mapping[str, Scored], topics: Sequence[str]
) -> Table:
    """How far one system lies before each other one, need by need."""
    rows = []
    for name, of in scored.items():
        if name != first:
            gains = differences(topics, scored[first][MAIN], of[MAIN])
            won, lost = sum(g > 0 for g in gains), sum(g < 0 for g in gains)
            rows.append([name, _cell(gains, "+.3f"), str(won), str(lost)])
    return Table(title, ("against", f"{MAIN} gained", "won", "lost"), rows)


def write_page(path: Path, title: str, tables: Sequence[Table], plots: Mapping[str, bytes]) -> None:
    """Write the page; plots (PNG) stand in it, each with its name as the text beside it."""
    images = "".join(
        f'<figure><img alt="{html.escape(name)}" src="data:image/png;base64,'
        f'{base64.b64encode(png).decode()}"><figcaption>{html.escape(name)}</figcaption></figure>'
        for name, png in plots.items()
    )
    body = "".join(table.html() for table in tables)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{html.escape(title)}</title>"
        f"<style>{_STYLE}</style><h1>{html.escape(title)}</h1>{images}{body}</html>\n",
        "utf-8",
    )


def _cell(values: Sequence[float], form: str = ".3f") -> str:
    if not values:
        return "–"
    mean, low, high = interval(values)
    return f"{mean:{form}} ({low:{form}} to {high:{form}})"
