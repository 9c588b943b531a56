"""Tell offences apart: the order of things, from facts to the whole answer.

Offline; the same facts give the same answer, but for rounding where other processors are free.
Keeps nothing of the facts beyond the answer, but see facts_reader.py.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable

from search.catalogue import Catalogue
from search.distinction.behind import evidence_of, notes_of, questions, trace, wording_of
from search.distinction.clauses import Facts, split_facts
from search.distinction.facts_reader import FactsReader
from search.distinction.features import clause_features
from search.distinction.law import Law, Version, read_law
from search.distinction.limits import check_facts
from search.distinction.matrix import read_offences
from search.distinction.moves import alternatives_of
from search.distinction.plain_words import raised
from search.distinction.precedents import Matters, find_pair, find_precedents
from search.distinction.reach import Reach, reach_of
from search.distinction.results import Distinction, Sentence
from search.distinction.signals import SignalModel
from search.distinction.weighed import WhatIf, grounded, weigh
from search.embed.port import Embedder
from search.errors import BadRequest
from search.model import Language
from search.offences import Signal
from search.processors import turn


class Distinguisher:
    """Reads facts against the offences of the catalogue. Safe to use from several threads."""

    def __init__(self, catalogue: Catalogue, load_embedder: Callable[[str], Embedder]) -> None:
        """Take the catalogue; `load_embedder` is given the identity of the embedder needed."""
        self._catalogue = catalogue
        self._load_embedder = load_embedder
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._reader: FactsReader | None = None
        self._law: Law | None = None
        self._matters: tuple[Version, Matters] | None = None

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
        seen = reader.read(facts, features)
        scores = raised(seen.scores, facts, reader.model.signals)
        read = weigh(reader.model, facts, features, scores, what_if)
        primary, shares = grounded(read, law), read.by_name()
        offences = read_offences(law, read.findings, shares, primary, date)
        matters = self._read_matters(law.version)
        similarity = matters.similarity(seen.vector)
        return Distinction(
            language=language or detected,
            date=date,
            sentences=tuple(Sentence(a, b, text[a:b]) for a, b in facts.sentences),
            primary=primary,
            shares=shares,
            offences=offences,
            alternatives=alternatives_of(
                read.weigher, read.findings, read.terms, primary, law.signals
            ),
            findings=evidence_of(read.findings),
            trace=trace(read, primary, law.signals),
            wording=wording_of(read, text, primary),
            precedents=find_precedents(matters, offences, similarity),
            pair=find_pair(matters, similarity),
            questions=questions(law, offences, shares),
            notes=notes_of(read.findings, offences, date, read.addressed),
            edition=law.version[1],
            model=reader.model.identity,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def reach(self, text: str) -> Reach:
        """Return by provision what the facts may be under it, today; raises as `analyse` does."""
        check_facts(text)
        reader, law = self._loaded(), self._read_law()
        facts = split_facts(text)
        features = clause_features(facts)
        seen = reader.read(facts, features)
        scores = raised(seen.scores, facts, reader.model.signals)
        read = weigh(reader.model, facts, features, scores, WhatIf())
        primary = grounded(read, law)
        offences = read_offences(law, read.findings, read.by_name(), primary, None)
        vector = seen.vector if seen.is_query else None
        return Reach(reach_of(offences), vector, reader.model.embedder)

    def signals(self) -> tuple[Signal, ...]:
        """Return what a clause can say, for a reader who assumes it or not."""
        return tuple(self._read_law().signals.values())

    def warm_up(self) -> None:
        """Load the model and read the definitions, so that the first facts need not wait."""
        self._loaded()
        self._read_matters(self._read_law().version)

    def _loaded(self) -> FactsReader:
        with self._lock:
            if self._reader is None:
                self._reader = FactsReader.load(self._load_embedder)
            return self._reader

    def _read_law(self) -> Law:
        """Return the definitions, read anew when the catalogue has changed."""
        version = self._version()
        with self._reading:  # one thread reads, the others wait for what it finds
            if self._law is None or self._law.version != version:
                self._law = read_law(self._catalogue, version)
            return self._law

    def _read_matters(self, version: Version) -> Matters:
        embedder = self._loaded().model.embedder
        with self._reading:
            if self._matters is None or self._matters[0] != version:
                self._matters = version, Matters.read(self._catalogue, embedder)
            return self._matters[1]

    def _version(self) -> Version:
        # The edition too: definitions and what matters found may change while no passage does.
        return self._catalogue.revision(), self._catalogue.edition()


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
