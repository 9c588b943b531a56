"""Run the command as a user would, in an environment of the test's own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment whose only Tamyeez settings are these."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TAMYEEZ_")}
    return {
        **clean,
        "TAMYEEZ_HOME": str(home),
        "TAMYEEZ_CORPUS": str(ROOT / "corpus"),
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
