"""Turn how offences are told apart into what a page or paper prints. Pure; offsets are code points.

Knows readings, spans and penalties. Knows nothing of HTML, HTTP or wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.distinction.findings import Evidence
from search.distinction.results import (
    Distinction,
    ElementReading,
    OffenceReading,
    Precedent,
    Question,
    Status,
)
from search.distinction.signals import Polarity
from search.identifiers import work_of
from search.model import Bilingual, Imprisonment, Instrument, Penalty
from search.naming import cite_instrument, cite_unheld
from search.results import WorkSummary

SHOWN_OPEN = 3  # offences whose elements lie open when the page is read
BAR_TERM = 76  # of a bar's 100 parts, those for terms; life and death have the rest
BAR_LIFE = 88
BAR_DEATH = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the facts: the elements it bears on, and how it is meant ("" for none)."""

    text: str
    anchor: str
    elements: tuple[str, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence with all up to the next one; what is shown of all of them is the facts, whole."""

    place: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What to assume so that an element is met, or is not."""

    value: str
    met: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder; `start` and `length` place its term on a bar of 100 parts."""

    offences: tuple[OffenceReading, ...]  # those it may be imposed for
    provision: str
    penalty: Penalty
    start: int
    length: int


def element_key(offence: OffenceReading, element: ElementReading) -> str:
    """Return the name of an element within a page."""
    return f"{offence.id}.{element.id}"


def words_of(offence: OffenceReading) -> Iterable[tuple[str, Evidence]]:
    """Yield every span of an offence with the name of what it bears on."""
    for element in offence.elements:
        for each in (*element.evidence, *element.against, *element.unsettled):
            yield element_key(offence, element), each
    for circumstance in offence.aggravating:
        for each in circumstance.evidence:
            yield f"{offence.id}.{circumstance.id}", each


def marked_facts(facts: str, answer: Distinction) -> tuple[ShownSentence, ...]:
    """Cut the facts at every sentence and span, and say of each stretch what it bears on."""
    spans: dict[tuple[int, int], set[str]] = defaultdict(set)
    tones: dict[tuple[int, int], Evidence] = {}
    for offence in answer.offences:
        for key, each in words_of(offence):
            span = each.start, each.end
            spans[span].add(key)
            if span not in tones or each.score > tones[span].score:
                tones[span] = each
    starts = [sentence.start for sentence in answer.sentences]
    edges = [0, *starts[1:], len(facts)]
    return tuple(
        ShownSentence(place, _stretches(facts, low, high, spans, tones))
        for place, (low, high) in enumerate(pairwise(edges))
    )


def _stretches(
    facts: str,
    low: int,
    high: int,
    spans: Mapping[tuple[int, int], set[str]],
    tones: Mapping[tuple[int, int], Evidence],
) -> tuple[Stretch, ...]:
    cuts = {low, high} | {cut for span in spans for cut in span if low < cut < high}
    made = []
    for start, end in pairwise(sorted(cuts)):
        over = [span for span in spans if span[0] <= start < span[1]]
        keys = sorted({key for span in over for key in spans[span]})
        strongest = max((tones[span] for span in over), key=lambda e: e.score, default=None)
        made.append(
            Stretch(
                text=facts[start:end],
                anchor=f"w{start}" if any(span[0] == start for span in over) else "",
                elements=tuple(keys),
                tone=strongest.polarity.value if strongest else "",
            )
        )
    return tuple(made)


def touched(answer: Distinction) -> tuple[OffenceReading, ...]:
    """Return the offences that any words of the facts support or raise, by rank."""
    return tuple(
        offence
        for offence in answer.offences
        if any(element.evidence or element.unsettled for element in offence.elements)
    )


def silent(answer: Distinction) -> tuple[OffenceReading, ...]:
    """Return the other offences, by rank."""
    shown = {offence.id for offence in touched(answer)}
    return tuple(o for o in answer.offences if o.id not in shown)


def change_of(element: ElementReading) -> Change | None:
    """Return what to assume so that an element falls away or is met; None where none is known."""
    if element.status is Status.MET:
        assumed = {each.signal: "no" for each in element.evidence}
    else:
        assumed = {each.signal: "yes" for each in (*element.evidence, *element.unsettled)}
        for each in element.against:
            assumed[each.signal] = "yes" if each.polarity is Polarity.DENIED else "no"
    if not assumed:
        return None
    value = ",".join(f"{signal}:{state}" for signal, state in sorted(assumed.items()))
    return Change(value, element.status is not Status.MET)


def is_assumed(element: ElementReading, assumed: Mapping[str, bool]) -> bool:
    """Tell whether what an element is read from was assumed by the reader."""
    own = (*element.evidence, *element.against, *element.unsettled)
    return any(each.signal in assumed for each in own)


def precedents_of(
    answer: Distinction, offence: OffenceReading, element: ElementReading, side: str
) -> tuple[Precedent, ...]:
    """Return the matters on one side of an element."""
    return tuple(
        p
        for p in answer.precedents
        if p.offence == offence.id and p.element in element.concepts and p.for_or_against == side
    )


def questions_by_offence(
    answer: Distinction,
) -> tuple[tuple[OffenceReading, tuple[Question, ...]], ...]:
    """Return the questions to ask, offence by offence, by rank."""
    groups = [(o, tuple(q for q in answer.questions if q.offence == o.id)) for o in answer.offences]
    return tuple(group for group in groups if group[1])


def longest_term(offences: Iterable[OffenceReading]) -> int:
    """Return the longest fixed term of all rungs, in months: the scale of the bars."""
    terms = [penalty.imprisonment for _, _, penalty in _penalties(offences)]
    return max((t.max_months or t.min_months or 0 for t in terms if t), default=0)


def ladder(offences: Sequence[OffenceReading]) -> tuple[Rung, ...]:
    """Return every penalty of the offences once, the gravest first, each with its bar."""
    scale = max(longest_term(offences), 1)
    shared: dict[tuple[str, Penalty], list[OffenceReading]] = {}
    for offence, provision, penalty in _penalties(offences):
        shared.setdefault((provision, penalty), []).append(offence)
    rungs = [
        Rung(tuple(held), provision, penalty, *_bar(penalty.imprisonment, scale))
        for (provision, penalty), held in shared.items()
    ]
    return tuple(sorted(rungs, key=lambda rung: _gravity(rung.penalty), reverse=True))


def _gravity(penalty: Penalty) -> tuple[bool, bool, int, int]:
    term, fine = penalty.imprisonment, penalty.fine
    return (
        term is not None and term.death,
        term is not None and term.life,
        (term.max_months or term.min_months or 0) if term else 0,
        (fine.max_kwd or fine.min_kwd or 0) if fine else 0,
    )


def _penalties(
    offences: Iterable[OffenceReading],
) -> Iterable[tuple[OffenceReading, str, Penalty]]:
    for offence in offences:
        for reading in offence.penalty.provisions:
            for penalty in reading.rungs:
                yield offence, reading.provision, penalty


def _bar(term: Imprisonment | None, scale: int) -> tuple[int, int]:
    """Place a term on a bar: from its least to its most, to the end for life and death."""
    if term is None:
        return 0, 0
    least = round(BAR_TERM * (term.min_months or 0) / scale)
    most = round(BAR_TERM * (term.max_months or term.min_months or 0) / scale)
    if term.max_months is None and term.min_months is not None:
        most = BAR_TERM  # "at least": up to the longest term the law knows
    most = BAR_LIFE if term.life else most
    most = BAR_DEATH if term.death else most
    if term.min_months is None and term.max_months is None:
        least = BAR_TERM if term.life else BAR_LIFE
    start = min(least, most - 2) if most else 0
    return max(start, 0), most - max(start, 0)


class Citations:
    """What to call provisions by their ids, from the list of the works held."""

    def __init__(self, works: Iterable[WorkSummary]) -> None:
        self._laws = {
            work.id: Instrument(work.id, work.kind, work.title, "", work.number, work.year)
            for work in works
        }

    def label(self, provision: str) -> Bilingual:
        """Return e.g. "Art. 2, Law 91/2013"; an id of a law not held reads as stored."""
        law = self._laws.get(work_of(provision))
        if law is None:
            return Bilingual(ar=provision, en=provision)
        _, _, path = provision.partition("/")
        return cite_unheld(path.split("/")[0], law) if path else cite_instrument(law)
