"""The wording of the librarian's page: Arabic."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    "nav.library": "أمانة المجموعة",
    "library.title": "أمانة المجموعة",
    "library.lead": (
        "ما تضمه المجموعة، وكيف يُضاف إليها، وما رُفض من الملفات وسبب رفضه. ولا تغادر الملفات هذا "
        "الخادم."
    ),
    # what is held
    "library.held": "ما تضمه المجموعة",
    "library.held.none": "المجموعة فارغة. أضف ملفات أدناه، أو شغّل الأمر tamyeez ingest",
    "library.edition": "إصدار المجموعة المرفقة",
    "library.edition.of": "رقم {number}، {date}",
    "library.generation": "جيل الفهرس",
    "library.revision": "مراجعة السجل",
    "library.behind": "الفهرس متأخر عن السجل. أعد بناءه.",
    "library.agree": "الفهرس والسجل متطابقان.",
    "library.reindex": "أعد بناء الفهرس",
    "library.reindex.hint": "يستمر البحث أثناء ذلك في الفهرس القائم.",
    "library.review": "صفحات ممسوحة تنتظر المراجعة",
    # adding
    "library.add": "إضافة ملفات",
    "library.drop": "اختر ملفات، أو أفلتها هي أو مجلدا منها هنا",
    "library.limits": (
        "حتى {file} ميغابايت للملف، و{form} ميغابايت و٢٠٠ ملف في المرة الواحدة. تُقرأ الملفات "
        "المنتهية بـ:"
    ),
    "library.say": "ما هذه الملفات (إن كنت تعلم)",
    "library.say.hint": "ما تتركه يُتعرف عليه من النص، ويوسم بأنه لم يؤكَّد بعد.",
    "library.kind": "النوع",
    "library.work": "معرّف النص، لملف واحد فقط",
    "library.work.hint": "مثل kw-law-2013-91",
    "library.language": "اللغة",
    "library.authority": "صفة النص",
    "library.access": "من يطلع عليه",
    "library.access.open": "كل قارئ",
    "library.access.restricted": "من يحق له الاطلاع على المقيَّد فقط",
    "library.unsaid": "يُتعرف عليه آليًا",
    "library.replace": "الملف الذي أُضيف اسمه من قبل نسخة جديدة منه، ويُحفظ ما تغير",
    "library.add.go": "أضف واقرأ",
    "library.sending": "جارٍ الإرسال …",
    "library.file-too-large": "أكبر من {most} ميغابايت: {name}. اختر ملفات أخرى.",
    "library.form-too-large": "مجموعها يزيد على {most} ميغابايت. أرسل ملفات أقل في المرة.",
    # what became of a form
    "library.taken": {
        "zero": "لم يُستلم أي ملف.",
        "one": "استُلم ملف واحد.",
        "two": "استُلم ملفان.",
        "few": "استُلمت {n} ملفات.",
        "many": "استُلم {n} ملفًا.",
        "other": "استُلم {n} ملف.",
    },
    "library.not-taken": "لم يُستلم:",
    "library.problem.nothing": "لم يُرسل أي ملف. اختر ملفًا واحدًا على الأقل.",
    "library.problem.one-work": (
        "المعرّف لنص واحد: أرسل معه ملفًا واحدًا، أو اتركه خاليًا. لم يُستلم شيء."
    ),
    "library.fault.name": "اسمه لا يصلح. سمّه باسم آخر.",
    "library.fault.long": "اسمه أطول من اللازم. اختصره إلى ١٠٠ حرف.",
    "library.fault.kind": "لا تُقرأ الملفات بهذا الامتداد. احفظه بصيغة PDF أو DOCX أو نص.",
    "library.fault.empty": "فارغ. احفظه أو نزّله من جديد.",
    "library.fault.size": "أكبر من ٥٠ ميغابايت. قسّمه، أو أضفه بالأمر.",
    "library.fault.twice": "في المرسل ملف آخر بالاسم نفسه. غيّر اسم أحدهما.",
    "library.fault.held": "أُضيف ملف بهذا الاسم من قبل. غيّر اسمه، أو علّم أنه نسخة جديدة.",
    "library.fault.same": "هذا الملف نفسه أُضيف من قبل.",
    "library.no-name": "(بلا اسم)",
    "library.busy": "يجري عمل الآن. انتظر حتى ينتهي ثم أعد المحاولة.",
    # the job
    "library.job": "ما يجري في الخلفية",
    "library.job.none": "لا يجري شيء الآن.",
    "library.act.ingest": "قراءة الملفات",
    "library.act.withdraw": "سحب ملف",
    "library.act.reindex": "بناء الفهرس",
    "library.step": "يبدأ العمل",
    "library.step.read": "قراءة النصوص",
    "library.step.embed": "حساب المعاني",
    "library.step.index": "بناء الفهرس",
    "library.step.wait": "انتظار برنامج آخر",
    "library.of": "{done} من {total}",
    "library.stage.running": "جارٍ",
    "library.stage.done": "تم",
    "library.stage.failed": "أخفق",
    "library.stage.stopped": "توقف قبل تمامه؛ ما قُرئ محفوظ، ويُستأنف الباقي عند تشغيل الخادم",
    "library.by": "بواسطة {name}",
    "library.end.added": "أُضيف",
    "library.end.unchanged": "موجود من قبل ولم يتغير",
    "library.end.updated": "نسخة جديدة",
    "library.end.quarantined": "رُفض",
    "library.end.withdrawn": "سُحب",
    "library.unconfirmed": "تعرف عليه البرنامج: تحقق من صحة ذلك",
    "library.waiting": {
        "zero": "لا ملف ينتظر القراءة.",
        "one": "ملف واحد ينتظر القراءة.",
        "two": "ملفان ينتظران القراءة.",
        "few": "{n} ملفات تنتظر القراءة.",
        "many": "{n} ملفًا تنتظر القراءة.",
        "other": "{n} ملف تنتظر القراءة.",
    },
    "library.read": "اقرأها الآن",
    "library.refresh": "أظهر ما تم",
    # refused
    "library.refused": "الملفات المرفوضة",
    "library.refused.lead": (
        "لا يُبحث في شيء من هذه الملفات. افعل ما يُنصح به ثم أضف الملف من جديد، أو أزله."
    ),
    "library.refused.none": "لا ملف مرفوض.",
    "library.refused.again": "أعد محاولة قراءتها كلها",
    "library.refused.why": "السبب وما يُفعل",
    "library.refused.review": "راجع صفحاته",
    "library.remove": "أزله",
    # files held
    "library.files": "الملفات المضافة",
    "library.files.none": "لا شيء بعد: ما هو موجود هو المجموعة المرفقة.",
    "library.files.name": "الملف",
    "library.files.work": "نصه",
    "library.files.authority": "صفته",
    "library.files.added": "قُرئ في",
    "library.files.acts": "سحبه",
    "library.files.restricted": "مقيَّد",
    "library.files.more": {
        "zero": "عُرضت كل الملفات.",
        "one": "ملف أقدم لم يُعرض؛ يسحبه الأمر tamyeez withdraw باسمه.",
        "two": "ملفان أقدم لم يُعرضا؛ يسحبهما الأمر tamyeez withdraw باسميهما.",
        "few": "{n} ملفات أقدم لم تُعرض؛ يسحبها الأمر tamyeez withdraw بأسمائها.",
        "many": "{n} ملفًا أقدم لم تُعرض؛ يسحبها الأمر tamyeez withdraw بأسمائها.",
        "other": "{n} ملف أقدم لم تُعرض؛ يسحبها الأمر tamyeez withdraw بأسمائها.",
    },
    "library.withdraw": "اسحبه",
    "library.withdraw.hint": "تُحذف نصوصه وتاريخها والملف نفسه نهائيًا.",
    "library.withdraw.go": "اسحبه نهائيًا",
    # notes
    "library.notes": "ملاحظات على ما تضمه المجموعة",
    "library.notes.hint": "لمن يأتي بعدك: ما أُضيف، وما ينقص، وما ينبغي التحقق منه.",
    "library.notes.go": "احفظ الملاحظات",
    # errors
    "error.upload-too-large": (
        "هذا أكثر من ٢٠٠ ميغابايت في المرة. أرسل ملفات أقل، أو أضف المجلد بالأمر tamyeez ingest."
    ),
}
