"""What is said in so many words is read so, in both languages; and decides nothing by itself."""

from __future__ import annotations

import numpy as np
import pytest

from search.distinction.clauses import split_facts
from search.distinction.plain_words import CHANCE, plainly_said, raised
from search.distinction.results import Distinction, Status
from search.distinction.signals import ClauseScores
from tests.distinction_home import engine

TOLD = {
    "en": "He took the woman's passport on arrival, locked her in at night and made her work in "
    "four houses without pay; when she asked to leave he threatened to report her as absconding.",
    "ar": "أخذ صاحب المنزل جواز العاملة عند وصولها وأقفل عليها الباب ليلاً وشغلها في أربعة بيوت "
    "بلا أجر، وكلما طلبت الرجوع إلى أهلها هددها ببلاغ تغيب.",
}


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("and forced her to work in four houses", "forced-work"),
        ("they were compelled to clean at night", "forced-work"),
        ("وأُجبرت على العمل في المزرعة", "forced-work"),
        ("شغّلها في بيوت أقاربه دون أجر", "forced-work"),
        ("يشغلونهم غصب", "forced-work"),
        ("the sponsor confiscated their passports", "documents-kept"),
        ("احتجز الكفيل جوازات العمال", "documents-kept"),
        ("locked her inside", "confinement"),
        ("ومنعها من الخروج", "confinement"),
        ("threatened her with deportation", "threat-authority"),
        ("وهدّدها بالترحيل", "threat-authority"),
        ("eighteen hours a day", "excess-hours"),
        ("ثماني عشرة ساعة يومياً", "excess-hours"),
        ("forced her into prostitution", "sexual-exploitation"),
        ("أكرهها على ممارسة الدعارة", "sexual-exploitation"),
        ("sold them residence permits", "permit-sold"),
        ("يبيع الإقامات", "permit-sold"),
        ("he beat her", "violence"),
        ("ضربها بالعقال", "violence"),
        ("a 15-year-old girl", "child"),
        ("has not paid her for a year", "wages-unpaid"),
        ("وما دفعت لها راتب من سنة", "wages-unpaid"),
        ("from 5 am to midnight", "excess-hours"),
        ("من الفجر لنص الليل", "excess-hours"),
        ("وتحبسها في البيت", "confinement"),
        ("forced them to receive customers", "sexual-exploitation"),
        ("women come of their own will to receive clients", "prostitution-own"),
        ("تتردد عليها نساء بإرادتهن لاستقبال الزبائن", "prostitution-own"),
        ("تدير المتهمة شقة لاستقبال الزبائن", "prostitution-run"),
        ("we can leave whenever we like", "free-to-leave"),
        ("العامل يخرج متى شاء", "free-to-leave"),
        ("offered a debtor ten thousand for his kidney", "organ-removal"),
    ],
)
def test_plain_words(words: str, signal: str) -> None:
    assert signal in plainly_said(words)


@pytest.mark.parametrize(
    "words",
    [
        "Did he force her to work, and did he take her passport?",
        "Q: Has anyone held your passport",
        "س: هل أجبرك على العمل",
        "هل أخذ جوازك",
        "she works in an office and is paid on time",
        "تعمل في مكتب وتُدفع أجورها في موعدها",
        "",
    ],
)
def test_a_question_and_an_ordinary_sentence_say_nothing(words: str) -> None:
    assert plainly_said(words) == []


def test_a_score_is_raised_and_never_lowered() -> None:
    facts = split_facts("He took her passport. She waited. He took his passport.")
    signals = ("documents-kept", "forced-work")
    scores = ClauseScores(
        np.array([[0.1, 0.3], [0.2, 0.1], [0.9, 0.0]], dtype=np.float32),
        np.full((3, 3), 1 / 3, dtype=np.float32),
    )
    made = raised(scores, facts, signals)
    wanted = [[CHANCE, 0.3], [0.2, 0.1], [0.9, 0.0]]
    assert np.allclose(made.signals, wanted)
    assert scores.signals[0, 0] == np.float32(0.1)  # what is weighed stays as it was


@pytest.mark.parametrize("language", TOLD)
def test_facts_told_plainly_make_out_every_element(language: str) -> None:
    read = engine().analyse(TOLD[language])
    first = read.offences[0]
    assert (read.primary, first.id) == ("trafficking", "trafficking")
    assert {element.id: element.status for element in first.elements} == dict.fromkeys(
        ("act", "means", "purpose", "intent"), Status.MET
    )
    for element in first.elements:
        for evidence in element.evidence:
            assert TOLD[language][evidence.start : evidence.end] == evidence.text


def _status(read: Distinction, offence: str, element: str) -> Status:
    (found,) = (each for each in read.offences if each.id == offence)
    return next(each.status for each in found.elements if each.id == element)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody forced her to work. She was paid every month and went out as she liked.",
        "لم يجبرها أحد على العمل، وكانت تقبض راتبها كل شهر وتخرج متى شاءت.",
    ],
)
def test_what_is_denied_in_plain_words_is_not_met(text: str) -> None:
    read = engine().analyse(text)
    assert _status(read, "trafficking", "purpose") is not Status.MET


def test_nothing_of_prostitution_is_named_where_none_is_told() -> None:
    reached = engine().reach(TOLD["en"]).by_provision
    assert reached["kw-law-2013-91/art-2"].is_told
    assert not reached["kw-law-1960-16/art-201"].is_told


def test_an_offence_whose_act_is_not_told_lifts_its_articles_less() -> None:
    reach = engine().reach(TOLD["en"])
    forced, prostitution = "kw-law-2013-91/art-2", "kw-law-1960-16/art-201"
    assert reach.supports[forced] == reach.by_provision[forced].support
    assert 0 < reach.supports[prostitution] < 0.5 * reach.by_provision[prostitution].support
