"""Reason from findings to elements and from elements to offences. Rules over data, no learning.

An element is met when its alternatives are stated in the facts, together clearly enough, and
nothing stronger speaks against it; not met when the facts speak against it; else unknown. Weaker
words are enough where the whole text reads as the offence. What the accused claims, what is feared
or only heard meets nothing: it is shown as unsettled.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from search.distinction.findings import SHOWN, Evidence, Findings
from search.distinction.results import (
    AggravatorReading,
    ElementReading,
    OffenceReading,
    Penalties,
    Status,
)
from search.distinction.signals import Polarity
from search.model import Bilingual
from search.offences import Aggravator, Element, Offence

# Chance from which an element counts as stated; lower from this share of the offence's reading on.
# Chosen on cases by writers that the model has not learned from.
MET_FROM, MET_WITHIN, WITHIN_SHARE = 0.4, 0.25, 0.5
SURE = 0.99  # no clause says more
FLOOR = 0.05  # strength of an element of which nothing is known, for ranking

_BECAUSE = {
    "stated": Bilingual(ar="ورد في الوقائع على أنه حاصل", en="the facts state it"),
    "denied": Bilingual(ar="تنفيه الوقائع أو تذكر ضده", en="the facts speak against it"),
    "open": Bilingual(
        ar="ورد ادعاءً أو إنكاراً أو ظناً ولم يثبت", en="raised, but only claimed, denied or feared"
    ),
    "silent": Bilingual(ar="لم تتعرض له الوقائع", en="the facts are silent"),
    "inferred": Bilingual(
        ar="يُستنتج من ثبوت العناصر التي تدل عليه", en="inferred from the elements that show it"
    ),
    "not-inferred": Bilingual(
        ar="لا يُستنتج ما لم تثبت العناصر التي تدل عليه",
        en="not inferred while the elements that show it are not met",
    ),
}


def read_offence(
    offence: Offence,
    findings: Findings,
    share: float,
    in_force: bool,
    penalty: Penalties,
) -> OffenceReading:
    """Read one offence; `share` is that of the primary reading it belongs to. Its rank is 0 yet."""
    read: dict[str, ElementReading] = {}
    met_from = MET_WITHIN if share >= WITHIN_SHARE else MET_FROM
    for element in offence.elements:
        read[element.id] = read_element(element, findings, read, met_from)
    elements = tuple(read.values())
    return OffenceReading(
        id=offence.id,
        label=offence.label,
        primary=offence.primary,
        rank=0,
        support=_support(elements, share),
        is_made_out=all(element.status is Status.MET for element in elements),
        in_force=in_force,
        elements=elements,
        missing=tuple(e.id for e in elements if e.status is not Status.MET),
        excluded_by=tuple(
            exclusion.label
            for exclusion in offence.exclusions
            if _strength(exclusion.signals, findings) >= MET_FROM
        ),
        aggravating=tuple(
            _aggravating(each, findings)
            for each in offence.aggravators
            if _strength(each.shown_by, findings) >= MET_FROM
        ),
        governing=offence.governing,
        penalty=penalty,
        rules=offence.rules,
        note=offence.note,
    )


def read_element(
    element: Element,
    findings: Findings,
    others: Mapping[str, ElementReading],
    met_from: float = MET_FROM,
) -> ElementReading:
    """Say what the facts say of one element; `others` are the elements read before it.

    `met_from` is the least chance with which it is met.
    """
    if element.inferred_from:
        return _inferred(element, others)
    ways = [way for each in element.alternatives for way in each.made_out_by]
    # A signal that needs others is evidence only where they are there too.
    shown = [way for way in ways if len(way) == 1 or _strength([way], findings) >= met_from]
    own = sorted({signal for way in shown for signal in way})
    strength = _together(ways, findings)
    against = max(
        [findings.strength(signal) for signal in element.negated_by]
        + [findings.strength(signal, Polarity.DENIED) for signal in own],
        default=0.0,
    )
    unsettled = max((findings.strength(s, Polarity.OPEN) for s in own), default=0.0)
    status, because = _status(strength, against, unsettled, met_from)
    made_out = [
        each for each in element.alternatives if _together(each.made_out_by, findings) >= met_from
    ]
    return ElementReading(
        id=element.id,
        kind=element.kind,
        label=element.label,
        status=status,
        strength=round(strength, 3),
        evidence=_words(findings, own, Polarity.STATED),
        against=_strongest(
            [
                *_words(findings, element.negated_by, Polarity.STATED),
                *_words(findings, own, Polarity.DENIED),
            ]
        ),
        unsettled=_words(findings, own, Polarity.OPEN),
        provisions=element.provisions,
        concepts=tuple(
            dict.fromkeys([*element.concepts, *(c for a in made_out for c in a.concepts)])
        ),
        alternatives=tuple(each.id for each in made_out),
        because=_BECAUSE[because],
    )


def strength_of(element: Element, findings: Findings) -> float:
    """Return the chance that the facts state an element, whatever speaks against it."""
    return _together((way for each in element.alternatives for way in each.made_out_by), findings)


def ranked(offences: Iterable[OffenceReading]) -> list[OffenceReading]:
    """Return the offences by support; one that was not in force stands behind those that were."""
    return sorted(offences, key=lambda each: (not each.in_force, -each.support, each.id))


def _inferred(element: Element, others: Mapping[str, ElementReading]) -> ElementReading:
    """Read a mental element off the outer ones."""
    shown_by = [others[name] for name in element.inferred_from if name in others]
    met = bool(shown_by) and all(each.status is Status.MET for each in shown_by)
    return ElementReading(
        id=element.id,
        kind=element.kind,
        label=element.label,
        status=Status.MET if met else Status.UNKNOWN,
        strength=round(min((each.strength for each in shown_by), default=0.0), 3),
        evidence=(),
        against=(),
        unsettled=(),
        provisions=element.provisions,
        concepts=element.concepts,
        alternatives=(),
        because=_BECAUSE["inferred" if met else "not-inferred"],
    )


def _status(
    strength: float, against: float, unsettled: float, met_from: float
) -> tuple[Status, str]:
    if strength >= met_from and strength >= against:
        return Status.MET, "stated"
    if against >= MET_FROM:
        return Status.NOT_MET, "denied"
    return Status.UNKNOWN, "open" if unsettled >= MET_FROM else "silent"


def _strength(ways: Iterable[Sequence[str]], findings: Findings) -> float:
    """Return the chance of the strongest way; a way is as strong as its weakest signal."""
    return max((min(findings.strength(signal) for signal in way) for way in ways), default=0.0)


def _together(ways: Iterable[Sequence[str]], findings: Findings) -> float:
    """Return the chance that at least one way is stated."""
    none = 1.0
    for way in ways:
        none *= 1 - min(SURE, *(findings.strength(signal) for signal in way))
    return 1 - none


def _support(elements: Sequence[ElementReading], share: float) -> float:
    """Join how far the elements are made out with how the case as a whole reads."""
    product = 1.0
    for element in elements:
        product *= max(element.strength, FLOOR)
    together: float = product ** (1 / len(elements))
    return round(math.sqrt(together * max(share, FLOOR)), 3)


def _aggravating(aggravator: Aggravator, findings: Findings) -> AggravatorReading:
    own = sorted({signal for way in aggravator.shown_by for signal in way})
    return AggravatorReading(
        id=aggravator.id,
        label=aggravator.label,
        provision=aggravator.provision,
        effect=aggravator.effect,
        evidence=_words(findings, own, Polarity.STATED),
    )


def _words(findings: Findings, signals: Iterable[str], polarity: Polarity) -> tuple[Evidence, ...]:
    return _strongest([e for s in signals for e in findings.evidence.get((s, polarity), ())])


def _strongest(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return each clause once, with its highest score, strongest first; SHOWN twice at most."""
    best: dict[tuple[int, int], Evidence] = {}
    for each in evidence:
        held = best.get((each.start, each.end))
        if held is None or each.score > held.score:
            best[each.start, each.end] = each
    return tuple(sorted(best.values(), key=lambda e: (-e.score, e.start))[: 2 * SHOWN])
