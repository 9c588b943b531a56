"""What the numbers of a citation mean: articles, ranges of them, and paragraphs below them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.citations.labels import MAX_LABEL

MAX_ARTICLE = 1999  # the Civil Code has 1,082; a year is no article
MAX_RANGE = 50  # longer ranges are cited by their ends
YEARS = range(1900, 2101)

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One number, or one range, of a list: tokens[first:stop] and the paths it means.

    `either`: the paths are readings of which one is right, not several provisions.
    """

    first: int
    stop: int
    paths: tuple[Path, ...]
    either: bool = False


def expanded(first: Path, last: Path) -> tuple[Path, ...]:
    """Return the articles from `first` to `last`, or the two ends where that is not plain."""
    ends = (first, last)
    if any(len(path) != 1 or not path[0].removeprefix("art-").isdecimal() for path in ends):
        return ends
    low, high = (int(path[0].removeprefix("art-")) for path in ends)
    if not low < high or high - low >= MAX_RANGE:
        return ends
    return tuple((f"art-{number}",) for number in range(low, high + 1))


def kind_of(path: Path) -> str:
    """Return what the last segment of a path is: "par", "pt"; "" for no path."""
    return path[-1].rpartition("-")[0] if path else ""


def perhaps_clause(following: Item, of: Path) -> Item:
    """ "Art. 4 para. 2 and 3 of": 3 after `of` is a paragraph beside it or an article; a choice."""
    path, *others = following.paths
    number = path[0].removeprefix("art-")
    if len(of) == 1 or len(path) > 1 or others or not number.isdecimal():
        return following
    if int(number) > MAX_LABEL or not of[-1].rpartition("-")[2].isdecimal():
        return following
    clause = (*of[:-1], f"{kind_of(of)}-{number}")
    return replace(following, paths=(clause, path), either=True)
