"""Find numbers and addresses that lead to a person: civil ids, telephones, plates, homes.

Numbers of laws, articles, cases, dates and sums stay: they are what a judgment is cited by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from search.model import Language
from search.text.fold import fold


class Private(StrEnum):
    """What kind of private detail a placeholder stands for."""

    EMAIL = "email"
    BANK = "bank"
    PASSPORT = "passport"
    CIVIL_ID = "civil-id"
    PHONE = "phone"
    PLATE = "plate"
    BIRTH = "birth"
    ADDRESS = "address"


LABELS_AR = {
    Private.EMAIL: "حساب إلكتروني",
    Private.BANK: "رقم حساب",
    Private.PASSPORT: "رقم جواز",
    Private.CIVIL_ID: "رقم مدني",
    Private.PHONE: "رقم هاتف",
    Private.PLATE: "رقم لوحة",
    Private.BIRTH: "تاريخ ميلاد",
    Private.ADDRESS: "عنوان",
}
LABELS_EN = {
    Private.EMAIL: "Account",
    Private.BANK: "Bank account",
    Private.PASSPORT: "Passport number",
    Private.CIVIL_ID: "Civil ID",
    Private.PHONE: "Telephone",
    Private.PLATE: "Plate number",
    Private.BIRTH: "Date of birth",
    Private.ADDRESS: "Address",
}
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_NO = r"(?:\s*(?:رقم|رقمه|رقمها|برقم|no\.?|number|#)?\s*[:/(]?\s*)"
_DATE = (
    r"(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,2}|\d{1,2}(?:st|nd|rd"
    r"|th)?\s+[^\W\d]+\s+\d{4}|(?:عام|سنه|في|in)?\s*(?:19|20)\d\d)"
)
_S = r"[^\S\n]"
_LONG_AR = (
    r"(?:ال)?(?:قطعه|شارع|جاده|منزل|عماره|بنايه|بناء|مبني|شقه|دور|طابق|قسيمه|زقاق|فيلا|بيت|مجمع)"
)
_NUMBER_AR = rf"(?:{_S}*رقم)?{_S}*[:(]?{_S}*\d{{1,5}}(?:[أ-ي](?![\u0621-\u064a]))?\)?(?!{_S}*[/\d])"
_PART_AR = rf"(?:(?:{_LONG_AR}|[قشم]){_NUMBER_AR}|{_LONG_AR}{_S}+[\u0621-\u064a]+)"
_NUMBERED_AR = rf"(?:{_LONG_AR}|[قشم]){_NUMBER_AR}"
_PART_EN = (
    r"(?:block|blk\.?|street|st\.?|avenue|ave\.?|jada|house|building|bldg\.?|flat|apartment|apt\.?"
    r"|floor|villa|plot|room|road)"
)
_NUMBER_EN = rf"{_S}*(?:no\.?|number)?{_S}*\d{{1,5}}[a-z]?\b"
_PATTERNS: tuple[tuple[Private, re.Pattern[str]], ...] = (
    (Private.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@[a-z_][\w.]{2,40}")),
    (Private.BANK, re.compile(r"\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){3,7}\s?[a-z0-9]{0,4}\b")),
    (
        Private.PASSPORT,
        re.compile(
            rf"(?:جواز(?:ات|ي)?\s*(?:ال)?(?:سفر(?:ها|ه|هم)?)?"
            rf"|passports?){_NO}(?P<v>[a-z]{{0,3}}\s?\d{{5,10}}[a-z]?)"
            r"|(?<![\w/])(?P<w>[a-z]{1,2}\d{6,9}[a-z]?)(?![\w/])"
        ),
    ),
    (
        Private.BIRTH,
        re.compile(
            rf"(?:مواليد|تاريخ\s+(?:ال)?ميلاد(?:ها|ه)?|(?:ال)?مولود[هة]?(?:\s+(?:في|بتاريخ))?"
            rf"|\bborn\s+(?:on|in)|date\s+of\s+birth|\bdob)\s*[:/]?\s*(?P<v>{_DATE})"
        ),
    ),
    (
        Private.PLATE,
        re.compile(
            r"(?:لوح(?:ه|ات)(?:\s+(?:معدنيه|المعدنيه|المركبه|السياره))?|\bplates?|registration"
            r"|(?:ال)?(?:مركبه|سياره)\s+رقم)"
            rf"{_NO}(?P<v>[a-z]{{0,3}}\s?\d{{1,3}}\s*[-/]\s*\d{{1,6}}|[a-z]{{0,3}}\s?\d{{3,7}})"
        ),
    ),
    (
        Private.CIVIL_ID,
        re.compile(
            r"(?<![\d/.-])\d{3}-\d{4}-\d{7}-\d(?!\d)|(?<![\d/.])\d{11,16}(?![\d/])"
            rf"|(?:(?:ال)?رقم(?:ها|ه)?\s+(?:ال)?(?:مدني|قومي|شخصي)|(?:ال)?بطاقه?\s+(?:ال)?(?:مدنيه"
            rf"|شخصيه)|(?:ال)?اقامه{_NO}|civil\s+id|id\s+card|residency\s+(?:no"
            rf"|permit)){_NO}(?P<v>\d[\d -]{{5,15}}\d)"
        ),
    ),
    (
        Private.PHONE,
        re.compile(
            r"(?<![\d/.])(?:\+|00)\d(?:[\s-]?\d){7,14}(?![\d/])"
            r"|(?<![\d/.,-])[124569]\d{3}[\s-]?\d{4}(?![\d/.]\d|\d|\s*[-/]\s*\d)(?!\s*(?:دينار"
            r"|د\.ك|فلس|dinar|kd|kwd))"
            rf"|(?:هاتف(?:ه|ها)?|نقال(?:ه|ها)?|جوال|\b(?:tele)?phone|\bmobile"
            rf"|\btel\.?){_NO}(?P<v>\d[\d -]{{5,14}}\d)"
        ),
    ),
    (
        Private.BANK,
        re.compile(
            rf"(?:(?:ال)?حساب(?:ه|ها)?(?:\s+(?:ال)?(?:بنكي|مصرفي|جاري))?\s+(?:ب?رقم)"
            rf"|account\s+(?:no\.?|number)){_NO}(?P<v>\d[\d -]{{4,24}}\d)"
        ),
    ),
    (
        Private.ADDRESS,
        re.compile(
            rf"(?<![\u0621-\u064a])[وبل]?{_NUMBERED_AR}(?:{_S}*[،,;-]?{_S}*[وب]?{_PART_AR})*"
            rf"|(?<![\u0621-\u064a])(?:ال)?شارع(?:{_S}+[\u0621-\u064a]+){{1,3}}(?:{_S}*[،,-]?{_S}*{_NUMBERED_AR})+"
            rf"|\b(?:{_PART_EN}{_NUMBER_EN}(?:{_S}*[,;]?{_S}*(?:and{_S}+)?(?={_PART_EN})|(?=\W"
            rf"|$)))+"
            r"|\bp\.?\s?o\.?\s*box\s*\d{2,7}|ص\.?\s?ب\.?\s*:?\s*\d{2,7}"
        ),
    ),
)
# «م 5» and «ش 5» alone are articles and the like, «الدور الأول» a stage of a case.
_TOO_SHORT = re.compile(
    r"\s*(?:و|ب|ل)?(?:ال)?(?:م|ش|ق|دور|طابق|مبني|بيت"
    r"|بناء)(?:\s*رقم)?\s*[:(]?\s*\d{1,5}\)?\s*[،,]?\s*"
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A private detail: raw[start:end], its kind, and what makes it the same elsewhere."""

    start: int
    end: int
    kind: Private
    key: str


def private_details(raw: str) -> list[Detail]:
    """Return the private numbers and addresses of a text in order, none overlapping another."""
    folded = fold(raw)
    found: list[Detail] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(folded.text):
            group = next(
                (g for g in ("v", "w") if g in pattern.groupindex and match.group(g)), None
            )
            start, end = match.span(group) if group else match.span()
            value = match.group(group) if group else match.group()
            if kind is Private.ADDRESS and _TOO_SHORT.fullmatch(value):
                continue
            start += len(value) - len(value.lstrip(" ،,"))
            end -= len(value) - len(value.rstrip(" ،,"))
            if start < end and not any(start < e and s < end for s, e in taken):
                taken.append((start, end))
                key = re.sub(r"[\W_]", "", folded.text[start:end])
                found.append(Detail(*folded.source_span(start, end), kind, key))
    return sorted(found, key=lambda detail: detail.start)


def placeholder(kind: Private, number: int, language: Language) -> str:
    """Return what stands in place of a detail: «[رقم هاتف ١]», "[Telephone 1]"."""
    if language is Language.EN:
        return f"[{LABELS_EN[kind]} {number}]"
    return f"[{LABELS_AR[kind]} {str(number).translate(_DIGITS)}]"
