"""What works there are and what is known of them all, read once for each revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.citations import WorkNames, build_work_names
from search.facets import Traits
from search.likeness import Likeness
from search.model import Authority, Judgment, Kind
from search.results import WorkSummary
from search.spelling import Vocabulary
from search.structure import Structure
from search.thesaurus import Thesaurus


def _judgments(catalogue: Catalogue) -> list[Judgment]:
    held = catalogue.works([work.id for work in catalogue.judgments()])
    return [work for work in held.values() if isinstance(work, Judgment)]


def on_the_shelf(work: WorkSummary) -> tuple[bool, bool, list[int], str]:
    """Order works as a reader in Kuwait looks for them."""
    dated = work.date or (str(work.year) if work.year else "")
    newest_first = [-int(part) for part in dated.split("-") if part.isdigit()]
    fictional = Authority.TRAINING in work.authorities
    return fictional, not work.id.startswith("kw-"), newest_first or [0], work.id


def in_shelf_order(works: Iterable[WorkSummary]) -> tuple[WorkSummary, ...]:
    """Return works in the order of `on_the_shelf`."""
    return tuple(sorted(works, key=on_the_shelf))


@dataclass(frozen=True, slots=True)
class Works:
    """The names, kinds and links of the works known at one revision of the catalogue."""

    revision: int
    names: WorkNames
    kinds: Mapping[str, Kind]
    structure: Structure
    thesaurus: Thesaurus
    traits: Traits
    likeness: Likeness

    @classmethod
    def read(cls, catalogue: Catalogue, revision: int) -> Works:
        known = catalogue.citation_names()
        concepts = catalogue.concepts()
        return cls(
            revision,
            build_work_names(known),
            {work.id: work.kind for work in known},
            Structure.of(catalogue.links(), catalogue.subjects()),
            Thesaurus.of(concepts.values()),
            Traits.read(catalogue, concepts),
            Likeness.of(_judgments(catalogue), concepts),
        )

    def kind_of(self, work: str) -> Kind:
        """What is no instrument is a judgment."""
        return self.kinds.get(work, Kind.JUDGMENT)


def read_vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Read every word there is: of texts and users' phrasings, of concepts, of laws."""
    names = [
        name
        for concept in catalogue.concepts().values()
        for name in (concept.label.ar, concept.label.en, *concept.alt_ar, *concept.alt_en)
    ]
    for work in catalogue.citation_names():
        names += [work.title.ar, work.title.en, *work.aliases]
    texts = (passage.text for passage in catalogue.iterate_passages())
    return Vocabulary.of(texts, filter(None, names))
