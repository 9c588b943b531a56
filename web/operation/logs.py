"""The server's log: what happened, never what was read, asked or written.

A line holds the template of an address, not the address; of an exception its type and place, not
its words, which may quote a text; of other libraries only that they spoke, and where.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback
from collections.abc import Mapping
from pathlib import PurePath
from types import TracebackType

from search.settings import LogForm

# Whose words are ours to answer for; the rest may quote what they are given.
_OURS = ("tamyeez", "uvicorn")
_FRAMES = 12  # the innermost ones
_CAUSES = 5

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up(form: LogForm) -> None:
    """Send the process's log to standard error in the form asked for.

    As text: warnings and errors. As JSON: a line for each request too.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form is LogForm.JSON else PlainLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("tamyeez").setLevel(logging.INFO if form is LogForm.JSON else logging.WARNING)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; `fields` of the record become members of their own."""
        line: dict[str, object] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _words(record),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, Mapping):
            line |= fields
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = [{"type": kind, "at": places} for kind, places in _chain(record)]
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """One line for a person, with one more for each place an exception passed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines."""
        lines = [f"{_moment(record)} {record.levelname.lower()} {record.name}: {_words(record)}"]
        if record.exc_info and record.exc_info[0] is not None:
            for kind, places in _chain(record):
                lines += [f"  {kind}", *(f"    {place}" for place in places)]
        return "\n".join(lines)


def _moment(record: logging.LogRecord) -> str:
    return dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in _OURS:
        return record.getMessage().splitlines()[0] if record.msg else ""
    return f"({PurePath(record.pathname).name}:{record.lineno}; its words are not kept)"


def _chain(record: logging.LogRecord) -> list[tuple[str, list[str]]]:
    """Return the exception and what caused it: of each its type and the places it passed."""
    error = record.exc_info[1] if record.exc_info else None
    found: list[tuple[str, list[str]]] = []
    while error is not None and len(found) < _CAUSES:
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        found.append((type(error).__qualname__, places))
        error = error.__cause__ or error.__context__
    return found


def _short(path: str) -> str:
    return "/".join(PurePath(path).parts[-3:])
