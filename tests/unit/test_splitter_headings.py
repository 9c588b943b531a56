"""Article and chapter headings on one line."""

from __future__ import annotations

import pytest

from ingest.splitters.headings import (
    Style,
    article_heading,
    repealed_range,
    standalone_note,
    structure_heading,
)


@pytest.mark.parametrize(
    ("line", "number", "bis", "style"),
    [
        ("المادة الأولى", 1, None, Style.ALONE),
        ("مادة أولى", 1, None, Style.ALONE),
        ("مادة 1", 1, None, Style.ALONE),
        ("مادة (١)", 1, None, Style.ALONE),
        ("مادة ١:", 1, None, Style.ALONE),
        ("(المادة 5)", 5, None, Style.ALONE),
        ("مـــادة ( ٧ )", 7, None, Style.ALONE),  # stretched with tatweel
        ("المادة ) 64 (", 64, None, Style.ALONE),  # brackets not mirrored by the extractor
        ("مادة ٢٤ مكرر", 24, "", Style.ALONE),
        ("مادة 24 مكررًا", 24, "", Style.ALONE),
        ("مادة 24 مكرر (أ)", 24, "a", Style.ALONE),
        ("المادة 24 مكررا 1", 24, "1", Style.ALONE),
        ("مادة 237 مكرر « 1 أ ((( »", 237, "1a", Style.ALONE),
        ("المادة 4 - مكرراً 2", 4, "2", Style.ALONE),
        ("المادة الثانية عشرة بعد المائة: نص", 112, None, Style.SEPARATED),
        ("المادة ٣ ـ يعاقب", 3, None, Style.SEPARATED),  # a tatweel that is a dash
        ("المادة 1 (عدلت بموجب قانون 5/2020)في تطبيق", 1, None, Style.SEPARATED),
        ("Article 1", 1, None, Style.ALONE),
        ("ARTICLE II", 2, None, Style.ALONE),
        ("Article Twenty-One", 21, None, Style.ALONE),
        ("**Article 7**", 7, None, Style.ALONE),
        ("Art. 24 bis", 24, "", Style.ALONE),
        ("Article 145 (Bis/1)", 145, "1", Style.ALONE),
        ("Article 24A", 24, "a", Style.ALONE),
        ("Article 3 bis - Scope", 3, "", Style.SEPARATED),
        ("Article 3.", 3, None, Style.ALONE),
        ("Article 5 of this Convention", 5, None, Style.BARE),
        ("المادة 268 ، وهو عالم", 268, None, Style.BARE),
        ("Article 12, paragraph 2", 12, None, Style.BARE),
    ],
)
def test_article_heading(line: str, number: int, bis: str | None, style: Style) -> None:
    heading = article_heading(line)
    assert heading is not None
    assert (heading.number, heading.bis, heading.style) == (number, bis, style)


@pytest.mark.parametrize(
    "line",
    [
        "مادة أخرى تؤثر على قوى الشخص",
        "المواد",
        "Articles of war",
        "وفقاً للمادة 5",
        "Art is long",
        "",
    ],
)
def test_no_article_heading(line: str) -> None:
    assert article_heading(line) is None


def test_body_begins_after_number_note_and_separator() -> None:
    line = "المادة 5 (عدلت بموجب قانون 21/2024) تقوم الجهات"
    heading = article_heading(line)
    assert heading is not None
    assert heading.note is not None
    assert line[heading.body :] == "تقوم الجهات"
    assert line[slice(*heading.note)] == "(عدلت بموجب قانون 21/2024)"


@pytest.mark.parametrize(
    ("line", "keyword", "number", "title"),
    [
        ("الباب الأول", "باب", 1, None),
        ("الفصل الأول جرائم الأسواق", "فصل", 1, "جرائم الأسواق"),
        ("الباب الثاني: الجهات المختصة", "باب", 2, "الجهات المختصة"),
        ("الباب الأول — أحكام عامة", "باب", 1, "أحكام عامة"),
        ("القسم (٢)", "قسم", 2, None),
        ("الفصل الحادي والعشرون", "فصل", 21, None),
        ("BOOK ONE", "book", 1, None),
        ("Part II - General", "part", 2, "General"),
        ("Chapter 3. Penalties", "chapter", 3, "Penalties"),
    ],
)
def test_structure_heading(line: str, keyword: str, number: int, title: str | None) -> None:
    heading = structure_heading(line)
    assert heading is not None
    assert (heading.keyword, heading.number) == (keyword, number)
    assert (None if heading.title is None else line[heading.title :]) == title


@pytest.mark.parametrize(
    "line",
    [
        "الفصل في الدعوى، وشريطة ألا يؤثر",
        "الباب الثامن، كانت العقوبة الحبس",
        "الفصل الثاني من هذا القانون",
        "Part of the law",
        "Section 5 of this Act shall apply",
        "II. Protection",  # a Roman numeral counts only where the format marks a heading
    ],
)
def test_no_structure_heading(line: str) -> None:
    assert structure_heading(line) is None


def test_roman_heading_where_marked() -> None:
    heading = structure_heading("II. Protection", marked=True)
    assert heading is not None
    assert (heading.keyword, heading.number) == ("roman", 2)


def test_a_range_of_repealed_articles_is_one_heading_each() -> None:
    assert [h.number for h in repealed_range("المواد من ٤ إلى ٦ (ملغاة)")] == [4, 5, 6]
    assert [h.number for h in repealed_range("Articles 10 to 11 [Repealed]")] == [10, 11]
    assert repealed_range("المواد من 4 إلى 6 من قانون المرور") == ()
    assert repealed_range("Articles 1 to 9000 [Repealed]") == ()


def test_standalone_notes() -> None:
    assert standalone_note("(عدلت بموجب القانون رقم 5 لسنة 2020)")
    assert standalone_note("[As amended by Law No. 3 of 2010]")
    assert not standalone_note("(a) amended terms")
    assert not standalone_note("(ولا يجوز ذلك)")
