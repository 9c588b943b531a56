"""Read `matrix.yaml`: which permission opens an address or a command, and which a role has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from search.errors import BadAccount
from search.model import Bilingual

ANYBODY = "anybody"  # the permission that needs no signing in
RESTRICTED, UNREVIEWED = "restricted", "unreviewed"
_PARTS = {"{lang}": "(?:ar|en)", "*": "[^/]+", "**": ".+"}


@dataclass(frozen=True, slots=True)
class Permission:
    """One kind of act, and the doors it opens."""

    id: str
    name: Bilingual
    addresses: tuple[str, ...]  # as written: METHOD PATH
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A profession or office, and what it may do."""

    id: str
    name: Bilingual
    may: frozenset[str]


class Matrix:
    """The whole of it. Raises nothing: a fault in the file is found by its test."""

    def __init__(self, permissions: Iterable[Permission], roles: Iterable[Role]) -> None:
        """Compile the addresses."""
        self.permissions: Mapping[str, Permission] = {of.id: of for of in permissions}
        self.roles: Mapping[str, Role] = {of.id: of for of in roles}
        self._addresses = [
            (re.compile(_pattern(address)), of.id)
            for of in self.permissions.values()
            for address in of.addresses
        ]
        self._commands = {
            command: of.id for of in self.permissions.values() for command in of.commands
        }

    @property
    def all(self) -> frozenset[str]:
        """Every permission there is."""
        return frozenset(self.permissions)

    def for_address(self, method: str, path: str) -> str | None:
        """Return the permission that opens an address; None: no line names it."""
        asked = f"{'GET' if method == 'HEAD' else method} {path}"
        return next((of for pattern, of in self._addresses if pattern.fullmatch(asked)), None)

    def for_command(self, command: str) -> str | None:
        """Return the permission that a command needs; None: no line names it."""
        return self._commands.get(command)

    def of_roles(self, roles: Iterable[str]) -> frozenset[str]:
        """Return what the roles may do together; unknown ones may nothing."""
        known = (self.roles[role].may for role in roles if role in self.roles)
        return frozenset({ANYBODY}).union(*known)

    def checked_roles(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Return roles in the order of the file; raise BadAccount for one there is not."""
        wanted = set(roles)
        unknown = sorted(wanted - self.roles.keys())
        if unknown or not wanted:
            raise BadAccount(
                f"{unknown[0]!r} is no role. The roles are {', '.join(self.roles)}."
                if unknown
                else f"A role is needed: {', '.join(self.roles)}."
            )
        return tuple(role for role in self.roles if role in wanted)


@cache
def matrix() -> Matrix:
    """Return the matrix that ships with this version."""
    text = resources.files("search.access").joinpath("matrix.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
    return Matrix(
        (
            Permission(id_, Bilingual(**of["name"]), tuple(of["addresses"]), tuple(of["commands"]))
            for id_, of in held["permissions"].items()
        ),
        (
            Role(id_, Bilingual(**of["name"]), frozenset(of["may"]))
            for id_, of in held["roles"].items()
        ),
    )


def _pattern(address: str) -> str:
    method, _, path = address.partition(" ")
    said = "[A-Z]+" if method == "ANY" else method
    parts = re.split(r"(\{lang\}|\*\*|\*)", path)
    return f"{said} " + "".join(_PARTS.get(part) or re.escape(part) for part in parts)
