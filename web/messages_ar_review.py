"""The wording of scans and of the review queue: Arabic."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # marks
    "ocr.mark": "قُرئ آليًا من صورة (بثقة {share}) — لا يُستشهد به قبل مراجعته",
    "ocr.not-citable": (
        "قُرئت هذه الصفحة آليًا من صورة ولم يراجعها أحد بعد. قد تكون ألفاظها خاطئة، وأرقامها "
        "كثيرًا ما تكون كذلك: لا يُستشهد بها."
    ),
    # the queue
    "nav.review": "المراجعة",
    "review.title": "صفحات ممسوحة تنتظر المراجعة",
    "review.lead": (
        "ما قُرئ من الصور ينتظر هنا. ولا يُستشهد بنص إلا بعد أن يقابل شخص كل صفحة بصورتها، "
        "والأرقام قبل غيرها."
    ),
    "review.none": "لا توجد صفحة ممسوحة تنتظر.",
    "review.waiting": {
        "zero": "لا صفحة تنتظر",
        "one": "صفحة واحدة تنتظر",
        "two": "صفحتان تنتظران",
        "few": "{n} صفحات تنتظر",
        "many": "{n} صفحة تنتظر",
        "other": "{n} صفحة تنتظر",
    },
    "review.reviewed": {
        "zero": "لم تُراجع صفحة",
        "one": "رُوجعت صفحة واحدة",
        "two": "رُوجعت صفحتان",
        "few": "رُوجعت {n} صفحات",
        "many": "رُوجعت {n} صفحة",
        "other": "رُوجعت {n} صفحة",
    },
    "review.state.waiting": "تنتظر",
    "review.state.accepted": "مقبولة",
    "review.state.corrected": "مصححة",
    "review.state.rejected": "مرفوضة",
    "review.page": "صفحة {page}",
    "review.picture": "صورة صفحة {page}",
    "review.text": "نص الصفحة",
    "review.text.hint": "صحح ما يخالف الصورة، وقابل كل رقم بها.",
    "review.numbers": "أرقام هذه الصفحة",
    "review.numbers.hint": "الأرقام المؤطرة اختلفت في قراءة ثانية.",
    "review.confidence": "ثقة القارئ الآلي بهذه الصفحة {share}",
    "review.doubts": "شكوك",
    "review.doubt.confidence": "كثير من ألفاظها غير مؤكد",
    "review.doubt.numbers": "اختلفت قراءتان في أرقامها",
    "review.doubt.articles": "أرقام موادها لا تتسلسل",
    "review.doubt.columns": "سطورها تنتقل بين العمودين",
    "review.doubt.empty": "لم يُقرأ منها شيء يذكر",
    "review.doubt.failed": "فشلت قراءتها",
    "review.accept": "النص صحيح",
    "review.reject": "غير صالحة: ارفض الصفحة",
    "review.before": "الصفحة السابقة",
    "review.after": "الصفحة التالية",
    "review.saved": "حُفظ. {file}: {end}",
    "review.end.added": "رُوجعت كل صفحاته، وأُضيف نصه.",
    "review.end.updated": "رُوجعت كل صفحاته، وحُدّث نصه.",
    "review.end.unchanged": "لم يتغير شيء.",
    "review.end.quarantined": "لم يُضف الملف.",
}
