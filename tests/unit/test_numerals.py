from __future__ import annotations

import time

import pytest

from search.text.fold import fold_text
from search.text.numerals import (
    Number,
    adverb_at,
    cardinal_at,
    digits_at,
    find_number,
    fold_digits,
    number_at,
    ordinal_at,
    parse_cardinal,
    parse_ordinal,
    parse_roman,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الأولى", 1),
        ("أول", 1),
        ("الواحدة والعشرون", 21),  # for the correct «الحادية»
        ("الأولى والعشرون", 21),  # a usual slip
        ("الثالثة عشر", 13),  # the second word without its ending
        ("الثانية و العشرين", 22),  # the conjunction set apart
        ("ٱلثَّانِيَة", 2),
        ("المائة", 100),
        ("المئة", 100),
        ("المائة والحادية والأربعون", 141),
        ("المائة والخمسون", 150),
        ("السابعة والثمانون بعد المئتين", 287),
        ("الأولى بعد المائة", 101),
        ("العشرين بعد الثلاثمائة", 320),
        ("hundredth", 100),
        ("one hundredth", 100),
        ("two hundred and first", 201),
        ("Twenty First", 21),
    ],
)
def test_ordinals_as_they_are_written(text: str, value: int) -> None:
    assert parse_ordinal(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("مائة وأحد عشر", 111),  # «وأحد» and «واحد» fold alike
        ("مائة وواحد", 101),
        ("مائتا", 200),
        ("سبع وثمانون ومائتان", 287),  # units first
        ("ثلاث مائة وخمسون", 350),
        ("٢٨٧", 287),
        ("a hundred and two", 102),
        ("hundred five", 105),
    ],
)
def test_cardinals_as_they_are_written(text: str, value: int) -> None:
    assert parse_cardinal(text) == value


@pytest.mark.parametrize(
    "text", ["", "السابقة", "الحادية", "بعد المائتين", "الثانية والثالثة", "two", "twenty-zeroth"]
)
def test_what_is_no_ordinal(text: str) -> None:
    assert parse_ordinal(text) is None


@pytest.mark.parametrize("text", ["", "إحدى", "مائة خمسون بعد", "and", "ten-five", "1234567"])
def test_what_is_no_cardinal(text: str) -> None:
    assert parse_cardinal(text) is None


@pytest.mark.parametrize("text", ["", "IIII", "IXX", "XL", "C", "one", "VX"])
def test_what_is_no_roman_numeral_we_read(text: str) -> None:
    assert parse_roman(text) is None


def test_offsets_are_those_of_the_number_alone() -> None:
    text = fold_text("وفي المادة الحادية والعشرين من القانون")
    assert find_number(text) == Number(21, 11, 27)
    assert find_number(text, 12) == Number(20, 20, 27)  # «لحاديه» is none; behind its conjunction
    assert ordinal_at(text, 11) == Number(21, 11, 27)
    assert ordinal_at(text, 0) is None
    assert cardinal_at("arts five and six", 5) == Number(5, 5, 9)


def test_of_two_readings_the_longer_wins() -> None:
    assert number_at(fold_text("العشرة"), 0) == Number(10, 0, 6)
    assert number_at("twenty second", 0) == Number(22, 0, 13)


def test_digits_are_read_whole_or_not_at_all() -> None:
    assert digits_at("1234567", 0) is None
    assert digits_at("1234567", 1) is None
    assert digits_at("x12", 1) == Number(12, 1, 3)
    assert digits_at("12", 5) is None


def test_digits_of_every_script_become_european_and_superscripts_stay() -> None:
    assert fold_digits("٣ ۴ ５ 𝟔 ²") == "3 4 5 6 ²"
    assert fold_digits("١٬٥٠٠٫٢٥") == "1,500.25"


def test_adverbs_number_points() -> None:
    assert adverb_at(fold_text("ثانياً: كل من"), 0) == Number(2, 0, 5)
    assert adverb_at(fold_text("ثانية"), 0) is None


@pytest.mark.parametrize("unit", ["و", "الثانية ", "hundred ", "1", "twenty-", "ا", "مائة و"])
def test_long_hostile_text_is_read_in_linear_time(unit: str) -> None:
    text = fold_text(unit * (100_000 // len(unit)))
    begun = time.perf_counter()
    at = 0
    while number := find_number(text, at):
        at = number.end
    took = time.perf_counter() - begun
    print(f"{unit!r}: {took:.2f} s")
    assert took < 20
