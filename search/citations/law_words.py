"""Words beside a law's name that confirm it, or make it another law's name. Data only."""

from __future__ import annotations

ISSUED_BY = frozenset({"الصادر", "الصادره", "الصادرة", "issued", "promulgated", "promulgating"})
ABOUT = frozenset({"شان", "بشان", "باصدار", "بتعديل", "concerning", "on", "regarding", "amending"})
ABOUT |= {"promulgating", "issuing", "about", "relating", "المتعلق", "بخصوص"}
# What other countries call such a law; of ours it may be said by mistake.
LOOSE_NAMES = frozenset({("قانون", "العقوبات"), ("قانون", "الاجراءات", "الجنائيه")})
DRAFT = frozenset({"مشروع", "مسوده", "مقترح", "اقتراح", "بمشروع", "draft", "proposed", "bill"})
# Adjectives after a name that leave it what it is; any other makes another name of it.
HARMLESS = frozenset(
    {
        *("الجديد", "الحالي", "النافذ", "الساري", "المذكور", "المشار", "الصادر", "الذي", "التي"),
        *("الوطني", "المعدل", "المعدله", "الدولي", "الدوليه", "اللذين", "الان", "اليه", "اليها"),
        *("المادة", "الماده", "المادتان", "المادتين", "المواد", "الفقره", "البند", "الجديده"),
    }
)
# Adjectives that make a law of another subject of it: «قانون الإجراءات المدنية».
OTHER_SUBJECTS = frozenset(
    {
        *("المدنيه", "المدني", "الاداريه", "الاداري", "الضريبيه", "العسكري", "العسكريه", "البحري"),
        *("التجاري", "التجاريه", "الحكومي", "الجماعي", "التطوعي", "الاجتماعي", "الدائمه"),
        *("الموحد", "الخيري", "الشرعيه", "الجمركي", "النموذجي"),
    }
)
OTHER_TRADES = frozenset({"بالمخدرات", "بالاعضاء", "بالسلاح", "بالاسلحه", "بالاثار", "في"})
OLD = frozenset({"القديم", "السابق", "الملغي", "القديمه", "السابقه"})
OTHER_KINDS = frozenset(
    {
        *("military", "model", "old", "former", "previous", "maritime", "international", "sex"),
        *("drug", "drugs", "narcotics", "arms", "weapons", "wildlife", "organ", "child", "civil"),
        *("european", "arab", "gulf", "gcc", "federal", "colonial", "french", "islamic", "public"),
    }
)
CAPITALISED = frozenset(
    {
        "the",
        "under",
        "see",
        "and",
        "law",
        "decree",
        "article",
        "art",
        "section",
        "state",
        "per",
        "kuwaiti",
    }
    | {"amended", "new", "with", "from", "violates", "compare", "ilo", "united", "nations", "anti"}
)
PLACES = frozenset({"room", "flat", "seat", "block", "gate", "unit", "apartment", "box", "plate"})
