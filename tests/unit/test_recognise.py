"""What a file is recognised as, and what it is not mistaken for."""

from __future__ import annotations

import pytest

from ingest.bundle_schema import RegisterEntry
from ingest.document import Document, LineKind, document_of
from ingest.recognise import recognise
from ingest.sidecar import Given
from search.errors import Unreadable

REGISTER = (
    RegisterEntry.model_validate(
        {
            "id": "kw-law-2001-77",
            "kind": "statute",
            "title": {"ar": "القانون رقم 77 لسنة 2001 بشأن المنارات", "en": "Lighthouse Law"},
            "jurisdiction": "kw",
            "number": "77",
            "year": 2001,
            "recognise": ["قانون رقم 77 لسنة 2001 بشأن المنارات", "Law No. 77 of 2001"],
        }
    ),
    RegisterEntry.model_validate(
        {
            "id": "un-protocol-1999-lighthouses",
            "kind": "treaty",
            "title": {"ar": "بروتوكول المنارات", "en": "Protocol on Shared Lighthouses"},
            "jurisdiction": "un",
            "year": 1999,
            "recognise": ["Protocol on Shared Lighthouses"],
        }
    ),
)
ARTICLES_AR = "\nمادة 1\nتضاء المنارات ليلاً.\nمادة 2\nيعمل بهذا القانون."
ARTICLES_EN = "\nArticle 1\nLights burn at night.\nArticle 2\nThis text enters into force."


def text(content: str, title: str | None = None) -> Document:
    rows: list[tuple[str, int | None, LineKind, int | None]] = [
        (line, None, LineKind.TEXT, None) for line in content.split("\n")
    ]
    return document_of(rows, title=title)


def test_a_known_law_by_its_title_with_other_digits_and_brackets() -> None:
    found = recognise(
        text("قانون رقم (٧٧) لسنة ٢٠٠١ بشأن المنارات" + ARTICLES_AR), "a.pdf", REGISTER
    )
    assert (found.work, found.kind, found.authority) == ("kw-law-2001-77", "statute", "official")
    assert (found.number, found.year, found.language) == ("77", 2001, "ar")
    assert not found.confirmed
    assert found.reasons


def test_a_cited_law_does_not_win() -> None:
    content = (
        "قانون رقم 5 لسنة 2015 بشأن القوارب\nدولة الكويت\nبعد الاطلاع على الدستور،\n"
        "وعلى القانون رقم 77 لسنة 2001 بشأن المنارات،" + ARTICLES_AR
    )
    found = recognise(text(content), "a.txt", REGISTER)
    assert (found.work, found.number, found.year) == ("kw-law-2015-5", "5", 2015)


def test_an_unnumbered_text_that_cites_a_known_law_is_named_by_its_file() -> None:
    content = "السياسة الوطنية للمرافئ\nتستند إلى:\nقانون رقم 77 لسنة 2001 بشأن المنارات"
    found = recognise(text(content), "ports policy.txt", REGISTER)
    assert (found.work, found.kind) == ("xx-file-ports-policy", "plan")


def test_english_of_an_arabic_state_is_a_translation() -> None:
    found = recognise(text("Law No. 77 of 2001" + ARTICLES_EN), "a.txt", REGISTER)
    assert (found.work, found.authority) == ("kw-law-2001-77", "translation")


def test_a_treaty_is_official_in_english() -> None:
    found = recognise(text("PROTOCOL on Shared Lighthouses" + ARTICLES_EN), "a.txt", REGISTER)
    assert (found.work, found.kind) == ("un-protocol-1999-lighthouses", "treaty")
    assert found.authority == "official"


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("مرسوم بقانون اتحادي رقم 39 لسنة 2012 في شأن الطيور", "ae-decree-law-2012-39"),
        ("دولة قطر\nقانون رقم (8) لسنة 2011 بشأن الخيل", "qa-law-2011-8"),
        ("المملكة العربية السعودية\nمرسوم ملكي رقم م/40 بتاريخ 21/7/1430", "sa-decree-1430-40"),
        ("State of Kuwait\nDecree-Law No. 12 of 2019", "kw-decree-law-2019-12"),
        ("قانون رقم 3 لسنة 1999 بشأن النخيل", "xx-law-1999-3"),  # no country is named
    ],
)
def test_number_year_and_country(title: str, work: str) -> None:
    body = ARTICLES_AR if any(c > "\u0600" for c in title) else ARTICLES_EN
    assert recognise(text(title + body), "a.txt").work == work


def test_what_is_given_wins() -> None:
    given = Given(instrument="kw-law-1990-9", language="ar", authority="digest", kind="statute")
    found = recognise(text("Law No. 77 of 2001" + ARTICLES_EN), "a.txt", REGISTER, given)
    assert (found.work, found.language, found.authority) == ("kw-law-1990-9", "ar", "digest")
    assert found.confirmed
    assert found.reasons == ()


def test_a_judgment_by_its_formulas() -> None:
    content = "باسم صاحب السمو أمير الكويت\nمحكمة التمييز\nالطعن رقم 4 لسنة 2000\nحكمت المحكمة"
    assert recognise(text(content), "a.txt").kind == "judgment"


def test_half_and_half_is_refused_with_advice() -> None:
    content = (
        "نص عربي طويل عن المنارات والسفن. " * 20 + "An English text on lights and ships. " * 20
    )
    with pytest.raises(Unreadable, match="one file a language") as refused:
        recognise(text(content), "both.txt")
    assert refused.value.reason == "mixed-language"


def test_no_letters_at_all() -> None:
    with pytest.raises(Unreadable) as refused:
        recognise(text("123 456"), "numbers.txt")
    assert refused.value.reason == "empty"


def test_an_arabic_file_name_gives_a_valid_id() -> None:
    from search.identifiers import parse_work

    assert parse_work(recognise(text("نص بلا عنوان"), "خطة.txt").work)
