"""Both languages say everything, with the right plurals, digits and dates."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Formatter

import pytest

from search import errors
from search.model import (
    Authority,
    Confidence,
    Fine,
    Imprisonment,
    Kind,
    Language,
    SectionKind,
    Speaker,
    TreatmentKind,
)
from web import i18n
from web.render import Words

AR, EN = Language.AR, Language.EN
TEMPLATES = Path(i18n.__file__).parent / "templates"
PREFIXES = {
    "authority": Authority,
    "confidence": Confidence,
    "kind": Kind,
    "lang": Language,
    "section": SectionKind,
    "speaker": Speaker,
    "treatment": TreatmentKind,
}


def test_both_catalogues_have_the_same_keys() -> None:
    assert set(i18n.CATALOGUES[AR]) == set(i18n.CATALOGUES[EN])


@pytest.mark.parametrize("key", sorted(i18n.CATALOGUES[EN]))
def test_both_wordings_take_the_same_values(key: str) -> None:
    wordings = [i18n.CATALOGUES[language][key] for language in (AR, EN)]
    if isinstance(wordings[0], str):
        fields = [{f for _, f, _, _ in Formatter().parse(str(w)) if f} for w in wordings]
        assert fields[0] == fields[1]
        assert all(wordings)
    else:
        for language, forms in zip((AR, EN), wordings, strict=True):
            assert isinstance(forms, dict)
            assert set(forms) == set(i18n.PLURAL_FORMS[language])


def test_every_message_a_template_names_exists() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    named = set(re.findall(r'w\.[tn]\("([a-z0-9._-]+)"[,)]', text))
    assert len(named) > 80
    assert named <= set(i18n.CATALOGUES[EN])


def test_every_value_of_the_model_has_a_name() -> None:
    for prefix, enum in PREFIXES.items():
        for value in enum:
            assert f"{prefix}.{value}" in i18n.CATALOGUES[EN]


def test_every_error_has_a_sentence() -> None:
    kinds = [c for c in vars(errors).values() if isinstance(c, type)]
    codes = {c.code for c in kinds if issubclass(c, errors.TamyeezError)}
    assert len(codes) > 10
    assert {f"error.{code}" for code in codes} <= set(i18n.CATALOGUES[AR])


def test_arabic_messages_are_arabic() -> None:
    for key, wording in i18n.CATALOGUES[AR].items():
        shown = wording if isinstance(wording, str) else wording["other"]
        bare = re.sub(r"\{\w+\}|—", "", shown)
        if bare.strip(" ،") and key != "switch":
            assert re.search("[ء-ي]", bare), key


@pytest.mark.parametrize(
    ("n", "says"),
    [
        (0, "لا مواد"),
        (1, "مادة واحدة"),
        (2, "مادتان"),
        (3, "٣ مواد"),
        (10, "١٠ مواد"),
        (11, "١١ مادة"),
        (99, "٩٩ مادة"),
        (100, "١٠٠ مادة"),
        (103, "١٠٣ مواد"),
        (1234, "١٬٢٣٤ مادة"),
    ],
)
def test_arabic_counts(n: int, says: str) -> None:
    assert i18n.count(AR, "count.provisions", n) == says


def test_english_counts() -> None:
    says = [i18n.count(EN, "count.provisions", n) for n in (0, 1, 2, 1234)]
    assert says == ["0 provisions", "1 provision", "2 provisions", "1,234 provisions"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("المادة 24 مكرر، القانون رقم 91 لسنة 2013", "المادة ٢٤ مكرر، القانون رقم ٩١ لسنة ٢٠١٣"),
        ("القانون 91/2013", "القانون ٩١/٢٠١٣"),
        ("معرّفه kw-law-2013-91/art-2", "معرّفه kw-law-2013-91/art-2"),  # ids stay
        ("ISO9001 و v2", "ISO9001 و v2"),  # a Latin name keeps its digits
    ],
)
def test_digits_of_labels(text: str, says: str) -> None:
    assert i18n.digits(AR, text) == says
    assert i18n.digits(EN, text) == text


@pytest.mark.parametrize(
    ("text", "ar", "en"),
    [
        ("2021-05-30، 7/2018", "٣٠ مايو ٢٠٢١، ٧/٢٠١٨", "30 May 2021، 7/2018"),
        ("kw-2020-05 a-2020-05", "kw-2020-05 a-2020-05", "kw-2020-05 a-2020-05"),
    ],
)
def test_titles_are_made_readable(text: str, ar: str, en: str) -> None:
    assert (i18n.readable(AR, text), i18n.readable(EN, text)) == (ar, en)


@pytest.mark.parametrize(
    ("path", "ar", "en"),
    [
        ("par-2", "الفقرة ٢", "paragraph 2"),
        ("par-1/pt-b", "الفقرة ١، البند ب", "paragraph 1, point b"),
        ("odd-1", "odd-1", "odd-1"),
    ],
)
def test_clauses_have_names(path: str, ar: str, en: str) -> None:
    assert (i18n.clause(AR, path), i18n.clause(EN, path)) == (ar, en)


@pytest.mark.parametrize(
    ("value", "ar", "en"),
    [
        (dt.date(2013, 3, 17), "١٧ مارس ٢٠١٣", "17 March 2013"),
        ("2013-03", "مارس ٢٠١٣", "March 2013"),
        ("2013", "٢٠١٣", "2013"),
        ("2013-13-01", "2013-13-01", "2013-13-01"),  # no month 13: shown as it is
        ("spring 2013", "spring ٢٠١٣", "spring 2013"),
    ],
)
def test_dates(value: dt.date | str, ar: str, en: str) -> None:
    assert (i18n.date(AR, value), i18n.date(EN, value)) == (ar, en)


@pytest.mark.parametrize(
    ("term", "ar", "en"),
    [
        (Imprisonment(180, 180), "١٥ سنة", "15 years"),
        (Imprisonment(36, 60), "من ٣ سنوات إلى ٥ سنوات", "3 years to 5 years"),
        (Imprisonment(max_months=6), "حتى ٦ أشهر", "up to 6 months"),
        (Imprisonment(min_months=24), "لا يقل عن سنتين", "at least 2 years"),
        (Imprisonment(120, 120, life=True), "١٠ سنوات أو مؤبد", "10 years or life"),
        (Imprisonment(death=True), "الإعدام", "death"),
    ],
)
def test_terms_of_imprisonment(term: Imprisonment, ar: str, en: str) -> None:
    assert (Words(AR).imprisonment(term), Words(EN).imprisonment(term)) == (ar, en)


@pytest.mark.parametrize(
    ("fine", "en"),
    [
        (Fine(5000, 10000, "foreigner"), "KD 5,000 to 10,000 for each foreigner"),
        (Fine(500, 500), "KD 500"),
        (Fine(min_kwd=500), "at least KD 500"),
        (Fine(max_kwd=500), "up to KD 500"),
        (Fine(per="worker"), "for each worker"),
    ],
)
def test_fines(fine: Fine, en: str) -> None:
    assert Words(EN).fine(fine) == en


def test_an_error_is_told_from_the_catalogue_with_its_details() -> None:
    error = errors.QueryTooLong("…", limit=4000)
    assert "4,000 characters" in i18n.error_sentence(EN, error)
    assert "٤٬٠٠٠ حرف" in i18n.error_sentence(AR, error)


def test_an_error_without_its_detail_is_told_all_the_same() -> None:
    error = errors.QueryTooLong("The query is too long by far.")
    assert i18n.error_sentence(EN, error) == "The query is too long by far."
    assert i18n.error_sentence(AR, error) == i18n.message(AR, "error.error")


def test_an_unnamed_error_of_the_server_does_not_show_its_own_sentence() -> None:
    class Odd(errors.TamyeezError):
        code = "odd"

    assert "/srv" not in i18n.error_sentence(EN, Odd("Broken: /srv/secret"))
