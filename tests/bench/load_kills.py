"""Kill a server under load again and again, and look for what it had said to have kept.

Beside clients that only read, one keeps notes and findings on duties, and at every fifth kill files
are ingested by command. Whatever was acknowledged (a status of success, an exit code of 0) is
written down outside of the server; after every kill and start all of it must be there.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.serving import Server, run, start

READERS = 8
INGEST_EVERY = 5  # kills: an ingest takes longer than all the rest of one
BETWEEN_S = (0.2, 4.0)  # from the first answer to the kill
FIRST_ANSWER_S = 60.0
ARTICLES = 3
_LOST = (OSError, http.client.HTTPException)  # the server was killed: nothing was acknowledged


class Refused(Exception):
    """The server answered that it did not do it: nothing was acknowledged, and nothing is lost."""


@dataclass
class Acknowledged:
    """What the server or a command said to have kept."""

    notes: dict[str, str] = field(default_factory=dict)  # text by id
    findings: dict[str, str] = field(default_factory=dict)  # note by duty
    laws: set[str] = field(default_factory=set)
    answers: int = 0
    refused: int = 0


def write_laws(folder: Path, count: int, first: int = 0) -> list[str]:
    """Write small laws of our own with their sidecars; return their ids."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = []
    for number in range(first + 1, first + count + 1):
        work = f"xx-law-1999-{number}"
        lines = [
            f"مادة {n}\nعلى الناقل رقم {number * 10 + n} أن يحفظ دفتره.\n"
            for n in range(1, ARTICLES + 1)
        ]
        path = folder / f"law-{number}.txt"
        path.write_text("\n".join(lines), "utf-8")
        path.with_name(path.name + ".yaml").write_text(
            f"instrument: {work}\nkind: statute\nlanguage: ar\nauthority: official\n"
            f"title: {{ar: قانون للقياس رقم {number}, en: Benchmark law {number}}}\n",
            "utf-8",
        )
        ids.append(work)
    return ids


def report(home: Path, folder: Path, times: int, workers: int, seed: int) -> int:
    """Kill so often; print what was acknowledged and what of it was lost. 1 if anything was."""
    rng, kept, faults = random.Random(seed), Acknowledged(), list[str]()
    started = time.monotonic()
    server = start(home, workers)
    duties = [row["duty"]["id"] for row in _ask(server, "GET", "/api/treaty-coverage")["rows"]]
    for kill in range(1, times + 1):
        _load_and_kill(server, home, folder, kept, duties, rng, kill)
        server = start(home, workers)
        faults += [f"kill {kill}: {fault}" for fault in _missing(server, kept)]
        print(
            f"{kill} kills, {kept.answers} answers, {len(kept.notes)} notes, "
            f"{len(kept.findings)} findings, {len(kept.laws)} laws, {len(faults)} faults",
            file=sys.stderr,
        )
    server.stop()
    for command in (("status",), ("audit", "verify")):
        done = run(home, *command)
        if done.returncode:
            faults.append(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    said = {
        "kills": times,
        "workers": workers,
        "seconds": round(time.monotonic() - started),
        "answers": kept.answers,
        "refused": kept.refused,
        "notes": len(kept.notes),
        "findings": len(kept.findings),
        "laws": len(kept.laws),
        "faults": faults,
    }
    print(json.dumps(said, ensure_ascii=False, indent=2))
    return bool(faults)


def _load_and_kill(
    server: Server,
    home: Path,
    folder: Path,
    kept: Acknowledged,
    duties: list[str],
    rng: random.Random,
    number: int,
) -> None:
    end = threading.Event()
    jobs: list[Callable[[], None]] = [
        *[lambda n=n: _read(server, kept, end, n) for n in range(READERS)],  # type: ignore[misc]
        lambda: _keep_notes(server, kept, end, number),
        lambda: _keep_findings(server, kept, end, duties, number),
    ]
    threads = [threading.Thread(target=job) for job in jobs]
    if number % INGEST_EVERY == 1:
        threads.append(threading.Thread(target=_ingest, args=(home, folder, kept, number)))
    for thread in threads:
        thread.start()
    before, deadline = kept.answers, time.monotonic() + FIRST_ANSWER_S
    while kept.answers == before and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(rng.uniform(*BETWEEN_S))
    server.kill()
    end.set()
    for thread in threads:
        thread.join()


def _read(server: Server, kept: Acknowledged, end: threading.Event, seed: int) -> None:
    rng = random.Random(seed)
    while not end.is_set():
        try:
            _ask(server, "GET", f"/api/search?q=wages+{rng.randrange(1000)}")
            kept.answers += 1
        except _LOST:
            time.sleep(0.05)
        except Refused:
            kept.refused += 1
            time.sleep(0.05)


def _keep_notes(server: Server, kept: Acknowledged, end: threading.Event, kill: int) -> None:
    for number in range(100_000):
        if end.is_set():
            return
        note = {"target": "kw-law-2013-91/art-2", "text": f"note {kill}-{number}"}
        try:
            view = _ask(server, "POST", "/api/my-work/notes", note)
            kept.notes[view["note"]["id"]] = note["text"]
        except _LOST:
            time.sleep(0.05)
        except Refused:
            kept.refused += 1
            time.sleep(0.05)


def _keep_findings(
    server: Server, kept: Acknowledged, end: threading.Event, duties: list[str], kill: int
) -> None:
    for number, duty in enumerate(duties * 1000):
        if end.is_set():
            return
        words = f"finding {kill}-{number}"
        kept.findings.pop(duty, None)  # until it is acknowledged either may be there
        try:
            path = f"/api/treaty-coverage/{duty}/finding"
            _ask(server, "PUT", path, {"status": "partly", "note": words})
            kept.findings[duty] = words
        except _LOST:
            time.sleep(0.05)
        except Refused:
            kept.refused += 1
            time.sleep(0.05)


def _ingest(home: Path, folder: Path, kept: Acknowledged, kill: int) -> None:
    laws = write_laws(folder / f"files-{kill}", 2, first=kill * 2)
    if run(home, "ingest", str(folder / f"files-{kill}"), "--quiet").returncode == 0:
        kept.laws.update(laws)


def _missing(server: Server, kept: Acknowledged) -> list[str]:
    """Return what was acknowledged and is not there."""
    whole = _ask(server, "GET", "/api/my-work/export")
    notes = {note["id"]: note["text"] for note in whole["notes"]}
    matrix = _ask(server, "GET", "/api/treaty-coverage")
    findings = {
        row["duty"]["id"]: row["assessment"]["note"] for row in matrix["rows"] if row["assessment"]
    }
    held = {work["id"] for work in _ask(server, "GET", "/api/instruments")}
    found = [f"note {i}" for i, text in kept.notes.items() if notes.get(i) != text]
    found += [f"finding on {d}" for d, words in kept.findings.items() if findings.get(d) != words]
    found += [f"law {law} is not held" for law in kept.laws - held]
    for law in sorted(kept.laws)[-4:]:
        number = law.rpartition("-")[2]
        hits = _ask(server, "GET", f"/api/search?q={number}1&instrument={law}")["results"]
        if not hits:
            found.append(f"law {law} is not found")
    return found


def _ask(server: Server, method: str, path: str, body: object = None) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        headers = {} if body is None else {"Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        connection.request(method, path, content, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {said[:200]!r}")
        return json.loads(said or b"null")
    finally:
        connection.close()
