"""Find and weigh what facts say, and name the reading that is grounded in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.distinction.addressed import addressed_sentences
from search.distinction.clauses import Facts
from search.distinction.encoder import Vectors
from search.distinction.features import ClauseFeatures, wording
from search.distinction.findings import Findings, gather
from search.distinction.law import Law
from search.distinction.reasoning import strength_of
from search.distinction.results import BY_RESIDENCY, EXPLOITATION, INSUFFICIENT, PRIMARY, RESIDENCY
from search.distinction.signals import ClauseScores, SignalModel
from search.distinction.weighing import Weigher

EVIDENCE_FROM = 0.2  # least chance of a clause that is shown as evidence
PURPOSE_FROM = 0.15  # least chance of a purpose of exploitation, for reading it at all
ASIDE = frozenset({"aggravation", "person", "unclear"})  # what of itself makes out nothing


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A changed case: sentences struck out (by place), signals assumed to be so or not."""

    struck: tuple[int, ...] = ()
    assumed: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """Facts as found and weighed; what a sentence tells the reader to conclude is left out."""

    addressed: tuple[int, ...]  # places of such sentences
    findings: Findings
    terms: Sequence[str]
    weigher: Weigher
    shares: Vectors  # in the order of PRIMARY

    def by_name(self) -> dict[str, float]:
        """Return the shares by the names of the readings."""
        return {name: round(float(self.shares[place]), 4) for place, name in enumerate(PRIMARY)}


def weigh(
    model: SignalModel,
    facts: Facts,
    features: Sequence[ClauseFeatures],
    scores: ClauseScores,
    what_if: WhatIf,
) -> ReadFacts:
    """Gather what the clauses say, and weigh it."""
    addressed = addressed_sentences(facts)
    struck = (*what_if.struck, *addressed)
    findings = gather(facts, scores, model.signals, EVIDENCE_FROM, struck, what_if.assumed)
    kept = [place for place, c in enumerate(facts.clauses) if c.sentence not in struck]
    terms = wording(features[place] for place in kept)
    weigher = Weigher.of(model)
    shares = weigher.shares(findings.vector()[None], terms)[0]
    return ReadFacts(tuple(addressed), findings, terms, weigher, shares)


def grounded(read: ReadFacts, law: Law) -> str:
    """Return the primary reading; exploitation only where words speak of it, and of its purpose.

    Without the purpose of exploitation a permit sold is residency trading, and other facts are
    what comes next. (On 1,866 texts of writers unknown to the model: of 4 readings changed, 3
    become right and 1 wrong.)
    """
    shares, findings = read.shares, read.findings
    primary = read.weigher.primary(shares)
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
    if primary == BY_RESIDENCY:
        return RESIDENCY
    others = [place for place, name in enumerate(PRIMARY) if name not in EXPLOITATION]
    return PRIMARY[max(others, key=lambda place: float(shares[place]))]
