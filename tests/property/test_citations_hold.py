"""What must hold for every text: spans are exact, nothing raises, time is bounded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.citations import build_work_names, find_citations, is_whole_query, remainder
from search.identifiers import parse_unit, parse_work
from search.model import Bilingual, Instrument, Kind
from search.results import CitationStatus

NAMES = build_work_names(
    [
        Instrument(
            "kw-law-2013-91",
            Kind.STATUTE,
            Bilingual("القانون رقم 91 لسنة 2013 في شأن مكافحة الاتجار بالأشخاص", "Law 91/2013"),
            "kw",
            "91",
            2013,
            ("قانون الاتجار", "Trafficking Law"),
        ),
        Instrument(
            "kw-law-1960-16",
            Kind.STATUTE,
            Bilingual("القانون رقم 16 لسنة 1960 بإصدار قانون الجزاء", "Penal Code"),
            "kw",
            "16",
            1960,
            ("قانون الجزاء", "Penal Code", "C.C.P."),
        ),
        Instrument("ilo-c029", Kind.TREATY, Bilingual(en="C29"), "ilo", "29", 1930),
    ]
)
words = str.split
PIECES = [
    *words("المادة والمادة المواد مادتين م م. ٢ 2 ١٣٨ (2) ) 34 ( 91/2013 ٩١/٢٠١٣ 2013 ق القانون"),
    *words("قانون رقم لسنة الجزاء الاتجار من و ، , - – / . ( ) [ مكرر مكررا أ bis a ثانية الثانية"),
    *words(
        "والعشرون بعد المائة فقرة الفقرة بند ف2 هذا ذات منه art article articles arts of law Law"
    ),
    *words("Penal Code no. the this same paragraph first to and C029 convention decree Qatari ـ ²"),
    *words("جزاء اتجار C.C.P. CCP artcle §§ § قرار Decision 143/A 16/60"),
    *words("kw-law-2013-91/art-2 é 😀 ﻻ إصدار ديباجة preamble section s m Kuwait 's"),
    *("\u200f", "\n", "\n\n"),
]
# What is repeated, and for how many characters.
HOSTILE = [(unit, 100_000) for unit in ("المادة ", "1", "1 ", "مكرر ", "law ")] + [
    (unit, 20_000)
    for unit in (
        *(
            "م ",
            "91/2013 ",
            "قانون ",
            "ق ",
            "المادة 2 و",
            "والمادة 1 ",
            "(",
            "-",
            "المواد 1-3، ",
            "و",
        ),
        *("art. 2(2)", "no ", "the ", "article 1 of the ", "a-", "' s ", "kw-law-2013-91/", "\n"),
        *("الفقرة 1 من ", "penal code of ", "ـ", "art 1 bis (a)"),
        *("م 1 جزاء ", "جزاء م ", "CCP art. ", "§§ 1 ", "C.C.P. "),
    )
]

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
)
contexts = st.sampled_from([None, "kw-law-2013-91", "kw-law-9999-1", "ilo-c029"])


@given(texts, contexts)
def test_spans_are_exact_and_ids_are_well_formed(text: str, context: str | None) -> None:
    end = 0
    for citation in find_citations(text, NAMES, context):
        assert 0 <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.text
        assert citation.start >= end or citation.end == end  # in order; a range shares its span
        end = citation.end
        resolved = citation.status is CitationStatus.RESOLVED
        assert resolved == (citation.instrument is not None and not citation.choices) or (
            citation.status is not CitationStatus.RESOLVED and citation.provision is None
        )
        for identifier in (*citation.choices, *filter(None, [citation.provision])):
            assert str(parse_unit(identifier) if "/" in identifier else parse_work(identifier))
        if citation.provision:
            assert citation.provision.startswith(f"{citation.instrument}/")


@given(texts)
def test_a_whole_query_leaves_no_remainder(text: str) -> None:
    found = find_citations(text, NAMES)
    rest = remainder(text, found)
    assert is_whole_query(found, text) == (bool(found) and rest == "")
    assert len(rest) <= len(text) + 1


@given(texts)
def test_finding_is_repeatable(text: str) -> None:
    assert find_citations(text, NAMES) == find_citations(text, NAMES)


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "size"), HOSTILE)
def test_hostile_text_is_read_in_linear_time(unit: str, size: int) -> None:
    text = (unit * (size // len(unit) + 1))[:size]
    begun = time.perf_counter()
    found = find_citations(text, NAMES)
    remainder(text, found)
    took = time.perf_counter() - begun
    print(f"{unit!r}: {took:.2f} s, {len(found)} citations")
    assert took < 60  # a second or two; quadratic reading would take many minutes
