"""Cut everything a contribution says into passages."""

from __future__ import annotations

from ingest.passages import cut
from search.model import Contribution, Kind, Language, Passage


def passages_of(contribution: Contribution) -> list[Passage]:
    """Cut every expression of a contribution."""
    editorials = {editorial.provision: editorial for editorial in contribution.editorials}
    provisions = {provision.id: provision for provision in contribution.provisions}
    judgment, instrument = contribution.judgment, contribution.instrument
    work = instrument or judgment
    if work is None:
        return []
    first: dict[Language, str] = {}
    for expression in contribution.expressions:
        first.setdefault(expression.language, expression.id)
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
            opens=judgment is not None and first[expression.language] == expression.id,
        )
    ]
