"""Ask one server as many people at once would: search, read, distinguish, export. Prints.

    make bench-load                                     ten minutes, 20 clients, two workers
    .venv/bin/python -m tests.bench.load --seconds 60 --workers 1
    .venv/bin/python -m tests.bench.load --ingest       the same again while files are ingested
    .venv/bin/python -m tests.bench.load --kills 50     instead: kill the server under load so often

Half of the searches were never asked before: two halves of different questions. Every client asks
its next question as soon as it has the answer to the last; with --pause 2 it reads for two seconds
in the mean, as people do. The clients run on the same machine and take processor time of their own,
which is printed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import yaml

from tests.bench import load_kills
from tests.bench.serving import Server, run, start
from tests.support import ROOT

NEEDS = ROOT / "eval" / "sets" / "retrieval"
CASES = ROOT / "eval" / "sets" / "distinction" / "test"
SMALL_MIX = {"search": 70, "read": 20, "distinguish": 3, "export": 7}
WARM_UP_S = 10.0
_MARK = re.compile(r"\{[^:{}]+: ([^{}]*)\}")  # a marked span in a case: {signal: its words}
TIMEOUT_S = 60.0
INGESTED_AT_ONCE = 40  # small laws a round


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: what kind it is, and how it is sent."""

    kind: str
    path: str
    body: bytes = b""


@dataclass
class Tally:
    """What came of a run; seconds by kind, and errors by what was wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, seconds: float, error: str) -> None:
        """Count one answer."""
        with self.lock:
            if error:
                self.errors[f"{kind}: {error}"] += 1
            else:
                self.seconds[kind].append(seconds)


class Questions:
    """What is asked: the needs and cases of the evaluation, and what is held."""

    def __init__(self, server: Server) -> None:
        self.needs = [
            need[language]
            for path in sorted(NEEDS.glob("needs-*.yaml"))
            for need in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            for language in ("ar", "en")
            if need.get(language)
        ]
        self.facts = [
            _MARK.sub(r"\1", case[language])
            for path in sorted(CASES.glob("*.yaml"))
            for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            for language in ("ar", "en")
            if isinstance(case.get(language), str)
        ]
        works = [work["id"] for work in _json(server, "/api/instruments")]
        self.units = [
            entry["provision"]["id"]
            for work in works[:6]
            for entry in _json(server, f"/api/instruments/{work}")["entries"]
        ]
        self.exports = (
            ("/api/reference?format=bib&", "id", self.units),
            ("/api/linked-data?", "id", self.units),
            ("/ar/record/sheet.docx?", "q", self.needs),
            ("/ar/record/sheet.pdf?", "q", self.needs),
        )

    def draw(self, rng: random.Random) -> Ask:
        """Draw one request of the mix."""
        (kind,) = rng.choices(list(SMALL_MIX), list(SMALL_MIX.values()))
        if kind == "search":
            page = rng.random() < 0.5
            asked = urlencode({"q": self._words(rng)})
            return Ask(
                kind, f"/{rng.choice(('ar', 'en'))}/?{asked}" if page else f"/api/search?{asked}"
            )
        if kind == "read":
            unit = rng.choice(self.units)
            return Ask(kind, rng.choice((f"/api/provisions/{unit}", f"/ar/laws/{unit}")))
        if kind == "distinguish":
            facts = json.dumps({"facts": rng.choice(self.facts)}).encode()
            return Ask(kind, "/api/distinguish", facts)
        address, name, values = rng.choice(self.exports)
        return Ask(kind, f"{address}{urlencode({name: rng.choice(values)})}")

    def _words(self, rng: random.Random) -> str:
        first, second = rng.choice(self.needs), rng.choice(self.needs)
        if rng.random() < 0.5:
            return first
        return f"{first[: len(first) // 2]} {second[len(second) // 2 :]}"


def measure(server: Server, clients: int, seconds: float, seed: int, pause_s: float) -> Tally:
    """Let so many clients ask for so long; return what came of it."""
    questions, tally, end = Questions(server), Tally(), time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=_client, args=(server.port, questions, seed + n, end, tally, pause_s)
        )
        for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def _client(
    port: int, questions: Questions, seed: int, end: float, tally: Tally, pause_s: float
) -> None:
    rng = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    if pause_s:
        time.sleep(rng.expovariate(1 / pause_s))  # people do not begin all at once
    while time.monotonic() < end:
        ask = questions.draw(rng)
        started, error = time.perf_counter(), ""
        try:
            status = _send(connection, ask)
            error = f"status {status}" if status >= 400 else ""
        except (OSError, http.client.HTTPException) as exc:
            error = type(exc).__name__
            connection.close()
        tally.add(ask.kind, time.perf_counter() - started, error)
        if pause_s:
            connection.close()  # the server gives up a connection that is silent for five seconds
            time.sleep(rng.expovariate(1 / pause_s))
    connection.close()


def _send(connection: http.client.HTTPConnection, ask: Ask) -> int:
    headers = {"Content-Type": "application/json"} if ask.body else {}
    connection.request("POST" if ask.body else "GET", ask.path, ask.body or None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _json(server: Server, path: str) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT_S)
    connection.request("GET", path)
    found = json.loads(connection.getresponse().read())
    connection.close()
    return found


def report(title: str, server: Server, asked: argparse.Namespace, seed: int) -> Tally:
    """Measure, and print a line for each kind, with memory and processor time."""
    clients, seconds, pause_s = asked.clients, asked.seconds, asked.pause
    measure(server, clients, WARM_UP_S, seed + 1000, pause_s)
    memory, cpu, own = server.memory_mb(), server.cpu_s(), time.process_time()
    started, ended, by_minute = time.monotonic(), threading.Event(), list[str]()
    watch = threading.Thread(target=_watch_memory, args=(server, ended, by_minute), daemon=True)
    watch.start()
    tally = measure(server, clients, seconds, seed, pause_s)
    took = time.monotonic() - started
    ended.set()
    watch.join()
    used, ours = server.cpu_s() - cpu, time.process_time() - own
    print(f"\n{title}: {clients} clients, {took:.0f} s")
    every = [seconds for of in tally.seconds.values() for seconds in of]
    for kind, of in {**{kind: tally.seconds[kind] for kind in SMALL_MIX}, "all": every}.items():
        p50, p95, p99 = np.percentile(np.array(of or [float("nan")]) * 1000, [50, 95, 99])
        rate = len(of) / took
        print(f"  {kind:<12}{rate:6.1f}/s  p50 {p50:5.0f}  p95 {p95:5.0f}  p99 {p99:5.0f} ms")
    print(f"  {sum(tally.errors.values())} errors")
    for what, count in tally.errors.most_common(8):
        print(f"    {count} × {what}")
    print(f"  memory {memory:.0f} MB at the start, {server.memory_mb():.0f} MB at the end")
    print(f"  by the minute: {' '.join(by_minute)}")
    print(
        f"  processors: server {used / took:.2f}, clients {ours / took:.2f} of {os.cpu_count()}; "
        f"{used / max(1, len(every)) * 1000:.0f} ms of the server's an answer",
        flush=True,
    )
    return tally


def _watch_memory(server: Server, ended: threading.Event, by_minute: list[str]) -> None:
    while not ended.wait(60):
        by_minute.append(f"{server.memory_mb():.0f}")


def ingest_meanwhile(home: Path, folder: Path, end: threading.Event) -> list[float]:
    """Ingest new files again and again until told to end; return the seconds of each round."""
    rounds: list[float] = []
    while not end.is_set():
        files = folder / f"round-{len(rounds)}"
        load_kills.write_laws(files, INGESTED_AT_ONCE, first=len(rounds) * INGESTED_AT_ONCE)
        started = time.monotonic()
        done = run(home, "ingest", str(files), "--quiet")
        if done.returncode:
            print(f"  the ingest ended with {done.returncode}: {done.stderr}", file=sys.stderr)
            return rounds
        rounds.append(time.monotonic() - started)
    return rounds


def report_with_ingest(
    server: Server, home: Path, folder: Path, asked: argparse.Namespace, alone: Tally
) -> None:
    """Measure again while files are ingested; print how much slower searches are."""
    end, rounds = threading.Event(), list[float]()
    thread = threading.Thread(
        target=lambda: rounds.extend(ingest_meanwhile(home, folder, end)), daemon=True
    )
    thread.start()
    busy = report("while ingesting", server, asked, asked.seed + 1)
    end.set()
    thread.join(120)
    slower = statistics.median(busy.seconds["search"]) / statistics.median(alone.seconds["search"])
    print(
        f"  {len(rounds)} ingests of {INGESTED_AT_ONCE} files ended, "
        f"{statistics.mean(rounds) if rounds else float('nan'):.1f} s each; "
        f"searches take {slower:.2f} times as long (p50)"
    )


def main() -> int:
    """Run what is asked for and print it; 1 if anything was lost, or an answer was an error."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seconds", type=float, default=600)
    arguments.add_argument("--clients", type=int, default=20)
    arguments.add_argument("--pause", type=float, default=0, help="seconds a client reads")
    arguments.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("--ingest", action="store_true", help="again, with an ingest beside it")
    arguments.add_argument("--kills", type=int, default=0, help="instead: kill -9, so often")
    arguments.add_argument("--seed", type=int, default=20131)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="tamyeez-load-") as temporary:
        folder = Path(temporary)
        home = folder / "home"
        done = run(home, "ingest", "--quiet")
        if done.returncode:
            raise RuntimeError(done.stderr)
        if asked.kills:
            return load_kills.report(home, folder, asked.kills, asked.workers, asked.seed)
        server = start(home, asked.workers)
        print(f"{os.cpu_count()} processors, {asked.workers} workers, the bundled collection")
        try:
            alone = report("alone", server, asked, asked.seed)
            errors = sum(alone.errors.values())
            if asked.ingest:
                report_with_ingest(server, home, folder, asked, alone)
        finally:
            with suppress(Exception):
                server.stop()
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main())
