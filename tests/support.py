"""Run the command as a user would, in an environment of the test's own."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


# What the service and failure tests hold: enough to search, little enough to build in a second.
INSTRUMENTS = ("kw-law-2013-91", "un-protocol-2000-trafficking", "kw-decree-law-2024-114")
MATTERS = 12


@cache
def small_corpus() -> Path:
    """A folder that holds a part of the bundled collection, by links; removed at exit."""
    folder = Path(tempfile.mkdtemp(prefix="tamyeez-corpus-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    corpus = ROOT / "corpus"
    for name in (
        "register.yaml",
        "concepts.yaml",
        "concepts",
        "offences",
        "coverage",
        "vectors.npz",
    ):
        if (corpus / name).exists():
            (folder / name).symlink_to(corpus / name)
    (folder / "instruments").mkdir()
    (folder / "matters").mkdir()
    for name in INSTRUMENTS:
        (folder / "instruments" / name).symlink_to(corpus / "instruments" / name)
    matters = sorted((corpus / "matters").glob("kw-*.yaml"))
    training = [path for path in matters if path.stem.startswith("kw-training-0001")]
    for path in [*matters[:MATTERS], *training]:
        (folder / "matters" / path.name).symlink_to(path)
    return folder


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment whose only Tamyeez settings are these."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TAMYEEZ_")}
    return {
        **clean,
        "TAMYEEZ_HOME": str(home),
        "TAMYEEZ_CORPUS": str(small_corpus()),
        **more,
    }


def tamyeez(
    home: Path, *arguments: str, env: Mapping[str, str] | None = None, timeout_s: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, with its own home folder."""
    return subprocess.run(
        [sys.executable, "-m", "web.cli", *arguments],
        env={**environment(home), **(env or {})},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


@contextmanager
def serving(home: Path, **env: str) -> Iterator[str]:
    """Serve a home folder on a free port while the test runs; gives the URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--port", "0"],
        env={**environment(home), **env},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield _ready_url(process)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _ready_url(process: subprocess.Popen[str]) -> str:
    """Read the server's lines until the one that says it is ready; its deadline is the suite's."""
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        found = re.search(r"http://[0-9.]+:[0-9]+", line)
        if found:
            return found.group()
    _, errors = process.communicate(timeout=30)
    raise AssertionError(f"the server ended before it was ready: {''.join(said)}{errors}")
