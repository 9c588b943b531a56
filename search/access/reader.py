"""The reader for whom something is done: set once at the door, asked wherever it matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from search.access.matrix import RESTRICTED, UNREVIEWED, matrix
from search.errors import NotPermitted
from search.model import Access

LOCAL = "local"  # who holds the files and has no account: the owner of what is kept


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, a program with a token, or who holds the files of the installation."""

    id: str  # the owner of what is kept
    name: str  # as the audit trail names them
    roles: tuple[str, ...]
    permissions: frozenset[str]
    session: str = ""  # the id of the session, where there is one
    must_change: bool = False  # the password was set by another person

    @property
    def clearance(self) -> frozenset[Access]:
        """Return what may be seen of the collection."""
        seen = {Access.OPEN}
        seen |= {Access.RESTRICTED} if RESTRICTED in self.permissions else set()
        seen |= {Access.UNREVIEWED} if UNREVIEWED in self.permissions else set()
        return frozenset(seen)

    def may(self, permission: str) -> bool:
        """Tell whether the reader has a permission."""
        return permission in self.permissions


# Whoever runs a command holds the files themselves; on a server without accounts it is they who
# reach it. A server with accounts sets another reader before anything is done.
OPERATOR = Reader(LOCAL, LOCAL, (), matrix().all)

_acting: ContextVar[Reader] = ContextVar("acting", default=OPERATOR)


def current_reader() -> Reader:
    """Return the reader for whom the present work is done."""
    return _acting.get()


@contextmanager
def acting_as(reader: Reader) -> Iterator[None]:
    """Do what is inside for a reader."""
    token = _acting.set(reader)
    try:
        yield
    finally:
        _acting.reset(token)


def owner() -> str:
    """Return the owner of what the present reader keeps; raise NotPermitted."""
    return require("work").id


def require(permission: str) -> Reader:
    """Return the present reader; raise NotPermitted where they lack the permission."""
    reader = current_reader()
    if not reader.may(permission):
        raise NotPermitted(
            f"Your role does not include this ({permission}). Ask the administrator for it.",
            permission=permission,
        )
    return reader
