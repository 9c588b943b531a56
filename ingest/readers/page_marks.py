"""Put vowel marks with the letters they stand over, whichever line the file draws them in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.page_model import Glyph

_MARK = re.compile("[\u064b-\u065f\u0670\u0300-\u036f]+")
_BELOW = frozenset("\u064d\u0650")
# In units of the page: how far from a line's baseline its marks may stand, and how far aside.
_REACH = 3.0
_ASIDE = 0.8


def with_marks(glyphs: Sequence[Glyph], unit: float) -> list[Glyph]:
    """Return the glyphs with each mark behind its letter; a mark without one is left out."""
    marks = [glyph for glyph in glyphs if _MARK.fullmatch(glyph.text)]
    if not marks:
        return list(glyphs)
    bases = [glyph for glyph in glyphs if not _MARK.fullmatch(glyph.text)]
    inked = sorted((g for g in bases if g.text[:1].isalpha()), key=lambda g: -g.y)
    heights = [-glyph.y for glyph in inked]
    added: dict[int, str] = {}
    for mark in marks:
        base = _base_of(mark, inked, heights, unit)
        if base is not None:
            added[id(base)] = added.get(id(base), "") + mark.text
    return [replace(g, text=g.text + added[id(g)]) if id(g) in added else g for g in bases]


def _base_of(mark: Glyph, inked: list[Glyph], heights: list[float], unit: float) -> Glyph | None:
    """The letter under or over a mark: it overlaps its middle, and stands nearest."""
    left, right, bottom, top = mark.ink
    middle, height = (left + right) / 2, (bottom + top) / 2
    reach = _REACH * unit
    near = inked[bisect_left(heights, -height - reach) : bisect_right(heights, -height + reach)]
    best: tuple[float, Glyph] | None = None
    for glyph in near:
        aside = max(glyph.ink[0] - middle, middle - glyph.ink[1], 0)
        if aside > _ASIDE * unit:
            continue
        # A mark stands just over its letter's ink (kasra just under it), not beside a tall one.
        off = abs(glyph.ink[2] - top if mark.text in _BELOW else bottom - glyph.ink[3])
        distance = 2 * aside + off / 2 + abs(glyph.y - mark.y) + abs(glyph.middle - middle) / 3
        if best is None or distance < best[0]:
            best = distance, glyph
    return best[1] if best else None
