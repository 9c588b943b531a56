"""Read cases: facts in both languages with inline marks, their label and their minimal pair.

    {signal: words}    the text reports it as fact
    {-signal: words}   the text says it was not so
    {?signal: words}   not established: a denial, an excuse, a rumour, a fear, another's case
    {a,b: words}       several signals on the same words

Marks are taken out; what they enclose stays, with its exact place in the text that is left.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from search.distinction.results import PRIMARY
from search.distinction.signals import Polarity
from search.errors import BadRequest
from search.model import Language

_MARK = re.compile(r"\{([^{}:]*):\s*([^{}]*)\}")
_SIGN = {"-": Polarity.DENIED, "?": Polarity.OPEN}


@dataclass(frozen=True, slots=True)
class Marked:
    """text[start:end] of a case says something of one signal."""

    start: int
    end: int
    signal: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Case:
    """One case in one language; `group` holds a minimal pair, and both languages, together."""

    id: str
    group: str
    pair: str | None
    label: str
    style: str
    language: Language
    text: str
    marks: tuple[Marked, ...]


def read_cases(folder: Path, signals: Collection[str]) -> list[Case]:
    """Read all cases below a folder, in order; raise BadRequest naming file, case and fault."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.yaml")):
        entries = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) or []
        for entry in entries:
            try:
                cases += _both(entry, signals)
            except (KeyError, ValueError) as exc:
                name = entry.get("id", "a case without id")
                raise BadRequest(f"{path.name}: {name}: {exc}. Mend the case.") from exc
    return cases


def _both(entry: dict[str, Any], signals: Collection[str]) -> list[Case]:
    if entry["label"] not in PRIMARY:
        raise ValueError(f"{entry['label']!r} is none of the labels")
    pair = entry.get("pair")
    made = []
    for language in Language:
        text, marks = parse_marks(entry[language.value], signals)
        made.append(
            Case(
                id=entry["id"],
                group=pair or entry["id"],
                pair=pair,
                label=entry["label"],
                style=entry.get("style", ""),
                language=language,
                text=text,
                marks=tuple(marks),
            )
        )
    return made


def parse_marks(marked: str, signals: Collection[str]) -> tuple[str, list[Marked]]:
    """Return the plain text and what is marked in it; raise ValueError for a faulty mark."""
    parts: list[str] = []
    marks: list[Marked] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        before, words = marked[at : match.start()], match[2].rstrip()
        start = length + len(before)
        length = start + len(words)
        parts += [before, words]
        at = match.end()
        marks += [Marked(start, length, *_signal(name, signals)) for name in match[1].split(",")]
    text = "".join([*parts, marked[at:]])
    if "{" in text or "}" in text:
        raise ValueError(f"a mark is not closed, or lies in another: {text[:60]!r}")
    return text, marks


def _signal(written: str, signals: Collection[str]) -> tuple[str, Polarity]:
    name = written.strip()
    polarity = _SIGN.get(name[:1], Polarity.STATED)
    name = name.lstrip("-?").strip()
    if name not in signals:
        raise ValueError(f"{name!r} is no signal")
    return name, polarity
