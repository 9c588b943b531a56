"""How long a user waits: warm answers of a server of its own, over HTTP, by type of query."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np

from eval.needs import Need
from eval.report import Table
from search.errors import EngineUnavailable
from search.model import Language

PER_TYPE = 40  # queries timed of each type
READY_S = 120.0


def latency_table(home: Path, needs: Sequence[Need]) -> Table:
    """Time the development part's queries, one after another, on a server over `home`.

    Nothing may have the home's index open meanwhile. Raises EngineUnavailable where the server
    does not start.
    """
    with _server(home) as url, httpx.Client(trust_env=False, timeout=60) as client:
        rows = [
            [kind, str(len(queries)), *_percentiles([_ask(client, url, q) for q in queries])]
            for kind, queries in _by_type(needs).items()
        ]
    return Table("Milliseconds an answer, over HTTP", ("type", "queries", "p50", "p95"), rows)


def index_table(home: Path) -> Table:
    """Return the size of the catalogue and of the index on disk."""
    index = sum(f.stat().st_blocks * 512 for f in (home / "index").rglob("*") if f.is_file())
    catalogue = sum(f.stat().st_size for f in home.glob("catalogue.sqlite*"))
    rows = [["catalogue", f"{catalogue / 1e6:.0f} MB"], ["index", f"{index / 1e6:.0f} MB"]]
    return Table("On disk", ("what", "size"), rows)


def _by_type(needs: Sequence[Need]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for need in needs:
        if need.part == "dev":
            found.setdefault(need.type, []).extend(need.queries[of] for of in Language)
    return {kind: queries[:PER_TYPE] for kind, queries in found.items()}


def _ask(client: httpx.Client, url: str, query: str) -> float:
    started = time.perf_counter()
    client.get(url, params={"q": query}).raise_for_status()
    return (time.perf_counter() - started) * 1000


def _percentiles(times: Sequence[float]) -> list[str]:
    return [f"{np.percentile(times, percent):.0f}" for percent in (50, 95)]


@contextmanager
def _server(home: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "web.cli", "serve", "--port", str(port)],
        env={**os.environ, "TAMYEEZ_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/api/search"
    try:
        _wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(url, params={"q": "passport"}, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise EngineUnavailable(
        f"The server to be timed did not answer within {READY_S:.0f} s. Close what uses the "
        "evaluation's home folder, or leave the timing out with --no-latency.",
        engine="server",
    )
