"""Read the header of a judgment: court, chamber, number and year in their many forms, session.

The lines that name the bench, the registry, counsel and the parties are told, so that they can be
left out of what is indexed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.model import Bilingual
from search.text.fold import fold_text

from .dates import SessionDate, session_date

_MAX_COURT_CHARS = 2500  # the court is named at the top; later ones are the courts appealed from
# Court as folded text has it → level, and its name in both languages.
_COURTS = (
    (
        r"محكمه\s+دستوريه|المحكمه\s+الدستوريه|constitutional court",
        "constitutional",
        ("المحكمة الدستورية", "Constitutional Court"),
    ),
    (r"محكمه\s+التمييز|court of cassation", "cassation", ("محكمة التمييز", "Court of Cassation")),
    (r"محكمه\s+النقض", "cassation", ("محكمة النقض", "Court of Cassation")),
    (
        r"المحكمه\s+(?:الاتحاديه\s+)?العليا|supreme court",
        "cassation",
        ("المحكمة العليا", "Supreme Court"),
    ),
    (
        r"محكمه\s+(?:ال)?استئناف\b|court of appeal(?! in cass)",
        "appeal",
        ("محكمة الاستئناف", "Court of Appeal"),
    ),
    (
        r"محكمه\s+(?:ال)?جنايات|criminal court|felony court",
        "first-instance",
        ("محكمة الجنايات", "Criminal Court"),
    ),
    (
        r"محكمه\s+(?:ال)?جنح|misdemeanou?r court",
        "first-instance",
        ("محكمة الجنح", "Misdemeanours Court"),
    ),
    (
        r"(?:ال)?محكمه\s+(?:ال)?(?:كليه|ابتدائيه)|court of first instance",
        "first-instance",
        ("المحكمة الكلية", "Court of First Instance"),
    ),
)
_COURTS_READ = tuple((re.compile(words), level, name) for words, level, name in _COURTS)
_BY_KIND = (
    (r"تمييز|نقض|cassation", "cassation", ("محكمة التمييز", "Court of Cassation")),
    (r"استئناف|مستانف|appeal", "appeal", ("محكمة الاستئناف", "Court of Appeal")),
    (
        r"جنايات|جنح|حصر|felon|misdemeanou?r|case",
        "first-instance",
        ("محكمة أول درجة", "Court of First Instance"),
    ),
)
_UNKNOWN = ("other", ("محكمة غير مبينة", "Court not stated"))
_CHAMBER = re.compile(
    r"(?:الدائره|دائره|الهيئه)\s+(?:ال)?(?P<ar>[\u0621-\u064a]+(?:\s+(?:ال)?[\u0621-\u064a]+)?)"
    r"|(?P<en>[a-z]+(?:\s+[a-z]+)?)\s+(?:chamber|circuit)\b"
)
_CHAMBERS = (
    (r"جزائي|جنائي|criminal", ("الدائرة الجزائية", "Criminal Chamber")),
    (r"مدني|civil", ("الدائرة المدنية", "Civil Chamber")),
    (r"تجاري|commercial", ("الدائرة التجارية", "Commercial Chamber")),
    (r"عمالي|labou?r", ("الدائرة العمالية", "Labour Chamber")),
    (r"اداري|administrative", ("الدائرة الإدارية", "Administrative Chamber")),
    (r"احوال|family|personal", ("دائرة الأحوال الشخصية", "Family Chamber")),
)
_OPEN, _CLOSE = r"[(\[)]?\s*", r"\s*[)\](]?"
_NUMBERED = re.compile(
    r"(?P<kind>(?:ال)?(?:طعن(?:ين|ون)?|طعون|قضيه|قضايا|دعوي|استئناف(?:ين)?|جنايه|جناي[هة]"
    r"|جنحه|تماس|التماس)"
    r"(?:\s+(?:ب(?:طريق\s+)?)?(?:ال)?(?:تمييز|جزائيه?|جنائيه?|نقض))?)\s*"
    rf"(?:رقم|ارقام|رقمي"
    rf"|المقيد(?:ه)?\s+برقم)?\s*:?\s*{_OPEN}(?P<number>\d{{1,6}}(?:\s*[،,و]\s*\d{{1,6}})*){_CLOSE}\s*"
    rf"(?:/|-|لسنه|لعام|سنه|عام){_OPEN}(?P<year>\d{{4}}){_CLOSE}"
    r"(?P<after>\s*[/:-]?\s*(?:ق\s*)?(?:تمييز\s+)?(?:ال)?(?:جزائي|جنائي|جنايات|جنح|مدني"
    r"|تجاري|عمالي|حصر|مستانفه?|ج\s*م)?\s*[/-]?\s*\d{0,2})"
)
_NUMBERED_EN = re.compile(
    r"(?P<kind>(?:criminal\s+)?(?:appeal(?:\s+in\s+cassation)?|cassation|case|petition"
    r"|felony|misdemeanou?r)(?:\s+appeal)?)"
    r"\s*(?:no\.?|number|nos\.?)\s*(?P<number>\d{1,6}(?:\s*(?:,|and)\s*\d{1,6})*)\s*(?:of"
    r"|/)\s*(?:the year\s*)?(?P<year>\d{4})"
    r"(?P<after>\s*[,(]?\s*(?:criminal|civil|commercial|felonies|cassation)?\s*[/-]?\s*\d{0,2})"
)
_SESSION = re.compile(r"جلسه|الموافق|session|hearing|delivered|sitting|صدر|بتاريخ|dated")
_PERSONS = re.compile(
    r"[\s*#•-]*(?:و?برئاسه|و?عضويه|و?ب?حضور|و?بحضور|وحضور|رئيس\s+(?:الجلسه|المحكمه"
    r"|الدائره)|نائب رئيس|السيد\s+المستشار"
    r"|الساده\s+المستشار|(?:ال)?مستشار|(?:ال)?قاضي|القضاه|اعضاء|عضو\b|وكيل\s+(?:ال)?نيابه"
    r"|ممثل\s+(?:ال)?نيابه|رئيس\s+(?:ال)?نيابه"
    r"|امين\s+(?:ال)?سر|امينه\s+(?:ال)?سر|سكرتير|كاتب\s+(?:ال)?جلسه|قلم\s+(?:ال)?كتاب"
    r"|المحامي|الاستاذ|"
    r"(?:ال)?مرفوع(?:ه)?\s+من|المقام(?:ه)?\s+من|ضد\b|الطاعن(?:ون|ين|ان|ه)?\s*[:/]"
    r"|المطعون\s+ضد|المستانف(?:ون|ين|ه|\s+ضده)?\s*[:/]"
    r"|المتهم(?:ون|ين|ه)?\s*[:/]|المدعي|الخصوم|اسماء\s"
    r"|presid(?:ed|ing)|before\s*:|judges?\b|justices?\b|the\s+bench|registrar|clerk"
    r"|secretary|counsel|for\s+the\s+(?:appellant|accused|prosecution)"
    r"|between\b|v\.|versus|appellants?\s*:|respondents?\s*:|parties\b|lodged\s+by|members?\b)"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says; what it does not say is None, never guessed."""

    level: str
    court: Bilingual
    number: str | None  # "345/2018", with the circuit where it is printed: "345/2018 جزائي/1"
    numbers: tuple[str, ...]  # of joined appeals each one, digits only
    year: int | None
    session: SessionDate | None


def read_header(lines: Sequence[str]) -> Header:
    """Read the lines above the facts."""
    folded = [" ".join(fold_text(line).split()) for line in lines]
    text = "\n".join(folded)
    numbered = _first_number(text)
    kind = f"{numbered.group('kind')} {numbered.group('after')}" if numbered else ""
    level, names = _court(text, kind)
    chamber = _chamber(text, kind)
    court = Bilingual(
        ar=f"{names[0]} - {chamber[0]}" if chamber else names[0],
        en=f"{names[1]}, {chamber[1]}" if chamber else names[1],
    )
    numbers = tuple(re.findall(r"\d+", numbered.group("number"))) if numbered else ()
    year = int(numbered.group("year")) if numbered else None
    return Header(level, court, _printed(numbered), numbers, year, _session(folded))


def names_persons(line: str) -> bool:
    """Tell whether a line of the header only says who sat, who pleaded and who the parties are."""
    folded = " ".join(fold_text(line).split())
    return _PERSONS.match(folded) is not None and not _first_number(folded)


def _first_number(text: str) -> re.Match[str] | None:
    found = [m for pattern in (_NUMBERED, _NUMBERED_EN) if (m := pattern.search(text))]
    return min(found, key=lambda m: m.start(), default=None)


def _printed(numbered: re.Match[str] | None) -> str | None:
    if numbered is None:
        return None
    numbers = "، ".join(re.findall(r"\d+", numbered.group("number")))
    after = re.sub(r"\s+", " ", numbered.group("after")).strip(" /:-,(")
    return f"{numbers}/{numbered.group('year')}" + (
        f" {after}" if after and not after.isdigit() else ""
    )


def _court(text: str, kind: str) -> tuple[str, tuple[str, str]]:
    """Return the level and names of the court that stands first, else of the kind of the number."""
    opening = text[:_MAX_COURT_CHARS]
    named = [
        (m.start(), level, names) for p, level, names in _COURTS_READ if (m := p.search(opening))
    ]
    by_kind = next(
        ((level, names) for words, level, names in _BY_KIND if re.search(words, kind)), None
    )
    if named and not (by_kind and by_kind[0] == "cassation" != named[0][1]):
        _, level, names = min(named)
        return level, names
    return by_kind or _UNKNOWN


def _chamber(text: str, kind: str) -> tuple[str, str] | None:
    found = _CHAMBER.search(text[:_MAX_COURT_CHARS])
    said = f"{found.group()} " if found else kind
    return next((names for words, names in _CHAMBERS if re.search(words, said)), None)


def _session(lines: Sequence[str]) -> SessionDate | None:
    """Read the date from the line that announces the session; the next one may hold the other."""
    for at, line in enumerate(lines):
        if _SESSION.search(line):
            found = session_date(" ".join(lines[at : at + 2]))
            if found is not None:
                return found
    return None
