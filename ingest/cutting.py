"""Cut everything a contribution says into passages."""

from __future__ import annotations

from ingest.passages import cut
from search.model import Contribution, Judgment, Kind, Language, Passage


def passages_of(contribution: Contribution) -> list[Passage]:
    """Cut every expression of a contribution."""
    editorials = {editorial.provision: editorial for editorial in contribution.editorials}
    provisions = {provision.id: provision for provision in contribution.provisions}
    judgment, instrument = contribution.judgment, contribution.instrument
    work = instrument or judgment
    if work is None:
        return []
    opening: dict[str, tuple[str, ...]] = {}
    if judgment is not None:
        opening = _looked_for_by(judgment, contribution)
    return [
        passage
        for expression in contribution.expressions
        for passage in cut(
            expression,
            kind=instrument.kind if instrument else Kind.JUDGMENT,
            group=judgment.id if judgment else expression.unit,
            title=work.title,
            editorial=editorials.get(expression.unit),
            provision=provisions.get(expression.unit),
            looked_for_by=opening.get(expression.id, ()),
        )
    ]


def _looked_for_by(judgment: Judgment, contribution: Contribution) -> dict[str, tuple[str, ...]]:
    """Return, by the first expression in each language, the title and how users put the matter."""
    first: dict[Language, str] = {}
    for expression in contribution.expressions:
        first.setdefault(expression.language, expression.id)
    return {
        name: (judgment.title.best(language), *contribution.asks.get(language, ()))
        for language, name in first.items()
    }
