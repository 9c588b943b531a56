"""The words citations are written with, as folded text spells them. Data, and Arabic's clitics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

_ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءؤئ"

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


OPENERS = frozenset("([{«\"'“‘﴿")
CLOSERS = frozenset(")]}»\"'”’﴾")
QUOTES = frozenset("«»\"'“”‘’")
BRACKETS = OPENERS | CLOSERS  # damaged Arabic text has them turned round: «) 34 (»
DASHES = frozenset("-‐‑‒–—−")
BARS = frozenset("|/")  # between an article and its law in tables: «م 2 / ق 91»
COMMAS = frozenset(",،؛;")
SENTENCE_ENDS = frozenset({"", ".", "?", "؟", "!"})

# --- articles: how many the head announces ----------------------------------------------------

ONE, TWO, MANY = 1, 2, 99

_AR_HEADS = (
    {form: (ONE, joined) for form, joined in bare_forms(("ماده",)).items()}
    | {form: (TWO, joined) for form, joined in bare_forms(("مادتان", "مادتين")).items()}
    | {form: (MANY, joined) for form, joined in bare_forms(("مواد",)).items()}
    | {form: (TWO, joined) for form, joined in bare_forms(("مادتي",), definite=False).items()}
    | {form: (ONE, j) for form, j in bare_forms(("مادته", "مادتها"), definite=False).items()}
    | {form: (MANY, j) for form, j in bare_forms(("مواده", "موادها"), definite=False).items()}
    | {"م": (ONE, False), "وم": (ONE, True), "بم": (ONE, False), "بالم": (ONE, False)}
)


def slips(word: str, not_meant: frozenset[str], letters: str = ascii_lowercase) -> frozenset[str]:
    """Return what one slip of the finger makes of a word: dropped, added, swapped, hit.

    >>> sorted(slips("art", frozenset({"cart"})) & {"atr", "rt", "arrt", "cart"})
    ['arrt', 'atr', 'rt']
    """
    cuts = [(word[:place], word[place:]) for place in range(len(word))]
    dropped = {head + tail[1:] for head, tail in cuts}
    swapped = {head + tail[1:2] + tail[:1] + tail[2:] for head, tail in cuts}
    added = {head + letter + tail for head, tail in cuts for letter in letters}
    hit = {head + letter + tail[1:] for head, tail in cuts for letter in letters}
    return frozenset(dropped | swapped | added | hit) - not_meant - {word}


_ARTICLE_SLIPS = slips("article", frozenset({"particle"})) | {"artical", "artcl"}
_ARTICLES_SLIPS = slips("articles", frozenset({"article", "particles"})) | {"articals"}
_EN_HEADS = {"article": ONE, "art": ONE, "articles": MANY, "arts": MANY}
_EN_HEADS |= dict.fromkeys(("madda", "maddah", *_ARTICLE_SLIPS), ONE)
_EN_HEADS |= dict.fromkeys(_ARTICLES_SLIPS, MANY)
HEADS: dict[str, tuple[int, bool]] = _AR_HEADS | {
    word: (count, False) for word, count in _EN_HEADS.items()
}
# Short for "article", but also for metres, masters and sections: only with a law beside them.
WEAK_HEADS = {"m": ONE, "a": ONE, "s": ONE, "ss": MANY, "sec": ONE, "section": ONE}
WEAK_HEADS |= {"sections": MANY, "§": ONE}
# «العادة 2 من القانون …» was «المادة»: only with «من» and a law behind the number.
_TAKEN = frozenset(HEADS) | {"قانوني", "قانونا", "القانوني", "القانونين", "لجنه"}
SLIPPED_HEADS = {
    slip: count
    for word, count in (("الماده", ONE), ("المادتين", TWO), ("المواد", MANY))
    for slip in slips(word, _TAKEN, _ARABIC_LETTERS)
    if len(slip) > 3
}
WEAK_HEADS = SLIPPED_HEADS | WEAK_HEADS

NUMBER_SIGNS = frozenset(
    {
        "رقم",
        "رقمي",
        "رقما",
        "ارقام",
        "رقمها",
        "برقم",
        "no",
        "nos",
        "nr",
        "number",
        "numbers",
        "num",
        "#",
    }
)
NUMBER_SIGNS |= {"n", "numero", "№", "ورقم"}

BIS = frozenset({"مكرر", "مكررا", "مكرره", "bis", "repeated", "duplicate", "duplicated"})
BIS |= {"mukarrar", "mukarar", "mukarraran", "mukarrer"}
OTHER_REPEATS = frozenset({"ter", "quater", "quinquies"})

AND = frozenset({"و", "او", "ثم", "and", "or", "nor", "&", "plus", "وايضا", "وكذلك", "وكذا"})
AND_PHRASES: tuple[tuple[str, ...], ...] = (
    ("as", "well", "as"),
    ("together", "with"),
    ("along", "with"),
    ("و", "كذلك"),
)
AND_PHRASES += (("and", "/", "or"), ("و", "/", "او"))
TO = frozenset({"الي", "حتي", "لغايه", "to", "through", "thru", "until", "till", "upto"})
TO |= {"والي", "وحتي", "ولغايه", "ل", "لين", "لحد"}  # «من 200 لـ 204», «من ١ لين ٤»
FROM = frozenset({"من", "from"})

OF_CHARGE = frozenset({"الاتهام", "القيد", "الاحاله", "العقاب", "التجريم"})
ISSUING = bare_forms(("اصدار",)) | {"issuing": False, "issuance": False, "promulgating": False}
ISSUING |= {"promulgation": False}
PREAMBLE = bare_forms(("ديباجه",)) | {"preamble": False}

# --- clauses ----------------------------------------------------------------------------------

_AR_PARAGRAPH = ("فقره", "فقرتين", "فقرتان", "فقرات")
_AR_POINT = ("بند", "بندين", "بندان", "بنود", "نقطه", "حرف", "تعريف")
_AR_PARAGRAPHS_OF_IT = ("فقرتها", "فقرتيها", "فقراتها")
_AR_POINTS_OF_IT = ("بندها", "بنديها", "بنودها")
BELOW_CLAUSE = frozenset({"الفرعيه", "فرعيه", "الفرعي", "فرعي"})  # «الفقرة الفرعية (أ)»
CLAUSES: dict[str, str] = (
    dict.fromkeys(bare_forms(_AR_PARAGRAPH), "par")
    | dict.fromkeys(bare_forms(_AR_POINT), "pt")
    | dict.fromkeys(bare_forms(("فقرتي", *_AR_PARAGRAPHS_OF_IT), definite=False), "par")
    | dict.fromkeys(bare_forms(_AR_POINTS_OF_IT, definite=False), "pt")
    | dict.fromkeys(("ف", "فق"), "par")
    | dict.fromkeys(("paragraph", "paragraphs", "para", "paras", "par", "pars"), "par")
    | dict.fromkeys(("subparagraph", "subparagraphs", "subpara", "point", "points"), "pt")
    | dict.fromkeys(("item", "items", "clause", "clauses", "cl", "letter", "lit", "pt"), "pt")
    | dict.fromkeys(("definition", "definitions", "bullet"), "pt")
    | dict.fromkeys(("subsection", "subsections"), "par")
)
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
LETTER_NAMES = {"الف": "ا", "باء": "ب", "جيم": "ج", "دال": "د"}  # as dictated
ALL_OF = frozenset({"بجميع", "بكافه", "بكل", "جميع", "كافه", "both", "all"})  # «بجميع فقراتها»
# «المادة 13 بفقرتيها»: all of them, where no number follows
ALL_OF_IT = bare_forms((*_AR_PARAGRAPHS_OF_IT, *_AR_POINTS_OF_IT), definite=False).keys() | ALL_OF
LAST = frozenset({"الاخيره", "اخيره", "الاخير", "last", "final"})

# --- laws -------------------------------------------------------------------------------------

LAW, DECREE_LAW, DECREE, DECISION = "law", "decree-law", "decree", "decision"

_AR_LAW_ONE = bare_forms(("قانون",)) | {"ق": False, "وق": True}
_AR_LAW_MANY = bare_forms(("قوانين", "قانونين", "قانونان"))
AR_LAW = dict.fromkeys(_AR_LAW_ONE, False) | dict.fromkeys(_AR_LAW_MANY, True)
AR_DECREE = bare_forms(("مرسوم",))
AR_DECISION = bare_forms(("قرار",))
AR_MINISTERIAL = frozenset({"وزاري", "الوزاري", "اداري", "الاداري", "وزير", "الداخليه"})
EN_DECISION = frozenset({"decision", "resolution", "order"})
AR_BY_LAW = frozenset({"بقانون", "بالقانون"})  # second word of «مرسوم بقانون»
AR_AMIRI = frozenset({"اميري", "الاميري", "اميريه"})
AR_LAW_SLIPS = slips("القانون", _TAKEN, _ARABIC_LETTERS) | slips("قانون", _TAKEN, _ARABIC_LETTERS)
EN_LAW = {"law": False, "laws": True, "act": False, "l": False, "statute": False}
EN_LAW |= dict.fromkeys(("iaw", "lavv", "qanun", "qanoon", "kanun"), False)
EN_DECREE_PREFIX = frozenset({"amiri", "emiri", "legislative"})

YEAR_SLIPS = slips("لسنه", _TAKEN, _ARABIC_LETTERS) - {"السنه", "سنه"}
YEAR_WORDS = frozenset({"لسنه", "سنه", "لعام", "عام", "of", "for", "year", "the", "dated", "في"})
_AR_CONVENTIONS = ("اتفاقيه", "اتفاقيات", "اتفاقيتين", "اتفاقيتان", "اتفاقيتي", "اتفاقيتا")
CONVENTION = bare_forms(_AR_CONVENTIONS).keys() | {"convention", "conventions", "conv", "convs"}
CONVENTION |= slips("convention", frozenset({"convection"}))
ILO = frozenset(
    {
        "العمل",
        "الدوليه",
        "الدوليتان",
        "الدوليتين",
        "الدوليات",
        "منظمه",
        "لمنظمه",
        "عمل",
        "دوليه",
        "ilo",
        "labour",
        "labor",
    }
)

# What lawyers write for a law beside an article only, and its name in full. Arabic names that begin
# with «قانون» need no entry: there it is the name without that word and without its articles.
SHORTHANDS: dict[str, tuple[str, ...]] = {
    "جزائي": ("قانون", "الجزاء"),
    "الجزائي": ("قانون", "الجزاء"),
    "جزا": ("قانون", "الجزاء"),
    "دستور": ("الدستور",),
    "ccp": ("code", "of", "criminal", "procedure"),
    "cpc": ("criminal", "procedure", "code"),
    "aml": ("money", "laundering", "law"),
    "dwl": ("domestic", "workers", "law"),
    "citc": ("information", "technology", "crimes", "law"),
    "psll": ("private", "sector", "labour", "law"),
    "const": ("constitution",),
    "pc": ("penal", "code"),
    "kpc": ("penal", "code"),
    "cat": ("convention", "against", "torture"),
    "kccp": ("code", "of", "criminal", "procedure"),
    "palermo": ("palermo", "protocol"),
    "باليرمو": ("بروتوكول", "باليرمو"),
}
# Names said without "law" or "code"
_PROCEDURE = tuple(
    f"criminal {words}{others}"
    for words in ("procedure", "procedures", "proceedings")
    for others in ("", " and trials")
)
_PROCEDURE += tuple(
    words
    for short in ("crim proc", "crim pro", "crim procedure")
    for words in (short, f"{short} code", f"{short} law", f"code of {short}")
)
SHORTHANDS |= dict.fromkeys(_PROCEDURE, ("criminal", "procedure", "law"))
SHORTHANDS |= dict.fromkeys(("p c", "k p c"), SHORTHANDS["pc"])  # "P.C." and "K.P.C."
# Shorthands of more than one meaning: beside an article a choice, never certain.
DOUBTFUL_SHORTHANDS = frozenset({"pc", "kpc", "palermo", "باليرمو"})
DOUBTFUL_SHORTHANDS |= {words.replace(" ", "") for words in _PROCEDURE}
# Shorthands that are everyday words too: «المادة 2 عمل المتهم», «المادة 13 جزاء المخالف».
EVERYDAY = frozenset({"عمل", "طفل", "خدم", "احداث", "اجراءات", "رشوه", "جزاء"})
GOES_ON = frozenset({"من", "كل", "لمن", "علي", "في", "عن", "الي"})  # «المادة 35 جزاء من طلب …»
# «182 جزاء»: these make an article even of a number without «مادة», where nothing else is said.
LONE_SHORTHANDS = frozenset({"جزاء", "الجزاء", "جزائي"})
LONE_ABBREVIATIONS = frozenset({"ccp", "cpc", "pc", "kpc"})  # likewise: "60 CCP", "KPC 178"
# A last number before one of these ends a list of articles: «م 178، 179 جزاء».
LAW_OPENINGS = EVERYDAY | {"ق", "قانون", "القانون", "اتجار", "دستور"}
LAW_OPENINGS |= {"غسل", "غسيل", "عماله", "تقنيه", "law", "penal", "labour", "ccp"}
# Residence categories are called articles: «مادة 18 أهلي», «مادة 20 عمالة منزلية».
RESIDENCE_CATEGORIES = range(14, 25)
WORK_SHORTHANDS = frozenset({"عمل", "قطاع", "قوي", "خدم", "عماله", "عمال", "هيئه"})

OF = frozenset({"من", "of"})

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
        *("residence", "iqama", "permit"),
    }
)
