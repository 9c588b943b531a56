"""Lay a draft article against its siblings: the provisions held that come nearest to it.

The draft is read by the same words as any provision (search/comparison), each of its components is
searched for, and what most siblings have and the draft has not is listed. Nothing is kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Protocol

from search.catalogue import Catalogue
from search.citations import find_citations
from search.comparing import Works, find_sides
from search.comparison import (
    Component,
    Side,
    TableRow,
    Wording,
    compare_words,
    lay_out,
    make_side,
)
from search.comparison.staleness import Ended
from search.errors import BadRequest, QueryEmpty, QueryTooLong
from search.model import Bilingual, Kind, Language, Query
from search.reading import mark_held
from search.results import Citation, CitationStatus, Hit, Reference, SearchResult
from search.text.language import detect_language

MAX_DRAFT_CHARS = 12_000  # an article, not a law
MAX_PARTS = 60
MAX_SIBLINGS = 5  # beside the draft
FOUND_SIBLINGS = 4
_ASKED_CHARS = 700  # of a component's sentences: a query, not a text
_NEAREST = 3  # shown of each component
_DEPTH = 12
_WHOLE_WEIGHT = 2.0  # of the search for the whole draft, against one component's
_RANK = 10.0  # added to a rank, so that the first does not outweigh all others
_SHARED = 2  # concepts that a provision has in common with a draft, to be taken for alike
# Tags that only say which component is spoken of.
_NAMES_OF_COMPONENTS = frozenset(
    {"act-element", "aggravating-circumstances", "means-element", "purpose-element"}
)
_QUOTES = re.compile('["“”„‟«»＂]')  # in a query they would ask for the very phrase


class Collection(Protocol):
    """What reading a draft asks of search/service.py."""

    def search(self, query: Query) -> SearchResult: ...
    def ended(self, targets: Sequence[str]) -> Mapping[str, Ended]: ...


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One paragraph of the draft, text[start:end], and the components its words speak of."""

    start: int
    end: int
    text: str
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The provisions held that come nearest to one component of the draft; None: to all of it."""

    component: Component | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What most siblings have and the draft has not: a whole component, or concepts of one."""

    component: Component
    whole: bool  # nothing in the draft speaks of the component at all
    siblings: tuple[Reference, ...]  # that speak of the component
    concepts: tuple[tuple[Reference, int], ...]  # each with how many siblings have it


@dataclass(frozen=True, slots=True)
class DraftCitation:
    """A citation in the draft, what it names, and what ended that, if anything did."""

    citation: Citation
    ended: Ended | None


@dataclass(frozen=True, slots=True)
class DraftReading:
    """A draft beside its siblings; `rows` have the draft first, `wordings` one for each sibling."""

    language: Language
    draft: Side
    parts: tuple[DraftPart, ...]
    nearest: tuple[Nearest, ...]
    siblings: tuple[Side, ...]
    chosen: bool  # the siblings were named, not found
    rows: tuple[TableRow, ...]
    wordings: tuple[Wording | None, ...]
    lacking: tuple[Lack, ...]
    citations: tuple[DraftCitation, ...]
    edition: str | None  # of the collection


def read_draft(
    collection: Collection,
    catalogue: Catalogue,
    works: Works,
    text: str,
    siblings: Sequence[str] = (),
    language: Language | None = None,
) -> DraftReading:
    """Read a draft against the siblings named (ids or citations), else against the nearest.

    Raises QueryEmpty, QueryTooLong, BadRequest (paragraphs, siblings), and what searching raises.
    """
    spans = _check(text, siblings)
    read_in = language or detect_language(text) or Language.AR
    draft = make_side("draft", _DRAFT, None, _DRAFT.label, text, works.thesaurus)
    citations = mark_held(find_citations(text, works.names, None), catalogue)
    nearest = _search(collection, draft, citations)
    named = list(siblings) or _best(nearest, _alike(draft, catalogue.subjects()))
    found = find_sides(catalogue, works, named, read_in) if named else ()
    return DraftReading(
        language=read_in,
        draft=draft,
        parts=tuple(_part(text, span, draft) for span in spans),
        nearest=tuple(Nearest(of.component, of.hits[:_NEAREST]) for of in nearest),
        siblings=found,
        chosen=bool(siblings),
        rows=lay_out((draft, *found)),
        wordings=tuple(_wording(read_in, text, sibling) for sibling in found),
        lacking=_lacking(draft, found),
        citations=_with_ends(collection, citations),
        edition=catalogue.edition(),
    )


_DRAFT = Reference("draft", Bilingual("المسودة", "The draft"), held=False)


def _check(text: str, siblings: Sequence[str]) -> list[tuple[int, int]]:
    if not _has_words(text):
        raise QueryEmpty("There is no draft. Paste the text of an article.")
    if len(text) > MAX_DRAFT_CHARS:
        raise QueryTooLong(
            f"The draft has {len(text):,} characters; up to {MAX_DRAFT_CHARS:,} are read at once. "
            "Paste one article.",
            length=len(text),
            limit=MAX_DRAFT_CHARS,
        )
    spans = [match.span() for match in re.finditer(r"\S[^\n]*", text)]
    if len(spans) > MAX_PARTS or len(siblings) > MAX_SIBLINGS:
        raise BadRequest(
            f"A draft has up to {MAX_PARTS} paragraphs and is laid against up to {MAX_SIBLINGS} "
            "siblings.",
            limit=MAX_PARTS,
        )
    return spans


def _part(text: str, span: tuple[int, int], draft: Side) -> DraftPart:
    start, end = span
    within = [s for s in draft.sentences if start <= s.start < end]
    spoken = {ground.component for sentence in within for ground in sentence.grounds}
    said = text[start:end].rstrip()
    return DraftPart(start, start + len(said), said, tuple(c for c in Component if c in spoken))


def _search(collection: Collection, draft: Side, citations: Sequence[Citation]) -> list[Nearest]:
    """Search for the whole draft, then for each of its components."""
    asked: dict[Component | None, str] = {None: _question(draft.text, 0, citations)}
    for component in Component:
        said = [s for s in draft.sentences if s.belongs_to(component)]
        if said:
            asked[component] = " ".join(_question(s.text, s.start, citations) for s in said)
    questions = {component: said[:_ASKED_CHARS].strip() for component, said in asked.items()}
    # Of a short draft several components stand in the same sentence: it is asked once.
    answers = {q: _provisions(collection, q) for q in set(questions.values()) if _has_words(q)}
    return [Nearest(c, answers[q]) for c, q in questions.items() if q in answers]


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _question(text: str, start: int, citations: Sequence[Citation]) -> str:
    """Return a text as a query: without quotes, and without citations, which would be answered."""
    letters = list(_QUOTES.sub(" ", text))
    for citation in citations:
        first, last = max(citation.start - start, 0), min(citation.end - start, len(letters))
        if first < last:
            letters[first:last] = " " * (last - first)
    return "".join(letters)


def _provisions(collection: Collection, question: str) -> tuple[Hit, ...]:
    answer = collection.search(Query(question, limit=_DEPTH, expand=False))
    return tuple(hit for hit in answer.hits if hit.kind is not Kind.JUDGMENT)


def _alike(draft: Side, subjects: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the provisions that share most of their concepts with the draft, rare ones first.

    `subjects` are the concepts that provisions and judgments are tagged with.
    """
    own = {mark.id for marks in draft.marks.values() for mark in marks} - _NAMES_OF_COMPONENTS
    tagged = {unit: frozenset(tags) for unit, tags in subjects.items() if "/" in unit}
    times = Counter(tag for tags in tagged.values() for tag in tags)

    def weight(tags: Iterable[str]) -> float:
        return sum(log(1 + len(tagged) / (1 + times[tag])) for tag in tags)

    shares = {
        unit: weight(own & tags) / sqrt(weight(tags))
        for unit, tags in tagged.items()
        if len(own & tags) >= _SHARED
    }
    return sorted(shares, key=lambda unit: (-shares[unit], unit))[:_DEPTH]


def _best(nearest: Sequence[Nearest], alike: Sequence[str]) -> list[str]:
    """Return the provisions that come nearest by all the searches and the concepts together."""
    # Components that stand in the same sentence asked the same question: it counts once.
    found = {tuple(hit.id for hit in of.hits): of.component for of in reversed(nearest)}
    weights = {ids: 1.0 if component else _WHOLE_WEIGHT for ids, component in found.items()}
    scores: dict[str, float] = defaultdict(float)
    for units, weight in ((tuple(alike), _WHOLE_WEIGHT), *weights.items()):
        for rank, unit in enumerate(units, 1):
            scores[unit] += weight / (_RANK + rank)
    return sorted(scores, key=lambda unit: (-scores[unit], unit))[:FOUND_SIBLINGS]


def _wording(language: Language, text: str, sibling: Side) -> Wording | None:
    held = sibling.expression
    if held is None or held.language is not language:
        return None
    return compare_words(language, text, sibling.text)


def _lacking(draft: Side, siblings: Sequence[Side]) -> tuple[Lack, ...]:
    if not siblings:
        return ()
    most = max(len(siblings) // 2 + len(siblings) % 2, min(2, len(siblings)))
    lacks = (_lack(c, draft, siblings, most) for c in Component if c is not Component.OTHER)
    return tuple(lack for lack in lacks if lack is not None)


def _lack(component: Component, draft: Side, siblings: Sequence[Side], most: int) -> Lack | None:
    speaking = [side for side in siblings if _speaks_of(side, component)]
    own = {mark.id for mark in draft.marks.get(component, ())}
    marks = [mark for side in siblings for mark in side.marks.get(component, ())]
    times = Counter(mark.id for mark in marks)
    labels = {mark.id: mark.label for mark in marks}
    concepts = tuple(
        (Reference(name, labels[name], held=True), count)
        for name, count in sorted(times.items(), key=lambda of: (-of[1], of[0]))
        if count >= most and name not in own and name not in _NAMES_OF_COMPONENTS
    )
    whole = not _speaks_of(draft, component)
    if len(speaking) < most or not (whole or concepts):
        return None
    return Lack(component, whole, tuple(side.reference for side in speaking), concepts)


def _speaks_of(side: Side, component: Component) -> bool:
    if component is Component.PENALTY and side.penalties:
        return True
    return bool(side.marks.get(component)) or any(s.belongs_to(component) for s in side.sentences)


def _with_ends(collection: Collection, citations: Sequence[Citation]) -> tuple[DraftCitation, ...]:
    targets = [target for c in citations if (target := _target(c)) is not None]
    ended = collection.ended(targets) if targets else {}
    return tuple(DraftCitation(c, ended.get(_target(c) or "")) for c in citations)


def _target(citation: Citation) -> str | None:
    if citation.status is not CitationStatus.RESOLVED:
        return None
    return citation.provision or citation.instrument
