"""DOCX: order, headings, tables, footnotes, Word's own numbers, tracked changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Document, LineKind
from ingest.readers import read
from tests.reader_files import docx, paragraph


@pytest.fixture
def read_body(tmp_path: Path):
    def reading(body: str, **parts: str) -> Document:
        path = tmp_path / "law.docx"
        path.write_bytes(docx(body, **parts))
        return read(path)

    return reading


def rows(document: Document) -> list[tuple[str, str]]:
    return [(line.kind.value, line.text) for line in document.lines]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="Article"/>'
    '<w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
)


def test_headings_come_from_styles_and_outline_levels(read_body) -> None:
    body = paragraph("Chapter One", '<w:pStyle w:val="H2"/>') + paragraph(
        "المادة الأولى", '<w:pStyle w:val="Art"/>'
    )
    document = read_body(body, styles=STYLES)
    assert [(line.kind, line.level) for line in document.lines] == [
        (LineKind.HEADING, 2),
        (LineKind.HEADING, 4),
    ]


def test_tables_stand_where_they_stood(read_body) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Fine", "500"))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    document = read_body(paragraph("before") + table + paragraph("after"))
    assert rows(document) == [("text", "before"), ("table", "Fine | 500"), ("text", "after")]


def test_footnotes_come_last_and_their_marks_stay_out_of_the_text(read_body) -> None:
    marked = (
        "<w:p><w:r><w:t>Article 5</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    )
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{paragraph("Replaced by a later law.")}</w:footnote>'
    )
    document = read_body(marked + paragraph("Rule."), footnotes=notes)
    assert rows(document) == [
        ("text", "Article 5"),
        ("text", "Rule."),
        ("footnote", "Replaced by a later law."),
    ]


def test_soft_line_breaks_split_and_hidden_and_struck_text_is_left_out(read_body) -> None:
    body = (
        "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText>struck</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t> inserted</w:t></w:r></w:ins></w:p>'
    )
    assert [line.text for line in read_body(body).lines] == ["one", "two inserted"]


def test_content_controls_are_read(read_body) -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('inside a control')}</w:sdtContent></w:sdt>"
    assert read_body(body).text == "inside a control"


def level(depth: int, form: str, pattern: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(form: str) -> str:
    """A list of articles with items in this format below them."""
    levels = level(0, "decimal", "Article %1") + level(1, form, "(%2)")
    return (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )


def numbered(text: str, depth: int) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>')


@pytest.mark.parametrize(
    ("form", "first", "second"),
    [
        ("lowerLetter", "(a) ", "(b) "),
        ("upperRoman", "(I) ", "(II) "),
        ("arabicAbjad", "(أ) ", "(ب) "),
        ("bullet", "", ""),
    ],
)
def test_words_own_numbers_are_counted_as_word_counts_them(read_body, form, first, second) -> None:
    items = [("Scope", 0), ("x", 1), ("y", 1), ("Purpose", 0), ("z", 1)]
    body = "".join(numbered(text, depth) for text, depth in items)
    assert [line.text for line in read_body(body, numbering=numbering(form)).lines] == [
        "Article 1 Scope",
        f"{first}x",
        f"{second}y",
        "Article 2 Purpose",
        f"{first}z",
    ]


def test_a_number_format_we_do_not_count_is_told(read_body) -> None:
    document = read_body(numbered("x", 1), numbering=numbering("thaiLetters"))
    assert document.text == "x"
    assert dict(document.facts)["numbering"]
