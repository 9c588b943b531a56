"""PDF: Arabic in reading order, numbers right, running lines gone, unsafe files refused."""

from __future__ import annotations

import io
import pickle
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfWriter, Transformation

from ingest.readers import Limits, UnreadablePages, read
from ingest.readers.page_glyphs import GlyphReader
from ingest.readers.page_model import Glyph
from ingest.readers.second_reading import missed, same_numbers, turned_numbers
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


def test_a_stretching_bar_mapped_to_a_letter_becomes_a_kashida() -> None:
    # Flat, and three in a row: no qaf. A qaf that has its height stays one.
    reader = GlyphReader()
    glyphs = [_letter("ق", at, height=1.0) for at in range(3)] + [_letter("ق", 3, height=7.0)]
    reader._set_bars(glyphs)
    assert [glyph.text for glyph in glyphs] == ["\u0640", "\u0640", "\u0640", "ق"]


def _letter(text: str, at: int, height: float) -> Glyph:
    return Glyph(text, 5.0 * at, 5.0 * at + 5, 0.0, 14.0, (5.0 * at, 5.0 * at + 5, 0.0, height))


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


def test_columns_are_read_one_after_the_other(saved) -> None:
    left = [f"the first column says {n} and more words" for n in range(20)]
    right = [f"the second one answers {n} in other words" for n in range(20, 40)]
    page = [f"{one}{' ' * 40}{other}" for one, other in zip(left, right, strict=True)]
    assert lines(saved(english_pdf([page]))) == left + right


def test_arabic_columns_begin_on_the_right(saved) -> None:
    right = [f"العمود الأول يقول {n} في كلمات أخرى كثيرة" for n in range(20)]
    left = [f"العمود الثاني يجيب {n} من كلمات أخرى كثيرة" for n in range(20, 40)]
    page = [f"{one}{' ' * 40}{other}" for one, other in zip(right, left, strict=True)]
    assert lines(saved(arabic_pdf([page]))) == right + left


def test_a_page_that_lies_on_its_side_is_read_upright(saved) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(arabic_pdf([ARTICLE])))
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    page.add_transformation(Transformation().rotate(90).translate(height, 0))
    page.mediabox.upper_right = page.cropbox.upper_right = (height, width)
    page.rotation = 90
    out = io.BytesIO()
    writer.write(out)
    assert lines(saved(out.getvalue())) == ARTICLE


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

    monkeypatch.setattr(pdf, "logical_lines", lambda lines: ["Article 21 of the law of 2013"])
    error = refused(saved(english_pdf([["Article 12 of the law of 2013"]])))
    assert error.reason == "garbled-text"
    assert "numbers of page 1" in str(error)


def test_the_pages_that_need_recognising_are_named_and_may_be_given(saved) -> None:
    writer = PdfWriter()
    for data in (english_pdf([["Article 1 of the law holds."]]), scanned_pdf()):
        writer.append(io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    path = saved(out.getvalue())
    with pytest.raises(UnreadablePages) as caught:
        read(path)
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.pages, error.total, error.reason) == ((2,), 2, "no-text-layer")
    document = read(path, recognised={2: ["Article 2 of the law holds."]})
    assert [(line.page, line.text) for line in document.lines if line.text] == [
        (1, "Article 1 of the law holds."),
        (2, "Article 2 of the law holds."),
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "marks", "same"),
    [
        ("Article 12", "Article 12", [], True),
        ("Article 12", "Article 21", [], False),
        ("Article 5", "Article 51", ["1"], True),  # a footnote mark glued to it
        ("Article 5", "Article 52", ["1"], False),
        ("2\nof 2023", "of 22023", [], True),  # a page number glued to a year
        ("the 2 of 2023", "the 22023", [], False),
    ],
)
def test_two_readings_of_a_page_must_hold_thesame_numbers(ours, theirs, marks, same) -> None:
    assert same_numbers(ours, theirs, marks) is same


@pytest.mark.parametrize(
    ("ours", "theirs", "turned"),
    [
        ("Article 12 of 2013", "Article 21 of 2013", True),
        ("Article 12 of 2013", "Article 21 of 3102", False),  # the whole page, by pdfium
        ("Article 12 of 2013", "Article 12 of 2013", False),
        ("Article 11 of 23", "Article 11 of 32", False),  # 11 tells nothing
    ],
)
def test_a_single_number_back_to_front_is_told_from_a_page_of_them(ours, theirs, turned) -> None:
    assert turned_numbers(ours, theirs) is turned


@pytest.mark.parametrize(
    ("ours", "theirs", "letters"),
    [
        (["a rule", "holds"], "holds a rule", 0),
        (["a rule"], "a rule holds", 5),
        (["a rule holds", "holds"], "a rule holds", 5),
        (["رعـــاية"], "رعقققاية", 0),  # bars that the font calls qaf
        (["رعاية"], "رعقققاية", 3),
    ],
)
def test_letters_that_only_one_reading_holds_are_counted(ours, theirs, letters) -> None:
    assert missed(ours, theirs) == letters


def test_a_page_whose_letters_went_missing_is_refused(saved, monkeypatch) -> None:
    from ingest.readers import pdf

    monkeypatch.setattr(pdf, "logical_lines", lambda lines: ["Article 12"])
    page = ["Article 12", "Nobody shall be held in slavery or servitude."]
    error = refused(saved(english_pdf([page])))
    assert error.reason == "garbled-text"
    assert "letters of page 1" in str(error)


def test_glyphs_that_the_file_gives_no_letters_for_are_refused(saved) -> None:
    codes = " ".join(f"{code:04X}" for code in range(1, 40))
    error = refused(saved(glyph_pdf(codes, dict.fromkeys(range(1, 20), "x"))))
    assert error.reason == "garbled-text"
    assert "without a letter map" in str(error)


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
