"""Drive tesseract: a picture goes in, lines of words with their confidence come out.

Tesseract is an optional program of the system. It is given the picture on its standard input and
answers on its standard output: nothing of a page is written to disk. One thread and a limit on
time; its memory is limited as that of the worker that starts it, and it ends with that worker.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from search.errors import EngineUnavailable

PROGRAM = "tesseract"
PAGE_SECONDS = 150.0  # by the clock; a page takes 2 to 5 s of a free core
_MAX_ANSWER = 20_000_000  # bytes of words; a full page has a hundredth
_COLUMNS = 12  # of a line of the answer; the last two are confidence and word
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_INSTALL = "install the Debian packages tesseract-ocr and tesseract-ocr-ara"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read; confidence 0..1 as tesseract gives it, edges in pixels."""

    text: str
    confidence: float
    left: int
    right: int
    top: int
    bottom: int


Words = tuple[Word, ...]  # of one line, in reading order


class OcrFailed(Exception):
    """Tesseract ended without an answer for one page: `why` in a few words."""

    def __init__(self, why: str) -> None:
        """Keep what is told to the user."""
        super().__init__(why)
        self.why = why


def require_tesseract() -> None:
    """Raise EngineUnavailable where tesseract or its Arabic data is not installed."""
    if shutil.which(PROGRAM) is None:
        raise EngineUnavailable(f"Tesseract, which reads pictures, is not installed: {_INSTALL}.")
    if "ara" not in languages():
        raise EngineUnavailable(f"Tesseract has no data for Arabic: {_INSTALL}.")


@cache
def languages() -> frozenset[str]:
    """The languages tesseract has data for, by its names; none where it does not run."""
    try:
        listed = subprocess.run(  # noqa: S603
            [PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(listed.stdout.split("\n")[1:])


def recognise(
    picture: bytes,
    language: str = "ara",
    dpi: int = 300,
    timeout_s: float = PAGE_SECONDS,
    mode: int = 3,
    settings: Mapping[str, str] | None = None,
) -> list[Words]:
    """Read a picture (PGM or PNG bytes); return its lines in reading order.

    `language` is tesseract's name, `mode` its page segmentation. Raises OcrFailed.
    """
    options = [f"-c{name}={value}" for name, value in (settings or {}).items()]
    arguments = ["-l", language, "--dpi", str(dpi), "--psm", str(mode), *options, "tsv"]
    return _lines(_run(["stdin", "stdout", *arguments], picture, timeout_s))


def orientation(picture: bytes, timeout_s: float = PAGE_SECONDS) -> int:
    """Return by how many degrees clockwise a page must be turned to stand upright: 0 if unsure."""
    if "osd" not in languages():
        return 0
    try:
        answer = _run(["stdin", "stdout", "-l", "osd", "--psm", "0"], picture, timeout_s)
    except OcrFailed:  # too few letters to tell
        return 0
    found = re.search(r"^Rotate: (90|180|270)$", answer, re.MULTILINE)
    return int(found[1]) if found else 0


def _run(arguments: Sequence[str], picture: bytes, timeout_s: float) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        process = subprocess.Popen(  # noqa: S603
            [PROGRAM, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError as exc:
        raise OcrFailed("tesseract cannot be started") from exc
    with process:  # which waits for it, and closes the pipes
        try:
            answer, _ = process.communicate(picture, timeout=timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            raise OcrFailed(f"it took longer than {timeout_s:.0f} s") from None
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise OcrFailed("tesseract ended without an answer")
    if len(answer) > _MAX_ANSWER:
        raise OcrFailed("tesseract answered without end")
    return answer.decode("utf-8", "replace")


def _lines(answer: str) -> list[Words]:
    """Read tesseract's table: one row a word, numbered by block, paragraph and line."""
    rows = [row for line in answer.split("\n") if (row := line.split("\t"))[0] == "5"]
    rows = [row for row in rows if len(row) == _COLUMNS]
    lines = [
        tuple(word for row in of_line if (word := _word(row)) is not None)
        for _, of_line in groupby(rows, key=lambda row: row[1:5])
    ]
    return [line for line in lines if line]


def _word(row: Sequence[str]) -> Word | None:
    text = _CONTROLS.sub("", row[11]).strip()
    try:
        left, top, width, height = map(int, row[6:10])
        confidence = float(row[10])
    except ValueError:
        return None
    if not text or not math.isfinite(confidence):
        return None
    share = min(max(confidence / 100, 0.0), 1.0)
    return Word(text, share, left, left + width, top, top + height)
