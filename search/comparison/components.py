"""Say what each sentence of a provision speaks of: who, act, means, purpose and so on.

Two grounds count: a concept of the thesaurus that the sentence names, and a few words that law in
either language uses for one component only. Nothing is guessed: no words, no component.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from search.comparison.results import Component, Ground, Sentence
from search.model import Concept
from search.text.fold import fold
from search.text.sentences import sentences
from search.thesaurus import Thesaurus

_OF_FAMILY: Mapping[str, Component] = {
    "actor": Component.WHO,
    "institution": Component.WHO,
    "act": Component.ACT,
    "offence": Component.ACT,
    "means": Component.MEANS,
    "purpose": Component.PURPOSE,
    "aggravator": Component.CIRCUMSTANCES,
    "penalty": Component.PENALTY,
    "procedure": Component.PROCEDURE,
    "protection": Component.PROCEDURE,
}
# Concepts whose family says less than they do.
_OF_CONCEPT: Mapping[str, Component] = {
    **dict.fromkeys(
        (
            "child-exception",
            "consent-of-injured-party",
            "court-fee-exemption",
            "duress-and-necessity",
            "exemption-for-informers",
            "exemption-from-punishment",
            "grounds-of-justification",
            "irrelevance-of-consent",
            "mistake-of-fact-or-law",
            "refraining-from-punishment",
            "self-defence",
        ),
        Component.EXCEPTIONS,
    ),
    **dict.fromkeys(
        ("aiding", "attempt", "incitement", "organizing-or-directing", "participation"),
        Component.ACT,
    ),
    **dict.fromkeys(("intent", "motive", "special-intent"), Component.PURPOSE),
    "mitigating-circumstances": Component.CIRCUMSTANCES,
    "principal-offender": Component.WHO,
}
_NAMED_EXACTLY = frozenset({"actor", "institution", "offence"})
# Folded as search/text/fold.py folds: ي for ى, ه for ة, ا for أ.
_CUES: Mapping[Component, str] = {
    Component.WHO: r"كل من|كل دوله طرف|الدول الاطراف|anyone who|whoever|any person who"
    r"|each state party|states parties",
    Component.ACT: r"يحظر|يجرم|shall not|may not|prohibited|criminalize\w*",
    Component.MEANS: r"الوسيله|بواسطه|باستعمال|by means of|means:",
    Component.PURPOSE: r"بقصد|بغرض|لغرض|الغرض|for the purpose of|purpose:|with intent"
    r"|with the aim",
    Component.CIRCUMSTANCES: r"ظرفا?|تشدد|يشدد|اذا ارتكبت|اذا وقعت|aggravat\w+"
    r"|if the (?:victim|offender|offence|crime)",
    Component.PENALTY: r"يعاقب|جزاؤه|عقوبتها|عقوبته|العقوبه|عقوبه|الحبس|بالحبس|غرامه|بغرامه"
    r"|الاعدام|punish\w*|imprison\w*|penalt(?:y|ies)|fined?",
    Component.EXCEPTIONS: r"استثناء|يستثني|يعفي|الاعفاء|مع عدم الاخلال|دون اخلال|ما لم|لا يعتد"
    r"|لا اثر|الا اذا|لا تسري|unless|except(?:ion|ions)?|exempt\w*|without prejudice"
    r"|notwithstanding|does not apply",
    Component.PROCEDURE: r"التحقيق|المحكمه|النيابه العامه|دعوي|الدعوي|public prosecution"
    r"|the court|investigat\w+",
}
_CUE = re.compile(
    r"(?<!\w)[وف]?(?:" + "|".join(f"(?P<{c}>{words})" for c, words in _CUES.items()) + r")(?!\w)"
)
# Words that join sentences, although a concept is called by the same: «واسطة» is influence.
_GRAMMAR = frozenset({"بواسطه"})


def component_of(concept: Concept) -> Component:
    """Return the component a concept belongs to."""
    return _OF_CONCEPT.get(concept.id) or _OF_FAMILY.get(concept.family, Component.OTHER)


def read_sentences(text: str, thesaurus: Thesaurus) -> tuple[Sentence, ...]:
    """Return the sentences of a text, each with the grounds for what it speaks of."""
    return tuple(
        Sentence(start, end, text[start:end], tuple(_grounds(text[start:end], thesaurus)))
        for start, end in sentences(text)
    )


def _grounds(sentence: str, thesaurus: Thesaurus) -> Iterator[Ground]:
    for found in thesaurus.find(sentence):
        concept = thesaurus.concepts[found.id]
        component = component_of(concept)
        if fold(found.words).text in _GRAMMAR or not _is_named(concept, found.words):
            continue
        if component is not Component.OTHER:
            yield Ground(component, found.words, found.id)
    folded = fold(sentence)
    seen: set[Component] = set()
    for match in _CUE.finditer(folded.text):
        component = Component(match.lastgroup or "")
        if component not in seen:
            seen.add(component)
            start, end = folded.source_span(*match.span())
            yield Ground(component, sentence[start:end])


def _is_named(concept: Concept, words: str) -> bool:
    """Tell a person or offence named from a word of the same stem: trafficking, trafficker."""
    if concept.family not in _NAMED_EXACTLY or not words.isascii() or " " in words:
        return True
    labels = (concept.label.en or "", *concept.alt_en)
    return _singular(words) in map(_singular, labels)


def _singular(word: str) -> str:
    return word.casefold().rstrip("s'")
