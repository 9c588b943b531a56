"""Keep what was read of the whole collection until a file is added, replaced or withdrawn.

Knows stamps and values; nothing of SQL.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Value = TypeVar("Value")

KEPT = 64  # values; laws are the most of them


class Remembering:
    """Values by a key of theirs, read again when the collection's stamp has changed."""

    def __init__(self, stamp: Callable[[], str | None]) -> None:
        """`stamp` tells one state of the collection from another; None: it may be changing."""
        self._stamp = stamp
        self._lock = threading.Lock()
        self._known: str | None = None
        self._values: dict[Hashable, object] = {}

    def of(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """Return what `read` returned at this state of the collection, reading it where need be."""
        stamp = self._stamp()
        if stamp is None:
            return read()
        with self._lock:
            if stamp != self._known:
                self._known, self._values = stamp, {}
            if key in self._values:
                return cast(Value, self._values[key])
        value = read()
        with self._lock:
            if stamp == self._known and len(self._values) < KEPT:
                self._values[key] = value
        return value
