"""PDF: Arabic in reading order, numbers right, running lines gone, unsafe files refused."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfWriter

from ingest.readers import Limits, read
from search.errors import Unreadable
from tests.reader_files import arabic_pdf, english_pdf, glyph_pdf, scanned_pdf

ARTICLE = [
    "المادة (١٢)",
    "يعاقب بالحبس مدة لا تجاوز 3 سنوات وبغرامة قدرها 1,500 دينار كل من خالف أحكام هذا القانون",
    "الصادر في 17/3/2019 (الفقرة الأولى) ويُضاعف الجزاء إذا كان الجاني موظفًا عامًا.",
    "1- إذا وقع الفعل على قاصر لم يبلغ 18 سنة.",
]


@pytest.fixture
def saved(tmp_path: Path):
    def save(data: bytes, name: str = "law.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return save


def lines(path: Path) -> list[str]:
    return [line.text for line in read(path).lines if line.text]


def test_arabic_comes_in_reading_order_with_its_numbers_and_brackets(saved) -> None:
    assert lines(saved(arabic_pdf([ARTICLE]))) == ARTICLE


def test_english_lines_keep_their_page(saved) -> None:
    document = read(saved(english_pdf([["Article 1", "Nobody shall be held."], ["Article 2"]])))
    assert [(line.page, line.text) for line in document.lines if line.text] == [
        (1, "Article 1"),
        (1, "Nobody shall be held."),
        (2, "Article 2"),
    ]
    assert document.pages == 2


def test_a_ligature_glyph_of_several_letters_stays_in_reading_order(saved) -> None:
    # Visual order, left to right: reh, lam-alef ligature, qaf: قلار.
    letters = {1: "ر", 2: "لا", 3: "ق"}
    assert lines(saved(glyph_pdf("0001 0002 0003", letters))) == ["قلار"]


def test_a_stretching_glyph_mapped_to_a_letter_becomes_a_kashida(saved) -> None:
    letters = {1: "ة", 2: "ي", 3: "ق", 4: "ا", 5: "ع", 6: "ر"}
    codes = "0001 0002 0003 0003 0003 0004 0005 0006"
    assert lines(saved(glyph_pdf(codes, letters))) == ["رعاـــية"]


def test_running_lines_and_page_numbers_go_and_headings_stay(saved) -> None:
    pages = [
        ["Official Gazette No. 44", f"Article {n * 3}", f"Rule {n} holds here.", f"- {n} -"]
        for n in range(1, 6)
    ]
    text = read(saved(english_pdf(pages))).text
    assert "Gazette" not in text
    assert "- 3 -" not in text
    assert "Article 9" in text


def test_a_header_that_carries_the_page_number_goes_too(saved) -> None:
    pages = [[f"Page {n + 40} of the Gazette of 2019", f"Rule {n * 7} holds."] for n in range(1, 5)]
    assert lines(saved(english_pdf(pages))) == [f"Rule {n * 7} holds." for n in range(1, 5)]


def test_blank_lines_mark_the_gaps_between_paragraphs(saved) -> None:
    document = read(saved(english_pdf([["One rule.", "", "", "", "Another rule."]])))
    assert [line.text for line in document.lines] == ["One rule.", "", "Another rule."]


def refused(path: Path, **limits: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(path, Limits(**limits))
    assert path.name in str(caught.value)
    assert str(path.parent) not in str(caught.value)
    return caught.value


def test_pictures_are_refused_and_counted(saved) -> None:
    error = refused(saved(scanned_pdf(2)))
    assert error.reason == "no-text-layer"
    assert "all its pages" in str(error)


def test_one_picture_among_pages_of_text_is_named(saved) -> None:
    writer = PdfWriter()
    for data in (english_pdf([["Article 1 of the law holds."]]), scanned_pdf()):
        writer.append(io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    error = refused(saved(out.getvalue()))
    assert error.reason == "no-text-layer"
    assert "page 2" in str(error)


def test_glyphs_without_letters_are_refused(saved) -> None:
    private = {code: chr(0xE000 + code) for code in range(1, 30)}
    codes = " ".join(f"{code:04X}" for code in range(1, 30))
    assert refused(saved(glyph_pdf(codes, private))).reason == "garbled-text"


def test_columns_of_running_text_are_refused(saved) -> None:
    left = "the first column speaks here"
    right = "the second one says other things"
    page = [f"{left}                    {right}"] * 20
    error = refused(saved(english_pdf([page])))
    assert (error.reason, "columns" in str(error)) == ("garbled-text", True)


def test_terms_beside_their_definitions_are_no_columns(saved) -> None:
    page = [
        f"Term {n}            means a thing that the law describes in many words" for n in range(20)
    ]
    assert read(saved(english_pdf([page]))).pages == 1


def test_false_digits_show_in_the_years(saved) -> None:
    page = [f"القانون رقم {n} لسنة 3002 بشأن العمل" for n in range(2, 9)]
    error = refused(saved(arabic_pdf([page])))
    assert error.reason == "garbled-text"
    assert "3002" in str(error)


def test_numbers_two_readers_see_differently_are_refused(saved, monkeypatch) -> None:
    from ingest.readers import pdf

    monkeypatch.setattr(pdf, "_second_opinions", lambda data: [pdf._Opinion("Article 21", 0.0)])
    error = refused(saved(english_pdf([["Article 12"]])))
    assert error.reason == "garbled-text"
    assert "numbers of page 1" in str(error)


def test_too_many_pages(saved) -> None:
    path = saved(english_pdf([["one"], ["two"], ["three"]]))
    assert refused(path, pages=2).reason == "too-long"


@pytest.mark.slow
def test_a_page_printed_by_a_browser(tmp_path: Path) -> None:
    """Another producer: a real shaping engine, its own ToUnicode maps and bracket habits."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    page, printed = tmp_path / "law.html", tmp_path / "law.pdf"
    body = "".join(f"<p>{line}</p>" for line in ARTICLE)
    page.write_text(
        f"<html dir=rtl lang=ar><meta charset=utf-8><body style='font:16px DejaVu Sans'>{body}",
        encoding="utf-8",
    )
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=60)
    assert " ".join(lines(printed)).replace("1 - ", "1- ") == " ".join(ARTICLE)
