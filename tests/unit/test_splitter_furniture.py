"""Page numbers, running headers and rules are no part of the text; articles always are."""

from __future__ import annotations

from ingest.document import Line, LineKind, document_of
from ingest.splitters.furniture import furniture


def lines_of(pages: list[list[str]], paged: bool = True) -> tuple[Line, ...]:
    return document_of(
        [
            (text, number if paged else None, LineKind.TEXT, None)
            for number, page in enumerate(pages, start=1)
            for text in page
        ]
    ).lines


def kept(lines: tuple[Line, ...]) -> list[str]:
    dropped = furniture(lines)
    return [line.text for i, line in enumerate(lines) if i not in dropped]


def test_running_header_and_page_number() -> None:
    pages = [[f"الجريدة الرسمية العدد {n}", f"نص الصفحة {'أ' * n}", str(n)] for n in range(1, 6)]
    assert kept(lines_of(pages)) == [f"نص الصفحة {'أ' * n}" for n in range(1, 6)]


def test_article_headings_at_the_top_of_every_page_stay() -> None:
    pages = [[f"مادة {n}", "نص.", f"- {n} -"] for n in range(1, 6)]
    assert [t for t in kept(lines_of(pages)) if t.startswith("مادة")] == [
        f"مادة {n}" for n in range(1, 6)
    ]


def test_repealed_articles_beside_page_numbers_stay() -> None:
    pages = [
        [f"مادة {n}", "(ملغاة)" if n % 5 == 0 else f"نص {'ب' * n}.", f"- {n} -"]
        for n in range(1, 21)
    ]
    assert kept(lines_of(pages, paged=False)).count("(ملغاة)") == 4


def test_a_number_in_the_middle_of_a_page_stays() -> None:
    assert "60" in kept(lines_of([["one", "two", "60", "three", "four"]]))


def test_rules_go() -> None:
    assert kept(lines_of([["a", "________", "* * * *", "b"]])) == ["a", "b"]
