"""Feed mutated files to a real ingest, and see that nothing breaks but the files.

    .venv/bin/python -m tests.bench.fuzz --count 20000 [--seed N] [--kept FILE]

Files go in batches into fresh stores, through the worker processes and their limits. Reported:
how they ended, errors that reached the parent, waits beyond the limit, faults found in a store.
With --kept what each batch came to is a line of a file, and the command goes on from there.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.files import Options
from ingest.worker import WorkLimits
from tests.bench.mutations import mutate, seeds
from tests.bench.stores import ROOT, catalogue_of, faults_of, make_ingest

LIMITS = WorkLimits(cpu_seconds=10.0, seconds=60.0)
SLACK_SECONDS = 15.0  # beside other work on the same two cores
KINDS = {".pdf": 30, ".docx": 25, ".html": 20, ".md": 10, ".txt": 5, ".yaml": 10}


@dataclass
class Tally:
    """What came of it; anything in the last three lists is a failure."""

    files: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0
    errors: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # files that a limit ended: as it should be

    @property
    def failures(self) -> list[str]:
        """Everything that must not be."""
        return [*self.errors, *self.hangs, *self.faults]

    def add(self, other: Tally) -> None:
        """Count another batch in."""
        self.files += other.files
        self.ended += Counter(other.ended)
        self.longest_s = max(self.longest_s, other.longest_s)
        self.errors += other.errors
        self.hangs += other.hangs
        self.faults += other.faults
        self.notes += other.notes


def fuzz(
    count: int, seed: int, batch: int = 500, shared: Path | None = None, kept: Path | None = None
) -> Tally:
    """Run `count` mutated files in batches; the same seed makes the same files.

    `kept`: a file of batches that were run before, to which each new one is added.
    """
    done = _done(kept, seed)
    pool, tally = seeds(shared), Tally()
    with suppress(KeyboardInterrupt):  # what was run until then is told
        for first in range(0, count, batch):
            label = f"batch {first} of seed {seed}"
            if label not in done:
                done[label] = _batch(label, pool, random.Random(f"{seed}/{first}"), batch)
                if kept is not None:
                    with kept.open("a", encoding="utf-8") as file:
                        print(json.dumps([label, vars(done[label])]), file=file)
            tally.add(done[label])
            print(f"{tally.files} files, {len(tally.failures)} failures", file=sys.stderr)
    return tally


def _done(kept: Path | None, seed: int) -> dict[str, Tally]:
    if kept is None or not kept.is_file():
        return {}
    rows = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
    return {label: Tally(**tally) for label, tally in rows if label.endswith(f"seed {seed}")}


def _batch(label: str, pool: dict[str, list[bytes]], rng: random.Random, size: int) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="tamyeez-fuzz-") as folder:
        files = Path(folder) / "files"
        files.mkdir()
        _fill(files, pool, rng, size)
        _run(files, Path(folder) / "home", label, tally)
    for line in (*tally.notes, *tally.failures):
        print(line, file=sys.stderr)
    return tally


def _fill(files: Path, pool: dict[str, list[bytes]], rng: random.Random, size: int) -> None:
    suffixes = rng.choices(list(KINDS), list(KINDS.values()), k=size)
    for number, suffix in enumerate(suffixes):
        if suffix == ".yaml":  # a hostile sidecar of a sound file
            (files / f"{number:05}.txt").write_bytes(pool[".txt"][0])
            (files / f"{number:05}.txt.yaml").write_bytes(mutate(suffix, pool, rng))
        else:
            (files / f"{number:05}{suffix}").write_bytes(mutate(suffix, pool, rng))


def _run(files: Path, home: Path, label: str, tally: Tally) -> None:
    catalogue = catalogue_of(home)
    at = time.monotonic()

    def progress(step: str, done: int, _of: int) -> None:
        nonlocal at
        now = time.monotonic()
        if step == "read":
            tally.longest_s = max(tally.longest_s, now - at)
            if now - at > LIMITS.seconds + SLACK_SECONDS:
                tally.hangs.append(f"{label}: file {done} took {now - at:.0f} s")
        at = now

    try:
        report = make_ingest(home, catalogue, progress, LIMITS).paths([files], Options())
    except Exception as exc:  # noqa: BLE001 - to be counted
        tally.errors.append(f"{label}: {exc!r}")
        return
    finally:
        catalogue.close()
    tally.files += len(report.files)
    for file in report.files:
        refused = file.status == "quarantined"
        tally.ended[file.reasons[0] if refused else str(file.status)] += 1
        if refused and file.reasons[0] in ("failed", "crashed", "time", "memory"):
            tally.notes.append(f"{label}: {file.reasons[-1]}")
    tally.faults += [f"{label}: {fault}" for fault in faults_of(home)]


def main() -> int:
    """Run and print the tally; 1 if anything failed."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--count", type=int, default=2_000)
    arguments.add_argument("--seed", type=int, default=20131)
    arguments.add_argument("--kept", type=Path)
    args = arguments.parse_args()
    shared = ROOT.parent / "shared" / "documents"
    tally = fuzz(args.count, args.seed, shared=shared, kept=args.kept)
    said = {
        "files": tally.files,
        "longest wait for one file, s": round(tally.longest_s, 1),
        "ended": dict(tally.ended.most_common()),
        "ended by a limit": tally.notes,
        "errors in the parent": tally.errors,
        "waits beyond the limit": tally.hangs,
        "faults of stores": tally.faults,
    }
    print(json.dumps(said, ensure_ascii=False, indent=2))
    return bool(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
