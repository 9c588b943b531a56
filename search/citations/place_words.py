"""The words by which a text says where a law applies, and which words look like places. Data."""

from __future__ import annotations

from itertools import product

IN = frozenset({"في", "لدي", "عند", "بمدينه", "باقليم", "in"})
# «المعمول به في», "as applied in", "in force in": between a law and the place where it applies.
APPLIED = frozenset({"المعمول", "به", "الساري", "النافذ", "المطبق", "المعتمد", "الخاص"})
APPLIED |= {"الصادر", "مدينه", "اقليم", "in", "force", "applicable", "applied", "enacted"}
APPLIED |= {"adopted", "as", "of", "the", "for"}
_STATES = ("دوله", "جمهوريه", "مملكه", "سلطنه", "اماره", "مقاطعه", "ولايه")
_LANDS = ("جزيره", "جزر", "بلد", "بلدان", "دول")  # «في بلد آخر»
STATES = frozenset(lead + noun for lead, noun in product(("", "ب", "ل"), _STATES + _LANDS))
# A kingdom or republic is another than Kuwait even where nothing more is said: «في المملكة».
OTHER_STATES = frozenset(lead + noun for lead, noun in product(("ال", "بال", "لل"), _STATES[1:-1]))
EN_STATES = frozenset(
    {
        *("state", "kingdom", "republic", "emirate", "sultanate", "principality", "province"),
        *("commonwealth", "federation", "empire", "islands", "island", "union", "city", "duchy"),
    }
)
OTHER = frozenset({"another", "other", "foreign", "neighbouring", "neighboring", "some"})
COUNTRY = frozenset({"country", "countries", "state", "states", "jurisdiction", "jurisdictions"})
MONTHS = frozenset({"مايو", "يونيو", "يوليو", "january", "february", "march", "april", "may"})
MONTHS |= {"june", "july", "august", "september", "october", "november", "december"}
# Capitalised after "in", and no places: "Penal Code in Arabic", "… in Practice".
NO_PROPER_NAMES = frozenset(
    {
        *("arabic", "urdu", "hindi", "tagalog", "bengali", "practice", "force", "full", "part"),
        *("case", "cases", "general", "particular", "respect", "relation", "view", "light"),
        *("question", "order", "private", "public", "word", "pdf", "brief", "summary", "court"),
    }
)

# Between a law and the country it is of: "of the State of", «في دولة».
BETWEEN = frozenset({"of", "in", "the", "state", "kingdom", "(", "في", "دوله", "بدوله", "لدوله"})
# First words of names of two: «جنوب افريقيا», «ساحل العاج», "Sri Lanka".
_FIRST_WORDS = ("جنوب", "ساحل", "جزر")
BETWEEN |= {lead + word for word in _FIRST_WORDS for lead in ("", "ال", "ب", "ل")}
BETWEEN |= {"south", "sri", "north", "costa", "el", "sierra", "ivory"}
# «في المملكة العربية السعودية», «بسلطنة عمان», "in force in the Republic of Turkey".
_REALMS = ("جمهوريه", "مملكه", "سلطنه", "اماره")
BETWEEN |= {lead + word for word in _REALMS for lead in ("", "ال", "ب", "ل", "بال", "لل")}
BETWEEN |= {
    "العربيه",
    "لدي",
    "الصادر",
    "المعمول",
    "به",
    "الساري",
    "النافذ",
    "المطبق",
    "الخاص",
    "republic",
    "emirate",
}
BETWEEN |= {"sultanate", "as", "applied", "applicable", "force", "arab"}
BETWEEN |= {"hashemite", "islamic", "democratic", "socialist", "people", "peoples", "'", "’", "s"}
MAX_BETWEEN = 8
# Names of two words, neither of which names a country alone.
PAIRS = {
    ("الولايات", "المتحده"): "us",
    ("بالولايات", "المتحده"): "us",
    ("المملكه", "المتحده"): "gb",
    ("بالمملكه", "المتحده"): "gb",
    ("هونغ", "كونغ"): "hk",
    ("هونج", "كونج"): "hk",
    ("united", "states"): "us",
    ("united", "kingdom"): "gb",
    ("hong", "kong"): "hk",
}
# Countries by other names, and parts of them. By code.
ALSO = {
    "gb": ("انجلترا", "اسكتلندا", "england", "scotland", "wales"),
    "ae": ("دبي", "ابوظبي", "الشارقه", "dubai", "sharjah"),
    "us": ("اميركا", "america", "florida", "ohio"),
    "nl": ("holland",),
    "li": ("ليختنشتاين", "liechtenstein"),
    "mc": ("موناكو", "monaco"),
    "ad": ("اندورا", "andorra"),
    "va": ("الفاتيكان", "vatican"),
    "xk": ("كوسوفو", "kosovo"),
    "me": ("مونتينيغرو", "montenegro"),
    "bj": ("بنين", "benin"),
    "ml": ("mali",),
    "ls": ("ليسوتو", "lesotho"),
    "sz": ("اسواتيني", "eswatini", "swaziland"),
    "bt": ("بوتان", "bhutan"),
    "la": ("لاوس", "laos"),
    "pg": ("بابوا", "papua"),
    "sr": ("سورينام", "suriname"),
    "gy": ("غيانا", "guyana"),
    "tt": ("ترينيداد", "trinidad"),
    "bb": ("بربادوس", "barbados"),
    "bs": ("الباهاما", "bahamas"),
    "bz": ("بليز", "belize"),
    "do": ("الدومينيكان", "dominican"),
    "to": ("تونغا", "tonga"),
    "ws": ("ساموا", "samoa"),
    "vu": ("فانواتو", "vanuatu"),
    "tl": ("تيمور", "timor"),
    "tv": ("توفالو", "tuvalu"),
    "gl": ("غرينلاند", "greenland"),
    "mo": ("ماكاو", "macau", "macao"),
}
