"""Session dates of both calendars, their conversion and its check; the numbers of cases."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.splitters.dates import from_hijri, session_date
from ingest.splitters.judgment_header import names_persons, read_header


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("جلسة الأحد ٣ من مارس سنة ٢٠١٩", dt.date(2019, 3, 3)),
        ("جلسة 16/5/2005", dt.date(2005, 5, 16)),
        ("جلسة 2005-05-16", dt.date(2005, 5, 16)),
        ("جلسة 9 حزيران 2022", dt.date(2022, 6, 9)),
        ("Session of 3 March 2019", dt.date(2019, 3, 3)),
        ("delivered on March 3, 2019", dt.date(2019, 3, 3)),
    ],
)
def test_gregorian_dates(text: str, day: dt.date) -> None:
    found = session_date(text)
    assert found is not None
    assert (found.date, found.disagrees, found.from_hijri) == (day, False, False)


# Known days; the tabular calendar may be one day off the sighted one.
@pytest.mark.parametrize(
    ("hijri", "day"),
    [
        ((1400, 1, 1), dt.date(1979, 11, 20)),
        ((1440, 1, 1), dt.date(2018, 9, 11)),
        ((1445, 9, 1), dt.date(2024, 3, 11)),
    ],
)
def test_hijri_days_convert_within_a_day(hijri: tuple[int, int, int], day: dt.date) -> None:
    assert abs((from_hijri(*hijri) - day).days) <= 1


def test_both_calendars_are_compared() -> None:
    agree = session_date("جلسة 26 من جمادى الآخرة سنة 1440 هـ الموافق 3 من مارس سنة 2019")
    differ = session_date("جلسة 26 من رجب سنة 1440 هـ الموافق 3 من مارس سنة 2019")
    assert agree is not None
    assert differ is not None
    assert not agree.disagrees
    assert differ.disagrees
    assert differ.date == dt.date(2019, 3, 3)


def test_an_impossible_day_is_no_date() -> None:
    assert session_date("جلسة 31/2/2019") is None


@pytest.mark.parametrize(
    ("line", "number", "year"),
    [
        ("الطعن رقم ٣٤٥ لسنة ٢٠١٨ جزائي/١", "345/2018 جزائي/1", 2018),
        ("في الطعن بالتمييز رقم (58) لسنة 2020 جزائي 2", "58/2020 جزائي 2", 2020),
        ("الاستئناف رقم 1207/2021 ج م", "1207/2021 ج م", 2021),
        ("القضية رقم 812 لسنة 2020 جنايات", "812/2020 جنايات", 2020),
        ("الطعون أرقام 210، 214 و 219 لسنة 2021", "210، 214، 219/2021", 2021),
        ("Appeal in Cassation No. 345 of 2018", "345/2018", 2018),
    ],
)
def test_case_numbers(line: str, number: str, year: int) -> None:
    header = read_header([line])
    assert (header.number, header.year) == (number, year)


@pytest.mark.parametrize(
    ("line", "drops"),
    [
        ("برئاسة السيد المستشار/ فلان", True),
        ("وحضور أمين السر", True),
        ("ضد: النيابة العامة", True),
        ("Presided by the head of the chamber", True),
        ("الطعن رقم 345 لسنة 2018 المرفوع من فلان ضد فلان", False),  # it holds the number
        ("محكمة التمييز", False),
    ],
)
def test_lines_that_only_name_persons(line: str, drops: bool) -> None:
    assert names_persons(line) is drops
