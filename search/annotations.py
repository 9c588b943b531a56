"""What a provision's text leads to: terms its law defines, and provisions it cites, each in place.

Definitions come from the definition clauses of the same law; a term is marked once in a paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.citations import WorkNames, find_citations
from search.identifiers import parse_unit
from search.model import Authority, Clause, ClauseKind, Expression, Language
from search.reading import mark_held
from search.results import Annotation, CitationStatus
from search.text.fold import fold, fold_text
from search.text.tokens import words

MAX_TOLD_CHARS = 400  # of a definition; the rest stands at its place
_JOINED = ("", "و", "ف", "ب", "ك", "ل", "وب", "ول")  # particles written as one with a word
_MANY = ("", "s", "es")


@dataclass(frozen=True, slots=True)
class Definition:
    """A term as its law defines it in one language."""

    clause: str  # id of the definition clause
    told: str  # what the law, or our digest, says of it
    authority: Authority  # of that text


Definitions = Mapping[tuple[str, ...], Definition]  # folded words of the term → definition


def definitions_of(catalogue: Catalogue, work: str) -> dict[Language, Definitions]:
    """Return the terms a law defines, in each language; official texts win."""
    ids = [provision.id for provision in catalogue.provisions_of(work)]
    found: dict[Language, dict[tuple[str, ...], Definition]] = defaultdict(dict)
    ranks = list(Authority)
    held = (e for of in catalogue.expressions_of(ids).values() for e in of)
    for expression in sorted(held, key=lambda e: (ranks.index(e.authority), e.id)):
        for clause in expression.clauses:
            if clause.kind is ClauseKind.DEFINITION and (term := _term(clause.label)):
                told = _told(expression, clause)
                definition = Definition(clause.id, told, expression.authority)
                found[expression.language].setdefault(term, definition)
    return dict(found)


def annotate(
    expression: Expression,
    definitions: Definitions,
    names: WorkNames,
    catalogue: Catalogue,
) -> tuple[Annotation, ...]:
    """Return the stretches of a text that lead elsewhere, in its order, none over another."""
    own = str(parse_unit(expression.unit).top)
    marked = list(_citations(expression, own, names, catalogue))
    taken = [(mark.start, mark.end) for mark in marked]
    for mark in _defined(expression.text, own, definitions):
        if all(mark.end <= start or end <= mark.start for start, end in taken):
            marked.append(mark)
    return tuple(sorted(marked, key=lambda mark: mark.start))


def _citations(
    expression: Expression, own: str, names: WorkNames, catalogue: Catalogue
) -> Iterator[Annotation]:
    found = find_citations(expression.text, names, expression.work)
    for citation in mark_held(found, catalogue):
        target = citation.provision or citation.instrument
        if target is None or not citation.held or citation.status is not CitationStatus.RESOLVED:
            continue
        if target != expression.work and not f"{target}/".startswith(f"{own}/"):
            yield Annotation(citation.start, citation.end, target)


def _defined(text: str, own: str, definitions: Definitions) -> Iterator[Annotation]:
    """Find each term once in a paragraph, the longest first where several begin together."""
    folded = fold(text)
    found = list(words(folded.text))
    seen: set[tuple[str, int]] = set()
    longest = max((len(term) for term in definitions), default=0)
    at = 0
    while at < len(found):
        size = 1
        for length in range(min(longest, len(found) - at), 0, -1):
            definition = _lookup([w.text for w in found[at : at + length]], definitions)
            if definition is None:
                continue
            size = length
            start = folded.offsets[found[at].start]
            end = folded.offsets[found[at + length - 1].end - 1] + 1
            place = (definition.clause, text.count("\n", 0, start))
            if place not in seen and not definition.clause.startswith(f"{own}/"):
                seen.add(place)
                yield Annotation(start, end, definition.clause, definition.told)
            break
        at += size


def _lookup(said: Sequence[str], definitions: Definitions) -> Definition | None:
    """Return the definition of a term as said: with a particle before it, or in the plural."""
    for first in _without_particles(said[0]):
        *most, last = (first, *said[1:])
        for ending in _MANY:
            term = (*most, last.removesuffix(ending))
            if last.endswith(ending) and term in definitions:
                return definitions[term]
    return None


def _without_particles(word: str) -> Iterable[str]:
    for particle in _JOINED:
        if word.startswith(particle):
            yield word[len(particle) :]
    if word.startswith("لل"):  # «للعامل» is «ل» and «العامل»
        yield "ا" + word[1:]


def _term(label: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(fold_text(label)))


def _told(expression: Expression, clause: Clause) -> str:
    told = expression.text[clause.start : clause.end].strip()
    return told if len(told) <= MAX_TOLD_CHARS else told[:MAX_TOLD_CHARS].rsplit(" ", 1)[0] + " …"
