"""Qrels: judgments of relevance, TREC's four columns `topic 0 document grade`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.topics import read_text
from search.errors import Unreadable

Qrels = Mapping[str, Mapping[str, int]]  # topic → document → grade; 0 is judged not relevant


def read_qrels(path: Path) -> Qrels:
    """Read judgments; raise Unreadable naming the line that is none."""
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        columns = line.split()
        try:
            topic, _, document, grade = columns
            qrels.setdefault(topic, {})[document] = int(grade)
        except ValueError as exc:
            raise Unreadable(
                f"{path.name}, line {number}: a judgment has four columns, "
                "`topic 0 document grade`.",
                reason="qrels",
            ) from exc
    if not qrels:
        raise Unreadable(f"{path.name} holds no judgments.", reason="qrels")
    return qrels
