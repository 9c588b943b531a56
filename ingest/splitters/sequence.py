"""Decide which article headings are real, and refuse a sequence that cannot be trusted.

A wrong article number is worse than a refused file: whatever is not explained by bis articles,
issuing articles, quoted texts of an amending law or a table of contents is refused, and the
message says what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.errors import Unreadable
from search.text.fold import fold_text

from .headings import ArticleHeading

# Laws that promulgate another text have a handful of articles of their own.
MAX_ISSUING = 20
# A consolidated law may lack a few numbers; one hole in a hundred articles, and no large one.
_ARTICLES_PER_HOLE = 100
_MAX_HOLE = 10
_RUN = 3  # whole numbers in order on both sides of a hole
_TOC_BODY_CHARS = 150
_AMENDS = re.compile(
    r"النص الاتي|النصوص الاتيه|النص التالي|النصوص التاليه|يستبدل|تستبدل|استبدل|يضاف|تضاف|اضيف"
    r"|following text|following articles?|replaced (?:by|with)|substituted|inserted"
)
_ATTACHED = re.compile(r"مرافق|المرفق|ملحق|attached|annexed|accompanying|hereto|herewith")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article heading on a line, and the words up to the next candidate."""

    line: int
    heading: ArticleHeading
    following: str  # the text up to the next candidate, shortened


@dataclass(frozen=True, slots=True)
class Settled:
    """The articles of a law in order: those that issue it, and its own."""

    issuing: tuple[Candidate, ...]
    articles: tuple[Candidate, ...]
    missing: tuple[int, ...] = ()  # numbers the file does not hold


def settle(candidates: Sequence[Candidate]) -> Settled:
    """Return the real articles, or raise Unreadable (`article-sequence`)."""
    runs = _runs(_without_quoted(_without_mentions(candidates)))
    runs = _without_contents(runs)
    if len(runs) > 2 or (len(runs) == 2 and not _issues(runs[0], runs[1])):
        again = runs[-1][0]
        raise _refusal(runs[-2][-1], again, "a second text begins again; split the file in two")
    issuing = runs[0] if len(runs) == 2 else ()
    articles = runs[-1]
    if issuing and _check(issuing):
        raise _refusal(issuing[0], issuing[-1], "the issuing articles are not complete")
    return Settled(tuple(issuing), tuple(articles), _check(articles))


def shown(heading: ArticleHeading) -> str:
    """Return the number as a message shows it, e.g. "24 bis a"."""
    bis = "" if heading.bis is None else f" bis {heading.bis}".rstrip()
    return f"{heading.number}{bis}"


def _runs(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Cut at every article 1."""
    runs: list[list[Candidate]] = []
    for candidate in candidates:
        first = candidate.heading.number == 1 and candidate.heading.bis is None
        if first or not runs:
            runs.append([])
        runs[-1].append(candidate)
    return runs


def _without_mentions(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what has no words of its own, does not fit, and stands before one that fits.

    «… وفقاً لحكم / المادة الأولى / مادة 41»: the last words of article 40, alone on their line.
    """
    kept: list[Candidate] = []
    for candidate, after in zip(candidates, [*candidates[1:], None], strict=True):
        mention = (
            bool(kept)
            and not candidate.following
            and candidate.heading.number != kept[-1].heading.number + 1
            and after is not None
            and after.heading.number == kept[-1].heading.number + 1
        )
        if not mention:
            kept.append(candidate)
    return kept


def _without_quoted(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the articles an amending law quotes: its own are counted in words, they in digits.

    «المادة الأولى: يستبدل بنص المادة 12 النص الآتي: مادة 12: …»
    """
    kept: list[Candidate] = []
    last_in_words = max(
        (n for n, candidate in enumerate(candidates) if candidate.heading.in_words), default=-1
    )
    quoting = False
    for n, candidate in enumerate(candidates):
        quoted = (
            bool(kept)
            and kept[-1].heading.in_words
            and not candidate.heading.in_words
            and (quoting or bool(_AMENDS.search(fold_text(kept[-1].following))))
            # Its own articles go on in words, or the number does not follow them.
            and (n < last_in_words or not _continues(kept[-1], candidate))
        )
        quoting = quoted
        if not quoted:
            kept.append(candidate)
    return kept


def _continues(last: Candidate, candidate: Candidate) -> bool:
    return candidate.heading.number in (last.heading.number + 1, 1)


def _without_contents(runs: list[list[Candidate]]) -> list[list[Candidate]]:
    """Leave out a table of contents: the same numbers again, with hardly any words between."""
    if len(runs) < 2:
        return runs
    first, following = runs[0], runs[1]
    same = [_key(c) for c in first] == [_key(c) for c in following[: len(first)]]
    empty = all(len(c.following) <= _TOC_BODY_CHARS for c in first)
    longer = sum(len(c.following) for c in following) > 3 * sum(len(c.following) for c in first)
    return runs[1:] if same and empty and longer and len(first) >= _RUN else runs


def _issues(first: Sequence[Candidate], second: Sequence[Candidate]) -> bool:
    says_so = any(_ATTACHED.search(fold_text(c.following)) for c in first)
    return len(first) <= MAX_ISSUING and (says_so or len(second) > len(first))


def _key(candidate: Candidate) -> tuple[int, str | None]:
    return candidate.heading.number, candidate.heading.bis


def _check(articles: Sequence[Candidate]) -> tuple[int, ...]:
    """Return the missing numbers, if they are few and plain; raise Unreadable otherwise."""
    if articles[0].heading.number != 1:
        raise Unreadable(
            f"The first article found is article {shown(articles[0].heading)}, not article 1. "
            "Add the whole text of the law, or check how its articles are headed.",
            reason="article-sequence",
        )
    seen = {_key(articles[0])}
    missing: list[int] = []
    holes = 0
    for i in range(1, len(articles)):
        before, now = articles[i - 1], articles[i]
        step = now.heading.number - before.heading.number
        if _key(now) in seen:
            raise _refusal(before, now, "this number was seen before")
        seen.add(_key(now))
        if step == 0 and now.heading.bis is not None:
            continue
        if step == 1 and now.heading.bis is None:
            continue
        if step <= 1 or not _is_hole(articles, i, step):
            raise _refusal(before, now)
        holes += 1
        missing.extend(range(before.heading.number + 1, now.heading.number))
        if holes > len(articles) // _ARTICLES_PER_HOLE:
            raise _refusal(before, now, "numbers are missing")
    return tuple(missing)


def _is_hole(articles: Sequence[Candidate], i: int, step: int) -> bool:
    """A few numbers are missing between two runs in order: what was read is right."""
    around = articles[max(0, i - _RUN) : i], articles[i : i + _RUN]
    return step - 1 <= _MAX_HOLE and all(
        len(run) == _RUN
        and all(
            b.heading.number - a.heading.number == (0 if b.heading.bis is not None else 1)
            for a, b in pairwise(run)
        )
        for run in around
    )


def _refusal(before: Candidate, now: Candidate, why: str = "") -> Unreadable:
    tail = f" ({why})" if why else ""
    return Unreadable(
        f"After article {shown(before.heading)} came {shown(now.heading)}{tail}. The article "
        "numbers of this file cannot be trusted; check it against the printed law, or add a "
        "cleaner copy.",
        reason="article-sequence",
        after=shown(before.heading),
        came=shown(now.heading),
    )
