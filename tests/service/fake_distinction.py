"""A service that tells two offences apart by single words, for the tests of page and papers.

What it says of the law is a few facts in our own words; it reads nothing, it only looks words up.
"""

from __future__ import annotations

import datetime as dt
import re

from search.distinction.findings import Evidence
from search.distinction.results import (
    AggravatorReading,
    AlternativeReading,
    Distinction,
    ElementReading,
    MinimalPair,
    Move,
    OffenceReading,
    PairMember,
    Penalties,
    PenaltyReading,
    Precedent,
    Question,
    Sentence,
    Status,
    TraceStep,
    Wording,
)
from search.distinction.signals import Polarity
from search.distinction.weighed import WhatIf
from search.errors import BadRequest
from search.model import Authority, Bilingual, Fine, Imprisonment, Language, Penalty
from search.offences import ElementKind, Rule, RuleKind, Signal
from tests.service.fake_service import HOSTILE, FakeService

SIGNALS = {
    "housed": ("act", Bilingual("الإيواء", "Housed"), ("lodged", "أسكن")),
    "documents-kept": ("means", Bilingual("حجز الوثائق", "Papers kept"), ("passport", "جواز")),
    "forced-work": ("purpose", Bilingual("العمل القسري", "Forced work"), ("forced", "أجبر")),
    "permit-sold": ("residence", Bilingual("بيع الإقامة", "Permit sold"), ("permit", "إقامة")),
}
ART_2 = "kw-law-2013-91/art-2"
_RUNGS = (
    Penalty(
        "trafficking",
        Bilingual("الصورة الأساسية", "the basic form"),
        Imprisonment(180, 180),
    ),
    Penalty("trafficking", Bilingual("بظرف مشدد", "aggravated"), Imprisonment(life=True)),
)
_SOLD = (
    Penalty(
        "residency-trading",
        Bilingual("بيع الإقامة", "selling a permit"),
        Imprisonment(36, 60),
        Fine(5000, 10000, "foreigner"),
        "and",
    ),
)


class FakeDistinctionService(FakeService):
    """Tells trafficking, residency trading and theft apart by four words of each language."""

    def signals(self) -> tuple[Signal, ...]:
        """Return what can be assumed."""
        return tuple(
            Signal(name, family, label, label, place)
            for place, (name, (family, label, _)) in enumerate(SIGNALS.items())
        )

    def distinguish(
        self,
        facts: str,
        language: Language | None = None,
        date: dt.date | None = None,
        what_if: WhatIf | None = None,
    ) -> Distinction:
        """Look the words up, sentence by sentence."""
        what_if = what_if or WhatIf()
        sentences = _sentences(facts)
        if [place for place in what_if.struck if place >= len(sentences)]:
            raise BadRequest("There is no such sentence.")
        found = _found(sentences, what_if)
        offences = _offences(found, date)
        primary = "trafficking" if offences[0].is_made_out else "residency-trading"
        if not any(found.values()):
            primary = "insufficient"
        return Distinction(
            language=language or Language.EN,
            date=date,
            sentences=sentences,
            primary=primary,
            shares={primary: 0.86, "labour-violation": 0.1},
            offences=offences,
            alternatives=(
                AlternativeReading(
                    "labour-violation",
                    0.1,
                    Move("forced-work", SIGNALS["forced-work"][1], False, 0.7, True),
                ),
            ),
            trace=tuple(
                TraceStep(name, SIGNALS[name][1], Polarity.STATED, 1.5, words)
                for name, words in found.items()
                if words
            ),
            wording=Wording(0.4, ("worked",)),
            findings=tuple(each for words in found.values() for each in words),
            precedents=_precedents(),
            pair=_pair(),
            questions=(Question("ماذا لو غادر؟", "What if he left?", "purpose", "trafficking"),),
            notes=(Bilingual("ورقة للمساعدة.", "A working aid."),),
            edition="2026-11 (9f2c41d0)",
            model="fake-1",
            took_ms=1.0,
        )


def _sentences(facts: str) -> tuple[Sentence, ...]:
    spans = [match.span() for match in re.finditer(r"[^.\s][^.]*\.?", facts)]
    return tuple(Sentence(start, end, facts[start:end]) for start, end in spans)


def _found(sentences: tuple[Sentence, ...], what_if: WhatIf) -> dict[str, tuple[Evidence, ...]]:
    found = {}
    for name, (_, _, words) in SIGNALS.items():
        spans = [
            (sentence.start + match.start(), sentence.start + match.end(), match.group(), sentence)
            for place, sentence in enumerate(sentences)
            if place not in what_if.struck
            for match in re.finditer("|".join(words), sentence.text)
        ]
        found[name] = tuple(
            Evidence(a, b, text, 0.9, name, _polarity(sentence)) for a, b, text, sentence in spans
        )
        if (what_if.assumed or {}).get(name) is False:
            found[name] = ()
    return found


def _polarity(sentence: Sentence) -> Polarity:
    denied = "never" in sentence.text or "لم" in sentence.text
    return Polarity.DENIED if denied else Polarity.STATED


def _element(
    name: str, kind: ElementKind, label: Bilingual, words: tuple[Evidence, ...]
) -> ElementReading:
    stated = tuple(each for each in words if each.polarity is Polarity.STATED)
    denied = tuple(each for each in words if each.polarity is Polarity.DENIED)
    status = Status.MET if stated else Status.NOT_MET if denied else Status.UNKNOWN
    return ElementReading(
        id=name,
        kind=kind,
        label=label,
        status=status,
        strength=0.9 if stated else 0.0,
        evidence=stated,
        against=denied,
        unsettled=(),
        provisions=("kw-law-2013-91/art-1",),
        concepts=(name,),
        alternatives=(),
        because=Bilingual("ورد في الوقائع", "the facts state it"),
    )


def _offence(
    name: str, label: Bilingual, rank: int, elements: tuple[ElementReading, ...], **more: object
) -> OffenceReading:
    missing = tuple(each.id for each in elements if each.status is not Status.MET)
    values = {
        "in_force": True,
        "aggravating": (),
        "penalty": Penalties(),
        "rules": (),
        "note": None,
        **more,
    }
    return OffenceReading(
        id=name,
        label=label,
        primary=name,
        rank=rank,
        support=0.5,
        is_made_out=not missing,
        elements=elements,
        missing=missing,
        excluded_by=(),
        governing=(ART_2,),
        **values,
    )


def _offences(
    found: dict[str, tuple[Evidence, ...]], date: dt.date | None
) -> tuple[OffenceReading, ...]:
    child = AggravatorReading(
        "child-victim",
        Bilingual("المجني عليه طفل", "the person is a child"),
        ART_2,
        Bilingual("الحبس المؤبد", "life imprisonment"),
        found["housed"],
    )
    consent = Rule(RuleKind.CONSENT, Bilingual("لا أثر للرضا", "Consent has no effect"), (ART_2,))
    return (
        _offence(
            "trafficking",
            Bilingual("الاتجار بالأشخاص", "Trafficking in persons"),
            1,
            (
                _element("act", ElementKind.ACT, Bilingual("الإيواء", "Housing"), found["housed"]),
                _element(
                    "means",
                    ElementKind.MEANS,
                    Bilingual("حجز الوثائق", "Papers kept"),
                    found["documents-kept"],
                ),
                _element(
                    "purpose",
                    ElementKind.PURPOSE,
                    Bilingual("الاستغلال", "Exploitation"),
                    found["forced-work"],
                ),
            ),
            aggravating=(child,) if found["housed"] else (),
            rules=(consent,),
            penalty=Penalties((PenaltyReading(ART_2, "trafficking", _RUNGS),)),
            note=Bilingual(f"ملاحظة {HOSTILE}", f"Note {HOSTILE}"),
        ),
        _offence(
            "residency-trading",
            Bilingual("الاتجار بالإقامة", "Residency trading"),
            2,
            (
                _element(
                    "permit", ElementKind.ACT, Bilingual("الإقامة", "Permit"), found["permit-sold"]
                ),
            ),
            in_force=date is None or date.year >= 2024,
            penalty=Penalties((PenaltyReading(ART_2, "residency-trading", _SOLD),)),
        ),
        _offence(
            "theft",
            Bilingual("السرقة", "Theft"),
            3,
            (_element("taking", ElementKind.ACT, Bilingual("الاختلاس", "Taking"), ()),),
        ),
    )


def _precedents() -> tuple[Precedent, ...]:
    return (
        Precedent(
            "kw-2030-sample-villa-01",
            Bilingual("واقعة منشورة", "A reported matter"),
            Authority.REPORTED,
            "for",
            "means",
            "trafficking",
            Bilingual("ثبت فيها", "found there"),
            0.4,
        ),
        Precedent(
            "kw-training-visa-seller-01",
            Bilingual("واقعة للتدريب", "A training matter"),
            Authority.TRAINING,
            "against",
            "means",
            "trafficking",
            Bilingual("لم يثبت فيها", "not found there"),
            0.3,
        ),
    )


def _pair() -> MinimalPair:
    members = tuple(
        PairMember(
            "kw-training-visa-seller-01",
            Bilingual(f"واقعة {mark}", f"Matter {mark}"),
            Authority.TRAINING,
            outcome,
            "trafficking",
        )
        for mark, outcome in (("A", "acquitted"), ("B", "convicted"))
    )
    return MinimalPair((members[0], members[1]), "means", Bilingual("الوسيلة", "means"), 0.5)
