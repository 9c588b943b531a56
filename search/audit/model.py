"""An event, the chain it stands in, and the two sealed places that say how long the chain is.

Each event carries the seal of the one before, and a seal of its own: HMAC-SHA-256 over both, by a
key of the installation. So an event can be neither changed, moved, taken out nor slipped in by
anybody who has not the key. The *anchor*, in a file of its own, names the newest event: without it
a chain that was cut short would look whole. The *checkpoint* names the last event that was let go
when its time was over.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum

BEGINNING = "0" * 64  # stands where the first event names the one before


class Kind(StrEnum):
    """What was done."""

    SEARCH = "search"
    RESTRICTED = "restricted"  # a restricted part or a page waiting for review was opened
    IDENTITY = "identity"  # names behind placeholders, or an original, were shown
    EXPORT = "export"
    INGEST = "ingest"
    WITHDRAW = "withdraw"
    REVIEW = "review"  # a decision on a page
    BACKUP = "backup"
    RESTORE = "restore"
    ADMINISTRATION = "administration"
    SIGN_IN = "sign-in"  # and signing out, and what is refused of it
    RETENTION = "retention"  # events before were let go


class Queries(StrEnum):
    """What is kept of the words of a search."""

    TEXT = "text"
    DIGEST = "digest"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `objects` are ids; `detail` is the query, or its keyed digest, or empty."""

    number: int  # from 1, without gaps
    at: str  # ISO 8601, UTC, milliseconds
    actor: str
    kind: str
    objects: tuple[str, ...]
    outcome: str  # "done", or the code of the refusal
    detail: str
    before: str  # the seal of the event before
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the chain, sealed: the anchor, or the checkpoint."""

    number: int
    seal_of_event: str
    seal: str


def seal_of(key: bytes, event: Event) -> str:
    """Return the seal an event must carry."""
    values = [event.number, event.at, event.actor, event.kind, list(event.objects), event.outcome]
    said = json.dumps([*values, event.detail, event.before], separators=(",", ":"))
    return _hmac(key, f"event\n{said}")


def mark(key: bytes, purpose: str, number: int, seal_of_event: str) -> Mark:
    """Seal a place in the chain; `purpose` keeps an anchor from being passed off for another."""
    return Mark(number, seal_of_event, _hmac(key, f"{purpose}\n{number}\n{seal_of_event}"))


def is_genuine(key: bytes, purpose: str, held: Mark) -> bool:
    """Tell whether a place was sealed with this key for this purpose."""
    wanted = mark(key, purpose, held.number, held.seal_of_event)
    return hmac.compare_digest(wanted.seal, held.seal)


def digest_of(key: bytes, text: str) -> str:
    """Return what stands for a text: the same for the same, and no guess can be tried without
    the key."""
    return "digest:" + _hmac(key, f"text\n{text}")[:32]


def _hmac(key: bytes, said: str) -> str:
    return hmac.new(key, said.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
