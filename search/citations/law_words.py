"""Words beside a law's name that confirm it, or make it another law's name. Data only."""

from __future__ import annotations

ISSUED_BY = frozenset({"الصادر", "الصادره", "الصادرة", "issued", "promulgated", "promulgating"})
ABOUT = frozenset({"شان", "بشان", "باصدار", "بتعديل", "concerning", "on", "regarding", "amending"})
ABOUT |= {"promulgating", "issuing", "about", "relating", "المتعلق", "بخصوص", "الخاص"}
AMENDING = frozenset({"بتعديل", "بالغاء", "amending", "repealing"})
# Before a law they name another that changes or carries it out: «مشروع تعديل قانون الاتجار م 4».
CHANGING = AMENDING | {"implementing", "تعديل", "بتنفيذ", "تنفيذ", "لتنفيذ", "لتعديل"}
# Between one and "law" likewise.
CHANGES = frozenset({"amendment", "amendments", "amending"})
MADE_ABOUT = frozenset({"في", "الخاص", "المعني", "اليه", "اليها", "الذكر", "البيان"})
MADE_ABOUT |= {"الجديد", "the", "of", "s"}
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
# After «في» these say when a law applies, not what is traded: «قانون الاتجار في حالة الشروع».
CIRCUMSTANCES = frozenset({"حاله", "حال", "حالات", "نطاق", "شان", "خصوص", "ضوء", "ظل", "مواجهه"})
CIRCUMSTANCES |= {"قضايا", "قضيه", "جرائم", "جريمه", "مادته", "مواده", "تطبيق", "هذا", "هذه"}
OTHER_TRADES = frozenset({"بالمخدرات", "بالاعضاء", "بالسلاح", "بالاسلحه", "بالاثار", "في", "غير"})
# What is made under a law, or added to a treaty, is another work: «اللائحة التنفيذية لقانون العمل».
MADE_UNDER = frozenset({"regulation", "regulations", "bylaw", "bylaws", "protocol", "handbook"})
MADE_UNDER |= {"reg", "regs"}
MADE_UNDER |= {"اللائحه", "لائحه", "لائحته", "البروتوكول", "بروتوكول"}
REGULATION_OF = frozenset({"لائحه", "ولائحه", "بلائحه", "للائحه"})  # «لائحة قانون العمل»
OWN_SECTOR = frozenset({"private", "civil", "الاهلي", "الخاص"})  # the Labour Law's own
MADE_UNDER_STEPS = frozenset({"of", "to", "the", "for", "executive", "implementing", "optional"})
MADE_UNDER_STEPS |= {
    "exec",
    "under",
    "التنفيذيه",
    "التنفيذي",
    "الاختياري",
    "الملحق",
    "المكمل",
    "الاضافي",
}
ATTACHED = frozenset({"الملحق", "المكمل", "الاضافي", "الاختياري", "ملحق", "مكمل", "supplementing"})
CODES_OF = frozenset({"conduct", "ethics", "practice", "honour", "silence"})
# After "law on labour" these go on with the sentence; any other word goes on with the name.
AFTER_SUBJECT = frozenset(
    {
        *("and", "or", "of", "in", "is", "are", "was", "does", "do", "which", "that", "as", "for"),
        *("says", "with", "about", "to", "from", "s", "art", "arts", "article", "articles", "has"),
        *("punishes", "provides", "defines", "requires", "apply", "applies", "section", "no"),
        *("number", "law", "act", "kuwait", "state", "by", "under", "where", "when", "but", "if"),
    }
)
OLD = frozenset({"القديم", "السابق", "الملغي", "القديمه", "السابقه"})
# Between an article and the number of its law: "the repealed Decree", «المرسوم الملغي رقم 17».
OLD_OR_NEW = OLD | {"الجديد", "الحالي", "الساري", "المذكور", "المعدل"}
OLD_OR_NEW |= {"old", "former", "previous", "repealed", "abrogated", "cancelled", "current"}
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
    | {"palermo"}
)
# Before "C29" these say that the convention is meant; a noun may number something else.
BEFORE_CODE = frozenset({"by", "under", "of", "in", "and", "or", "with", "the", "ratify", "to"})
BEFORE_CODE |= {"ratified", "ratifying", "violates", "violated", "breach", "against", "convention"}
BEFORE_CODE |= {"from", "per", "ilo", "see", "does", "is", "compare", "implements", "than"}
BEFORE_CODE |= {"conventions", "both", "between", "under", "as", "for", "on", "are", "was"}
PLACES = frozenset({"room", "flat", "seat", "block", "gate", "unit", "apartment", "box", "plate"})
