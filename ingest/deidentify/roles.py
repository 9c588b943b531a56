"""Roles of persons in a judgment, the words that announce them, and how placeholders name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.text.fold import fold_text


class Role(StrEnum):
    """What a person is in the case; the order is that in which one of several roles is kept."""

    VICTIM = "victim"
    MINOR = "minor"
    ACCUSED = "accused"
    WITNESS = "witness"
    EMPLOYER = "employer"
    OFFICER = "officer"
    JUDGE = "judge"
    COUNSEL = "counsel"
    EXPERT = "expert"
    RELATIVE = "relative"
    PERSON = "person"


ORDER = tuple(Role)
LABELS_AR = {
    Role.VICTIM: ("المجني عليه", "المجني عليها"),
    Role.MINOR: ("الطفل", "الطفلة"),
    Role.ACCUSED: ("المتهم", "المتهمة"),
    Role.WITNESS: ("الشاهد", "الشاهدة"),
    Role.EMPLOYER: ("صاحب العمل", "صاحبة العمل"),
    Role.OFFICER: ("رجل الضبط", "رجل الضبط"),
    Role.JUDGE: ("القاضي", "القاضي"),
    Role.COUNSEL: ("المحامي", "المحامي"),
    Role.EXPERT: ("الخبير", "الخبير"),
    Role.RELATIVE: ("القريب", "القريبة"),
    Role.PERSON: ("شخص", "شخص"),
}
LABELS_EN = {
    Role.VICTIM: "Victim",
    Role.MINOR: "Child",
    Role.ACCUSED: "Accused",
    Role.WITNESS: "Witness",
    Role.EMPLOYER: "Employer",
    Role.OFFICER: "Officer",
    Role.JUDGE: "Judge",
    Role.COUNSEL: "Counsel",
    Role.EXPERT: "Expert",
    Role.RELATIVE: "Relative",
    Role.PERSON: "Person",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that announces a name: for which role, and how surely.

    `sure`: what follows is a name unless it is a word of grammar. `several`: more names may be
    joined by «و».
    """

    role: Role
    feminine: bool = False
    sure: bool = False
    several: bool = False


_ROLE_WORDS = (
    (Role.VICTIM, "ضحية مجني مضرور", "مضرورة متضررة", "ضحايا ضحيتين مجني"),
    (
        Role.MINOR,
        "طفل قاصر حدث رضيع صبي غلام يتيم",
        "طفلة قاصرة رضيعة صبية فتاة",
        "طفلين طفلان أطفال قصر طفلتين طفلتان قاصرين قاصرتين أحداث فتيات أولاد أبناء بنات",
    ),
    (
        Role.ACCUSED,
        "متهم طاعن محكوم مستأنف معارض مدان مشتبه",
        "متهمة طاعنة مستأنفة معارضة مدانة",
        "متهمين متهمان متهمون متهمتين متهمات متهمتان طاعنين طاعنان طاعنون طاعنتين مستأنفين ضد",
    ),
    (
        Role.WITNESS,
        "شاهد مبلغ شاكي شاك مجهول",
        "شاهدة مبلغة شاكية",
        "شاهدين شاهدان شهود شاهدتين شاهدتان شاكيتين شاكين",
    ),
    (
        Role.EMPLOYER,
        "كفيل مخدوم كفيلها كفيله مخدومها مخدومه كفيلهم",
        "كفيلة مخدومة كفيلتها مخدومتها",
        "",
    ),
    (
        Role.OFFICER,
        "ضابط ملازم نقيب رائد مقدم عقيد عميد لواء رقيب عريف شرطي عسكري",
        "",
        "ضابطين ضباط ضابطان شرطيين",
    ),
    (Role.JUDGE, "مستشار قاضي قاض", "", "مستشارين قضاة"),
    (
        Role.COUNSEL,
        "محامي محام أستاذ محاميها محاميه",
        "محامية أستاذة محاميتها",
        "محاميين محامون محامين",
    ),
    (Role.EXPERT, "مترجم خبير دكتور طبيب باحث مهندس", "مترجمة خبيرة دكتورة طبيبة باحثة", ""),
    (
        Role.RELATIVE,
        "شقيقها شقيقه شقيق والدها والده والد زوجها زوج أخيها أخيه أخوها أخوه نجله نجلها نجل"
        " عمها خالها"
        " ابنها جدها جده طليقها صديقها صديقه جارها خطيبها زميلها زميله حفيده حفيدها خطيب",
        "شقيقتها شقيقته شقيقة والدتها والدته والدة زوجته زوجة أختها أخته ابنتها ابنته ابنته كريمته"
        " جدتها طليقته صديقتها صديقته جارتها خطيبته زميلتها عمتها خالتها بنتها بنته أمها"
        " حفيدتها صديقة زميلة",
        (
            "شقيقيها شقيقتيها ابنيها ابنتيها ولديها والديها ابنتيه ابنيه ولديه أبنائها أبنائه"
            " بناتها أولادها"
        ),
    ),
    (
        Role.PERSON,
        "سيد عامل سائق طباخ حارس موظف مواطن وافد شيخ وسيط مندوب سمسار شخص عاملها أقوال لأقوال مدير",
        (
            "سيدة عاملة خادمة مربية موظفة مواطنة وافدة آنسة شيخة سمسارة وسيطة ممرضة خادمتها"
            " عاملتها خادمته"
        ),
        "كلا عاملين عاملتين خادمتين سيدتين عاملات كليهما عمال سائقين",
    ),
)
# After these a name follows, if anything follows.
_SURE = (
    (
        Role.PERSON,
        "مدعو مسمى يدعى اسمه واسمه مكنى ملقب شهير المكنى الملقب",
        "مدعوة مسماة تدعى اسمها واسمها مكناة ملقبة شهيرة",
        "مدعوين",
    ),
)
_SPEECH = (
    "قالت قال أقرت شهدت سألت سئلت بسؤال باستجواب استجواب استجوبت أدلت أبلغت اعترفت لأقوال وأقوال"
    " بأقوال شهادة بمعرفة وبمعرفة بشهادة وبسؤال سؤال"
)


def _table() -> dict[str, Trigger]:
    found: dict[str, Trigger] = {}
    for rows, sure in ((_ROLE_WORDS, False), (_SURE, True)):
        for role, men, women, several in rows:
            for words, feminine, many in (
                (men, False, False),
                (women, True, False),
                (several, False, True),
            ):
                for word in words.split():
                    found.setdefault(fold_text(word), Trigger(role, feminine, sure, many))
    for word in _SPEECH.split():
        found.setdefault(fold_text(word), Trigger(Role.PERSON))
    return found


TRIGGERS = _table()
