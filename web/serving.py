"""Start the web app: make sure the index is current, bind, say so in one line, serve."""

from __future__ import annotations

import ipaddress
import socket
import sys
from contextlib import closing
from importlib.metadata import version

import uvicorn

from search.audit import Kind
from search.cabinet import open_cabinet
from search.casebook import NameFinder
from search.errors import BadRequest
from search.indexing import build_index, is_behind
from search.opening import Parts, open_parts, service_of
from search.settings import Settings
from web.app import create_app
from web.progress import progress_bar
from web.remote import announced
from web.review import Desk

BACKLOG = 128
KEEP_ALIVE_S = 5
SHUTDOWN_S = 10


class _Server(uvicorn.Server):
    """Says that it is ready when it is."""

    ready = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(self.ready, flush=True)


def serve(
    settings: Settings,
    host: str,
    port: int,
    desk: Desk | None = None,
    finder: NameFinder | None = None,
) -> None:
    """Serve until interrupted. Raises BadRequest when the address cannot be used.

    `desk`, the review queue, is offered only where no other machine can reach it: its texts may
    hold names of persons. `finder` finds such names in what trainers write.
    """
    sock = _bind(host, port)
    try:
        parts = open_parts(settings, threads=1)
        _catch_up(parts)
        service = service_of(parts, findings=_is_loopback(host))  # others have no accounts
        service.warm_up()
        cabinet = open_cabinet(settings.home, service, with_work=_is_loopback(host))
        url = _url(host, sock.getsockname()[1])
        server = _Server(
            uvicorn.Config(
                create_app(
                    service,
                    version("tamyeez"),
                    desk if _is_loopback(host) else None,
                    cabinet,
                    finder,
                    parts.trail,
                ),
                log_level="warning",
                access_log=False,  # queries may hold the facts of a case
                timeout_keep_alive=KEEP_ALIVE_S,
                timeout_graceful_shutdown=SHUTDOWN_S,
                server_header=False,
            )
        )
        server.ready = f"Tamyeez is ready: {url}/  (Ctrl+C stops it)"
        if not _is_loopback(host):
            print(
                f"Warning: {host} can be reached from other machines, and there are no accounts "
                "yet: whoever reaches it can read everything.",
                file=sys.stderr,
            )
        if settings.audit_days:
            parts.trail.let_go(settings.audit_days)
        parts.trail.add(Kind.ADMINISTRATION, ("serve",))
        with announced(settings.home, url), closing(service), closing(cabinet):
            server.run(sockets=[sock])
    finally:
        sock.close()


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


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
