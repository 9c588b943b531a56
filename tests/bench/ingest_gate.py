"""What the quality gate sees: sound texts, the same texts damaged, and the reference files."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.bundle import load_register
from ingest.bundle_records import registered
from ingest.document import Description, LineKind, document_of
from ingest.readers.quality import defect
from ingest.splitters import split
from ingest.splitters.own_citations import strays
from search.citations import WorkNames, build_work_names
from search.errors import Unreadable
from tests import render_statutes as render
from tests.bench.ingest_corruptions import CORRUPTIONS
from tests.bench.ingest_documents import EXPECTED
from tests.bench.ingest_files import end_of
from tests.support import ROOT, SHARED

_SEED = 4
_TITLE = "قانون رقم 1 لسنة 2000"
_LAYOUTS = (render.digits, render.bracketed, render.words)
_FROM_TEXT = ("garbled-text", "article-sequence", "no-articles", "no-text-layer")


@dataclass(frozen=True, slots=True)
class _Text:
    """A law in one layout."""

    law: str
    layout: str
    text: str


def gate() -> None:
    """Print what is refused, what is taken with a doubt, and precision and recall."""
    names = build_work_names(map(registered, load_register(ROOT / "corpus").instruments))
    paths = sorted((SHARED / "statutes").glob("*.json"))
    sound = [_text(path, style) for path in paths for style in _LAYOUTS]
    false = [(t.law, t.layout, by) for t in sound if (by := seen_by(t.law, t.text, names))]
    print("\n| damage | texts | refused | taken with a doubt | taken | seen by |")
    print("| --- | --- | --- | --- | --- | --- |")
    chance = random.Random(_SEED)
    caught = total = 0
    for corrupt in CORRUPTIONS:
        found, count = _row(corrupt, sound, chance, names)
        caught, total = caught + found, total + count
    print(f"\nSound texts refused or doubted: {len(false)} of {len(sound)} {false or ''}")
    _print_measures("Damaged texts", caught, len(false), total)
    _reference_files()


def _text(path: Path, style: Callable[[render.Article], str]) -> _Text:
    text = render.render(render.load(path), style, title=_TITLE)
    return _Text(path.stem, style.__name__, text)


def _row(
    corrupt: Callable[[str, random.Random], str],
    sound: Sequence[_Text],
    chance: random.Random,
    names: WorkNames,
) -> tuple[int, int]:
    """Print one kind of damage; return how many texts were seen of how many it changed."""
    damaged = [(t, corrupt(t.text, chance)) for t in sound]
    seen = [seen_by(t.law, text, names) for t, text in damaged if text != t.text]
    by = Counter(each for each in seen if each)
    doubts = by["doubt"]
    told = ", ".join(f"{name} {count}" for name, count in by.most_common())
    refused = by.total() - doubts
    print(
        f"| {corrupt.__name__} | {len(seen)} | {refused} | {doubts} | {len(seen) - by.total()} "
        f"| {told} |",
        flush=True,
    )
    return by.total(), len(seen)


def seen_by(law: str, text: str, names: WorkNames) -> str | None:
    """What sees that a text is damaged: the gate, the article sequence, a doubt; None: nothing."""
    if defect(text, from_glyphs=True) is not None:
        return "gate"
    rows = [(line, None, LineKind.TEXT, None) for line in text.split("\n")]
    try:
        contribution = split(document_of(rows), Description(law, "statute", "ar", "official"))
    except Unreadable as exc:
        return exc.reason
    return "doubt" if strays(contribution, names) else None


def _reference_files() -> None:
    """Precision and recall over the reference files whose text, not format, decides."""
    right = wrong = missed = 0
    for name, expected in EXPECTED.items():
        if expected.reason not in (None, *_FROM_TEXT):
            continue
        refused = end_of(SHARED / "documents" / name).reason is not None
        right += refused and expected.reason is not None
        wrong += refused and expected.reason is None
        missed += not refused and expected.reason is not None
    _print_measures("Reference files", right, wrong, right + missed)


def _print_measures(of: str, caught: int, false: int, total: int) -> None:
    precision = caught / max(caught + false, 1)
    print(f"{of}: {caught} of {total} seen; precision {precision:.3f}, "
          f"recall {caught / max(total, 1):.3f}.")  # fmt: skip
