"""What each reason of a refusal means and what to do, for the report, in both languages.

The sentence of the refusal itself is more exact; this says it to who reads Arabic only.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.model import Bilingual


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file was refused, and what to do about it."""

    why: Bilingual
    advice: Bilingual


_AGAIN = Bilingual("احفظه أو نزّله من جديد ثم أعد إدخاله.", "Save or fetch it again, then retry.")
_SPLIT = Bilingual("قسّمه إلى ملفات أصغر.", "Split it into smaller files.")
_OTHER_COPY = Bilingual(
    "استعمل ملف Word أو نسخة أخرى من النص نفسه.", "Use the Word file or another copy of the text."
)
_READABLE = Bilingual(
    "احفظه بصيغة PDF أو DOCX أو HTML أو Markdown أو نص.",
    "Save it as PDF, DOCX, HTML, Markdown or plain text.",
)
_CHECK = Bilingual("راجع المسار وصلاحيات القراءة.", "Check the path and that the file may be read.")
_REVIEW = Bilingual("راجع صفحاته بالأمر tamyeez review.", "Review its pages with `tamyeez review`.")

_TABLE = {
    "missing": ("لا يوجد ملف بهذا الاسم", "there is no such file", _CHECK),
    "unreadable": ("لا يمكن فتح الملف", "the file cannot be opened", _CHECK),
    "not-a-file": ("ليس ملفا", "it is no file", _CHECK),
    "empty": ("لا نص فيه", "it holds no text", _AGAIN),
    "too-large": ("أكبر من الحد المسموح", "it is larger than may be read", _SPLIT),
    "too-long": ("نصه أطول من الحد المسموح", "its text is longer than may be read", _SPLIT),
    "memory": ("تحتاج قراءته ذاكرة فوق الحد", "reading it needs too much memory", _SPLIT),
    "time": ("تستغرق قراءته وقتا فوق الحد", "reading it takes too long", _SPLIT),
    "encrypted": (
        "محمي بكلمة مرور",
        "it is protected by a password",
        Bilingual("احفظ نسخة بلا كلمة مرور.", "Save a copy without a password."),
    ),
    "damaged": ("تالف لا يُقرأ", "it is damaged", _AGAIN),
    "crashed": ("انهار برنامج القراءة عند فتحه", "it broke the process that read it", _AGAIN),
    "failed": ("أخفق البرنامج في قراءته", "the program failed on it", _OTHER_COPY),
    "changing": ("كان يُكتب أثناء قراءته", "it was being written while it was read", _AGAIN),
    "legacy-doc": (
        "ملف Word قديم (.doc)",
        "it is an old Word file (.doc)",
        Bilingual("افتحه في Word واحفظه بصيغة .docx.", "Open it in Word and save it as .docx."),
    ),
    "binary": ("ليس مستندا نصيا", "it is no text document", _READABLE),
    "encoding": (
        "ترميز النص غير معروف",
        "its encoding is not known",
        Bilingual("احفظه بترميز UTF-8.", "Save it as UTF-8."),
    ),
    "characters": (
        "فيه محارف لا تُحفظ",
        "it holds characters that cannot be stored",
        Bilingual("احفظه بترميز UTF-8.", "Save it as UTF-8."),
    ),
    "no-text-layer": ("صفحاته صور بلا نص", "its pages are pictures without text", _OTHER_COPY),
    "no-ocr": (
        "يحتاج التعرف الضوئي، وهو غير مثبت",
        "it needs OCR, which is not installed",
        Bilingual("ثبّت tesseract مع العربية.", "Install tesseract with Arabic."),
    ),
    "ocr-unfinished": (
        "لم يكتمل التعرف الضوئي على صفحاته",
        "OCR of its pages is not finished",
        Bilingual("أعد الإدخال؛ يُستأنف من حيث توقف.", "Ingest it again; it goes on."),
    ),
    "needs-review": ("قُرئ ضوئيا وينتظر مراجعة", "it was read by OCR and awaits review", _REVIEW),
    "rejected": ("رفضه المراجع", "a reviewer rejected it", _OTHER_COPY),
    "garbled-text": ("نصه مشوه في الملف", "its text is garbled in the file", _OTHER_COPY),
    "article-sequence": (
        "أرقام مواده لا يُوثق بها",
        "its article numbers cannot be trusted",
        _OTHER_COPY,
    ),
    "no-articles": (
        "لم تُعرف فيه مواد",
        "no articles were found in it",
        Bilingual("بيّن نوعه بالخيار --kind.", "Say what it is with --kind."),
    ),
    "mixed-language": (
        "فيه لغتان معا",
        "it holds two languages",
        Bilingual("اجعل لكل لغة ملفا.", "Split it into one file a language."),
    ),
    "sidecar": (
        "ملف وصفه فيه خطأ",
        "its sidecar has a fault",
        Bilingual("صحّح ملف الوصف أو احذفه.", "Correct the sidecar, or remove it."),
    ),
    "not-sealed": (
        "يتعذر حفظ أصله مختوما",
        "its original cannot be kept sealed",
        Bilingual(
            "راجع مجلد TAMYEEZ_ORIGINALS ثم أعد إدخاله.",
            "See to the folder TAMYEEZ_ORIGINALS, then retry.",
        ),
    ),
    "conflict": (
        "ملف آخر يعطي النص نفسه",
        "another file gives the same text",
        Bilingual(
            "ضعه مكان ذلك الملف ليصير نسخة جديدة، أو اسحب ذلك الملف.",
            "Put it in that file's place as a new version, or withdraw that file.",
        ),
    ),
}
_UNKNOWN = ("رُفض الملف", "it was refused", _OTHER_COPY)


def reason_of(word: str) -> Reason:
    """Return what a reason means; a word that is not in the table is a refusal all the same."""
    arabic, english, advice = _TABLE.get(word, _UNKNOWN)
    return Reason(Bilingual(arabic, english), advice)
