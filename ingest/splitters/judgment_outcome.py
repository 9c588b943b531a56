"""Read what was charged and what became of each charge, from the words of charge and disposition.

A charge whose offence is none of our concepts is not named; nothing is inferred from the facts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from search.model import Bilingual, Charge, Language
from search.text.fold import fold, fold_text

# Offence concept → how charges name it, folded.
_OFFENCES: tuple[tuple[str, str], ...] = (
    ("trafficking", r"(?:ال)?اتجار ب(?:ال)?(?:اشخاص|بشر)|(?:human )?trafficking(?: in persons)?"),
    ("migrant-smuggling", r"تهريب (?:ال)?مهاجرين|smuggling of migrants|migrant smuggling"),
    (
        "residency-trading",
        (
            r"(?:ال)?اتجار (?:ب|في )(?:ال)?اقامات?|(?:ال)?متاجره ب(?:ال)?اقامات?"
            r"|بيع (?:ال)?اقامات?|trading in residen\w+|residency trading"
        ),
    ),
    (
        "passport-holding-offence",
        r"(?:حجز|احتجاز) جوازات? (?:ال)?سفر|withholding (?:of )?passports?",
    ),
    (
        "unlawful-detention",
        (
            r"(?:حجز|حبس|احتجاز|القبض علي|تقييد) (?:ال)?(?:حريه|شخص|مجني|انسان)"
            r"|unlawful (?:detention|confinement)|false imprisonment"
        ),
    ),
    ("kidnapping", r"(?:ال)?خطف|kidnapping|abduction"),
    ("prostitution-offence", r"(?:ال)?(?:دعاره|فجور|بغاء)|prostitution"),
    ("forgery", r"(?:ال)?تزوير|forgery"),
    ("bribery", r"(?:ال)?رشوه|bribery"),
    ("money-laundering", r"غسل (?:ال)?اموال|money laundering"),
    ("illegal-entry", r"دخول (?:البلاد )?(?:خلسه|بطريق غير مشروع)|illegal entry"),
)
_READ = tuple((concept, re.compile(words)) for concept, words in _OFFENCES)
# The first that fits a clause of the disposition decides it.
_OUTCOMES: tuple[tuple[str, str], ...] = (
    ("acquitted", r"ب?براءه|acquit"),
    (
        "penalty-withheld",
        (
            r"الامتناع عن (?:ال)?نطق|withh\w+ (?:the )?(?:penalty|sentence)"
            r"|refrain\w* from pronounc"
        ),
    ),
    ("reduced", r"تعديل|تخفيف|(?:reduc|vary|varies)"),
    ("increased", r"تشديد|increas"),
    (
        "annulled",
        r"تمييز الحكم|نقض الحكم|الغاء الحكم|بتمييزه|بنقضه|quash|set aside|sets aside|annul",
    ),
    (
        "upheld",
        (
            r"برفض(?:ه|هما|ها)?\b|رفض (?:الطعن|الاستئناف)|بتاييد|تاييد الحكم|uph[oe]ld"
            r"|dismiss\w* the appeal|appeal is dismissed"
        ),
    ),
    ("dismissed", r"عدم (?:قبول|جواز)|سقوط|inadmissible|انقضاء الدعوي"),
    (
        "convicted",
        (
            r"بمعاقب|معاقب|بحبس|حبس (?:ال)?متهم|بتغريم|بادانه|ادانه|بالسجن|sentenc|convict|impos"
            r"|fine[sd]?\b|guilty"
        ),
    ),
)
_OUTCOMES_READ = tuple((outcome, re.compile(words)) for outcome, words in _OUTCOMES)
_CLAUSE = re.compile(
    r"(?:^|(?<=[\s:.،؛,;]))(?=(?:اولا|ثانيا|ثالثا|رابعا|خامسا)\s*[:–-])|(?<=[.؛;\n])"
    r"|[،,]\s*(?=و?ب(?:براء|معاقب|حبس|تغريم)|and (?:acquits|convicts|sentences))"
)
_ORDINALS = (
    r"تهمه الاولي|first (?:charge|count)|count one",
    r"تهمه الثانيه|second (?:charge|count)|count two",
    r"تهمه الثالثه|third (?:charge|count)|count three",
    r"تهمه الرابعه|fourth (?:charge|count)|count four",
)
_MAX_SENTENCE_CHARS = 240


def charges_of(charge_text: str, disposition: str, language: Language) -> tuple[Charge, ...]:
    """Return the offences charged, in order, each with its outcome; none where none is named."""
    offences = _offences(charge_text)
    clauses = _clauses(disposition)
    if not offences:
        offences = _offences(disposition)
    common = next((outcome for _, outcome, wide in clauses if wide), None)
    found = []
    for number, offence in enumerate(offences):
        own = next((c for c in clauses if _concerns(c[0], offence, number)), None)
        wide = next((c for c in clauses if c[2]), None)
        said = own or wide
        outcome = own[1] if own else common or "unknown"
        words = said[0].strip(" ،,.؛;:\n")[:_MAX_SENTENCE_CHARS] if said else None
        found.append(Charge(offence, outcome, _in(language, words) if words else None))
    return tuple(found)


def _offences(text: str) -> list[str]:
    folded = fold_text(text)
    at = [(m.start(), concept) for concept, words in _READ if (m := words.search(folded))]
    return [concept for _, concept in sorted(at)]


def _clauses(disposition: str) -> list[tuple[str, str, bool]]:
    """Return the parts that decide something: words, outcome, and whether it is for all charges."""
    folded = fold(disposition)
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(folded.text)), len(folded.text)]
    found = []
    for start, end in pairwise(cuts):
        piece = folded.text[start:end]
        outcome = next((name for name, words in _OUTCOMES_READ if words.search(piece)), None)
        if outcome is None or start >= end:
            continue
        left, right = folded.source_span(start, end)
        wide = not _offences(piece) and not any(re.search(words, piece) for words in _ORDINALS)
        found.append((disposition[left:right], outcome, wide))
    return found


def _concerns(words: str, offence: str, number: int) -> bool:
    folded = fold_text(words)
    named = offence in _offences(words)
    return named or (number < len(_ORDINALS) and bool(re.search(_ORDINALS[number], folded)))


def _in(language: Language, words: str) -> Bilingual:
    words = " ".join(words.split())
    return Bilingual(ar=words) if language is Language.AR else Bilingual(en=words)


def charge_lines(lines: Sequence[str]) -> str:
    """Return the lines that say what was charged: from «اتهمت النيابة» to the next ruling."""
    kept: list[str] = []
    for line in lines:
        head = fold_text(line[:120])
        if re.search(r"اتهم[ت]?\b|اسندت|نسبت النيابه|charged|indicted|charges?\b", head):
            kept.append(re.split(r"وطلب(?:ت)? (?:عقاب|معاقب)|ومحكمه|وقضت", line)[0])
        elif kept and re.match(
            r"\s*(?:[-–•]|\d|[٠-٩]|اولا|ثانيا|ثالثا|أولا|ثالثًا|أولًا|ثانيًا|\()", line
        ):
            kept.append(line)
    return "\n".join(kept)
