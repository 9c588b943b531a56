"""Find the articles that a law cites as its own and does not have: a digit may be false.

«المادة 71» in a law of 55 articles was perhaps 17. Nothing is changed: a person is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.document import Description
from ingest.readers.quality import ascii_digits
from search.citations import WorkNames, build_work_names, find_citations
from search.identifiers import parse_unit
from search.model import Contribution, Instrument, ProvisionKind
from search.results import CitationStatus

_MAX_NAMED = 5
_NUMBER = re.compile("[0-9]{1,4}")
# «المادتين 5 و71», «المواد من (5) إلى (9)»: the words and numbers that follow.
_NEAR_ARTICLE = re.compile(r"(?:ماد[ةه]|مواد|مادت|\barticles?\b|\barts?\b).{0,80}", re.I | re.S)
_ARTICLES = (ProvisionKind.ARTICLE, ProvisionKind.ISSUING_ARTICLE)


@dataclass(frozen=True, slots=True)
class Stray:
    """A citation of an article that the law does not have: by whom, and of which."""

    article: str  # segment of the article that cites
    cited: str  # segment of the one that is missing


def doubted(
    description: Description, contribution: Contribution, names: WorkNames
) -> tuple[Description, Contribution]:
    """Return both unconfirmed, and the articles that cite, where a law cites itself in vain."""
    found = strays(contribution, names)
    if not found:
        return description, contribution
    reasons = (*description.reasons, sentence(found))
    citing = {f"{description.work}/{stray.article}" for stray in found}
    expressions = tuple(
        replace(e, confirmed=False) if e.unit in citing else e for e in contribution.expressions
    )
    return (
        replace(description, confirmed=False, reasons=reasons),
        replace(contribution, expressions=expressions),
    )


def strays(contribution: Contribution, names: WorkNames) -> tuple[Stray, ...]:
    """Return what a law cites of itself in vain, each article cited once, in its order."""
    if contribution.instrument is None:
        return ()
    work = contribution.instrument.id
    held = {p.id for p in contribution.provisions if p.kind in _ARTICLES}
    if not held:
        return ()
    names = _with_this(names, contribution.instrument)
    numbers = {int(number) for unit in held for number in _NUMBER.findall(unit.rpartition("/")[2])}
    found: dict[str, Stray] = {}
    for expression in contribution.expressions:
        # A preamble cites the articles of other texts.
        if expression.unit not in held or not _may_stray(expression.text, numbers):
            continue
        for cited in _cited(expression.text, work, names):
            article = f"{work}/{cited}"
            if article not in held:
                found.setdefault(cited, Stray(expression.unit.rpartition("/")[2], cited))
    return tuple(found.values())


def _with_this(names: WorkNames, instrument: Instrument) -> WorkNames:
    """Let "this law" mean this one, be it in the register or not."""
    if instrument.id in names.works:
        return names
    this = build_work_names([instrument]).works
    return replace(names, works={**names.works, **this})


def _may_stray(text: str, numbers: set[int]) -> bool:
    """Whether a number that no article has stands behind the word article: a quick look."""
    near = "".join(found[0] for found in _NEAR_ARTICLE.finditer(ascii_digits(text)))
    return any(int(number) not in numbers for number in _NUMBER.findall(near))


def sentence(found: tuple[Stray, ...]) -> str:
    """Say which articles are cited in vain, for the person who is to look at them."""
    named = ", ".join(f"{stray.cited} (in {stray.article})" for stray in found[:_MAX_NAMED])
    more = f" and {len(found) - _MAX_NAMED} more" if len(found) > _MAX_NAMED else ""
    return f"it cites articles of its own that it does not have: {named}{more}; check their digits"


def _cited(text: str, work: str, names: WorkNames) -> Iterator[str]:
    """The articles of this very law that its text cites."""
    for citation in find_citations(text, names, work):
        if citation.status is CitationStatus.RESOLVED and citation.provision:
            unit = parse_unit(citation.provision).top
            if unit.work == work and unit.path[0].startswith("art-"):
                yield unit.path[0]
