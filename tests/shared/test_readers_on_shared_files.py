"""Every shared document: read well, or refused for the right reason; numbers spot-checked."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from ingest.document import Document, LineKind
from ingest.readers import read
from search.errors import Unreadable
from tests.support import SHARED

pytestmark = pytest.mark.shared
DOCUMENTS = SHARED / "documents"

# name → None if it must be read, else the reason it must be refused for.
EXPECTED = {
    "ae-anti-trafficking-decree-law-24-2023-words-glued-ar.json": "binary",
    "ae-decree-law-39-2022-visual-order-text-ar.jsonl": "binary",
    "ae-decree-law-39-2022-word2019-ar.pdf": None,
    "dz-labour-law-90-11-1990-gazette-scan-ar.pdf": "no-text-layer",
    "eg-decision-208-2022-camscanner-encrypted-ar.pdf": "no-text-layer",
    "eg-law-1-2007-gazette-image-only-ar.pdf": "no-text-layer",
    "eg-law-159-2023-gazette-no-unicode-map-ar.pdf": "garbled-text",
    "eg-law-160-2024-gazette-scan-watermark-ar.pdf": "no-text-layer",
    "eg-law-196-2008-ghostscript-partial-map-ar.pdf": "garbled-text",
    "eg-law-5-2025-gazette-dopdf-ar.pdf": None,
    "eg-vat-law-67-2016-gazette-type3-fonts-ar.pdf": "garbled-text",
    "ilo-c029-forced-labour-1930-en.md": None,
    "ilo-c182-worst-forms-child-labour-1999-en.md": None,
    "kw-ministry-of-finance-laws-text-layer-as-extracted.jsonl": "binary",
    "parallel-ar-en-statutes-by-article.jsonl": "binary",
    "qa-almeezan-law-page-with-navigation-ar.html": None,
    "qa-almeezan-mixed-arabic-english-records.jsonl": "binary",
    "qa-amiri-decision-44-2008-legacy-doc-renamed-en.docx": "legacy-doc",
    "qa-anti-trafficking-law-15-2011-word-export-ar.html": None,
    "qa-court-of-cassation-criminal-rulings-2005-ar.jsonl": "binary",
    "qa-penal-code-11-2004-en.docx": None,
    "qa-penal-code-11-2004-word-export-ar.html": None,
    "sa-anti-trafficking-law-m40-1430-ar.md": None,
    "sa-labour-law-nezams-web-page-ar.html": None,
    "sa-national-policy-forced-labour-ar.md": None,
    "un-cat-1984-en.pdf": None,
    "un-cedaw-1979-en.pdf": None,
    "un-crc-1989-en.md": None,
    "un-crc-optional-protocol-sale-of-children-2000-en.md": None,
    "un-iccpr-1966-en.pdf": None,
    "un-migrant-smuggling-protocol-2000-en.md": None,
    "un-palermo-trafficking-protocol-2000-en.md": None,
    "un-udhr-1948-ar.html": None,
    "un-udhr-1948-en.html": None,
    "un-untoc-2000-en.md": None,
}
# Five seconds and more each.
LONG = {
    "dz-law-23-12-2023-gazette-text-ar.pdf": None,  # two columns, two kinds of digits
    "eg-civil-code-131-1948-distiller-ar.pdf": "garbled-text",  # kaf comes out as alef madda
    "eg-constitution-2019-word2016-ar.pdf": None,
    "eg-labour-law-14-2025-gazette-text-ar.pdf": None,
    "eg-penal-code-word2007-ar.pdf": "garbled-text",  # false digits, seen in the years
}


@cache
def result(name: str) -> Document | Unreadable:
    try:
        return read(DOCUMENTS / name)
    except Unreadable as error:
        return error


def shared(name: str) -> Document:
    found = result(name)
    assert isinstance(found, Document), found
    return found


def outcome(name: str) -> str | None:
    found = result(name)
    return found.reason if isinstance(found, Unreadable) else None


@pytest.mark.parametrize(("name", "reason"), EXPECTED.items(), ids=list(EXPECTED))
def test_each_file_is_read_or_refused_as_it_deserves(name: str, reason: str | None) -> None:
    assert outcome(name) == reason


@pytest.mark.slow
@pytest.mark.parametrize(("name", "reason"), LONG.items(), ids=list(LONG))
def test_the_long_files_too(name: str, reason: str | None) -> None:
    assert outcome(name) == reason


def test_no_shared_document_is_left_out() -> None:
    held = {path.name for path in DOCUMENTS.iterdir()} - {"PROVENANCE.md"}
    assert held == EXPECTED.keys() | LONG.keys()


@pytest.mark.slow
def test_the_false_digits_of_a_font_map_are_named() -> None:
    assert "digits are false" in str(result("eg-penal-code-word2007-ar.pdf"))


ARTICLE_EN = re.compile(r"Article (\d+)\.?\Z")
ARTICLE_AR = re.compile(r"المادة \(?\s?(\d+)\s?\)?\Z")


def numbers(name: str, pattern: re.Pattern[str]) -> list[int]:
    found = (pattern.match(line.text) for line in shared(name).lines)
    return [int(match[1]) for match in found if match]


@pytest.mark.parametrize(
    ("name", "pattern", "last"),
    [
        ("un-cedaw-1979-en.pdf", ARTICLE_EN, 30),
        ("un-cat-1984-en.pdf", ARTICLE_EN, 33),
        ("ae-decree-law-39-2022-word2019-ar.pdf", ARTICLE_AR, 11),
        ("un-udhr-1948-ar.html", ARTICLE_AR, 30),
        ("un-udhr-1948-en.html", ARTICLE_EN, 30),
        ("un-palermo-trafficking-protocol-2000-en.md", ARTICLE_EN, 20),
        ("un-untoc-2000-en.md", ARTICLE_EN, 41),
        ("ilo-c029-forced-labour-1930-en.md", ARTICLE_EN, 33),
    ],
)
def test_article_headings_come_in_order_and_all(name, pattern, last) -> None:
    assert numbers(name, pattern) == list(range(1, last + 1))


def test_the_covenant_has_its_articles_but_for_a_heading_the_file_itself_breaks() -> None:
    """In this print "Article" ends the paragraph before and "12" stands alone below it."""
    expected = [n for n in range(1, 54) if n != 12]
    assert numbers("un-iccpr-1966-en.pdf", ARTICLE_EN) == expected
    assert "12" in [line.text for line in shared("un-iccpr-1966-en.pdf").lines]


def test_an_arabic_pdf_agrees_with_another_extraction_of_it() -> None:
    """The other one is in visual order throughout: its lines, read backwards, are the law."""
    source = DOCUMENTS / "ae-decree-law-39-2022-visual-order-text-ar.jsonl"
    records = [json.loads(line)["text"] for line in source.read_text("utf-8").splitlines()]
    other = " ".join(records)
    text = shared("ae-decree-law-39-2022-word2019-ar.pdf").text
    # Footers, which only the other one keeps, hold page numbers of one digit.
    figures = sorted(n for n in re.findall(r"\d+", text) if len(n) > 1)
    assert figures == sorted(n for n in re.findall(r"\d+", other) if len(n) > 1)
    # Ligatures are the one thing the other extraction leaves in reading order: leave them out.
    words = {w for w in re.findall("[\u0621-\u064a]{4,}", text) if not re.search("ل[اأإآم]|ي", w)}
    reversed_words = {word[::-1] for word in re.findall("[\u0621-\u064a]{4,}", other)}
    assert len(words & reversed_words) >= 0.9 * len(words)


def test_the_stretched_term_of_the_decree_law_is_mended() -> None:
    text = shared("ae-decree-law-39-2022-word2019-ar.pdf").text.replace("\u0640", "")
    assert "القائم على رعاية" in text
    assert not re.search("([\u0621-\u064a])\\1\\1", text)


def test_the_docx_keeps_footnotes_apart_and_counts_articles() -> None:
    document = shared("qa-penal-code-11-2004-en.docx")
    notes = [line for line in document.lines if line.kind is LineKind.FOOTNOTE]
    assert len(notes) == 20
    assert document.lines[-20:] == tuple(notes)
    assert len(set(numbers("qa-penal-code-11-2004-en.docx", ARTICLE_EN))) >= 396


def test_the_word_export_keeps_preamble_articles_and_notes_and_no_form_state() -> None:
    document = shared("qa-anti-trafficking-law-15-2011-word-export-ar.html")
    articles = {
        re.sub(r"\D.*", "", line.text[7:])
        for line in document.lines
        if line.text.startswith("المادة ")
    }
    assert {str(n) for n in range(1, 29)} <= articles
    assert "قررنا القانون الآتي" in document.text
    assert "VIEWSTATE" not in document.text
    assert max(map(len, document.text.split())) < 40


def test_the_portal_page_is_its_law_and_not_its_menus() -> None:
    text = shared("qa-almeezan-law-page-with-navigation-ar.html").text
    assert "قرار مجلس الوزراء رقم (51) لسنة 2014" in text
    assert "النظام السياسي" not in text
    assert len(text) < 1500


@pytest.mark.slow
def test_the_gazette_header_is_gone_and_persian_digits_are_kept() -> None:
    document = shared("eg-labour-law-14-2025-gazette-text-ar.pdf")
    assert sum("الجریدة الرسمیة" in line.text for line in document.lines) == 0
    assert "لسنة ۲۰۰۳" in document.text
    assert "لسنة ٢٠٢٥" in document.text
