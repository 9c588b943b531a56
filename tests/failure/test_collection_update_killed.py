"""Kill an update of the collection at random moments: the former edition or the new one, whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ingest.editions import Shelf, export_edition
from search.catalogue import open_catalogue
from search.record import Signer
from search.settings import load_settings
from tests.edition_corpus import write_corpus
from tests.support import ROOT, environment, tamyeez

LAWS = 5
KILLS = 4
SEED = 91

pytestmark = pytest.mark.slow


def test_a_killed_update_leaves_one_edition_or_the_other(tmp_path: Path) -> None:
    changed = {f"xx-law-2001-{law}/art-1": f"Another rule {law}." for law in range(1, LAWS + 1)}
    first = write_corpus(tmp_path / "first", 1, LAWS)
    second = write_corpus(tmp_path / "second", 2, LAWS, words=changed)
    file = tmp_path / "2.edition"
    export_edition(second, file, Signer(tmp_path / "publisher"))
    env = {"TAMYEEZ_CORPUS": str(first)}
    home = tmp_path / "home"
    built = tamyeez(home, "ingest", "--quiet", env=env)
    assert built.returncode == 0, built.stderr
    duration = _time_an_update(home, tmp_path / "whole", file, env)
    rng = random.Random(SEED)
    for kill in range(KILLS):
        mine = tmp_path / f"home-{kill}"
        shutil.copytree(home, mine)
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "collection", "update", str(file)],
            env={**environment(mine), **env},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # In the first part Python is starting; what could be torn comes after.
        moment = rng.uniform(0.3, 1.0) * duration
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        edition, articles = _held(mine, first)
        assert articles == (LAWS if edition == 2 else 0), f"torn at {moment:.2f} s"
    again = tamyeez(mine, "collection", "update", str(file), env=env)
    assert again.returncode == 0, again.stderr
    assert _held(mine, first) == (2, LAWS)
    status = json.loads(tamyeez(mine, "status", "--json", env=env).stdout)
    assert status["agree"], status["problems"]
    assert not list((mine / "editions").glob(".*")), "leftovers stay"


def _time_an_update(home: Path, copy: Path, file: Path, env: dict[str, str]) -> float:
    shutil.copytree(home, copy)
    started = time.perf_counter()
    done = tamyeez(copy, "collection", "update", str(file), env=env)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - started


def _held(home: Path, corpus: Path) -> tuple[int, int]:
    """Return the edition in use, and how many laws have a history that says they were changed."""
    settings = load_settings({"TAMYEEZ_HOME": str(home), "TAMYEEZ_CORPUS": str(corpus)})
    with closing(open_catalogue(settings.database_url)) as catalogue:
        current = Shelf(settings, catalogue.edition()).current()
        laws = (f"xx-law-2001-{law}" for law in range(1, LAWS + 1))
        changed = sum(bool(catalogue.versions_of(law)) for law in laws)
    assert current is not None
    return current.number, changed
