"""What concerns the whole collection: the ladder of penalties and citations of dead law.

Both are read once for a revision of the catalogue: the texts of every provision are many.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.citations import find_citations
from search.comparing import Works
from search.comparison import (
    Ladder,
    Rung,
    Staleness,
    StaleReference,
    StaleReferences,
    rank_rungs,
)
from search.comparison.staleness import Cited, Ended, end_for, end_of, end_of_instrument
from search.errors import BadRequest
from search.identifiers import parse_unit, work_of
from search.model import (
    Bilingual,
    Editorial,
    Expression,
    Instrument,
    Provision,
    ProvisionKind,
    Scope,
    Treatment,
    TreatmentKind,
)
from search.naming import cite_provision
from search.results import CitationStatus, Reference
from search.text.fold import fold
from search.thesaurus import Thesaurus
from search.views import not_held, references

MAX_RUNGS = 500
MAX_CHOSEN = 20  # offences, and provisions
# What every citation of an article of the same law holds, folded.
_ARTICLE = re.compile(r"ماد|مواد|(?<!\w)م(?!\w)|\barts?\b|\barticles?\b|\bsect?\b|\bsections?\b")
_REPEAL = "repeal"  # the concept that marks provisions on repeal


@dataclass(frozen=True, slots=True)
class _Held:
    """Every provision with all that is known of it."""

    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]
    editorials: Mapping[str, Editorial]
    treatments: Mapping[str, Sequence[Treatment]]
    expressions: Mapping[str, Sequence[Expression]]

    @classmethod
    def read(cls, catalogue: Catalogue) -> _Held:
        works = [work.id for work in catalogue.instruments()]
        held = {work: catalogue.instrument(work) for work in works}
        provisions = {p.id: p for work in works for p in catalogue.provisions_of(work)}
        return cls(
            {work: instrument for work, instrument in held.items() if instrument},
            provisions,
            catalogue.editorials(provisions),
            catalogue.treatments_of(provisions),
            catalogue.expressions_of(provisions),
        )

    def is_repealed(self, unit: str) -> bool:
        """Tell whether every text held of a provision, or an event, says that it is repealed."""
        texts = self.expressions.get(unit, ())
        return bool(texts and all(text.repealed for text in texts)) or any(
            t.kind is TreatmentKind.REPEALED and t.scope is Scope.WHOLE
            for t in self.treatments.get(unit, ())
        )

    def reference(self, unit: str) -> Reference:
        """Name a provision that is held."""
        provision = self.provisions[unit]
        instrument = self.instruments[provision.instrument]
        return Reference(unit, cite_provision(provision, instrument), held=True)


class Survey:
    """Answers about the whole collection; safe to ask from several threads."""

    def __init__(self, catalogue: Catalogue, works: Callable[[], Works]) -> None:
        self._catalogue = catalogue
        self._works = works
        self._lock = threading.Lock()
        self._rungs: tuple[int, tuple[Rung, ...]] | None = None
        self._stale: tuple[int, StaleReferences, Mapping[str, Ended]] | None = None

    def ladder(
        self, offences: Sequence[str] = (), provisions: Sequence[str] = (), limit: int = 100
    ) -> Ladder:
        """Return the penalties for offences (or narrower ones) or of provisions, gravest first.

        Without either: all of them. Raises BadRequest, BadIdentifier, NotHeld.
        """
        if not 1 <= limit <= MAX_RUNGS or max(len(offences), len(provisions)) > MAX_CHOSEN:
            raise BadRequest(
                f"The limit must be 1 to {MAX_RUNGS}, and at most {MAX_CHOSEN} offences and "
                f"{MAX_CHOSEN} provisions can be chosen.",
                limit=MAX_RUNGS,
            )
        works = self._works()
        rungs = self._all_rungs(works)
        wanted = {str(parse_unit(unit).top) for unit in provisions}
        for name, held in (
            (offences, works.thesaurus.concepts),
            (wanted, {rung.provision.id for rung in rungs} | self._held(wanted)),
        ):
            for missing in (identifier for identifier in name if identifier not in held):
                raise not_held(missing)
        chosen = _narrower(offences, works.thesaurus)
        kept = [
            rung
            for rung in rungs
            if not (offences or provisions)
            or rung.penalty.offence in chosen
            or rung.provision.id in wanted
        ]
        return Ladder(tuple(kept[:limit]), len(kept), _choices(rungs))

    def stale(self, as_at: dt.date) -> StaleReferences:
        """Return what provisions in force cite of law that is not; judgments are left out.

        A judgment cites the law of its day, and rightly.
        """
        return self._survey_at(as_at)[0]

    def ended(self, targets: Iterable[str], as_at: dt.date) -> dict[str, Ended]:
        """Return what ended those of some provisions, clauses and laws that are not in force."""
        ends = self._survey_at(as_at)[1]
        found = {target: end_for(target, ends) for target in targets}
        return {target: end for target, end in found.items() if end is not None}

    def _survey_at(self, as_at: dt.date) -> tuple[StaleReferences, Mapping[str, Ended]]:
        works = self._works()
        with self._lock:
            known = self._stale
            if known is None or known[0] != works.revision or known[1].as_at != as_at:
                radar = _Radar(_Held.read(self._catalogue), self._catalogue, works, as_at)
                known = self._stale = (works.revision, radar.sweep(), radar.ended)
            return known[1:]

    def _held(self, provisions: Iterable[str]) -> set[str]:
        return set(self._catalogue.provisions(provisions))

    def _all_rungs(self, works: Works) -> tuple[Rung, ...]:
        with self._lock:
            known = self._rungs
            if known is None or known[0] != works.revision:
                held = _Held.read(self._catalogue)
                known = self._rungs = (works.revision, rank_rungs(_rungs(held, works.thesaurus)))
            return known[1]


def _top(target: str) -> str:
    return str(parse_unit(target).top) if "/" in target else target


def _rungs(held: _Held, thesaurus: Thesaurus) -> Iterable[Rung]:
    for unit, editorial in held.editorials.items():
        for penalty in editorial.penalties:
            concept = thesaurus.concepts.get(penalty.offence)
            yield Rung(
                provision=held.reference(unit),
                penalty=penalty,
                offence=concept.label if concept else Bilingual(en=penalty.offence),
                repealed=held.is_repealed(unit),
                treatments=tuple(held.treatments.get(unit, ())),
                authorities=tuple(sorted({e.authority for e in held.expressions.get(unit, ())})),
            )


def _narrower(offences: Iterable[str], thesaurus: Thesaurus) -> set[str]:
    """Return the offences with every narrower one."""
    chosen = set(offences)
    while True:
        more = {c.id for c in thesaurus.concepts.values() if chosen & set(c.broader)} - chosen
        if not more:
            return chosen
        chosen |= more


def _choices(rungs: Iterable[Rung]) -> tuple[tuple[Reference, int], ...]:
    names = {rung.penalty.offence: rung.offence for rung in rungs}
    counts = Counter(rung.penalty.offence for rung in rungs)
    return tuple((Reference(name, names[name], held=True), counts[name]) for name in sorted(names))


class _Radar:
    """One sweep over all citations of the provisions held."""

    def __init__(self, held: _Held, catalogue: Catalogue, works: Works, as_at: dt.date) -> None:
        self._held = held
        self._catalogue = catalogue
        self._works = works
        self._as_at = as_at
        self.ended = self._find_ended()
        self._read = 0

    def sweep(self) -> StaleReferences:
        found: list[StaleReference] = []
        for unit in self._held.provisions:
            if not self._held.is_repealed(unit):
                found += self._of(unit)
        ordered = sorted(found, key=lambda s: (s.recital, s.state, s.source.id, s.target.id))
        return StaleReferences(tuple(ordered), self._read, self._as_at)

    def _of(self, unit: str) -> Iterable[StaleReference]:
        editorial = self._held.editorials.get(unit)
        found: dict[str, list[Cited]] = {}
        tagged: set[str] = set()
        for target in editorial.refers_to if editorial else ():
            if self._end_seen_by(unit, target):
                found.setdefault(_top(target), [])
                tagged.add(_top(target))
        for text in self._held.expressions.get(unit, ()):
            for target, words in self._citations(text):
                if self._end_seen_by(unit, target):
                    found.setdefault(_top(target), []).append((text.id, words))
        for top, places in found.items():
            end = end_for(top, self.ended)
            if end is not None:
                yield self._stale(unit, top, end, tuple(dict.fromkeys(places)), top in tagged)

    def _end_seen_by(self, unit: str, target: str) -> bool:
        """Tell whether a provision cites what has ended, and not as the law that ended it."""
        end = end_for(target, self.ended)
        return end is not None and not end.is_told_by(unit) and _top(target) != unit

    def _stale(
        self, unit: str, target: str, end: Ended, places: tuple[Cited, ...], tagged: bool
    ) -> StaleReference:
        return StaleReference(
            source=self._held.reference(unit),
            recital=self._held.provisions[unit].kind is ProvisionKind.PREAMBLE,
            target=references(self._catalogue, [target])[0],
            state=end.state,
            scope=end.scope,
            by=end.by,
            by_id=end.by_id,
            since=end.since,
            in_texts=places,
            tagged=tagged,
        )

    def _citations(self, text: Expression) -> Iterable[tuple[str, str]]:
        if not self._may_cite(text):
            return
        self._read += 1
        for citation in find_citations(text.text, self._works.names, text.work):
            target = citation.provision or citation.instrument
            if citation.status is CitationStatus.RESOLVED and target:
                yield target, citation.text

    def _may_cite(self, text: Expression) -> bool:
        """Tell cheaply whether a text is worth reading: finding citations is dear."""
        folded = fold(text.text).text
        if text.work in self._works_ended and _ARTICLE.search(folded):
            return True
        return any(word in folded for word in self._words)

    def _find_ended(self) -> dict[str, Ended]:
        held = self._held
        ended: dict[str, Ended] = {}
        by_work: dict[str, list[Ended | None]] = defaultdict(list)
        for unit, provision in held.provisions.items():
            end = end_of(held.treatments.get(unit, ()), held.is_repealed(unit))
            by_work[provision.instrument].append(end)
            if end is not None:
                ended[unit] = end
        for work, instrument in held.instruments.items():
            end = end_of_instrument(instrument.in_force_to, by_work[work], self._as_at)
            if end is not None:
                ended[work] = end
        ended |= self._claimed()
        self._works_ended = {work_of(identifier) for identifier in ended}
        self._words = self._words_of(self._works_ended)
        return ended

    def _claimed(self) -> dict[str, Ended]:
        """Laws not held that a provision on repeal names: repealed, as far as can be told."""
        claimed: dict[str, Ended] = {}
        for unit, editorial in self._held.editorials.items():
            if _REPEAL not in editorial.concepts or self._held.is_repealed(unit):
                continue
            for target in editorial.refers_to:
                if "/" not in target and target not in self._held.instruments:
                    by = self._held.reference(unit)
                    claimed[target] = Ended(Staleness.CLAIMED, by=by.label, by_id=unit)
        return claimed

    def _words_of(self, works: Iterable[str]) -> frozenset[str]:
        """What a text must hold to be worth reading: the year or a name of such a law."""
        wanted = set(works)
        words: set[str] = set()
        for known in self._catalogue.citation_names():
            if known.id in wanted:
                names = (known.title.ar, known.title.en, *known.aliases)
                words |= {fold(name).text for name in names if name}
                words |= {str(known.year)} if known.year else set()
        return frozenset(words)
