"""The words citations are written with, as folded text spells them. Data, and Arabic's clitics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ك")
ARTICLE = "ال"


def with_clitics(word: str) -> Iterator[tuple[str, bool]]:
    """Yield the word with every proclitic it can bear, and whether that is a conjunction.

    >>> dict(with_clitics("الماده"))["وللماده"]
    True
    """
    for conjunction in _CONJUNCTIONS:
        joined = bool(conjunction)
        for preposition in _PREPOSITIONS:
            yield conjunction + preposition + word, joined
        lam = "لل" + word[2:] if word.startswith(ARTICLE) else "ل" + word
        yield conjunction + lam, joined


def bare_forms(words: Iterable[str], definite: bool = True) -> dict[str, bool]:
    """Map every form of `words`, with and without the article, to "bears a conjunction"."""
    forms: dict[str, bool] = {}
    for word in words:
        for base in (word, ARTICLE + word) if definite else (word,):
            forms.update(with_clitics(base))
    return forms


OPENERS = frozenset("([{«\"'“‘")
CLOSERS = frozenset(")]}»\"'”’")
BRACKETS = OPENERS | CLOSERS  # damaged Arabic text has them turned round: «) 34 (»
DASHES = frozenset("-‐‑‒–—−")
COMMAS = frozenset(",،؛;")

# --- articles: how many the head announces ----------------------------------------------------

ONE, TWO, MANY = 1, 2, 99

_AR_HEADS = (
    {form: (ONE, joined) for form, joined in bare_forms(("ماده",)).items()}
    | {form: (TWO, joined) for form, joined in bare_forms(("مادتان", "مادتين")).items()}
    | {form: (MANY, joined) for form, joined in bare_forms(("مواد",)).items()}
    | {form: (TWO, joined) for form, joined in bare_forms(("مادتي",), definite=False).items()}
    | {form: (ONE, joined) for form, joined in bare_forms(("مادته",), definite=False).items()}
    | {"م": (ONE, False), "وم": (ONE, True), "بم": (ONE, False), "بالم": (ONE, False)}
)
_EN_HEADS = {"article": ONE, "art": ONE, "articles": MANY, "arts": MANY}
HEADS: dict[str, tuple[int, bool]] = _AR_HEADS | {
    word: (count, False) for word, count in _EN_HEADS.items()
}
# Short for "article", but also for metres, masters and sections: only with a law beside them.
WEAK_HEADS = {"m": ONE, "a": ONE, "s": ONE, "ss": MANY, "sec": ONE, "section": ONE}
WEAK_HEADS |= {"sections": MANY, "§": ONE}

NUMBER_SIGNS = frozenset(
    {"رقم", "رقمي", "ارقام", "no", "nos", "nr", "number", "numbers", "num", "#"}
)
NUMBER_SIGNS |= {"n", "numero", "№"}

BIS = frozenset({"مكرر", "مكررا", "مكرره", "bis", "repeated"})
OTHER_REPEATS = frozenset({"ter", "quater", "quinquies"})

AND = frozenset({"و", "او", "ثم", "and", "or", "&"})
TO = frozenset({"الي", "حتي", "to", "through", "until", "till"})
FROM = frozenset({"من", "from"})

ISSUING = bare_forms(("اصدار",)) | {"issuing": False, "issuance": False, "promulgating": False}
ISSUING |= {"promulgation": False}
PREAMBLE = bare_forms(("ديباجه",)) | {"preamble": False}

# --- clauses ----------------------------------------------------------------------------------

_AR_PARAGRAPH = ("فقره", "فقرتين", "فقرتان", "فقرات")
_AR_POINT = ("بند", "بندين", "بندان", "بنود", "نقطه", "حرف")
CLAUSES: dict[str, str] = (
    dict.fromkeys(bare_forms(_AR_PARAGRAPH), "par")
    | dict.fromkeys(bare_forms(_AR_POINT), "pt")
    | dict.fromkeys(bare_forms(("فقرتي",), definite=False), "par")
    | dict.fromkeys(("ف", "فق"), "par")
    | dict.fromkeys(("paragraph", "paragraphs", "para", "paras", "par", "pars"), "par")
    | dict.fromkeys(("subparagraph", "subparagraphs", "subpara", "point", "points"), "pt")
    | dict.fromkeys(("item", "items", "clause", "clauses", "letter", "lit", "pt"), "pt")
    | dict.fromkeys(("subsection", "subsections"), "par")
)
LAST = frozenset({"الاخيره", "اخيره", "الاخير", "last", "final"})

# --- laws -------------------------------------------------------------------------------------

LAW, DECREE_LAW, DECREE = "law", "decree-law", "decree"

_AR_LAW_ONE = bare_forms(("قانون",)) | {"ق": False, "وق": True}
_AR_LAW_MANY = bare_forms(("قوانين", "قانونين", "قانونان"))
AR_LAW = dict.fromkeys(_AR_LAW_ONE, False) | dict.fromkeys(_AR_LAW_MANY, True)
AR_DECREE = bare_forms(("مرسوم",))
AR_BY_LAW = frozenset({"بقانون", "بالقانون"})  # second word of «مرسوم بقانون»
AR_AMIRI = frozenset({"اميري", "الاميري", "اميريه"})
EN_LAW = {"law": False, "laws": True, "act": False, "l": False, "statute": False}
EN_DECREE_PREFIX = frozenset({"amiri", "emiri", "legislative"})

YEAR_WORDS = frozenset({"لسنه", "سنه", "لعام", "عام", "of", "for", "year", "the", "dated", "في"})
CONVENTION = bare_forms(("اتفاقيه", "اتفاقيات", "اتفاقيتين", "اتفاقيتان", "اتفاقيتي")) | {
    "convention": False,
    "conventions": False,
}
ILO = frozenset({"العمل", "الدوليه", "منظمه", "لمنظمه", "ilo", "labour", "labor"})

# What lawyers write for a law right after an article's number, and its name in full.
SHORTHANDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("جزاء",), ("قانون", "الجزاء")),
    (("اجراءات", "جزائيه"), ("قانون", "الاجراءات", "الجزائيه")),
    (("اجراءات", "ومحاكمات", "جزائيه"), ("قانون", "الاجراءات", "والمحاكمات", "الجزائيه")),
    (("اتجار", "بالاشخاص"), ("قانون", "الاتجار", "بالاشخاص")),
    (("اتجار", "بالبشر"), ("قانون", "الاتجار", "بالبشر")),
    (("غسل", "اموال"), ("قانون", "غسل", "الاموال")),
    (("احداث",), ("قانون", "الاحداث")),
    (("دستور",), ("الدستور",)),
)

# "this law", "the same law": words between an article and the law it means.
THIS = frozenset({"هذا", "هذه", "لهذا", "لهذه", "بهذا", "this", "present"})
SAME = frozenset({"ذات", "نفس", "same", "said", "aforesaid", "aforementioned"})
SAME_AFTER = frozenset(
    {"ذاته", "نفسه", "المذكور", "المشار", "سالف", "انف", "ذاتها", "نفسها", "المذكوره"}
)
WORK_NOUNS = frozenset(
    {
        *("القانون", "قانون", "المرسوم", "الاتفاقيه", "البروتوكول", "العهد", "الاعلان", "الدستور"),
        *("النظام", "law", "act", "code", "decree", "convention", "protocol", "covenant"),
        *("constitution", "declaration", "statute", "treaty"),
    }
)

OF = frozenset({"من", "of"})
STEPPING_STONES = frozenset({"the", "احكام", "نصوص", "نص", "provisions", "kuwaiti", "kuwait"})
# After a law, before its article: «في المادة», "in its article", "Law 91/2013's article 2".
INTO_ARTICLE = frozenset({"في", "in", "its", "s", "under", "at"})

# Nouns whose number and year is not a law's: a case, a decision, a telephone.
OTHER_NUMBERED = frozenset(
    {
        *("قضيه", "القضيه", "الطعن", "طعن", "الدعوي", "دعوي", "قرار", "القرار", "حكم", "الحكم"),
        *("جلسه", "الجنايه", "جنايه", "جنحه", "الجنحه", "حصر", "ملف", "محضر", "عدد", "العدد"),
        *("تعميم", "التعميم", "طلب", "الطلب", "استئناف", "الاستئناف", "تمييز", "لائحه", "اللائحه"),
        *(
            "case",
            "appeal",
            "cassation",
            "challenge",
            "petition",
            "decision",
            "resolution",
            "order",
        ),
        *(
            "file",
            "issue",
            "circular",
            "ruling",
            "judgment",
            "regulation",
            "felony",
            "misdemeanour",
        ),
    }
)

# Before «م ١٨» or "article 18" these say that a residence category is meant, not an article.
RESIDENCE_WORDS = frozenset(
    {
        *("اقامه", "الاقامه", "اقامته", "فيزا", "تاشيره", "كفاله", "visa", "visas", "residency"),
        *("residence", "iqama", "permit", "عماله"),
    }
)
