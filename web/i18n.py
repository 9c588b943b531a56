"""Say things in the reader's language: wording, plurals, digits, dates, errors.

Arabic labels of ours use Arabic-Indic digits; digits inside texts, ids and addresses are never
touched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from search.errors import TamyeezError
from search.model import Language
from web import (
    messages_ar,
    messages_ar_access,
    messages_ar_case_studies,
    messages_ar_compare,
    messages_ar_distinction,
    messages_ar_drafting,
    messages_ar_library,
    messages_ar_reading,
    messages_ar_reference,
    messages_ar_review,
    messages_ar_search,
    messages_ar_work,
    messages_en,
    messages_en_access,
    messages_en_case_studies,
    messages_en_compare,
    messages_en_distinction,
    messages_en_drafting,
    messages_en_library,
    messages_en_reading,
    messages_en_reference,
    messages_en_review,
    messages_en_search,
    messages_en_work,
)

CATALOGUES: Mapping[Language, Mapping[str, str | Mapping[str, str]]] = {
    Language.AR: {
        **messages_ar.MESSAGES,
        **messages_ar_access.MESSAGES,
        **messages_ar_case_studies.MESSAGES,
        **messages_ar_search.MESSAGES,
        **messages_ar_reading.MESSAGES,
        **messages_ar_distinction.MESSAGES,
        **messages_ar_compare.MESSAGES,
        **messages_ar_drafting.MESSAGES,
        **messages_ar_library.MESSAGES,
        **messages_ar_reference.MESSAGES,
        **messages_ar_review.MESSAGES,
        **messages_ar_work.MESSAGES,
    },
    Language.EN: {
        **messages_en.MESSAGES,
        **messages_en_access.MESSAGES,
        **messages_en_case_studies.MESSAGES,
        **messages_en_search.MESSAGES,
        **messages_en_reading.MESSAGES,
        **messages_en_distinction.MESSAGES,
        **messages_en_compare.MESSAGES,
        **messages_en_drafting.MESSAGES,
        **messages_en_library.MESSAGES,
        **messages_en_reference.MESSAGES,
        **messages_en_review.MESSAGES,
        **messages_en_work.MESSAGES,
    },
}
PLURAL_FORMS: Mapping[Language, tuple[str, ...]] = {
    Language.AR: ("zero", "one", "two", "few", "many", "other"),
    Language.EN: ("one", "other"),
}
# Gregorian months as Kuwait names them.
_MONTHS = {
    Language.AR: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    Language.EN: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# Digits that stand next to a Latin letter or inside an id belong to a name: "IBM 3270", "art-2".
# A range of years and the number of a heading, "1- …", are ours.
_OWN_DIGITS = re.compile(
    r"(?<![A-Za-z0-9_.@-])(?:[0-9]{4}-[0-9]{4}|[0-9]+(?:[.][0-9]+)*)(?![A-Za-z0-9_@]|-\S)"
)
_DATE_IN_TEXT = re.compile(r"(?<![A-Za-z0-9_./-])[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![A-Za-z0-9_/-])")
# Ids number lettered clauses in the order of the abjad: a is alef, b is beh.
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذ"
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def message(language: Language, key: str, **values: object) -> str:
    """Return the wording of `key`; raise KeyError for one that the catalogue lacks."""
    wording = CATALOGUES[language][key]
    if not isinstance(wording, str):
        raise KeyError(f"{key} has plural forms: ask count()")
    return wording.format(**values) if values else wording


def label(language: Language, prefix: str, value: str) -> str:
    """Return the wording of a stored value such as an outcome; an unnamed one reads as stored."""
    wording = CATALOGUES[language].get(f"{prefix}.{value}")
    return wording if isinstance(wording, str) else value.replace("-", " ")


def plural_form(language: Language, n: int) -> str:
    """Return the plural form CLDR gives for a whole number."""
    if language == Language.EN:
        return "one" if n == 1 else "other"
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if 11 <= n % 100 <= 99 else "other"


def count(language: Language, key: str, n: int) -> str:
    """Return a counted noun, e.g. «٣ مواد» or "3 provisions"."""
    forms = CATALOGUES[language][key]
    if isinstance(forms, str):
        raise KeyError(f"{key} has no plural forms: ask message()")
    return forms[plural_form(language, n)].format(n=number(language, n))


def number(language: Language, n: int) -> str:
    """Return a number with separators of thousands."""
    if language == Language.EN:
        return f"{n:,}"
    return f"{n:,}".replace(",", "٬").translate(_ARABIC_INDIC)


def percent(language: Language, share: float) -> str:
    """Return a share of one in percent, rounded."""
    return number(language, round(share * 100)) + ("%" if language == Language.EN else "٪")


def digits(language: Language, text: str) -> str:
    """Return a label of ours with the digits of its language."""
    if language == Language.EN:
        return text
    return _OWN_DIGITS.sub(lambda m: m.group().replace(".", "٫").translate(_ARABIC_INDIC), text)


def readable(language: Language, text: str) -> str:
    """Return a title or citation with its dates in words and the digits of its language.

    A date such as 2021-05-30 would be read backwards among Arabic words.
    """
    return digits(language, _DATE_IN_TEXT.sub(lambda m: date(language, m.group()), text))


def clause(language: Language, path: str) -> str:
    """Return the name of a clause: "par-2/pt-7" is "paragraph 2, point 7"."""
    names = []
    for segment in path.split("/"):
        kind, _, mark = segment.partition("-")
        if language == Language.AR and len(mark) == 1 and "a" <= mark <= "z":
            mark = _ABJAD[ord(mark) - ord("a")]
        wording = CATALOGUES[language].get(f"clause.{kind}")
        names.append(f"{wording} {digits(language, mark)}" if wording else segment)
    return message(language, "sep").join(names)


def date(language: Language, value: dt.date | str) -> str:
    """Return a date as precise as it is known: "2013", "2013-03" or "2013-03-17".

    >>> date(Language.EN, "2013-03-17")
    '17 March 2013'
    """
    text = value.isoformat() if isinstance(value, dt.date) else value
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None or (match[2] and not 1 <= int(match[2]) <= 12):
        return digits(language, text)
    month = _MONTHS[language][int(match[2]) - 1] if match[2] else None
    day = str(int(match[3])) if match[3] else None
    return digits(language, " ".join(part for part in (day, month, match[1]) if part))


def term(language: Language, months: int, of: bool = False) -> str:
    """Return a term of imprisonment in years where it comes out even, else in months.

    `of` asks for the form that stands after a preposition.
    """
    form = "-of" if of else ""
    if months and months % 12 == 0:
        return count(language, f"count.years{form}", months // 12)
    return count(language, f"count.months{form}", months)


def error_sentence(language: Language, error: TamyeezError) -> str:
    """Return the catalogue's sentence for an error; in English the error's own as fallback.

    The error's own sentence may name files of the server, so it is not shown where the server,
    not the request, is at fault.
    """
    wording = CATALOGUES[language].get(f"error.{error.code}")
    details = {
        name: number(language, value) if isinstance(value, int) else value
        for name, value in error.details.items()
    }
    try:
        if isinstance(wording, str):
            return wording.format(**details)
    except KeyError:  # the error lacks a detail; to say less is better than to fail here
        pass
    if language == Language.EN and error.status < 500:
        return str(error)
    return message(language, "error.error")


def preferred_language(accept_language: str) -> Language:
    """Return the language an Accept-Language header prefers; Arabic where it says nothing."""
    best, best_weight = Language.AR, 0.0
    for part in accept_language[:500].split(","):
        tag, _, parameter = part.partition(";")
        code = tag.strip().lower().split("-")[0]
        weight = re.fullmatch(r"\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", parameter)
        value = float(weight[1]) if weight else 1.0
        if code in ("ar", "en") and value > best_weight:
            best, best_weight = Language(code), value
    return best
