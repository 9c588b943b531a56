"""Measure what users wait for: medians and ratios, on this machine. Prints; decides nothing.

    make bench                                   everything but the cold start
    .venv/bin/python -m tests.bench.main --cold  also clones and runs `make run` from nothing

Larger collections are synthesised from the real one: sentences of real passages are recombined,
and their vectors are real vectors moved a little, so that nothing need be embedded 100,000 times.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import numpy as np

from ingest.cutting import passages_of
from ingest.pipeline import Ingest
from search.catalogue import FileRecord
from search.indexing import build_index
from search.model import (
    Authority,
    Bilingual,
    Contribution,
    Expression,
    Instrument,
    Kind,
    Language,
    Provision,
    ProvisionKind,
)
from search.opening import Parts, open_parts
from search.settings import Settings, load_settings
from search.text.sentences import sentences
from tests.support import INSTRUMENTS

ROOT = Path(__file__).resolve().parents[2]
PER_FILE = 500
QUERIES = [
    "من يعاقب على الاتجار بالأشخاص",
    "شغلني عنده وما عطاني راتبي",
    "بيع الإقامة بمبلغ مالي",
    "حجز جواز سفر العامل",
    "رضا المجني عليه",
    "تعريف جماعة إجرامية منظمة",
    "إيواء الضحية حتى إعادتها",
    "عقوبة من علم بالجريمة ولم يبلغ",
    "penalty for trafficking a child",
    "consent of the victim is irrelevant",
    "selling residence permits for money",
    "employer keeps the passport",
    "refusal to pay wages to a foreign worker",
    "definition of exploitation",
    "shelter and return of victims",
    "liability of a company manager",
]


def main() -> None:
    """Run the measurements and print them."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    arguments.add_argument("--cold", action="store_true")
    args = arguments.parse_args()
    print(f"{os.cpu_count()} CPU cores, Python {sys.version.split()[0]}")
    if args.cold:
        measure_cold_start()
    with tempfile.TemporaryDirectory(prefix="tamyeez-bench-") as folder:
        measure_ingest(Path(folder))
        for size in args.sizes:
            measure_serving(Path(folder) / f"home-{size}", size)


def measure_cold_start() -> None:
    """Clone, `make run`, wait for the first page: seconds and megabytes."""
    with tempfile.TemporaryDirectory(prefix="tamyeez-cold-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        port = free_port()
        for label in ("cold make run", "warm make run"):
            started = time.perf_counter()
            server = subprocess.Popen(
                ["make", "run", f"PORT={port}"],
                cwd=clone,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
            wait_until_ready(port, 600)
            seconds = time.perf_counter() - started
            stop_group(server)
            print(f"{label}: {seconds:.1f} s to a searchable page, {megabytes(clone):.0f} MB")


def measure_ingest(folder: Path) -> None:
    """Bring the collection in with its shipped vectors; then a part of it, embedding everything."""
    for label, corpus in (
        ("with shipped vectors", ROOT / "corpus"),
        ("three instruments without", without_vectors(folder)),
    ):
        parts = open_parts(settings_for(folder / label.replace(" ", "-"), corpus))
        started = time.perf_counter()
        report = Ingest(parts.catalogue, parts.store, parts.load_embedder, corpus).bundled()
        seconds = time.perf_counter() - started
        provisions = sum(file.provisions for file in report.files)
        print(
            f"bundled collection, {label}: {provisions} provisions in {seconds:.1f} s "
            f"({provisions / seconds:.1f}/s), embedder {report.seconds_embedding / seconds:.0%}, "
            f"{report.embedded} passages embedded"
        )
        parts.catalogue.close()


def without_vectors(folder: Path) -> Path:
    """Copy three instruments of the collection without the shipped embeddings."""
    copy = folder / "corpus"
    for name in INSTRUMENTS:
        shutil.copytree(ROOT / "corpus" / "instruments" / name, copy / "instruments" / name)
    return copy


def measure_serving(home: Path, size: int) -> None:
    """Serve a synthetic collection of `size` passages and ask it over HTTP."""
    settings = settings_for(home)
    parts = open_parts(settings)
    started = time.perf_counter()
    held = synthesise(parts, size)
    filled = time.perf_counter() - started
    started = time.perf_counter()
    build_index(parts.catalogue, parts.store, parts.load_embedder())
    built = time.perf_counter() - started
    parts.catalogue.close()
    port = free_port()
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--port", str(port)],
        env={**os.environ, "TAMYEEZ_HOME": str(home)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_ready(port, 120)
        ready = time.perf_counter() - started
        print(
            f"{held:,} passages: catalogue filled in {filled:.1f} s, index built in {built:.1f} s, "
            f"{megabytes(home):.0f} MB on disk; serve ready in {ready:.2f} s"
        )
        report_latency(port, server.pid)
    finally:
        stop_group(server)


def report_latency(port: int, pid: int) -> None:
    """Ask one by one, then with 20 clients at once; print p50, p95, rate and memory."""
    url = f"http://127.0.0.1:{port}/api/search"
    with httpx.Client(trust_env=False) as client:
        for query in QUERIES:  # warm
            client.get(url, params={"q": query}).raise_for_status()
        single = [ask(client, url, QUERIES[n % len(QUERIES)]) for n in range(160)]
    print(
        f"  one client: p50 {statistics.median(single):.0f} ms, p95 {percentile(single, 95):.0f} ms"
    )
    started = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        many = [t for times in pool.map(lambda n: client_of(url, n), range(20)) for t in times]
    rate = len(many) / (time.perf_counter() - started)
    print(
        f"  20 clients: {rate:.0f} queries/s, p50 {statistics.median(many):.0f} ms, "
        f"p95 {percentile(many, 95):.0f} ms; resident memory {resident_mb(pid):.0f} MB"
    )


def client_of(url: str, seed: int) -> list[float]:
    """One of the concurrent clients: 20 queries, in milliseconds."""
    with httpx.Client(trust_env=False, timeout=60) as client:
        return [ask(client, url, QUERIES[(seed + n) % len(QUERIES)]) for n in range(20)]


def ask(client: httpx.Client, url: str, query: str) -> float:
    """Return the milliseconds of one query."""
    started = time.perf_counter()
    client.get(url, params={"q": query}).raise_for_status()
    return (time.perf_counter() - started) * 1000


def synthesise(parts: Parts, size: int) -> int:
    """Fill the catalogue with `size` passages made of real ones; return how many it holds."""
    Ingest(parts.catalogue, parts.store, parts.load_embedder, ROOT / "corpus").bundled()
    embedder = parts.load_embedder()
    real = list(parts.catalogue.iterate_passages())
    vectors = parts.catalogue.get_embeddings([p.content_hash for p in real], embedder.identity)
    pool = {
        language: [
            passage.text[a:b]
            for passage in real
            if passage.language is language
            for a, b in sentences(passage.text)
        ]
        for language in Language
    }
    rng, noise = random.Random(91), np.random.default_rng(91)
    base = np.stack(list(vectors.values()))
    held = len(real)
    for number in range(max(0, -(-(size - held) // PER_FILE))):
        count = min(PER_FILE, size - held)
        contribution = synthetic_law(number, count, pool, rng)
        passages = passages_of(contribution)
        moved = base[noise.integers(0, len(base), len(passages))]
        moved = moved + noise.normal(0, 0.02, moved.shape)
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        parts.catalogue.put_embeddings(
            embedder.identity,
            dict(zip((p.content_hash for p in passages), moved.astype(np.float32), strict=True)),
        )
        parts.catalogue.replace_file(
            FileRecord(
                path=f"synthetic-{number}", name=f"synthetic-{number}", sha256=str(number), size=0
            ),
            contribution,
            passages,
        )
        held += len(passages)
    return held


def synthetic_law(
    number: int, count: int, pool: dict[Language, list[str]], rng: random.Random
) -> Contribution:
    """Make one law of short articles whose sentences come from real ones."""
    work = f"xx-bench-{number}"
    provisions, expressions = [], []
    for n in range(1, count + 1):
        language = rng.choice(list(Language))
        text = " ".join(rng.choices(pool[language], k=3))[:850]
        unit = f"{work}/art-{n}"
        provisions.append(Provision(unit, work, ProvisionKind.ARTICLE, str(n), n - 1))
        expressions.append(
            Expression(
                f"{unit}@{language}.official",
                unit,
                work,
                language,
                Authority.OFFICIAL,
                f"{n} {text}",
            )
        )
    title = Bilingual(f"قانون للقياس {number}", f"Benchmark law {number}")
    return Contribution(
        instrument=Instrument(work, Kind.STATUTE, title, "xx"),
        provisions=tuple(provisions),
        expressions=tuple(expressions),
    )


def settings_for(home: Path, corpus: Path = ROOT / "corpus") -> Settings:
    """Settings of a benchmark's own home folder."""
    return load_settings({"TAMYEEZ_HOME": str(home), "TAMYEEZ_CORPUS": str(corpus)})


def wait_until_ready(port: int, deadline_s: float) -> None:
    """Wait until the server answers a query."""
    end = time.monotonic() + deadline_s
    while time.monotonic() < end:
        try:
            url = f"http://127.0.0.1:{port}/api/search"
            if httpx.get(url, params={"q": "الاتجار"}, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"no answer within {deadline_s:.0f} s")


def stop_group(process: subprocess.Popen[bytes]) -> None:
    """Stop a server and whatever it started."""
    os.killpg(process.pid, 2)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()


def free_port() -> int:
    """Return a port nobody listens on."""
    import socket

    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def percentile(values: list[float], percent: float) -> float:
    """Return the given percentile."""
    return float(np.percentile(values, percent))


def megabytes(folder: Path) -> float:
    """Return the size of a folder's files on disk."""
    return sum(f.stat().st_blocks * 512 for f in folder.rglob("*") if f.is_file()) / 1e6


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
