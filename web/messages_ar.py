"""Arabic wording of the pages. A mapping instead of a string holds the plural forms."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # frame
    "name": "تمييز",
    "tagline": "قانون الكويت في الاتجار بالأشخاص، بالعربية والإنجليزية",
    "skip": "انتقل إلى المحتوى",
    "nav": "الرئيسية",
    "nav.search": "البحث",
    "nav.laws": "القوانين",
    "nav.matters": "الأحكام والوقائع",
    "nav.about": "عن المجموعة",
    "nav.api": "الواجهة البرمجية",
    "switch": "English",
    "footer.advice": "أداة بحث لا تقدم مشورة قانونية، ولا يُلزم إلا النص الرسمي.",
    "footer.offline": "تعمل على أجهزتكم، ولا تستدعي أي خدمة خارجية.",
    "copy": "نسخ الإسناد",
    "copy.ar": "نسخ الإسناد بالعربية",
    "copy.en": "نسخ الإسناد بالإنجليزية",
    "copy.link": "نسخ الرابط الدائم",
    "cite.more": "روابط وصيغ أخرى",
    "permalink": "الرابط الدائم",
    "download": "تنزيل",
    "copied": "تم النسخ",
    "sep": "، ",
    "clause.par": "الفقرة",
    "clause.pt": "البند",
    "clause.def": "التعريف",
    # kinds, languages, authority, confidence
    "kind.statute": "قانون",
    "kind.treaty": "اتفاقية",
    "kind.judgment": "حكم أو واقعة",
    "kind.plan": "خطة",
    "kind.other": "نص آخر",
    "kinds.statute": "القوانين",
    "kinds.treaty": "الاتفاقيات",
    "kinds.judgment": "الأحكام والوقائع",
    "kinds.plan": "الخطط",
    "kinds.other": "نصوص أخرى",
    "lang.ar": "العربية",
    "lang.en": "الإنجليزية",
    "authority.official": "النص الرسمي",
    "authority.translation": "ترجمة — ليست النص الرسمي",
    "authority.digest": "ملخص بصياغتنا — ليس النص الرسمي",
    "authority.reported": "واقعة منشورة — ملخص بصياغتنا",
    "authority.training": "واقعة خيالية كُتبت للتدريب",
    "authority.official.short": "النص الرسمي",
    "authority.translation.short": "ترجمة",
    "authority.digest.short": "ملخصنا",
    "authority.reported.short": "واقعة منشورة",
    "authority.training.short": "خيالية (تدريب)",
    "authority.official.about": "ألفاظ القانون أو المحكمة نفسها، من ملف أُضيف هنا.",
    "authority.translation.about": "ترجمة للنص، وهي غير ملزمة.",
    "authority.digest.about": "مضمون النص بصياغتنا. لا يُقتبس على أنه القانون.",
    "authority.reported.about": "واقعة معروفة مما نُشر علنا، نرويها بصياغتنا دون أسماء.",
    "authority.training.about": "مخترعة للتعليم. لم تحدث ولا تثبت شيئا.",
    "unconfirmed": "تعرّف عليه البرنامج، ولم يؤكده شخص بعد",
    "confidence": "درجة الثقة",
    "confidence.high": "عالية",
    "confidence.medium": "متوسطة",
    "confidence.low": "منخفضة",
    # about
    "about.title": "عن المجموعة",
    "about.lead": "ما تضمه المجموعة، وما لا تضمه، ومدى الاعتماد عليه.",
    "about.held": "ما تضمه المجموعة",
    "about.by-authority": "المقاطع بحسب صفة النص",
    "about.by-language": "المقاطع بحسب اللغة",
    "about.not-held": "ما لا تضمه المجموعة",
    "about.not-held.1": "لا تضم المجموعة المرفقة النص الرسمي لأي قانون. ولا تظهر النصوص الرسمية "
    "إلا إذا أُضيفت من ملفاتها، وعندئذ تُبيَّن صفتها.",
    "about.not-held.2": "مصدر الوقائع المنشورة ما نُشر علنا. وما لم يُنشر من الأحكام لم نطّلع عليه.",
    "about.not-held.3": "لا شيء هنا يقطع بأن قانونا لم يتغير إلى اليوم. راجع الجريدة الرسمية "
    "لليوم المقصود.",
    "about.read": "كيف تُقرأ الصفحة",
    "about.read.faces": "النصوص الرسمية والترجمات بخط الكتب وبجانبها خط متصل. "
    "وما كان بصياغتنا بالخط البسيط وبجانبه خط متقطع.",
    "about.search": "كيف يعمل البحث",
    "about.search.1": "يُقرأ الإسناد في الاستعلام أولا. وفيما عداه يُقارن كل مقطع مرتين: "
    "بألفاظه في كل "
    "تصريفاتها، وبمعناه عبر اللغتين. ثم تُدمج القائمتان بحسب المرتبة، وتذكر كل نتيجة مرتبتها في "
    "كل منهما.",
    "about.search.2": "لا تدل المرتبة على القوة القانونية: انظر إلى صفة النص.",
    "about.digits": "في العربية تُكتب عناويننا وأرقامنا بالأرقام العربية المشرقية (٠–٩). أما "
    "الأرقام داخل النصوص "
    "وفي المعرّفات والعناوين الإلكترونية فتبقى كما هي.",
    "about.index": "السجل والفهرس",
    "about.agree": "متطابقان: كل مقطع في المجموعة يمكن العثور عليه.",
    "about.disagree": "غير متطابقين، وقد تكون النتائج ناقصة.",
    "about.version": "البرنامج",
    "about.edition": "إصدار المجموعة",
    "about.embedder": "نموذج المعنى",
    "about.backend": "الفهرس",
    "about.files": "ملفات قُرئت",
    "about.quarantined": "ملفات رُفضت",
    "about.unavailable": "تتعذر قراءة حالة المجموعة الآن.",
    "about.cite": "كيف تُسند",
    "about.cite.1": "أسند إلى القانون لا إلى هذه الصفحة: المادة والقانون والسنة والجريدة الرسمية.",
    "about.cite.2": "ويُسند إلى الملخص بصفته ملخصا: «تمييز، ملخص المادة ٢ من القانون رقم ٩١ "
    "لسنة ٢٠١٣»، "
    "مع إصدار المجموعة المبيّن أعلاه.",
    "about.licences": "التراخيص",
    "about.licences.1": "البرنامج: رخصة أباتشي ٢٫٠. ملخصاتنا: المشاع الإبداعي، نَسب المصنَّف ٤٫٠.",
    "about.licences.2": "خطوط أميري وIBM Plex Sans Arabic وSource Serif 4: رخصة الخطوط المفتوحة "
    "١٫١. "
    "وتحتفظ النصوص الرسمية بصفتها.",
    # errors
    "error.title": "تعذر تنفيذ الطلب",
    "error.not-found.title": "لا توجد هذه الصفحة",
    "error.back": "إلى البحث",
    "error.concerned": "المعني",
    "error.error": "تعذرت الإجابة عن الطلب.",
    "error.bad-request": "لا يفهم البرنامج هذا الطلب. تحقق من القيم المدخلة.",
    "error.bad-identifier": "ليس هذا معرّف قانون أو مادة أو واقعة. المعرّفات من قبيل "
    "kw-law-2013-91/art-2.",
    "error.bad-setting": "في إعدادات الخادم قيمة خاطئة، ويمكن لمسؤوله معرفتها.",
    "error.query-empty": "لا يوجد ما يُبحث عنه: لا كلمة في الاستعلام.",
    "error.query-too-long": "الاستعلام طويل جدا، والحد الأقصى {limit} حرف. اقتصر على الوقائع "
    "المهمة.",
    "error.not-held": "لا تضم المجموعة هذا النص.",
    "error.unreadable": "تتعذر قراءة هذا النص.",
    "error.store-busy": "برنامج آخر يستعمل الفهرس. حاول بعد قليل.",
    "error.index-not-ready": "لم يُبنَ الفهرس بعد. حاول عندما يكتمل.",
    "error.index-mismatch": "لا يناسب الفهرس هذا البرنامج، ويجب إعادة بنائه: tamyeez reindex.",
    "error.store-damaged": "السجل أو الفهرس تالف، ويجب أن يفحصه المسؤول.",
    "error.store-full": "القرص ممتلئ، ويجب أن يوفر المسؤول مساحة.",
    "error.engine-unavailable": "يتعذر على هذا الجهاز تشغيل جزء يحتاجه البحث.",
    "error.invalid-parameter": "في العنوان قيمة غير مقبولة. تحقق من التواريخ (2024-12-31) "
    "والأنواع وأرقام الصفحات.",
    "error.not-found": "لا توجد صفحة في هذا العنوان.",
    "error.method-not-allowed": "هذا العنوان للقراءة فقط.",
    "error.too-many-requests": "هذا أكثر مما يُسمح للقارئ الواحد بطلبه في الدقيقة. انتظر قليلاً ثم "
    "أعد الطلب.",
    "error.too-large": "الطلب أكبر من المسموح.",
    "error.internal": "حدث خطأ من جهتنا، وقد سُجّل.",
    "error.unknown-host": "لا يجيب هذا الخادم باسم المضيف الوارد في العنوان. استعمل الاسم الذي "
    "أعطاكه مسؤوله، وهو يضيف الأسماء بالإعداد TAMYEEZ_HOSTS.",
}
