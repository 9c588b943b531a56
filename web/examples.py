"""Questions and invented facts to try the pages with.

No person, place of work or case in the facts is real.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.model import Language

FACTS: Mapping[Language, str] = {
    Language.AR: (
        "دفع العامل في بلده ألفا ومئتي دينار لصاحب شركة لقاء سمة دخول وإذن عمل، ووُعد بعمل سائق "
        "براتب مئتي دينار. ولما وصل أخذ صاحب الشركة جواز سفره ورفض أن يرده، وأسكنه مع سبعة آخرين "
        "في غرفة يُقفل بابها ليلا. وشغّله في مخزن خمس عشرة ساعة كل يوم بلا راحة، ولم يدفع له أجرا "
        "منذ خمسة أشهر. وقال له إنه لن يغادر حتى يسدد دينه، وإنه سيبلغ عنه بالتغيب إن خرج. "
        "ودفع محامي صاحب الشركة بأن العامل كان يخرج متى شاء."
    ),
    Language.EN: (
        "The worker paid KD 1,200 at home to the owner of a company for an entry visa and a work "
        "permit, and was promised a driver's job at KD 200 a month. On arrival the owner took his "
        "passport and refused to give it back, and lodged him with seven others in a room that was "
        "locked at night. He was made to work fifteen hours a day in a warehouse without a day of "
        "rest and has not been paid for five months. He was told that he would not leave until his "
        "debt was paid, and that he would be reported as absconding if he went out. The owner's "
        "lawyer says that the worker went out whenever he liked."
    ),
}

# By profession: what each asks, in the language it is asked in.
QUESTIONS: Mapping[str, tuple[tuple[Language, str], ...]] = {
    "prosecutor": (
        (Language.AR, "صاحب عمل حجز جوازات العاملات وأجبرهن على العمل دون أجر وتحت التهديد"),
        (Language.EN, "money taken from workers for residence permits without real work"),
    ),
    "judge": (
        (Language.AR, "م ٢ ق ٩١ لسنة ٢٠١٣"),
        (Language.EN, "does the victim's consent matter"),
    ),
    "trainer": (
        (Language.AR, "براءة لعدم ثبوت قصد الاستغلال"),
        (Language.EN, "signs that a domestic worker is being exploited"),
    ),
    "drafter": (
        (Language.AR, "عقوبة الشخص الاعتباري"),
        (Language.EN, "art 3 trafficking protocol"),
    ),
}
