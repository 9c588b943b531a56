"""Topics: the questions a system is asked, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Topic:
    """One question and the id its judgments and answers carry."""

    id: str
    query: str


def read_topics(path: Path) -> list[Topic]:
    """Read `{"id", "query"}` lines; other keys are left alone. Raise Unreadable naming the line."""
    topics = [_topic(path, number, line) for number, line in _lines(path)]
    seen: set[str] = set()
    for topic in topics:
        if topic.id in seen:
            raise Unreadable(
                f"{path.name}: the id {topic.id} stands twice. Give every query its own.",
                reason="topics",
            )
        seen.add(topic.id)
    return topics


def _topic(path: Path, number: int, line: str) -> Topic:
    try:
        row = json.loads(line)
        identifier, query = str(row["id"]), row["query"]
        if not isinstance(query, str) or not identifier or len(identifier.split()) != 1:
            raise ValueError(line)
    except (ValueError, KeyError, TypeError) as exc:
        raise Unreadable(
            f'{path.name}, line {number}: write {{"id": "q1", "query": "…"}}, the id without '
            "blanks.",
            reason="topics",
        ) from exc
    return Topic(identifier, query)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if line.strip():
            yield number, line


def read_text(path: Path) -> str:
    """Read a UTF-8 file of an evaluation; raise Unreadable with its name."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as exc:
        raise Unreadable(f"There is no file {path.name}. Check the path.", "missing") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise Unreadable(f"{path.name} cannot be read as UTF-8 text.", "encoding") from exc
