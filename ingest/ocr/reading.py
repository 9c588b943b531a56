"""Read one page from its picture: straighten, recognise, compare the numbers of two readings.

Tesseract reads Arabic letters well and Arabic-Indic digits badly, and says so of neither. So every
page waits for a person, and what a second reading at another size does not confirm is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ingest.ocr import engine
from ingest.ocr.engine import OcrFailed, Word, Words
from ingest.ocr.pictures import DPI, pgm, scaled
from ingest.ocr.store import Doubt, ReadPage
from ingest.ocr.straighten import Page, smoothed, straightened
from ingest.readers.quality import ascii_digits
from search.model import Language

_TESSERACT = {Language.AR: "ara", Language.EN: "eng"}
# Mean confidence of words, measured on sound and poor scans (docs/ingestion.md): Arabic read as
# Arabic has 0.60 or more, on its side or as another language 0.45 or less.
_LOST = 0.55
_UNSURE = 0.80
_FEW_WORDS = 5
_SECOND = 2 / 3  # size of the second reading: 200 dpi for 300
# A line without a letter or digit, or of which the engine believes nothing, is a stain.
_STAIN = 0.25
_NUMBER = re.compile("[0-9]+")
_TURNED = re.compile(r"\)([^\s()]+)\(")
# ASCII and Arabic-Indic digits in one number: some of them are misread.
_MIXED = re.compile("[0-9][\u0660-\u0669\u06f0-\u06f9]|[\u0660-\u0669\u06f0-\u06f9][0-9]")


@dataclass(frozen=True, slots=True)
class _Reading:
    lines: list[Words]
    language: Language
    page: Page

    @property
    def confidence(self) -> float:
        words = [word.confidence for line in self.lines for word in line]
        return sum(words) / len(words) if words else 0.0


def read_page(
    page: Page,
    number: int,
    language: Language | None = None,
    timeout_s: float = engine.PAGE_SECONDS,
) -> ReadPage:
    """Read a page in `language`, or in the one of the two that fits it better.

    A page the engine gives up on comes back empty, with that doubt.
    """
    try:
        best = _best_reading(page, language, timeout_s)
        lines = [line for line in best.lines if not _is_stain(line)]
        disputed = _disputed(best, lines, timeout_s)
    except OcrFailed:
        return ReadPage(number, (), doubts=(Doubt.FAILED,))
    return ReadPage(
        number=number,
        lines=tuple(" ".join(_mended(word.text) for word in line) for line in lines),
        confidence=round(best.confidence, 3),
        confidences=tuple(round(_mean(line), 3) for line in lines),
        doubts=tuple(_doubts(best, lines, disputed)),
        disputed=disputed,
    )


def _best_reading(page: Page, language: Language | None, timeout_s: float) -> _Reading:
    page = smoothed(page)
    first = language or Language.AR
    best = _read(straightened(page), first, timeout_s)
    if best.confidence >= _LOST:
        return best
    turn = engine.orientation(pgm(page), timeout_s)
    if turn:
        page = np.ascontiguousarray(np.rot90(page, -turn // 90))
        best = _better(best, _read(straightened(page), first, timeout_s))
    if best.confidence < _LOST and language is None and "eng" in engine.languages():
        best = _better(best, _read(straightened(page), Language.EN, timeout_s))
    return best


def _read(page: Page, language: Language, timeout_s: float) -> _Reading:
    lines = engine.recognise(pgm(page), _TESSERACT[language], DPI, timeout_s)
    return _Reading(lines, language, page)


def _better(one: _Reading, other: _Reading) -> _Reading:
    return max(one, other, key=lambda reading: reading.confidence)


def _mended(word: str) -> str:
    """Turn the brackets round a number or word that tesseract gives as they look, not as read."""
    return _TURNED.sub(r"(\1)", word)


def _mean(line: Words) -> float:
    return sum(word.confidence for word in line) / len(line)


def _is_stain(line: Words) -> bool:
    signs = not any(char.isalnum() for word in line for char in word.text)
    return signs or _mean(line) < _STAIN


def _disputed(best: _Reading, lines: Sequence[Words], timeout_s: float) -> tuple[str, ...]:
    """Return the numbers that mix two kinds of digits or that a second reading does not have."""
    first = _numbers(lines)
    if not first:
        return ()
    smaller = scaled(best.page, _SECOND)
    dpi = round(DPI * _SECOND)
    second = engine.recognise(pgm(smaller), _TESSERACT[best.language], dpi, timeout_s)
    mixed = _numbers([[word for word in line if _MIXED.search(word.text)] for line in lines])
    return tuple(sorted(((first - _numbers(second)) | mixed).elements()))


def _numbers(lines: Sequence[Sequence[Word]]) -> Counter[str]:
    words = (ascii_digits(word.text) for line in lines for word in line)
    return Counter(number for word in words for number in _NUMBER.findall(word))


def _doubts(best: _Reading, lines: Sequence[Words], disputed: Sequence[str]) -> list[Doubt]:
    found = []
    if sum(len(line) for line in lines) < _FEW_WORDS:
        found.append(Doubt.EMPTY)
    if best.confidence < _UNSURE:
        found.append(Doubt.CONFIDENCE)
    if disputed:
        found.append(Doubt.NUMBERS)
    if _jumps(lines, best.page.shape[1]) > 3:
        found.append(Doubt.COLUMNS)
    return found


def _jumps(lines: Sequence[Words], width: int) -> int:
    """Count how often the lines change between the two halves of a page set in columns."""
    sides = []
    for line in lines:
        left, right = min(word.left for word in line), max(word.right for word in line)
        if right < width * 0.55:
            sides.append("left")
        elif left > width * 0.45:
            sides.append("right")
    # Short lines of one column, numbers in a margin, are no columns.
    if min(sides.count("left"), sides.count("right")) < 6:
        return 0
    return sum(before != after for before, after in pairwise(sides))
