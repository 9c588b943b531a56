"""A worker that dies, hangs, outgrows its limits or lies: its file is refused, the rest goes on."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import threading
import time
import zlib
from pathlib import Path

import pytest

from ingest.bundle import load_register
from ingest.files import Options
from ingest.isolation import Worker, Workshop, _read_outcome, _TooMuch
from ingest.preparing import Job, Prepared, Refused
from ingest.private import FileNames
from ingest.worker import WorkLimits
from search.model import Authority, Language
from tests.reader_files import docx, paragraph
from tests.support import ROOT

LAW = "مادة 1\nعلى كل ناقل أن يحفظ دفتر الرحلات.\n\nمادة 2\nيعاقب من أتلفه عمدا.\n"
REGISTER = load_register(ROOT / "corpus").instruments


def job(path: Path, data: bytes | str = LAW) -> Job:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return Job(path, Options(), FileNames(str(path), path.name))


def long_law(articles: int = 6_000) -> str:
    return "\n".join(f"مادة {n}\nعلى الناقل رقم {n} أن يحفظ دفتره.\n" for n in range(1, articles))


@pytest.fixture
def worker(request: pytest.FixtureRequest):
    limits = getattr(request, "param", WorkLimits())
    made = Worker(REGISTER, limits)
    yield made
    made.end()


def test_one_process_prepares_many_files_as_this_one_would(worker: Worker, tmp_path: Path) -> None:
    outcomes = [worker.do(job(tmp_path / f"law-{n}.txt")) for n in range(3)]
    assert worker.served == 3
    assert all(isinstance(outcome, Prepared) for outcome in outcomes)
    assert [len(outcome.contribution.provisions) for outcome in outcomes] == [2, 2, 2]


@pytest.mark.parametrize("worker", [WorkLimits(cpu_seconds=0.2)], indirect=True)
def test_too_much_work_is_ended(worker: Worker, tmp_path: Path) -> None:
    outcome = worker.do(job(tmp_path / "long.txt", long_law()))
    assert isinstance(outcome, Refused)
    assert outcome.reason == "time"
    assert not worker.is_fresh


@pytest.mark.parametrize("worker", [WorkLimits(seconds=0.05)], indirect=True)
def test_too_long_a_wait_is_ended(worker: Worker, tmp_path: Path) -> None:
    outcome = worker.do(job(tmp_path / "long.txt", long_law()))
    assert isinstance(outcome, Refused)
    assert outcome.reason == "time"


@pytest.mark.parametrize("worker", [WorkLimits(outcome_bytes=2_000)], indirect=True)
def test_too_large_an_outcome_is_not_taken(worker: Worker, tmp_path: Path) -> None:
    outcome = worker.do(job(tmp_path / "long.txt", long_law(200)))
    assert isinstance(outcome, Refused)
    assert outcome.reason == "too-long"


@pytest.mark.parametrize("worker", [WorkLimits(memory_bytes=150_000_000)], indirect=True)
def test_memory_ends_where_the_limit_is(worker: Worker, tmp_path: Path) -> None:
    """A PDF whose one stream unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(100)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj%s endobj\n" % (n, held) for n, held in enumerate(objects, 1)
    )
    outcome = worker.do(job(tmp_path / "bomb.pdf", body + b"trailer<</Root 1 0 R>>"))
    assert isinstance(outcome, Refused)
    assert outcome.reason in {"memory", "damaged", "time", "no-text-layer", "no-ocr", "too-large"}
    if worker.is_fresh:  # what it grew to is known while it lives
        status = Path(f"/proc/{worker._process.pid}/status").read_text()
        peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        assert int(peak) * 1024 < 250_000_000


def test_a_zip_bomb_and_a_deep_nest_are_refused_by_a_worker_that_lives_on(
    worker: Worker, tmp_path: Path
) -> None:
    bomb = docx(paragraph("x" * 60_000_000))
    nest = docx("<w:sdt><w:sdtContent>" * 30_000 + paragraph("مادة 1"))
    for name, data in (("bomb.docx", bomb), ("nest.docx", nest)):
        outcome = worker.do(job(tmp_path / name, data))
        assert isinstance(outcome, Refused), name
    assert isinstance(worker.do(job(tmp_path / "law.txt")), Prepared)


def test_a_killed_worker_costs_its_file_and_no_other(tmp_path: Path) -> None:
    with Workshop(REGISTER, workers=1) as workshop:
        warm = workshop.submit(job(tmp_path / "warm.txt")).result()
        assert isinstance(warm, Prepared)
        [worker] = workshop._all
        threading.Timer(0.05, worker.kill).start()
        killed = workshop.submit(job(tmp_path / "long.txt", long_law(20_000))).result()
        assert isinstance(killed, Refused)
        assert killed.reason == "crashed"
        assert isinstance(workshop.submit(job(tmp_path / "law.txt")).result(), Prepared)


def test_only_values_of_our_own_are_taken_from_a_worker() -> None:
    names = FileNames("p", "n")
    refused = Refused(names, "damaged", "It is damaged.")
    assert _read_outcome(pickle.dumps(refused)) == refused
    lies = (os.system, subprocess.Popen, Language, ("a", "tuple"), Authority.OFFICIAL, Path("/x"))
    for lie in lies:
        with pytest.raises(_TooMuch):
            _read_outcome(pickle.dumps(lie))
    with pytest.raises(_TooMuch):
        _read_outcome(b"no pickle")


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    """Nothing is left behind by a parent that could not clean up."""
    program = (
        "import sys, time\nfrom pathlib import Path\n"
        "from tests.failure.test_isolated_reading import REGISTER, job\n"
        "from ingest.isolation import Worker, WorkLimits\n"
        "worker = Worker(REGISTER, WorkLimits())\n"
        f"worker.do(job(Path({str(tmp_path / 'law.txt')!r})))\n"
        "print(worker._process.pid, flush=True)\ntime.sleep(60)\n"
    )
    import sys

    parent = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        if " Z " in Path(f"/proc/{worker}/stat").read_text():
            break  # ended; its new parent has only not asked yet
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{worker}").exists()
