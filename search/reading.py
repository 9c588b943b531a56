"""Read a query: is it a citation, does it hold one, and what is left to search for?

A citation wins: the cited provision is shown first. A cited law limits the search for the rest of
the query; a law alone lists its provisions; an ambiguous citation shows every choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.catalogue import Catalogue
from search.citations import WorkNames, find_citations, remainder
from search.errors import QueryEmpty
from search.identifiers import parse_unit, work_of
from search.query import ParsedQuery, parse_query
from search.results import Citation, CitationStatus


@dataclass(frozen=True, slots=True)
class Reading:
    """What a query asks for. `cited` are held provisions, in the order to show them.

    `parsed` is what the arms are asked; `explained` leaves the citations' own words out, which
    nobody needs to see reported as matched or missing.
    """

    parsed: ParsedQuery
    explained: ParsedQuery
    citation: Citation | None
    cited: tuple[str, ...] = ()
    work: str | None = None  # the search is limited to this law


def read_query(text: str, catalogue: Catalogue, names: WorkNames) -> Reading:
    """Read `text`; raises QueryEmpty or QueryTooLong."""
    parsed = parse_query(text)
    found = mark_held(find_citations(text, names), catalogue)
    named = [c for c in found if c.status is not CitationStatus.UNKNOWN]
    if not named:
        return Reading(parsed, parsed, found[0] if found else None)
    rest = _parsed_rest(text, named)
    cited = _provisions(named, catalogue)
    work = _only_law(named)
    if rest is None and not cited and work is not None:
        cited = tuple(provision.id for provision in catalogue.provisions_of(work))
    limited = work if work is not None and rest is not None and not cited else None
    asked = rest if limited and rest else parsed
    explained = rest or replace(parsed, terms=(), phrases=())
    return Reading(asked, explained, named[0], cited, limited)


def mark_held(citations: Sequence[Citation], catalogue: Catalogue) -> list[Citation]:
    """Say of each resolved citation whether the collection holds what it names."""
    return [
        replace(
            citation,
            held=citation.status is CitationStatus.RESOLVED and _is_held(citation, catalogue),
        )
        for citation in citations
    ]


def _is_held(citation: Citation, catalogue: Catalogue) -> bool:
    if citation.provision is not None:
        return catalogue.provision(str(parse_unit(citation.provision).top)) is not None
    return citation.instrument is not None and catalogue.instrument(citation.instrument) is not None


def _parsed_rest(text: str, citations: Sequence[Citation]) -> ParsedQuery | None:
    try:
        return parse_query(remainder(text, citations))
    except QueryEmpty:
        return None


def _provisions(citations: Sequence[Citation], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the held provisions cited, choices of ambiguous citations included."""
    wanted: dict[str, None] = {}
    for citation in citations:
        ids = citation.choices or ((citation.provision,) if citation.provision else ())
        for identifier in ids:
            if "/" in identifier:
                wanted.setdefault(str(parse_unit(identifier).top))
    return tuple(identifier for identifier in wanted if catalogue.provision(identifier))


def _only_law(citations: Sequence[Citation]) -> str | None:
    """Return the one held law that is cited without an article, if there is exactly one."""
    works = {c.instrument for c in citations if c.instrument and c.held and not c.provision}
    provisions = {work_of(c.provision) for c in citations if c.provision}
    return works.pop() if len(works) == 1 and not provisions else None
