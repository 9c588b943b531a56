"""Measure what a reader waits for and loads: time over HTTP and weight without fonts, by page.

    .venv/bin/python -m tests.bench.pages                  builds and serves the whole collection
    .venv/bin/python -m tests.bench.pages --home FOLDER    serves what is built there
    .venv/bin/python -m tests.bench.pages --site URL       asks a server that runs

Warm: each address is asked once before it counts. Prints beside the goals; decides nothing.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx

from tests.bench.main import QUERIES
from tests.support import ROOT, serving, tamyeez

LOADED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg)\?[^"]*|[^"]+\.svg)"')
KIB = 1024
WEIGHT_GOAL_KB = 250


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page: its addresses below the language, and the goal for p95 if there is one."""

    places: Sequence[str]
    goal_ms: int | None = None


KINDS: Mapping[str, Kind] = {
    "search": Kind([f"/?q={quote(query)}" for query in QUERIES], 100),
    "reader": Kind(
        [
            "/laws/kw-law-2013-91/art-1",
            "/laws/kw-law-2013-91/art-2",
            "/laws/kw-law-2013-91/art-13",
            "/laws/kw-law-1960-16/art-185",
            "/laws/kw-law-1960-17/art-60",
            "/laws/kw-law-2010-6/art-10",
            "/laws/kw-decree-law-2024-114/art-18",
            "/laws/un-protocol-2000-trafficking/art-3",
        ],
        60,
    ),
    "contents": Kind(["/laws/kw-law-2013-91", "/laws/kw-law-1960-16", "/laws/kw-law-2010-6"], 60),
    "matter": Kind(
        [
            "/matters/kw-training-0001-a",
            "/matters/kw-2022-cassation-acquittal-wages-01",
            "/matters/kw-2021-couple-death-sentence-01",
            "/matters/kw-2024-visa-bribery-acquittal-01",
        ]
    ),
    "compare": Kind(
        [
            "/compare?left=kw-law-2013-91/art-1&right=un-protocol-2000-trafficking/art-3",
            "/compare?left=kw-law-2013-91/art-2&right=kw-law-2013-91/art-3",
            "/compare?left=kw-law-2013-91/art-2&right=kw-decree-law-2024-114/art-18",
        ]
    ),
    "lists": Kind(["/", "/laws", "/matters", "/about", "/statistics", "/stale", "/case-studies"]),
    "heavy": Kind(
        ["/coverage", "/coverage?treaty=all", "/penalties", "/glossary", "/distinguish?example=ar"]
    ),
}


def main() -> None:
    """Run the measurements and print them."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--home", type=Path)
    arguments.add_argument("--site")
    arguments.add_argument("--rounds", type=int, default=10)
    args = arguments.parse_args()
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} CPU cores, Python {sys.version.split()[0]}, load {load:.1f}")
    with _site(args.site, args.home) as site, httpx.Client(base_url=site, timeout=60) as client:
        for name, kind in KINDS.items():
            _report(client, name, kind, args.rounds)
    print("ms over HTTP, warm; kB of page, styles, scripts and drawings, without fonts")


@contextmanager
def _site(site: str | None, home: Path | None) -> Iterator[str]:
    if site is not None:
        yield site
        return
    whole = {"TAMYEEZ_CORPUS": str(ROOT / "corpus")}
    with tempfile.TemporaryDirectory(prefix="tamyeez-pages-") as folder:
        if home is None:
            home = Path(folder)
            done = tamyeez(home, "ingest", "--quiet", env=whole, timeout_s=600)
            if done.returncode:
                sys.exit(done.stderr)
        with serving(home, **whole) as address:
            yield address


def _report(client: httpx.Client, name: str, kind: Kind, rounds: int) -> None:
    places = [f"/{language}{place}" for place in kind.places for language in ("ar", "en")]
    weights = {place: _weight(client, place) for place in places}
    times = [_time(client, place) for _ in range(rounds) for place in places]
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    heaviest = max(weights, key=lambda place: weights[place])
    goal = f"goal p95 {kind.goal_ms}" if kind.goal_ms else ""
    print(
        f"{name:10} p50 {statistics.median(times):6.1f}  p95 {cuts[18]:6.1f} ms  {goal:13}"
        f"  heaviest {weights[heaviest] / KIB:4.0f} kB (goal {WEIGHT_GOAL_KB})  {heaviest[:60]}"
    )


def _time(client: httpx.Client, place: str) -> float:
    """Return how long an answer takes, in ms."""
    start = time.perf_counter()
    client.get(place).raise_for_status()
    return (time.perf_counter() - start) * 1000


def _weight(client: httpx.Client, place: str) -> int:
    """Return the bytes of a page with all it loads but fonts."""
    page = client.get(place).raise_for_status()
    loaded = {found.replace("&amp;", "&") for found in LOADED.findall(page.text)}
    return len(page.content) + sum(len(client.get(each).content) for each in loaded)


if __name__ == "__main__":
    main()
