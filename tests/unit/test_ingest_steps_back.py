"""An ingest leaves the processors to a server; what its user chose stays."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support import ROOT

ASK = (
    "from web.cli import _step_back; _step_back(); _step_back(); "
    "print(os.getpriority(os.PRIO_PROCESS, 0))"
)


@pytest.mark.parametrize("chosen", [0, 5])
def test_the_process_of_an_ingest_is_nice(chosen: int) -> None:
    already = os.getpriority(os.PRIO_PROCESS, 0) + chosen
    asked = [sys.executable, "-c", f"import os; os.nice({chosen}); {ASK}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) == (already or 10)
