"""The secret by which this installation's own commands ask its running server.

Whoever can read it can read every other file of the home folder too.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from search.errors import AccountsUnavailable

FILE = "operator.key"


def operator_secret(home: Path, make: bool = True) -> str:
    """Return the secret of a home folder, made when first needed; "" where there is none.

    Raises AccountsUnavailable.
    """
    path = home / FILE
    try:
        if make and not path.exists():
            _create(path)
        if not path.exists():
            return ""
        held = path.read_text("ascii").strip()
    except (OSError, ValueError) as exc:
        raise _unusable(path) from exc
    if not re.fullmatch("[0-9a-f]{64}", held):
        raise _unusable(path)
    return held


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{FILE}-{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(beside, path)  # unlike a rename, it does not take another process's place
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _unusable(path: Path) -> AccountsUnavailable:
    return AccountsUnavailable(
        f"The key {path}, by which commands ask the server, cannot be used. Remove it and start "
        "the server again: a new one is made.",
        name=str(path),
    )
