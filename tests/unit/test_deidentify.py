"""Masking of names, numbers and addresses, one situation a test; every person is made up."""

from __future__ import annotations

import pytest

from ingest.deidentify import Masker
from ingest.deidentify.people import key_of
from ingest.document import Document, LineKind, document_of
from search.model import Language
from tests.deidentify.measure import MAX_OVER_MASKING, PROTECTED, measure

AR, EN = Language.AR, Language.EN


def masked(text: str, language: Language = AR) -> str:
    return Masker(text, language).mask(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a role announces a name that no list knows
        ("المجني عليها روميلدا باتونغبال حضرت", "المجني عليها [المجني عليها ١] حضرت"),
        # what is joined to a name stays before the placeholder
        (
            "شهدت المجني عليها فاطمة العنزي، وسلم المبلغ لفاطمة وللعنزي",
            "شهدت المجني عليها [المجني عليها ١]، وسلم المبلغ ل[المجني عليها ١] ول[المجني عليها ١]",
        ),
        # compound names in one word or two
        ("المتهم عبد الرحمن أبو بكر نور الدين أنكر", "المتهم [المتهم ١] أنكر"),
        # two persons joined by waw
        (
            "المتهمان فهد المطيري وشويش الغضوري أنكرا",
            "المتهمان [المتهم ١] و[المتهم ٢] أنكرا",
        ),
        # a name that somebody took out before us
        ("الأستاذ / ... المحامي قرر بالطعن", "الأستاذ / ... المحامي قرر بالطعن"),
        # public bodies and places that bear names
        ("نقلت إلى مستشفى مبارك الكبير", "نقلت إلى مستشفى مبارك الكبير"),
    ],
)
def test_arabic_names_become_placeholders(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "كان رضا المجني عليها وليد إكراه",
        "يفترض حسن النية في المتهم",
        "على أمل أن يرد المبلغ وفاء لدينه",
        "عملا بالمادة 2 من القانون رقم 91 لسنة 2013",
        "الطعن رقم 345 لسنة 2018 جزائي/1 جلسة 3/3/2019",
        "تغريم المتهم 50000 دينار",
    ],
)
def test_words_of_law_stay(text: str) -> None:
    assert masked(text) == text


def test_a_word_that_is_a_name_here_is_masked_where_it_is_the_name() -> None:
    text = "المجني عليها أمل الشمري حضرت. وأكدت أمل أنها حبست، على أمل الرجوع."
    assert masked(text).count("أمل") == 1
    assert "على أمل الرجوع" in masked(text)


def test_spellings_in_latin_letters_are_one_person() -> None:
    text = "The victim Fatima Al-Enezi came. Fatmah said so. Later Fatma left."
    assert (
        masked(text, EN) == "The victim [Victim 1] came. [Victim 1] said so. Later [Victim 1] left."
    )
    assert key_of("fatima") == key_of("fatmah") == key_of("فاطمه")


def test_a_name_in_the_other_script_is_the_same_person() -> None:
    text = "المجني عليها ماريا سانتوس (Maria Santos) حضرت"
    assert masked(text) == "المجني عليها [المجني عليها ١] ([المجني عليها ١]) حضرت"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("رقمها المدني 285010112345", "285010112345"),
        ("رقمه المدني ٢٨٥٠١٠١١٢٣٤٥", "٢٨٥٠١٠١١٢٣٤٥"),
        ("هاتفه +965 99887766", "99887766"),
        ("جواز السفر رقم P1234567A", "P1234567"),
        ("سيارة تحمل لوحة رقم 12/34567", "34567"),
        ("حسابه someone@example.com", "someone"),
        ("مسكنه قطعة 5 شارع 10 منزل 12", "منزل 12"),
        ("من مواليد 4/5/2009", "4/5/2009"),
        ("lives at Block 5, Street 10, House 12", "House 12"),
        ("IBAN KW81CBKU0000000000001234560101", "CBKU"),
    ],
)
def test_private_numbers_and_addresses_go(text: str, gone: str) -> None:
    result = masked(text, EN if text.isascii() else AR)
    assert gone not in result
    assert "[" in result


def test_the_same_number_has_the_same_placeholder() -> None:
    text = "اتصل من 99887766 ثم من 99887755 ثم من 99887766"
    assert masked(text) == "اتصل من [رقم هاتف ١] ثم من [رقم هاتف ٢] ثم من [رقم هاتف ١]"


def test_a_document_keeps_its_lines_and_pages() -> None:
    lines = [("المجني عليها فاطمة", 1), ("العنزي حضرت", 2), ("", 2), ("وسئلت فاطمة", 3)]
    document = document_of(
        [(text, page, LineKind.TEXT, None) for text, page in lines], title="فاطمة"
    )
    result = Masker(document.text, AR).mask_document(document)
    assert [line.page for line in result.lines] == [1, 2, 2, 3]
    assert "فاطمة" not in result.text
    assert "العنزي" not in result.text
    assert result.title == "[المجني عليها ١]"
    assert_offsets(result)


def assert_offsets(document: Document) -> None:
    for line in document.lines:
        assert document.text[line.start : line.end] == line.text


def test_a_file_name_that_names_a_person_is_noticed() -> None:
    masker = Masker("المجني عليها فاطمة العنزي حضرت", AR)
    assert masker.holds_name("folder/قضية-فاطمة.txt")
    assert masker.holds_name("folder/fatma_case.txt")
    assert not masker.holds_name("folder/judgment-12.txt")


def test_five_hundred_planted_persons_do_not_leak() -> None:
    score = measure()
    assert score.persons >= 500
    assert score.held_out / score.persons >= 1 / 3
    assert {role: score.leaks(role) for role in PROTECTED} == {"victim": 0, "minor": 0}
    assert sum(score.leaked.values()) <= sum(score.planted.values()) * 0.005
    assert score.over_masking < MAX_OVER_MASKING
