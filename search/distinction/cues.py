"""Words that say how a clause is meant: denied, claimed, feared, heard, or somebody else's case.

A cue alone decides nothing: each is a feature of the model that reads a clause, together with where
it stands (in the clause, earlier in its sentence, in the sentence before). Both languages, Gulf
Arabic included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.text.fold import fold

_WORDS: dict[str, str] = {
    "not": """
        not no never neither nor none nobody nothing cannot without
        | لا لم لن ليس ليست ليسوا غير دون بدون ما مو مب ماكو مافي ولا ولم ولن وما مالها
        ماله قط عدم
    """,
    "denies": """
        denies denied deny denying disputes disputed rejects rejected refutes
        | نفى نفت نفوا ينفي تنفي ينفون ونفى ونفت أنكر أنكرت أنكروا ينكر تنكر وأنكر وأنكرت
        بإنكار إنكار نفي
    """,
    "accused": """
        accused suspect defendant lawyer counsel defence defense solicitor attorney
        | المتهم المتهمة المتهمين المتهمان المشكو المشتبه محاميه محامي محاميها المحامي
        الدفاع دفاعه وكيله وكيلها والمتهم والمتهمة بالمتهم دفاعها محاميهم
    """,
    "party": """
        employer owner manager sponsor agent boss landlord madam husband supervisor company
        agency office recruiter foreman contractor
        | صاحب صاحبة الكفيل كفيلها كفيله كفيلي المدير مدير المكتب مكتب المدام ربة رب
        المسؤول المندوب الشركة المعزب المعزبة صاحبته الوسيط المقاول
    """,
    "says": """
        says said saying states stated claims claimed claiming argues argued argument
        maintains maintained insists insisted explains explained pleaded plea submits
        contends according alleges alleged account
        | قال قالت قالوا يقول تقول يقولون وقال وقالت وقالوا ذكر ذكرت ذكروا وذكر وذكرت أفاد
        أفادت أفادوا وأفاد زعم زعمت يزعم وزعم ادعى ادعت يدعي وادعى دفع ودفع تمسك وتمسك
        برر وبرر علل صرح أوضح يصر أصر بحسب بقوله قولهم بأقوال أقوال
    """,
    "excuse": """
        only merely simply actually just help safekeeping safe misunderstanding gift loan
        | فقط مجرد إنما سوء فهم حفاظا لحفظه للحفظ أمانة هدية سلفة مساعدة تطوعا برضاها
        برضاه برغبتها
    """,
    "heard": """
        heard rumour rumours rumor rumors apparently reportedly hearsay gossip neighbours
        neighbors people someone somebody anonymous unknown overheard supposedly
        | سمع سمعت سمعنا سمعوا يقال قيل يقولون إشاعة إشاعات شائعات شائعة الجيران جيران
        الناس مجهول بلغني بلغه ترددت يتردد كلام سوالف حكي ويقال وقيل
    """,
    "doubt": """
        suspect suspects suspected suspicion suspicions suspicious worried worry worries
        fear fears feared afraid perhaps maybe might may could possibly seems seemed appears
        looked feeling wonder wonders unclear unsure uncertain thinks thought believes
        believe impression guess sense
        | يشك تشك أشك شك شكوك اشتبه اشتباه يشتبه ربما لعل قد يمكن يبدو تبدو كأن كأنه كأنها
        أظن يظن تظن نظن أحس يحس تحس أخاف يخاف تخاف يخشى تخشى أخشى خوفا قلق قلقة احتمال
        محتمل انطباع لاحظ يمكن
    """,
    "if": """
        if whether would should unless hypothetical suppose supposing
        | إذا اذا لو إن هل سواء فيما فرضا افترض لنفترض
    """,
    "plan": """
        plans planned planning intended intends intend going wanted wants about meant
        prepare preparing will
        | ينوي تنوي نوى ناوي ناوين يخطط تخطط خطط ينوون سوف يعتزم اعتزم أراد أرادت يريد
        تريد بيسوي راح بصدد تمهيدا
    """,
    "retracts": """
        retracted withdrew withdrawn withdrawing retract takes took back corrected
        correcting exaggerated mistaken mistake admitted later clarified changed
        | تراجع تراجعت تراجعوا عدل عدلت وعدلت عدلوا سحبت صححت صحح مبالغة بالغت بالغ تنازلت
        أخطأت خطأ اعترفت اعترف بأنها أوضحت استدركت
    """,
    "other": """
        another other others elsewhere before earlier previous previously former different
        news article film newspaper friend cousin colleague case
        | آخر أخرى آخرين غيرها غيره سابق سابقا سابقة صديقة صديقتها صديق زميلة زميلتها
        الجرائد الأخبار جريدة خبر مسلسل فيلم سابقه قضية
    """,
    "refuses": """
        refused refuses refuse refusing
        | رفض رفضت رفضوا يرفض ترفض ورفض ورفضت
    """,
    "check": """
        found verified confirmed showed shows proved proven established documents records
        receipt receipts investigation inspection inspectors camera
        | تبين وتبين ثبت وثبت اتضح واتضح أظهرت أظهر التحريات التفتيش المعاينة إيصال
        إيصالات سجلات كشف كشوف تأكد وتأكد بالاطلاع عثر
    """,
    "own": """
        she he her his they their herself himself themselves my me i we our
        | المجني الشاكية الشاكي الشاهد الشاهدة الضحية المبلغ المبلغة العاملة العامل العمال
    """,
}


def _pattern(name: str, listed: str) -> re.Pattern[str]:
    words = sorted({fold(word).text for part in listed.split("|") for word in part.split()})
    whole = r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)"
    return re.compile(whole + (r"|n['’]t(?!\w)" if name == "not" else ""))


_PATTERNS = {name: _pattern(name, listed) for name, listed in _WORDS.items()}


def cues(clause: str) -> frozenset[str]:
    """Return the names of the cues in a clause."""
    folded = fold(clause).text
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(folded))


def placed_cues(clauses: Sequence[str], sentence_of: Sequence[int]) -> list[list[str]]:
    """Return each clause's cues with where they stand.

    `in:x` in the clause itself, `before:x` earlier in its sentence, `after:x` later in it,
    `last:x` in the sentence before.
    """
    found = [cues(clause) for clause in clauses]
    of_sentence: dict[int, set[str]] = {}
    for place, names in zip(sentence_of, found, strict=True):
        of_sentence.setdefault(place, set()).update(names)
    before = _running(found, sentence_of)
    after = _running(found[::-1], sentence_of[::-1])[::-1]
    return [
        [f"in:{name}" for name in sorted(names)]
        + [f"before:{name}" for name in sorted(earlier)]
        + [f"after:{name}" for name in sorted(later)]
        + [f"last:{name}" for name in sorted(of_sentence.get(place - 1, ()))]
        for names, earlier, later, place in zip(found, before, after, sentence_of, strict=True)
    ]


def _running(found: Sequence[frozenset[str]], sentence_of: Sequence[int]) -> list[frozenset[str]]:
    """Return for each clause the cues of those that stand before it in its sentence."""
    made: list[frozenset[str]] = []
    seen: frozenset[str] = frozenset()
    last = None
    for names, place in zip(found, sentence_of, strict=True):
        seen = frozenset() if place != last else seen
        made.append(seen)
        seen, last = seen | names, place
    return made
