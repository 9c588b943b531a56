"""Digits that stand for each other are seen where numbered lines no longer count on."""

from __future__ import annotations

import pytest

from ingest.readers.quality import ascii_digits, defect

_WORDS = "يحفظ الناقل الدفتر في مكتبه ويقدمه إلى من يطلبه من الموظفين"
_LISTS = (9, 6, 7, 5, 8)


def lists(lengths: tuple[int, ...] = _LISTS) -> str:
    rows = [f"{n} - {_WORDS}" for length in lengths for n in range(1, length + 1)]
    return "\n".join(rows)


def swapped(text: str, one: str, other: str) -> str:
    return text.translate(str.maketrans(one + other, other + one))


def test_lists_that_count_on_are_sound() -> None:
    assert defect(lists()) is None


@pytest.mark.parametrize(("one", "other"), [("1", "7"), ("3", "8"), ("5", "6")])
def test_two_digits_that_changed_places_are_named(one: str, other: str) -> None:
    found = defect(swapped(lists(), one, other))
    assert found is not None
    assert "numbered lines" in found


def test_arabic_indic_digits_are_seen_as_well() -> None:
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert defect(lists().translate(digits)) is None
    assert defect(swapped(lists(), "3", "8").translate(digits)) is not None


def test_a_slip_of_the_author_in_one_list_is_no_false_digit() -> None:
    text = lists().replace(f"4 - {_WORDS}", f"5 - {_WORDS}", 1)
    assert defect(text) is None


def test_few_numbered_lines_prove_nothing() -> None:
    assert defect(swapped(lists((5, 4)), "3", "4")) is None


def test_digits_of_every_script_become_ascii_one_for_one() -> None:
    assert ascii_digits("مادة ١٢، ۳ و४5 ²") == "مادة 12، 3 و45 ²"
