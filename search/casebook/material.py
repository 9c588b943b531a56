"""Read what a case study is made of: matters with their texts, offences, concepts, minimal pairs.

Everything comes from the catalogue, which holds persons only as placeholders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from search.casebook.draft import MAX_CASES, NOTHING, Said, refused
from search.catalogue import Catalogue
from search.errors import NotHeld
from search.identifiers import parse_work
from search.model import (
    Authority,
    Bilingual,
    Concept,
    Expression,
    Judgment,
    Language,
    SectionKind,
)
from search.offences import Offence
from search.results import Reference
from search.views import in_display_order, not_held, references

PAIRS_OF_OTHERS = 2  # minimal pairs proposed for a matter that is in none
_PAIR_ENDS = ("-a", "-b")

Cite = Callable[[Sequence[str]], tuple[Reference, ...]]


@dataclass(frozen=True, slots=True)
class Matter:
    """A judgment or matter with its sections' texts, joined by kind."""

    judgment: Judgment
    texts: Mapping[SectionKind, Said]
    is_confirmed: bool

    def text(self, *kinds: SectionKind) -> Said:
        """Return the texts of sections of some kinds, in the order of the kinds."""
        found = [self.texts.get(kind, NOTHING) for kind in kinds]
        return Said(*("\n\n".join(filter(None, (t.of(lang) for t in found))) for lang in Language))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two training matters that differ in one fact."""

    id: str  # what the ids of both begin with
    first: Matter
    second: Matter

    def turned(self, matter: str) -> tuple[Matter, Matter]:
        """Return both, first the one that is told: the matter given where it is of the pair."""
        if matter == self.second.judgment.id:
            return self.second, self.first
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class Material:
    """All that the steps of building a case study read."""

    matters: tuple[Matter, ...]
    pairs: Mapping[str, tuple[Pair, ...]]  # by matter, the nearest first
    offences: tuple[Offence, ...]
    concepts: Mapping[str, Concept]
    cite: Cite
    edition: str | None

    def label(self, concept: str) -> Bilingual:
        """Return what to call a concept; one that the thesaurus lacks is called by its id."""
        held = self.concepts.get(concept)
        return held.label if held else Bilingual(en=concept.replace("-", " "))


def read_material(catalogue: Catalogue, ids: Iterable[str]) -> Material:
    """Read the matters named; raise BadRequest (none, too many), BadIdentifier or NotHeld."""
    wanted = tuple(dict.fromkeys(parse_work(identifier) for identifier in ids))
    if not 1 <= len(wanted) <= MAX_CASES:
        raise refused("cases", f"Choose 1 to {MAX_CASES} different matters.", limit=MAX_CASES)
    judgments = {work: catalogue.judgment(work) for work in wanted}
    for work, judgment in judgments.items():
        if judgment is None:
            raise not_held(work)
    held = [judgment for judgment in judgments.values() if judgment is not None]
    training = _training_pairs(catalogue)
    near = {judgment.id: _nearest(judgment, training) for judgment in held}
    members = [judgment for pairs in near.values() for pair in pairs for judgment in pair]
    matters = _with_texts(catalogue, [*held, *members])
    return Material(
        matters=tuple(matters[work] for work in wanted),
        pairs={work: tuple(_pair(matters, *pair) for pair in near[work]) for work in near},
        offences=tuple(catalogue.offences()),
        concepts=catalogue.concepts(),
        cite=_remembering(lambda unit: references(catalogue, (unit,))),
        edition=catalogue.edition(),
    )


def _remembering(cite: Callable[[str], tuple[Reference, ...]]) -> Cite:
    """Cite each unit once: the offences of a study rest on the same few provisions."""
    known = cache(cite)
    return lambda units: tuple(reference for unit in units for reference in known(unit))


def _with_texts(catalogue: Catalogue, judgments: Iterable[Judgment]) -> dict[str, Matter]:
    made = {}
    for judgment in {j.id: j for j in judgments}.values():
        sections = catalogue.sections_of(judgment.id)
        held = catalogue.expressions_of([section.id for section in sections])
        texts: dict[SectionKind, Said] = {}
        for section in sections:
            told = _said(held.get(section.id, ()))
            before = texts.get(section.kind, NOTHING)
            joined = (f"{before.of(lang)}\n\n{told.of(lang)}".strip() for lang in Language)
            texts[section.kind] = Said(*joined)
        confirmed = all(e.confirmed and not e.ocr for of in held.values() for e in of)
        made[judgment.id] = Matter(judgment, texts, confirmed)
    return made


def _said(expressions: Iterable[Expression]) -> Said:
    best: dict[Language, str] = {}
    for expression in in_display_order(expressions):
        best.setdefault(expression.language, expression.text)
    return Said(*(best.get(language, "") for language in Language))


def _training_pairs(catalogue: Catalogue) -> list[tuple[Judgment, Judgment]]:
    ids = [work.id for work in catalogue.judgments() if Authority.TRAINING in work.authorities]
    held = {k: v for k, v in catalogue.works(ids).items() if isinstance(v, Judgment)}
    stems = [name.removesuffix(_PAIR_ENDS[0]) for name in held if name.endswith(_PAIR_ENDS[0])]
    return [
        (held[stem + _PAIR_ENDS[0]], held[stem + _PAIR_ENDS[1]])
        for stem in sorted(stems)
        if stem + _PAIR_ENDS[1] in held
    ]


def _nearest(
    judgment: Judgment, training: Sequence[tuple[Judgment, Judgment]]
) -> list[tuple[Judgment, Judgment]]:
    """Return the pair a matter is of, or those that share most of its offences and elements."""
    own = [pair for pair in training if judgment.id in (pair[0].id, pair[1].id)]
    if own:
        return own
    made_of = _made_of(judgment)
    shared = [
        (len(made_of & (_made_of(one) | _made_of(other))), one, other) for one, other in training
    ]
    ranked = sorted((s for s in shared if s[0] > 1), key=lambda s: (-s[0], s[1].id))
    return [(one, other) for _, one, other in ranked[:PAIRS_OF_OTHERS]]


def _made_of(judgment: Judgment) -> frozenset[str]:
    elements = (each.element for each in judgment.elements)
    return frozenset((*elements, *(charge.offence for charge in judgment.charges)))


def _pair(matters: Mapping[str, Matter], first: Judgment, second: Judgment) -> Pair:
    stem = first.id.removesuffix(_PAIR_ENDS[0])
    return Pair(stem, matters[first.id], matters[second.id])


def matter_of(material: Material, identifier: str) -> Matter:
    """Return one of the matters read; raise NotHeld for another."""
    for matter in material.matters:
        if matter.judgment.id == identifier:
            return matter
    raise NotHeld(f"The case study has no matter {identifier}.", id=identifier)
