"""Markdown and plain text: marks go, numbers and line ends stay, encodings are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Document, LineKind
from ingest.readers import read


@pytest.fixture
def read_text(tmp_path: Path):
    def reading(text: str | bytes, name: str = "law.md") -> Document:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read(path)

    return reading


def test_headings_with_and_without_a_space(read_text) -> None:
    document = read_text("###Article  1 \n\ntext\n\n## المادة 2 ##\n\nTitle\n=====\n")
    found = [(line.text, line.level) for line in document.lines if line.kind is LineKind.HEADING]
    assert found == [("Article 1", 3), ("المادة 2", 2), ("Title", 1)]


def test_front_matter_becomes_title_and_facts(read_text) -> None:
    document = read_text(
        '---\ntitle: "نظام"\nretrieved: 2026-07-21\namendments: [one, two]\n---\n# نظام\n'
    )
    assert document.title == "نظام"
    assert document.facts == (
        ("title", "نظام"),
        ("retrieved", "2026-07-21"),
        ("amendments", "one; two"),
    )
    assert document.text == "نظام"


def test_front_matter_with_aliases_stays_text(read_text) -> None:
    document = read_text("---\na: &x [1]\nb: *x\n---\n# Heading\n")
    assert document.facts == ()
    assert "Heading" in document.text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("*Convention* of **1930** and ***all***", "Convention of 1930 and all"),
        ("see [Law 15](http://x/y_(z)) and ![seal](s.png)", "see Law 15 and seal"),
        ("- a bullet", "a bullet"),
        ("12. a number stays", "12. a number stays"),
        ("(*) a footnote star stays", "(*) a footnote star stays"),
        ("snake_case_words stay, _these_ go", "snake_case_words stay, these go"),
        ("> quoted", "quoted"),
        ("Article 5<sup>1</sup> and <b>bold</b>", "Article 5 and bold"),
        ("a rule[^1]", "a rule"),
        (r"escaped \* star", "escaped * star"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_marks_are_reduced_to_text(read_text, source, text) -> None:
    assert read_text(f"# T\n{source}\n").lines[-1].text == text


def test_tables_footnotes_and_hard_wrapped_lines(read_text) -> None:
    document = read_text(
        "# T\n\n| Act | Fine |\n|---|:--:|\n| x | 500 |\n\nhard\nwrapped\n\n\n[^1]: a note\n"
    )
    assert [(line.kind.value, line.text) for line in document.lines] == [
        ("heading", "T"),
        ("text", ""),
        ("table", "Act | Fine"),
        ("table", "x | 500"),
        ("text", ""),
        ("text", "hard"),
        ("text", "wrapped"),
        ("footnote", "a note"),
    ]


def test_offsets_point_into_the_text(read_text) -> None:
    document = read_text("# نظام\n\nالمادة 1\n")
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)


ARABIC = "يعاقب كل من خالف أحكام هذه المادة بالحبس والغرامة أو بإحدى هاتين العقوبتين"


@pytest.mark.parametrize(
    ("encoding", "facts"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("cp1256", (("encoding", "windows-1256"),)),
    ],
)
def test_plain_text_in_four_encodings(read_text, encoding, facts) -> None:
    document = read_text(f"{ARABIC}\r\n\r\n\r\nThe end\r\n".encode(encoding), "law.txt")
    assert document.text == f"{ARABIC}\n\nThe end"
    assert document.facts == facts


def test_the_suffix_does_not_decide(read_text) -> None:
    document = read_text("<html><body><p>a page</p></body></html>", "law.pdf")
    assert document.text == "a page"
