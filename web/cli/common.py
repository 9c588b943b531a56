"""What the command groups share: exit codes, printing of values, and who answers a question."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from search.access import OPERATOR, Reader, acting_as, matrix, require
from search.errors import NotSignedIn
from search.settings import Settings

if TYPE_CHECKING:
    from pydantic import BaseModel

    from search.service import SearchService

DONE, REFUSED, USAGE, QUARANTINED = 0, 1, 2, 3

Commands = Any  # argparse gives the type of its sub-parsers no public name


def reader_of(settings: Settings, command: str) -> Reader:
    """Return for whom a command is run: whom its token names, else who holds the files.

    Raises NotSignedIn for a token that has ended, NotPermitted for a command it does not allow.
    """
    if not settings.token:
        return OPERATOR
    from search.accounts import Accounts
    from search.accounts.store import AccountStore

    accounts = Accounts(AccountStore(settings.home))
    reader = accounts.reader_of_token(settings.token)
    accounts.close()
    if reader is None:
        raise NotSignedIn("TAMYEEZ_TOKEN is not, or no longer, a token of this installation.")
    permission = matrix().for_command(command)
    with acting_as(reader):
        return require(permission or command)


def ask(
    settings: Settings,
    path: str,
    params: dict[str, Any],
    local: Callable[[SearchService], Any],
    body: dict[str, Any] | None = None,
) -> Any:
    """Answer from the running server of this home folder, else in this process."""
    from search.accounts.operator import operator_secret
    from search.opening import open_service
    from web.remote import ask as ask_server
    from web.remote import find_server

    server = None if settings.qdrant_url else find_server(settings.home)
    if server is not None:
        secret = settings.token or operator_secret(settings.home, make=False)
        return ask_server(server, path, params, body, secret)
    with closing(open_service(settings)) as service:
        return local(service)


def plain(model: type[BaseModel], value: object) -> Any:
    """Print a value as the API does."""
    return model.model_validate(value, from_attributes=True).model_dump(mode="json")


def date(text: str) -> dt.date:
    """Read a day given as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD") from exc


def usage(sentence: str) -> int:
    """Say on standard error how the command is used; return the exit code."""
    print(f"tamyeez: {sentence}", file=sys.stderr)
    return USAGE


def print_json(value: Any) -> None:
    """Print a value as the API would answer it."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
