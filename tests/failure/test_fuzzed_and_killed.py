"""A small slice, always the same, of what tests/bench/fuzz.py and kills.py run at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.fuzz import fuzz
from tests.bench.kills import kill_often

pytestmark = pytest.mark.slow


def test_mutated_files_break_nothing_but_themselves(tmp_path: Path) -> None:
    kept = tmp_path / "batches"
    tally = fuzz(count=60, seed=7, batch=60, kept=kept)
    assert tally.files >= 50, "sidecars mutated beside them are no files of their own"
    assert tally.failures == []
    assert len(tally.ended) >= 4, "some are taken, others refused for several reasons"
    assert fuzz(count=60, seed=7, batch=60, kept=kept) == tally, "a run that goes on counts them in"
    assert len(kept.read_text("utf-8").splitlines()) == 1, "and runs none of them again"


def test_a_killed_folder_is_brought_to_its_end(tmp_path: Path) -> None:
    tally = kill_often(times=3, files=30, seed=7, folder=tmp_path)
    assert tally.kills == 3
    assert tally.rounds >= 1
    assert tally.faults == []
