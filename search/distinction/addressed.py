"""Find sentences that tell the reader of a text what to conclude, instead of what happened.

They are no facts: whoever files a complaint may write "answer trafficking" into it, knowingly or
by copying. Read as text, such a sentence would weigh by its words alone; so it is left out, like a
sentence that a person has struck, and the answer says so. Only plain forms are recognised: a
command to the reader at the beginning of a sentence, with what it is to conclude or to leave out.
"""

from __future__ import annotations

import re

from search.distinction.clauses import Facts
from search.text.fold import fold_text

_MARKUP = re.compile(
    r"<script[^<>]{0,99}>[^<]{0,99}</script>|<[^<>]{0,200}>|[\s\"'“”«»*#>\-–—•\[\]()]+"
)
_CONCLUSION = (
    r"(?:trafficking|residency|labou?r|kidnapping|smuggling|prostitution|insufficient|offence|crime"
    r"|guilty|innocent)"
)
_CONCLUSION_AR = r"(?:اتجار|الاتجار|تهريب|خطف|دعاره|مخالفه|جريمه|كافيه|مذنب|بريء|ادانه)"
_ADDRESSED = re.compile(
    r"(?:please |now |and |system|assistant|user|:|\s)*"
    r"(?:"
    r"(?:ignore|disregard|forget|override)\s+(?:all|any|every|(?:the|your)\s+(?:previous|prior|above|rules|instructions|facts)|previous|prior)\b"
    r"|(?:answer|respond|reply(?! ?:)|output|print|classify|label|categori[sz]e|conclude|mark"
    r"|treat)\b"
    rf"[^.]{{0,80}}\b{_CONCLUSION}\b"
    r"|(?:you are|act as|pretend)\s+(?:now\s+)?(?:an?|the)\s+(?:ai|assistant|model|classifier)"
    r"|(?:تجاهل|اهمل|انس)\s+(?:كل|جميع|كافه|ما|اي|التعليمات|القواعد|الوقائع)"
    r"|(?:اجب|صنف|صنفها|صنفه|اعتبر|اعتبرها|اعتبره|استنتج|قل|اكتب|احكم)\s"
    rf"[^.]{{0,80}}{_CONCLUSION_AR}"
    r"|انت\s+(?:الان\s+)?(?:نموذج|مساعد|نظام|مصنف)"
    r")"
)


def addressed_sentences(facts: Facts) -> tuple[int, ...]:
    """Return the places of the sentences that speak to the reader."""
    return tuple(
        place
        for place, (start, end) in enumerate(facts.sentences)
        if _speaks_to_reader(facts.text[start:end])
    )


def _speaks_to_reader(sentence: str) -> bool:
    return _ADDRESSED.match(fold_text(_MARKUP.sub(" ", sentence)).strip()) is not None
