"""Kill an ingest of 500 files at random moments, go on, and count what is lost or doubled.

    .venv/bin/python -m tests.bench.kills --times 200 [--files 500] [--seed N]

One ingest is killed and resumed until it comes to its end: its stores must then be equal to those
of an ingest that was never killed, and after every kill sound as far as they go. Then another one
begins, until there were as many kills as were asked for.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from ingest.files import Options
from search.catalogue import FileStatus
from tests.bench.stores import ROOT, catalogue_of, faults_of, make_ingest
from tests.reader_files import docx, paragraph

ARTICLES = 4
# When a kill comes, in shares of the time that an ingest takes which is let alone: often enough
# for many kills of each one, late enough for most runs to store something.
SOONEST, LATEST = 0.05, 0.4


@dataclass
class Tally:
    """What came of it; anything in `faults` is a failure."""

    kills: int = 0
    rounds: int = 0  # ingests brought to their end
    faults: list[str] = field(default_factory=list)


def write_files(folder: Path, count: int) -> None:
    """Write `count` small laws in four formats, every tenth of them unreadable."""
    folder.mkdir(parents=True)
    for number in range(count):
        lines = [f"قانون رقم {number + 1} لسنة 1999 في شأن دفاتر النقل"]
        for article in range(1, ARTICLES + 1):
            lines += [f"مادة {article}", f"على الناقل رقم {number * 10 + article} أن يحفظ دفتره."]
        text, stem = "\n\n".join(lines), f"law-{number:04}"
        if number % 10 == 9:
            (folder / f"{stem}.pdf").write_bytes(f"%PDF-1.7\n{number}".encode())
        elif number % 4 == 0:
            body = "".join(paragraph(line) for line in lines)
            (folder / f"{stem}.docx").write_bytes(docx(body))
        elif number % 4 == 1:
            body = "".join(f"<p>{line}</p>" for line in lines)
            (folder / f"{stem}.html").write_text(f"<html><body>{body}</body></html>", "utf-8")
        else:
            (folder / f"{stem}.{'md' if number % 4 == 2 else 'txt'}").write_text(text, "utf-8")


def kill_often(times: int, files: int, seed: int, folder: Path) -> Tally:
    """Kill `times` ingests of `files` files; everything is written below `folder`."""
    rng, tally, ran = random.Random(seed), Tally(), 0.0
    texts = folder / "files"
    write_files(texts, files)
    started = time.monotonic()
    _start(texts, folder / "whole").wait()
    duration, whole = time.monotonic() - started, state_of(folder / "whole")
    tally.faults += faults_of(folder / "whole")
    home = folder / "home-0"
    while tally.kills < times:
        process, began = _start(texts, home), time.monotonic()
        try:
            process.wait(rng.uniform(SOONEST, LATEST) * duration)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            ran += time.monotonic() - began
            tally.kills += 1
            tally.faults += [f"kill {tally.kills}: {f}" for f in faults_of(home, indexed=False)]
            said = f"{tally.kills} kills, {tally.rounds} ingests, {len(tally.faults)} faults"
            print(said, file=sys.stderr)
            continue
        tally.rounds += 1
        _check_end(process.returncode, home, whole, tally)
        home = folder / f"home-{tally.rounds}"
        # What an ingest takes changes with whatever else the machine does.
        duration, ran = ran + time.monotonic() - began, 0.0
    process = _start(texts, home)
    process.wait()
    tally.rounds += 1
    _check_end(process.returncode, home, whole, tally)
    return tally


def _check_end(code: int, home: Path, whole: dict[str, object], tally: Tally) -> None:
    faults = faults_of(home)
    if code:
        faults.append(f"the ingest ended with {code}")
    now = state_of(home)
    faults += [
        f"{key} differ from an ingest never killed" for key in whole if now[key] != whole[key]
    ]
    tally.faults += [f"round {tally.rounds}: {fault}" for fault in faults]


def state_of(home: Path) -> dict[str, object]:
    """Return all that must be equal: files with their ends, units, passages."""
    catalogue = catalogue_of(home)
    files = sorted((f.path, str(f.status), f.provisions, f.passages) for f in catalogue.files())
    held = [f for f in files if f[1] == FileStatus.ADDED.value]
    state = {
        "files": files,
        "provisions": (catalogue.counts().provisions, sum(f[2] for f in held)),
        "passages": catalogue.fingerprint(),
    }
    catalogue.close()
    return state


def _start(texts: Path, home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bench.kills", "--child", str(texts), str(home)]
    return subprocess.Popen(command, cwd=ROOT)


def main() -> int:
    """Run and print the tally; 1 if anything was lost, doubled or broken."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--times", type=int, default=20)
    arguments.add_argument("--files", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=20131)
    arguments.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = arguments.parse_args()
    if args.child:
        texts, home = args.child
        catalogue = catalogue_of(home)
        make_ingest(home, catalogue).paths([texts], Options())
        return 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tamyeez-kills-") as folder:
        tally = kill_often(args.times, args.files, args.seed, Path(folder))
    seconds = round(time.monotonic() - started)
    said = {"kills": tally.kills, "ingests": tally.rounds, "seconds": seconds}
    print(json.dumps({**said, "faults": tally.faults}, ensure_ascii=False, indent=2))
    return bool(tally.faults)


if __name__ == "__main__":
    sys.exit(main())
