"""Ask the running server instead of opening the embedded index a second time.

One process owns an open generation of the embedded index. `tamyeez serve` leaves a note in the
home folder saying where it listens; other commands ask it over HTTP and print its answer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from search.errors import StoreBusy, TamyeezError

NOTE = "server.json"
TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class ServerNote:
    """Who serves from a home folder, and where."""

    pid: int
    url: str


class RemoteError(TamyeezError):
    """The running server's own refusal, passed on word for word."""


@contextmanager
def announced(home: Path, url: str) -> Iterator[None]:
    """Leave the note while serving; take it away afterwards if it is still ours."""
    path = home / NOTE
    note = ServerNote(os.getpid(), url)
    path.write_text(json.dumps(asdict(note)), "utf-8")
    try:
        yield
    finally:
        if read_note(home) == note:
            path.unlink(missing_ok=True)


def read_note(home: Path) -> ServerNote | None:
    """Return the note of a server that is still running, else None."""
    try:
        note = ServerNote(**json.loads((home / NOTE).read_text("utf-8")))
        os.kill(note.pid, 0)
    except (OSError, ValueError, TypeError):
        return None
    return note


def find_server(home: Path) -> str | None:
    """Return the URL of the server of this home folder if it answers, else None."""
    note = read_note(home)
    if note is None:
        return None
    try:
        answer = httpx.get(f"{note.url}/api/health", timeout=2.0, trust_env=False)
    except httpx.HTTPError:
        return None
    return note.url if answer.status_code == httpx.codes.OK else None


def ask(
    url: str,
    path: str,
    params: Mapping[str, Any],
    body: Mapping[str, Any] | None = None,
    secret: str = "",
) -> Any:
    """GET one JSON answer, or POST `body` for it; a refusal becomes the error it is here.

    `secret` lets this installation's own commands through a server that asks who is there.
    """
    given = {name: value for name, value in params.items() if value is not None}
    try:
        answer = httpx.request(
            "GET" if body is None else "POST",
            f"{url}{path}",
            params=given,
            json=body,
            headers={"Authorization": f"Bearer {secret}"} if secret else {},
            timeout=TIMEOUT_S,
            trust_env=False,
        )
        said = answer.json()
    except (httpx.HTTPError, ValueError) as exc:
        raise StoreBusy(
            f"The server at {url} holds the index but does not answer. Stop it, or wait."
        ) from exc
    if answer.status_code >= httpx.codes.BAD_REQUEST:
        raise RemoteError(str(said.get("detail", "The server refused the request.")))
    return said
