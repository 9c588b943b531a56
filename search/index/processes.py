"""Which process this is, and whether another still runs: for locks that name their holder."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TypedDict


class Process(TypedDict):
    """One process of one machine; `what` is its command without its arguments."""

    host: str
    pid: int
    what: str


def this_process() -> Process:
    what = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:80]
    return Process(host=socket.gethostname(), pid=os.getpid(), what=what)


def parse_process(value: object) -> Process | None:
    """Read a process back from plain values; None if they describe none."""
    match value:
        case {"host": str(host), "pid": int(pid), "what": str(what)} if pid > 0:
            return Process(host=host, pid=pid, what=what)
    return None


def may_run(process: Process) -> bool:
    """Tell whether a process runs; of one on another machine nothing is known, so yes."""
    if process["host"] != socket.gethostname():
        return True
    try:
        os.kill(process["pid"], 0)
    except PermissionError:  # it runs, under another user
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def named(process: Process | None) -> str:
    """Return " (tamyeez serve, process 4711)" to follow the words "another process"."""
    return f" ({process['what']}, process {process['pid']})" if process else ""
