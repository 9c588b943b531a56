"""What the server's log keeps, and above all what it does not."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from web.operation.logs import JsonLines, PlainLines

SECRET = "هند بنت سالم"
FORMS = [JsonLines(), PlainLines()]


def record(name: str, words: str, *args: object, error: bool = False) -> logging.LogRecord:
    info = sys.exc_info() if error else None
    return logging.LogRecord(name, logging.ERROR, "lib/reader.py", 7, words, args, info)


@pytest.mark.parametrize("form", FORMS)
def test_an_exception_is_told_by_type_and_place_without_its_words(form: logging.Formatter) -> None:
    try:
        try:
            int(SECRET)
        except ValueError as exc:
            raise KeyError(SECRET) from exc
    except KeyError:
        line = form.format(record("tamyeez.web", "failed: %s", "GET /ar/", error=True))
    assert SECRET not in line
    assert "\\u" not in line  # nor escaped
    for told in ("KeyError", "ValueError", "failed: GET /ar/", "test_server_log.py"):
        assert told in line


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("logger", ["pypdf", "httpx", "sqlalchemy.engine", "tamyeezish"])
def test_other_libraries_words_are_not_kept(form: logging.Formatter, logger: str) -> None:
    line = form.format(record(logger, f"cannot read {SECRET}: %s", SECRET))
    assert SECRET not in line
    assert logger in line
    assert "reader.py:7" in line


def test_a_json_line_is_one_object_with_its_fields() -> None:
    spoken = record("tamyeez.requests", "answered")
    spoken.fields = {"route": "/api/search", "status": 200}
    line = JsonLines().format(spoken)
    assert "\n" not in line
    value = json.loads(line)
    assert value["route"] == "/api/search"
    assert value["status"] == 200
    assert value["level"] == "error"


def test_a_line_cannot_be_forged_by_a_line_break() -> None:
    line = PlainLines().format(record("tamyeez.web", "%s", "first\n2026 info tamyeez: forged"))
    assert "forged" not in line
