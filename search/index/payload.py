"""What every adapter stores with a point, and the tests a filter makes of it.

Written and asked here side by side, so that the adapters cannot differ. Dates are whole numbers
(20130317), so that "as at" is two ranges: from <= day and day < to.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from enum import StrEnum
from typing import Any, NamedTuple

from search.index.port import IndexFilter, Manifest, Point, Scored, ranked
from search.model import Access

DENSE = "dense"
SPARSE = "terms"
KEYWORD_FIELDS = ("role", "kind", "work", "group", "language", "authority", "access")
DATE_FIELDS = ("from", "to")
SHOWN_FIELDS = ("passage", "group")
CONTENT_FIELDS = ("passage", "hash")

_ALWAYS = 0  # in force since before the calendar of our texts begins
_NEVER = 99_999_999  # no end known
_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (float, int)}


class Op(StrEnum):
    EQUALS = "equals"
    ANY_OF = "any of"
    AT_MOST = "at most"
    ABOVE = "above"


class Condition(NamedTuple):
    """One test of one payload field; a point must pass all of them."""

    field: str
    op: Op
    value: str | int | list[str]


def payload(point: Point) -> dict[str, str | int]:
    """Return what is stored with a point beside its vectors."""
    stored: dict[str, str | int] = {
        "passage": point.passage,
        "hash": point.content_hash,
        "group": point.group,
        "work": point.work,
        "role": str(point.role),
        "kind": str(point.kind),
        "language": str(point.language),
        "authority": str(point.authority),
        "from": _day(point.valid_from, _ALWAYS),
        "to": _day(point.valid_to, _NEVER),
    }
    if point.access is not Access.OPEN:
        stored["access"] = str(point.access)
    return stored


def conditions(where: IndexFilter) -> list[Condition]:
    """Return the tests a filter makes; none if it does not limit."""
    limits = {
        "role": where.role,
        "kind": where.kind,
        "work": where.work,
        "language": where.language,
        "authority": where.authority,
    }
    tests = [Condition(name, Op.EQUALS, str(value)) for name, value in limits.items() if value]
    if where.groups:
        tests.append(Condition("group", Op.ANY_OF, list(where.groups)))
    if where.as_at:
        day = _day(where.as_at, _ALWAYS)
        tests += [Condition("from", Op.AT_MOST, day), Condition("to", Op.ABOVE, day)]
    return tests


def exclusions(where: IndexFilter) -> list[str]:
    """Return the values of `access` that no point may have; open points have none."""
    return [str(access) for access in where.hidden]


def best(ask: Callable[[int], list[tuple[str, str, float]]], limit: int, size: int) -> list[Scored]:
    """Return the `limit` best hits of `ask(n)`, which gives the n best in the engine's order.

    Engines cut a run of equal scores wherever they like. So more is asked for until the run at
    the limit is complete; only then does the passage id decide, and every adapter ranks alike.
    """
    if limit < 1 or size < 1:
        return []
    asked = min(limit + 8, size)
    while True:
        hits = ask(asked)
        complete = len(hits) < asked or asked == size or hits[-1][2] < hits[limit - 1][2]
        if complete:
            return ranked(hits, limit)
        asked = min(asked * 4, size)


def manifest_to_json(manifest: Manifest) -> dict[str, str | int | float]:
    """Return the manifest as plain values."""
    return asdict(manifest)


def manifest_from_json(value: object) -> Manifest:
    """Read a manifest back; raise ValueError naming what is wrong."""
    if not isinstance(value, Mapping):
        raise ValueError("it is not a table of names and values")
    found: dict[str, Any] = {
        field.name: value.get(field.name, None if field.default is MISSING else field.default)
        for field in fields(Manifest)
    }
    for field in fields(Manifest):
        item = found[field.name]
        if not isinstance(item, _TYPES[str(field.type)]) or isinstance(item, bool):
            raise ValueError(f"{field.name} is {json.dumps(item, default=str)[:60]}")
    return Manifest(**found)


def _day(date: dt.date | None, missing: int) -> int:
    return date.year * 10_000 + date.month * 100 + date.day if date else missing
