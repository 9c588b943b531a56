"""Read the thesaurus: pick concepts by family and words, and show one with all it is tied to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.errors import BadIdentifier, BadRequest, NotHeld
from search.identifiers import MAX_ID_CHARS
from search.model import Authority, Concept, Instrument, Judgment, Language
from search.naming import cite_provision
from search.results import Reference
from search.text.fold import fold_text
from search.views import concept_references

OTHER_LETTERS = "#"
MAX_WORDS_CHARS = 200
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_THE = "ال"


@dataclass(frozen=True, slots=True)
class ConceptView:
    """A concept, its neighbours in the thesaurus, and the texts that are tagged with it."""

    concept: Concept
    broader: tuple[Reference, ...]
    narrower: tuple[Reference, ...]
    close: tuple[Reference, ...]
    provisions: tuple[Reference, ...]
    matters: tuple[Reference, ...]  # of courts and public reports
    training: tuple[Reference, ...]  # invented for teaching


def concept_view(catalogue: Catalogue, identifier: str) -> ConceptView:
    """Return a concept by its id; raise BadIdentifier or NotHeld."""
    if len(identifier) > MAX_ID_CHARS or not _ID.fullmatch(identifier):
        shown = identifier[:80]
        raise BadIdentifier(
            f"{shown!r} is not the id of a concept. One looks like forced-labour.", id=shown
        )
    concepts = catalogue.concepts()
    concept = concepts.get(identifier)
    if concept is None:
        raise NotHeld(f"The thesaurus has no concept {identifier}.", id=identifier)
    narrower = (c.id for c in concepts.values() if identifier in c.broader)
    close = [*concept.close, *(c.id for c in concepts.values() if identifier in c.close)]
    tagged = [unit for unit, tags in catalogue.subjects().items() if identifier in tags]
    matters = _matters(catalogue, (unit for unit in tagged if "/" not in unit))
    return ConceptView(
        concept,
        concept_references(catalogue, concept.broader),
        concept_references(catalogue, narrower),
        concept_references(catalogue, close),
        _provisions(catalogue, (unit for unit in tagged if "/" in unit)),
        tuple(_named(m) for m in matters if m.authority is not Authority.TRAINING),
        tuple(_named(m) for m in matters if m.authority is Authority.TRAINING),
    )


def choose_concepts(
    concepts: Iterable[Concept], words: str = "", family: str = ""
) -> tuple[Concept, ...]:
    """Return the concepts of a family that have all the words in their id or labels.

    No words and no family leave none out. Raises BadRequest for more words than anybody types.
    """
    if len(words) > MAX_WORDS_CHARS:
        raise BadRequest(
            f"The filter takes up to {MAX_WORDS_CHARS} characters.", limit=MAX_WORDS_CHARS
        )
    wanted = fold_text(words).split()
    return tuple(
        concept
        for concept in concepts
        if (not family or concept.family == family) and _has(concept, wanted)
    )


def in_alphabetical_order(concepts: Iterable[Concept], language: Language) -> list[Concept]:
    """Sort by the label in a language; the Arabic article does not count."""
    return sorted(concepts, key=lambda concept: (_sort_key(concept, language), concept.id))


def first_letter(concept: Concept, language: Language) -> str:
    """Return the letter a concept stands under, or "#" where its label begins with none."""
    letter = _sort_key(concept, language)[:1].upper()
    return letter if letter.isalpha() else OTHER_LETTERS


def _sort_key(concept: Concept, language: Language) -> str:
    label = fold_text(concept.label.best(language)).strip()
    return label.removeprefix(_THE) if len(label) > len(_THE) + 1 else label


def _has(concept: Concept, wanted: list[str]) -> bool:
    if not wanted:
        return True
    labels = (concept.label.ar or "", concept.label.en or "", *concept.alt_ar, *concept.alt_en)
    text = fold_text("\n".join((concept.id, *labels)))
    return all(word in text for word in wanted)


def _provisions(catalogue: Catalogue, units: Iterable[str]) -> tuple[Reference, ...]:
    held = sorted(catalogue.provisions(units).values(), key=lambda p: (p.instrument, p.position))
    works = catalogue.works({provision.instrument for provision in held})
    return tuple(
        Reference(provision.id, cite_provision(provision, work), held=True)
        for provision in held
        if isinstance(work := works.get(provision.instrument), Instrument)
    )


def _matters(catalogue: Catalogue, ids: Iterable[str]) -> list[Judgment]:
    """Return the matters named, newest first."""
    held = [work for work in catalogue.works(ids).values() if isinstance(work, Judgment)]
    return sorted(sorted(held, key=lambda m: m.id), key=lambda m: m.date or "", reverse=True)


def _named(matter: Judgment) -> Reference:
    return Reference(matter.id, matter.title, held=True)
