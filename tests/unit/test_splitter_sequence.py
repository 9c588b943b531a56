"""Which sequences of articles are accepted, and what the refusal of the others says."""

from __future__ import annotations

import pytest

from ingest.splitters.headings import article_heading
from ingest.splitters.sequence import Candidate, Settled, settle
from search.errors import Unreadable

WORDS = "words of an article that are long enough not to be a table of contents " * 3


def candidates(*headings: str, following: str = WORDS) -> list[Candidate]:
    found = []
    for line, text in enumerate(headings):
        heading = article_heading(text)
        assert heading is not None
        found.append(Candidate(line, heading, following))
    return found


def numbers(first: int, last: int) -> list[str]:
    return [f"Article {n}" for n in range(first, last + 1)]


def keys(settled: Settled) -> list[int]:
    return [c.heading.number for c in settled.articles]


def test_plain_sequence() -> None:
    assert keys(settle(candidates(*numbers(1, 9)))) == list(range(1, 10))


def test_bis_articles_follow_their_number() -> None:
    settled = settle(candidates("Article 1", "Article 1 bis", "Article 1 ter", "Article 2"))
    assert keys(settled) == [1, 1, 1, 2]


def test_issuing_articles_precede_the_annexed_law() -> None:
    settled = settle(candidates(*numbers(1, 2), *numbers(1, 9)))
    assert len(settled.issuing) == 2
    assert keys(settled) == list(range(1, 10))


def test_a_short_annexed_text_is_known_by_its_mention() -> None:
    settled = settle(candidates(*numbers(1, 3), *numbers(1, 2), following="the annexed rules"))
    assert len(settled.issuing) == 3


def test_a_table_of_contents_is_left_out() -> None:
    contents = candidates(*numbers(1, 5), following="Scope")
    law = candidates(*numbers(1, 5))
    assert len(settle([*contents, *law]).articles) == 5


@pytest.mark.parametrize(
    ("headings", "seen"),
    [
        (["Article 1", "Article 2", "Article 71", "Article 4"], "After article 2 came 71"),
        ([*numbers(1, 16), "Article 71", "Article 78"], "After article 16 came 71"),
        (["Article 1", "Article 3", "Article 2"], "After article 1 came 3"),
        (["Article 1", "Article 2", "Article 2"], "After article 2 came 2"),
        (["Article 1", "Article 2", "Article 3 bis"], "After article 2 came 3 bis"),
        ([*numbers(1, 4), *numbers(6, 9)], "After article 4 came 6"),  # too short for a hole
        ([*numbers(1, 40), *numbers(1, 9)], "After article 40 came 1"),
        ([*numbers(5, 9)], "first article found is article 5"),
    ],
)
def test_refused_with_what_was_seen(headings: list[str], seen: str) -> None:
    with pytest.raises(Unreadable, match=seen) as refused:
        settle(candidates(*headings))
    assert refused.value.reason == "article-sequence"


def test_one_small_hole_in_a_long_law_is_told() -> None:
    settled = settle(candidates(*numbers(1, 60), *numbers(64, 130)))
    assert settled.missing == (61, 62, 63)


@pytest.mark.parametrize(
    "headings",
    [
        [*numbers(1, 60), *numbers(90, 160)],  # a large hole
        [*numbers(1, 60), "Article 64", *numbers(66, 130)],  # no run in order after it
        [*numbers(1, 30), *numbers(32, 60), *numbers(64, 130)],  # two holes
    ],
)
def test_other_holes_are_refused(headings: list[str]) -> None:
    with pytest.raises(Unreadable):
        settle(candidates(*headings))
