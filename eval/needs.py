"""Needs: what users want to know, each asked in both languages, with graded answers.

A file is a YAML list. The two languages of a need are twins: they stay in one part of the split
and share their judgments. The part is decided by a hash of the need's id, so that adding needs
moves none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from eval.topics import Topic, read_text
from search.errors import Unreadable
from search.model import Language

NEEDS = Path(__file__).parent / "sets" / "retrieval"
UNANSWERABLE = "unanswerable"
ANSWERABLE = "answerable"  # of the set for abstention alone: nothing is graded
TYPES = ("citation", "keywords", "question", "facts", UNANSWERABLE)
PARTS = ("dev", "test")
_TEST_SHARE = 3  # one in three


@dataclass(frozen=True, slots=True)
class Need:
    """One need. `grades`: id → 3 governs, 2 belongs to the answer, 1 related; `wrong` are
    provisions of an offence that is easily confused with the one asked for."""

    id: str
    type: str
    traits: tuple[str, ...]
    need: str
    queries: Mapping[Language, str]
    grades: Mapping[str, int]
    wrong: tuple[str, ...]

    @property
    def part(self) -> str:
        """The part of the split it belongs to, "dev" or "test"."""
        return PARTS[hashlib.sha256(self.id.encode()).digest()[0] % _TEST_SHARE == 0]

    def topic(self, language: Language) -> Topic:
        """Return the need as asked in one language."""
        return Topic(f"{self.id}.{language}", self.queries[language])


def read_needs(folder: Path = NEEDS, part: str | None = None) -> list[Need]:
    """Read the needs of a folder, by file and place; raise Unreadable naming the entry."""
    found: list[Need] = []
    for path in sorted(folder.glob("needs-*.yaml")):
        try:
            rows = yaml.load(read_text(path), Loader=yaml.CSafeLoader)
        except yaml.YAMLError as exc:
            raise Unreadable(f"{path.name} is no valid YAML: {exc}", "topics") from exc
        found += [_need(path.name, row) for row in rows]
    return [need for need in found if part in (None, need.part)]


def read_abstention(part: str | None = None, folder: Path = NEEDS) -> list[Need]:
    """Read the queries of abstention's own sets, which carry no grades; of one part, or all."""
    found = [need for path in sorted(folder.glob("abstention*.yaml")) for need in _ungraded(path)]
    return [need for need in found if part in (None, need.part)]


def _ungraded(path: Path) -> list[Need]:
    try:
        held = yaml.load(read_text(path), Loader=yaml.CSafeLoader)
        return [
            Need(
                row["id"],
                UNANSWERABLE if kind == UNANSWERABLE else ANSWERABLE,
                (),
                row["en"],
                {language: row[language.value] for language in Language},
                {},
                (),
            )
            for kind in (UNANSWERABLE, ANSWERABLE)
            for row in held[kind]
        ]
    except (yaml.YAMLError, KeyError, TypeError) as exc:
        raise Unreadable(f"{path.name} lacks or misuses {exc}", "topics") from exc


def fold_of(identifier: str, folds: int) -> int:
    """Return the fold of a need in cross-validation; it does not depend on the part."""
    return hashlib.sha256(f"fold {identifier}".encode()).digest()[0] % folds


def qrels_of(needs: Sequence[Need]) -> dict[str, dict[str, int]]:
    """Return topic → document → grade, for the topics of both languages."""
    return {need.topic(language).id: dict(need.grades) for need in needs for language in Language}


def _need(name: str, row: Mapping[str, object]) -> Need:
    try:
        need = Need(
            id=str(row["id"]),
            type=str(row["type"]),
            traits=tuple(row.get("traits") or ()),  # type: ignore[arg-type]
            need=str(row["need"]),
            queries={language: str(row[language.value]) for language in Language},
            grades=dict(row["grades"] or {}),  # type: ignore[call-overload]
            wrong=tuple(row.get("wrong") or ()),  # type: ignore[arg-type]
        )
    except (KeyError, TypeError, ValueError) as exc:
        raise Unreadable(f"{name}: {row!r:.80} lacks or misuses {exc}", "topics") from exc
    if need.type not in TYPES or (need.type == UNANSWERABLE) == bool(need.grades):
        raise Unreadable(f"{name}: {need.id}: type and grades do not fit each other", "topics")
    return need
