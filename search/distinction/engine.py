"""Tell offences apart: the order of things, from facts to the whole answer.

Offline; the same facts give the same answer, but for rounding where other processors are free.
Keeps nothing of the facts beyond the answer, but see facts_reader.py.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from search.catalogue import Catalogue
from search.distinction.addressed import addressed_sentences
from search.distinction.clauses import Facts, split_facts
from search.distinction.encoder import Vectors
from search.distinction.facts_reader import FactsReader
from search.distinction.features import ClauseFeatures, clause_features, wording
from search.distinction.findings import Evidence, Findings, gather
from search.distinction.law_of_day import date_notes, is_in_force
from search.distinction.limits import check_facts
from search.distinction.moves import alternatives_of
from search.distinction.plain_words import raised
from search.distinction.precedents import Matters, find_pair, find_precedents
from search.distinction.reach import Reach, reach_of
from search.distinction.reasoning import ranked, read_offence, strength_of
from search.distinction.results import (
    PRIMARY,
    Distinction,
    OffenceReading,
    Penalties,
    PenaltyReading,
    Question,
    Sentence,
    TraceStep,
    Wording,
)
from search.distinction.signals import ClauseScores, Polarity, SignalModel
from search.distinction.weighing import Weigher
from search.embed.port import Embedder
from search.errors import BadRequest
from search.model import Bilingual, Editorial, Language
from search.offences import Element, ElementKind, Offence, RuleKind, Signal
from search.processors import turn
from search.text.tokens import occurrences

EVIDENCE_FROM = 0.2  # least chance of a clause that is shown as evidence
TRACE_STEPS = 8
WORDS_SHOWN = 6
QUESTION_OFFENCES = 3
EXPLOITATION = ("trafficking", "residency-trading-as-means-of-trafficking")
INSUFFICIENT = "insufficient"
# Reading the definitions takes half a second; while files are ingested every one is a revision.
LAW_LASTS_S = 30.0
PURPOSE_FROM = 0.15  # least chance of a purpose of exploitation, for reading it at all
ASIDE = frozenset({"aggravation", "person", "unclear"})  # what of itself makes out nothing
SHARE_ASKED = 0.1  # an offence's elements are asked about from this share of its reading


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A changed case: sentences struck out (by place), signals assumed to be so or not."""

    struck: tuple[int, ...] = ()
    assumed: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class _Law:
    """The definitions at one revision of the catalogue."""

    version: tuple[int, str | None]  # revision and edition
    read_at: float  # of time.monotonic
    offences: tuple[Offence, ...]
    signals: Mapping[str, Signal]
    editorials: Mapping[str, Editorial]
    matters: Matters

    def purposes(self, primary: str) -> tuple[Element, ...]:
        """Return the purposes that the offences of a primary reading require."""
        return tuple(
            element
            for offence in self.offences
            for element in offence.elements
            if offence.primary == primary and element.kind is ElementKind.PURPOSE
        )


@dataclass(frozen=True, slots=True)
class _ReadFacts:
    """Facts as found and weighed; what a sentence tells the reader to conclude is left out."""

    addressed: tuple[int, ...]  # places of such sentences
    findings: Findings
    terms: Sequence[str]
    weigher: Weigher
    shares: Vectors  # in the order of PRIMARY


class Distinguisher:
    """Reads facts against the offences of the catalogue. Safe to use from several threads."""

    def __init__(self, catalogue: Catalogue, load_embedder: Callable[[str], Embedder]) -> None:
        """Take the catalogue; `load_embedder` is given the identity of the embedder needed."""
        self._catalogue = catalogue
        self._load_embedder = load_embedder
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._reader: FactsReader | None = None
        self._law: _Law | None = None

    @turn()
    def analyse(
        self,
        text: str,
        language: Language | None = None,
        date: dt.date | None = None,
        what_if: WhatIf | None = None,
    ) -> Distinction:
        """Read facts; `language` is that of the answer's first choice of words.

        Raises QueryEmpty, QueryTooLong, BadRequest (no Arabic or English, an unknown signal or
        sentence), EngineUnavailable.
        """
        started = time.perf_counter()
        detected = check_facts(text)
        reader, law = self._loaded(), self._read_law()
        what_if = what_if or WhatIf()
        facts = split_facts(text)
        _check_what_if(what_if, facts, reader.model)
        features = clause_features(facts)
        scores = raised(reader.read(facts, features), facts, reader.model.signals)
        read = _weigh(reader.model, facts, features, scores, what_if)
        weigher, findings, terms, shares = read.weigher, read.findings, read.terms, read.shares
        primary = _grounded(weigher, shares, law, findings)
        by_name = _by_name(shares)
        offences = _read_offences(law, findings, by_name, primary, date)
        similarity = law.matters.similarity(reader.centre(facts, scores))
        return Distinction(
            language=language or detected,
            date=date,
            sentences=tuple(Sentence(a, b, text[a:b]) for a, b in facts.sentences),
            primary=primary,
            shares=by_name,
            offences=offences,
            alternatives=alternatives_of(weigher, findings, terms, primary, law.signals),
            findings=_all(findings),
            trace=_trace(weigher, findings, primary, shares, law.signals),
            wording=_wording(weigher, text, terms, primary, shares),
            precedents=find_precedents(law.matters, offences, similarity),
            pair=find_pair(law.matters, similarity),
            questions=_questions(law, offences, by_name),
            notes=_notes(findings, offences, date, read.addressed),
            edition=law.version[1],
            model=reader.model.identity,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def reach(self, text: str) -> Reach:
        """Return by provision what the facts may be under it, today; raises as `analyse` does."""
        check_facts(text)
        reader, law = self._loaded(), self._read_law(LAW_LASTS_S)
        facts = split_facts(text)
        features = clause_features(facts)
        scores, vector = reader.read_whole(facts, features)
        scores = raised(scores, facts, reader.model.signals)
        read = _weigh(reader.model, facts, features, scores, WhatIf())
        primary = _grounded(read.weigher, read.shares, law, read.findings)
        offences = _read_offences(law, read.findings, _by_name(read.shares), primary, None)
        return Reach(reach_of(offences), vector, reader.model.embedder)

    def signals(self) -> tuple[Signal, ...]:
        """Return what a clause can say, for a reader who assumes it or not."""
        return tuple(self._read_law().signals.values())

    def warm_up(self) -> None:
        """Load the model and read the definitions, so that the first facts need not wait."""
        self._loaded()
        self._read_law()

    def _loaded(self) -> FactsReader:
        with self._lock:
            if self._reader is None:
                self._reader = FactsReader.load(self._load_embedder)
            return self._reader

    def _read_law(self, lag_s: float = 0.0) -> _Law:
        """Return the definitions, read anew when the catalogue has changed.

        For `lag_s` seconds after they were read another revision of the same edition may wait.
        """
        # The edition too: definitions may change while no passage does.
        version = (self._catalogue.revision(), self._catalogue.edition())
        embedder = self._loaded().model.embedder
        with self._reading:  # one thread reads, the others wait for what it finds
            law = self._law
            if law is None or not _will_do(law, version, lag_s):
                law = self._law = _law_of(self._catalogue, version, embedder)
        return law


def _will_do(law: _Law, version: tuple[int, str | None], lag_s: float) -> bool:
    if law.version == version:
        return True
    return law.version[1] == version[1] and time.monotonic() - law.read_at < lag_s


def _law_of(catalogue: Catalogue, version: tuple[int, str | None], embedder: str) -> _Law:
    offences = tuple(catalogue.offences())
    signals = {signal.id: signal for signal in catalogue.signals()}
    if not offences or not signals:
        raise BadRequest(
            "The collection holds no definitions of offences. Run `tamyeez ingest` to bring the "
            "bundled collection up to date."
        )
    wanted = {ref.provision for offence in offences for ref in offence.penalties}
    return _Law(
        version=version,
        read_at=time.monotonic(),
        offences=offences,
        signals=signals,
        editorials=catalogue.editorials(wanted),
        matters=Matters.read(catalogue, embedder),
    )


def _weigh(
    model: SignalModel,
    facts: Facts,
    features: Sequence[ClauseFeatures],
    scores: ClauseScores,
    what_if: WhatIf,
) -> _ReadFacts:
    addressed = addressed_sentences(facts)
    struck = (*what_if.struck, *addressed)
    findings = gather(facts, scores, model.signals, EVIDENCE_FROM, struck, what_if.assumed)
    kept = [place for place, c in enumerate(facts.clauses) if c.sentence not in struck]
    terms = wording(features[place] for place in kept)
    weigher = Weigher.of(model)
    shares = weigher.shares(findings.vector()[None], terms)[0]
    return _ReadFacts(tuple(addressed), findings, terms, weigher, shares)


def _by_name(shares: Vectors) -> dict[str, float]:
    return {name: round(float(shares[place]), 4) for place, name in enumerate(PRIMARY)}


def _grounded(weigher: Weigher, shares: Vectors, law: _Law, findings: Findings) -> str:
    """Return the primary reading; exploitation only where words speak of it, and of its purpose.

    Without the purpose of exploitation a permit sold is residency trading, and other facts are
    what comes next. (On 1,866 texts of writers unknown to the model: of 4 readings changed, 3
    become right and 1 wrong.)
    """
    primary = weigher.primary(shares)
    if primary not in EXPLOITATION:
        return primary
    spoken = any(
        findings.strength(name) >= EVIDENCE_FROM
        for name in findings.signals
        if law.signals[name].family not in ASIDE
    )
    if not spoken:
        return INSUFFICIENT
    if any(strength_of(purpose, findings) >= PURPOSE_FROM for purpose in law.purposes(primary)):
        return primary
    if primary == "residency-trading-as-means-of-trafficking":
        return "residency-trading"
    others = [place for place, name in enumerate(PRIMARY) if name not in EXPLOITATION]
    return PRIMARY[max(others, key=lambda place: float(shares[place]))]


def _check_what_if(what_if: WhatIf, facts: Facts, model: SignalModel) -> None:
    unknown = sorted(set(what_if.assumed or {}) - set(model.signals))
    if unknown:
        raise BadRequest(f"{unknown[0][:40]!r} is no signal that can be assumed.")
    beyond = [place for place in what_if.struck if not 0 <= place < len(facts.sentences)]
    if beyond:
        raise BadRequest(
            f"There is no sentence {beyond[0]}; the facts have {len(facts.sentences)}, counted "
            "from 0."
        )


def _read_offences(
    law: _Law,
    findings: Findings,
    shares: Mapping[str, float],
    primary: str,
    date: dt.date | None,
) -> tuple[OffenceReading, ...]:
    read = [
        read_offence(
            offence,
            findings,
            shares[offence.primary],
            is_in_force(offence, date),
            _penalty(offence, law.editorials),
        )
        for offence in law.offences
    ]

    # The primary reading's own offences stand first, and of them the one that it is called by:
    # matrix and answer must say the same.
    def after(each: OffenceReading) -> tuple[bool, bool]:
        return not (each.in_force and each.primary == primary), each.id != primary

    order = sorted(ranked(read), key=after)
    return tuple(replace(each, rank=place) for place, each in enumerate(order, 1))


def _penalty(offence: Offence, editorials: Mapping[str, Editorial]) -> Penalties:
    made = []
    for ref in offence.penalties:
        held = editorials.get(ref.provision)
        rungs = tuple(p for p in held.penalties if p.offence == ref.offence) if held else ()
        if rungs:
            made.append(PenaltyReading(ref.provision, ref.offence, rungs))
    return Penalties(tuple(made))


def _trace(
    weigher: Weigher,
    findings: Findings,
    primary: str,
    shares: Vectors,
    signals: Mapping[str, Signal],
) -> tuple[TraceStep, ...]:
    """Return what tips the scale between the primary reading and the next."""
    against = _next(primary, shares)
    steps: list[TraceStep] = []
    for push in weigher.pushes(findings, primary, against):
        evidence = findings.evidence.get((push.signal, push.polarity), ())
        if evidence and len(steps) < TRACE_STEPS:
            label = signals[push.signal].label
            steps.append(TraceStep(push.signal, label, push.polarity, push.weight, evidence))
    return tuple(steps)


def _wording(
    weigher: Weigher, text: str, terms: Sequence[str], primary: str, shares: Vectors
) -> Wording:
    """Return what the words as a whole add between the primary reading and the next."""
    pushes = weigher.word_pushes(terms, primary, _next(primary, shares))
    total = sum(weight for _, weight in pushes)
    same_way = sorted((p for p in pushes if p[1] * total > 0), key=lambda p: -abs(p[1]))
    most = {term for term, _ in same_way[:WORDS_SHOWN]}
    shown: dict[str, str] = {}
    for token in occurrences(text, most):
        shown.setdefault(token.term, text[token.start : token.end])
    return Wording(round(total, 3), tuple(shown[term] for term, _ in same_way if term in shown))


def _next(primary: str, shares: Vectors) -> str:
    """Return the reading with the largest share but the primary one."""
    order = [PRIMARY[place] for place in np.argsort(-shares, kind="stable")]
    return next(name for name in order if name != primary)


def _questions(
    law: _Law, offences: Sequence[OffenceReading], shares: Mapping[str, float]
) -> tuple[Question, ...]:
    """Ask for what is not met in the offences in reach; each question once."""
    asked: dict[tuple[str, str], Question] = {}
    definitions = {offence.id: offence for offence in law.offences}
    in_reach = [each for each in offences if each.in_force and shares[each.primary] >= SHARE_ASKED]
    for reading in (in_reach or list(offences))[:QUESTION_OFFENCES]:
        for element in definitions[reading.id].elements:
            if element.id in reading.missing:
                for q in element.questions:
                    question = Question(q.best_ar, q.best_en, element.id, reading.id)
                    asked.setdefault((question.ar, question.en), question)
    return tuple(asked.values())


def _all(findings: Findings) -> tuple[Evidence, ...]:
    """Return every clause in which something is read, in reading order."""
    listed = [each for found in findings.evidence.values() for each in found]
    return tuple(sorted(listed, key=lambda e: (e.start, e.end, e.signal, e.polarity)))


def _notes(
    findings: Findings,
    offences: Collection[OffenceReading],
    date: dt.date | None,
    addressed: Sequence[int],
) -> tuple[Bilingual, ...]:
    notes = date_notes(date)
    if addressed:
        notes.append(
            Bilingual(
                ar="في النص جملة تخاطب القارئ وتملي عليه النتيجة؛ ليست من الوقائع فتُركت.",
                en="A sentence of the text tells its reader what to conclude; it is no fact and "
                "was left out.",
            )
        )
    if findings.strength("child", Polarity.STATED) >= EVIDENCE_FROM:
        rules = [r for o in offences for r in o.rules if r.kind is RuleKind.CHILD]
        notes += list(dict.fromkeys(rule.text for rule in rules))[:1]
    notes.append(
        Bilingual(
            ar="ورقة عمل للمساعدة لا رأي فيها ولا حكم؛ تقرأ ما في النص وحده ويراجعها مختص.",
            en="A working aid, no opinion and no decision: it reads the text alone and a lawyer "
            "checks it.",
        )
    )
    return tuple(notes)
