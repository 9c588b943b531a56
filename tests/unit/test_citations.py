from __future__ import annotations

import pytest

from search.citations import (
    WorkNames,
    build_work_names,
    find_citations,
    is_whole_query,
    remainder,
)
from search.model import Bilingual, Instrument, Kind
from search.results import CitationStatus


def work(
    identifier: str,
    ar: str,
    number: str | None,
    year: int,
    *aliases: str,
    jurisdiction: str = "kw",
) -> Instrument:
    return Instrument(
        identifier, Kind.STATUTE, Bilingual(ar=ar), jurisdiction, number, year, aliases
    )


NAMES = build_work_names(
    [
        work("kw-law-2013-91", "القانون رقم 91 لسنة 2013", "91", 2013, "Trafficking Law"),
        work(
            "kw-law-1960-16", "القانون رقم 16 لسنة 1960", "16", 1960, "قانون الجزاء", "Penal Code"
        ),
        work("kw-law-2010-6", "القانون رقم 6 لسنة 2010", "6", 2010, "قانون العمل", "Labour Law"),
        work("kw-decree-law-2024-114", "مرسوم الإقامة", "114", 2024, "قانون الإقامة"),
        work("kw-decree-1959-17", "مرسوم أجانب", "17", 1959, "قانون الإقامة"),
        work(
            "qa-law-2004-11",
            "القانون رقم 11 لسنة 2004",
            "11",
            2004,
            "Penal Code",
            "قانون العمل",
            jurisdiction="qa",
        ),
    ]
)


def ids(text: str, context: str | None = None, names: WorkNames = NAMES) -> list[str | None]:
    return [c.provision or c.instrument for c in find_citations(text, names, context)]


def test_this_law_needs_to_know_which_law_is_read() -> None:
    assert ids("المادة 2 من هذا القانون") == [None]
    assert ids("المادة 2 من هذا القانون", "kw-law-2013-91") == ["kw-law-2013-91/art-2"]
    assert ids("article 2 of this Law", "kw-law-2013-91") == ["kw-law-2013-91/art-2"]


def test_an_article_alone_means_the_law_being_read_and_else_nothing() -> None:
    assert ids("المبين في المادة 1", "kw-law-2013-91") == ["kw-law-2013-91/art-1"]
    assert ids("المادة 5 من اللائحة", "kw-law-2013-91") == [None]
    [alone] = find_citations("المادة 18", NAMES)
    assert alone.status is CitationStatus.UNKNOWN
    assert alone.choices == ()


def test_a_context_that_no_register_knows_gives_nothing() -> None:
    assert ids("المادة 2 من هذا القانون", "kw-law-2099-1") == [None]


def test_the_same_law_is_the_only_one_cited_so_far() -> None:
    one = "المادة 2 من القانون رقم 91 لسنة 2013 والمادة 3 من ذات القانون"
    assert ids(one) == ["kw-law-2013-91/art-2", "kw-law-2013-91/art-3"]
    two = "القانون 91/2013 وقانون الجزاء. المادة 3 من ذات القانون"
    assert [c.choices for c in find_citations(two, NAMES)] == [
        (),
        (),
        ("kw-law-1960-16/art-3", "kw-law-2013-91/art-3"),
    ]


def test_an_alias_of_two_laws_is_ambiguous_with_the_newer_first() -> None:
    [found] = find_citations("المادة 18 من قانون الإقامة", NAMES)
    assert found.status is CitationStatus.AMBIGUOUS
    assert found.choices == ("kw-decree-law-2024-114/art-18", "kw-decree-1959-17/art-18")
    assert found.provision is None


def test_a_year_or_number_decides_between_two_laws_of_one_name() -> None:
    assert ids("قانون الإقامة لسنة 2024") == ["kw-decree-law-2024-114"]
    assert ids("قانون الإقامة رقم 17 لسنة 1959") == ["kw-decree-1959-17"]


def test_a_name_means_the_law_of_home_unless_a_country_is_named() -> None:
    assert ids("Article 5 of the Penal Code") == ["kw-law-1960-16/art-5"]
    assert ids("Article 5 of the Qatari Penal Code") == ["qa-law-2004-11/art-5"]
    assert ids("Article 5 of the Egyptian Penal Code") == [None]


def test_home_is_where_the_law_being_read_was_made() -> None:
    assert ids("المادة 5 من قانون العمل", "qa-law-2004-11") == ["qa-law-2004-11/art-5"]
    assert ids("القانون رقم 11 لسنة 2004", "qa-law-2004-11") == ["qa-law-2004-11"]
    [at_home] = find_citations("القانون رقم 11 لسنة 2004", NAMES)
    assert at_home.status is CitationStatus.AMBIGUOUS
    assert at_home.choices == ("qa-law-2004-11",)


@pytest.mark.parametrize(
    "text", ["القانون رقم 38 لسنة 1964", "قانون العمل رقم 38 لسنة 1964", "Law No. 38 of 1964"]
)
def test_a_law_no_register_has_is_unknown_even_by_a_known_nickname(text: str) -> None:
    [found] = find_citations(text, NAMES)
    assert (found.status, found.instrument, found.text) == (CitationStatus.UNKNOWN, None, text)


@pytest.mark.parametrize("text", ["Decree-Law 91/2013", "المرسوم رقم 91 لسنة 2013"])
def test_the_wrong_type_of_law_is_a_doubt(text: str) -> None:
    [found] = find_citations(text, NAMES)
    assert found.status is CitationStatus.AMBIGUOUS
    assert found.choices == ("kw-law-2013-91",)


def test_a_long_range_is_cited_by_its_ends() -> None:
    assert len(ids("المواد 1 إلى 50 من قانون الجزاء")) == 50
    assert ids("المواد 1 إلى 200 من قانون الجزاء") == [
        "kw-law-1960-16/art-1",
        "kw-law-1960-16/art-200",
    ]


def test_spans_lead_back_to_a_source_with_marks_and_joined_letters() -> None:
    text = "راجع \u200fالمَــادَّة ٢ من ﻗﺎﻧﻮﻥ الجزاء² هنا"
    [found] = find_citations(text, NAMES)
    assert found.provision == "kw-law-1960-16/art-2"
    assert found.text == "المَــادَّة ٢ من ﻗﺎﻧﻮﻥ الجزاء"


def test_the_mark_of_a_note_is_no_digit_of_the_article() -> None:
    assert ids("المادة 5² من قانون الجزاء") == ["kw-law-1960-16/art-5"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("م ٢ ق ٩١ لسنة ٢٠١٣", ""),
        ("نص المادة 2 من القانون رقم 91 لسنة 2013؟", ""),
        ("What does article 2 of Law 91/2013 say?", ""),
        ("المادتان 2 و3 من القانون رقم 91 لسنة 2013", ""),
        ("عقوبة المادة 2 من القانون 91/2013 للحدث", "عقوبة للحدث"),
        ("bail under art 2 law 91/2013", "bail under"),
    ],
)
def test_what_is_left_of_a_query(text: str, rest: str) -> None:
    found = find_citations(text, NAMES)
    assert remainder(text, found) == rest
    assert is_whole_query(found, text) == (not rest)


def test_a_query_without_citations_is_its_own_remainder() -> None:
    assert remainder("عقوبة  الخطف", []) == "عقوبة الخطف"
    assert not is_whole_query([], "عقوبة الخطف")


def test_an_empty_register_resolves_nothing_and_still_reads() -> None:
    assert ids("م 2 ق 91/2013 و art 2 of the Penal Code", names=build_work_names([])) == [
        None,
        None,
    ]


def test_a_work_given_twice_keeps_both_sets_of_names() -> None:
    names = build_work_names(
        [
            work("kw-law-2013-91", "قانون كذا", "91", 2013, "Trafficking Law"),
            work("kw-law-2013-91", "القانون رقم 91 لسنة 2013", "91", 2013, "TIP Law"),
        ]
    )
    assert ids("TIP Law art 2", names=names) == ids("Trafficking Law art 2", names=names)
    assert ids("TIP Law art 2", names=names) == ["kw-law-2013-91/art-2"]
