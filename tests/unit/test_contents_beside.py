"""Beside a provision its neighbours are listed, and every chapter of a long law can be reached."""

from __future__ import annotations

import pytest

from search.model import Bilingual, Provision, ProvisionKind
from search.results import TocEntry
from web.display import Chapter, contents_beside

LAW = "kw-law-2099-7"


def entries(*chapters: int) -> list[TocEntry]:
    """Return the contents of a law with chapters of so many articles."""
    made, number = [], 0
    for chapter, size in enumerate(chapters, 1):
        place = (Bilingual(en=f"Chapter {chapter}"),)
        for _ in range(size):
            number += 1
            unit = Provision(
                f"{LAW}/art-{number}",
                LAW,
                ProvisionKind.ARTICLE,
                str(number),
                number,
                place=place,
            )
            made.append(TocEntry(unit, None, False, (), ()))
    return made


def numbers(chapter: Chapter) -> list[int]:
    return [int(entry.provision.number) for entry in chapter.entries]


def test_short_contents_are_whole() -> None:
    chapters = contents_beside(entries(10, 20), f"{LAW}/art-3")
    assert [numbers(chapter) for chapter in chapters] == [[*range(1, 11)], [*range(11, 31)]]
    assert not any(chapter.cut_before or chapter.cut_after for chapter in chapters)


def test_of_long_contents_other_chapters_are_named_by_their_first() -> None:
    chapters = contents_beside(entries(10, 20, 5), f"{LAW}/art-3")
    assert numbers(chapters[0]) == [*range(1, 11)]
    assert [chapter.entries for chapter in chapters[1:]] == [(), ()]
    assert [chapter.first.provision.number for chapter in chapters] == ["1", "11", "31"]
    assert [chapter.place[0].en for chapter in chapters] == ["Chapter 1", "Chapter 2", "Chapter 3"]


@pytest.mark.parametrize(
    ("here", "shown", "cut"),
    [
        (1, range(1, 10), (False, True)),
        (9, range(1, 18), (False, True)),
        (10, range(2, 19), (True, True)),
        (32, range(24, 41), (True, False)),
        (40, range(32, 41), (True, False)),
    ],
)
def test_of_a_long_chapter_eight_stand_at_either_side(
    here: int, shown: range, cut: tuple[bool, bool]
) -> None:
    (chapter,) = contents_beside(entries(40), f"{LAW}/art-{here}")
    assert numbers(chapter) == [*shown]
    assert (chapter.cut_before, chapter.cut_after) == cut


def test_a_provision_that_is_not_there_leaves_all_chapters_folded() -> None:
    chapters = contents_beside(entries(20, 20), f"{LAW}/art-99")
    assert [chapter.entries for chapter in chapters] == [(), ()]


def test_a_law_without_articles_has_no_contents() -> None:
    assert contents_beside([], f"{LAW}/art-1") == []
