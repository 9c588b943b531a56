"""What stands on a page: glyphs as values, without any guess about lines or reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.page_tables import Table


@dataclass(slots=True)
class Glyph:
    """One glyph in points, y upwards: the letters it stands for, its place, its ink.

    `left`, `right`: what it occupies on the line; `ink`: left, right, bottom, top of what is drawn.
    """

    text: str
    left: float
    right: float
    y: float  # of the baseline
    size: float  # height of the font, 1 to 2 em
    ink: tuple[float, float, float, float]
    turn: int = 0  # its turn in pdfium's reading of the page
    pen: float = 0.0  # where the pen stood when it was drawn: the order of glyphs that overlap
    raised: bool = False  # a small letter above the baseline of its line

    @property
    def middle(self) -> float:
        """Its place from left to right."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Of its ink."""
        return self.ink[3] - self.ink[2]

    def floats(self, unit: float) -> bool:
        """Whether a letter's ink is only that of its vowel mark, high over the line."""
        return len(self.text) > 1 and self.ink[2] > self.y + unit and self.height < unit

    @property
    def is_bare(self) -> bool:
        """Whether only its ink is known, not the room beside it: in fonts drawn as pictures."""
        return self.size <= 1.01 * (self.ink[3] - self.ink[2])


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """What stands on a page.

    `gaps`: turns at which pdfium saw a space where the page has none; `leaning` counts the letters
    left out because they stand askew, `unmapped` the glyphs for which the file gives no letter:
    what stands for them is a guess. `tables`: the ruled ones, from the top down.
    """

    glyphs: list[Glyph]
    gaps: frozenset[int] = frozenset()
    leaning: int = 0
    unmapped: int = 0
    tables: Sequence[Table] = ()
