"""Turn lines in visual order, as a PDF holds Arabic, into the order they are read.

Pure functions over lines. The order of the steps matters: controls away, spaced letters joined,
one bidi inversion, brackets, and only then presentation forms to letters: before the inversion
the letters of a ligature would come apart back to front.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bidi import get_display

_LETTER = "\u0620-\u063f\u0641-\u064a\u0671-\u06d3\ufb50-\ufdfb\ufe70-\ufefc"
_MARK = "\u064b-\u0652\u0670"
_ARABIC = re.compile(f"[{_LETTER}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile("[ \t\u00a0]+")
# Letter-spaced text comes as single letters: one or two spaces within a word, more between words.
_SPACED = re.compile(
    f"(?<![^ ])[{_LETTER}][{_MARK}]*(?: +[{_MARK}]*[{_LETTER}][{_MARK}]*){{3,}}(?![^ .,،؛:])"
)
_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENING, _CLOSING = "([{<«", ")]}>»"
_LEANS_AWAY = re.compile(r"(?<=\S)[(\[](?= |$)|(?:(?<= )|^)[)\]](?=\w)")
_LATIN_RUN = re.compile(f"[A-Za-z][^{_LETTER}]*[A-Za-z0-9]")
# A mark that was set apart from its letter; the alef after a tanwin; a one-letter prefix.
_LOOSE_MARK = re.compile("\\s+(?=[\u064b-\u0652])")
_LOOSE_TANWIN_ALEF = re.compile("(?<=\u064b) (?=ا(?![\u0621-\u064a]))")
_LOOSE_PREFIX = re.compile("(?<![\u0621-\u0652])([وف]?[يتنأ][\u064e-\u0650]) (?=[\u0621-\u064a])")
# What remains in a word of a glyph without a map: one Latin letter or backslash between two
# Arabic letters.
_STRAY = re.compile(
    "(?<=[\u0621-\u0652])[A-Za-z\u0080-\u009f\u00c0-\u024f\\\\](?=[\u064b-\u0652]*[\u0621-\u064a])"
)
_SPLIT_ALLAH = re.compile("(?<![\u0621-\u064a])([وبفت]?)اهلل(?![\u0621-\u064a])")


def logical_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines of one document in reading order, with single spaces.

    Whether brackets must be mirrored depends on the producer, sometimes on the font: each line
    takes the variant in which its brackets pair up, an undecided one that of the majority.
    """
    arabic = sum(_ARABIC.search(line) is not None for line in lines)
    mostly = arabic > sum(_LATIN.search(line) is not None for line in lines)
    # Lines of numbers and signs go as their document does.
    backward = [
        _ARABIC.search(line) is not None or (mostly and _LATIN.search(line) is None)
        for line in lines
    ]
    turned = [
        _turn(line) if back else _SPACES.sub(" ", _CONTROLS.sub("", line)).strip()
        for line, back in zip(lines, backward, strict=True)
    ]
    votes = [_mirror_vote(line) if back else 0 for line, back in zip(turned, backward, strict=True)]
    majority = sum(votes) > 0
    return [
        _mend(_mirror(line) if back and (vote > 0 or (vote == 0 and majority)) else line)
        for line, back, vote in zip(turned, backward, votes, strict=True)
    ]


def _turn(line: str) -> str:
    line = _SPACED.sub(_join_spaced, _CONTROLS.sub("", line))
    line = _SPACES.sub(" ", line).strip()
    # In reading order numbers follow Arabic; the Arabic letter mark at the left end tells the
    # algorithm so for a number that ends the line (2014/1/15 would stay, 38.6% would turn).
    return _CONTROLS.sub("", str(get_display("\u061c" + line, base_dir="R")))


def _join_spaced(found: re.Match[str]) -> str:
    words = re.split(" {3,}", found[0])
    return " ".join(word.replace(" ", "") for word in words)


def _mirror_vote(line: str) -> int:
    """1 if the brackets pair up only when mirrored, -1 only as they are, 0 undecided."""
    turned = _mirror(line)
    as_is, mirrored = _disorder(line), _disorder(turned)
    if as_is == mirrored:  # a bracket whose partner is on another line leans on its word
        as_is, mirrored = len(_LEANS_AWAY.findall(line)), len(_LEANS_AWAY.findall(turned))
    return (as_is > mirrored) - (as_is < mirrored)


def _disorder(line: str) -> int:
    """Count the brackets without a partner."""
    unmatched = depth = 0
    for char in line:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING and depth:
            depth -= 1
        elif char in _CLOSING:
            unmatched += 1
    return unmatched + depth


def _mirror(line: str) -> str:
    """Mirror the brackets, except inside Latin runs: those were never turned."""
    mirrored = line.translate(_MIRRORED)
    return _LATIN_RUN.sub(lambda run: line[run.start() : run.end()], mirrored)


def _mend(line: str) -> str:
    line = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), line)
    line = _LOOSE_MARK.sub("", line)
    line = _LOOSE_TANWIN_ALEF.sub("", line)
    line = _LOOSE_PREFIX.sub(r"\1", line)
    line = _STRAY.sub("", line)
    return _SPLIT_ALLAH.sub(r"\1الله", line).strip()
