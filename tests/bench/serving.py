"""A server of a home folder as a process group of its own: started, measured, stopped, killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT

READY = re.compile(r"http://127\.0\.0\.1:([0-9]+)")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on `port`, with all its processes."""

    process: subprocess.Popen[str]
    port: int

    def memory_mb(self) -> float:
        """Return the resident memory of all its processes; what they share counts once."""
        return sum(_proportional_kb(pid) for pid in self._pids()) / 1024

    def cpu_s(self) -> float:
        """Return the processor seconds all its processes have used."""
        return sum(_cpu_s(pid) for pid in self._pids())

    def stop(self) -> None:
        """Stop it in order."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=60)

    def kill(self) -> None:
        """Kill it and its workers without a chance to end anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=60)

    def _pids(self) -> list[int]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:  # its process group
                found.append(int(folder.name))
        return found


def command_environment(home: Path) -> dict[str, str]:
    """Return the environment of a command on a home folder and the bundled collection."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TAMYEEZ_")}
    return {**clean, "TAMYEEZ_HOME": str(home), "TAMYEEZ_CORPUS": str(ROOT / "corpus")}


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command on a home folder."""
    return subprocess.run(
        [sys.executable, "-m", "web.cli", *arguments],
        env=command_environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def start(home: Path, workers: int, port: int = 0) -> Server:
    """Serve a home folder and wait until it answers."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "web.cli", "serve"),
            *("--port", str(port), "--workers", str(workers)),
        ],
        env=command_environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        found = READY.search(line)
        if found:
            return Server(process, int(found[1]))
    raise RuntimeError(f"the server ended before it was ready, with {process.wait()}")


def _proportional_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS
