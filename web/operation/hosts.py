"""The names this server answers to.

A page of another site can have its own name resolve to this machine (DNS rebinding) and then read
the answers as if they were its own; the Host header still gives that name.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_WITH_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")


def names_for(bound: str, given: Iterable[str]) -> frozenset[str]:
    """Return the names of a server: loopback's, the address it is bound to, and those given."""
    return LOOPBACK | {_plain(name) for name in (bound, *given) if name}


def name_in(host: str) -> str | None:
    """Return the name a Host header gives, without its port; None if it gives none."""
    found = _WITH_PORT.fullmatch(host)
    return _plain(found[1]) if found else None


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _plain(name: str) -> str:
    """Return one spelling of a name: names know no case and may end in a dot."""
    return name.strip("[]").rstrip(".").lower()
