"""What a provision or matter can be narrowed by beside its kind and text: court, year, offence…

Read from the catalogue once for each revision. Facets are counted over the candidates of a search,
so nothing that the search may not show is counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from search.catalogue import Catalogue
from search.errors import BadRequest
from search.model import Bilingual, Concept, Filters, Judgment

# In the order in which they are offered.
TRAITS = ("offence", "outcome", "court", "level", "year", "act", "means", "purpose", "indicator")
_FAMILIES = frozenset(("act", "means", "purpose", "indicator"))
MAX_VALUE_CHARS = 200
_NO_LETTERS = re.compile(r"[^a-z0-9]+")

Values = Mapping[str, frozenset[str]]  # trait → values


@dataclass(frozen=True)
class Traits:
    """The values of each provision and matter, and what to call those that have names."""

    of: Mapping[str, Values]  # provision or judgment → its values
    labels: Mapping[str, Mapping[str, Bilingual]]  # trait → value → its name

    @cached_property
    def _pairs(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Return (trait, value) of each provision or judgment, for counting."""
        return {
            group: tuple((trait, value) for trait, values in held.items() for value in values)
            for group, held in self.of.items()
        }

    @classmethod
    def read(cls, catalogue: Catalogue, concepts: Mapping[str, Concept]) -> Traits:
        """Read them from the catalogue; `concepts` by id."""
        values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        courts: dict[str, Bilingual] = {}
        matters = [work.id for work in catalogue.judgments()]
        for judgment in catalogue.works(matters).values():
            if isinstance(judgment, Judgment):
                court = court_value(judgment)
                courts.setdefault(court, judgment.court)
                _add_judgment(values[judgment.id], judgment, court)
                found = [finding.element for finding in judgment.elements]
                _add_concepts(values[judgment.id], found, concepts, offences=False)
        for work in catalogue.instruments():
            for provision in catalogue.provisions_of(work.id) if work.year else ():
                values[provision.id]["year"].add(str(work.year))
        for group, tags in catalogue.subjects().items():
            _add_concepts(values[group], tags, concepts, offences="/" in group)
        frozen = {g: {t: frozenset(v) for t, v in of.items()} for g, of in values.items()}
        named = {
            trait: {c.id: c.label for c in concepts.values() if c.family == trait}
            for trait in ("offence", *_FAMILIES)
        }
        return cls(frozen, {**named, "court": courts})

    def groups_within(self, filters: Filters) -> tuple[str, ...] | None:
        """Return the provisions and judgments that have every trait asked for; None if none is
        asked for. Raises BadRequest for a trait there is not."""
        if not filters.traits:
            return None
        for trait, value in filters.traits:
            if trait not in TRAITS or len(value) > MAX_VALUE_CHARS:
                raise BadRequest(f"A search can be narrowed by {', '.join(TRAITS)}.")
        return tuple(
            group
            for group, held in self.of.items()
            if all(value in held.get(trait, ()) for trait, value in filters.traits)
        )

    def count(self, groups: Iterable[str]) -> dict[str, dict[str, int]]:
        """Count the groups given per value of each trait, the most frequent first."""
        held = [self._pairs[group] for group in groups if group in self._pairs]
        counts = Counter(chain.from_iterable(held))
        found: dict[str, dict[str, int]] = {trait: {} for trait in TRAITS}
        for (trait, value), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            found[trait][value] = count
        return found

    def names_of(self, counted: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Bilingual]]:
        """Return the names of the values counted, of those traits whose values have names."""
        return {
            trait: {value: names[value] for value in counted.get(trait, ()) if value in names}
            for trait, names in self.labels.items()
        }


def court_value(judgment: Judgment) -> str:
    """Return the id by which a court is asked for: its English name in small letters."""
    name = judgment.court.best_en.lower()
    return _NO_LETTERS.sub("-", name).strip("-") or name


def _add_judgment(into: dict[str, set[str]], judgment: Judgment, court: str) -> None:
    into["court"].add(court)
    into["level"].add(judgment.level)
    if judgment.date:
        into["year"].add(judgment.date[:4])
    into["offence"] |= {charge.offence for charge in judgment.charges}
    into["outcome"] |= {charge.outcome for charge in judgment.charges}


def _add_concepts(
    into: dict[str, set[str]],
    tags: Iterable[str],
    concepts: Mapping[str, Concept],
    offences: bool,
) -> None:
    """Add the acts, means, purposes and signs that a text is tagged with.

    Offences only of provisions: a matter's are those charged.
    """
    for tag in tags:
        family = concepts[tag].family if tag in concepts else ""
        if family in _FAMILIES or (offences and family == "offence"):
            into[family].add(tag)
