"""Passages lie in the text, in order, and leave none of its words out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import MAX_CHARS, content_hash, cut
from ingest.splitters.clauses import clauses
from search.identifiers import parse_passage, parse_unit
from search.model import (
    Authority,
    Bilingual,
    ClauseKind,
    Editorial,
    Expression,
    Kind,
    Language,
    Passage,
    Provision,
    ProvisionKind,
    Role,
)

UNIT = parse_unit("kw-law-2001-77/art-2")
TITLE = Bilingual(ar="قانون المنارات", en="Lighthouse Law")
LINES = st.sampled_from(
    [
        "1- نص أول.",
        "2- نص ثان؛",
        "أ- بند.",
        "ب- بند آخر",
        "(a) point;",
        "كلام " * 90,
        "word. " * 250,
    ]
)
TEXTS = st.lists(
    LINES | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=25
).map("\n".join)


def passages_of(text: str, authority: Authority = Authority.OFFICIAL) -> tuple[Passage, ...]:
    expression = Expression(
        id=f"{UNIT}@ar.{authority}",
        unit=str(UNIT),
        work=UNIT.work,
        language=Language.AR,
        authority=authority,
        text=text,
        clauses=clauses(text, UNIT),
    )
    editorial = Editorial(str(UNIT), Bilingual(ar="عنوان"), ("سؤال بالعربية",), ("English",))
    place = (Bilingual(ar="الباب الأول"), Bilingual(ar="الفصل الثاني: الإضاءة"))
    provision = Provision(str(UNIT), UNIT.work, ProvisionKind.ARTICLE, "2 bis", 1, place)
    return cut(expression, Kind.STATUTE, str(UNIT), TITLE, editorial, provision)


@given(TEXTS)
def test_they_cover_the_text_in_order(text: str) -> None:
    passages = passages_of(text)
    assert "".join("".join(p.text for p in passages).split()) == "".join(text.split())
    at = 0
    for passage in passages:
        assert passage.start >= at
        assert passage.text == text[passage.start : passage.end]
        assert passage.text.strip()
        assert len(passage.text) <= MAX_CHARS
        at = passage.end


@given(TEXTS)
def test_ids_and_hashes(text: str) -> None:
    passages = passages_of(text)
    assert [parse_passage(p.id).ordinal for p in passages] == list(range(1, len(passages) + 1))
    assert all(p.content_hash == content_hash(p.index_text) for p in passages)


def test_a_short_text_is_one_passage_with_its_context() -> None:
    (passage,) = passages_of("لا تطفأ منارة.")
    assert passage.index_text.split("\n") == [
        "قانون المنارات",
        "المادة 2 مكرر",
        "الفصل الثاني: الإضاءة",
        "عنوان",
        "لا تطفأ منارة.",
    ]


def test_phrasings_lead_to_a_digest_only_in_its_language() -> None:
    text, *phrasings = passages_of("نص.", Authority.DIGEST)
    assert text.index_text.endswith("\nنص.")
    assert [(p.role, p.text) for p in phrasings] == [
        (Role.PHRASING, "عنوان"),
        (Role.PHRASING, "سؤال بالعربية"),
    ]
    assert [parse_passage(p.id).ordinal for p in phrasings] == [2, 3]


def test_an_official_text_leaves_the_phrasings_to_the_digest() -> None:
    assert all(p.role is Role.TEXT for p in passages_of("نص.", Authority.OFFICIAL))


def test_a_text_and_a_phrasing_of_one_wording_have_two_embeddings() -> None:
    assert content_hash("نص", Role.TEXT) != content_hash("نص", Role.PHRASING)


def test_every_definition_is_a_passage() -> None:
    text = "يقصد بالكلمات الآتية المعاني المبينة:\n1- المنارة: برج.\n2- الحارس: من يقوم عليه."
    passages = passages_of(text)
    defined = [c for c in clauses(text, UNIT) if c.kind is ClauseKind.DEFINITION]
    assert [p.clause for p in passages] == [None, *(c.id for c in defined)]


def test_a_long_text_is_cut_at_its_clauses() -> None:
    items = [f"{n}- {'كلمة ' * 100}." for n in range(1, 6)]
    text = "يلتزم الحارس بما يأتي:\n" + "\n".join(items)
    starts = {c.start for c in clauses(text, UNIT)}
    assert all(p.start in starts for p in passages_of(text)[1:])
