"""The wording of signing in, accounts, roles and the audit trail: Arabic."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # signing in
    "sign-in.title": "تسجيل الدخول",
    "sign-in.lead": "يمنح الحسابات مدير هذا النظام.",
    "sign-in.name": "اسم المستخدم",
    "sign-in.password": "كلمة المرور",
    "sign-in.go": "دخول",
    "sign-in.sso": "الدخول بحساب جهتك",
    "sign-out": "تسجيل الخروج",
    # one's own account
    "account.title": "حسابي",
    "account.roles": "الأدوار",
    "account.what": "ما تتيحه الأدوار",
    "account.must-change": "كلمة المرور هذه وضعها لك غيرك. اختر كلمة لا يعرفها سواك، ثم تابع.",
    "account.changed": "تم.",
    "account.password": "تغيير كلمة المرور",
    "account.password.hint": "من ١٢ إلى ٢٠٠ حرف، دون اسمك. وعدة كلمات متتالية يسهل حفظها.",
    "account.old": "كلمة المرور الحالية",
    "account.new": "كلمة المرور الجديدة",
    "account.again": "كلمة المرور الجديدة مرة أخرى",
    "account.password.go": "غيّرها",
    "account.sessions": "الجلسات الأخرى",
    "account.sessions.hint": "ينهي كل جلسة لهذا الحساب على أجهزة أخرى.",
    "account.sessions.go": "الخروج من سائر الأجهزة",
    "account.tokens": "رموز البرامج",
    "account.tokens.hint": "يرسل البرنامج الرمز في ترويسة Authorization. ولا يجوز له أكثر مما "
    "يُحدَّد هنا، ويسري {days} يوما، ولا يظهر إلا مرة.",
    "account.token.name": "الغرض منه",
    "account.token.scopes": "يجوز له",
    "account.token.go": "أنشئ رمزا",
    "account.token.secret": "انسخه الآن، فلن يظهر مرة أخرى:",
    "account.token.until": "حتى {date}",
    "account.token.end": "أنهِه",
    "account.tokens.none": "لا يوجد.",
    # users
    "nav.users": "المستخدمون",
    "users.title": "المستخدمون",
    "users.lead": "لا يمكن لأحد قراءة كلمة مرور. والكلمة الجديدة تظهر مرة واحدة، ويجب تغييرها عند "
    "أول دخول.",
    "users.name": "الاسم",
    "users.roles": "الأدوار",
    "users.state": "الحالة",
    "users.since": "منذ",
    "users.acts": "تعديل",
    "users.active": "نشط",
    "users.disabled": "موقوف",
    "users.locked": "مغلق مؤقتا بعد كلمات مرور خاطئة",
    "users.must-change": "لم يختر كلمة مرور بعد",
    "users.sso": "دخول موحّد",
    "users.add": "إضافة مستخدم",
    "users.add.go": "أضف",
    "users.reset": "كلمة مرور جديدة",
    "users.disable": "أوقف",
    "users.enable": "أعد التفعيل",
    "users.roles.go": "احفظ الأدوار",
    "users.done": "تم: {name}.",
    "users.password": "كلمة المرور لمرة واحدة للمستخدم {name}، ولا تظهر إلا الآن:",
    # the matrix
    "nav.access": "من يجوز له ماذا",
    "access.title": "من يجوز له ماذا",
    "access.lead": "قد يكون للشخص أكثر من دور. وما لا يتيحه دور يُرفض في الصفحات وواجهة البرمجة "
    "والرموز على السواء. ودون حسابات، على هذا الجهاز وحده، كل شيء متاح.",
    "access.permission": "الصلاحية",
    "access.yes": "نعم",
    "access.no": "لا",
    "access.doors": "العناوين والأوامر",
    "access.restricted": "الوقائع المقيَّدة، والنصوص المقروءة آليا التي لم يراجعها أحد، محجوبة عن "
    "غيرهم في كل موضع: في النتائج والأعداد والاقتراحات والتصدير والروابط.",
    # the trail
    "nav.trail": "سجل الأعمال",
    "trail.title": "سجل الأعمال",
    "trail.lead": "ما جرى، الأحدث أولا: آخر {shown}. ويحمل كل حدث ختم ما قبله، فلا يُغيَّر حدث ولا "
    "يُنزع دون أن يظهر ذلك.",
    "trail.verify": "تحقق من السلسلة كلها",
    "trail.whole": "سليمة: الأحداث من {first} إلى {last}.",
    "trail.broken": "غير سليمة:",
    "trail.csv": "كل الأحداث جدولا (CSV)",
    "trail.none": "لم يُدوَّن شيء بعد.",
    "trail.column.number": "الرقم",
    "trail.column.at": "الوقت (التوقيت العالمي)",
    "trail.column.actor": "القائم به",
    "trail.local": "هذا الجهاز",
    "trail.column.kind": "العمل",
    "trail.column.objects": "محله",
    "trail.column.outcome": "النتيجة",
    "trail.column.detail": "تفصيل",
    "trail.kind.search": "بحث",
    "trail.kind.restricted": "اطلاع على مقيَّد",
    "trail.kind.identity": "كشف أسماء محجوبة",
    "trail.kind.export": "تصدير",
    "trail.kind.ingest": "إضافة ملفات",
    "trail.kind.withdraw": "سحب ملفات",
    "trail.kind.review": "مراجعة",
    "trail.kind.backup": "نسخ احتياطي",
    "trail.kind.restore": "استعادة",
    "trail.kind.administration": "إدارة",
    "trail.kind.retention": "حذف أحداث انتهت مدتها",
    "trail.kind.sign-in": "دخول",
    "trail.outcome.done": "تم",
    "trail.outcome.refused": "رُفض",
    "trail.outcome.quarantined": "حُجز",
    "trail.outcome.stopped": "أُوقف",
    # refusals
    "error.sign-in-needed": "سجّل الدخول أولا، أو أرسل رمزا في ترويسة Authorization.",
    "error.not-signed-in": "الاسم أو كلمة المرور خطأ، أو الحساب مغلق مؤقتا. وبعد خمس كلمات مرور "
    "خاطئة يُنتظر ربع ساعة.",
    "error.not-permitted": "لا يتيح دورك هذا، ويمكن لمدير النظام إضافته.",
    "error.accounts-unavailable": "لا يمكن لأحد الدخول الآن: تتعذر قراءة الحسابات، ويجب أن ينظر "
    "المدير في ذلك.",
    "error.not-recorded": "هذه مادة مقيَّدة لا تُعرض إلا إذا قُيّد فتحها، ولا يمكن الآن الكتابة في سجل "
    "الأعمال. ويجب أن ينظر المدير في ذلك.",
    "error.bad-account": "لا يمكن منح الحساب هذا. للاسم من حرفين إلى ٦٤ حرفا أو رقما ولم يُستعمل "
    "بعد، ويُحدَّد دور أو صلاحية واحدة على الأقل، ولا يعدّل أحد حقوقه هو، وتُكتب كلمة المرور "
    "الجديدة مرتين متطابقتين.",
    "error.bad-password": "لكلمة المرور الجديدة من {least} إلى {most} حرفا، ولا تتضمن اسم "
    "المستخدم، وليست السابقة. لم يتغير شيء.",
}
