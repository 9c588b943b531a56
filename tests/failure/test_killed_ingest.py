"""Kill an ingest at random moments: whatever was stored stays, both stores can be brought to agree.

The files are laws of our own invention; the moments are drawn from a printed seed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import ROOT, environment, tamyeez

LAWS = 6
ARTICLES = 8
KILLS = 4  # tests/bench/kills.py kills by the hundred
SEED = 20131

pytestmark = pytest.mark.slow


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    """A folder of invented laws, each with a sidecar naming it."""
    folder = tmp_path / "laws"
    folder.mkdir()
    for number in range(1, LAWS + 1):
        articles = [
            f"مادة {n}\nعلى الجهة المختصة رقم {number * 100 + n} أن تحفظ السجل في موعده المحدد.\n"
            for n in range(1, ARTICLES + 1)
        ]
        path = folder / f"law-{number:02}.txt"
        path.write_text("\n".join(articles), "utf-8")
        path.with_name(path.name + ".yaml").write_text(
            f"instrument: xx-law-2001-{number}\nkind: statute\nlanguage: ar\n"
            "authority: official\n"
            f"title: {{ar: قانون للاختبار رقم {number}, en: Test law {number}}}\n",
            "utf-8",
        )
    return folder


def test_a_killed_ingest_leaves_whole_files_and_a_rerun_completes_it(
    laws: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    rng = random.Random(SEED)
    started = time.perf_counter()
    whole = tamyeez(tmp_path / "reference", "ingest", str(laws), "--json")
    assert whole.returncode == 0, whole.stderr
    duration = time.perf_counter() - started
    for kill in range(KILLS):
        moment = rng.uniform(0.1, 1.0) * duration
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "ingest", str(laws)],
            env=environment(home),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        status = _status(home)
        held = status["provisions"]
        assert held % ARTICLES == 0, f"half a file after kill {kill} at {moment:.2f} s"
        assert status["agree"] or status["problems"], "a disagreement must be said"
    report = tamyeez(home, "ingest", str(laws), "--json")
    assert report.returncode == 0, report.stderr
    status = _status(home)
    assert status["agree"], status["problems"]
    assert status["provisions"] == LAWS * ARTICLES
    assert status["fingerprint"] == _status(tmp_path / "reference")["fingerprint"]


def _status(home: Path) -> dict[str, object]:
    answer = tamyeez(home, "status", "--json")
    assert answer.stdout, answer.stderr
    value: dict[str, object] = json.loads(answer.stdout)
    return value
