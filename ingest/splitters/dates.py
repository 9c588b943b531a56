"""Read the date of a session in both calendars, and check that they name the same day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.text.fold import fold_text

# The tabular calendar and the one of Umm al-Qura, which is sighted in advance, may differ so far.
MAX_DAYS_APART = 2
_HIJRI_EPOCH = 1_948_440  # Julian day number of 1 Muharram 1, civil reckoning
_ORDINAL_EPOCH = 1_721_425  # Julian day number of the day before 1 January 1
_HIJRI_YEARS = range(1300, 1501)
_GREGORIAN_YEARS = range(1930, 2101)
_MONTHS = (
    ("يناير", "كانون الثاني", "january"),
    ("فبراير", "شباط", "february"),
    ("مارس", "اذار", "march"),
    ("ابريل", "نيسان", "april"),
    ("مايو", "ايار", "may"),
    ("يونيو", "يونيه", "حزيران", "june"),
    ("يوليو", "يوليه", "تموز", "july"),
    ("اغسطس", "اب", "august"),
    ("سبتمبر", "ايلول", "september"),
    ("اكتوبر", "تشرين الاول", "october"),
    ("نوفمبر", "تشرين الثاني", "november"),
    ("ديسمبر", "كانون الاول", "december"),
)
_HIJRI_MONTHS = (
    ("محرم", "المحرم", "muharram"),
    ("صفر", "safar"),
    ("ربيع الاول", "rabi al-awwal", "rabi i"),
    ("ربيع الاخر", "ربيع الثاني", "rabi al-thani", "rabi ii"),
    ("جمادي الاولي", "جمادي الاول", "jumada al-ula", "jumada i"),
    ("جمادي الاخره", "جمادي الثانيه", "جمادي الاخر", "jumada al-akhira", "jumada ii"),
    ("رجب", "rajab"),
    ("شعبان", "shaban", "sha'ban"),
    ("رمضان", "ramadan"),
    ("شوال", "shawwal"),
    ("ذي القعده", "ذو القعده", "dhu al-qada", "dhu al-qi'dah"),
    ("ذي الحجه", "ذو الحجه", "dhu al-hijja", "dhu al-hijjah"),
)


def _by_name(table: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name: number for number, names in enumerate(table, 1) for name in names}


_GREGORIAN, _HIJRI = _by_name(_MONTHS), _by_name(_HIJRI_MONTHS)
_NAMES = "|".join(sorted((*_GREGORIAN, *_HIJRI), key=len, reverse=True))
_NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:من\s+|of\s+)?(?:شهر\s+)?(?P<month>{_NAMES})\s*"
    r"[,،]?\s*(?:من\s+)?(?:سنه|عام|لسنه)?\s*(?P<year>\d{4})(?!\d)"
    rf"|(?P<month_first>{_NAMES})\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_after>\d{{4}})"
)
_NUMERIC = re.compile(r"(?<![\d/])(\d{1,4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})(?![\d/])")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed; `hijri` is year, month and day where it is of that calendar."""

    gregorian: dt.date
    hijri: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class SessionDate:
    """The date of a session; `disagrees` where the two calendars name days too far apart."""

    date: dt.date
    from_hijri: bool = False  # only the Hijri date is given: the day may be one off
    disagrees: bool = False


def session_date(text: str) -> SessionDate | None:
    """Return the first date of a text, checked against a date of the other calendar beside it."""
    days = list(find_days(text))
    solar = next((day for day in days if day.hijri is None), None)
    lunar = next((day for day in days if day.hijri is not None), None)
    if solar is None:
        return SessionDate(lunar.gregorian, from_hijri=True) if lunar else None
    apart = abs((solar.gregorian - lunar.gregorian).days) if lunar else 0
    return SessionDate(solar.gregorian, disagrees=apart > MAX_DAYS_APART)


def find_days(text: str) -> Iterator[Day]:
    """Yield the days named in a text, in order; impossible ones are left out."""
    folded = fold_text(text)
    found = [(m.start(), _named(m)) for m in _NAMED.finditer(folded)]
    found += [(m.start(), _numeric(m)) for m in _NUMERIC.finditer(folded)]
    for _, day in sorted(found, key=lambda pair: pair[0]):
        if day is not None:
            yield day


def from_hijri(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian day of a Hijri one by the tabular calendar (30-year cycle).

    >>> from_hijri(1440, 6, 26)
    datetime.date(2019, 3, 4)
    """
    months = 29 * (month - 1) + month // 2
    julian = day + months + (year - 1) * 354 + (3 + 11 * year) // 30 + _HIJRI_EPOCH - 1
    return dt.date.fromordinal(julian - _ORDINAL_EPOCH)


def _named(match: re.Match[str]) -> Day | None:
    name = match.group("month") or match.group("month_first")
    day = int(match.group("day") or match.group("day_after"))
    year = int(match.group("year") or match.group("year_after"))
    if name in _HIJRI:
        return _lunar(year, _HIJRI[name], day)
    return _solar(year, _GREGORIAN[name], day)


def _numeric(match: re.Match[str]) -> Day | None:
    first, month, last = (int(part) for part in match.groups())
    year, day = (first, last) if first > 31 else (last, first)
    return _lunar(year, month, day) or _solar(year, month, day)


def _lunar(year: int, month: int, day: int) -> Day | None:
    if year not in _HIJRI_YEARS or not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    return Day(from_hijri(year, month, day), (year, month, day))


def _solar(year: int, month: int, day: int) -> Day | None:
    if year not in _GREGORIAN_YEARS:
        return None
    try:
        return Day(dt.date(year, month, day))
    except ValueError:
        return None
