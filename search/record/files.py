"""Records as files: JSON in UTF-8, within limits, refused with a reason where they are none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from search.errors import BadRecord
from search.record.sheet import FORMAT, VERSION, Sheet
from search.record.signing import Record, Signature, canonical

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MAX_RECORD_BYTES = 4 * 1024 * 1024  # a hundred results with their passages take a fifth of it
MAX_DEPTH = 12  # a sheet has eight


def write_record(record: Record) -> bytes:
    """Return the bytes of a record's file."""
    whole = {**record.body, "signature": asdict(record.signature)}
    return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def read_record(data: bytes) -> Record:
    """Read a record from the bytes of a file; says nothing of its signature yet.

    Raises BadRecord, with the reason "too-large", "not-a-record", "newer" or "damaged".
    """
    whole = _parsed(data)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _not_a_record()
    version = whole.get("version")
    if isinstance(version, int) and version > VERSION:
        raise BadRecord(
            f"The record has format {version}; this version of Tamyeez reads up to {VERSION}. "
            "Check it with the version that made it, or a newer one.",
            "newer",
        )
    signature = whole.pop("signature", None)
    from pydantic import ValidationError  # noqa: PLC0415 - as heavy as the rest of a command

    try:
        canonical(whole)
        signed = _adapter(Signature).validate_python(signature)
        return Record(_adapter(Sheet).validate_python(whole.get("sheet")), signed, whole)
    except ValidationError as exc:
        place = ".".join(str(part) for part in exc.errors()[0]["loc"])[:80]
        raise _damaged(f"what stands at “{place or 'sheet'}” does not belong there") from exc
    except ValueError as exc:
        raise _damaged("it holds what no text or number can be") from exc


def _parsed(data: bytes) -> Any:
    if len(data) > MAX_RECORD_BYTES:
        raise BadRecord(
            f"The file has {len(data):,} bytes and a record has {MAX_RECORD_BYTES:,} at most: "
            "this is no record of a search.",
            "too-large",
        )
    try:
        whole = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except RecursionError as exc:
        raise _not_a_record() from exc
    except ValueError as exc:  # not UTF-8, not JSON, a key twice, a number of 5,000 digits
        raise _not_a_record() from exc
    if _depth_above(whole, MAX_DEPTH):
        raise _not_a_record()
    return whole


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: readers disagree about which counts."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _depth_above(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


@cache
def _adapter(shape: type[Any]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(shape)


def _not_a_record() -> BadRecord:
    return BadRecord(
        "This file is no record of a search, or not a whole one. Give a file that "
        "`tamyeez record` or the results page has made.",
        "not-a-record",
    )


def _damaged(how: str) -> BadRecord:
    return BadRecord(
        f"The record is damaged: {how}. Take another copy of the file.",
        "damaged",
    )
