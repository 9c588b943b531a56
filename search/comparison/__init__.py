"""Lay provisions side by side: by component, by words, by penalty; and find what cites dead law.

Pure: knows the domain's values and the thesaurus, neither catalogue nor HTTP. What a sentence is
about is shown with the words that say so; a sentence that nothing assigns is listed as such.
"""

from search.comparison.alignment import align, lay_out, make_side, shared_references
from search.comparison.components import read_sentences
from search.comparison.ladder import rank_rungs
from search.comparison.results import (
    Cell,
    Comparison,
    Comparisons,
    Component,
    ComponentRow,
    Ground,
    Ladder,
    Mark,
    References,
    Rung,
    Sentence,
    Side,
    Staleness,
    StaleReference,
    StaleReferences,
    Stretch,
    TableRow,
    Wording,
)
from search.comparison.wording import compare_words

__all__ = [
    "Cell",
    "Comparison",
    "Comparisons",
    "Component",
    "ComponentRow",
    "Ground",
    "Ladder",
    "Mark",
    "References",
    "Rung",
    "Sentence",
    "Side",
    "StaleReference",
    "StaleReferences",
    "Staleness",
    "Stretch",
    "TableRow",
    "Wording",
    "align",
    "compare_words",
    "lay_out",
    "make_side",
    "rank_rungs",
    "read_sentences",
    "shared_references",
]
