"""HTML: blocks are lines, menus and forms stay out, nothing of the law is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Document
from ingest.readers import read


@pytest.fixture
def read_page(tmp_path: Path):
    def reading(page: str | bytes) -> Document:
        path = tmp_path / "page.html"
        path.write_bytes(page.encode() if isinstance(page, str) else page)
        return read(path)

    return reading


def rows(document: Document) -> list[tuple[str, str]]:
    return [(line.kind.value, line.text) for line in document.lines]


def test_blocks_headings_and_breaks_are_lines(read_page) -> None:
    body = "<h2>المادة&nbsp;1</h2><p>first<br>second <b>bold</b>.</p>"
    document = read_page(f"<html><title>A law</title><body>{body}</body></html>")
    assert document.title == "A law"
    assert rows(document) == [
        ("heading", "المادة 1"),
        ("text", "first"),
        ("text", "second bold."),
    ]
    assert document.lines[0].level == 2


def test_scripts_forms_menus_and_hidden_parts_stay_out(read_page) -> None:
    links = "".join(f'<li><a href="#">menu {n}</a></li>' for n in range(6))
    page = (
        "<html><body><form><input type=hidden value='state'><script>var x = 1</script>"
        f"<nav>go home</nav><ul>{links}</ul><div style='display:none'>secret</div>"
        "<select><option>choice</option></select>"
        "<p>The rule <a href='#'>of Article 2</a> holds.</p></form>"
        "<footer>imprint <a href='#'>contact</a></footer></body></html>"
    )
    assert read_page(page).text == "The rule of Article 2 holds."


def test_a_preamble_in_a_header_stays(read_page) -> None:
    page = (
        "<html><body><header><h2>Preamble</h2><p>Whereas.</p></header><article>Art</article></body>"
    )
    assert read_page(page).text == "Preamble\nWhereas.\nArt"


def test_main_is_the_text_where_a_page_names_it(read_page) -> None:
    page = "<html><body><p>around</p><main><p>the law</p></main><p>below</p></body></html>"
    assert read_page(page).text == "the law"


def test_a_raised_footnote_number_does_not_join_the_article_number(read_page) -> None:
    page = "<html><body><p>Article 5<sup>1</sup></p><p>20 m<sup>2</sup> on the 1<sup>st</sup></p>"
    assert read_page(page).text == "Article 5\n20 m² on the 1st"


def test_data_tables_are_rows_and_layout_tables_are_not(read_page) -> None:
    data = "<table><tr><td>Fine<td>500</tr><tr><td>Prison<td>3 years</tr></table>"
    layout = "<table><tr><td><p>one</p><p>two</p></td></tr></table>"
    assert rows(read_page(f"<html><body>{data}{layout}</body></html>")) == [
        ("table", "Fine | 500"),
        ("table", "Prison | 3 years"),
        ("text", "one"),
        ("text", "two"),
    ]


def test_the_numbers_a_browser_gives_to_items_are_in_the_text(read_page) -> None:
    page = "<html><body><ol start=3><li><p>one</p></li><li>two</li><li>(c) own</li></ol></body>"
    assert read_page(page).text == "3. one\n4. two\n(c) own"


def test_a_heading_that_holds_a_whole_page_is_no_heading(read_page) -> None:
    document = read_page("<html><body><h4><div>المادة 1</div><div>text of it</div></h4></body>")
    assert rows(document) == [("text", "المادة 1"), ("text", "text of it")]


@pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-6"])
def test_a_declared_arabic_encoding_is_believed_and_told(read_page, declared) -> None:
    page = f"<html><head><meta charset={declared}></head><body><p>المادة الأولى</p></body></html>"
    document = read_page(page.encode(declared))
    assert document.text == "المادة الأولى"
    assert dict(document.facts) == {"encoding": declared}


def test_an_xml_declaration_does_not_disturb(read_page) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?><html><body><p>نص</p></body></html>'
    assert read_page(page).text == "نص"
