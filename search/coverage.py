"""How much of each instrument is held, as far as the numbers of its articles tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.results import WorkSummary

_ARTICLE = re.compile(r"art-([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Coverage:
    """An instrument, how many of its articles are held, and what its numbering lacks.

    `last` is the highest article number held, None where it has no articles. Whether the law goes
    on after it, the numbers cannot tell.
    """

    work: WorkSummary
    articles: int  # inserted articles (24 bis) too
    last: int | None
    missing: tuple[int, ...]  # numbers below the last that are not held


def coverage(catalogue: Catalogue) -> tuple[Coverage, ...]:
    """Return the coverage of every instrument held, by id."""
    return tuple(_coverage(catalogue, work) for work in catalogue.instruments())


def _coverage(catalogue: Catalogue, work: WorkSummary) -> Coverage:
    paths = [p.id.partition("/")[2] for p in catalogue.provisions_of(work.id)]
    articles = [path for path in paths if path.startswith("art-")]
    numbers = {int(match[1]) for path in articles if (match := _ARTICLE.fullmatch(path))}
    last = max(numbers, default=None)
    missing = tuple(n for n in range(1, last or 1) if n not in numbers)
    return Coverage(work, len(articles), last, missing)
