"""The words that join articles to laws or lie between them, as folded text spells them. Data."""

from __future__ import annotations

# "this law", "the same law": words between an article and the law it means.
THIS = frozenset({"هذا", "هذه", "لهذا", "لهذه", "بهذا", "this", "present"})
SAME = frozenset({"ذات", "نفس", "same", "said", "aforesaid", "aforementioned", "abovementioned"})
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

# After articles and before their law: "arts 2 to 4 inclusive of …", «وما بعدها».
AFTER_ARTICLES = frozenset({"inclusive", "ff", "et", "seq", "وما", "فما", "بعدها", "يليها", "معا"})
AMENDED = frozenset({"المعدله", "معدله", "المضافه"})
AFTER_ARTICLES |= AMENDED
ADDED = frozenset({"تضاف", "يضاف", "اضافه", "باضافه", "اضيفت", "المضافه", "مضافه", "ضم", "add"})
ADDED |= {"added", "adding", "insert", "inserted", "inserting", "adds", "inserts"}
NEW = frozenset({"جديده", "الجديده"})  # «مادة جديدة برقم 12 مكرراً»
FOLLOWING = (("and", "the", "following", "articles"), ("and", "following"), ("والمواد", "التاليه"))
# A gloss between an article and its law, or a law and its article: «المادة 185 الخاصة بالرق من».
GLOSS = frozenset({"on", "concerning", "regarding", "relating", "about", "against", "as", "بشان"})
GLOSS |= {"الخاصه", "الخاص", "المتعلقه", "المتعلق", "بعد", "حول", "عن", "شان", "لمكافحه", "بمكافحه"}
GLOSS |= {"للاتجار", "لمنع", "بمنع", "لحمايه", "definition", "defining", "تعريف"}
LEADS_TO_LAW = frozenset(
    {"in", "from", "under", "per", "وفق", "وفقا", "حسب", "بموجب", "ضمن"}
)  # "arts 2 to 4 inclusive of …"
STEPPING_STONES = frozenset({"the", "احكام", "نصوص", "نص", "provisions", "kuwaiti", "kuwait"})
STEPPING_STONES |= {"amended", "palermo", "un", "new", "'", "’", "s"}  # "of Kuwait's Penal Code"
# After a law, before its article: «في المادة», "in its article", «الجديد المادة», "as amended".
INTO_ARTICLE = frozenset(
    {
        *("في", "in", "its", "s", "under", "at", "as", "amended", "the", "particular"),
        *("states", "provides", "stipulates", "says", "provided", "stated", "by", "that"),
        *(
            "esp",
            "amendments",
            "viz",
            "ie",
            "especially",
            "specifically",
            "notably",
            "namely",
            "particularly",
            "see",
            "cf",
        ),
        *("لا", "ولا", "سيما", "وبخاصه", "بخاصه", "خاصه", "وخاصه", "خصوصا", "وخصوصا"),
        *("تحديدا", "وتحديدا", "وبالاخص", "بالاخص", "وبالتحديد", "بالتحديد"),
        *("الجديد", "الحالي", "النافذ", "المعدل", "وتعديلاته", "الكويتي", "الذكر"),
    }
)
