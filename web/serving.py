"""Start the web app: make sure the index is current, bind, say so in one line, serve."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from types import FrameType
from typing import Any

import anyio.to_thread
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.accounts import Accounts, TimeOuts
from search.accounts.operator import operator_secret
from search.accounts.single_sign_on import SingleSignOn
from search.accounts.store import AccountStore
from search.audit import Kind
from search.cabinet import open_cabinet
from search.casebook import NameFinder
from search.clearance import for_readers
from search.errors import BadRequest, BadSetting
from search.indexing import build_index, is_behind
from search.opening import Parts, open_parts, service_of
from search.settings import Settings
from web.app import create_app
from web.gate import Door
from web.library import Library
from web.operation import logs
from web.operation.hosts import is_loopback, names_for
from web.operation.layer import Operation, OperationLayer
from web.operation.memory import Tidying, spare_collecting
from web.operation.metrics import Metrics
from web.operation.state import held_by, problem_of
from web.progress import progress_bar
from web.remote import announced
from web.review import Desk
from web.workers import BACKLOG, MOST, serve_by

KEEP_ALIVE_S = 5
SHUTDOWN_S = 10
# Python runs one at a time: with many more, all take turns and every answer is late.
THREADS = 16


class _Server(uvicorn.Server):
    """Says that it is ready when it is."""

    ready = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(self.ready, flush=True)


@dataclass(frozen=True, slots=True)
class Site:
    """What a process needs to know to serve; can be sent to a worker.

    `open_desk` opens the review queue, `find_names` gives what finds persons' names in what
    trainers write, `open_library` opens what librarians do: all are the command's to know.
    """

    settings: Settings
    host: str
    open_desk: Callable[[Settings], Desk]
    find_names: Callable[[], NameFinder]
    open_library: Callable[[Settings], Library]
    shared: bool = False  # other processes serve from the same index

    def open(self) -> ASGIApp:
        """Open the stores, load the model, and return the application over them."""
        logs.set_up(self.settings.log)
        parts = open_parts(self.settings, threads=1, shared=self.shared)
        whole = service_of(parts)
        whole.warm_up()
        spare_collecting()
        door = open_door(self.settings)
        service = for_readers(whole) if door else whole
        cabinet = open_cabinet(self.settings.home, service)
        desk, library = self.open_desk(self.settings), self.open_library(self.settings)
        metrics = Metrics(lambda: held_by(parts))
        whole.on_search = metrics.count_search
        operation = Operation(
            names_for(self.host, self.settings.hosts),
            metrics,
            self.settings.metrics,
            lambda: problem_of(parts),
        )
        app = create_app(
            service,
            version("tamyeez"),
            desk,
            cabinet,
            self.find_names(),
            parts.trail,
            door,
            library,
            self.settings.rate,
        )
        closing = (
            Tidying().close,
            library.close,
            cabinet.close,
            service.close,
            *([door.accounts.close] if door else []),
        )
        return Lifespan(OperationLayer(app, operation), closing)


class Lifespan:
    """ASGI layer that limits the threads of a process, and closes its stores at the end."""

    def __init__(self, app: ASGIApp, closing: tuple[Callable[[], None], ...]) -> None:
        self._app = app
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; at the end of the process close what was opened."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS

        async def closing_send(message: Message) -> None:
            if message["type"] == "lifespan.shutdown.complete":
                for close in self._closing:
                    await run_in_threadpool(close)
            await send(message)

        await self._app(scope, receive, closing_send)


def serve(site: Site, port: int, workers: int = 1) -> None:
    """Serve until interrupted. Raises BadRequest when the address cannot be used."""
    if not 1 <= workers <= MOST:
        raise BadRequest(f"--workers is a number from 1 to {MOST}, not {workers}. Set one.")
    _refuse_open_doors(site)
    logs.set_up(site.settings.log)
    signal.signal(signal.SIGTERM, _stop)
    sock = _bind(site.host, port)
    try:
        _prepare(site.settings)
        url = _url(site.host, sock.getsockname()[1])
        ready = f"Tamyeez is ready: {url}/  (Ctrl+C stops it)"
        with announced(site.settings.home, url):
            if workers == 1:
                server = _Server(configuration(site.open()))
                server.ready = ready
                server.run(sockets=[sock])
            else:
                serve_by(configuration, site, workers, sock, (url, ready))
    finally:
        sock.close()


def open_door(settings: Settings) -> Door | None:
    """Return how readers come in; None where everything is open to who is at this machine."""
    asked = settings.sign_in
    if not asked.accounts:
        return None
    time_outs = TimeOuts(asked.idle_minutes * 60.0, asked.session_hours * 3600.0)
    accounts = Accounts(AccountStore(settings.home), time_outs)
    secret = operator_secret(settings.home)
    provider = SingleSignOn(asked.provider, secret) if asked.provider else None
    return Door(accounts, secret, asked.behind_tls, provider)


def _refuse_open_doors(site: Site) -> None:
    """Raise BadSetting where others could reach what is open, or overhear a password."""
    asked = site.settings.sign_in
    if is_loopback(site.host) or (asked.accounts and asked.behind_tls):
        return
    if not asked.accounts:
        raise BadSetting(
            f"{site.host} can be reached from other machines, and nobody would have to sign in. "
            "Set TAMYEEZ_ACCOUNTS=on and add a user (`tamyeez user add NAME --role "
            "administrator`), or serve on 127.0.0.1."
        )
    raise BadSetting(
        f"{site.host} can be reached from other machines, and passwords would travel in the "
        "clear. Put a proxy that speaks TLS in front and set TAMYEEZ_TLS=proxy."
    )


def configuration(app: Any, **more: Any) -> uvicorn.Config:
    """Return how every process of ours serves."""
    return uvicorn.Config(
        app,
        log_config=None,  # see web/operation/logs.py
        access_log=False,  # queries may hold the facts of a case
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_S,
        server_header=False,
        proxy_headers=False,  # what a proxy says is read where it counts: web/gate.py
        **more,
    )


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End in order, and as done: what is open is closed on the way out."""
    sys.exit(0)


def _prepare(settings: Settings) -> None:
    """Do once, before any process serves, what is not for each of them."""
    parts = open_parts(settings)
    try:
        _catch_up(parts)
        if settings.audit_days:
            parts.trail.let_go(settings.audit_days)
        parts.trail.add(Kind.ADMINISTRATION, ("serve",))
    finally:
        parts.trail.close()
        parts.catalogue.close()


def _catch_up(parts: Parts) -> None:
    """Finish what a killed ingest left undone: index what the catalogue holds already."""
    embedder = parts.load_embedder()
    if is_behind(parts.catalogue, parts.store, embedder.identity):
        print("The index is behind the catalogue; bringing it up to date …", flush=True)
        with progress_bar(sys.stderr) as progress:
            build_index(parts.catalogue, parts.store, embedder, progress)


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, else asyncio leaves Nagle's algorithm on: 40 ms an answer on a kept connection.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except (OSError, OverflowError) as exc:
        sock.close()
        raise BadRequest(
            f"Cannot listen on {host} port {port}: {getattr(exc, 'strerror', None) or exc}. "
            "Choose another with --port."
        ) from exc
    sock.listen(BACKLOG)
    return sock


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"
