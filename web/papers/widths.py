"""How wide shaped text is, by its words: each pair of neighbours in a face is shaped once.

fpdf2 shapes the whole of a growing line for every character put to it, a third of what a paper
takes. A glyph is moved by the next word at most (Amiri tucks some under each other), so pairs of
words can be added up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import uharfbuzz
from fpdf.fonts import TTFFont

_WORDS_KEPT = 50_000
_LINES_KEPT = 1_000
_MOST_BLANKS = 100


class WordwiseFont(TTFFont):
    """A face of fpdf2 that remembers the widths of words."""

    __slots__ = ()  # so that a face that was loaded can become one

    def shaped_text_width(
        self, text: str, font_size_pt: float, text_shaping_params: dict[str, Any] | None
    ) -> tuple[int, float]:
        """Return the number of glyphs and the width in points, as TTFFont does."""
        if text.count(" ") > _MOST_BLANKS:  # no line: nothing grows to it
            return super().shaped_text_width(text, font_size_pt, text_shaping_params)
        asked = text_shaping_params or {}
        direction = asked.get("fragment_direction")
        manner = (
            direction.value if direction else None,
            asked.get("script"),
            asked.get("language"),
        )

        glyphs, thousandths = _added_up(str(self.ttffile), self.scale, text, *manner)
        return glyphs, thousandths * font_size_pt * 0.001


@lru_cache(maxsize=_LINES_KEPT)
def _added_up(
    file: str,
    scale: float,
    text: str,
    direction: str | None,
    script: str | None,
    language: str | None,
) -> tuple[int, int]:
    """Return what `_measured` would, from the text without its last word: a line grows by words."""
    head, blank, last = text.rpartition(" ")
    if not blank:
        return _measured(file, scale, text, direction, script, language)
    before = head.rpartition(" ")[2]
    glyphs, advance = _added_up(file, scale, head, direction, script, language)
    pair = _measured(file, scale, f"{before} {last}", direction, script, language)
    again = _measured(file, scale, before, direction, script, language)
    return glyphs + pair[0] - again[0], advance + pair[1] - again[1]


@lru_cache(maxsize=_WORDS_KEPT)
def _measured(
    file: str,
    scale: float,
    words: str,
    direction: str | None,
    script: str | None,
    language: str | None,
) -> tuple[int, int]:
    """Return the glyphs of words, and their advance in thousandths of the size."""
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = 1
    buffer.add_str(words)
    buffer.guess_segment_properties()
    if direction:
        buffer.direction = direction
    if script:
        buffer.script = script
    if language:
        buffer.language = language
    uharfbuzz.shape(_face(file), buffer)
    places = buffer.glyph_positions or ()
    return len(places), sum(round(scale * place.x_advance + 0.001) for place in places)


@lru_cache(maxsize=8)
def _face(file: str) -> Any:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)))
