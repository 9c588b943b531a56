"""Several processes that answer at one address: one for each processor core that is to work.

Each opens the stores for itself; the embedded index through a view of its own (search/index/edge),
a Qdrant server as one client of many. What is kept for readers lies in files that take turns. A
process that dies is replaced; one that cannot start ends them all.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import httpx
import uvicorn
from prometheus_client.multiprocess import mark_process_dead
from starlette.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from search.errors import BadRequest, TamyeezError
from web.operation.layer import READY
from web.operation.metrics import FOLDER_VARIABLE

if TYPE_CHECKING:
    from web.serving import Site

_log = logging.getLogger("tamyeez.workers")

MOST = 32
BACKLOG = 128  # connections that wait to be accepted
# A worker takes one at a time: else the first to wake takes all of a browser's, or of a busy
# moment's, and the others have nothing to do.
_ACCEPTED_AT_ONCE = 1
# A worker that opens a large index holds the interpreter lock; it is not dead.
SILENT_S = 60
_ASK_EVERY_S = 0.1
_LOOK_EVERY_S = 0.5


def serve_by(
    configure: Callable[..., uvicorn.Config],
    site: Site,
    workers: int,
    sock: socket.socket,
    address: tuple[str, str],
) -> None:
    """Serve by so many processes until told to stop; `address`: URL, and the line when ready."""
    folder = tempfile.mkdtemp(prefix="tamyeez-metrics-")
    os.environ[FOLDER_VARIABLE] = folder
    try:
        config = configure(
            partial(open_site, site),
            factory=True,
            workers=workers,
            backlog=_ACCEPTED_AT_ONCE,
            timeout_worker_healthcheck=SILENT_S,
        )
        threading.Thread(target=_say_when_ready, args=address, daemon=True).start()
        supervisor = _Workers(config, [sock])
        supervisor.run()
        if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
            raise BadRequest("The server's processes cannot start; the reason stands above.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def open_site(site: Site) -> ASGIApp:
    """Return the application of one worker; one that cannot open its stores ends for good."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        return site.open()
    except TamyeezError as exc:
        print(f"tamyeez: {exc}", file=sys.stderr, flush=True)
    except Exception:  # noqa: BLE001 - whatever it is, it ends here, in the log
        _log.exception("a worker cannot start")
    # The next one would fail as this one did.
    sys.exit(STARTUP_FAILURE)


class _Workers(Multiprocess):
    """Forgets what a dead worker had in hand, and keeps the queue of connections long."""

    def keep_subprocess_alive(self) -> None:
        for sock in self.sockets:  # a worker that began made it as short as what it takes at once
            sock.listen(BACKLOG)
        for process in self.processes:
            # Theirs; while it is open here too, one that dies when asked is waited for SILENT_S.
            process.child_conn.close()
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for pid in before - {process.pid for process in self.processes}:
            _log.warning("a worker ended and was replaced: process %s", pid)
            mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _end_with(parent: int) -> None:
    """Stop this worker when the process that started it is gone: it would keep the address."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)


def _say_when_ready(url: str, line: str) -> None:
    while True:
        try:
            if httpx.get(url + READY, trust_env=False, timeout=SILENT_S).status_code < 300:
                print(line, flush=True)
                return
        except httpx.HTTPError:
            pass
        time.sleep(_ASK_EVERY_S)
