"""The steps of OCR, each alone: straightening, the engine's table, doubts about a page."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.ocr import engine, reading
from ingest.ocr.engine import Word
from ingest.ocr.store import Doubt
from ingest.ocr.straighten import Page, skew, smoothed, straightened, turned
from search.model import OcrSpan, ocr_confidence

_HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def _lined() -> Page:
    """A page of black bars in the place of lines."""
    page = np.full((1400, 1000), 255, np.uint8)
    for top in range(100, 1300, 50):
        page[top : top + 14, 120:880] = 0
    return page


@pytest.mark.parametrize("degrees", [-6.0, -1.3, 0.0, 0.8, 4.5])
def test_the_angle_of_the_lines_is_found(degrees: float) -> None:
    # A page turned clockwise falls to the right.
    assert skew(turned(_lined(), -degrees)) == pytest.approx(degrees, abs=0.2)


def test_a_straightened_page_is_level_and_a_level_one_untouched() -> None:
    assert abs(skew(straightened(turned(_lined(), -4.0)))) <= 0.2
    page = _lined()
    assert straightened(page) is page


def test_grain_is_taken_out_and_a_clean_page_untouched() -> None:
    page = _lined()
    assert smoothed(page) is page
    grain = np.random.default_rng(1).normal(0, 25, page.shape)
    grainy = np.clip(page + grain, 0, 255).astype(np.uint8)
    apart = np.abs(smoothed(grainy).astype(int) - page).mean()
    assert apart < np.abs(grainy.astype(int) - page).mean() / 2


def test_a_blank_page_and_a_dark_one_have_no_angle() -> None:
    assert skew(np.full((800, 600), 255, np.uint8)) == 0.0
    assert skew(np.zeros((800, 600), np.uint8)) == 0.0


def test_words_are_read_from_the_table_line_by_line() -> None:
    answer = "\n".join(
        [
            _HEAD,
            "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t",
            "5\t1\t1\t1\t1\t1\t700\t10\t80\t20\t95.5\tالمادة",
            "5\t1\t1\t1\t1\t2\t600\t10\t60\t20\t41\t\u200e)١١5(\u200f",
            "5\t1\t1\t1\t1\t3\t500\t10\t60\t20\tnan\tx",
            "5\t1\t1\t1\t2\t1\t700\t40\t80\t20\t90\tنص",
            "5\t1\t1\t1\t3\t1\t700\t70\t80\t20\t90\t ",
            "5\tbroken",
        ]
    )
    lines = engine._lines(answer)
    assert [[word.text for word in line] for line in lines] == [["المادة", ")١١5("], ["نص"]]
    assert lines[0][0] == Word("المادة", 0.955, 700, 780, 10, 30)


def _word(text: str, left: int = 100, confidence: float = 0.9) -> Word:
    return Word(text, confidence, left, left + 50, 0, 20)


def test_brackets_that_tesseract_turns_round_are_turned_back() -> None:
    assert reading._mended(")١١5(") == "(١١5)"
    assert reading._mended("المادة)3(:") == "المادة(3):"
    assert reading._mended("(أ)") == "(أ)"


def test_numbers_a_second_reading_lacks_and_mixed_digits_are_disputed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [(_word("مادة"), _word("١٧")), (_word("سنة"), _word("2٠٠5")), (_word("91"),)]
    second = [(_word("71"), _word("2005"), _word("91"))]
    monkeypatch.setattr(engine, "recognise", lambda *_: second)
    best = reading._Reading(lines, reading.Language.AR, np.zeros((30, 30), np.uint8))
    assert reading._disputed(best, lines, 1.0) == ("17", "2005")


def test_lines_that_jump_between_columns_are_doubted() -> None:
    page = np.zeros((100, 1000), np.uint8)
    right, left = (_word("نص", 800),), (_word("نص", 100),)
    sound = reading._Reading([right] * 8 + [left] * 8, reading.Language.AR, page)
    mixed = reading._Reading([right, left] * 8, reading.Language.AR, page)
    assert Doubt.COLUMNS not in reading._doubts(sound, sound.lines, ())
    assert Doubt.COLUMNS in reading._doubts(mixed, mixed.lines, ())


def test_an_unsure_or_empty_page_is_doubted() -> None:
    page = np.zeros((100, 1000), np.uint8)
    poor = reading._Reading([(_word("نص", 1, 0.6),)], reading.Language.AR, page)
    assert reading._doubts(poor, poor.lines, ()) == [Doubt.EMPTY, Doubt.CONFIDENCE]


def test_confidence_of_a_passage_is_that_of_its_characters() -> None:
    spans = (OcrSpan(0, 10, 0.9), OcrSpan(11, 31, 0.6))
    assert ocr_confidence(spans, 0, 10) == 0.9
    assert ocr_confidence(spans, 0, 31) == pytest.approx(0.7)
    assert ocr_confidence(spans, 40, 50) is None
    assert ocr_confidence((), 0, 10) is None
