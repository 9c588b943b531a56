"""What laws facts may come under, for search."""

from __future__ import annotations

import numpy as np
import pytest

from search.catalogue import Catalogue
from search.distinction.engine import Distinguisher
from search.distinction.precedents import Matters
from search.distinction.results import INSUFFICIENT
from search.embed.nano import NanoEmbedder
from search.errors import BadRequest
from tests.distinction_home import catalogue, embedder, engine

HELD = (
    "He took the woman's passport on arrival, locked the flat at night and made her work in four "
    "houses without pay; when she asked to leave he said she would be reported as absconding."
)

NO_MATTERS = Matters((), np.zeros((0, 0), dtype=np.float32), {})


def test_facts_reach_the_law_that_governs_what_they_may_be() -> None:
    reached = engine().reach(HELD).by_provision
    trafficking = reached["kw-law-2013-91/art-2"]
    assert trafficking.offence == "trafficking"
    others = sorted(each.support for name, each in reached.items() if "2013-91" not in name)
    assert trafficking.support > 0.4 > others[len(others) // 2]
    assert all(0 <= each.support <= 1 for each in reached.values())


def test_what_is_reached_is_what_telling_apart_shows() -> None:
    shown = {each.id: each for each in engine().analyse(HELD).offences}
    for provision, reached in engine().reach(HELD).by_provision.items():
        offence = shown[reached.offence]
        assert offence.in_force
        assert reached.support == offence.support
        punishing = {each.provision for each in offence.penalty.provisions}
        assert provision in {*offence.governing, *punishing}


def test_of_no_offence_little_is_reached() -> None:
    text = "The weather was fine and the office opened at eight as on every other day of that week."
    assert engine().analyse(text).primary == INSUFFICIENT
    assert max(each.support for each in engine().reach(text).by_provision.values()) < 0.5


def test_neither_arabic_nor_english_is_no_facts() -> None:
    with pytest.raises(BadRequest):
        engine().reach("он забрал паспорт и не заплатил ей ни за один месяц работы в доме")


def test_the_same_reading_gives_the_vector_of_the_query() -> None:
    reach = engine().reach(HELD)
    embedder = NanoEmbedder(threads=1)
    assert reach.embedder == embedder.identity
    assert reach.vector is not None
    assert float(reach.vector @ embedder.embed_queries([HELD])[0]) > 0.995


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("احتجز جوازات ١٢ عاملة وحبسهن في السكن ثلاثة أشهر بلا أجر.", id="its digits"),
        pytest.param(f"{HELD} " * 30, id="too long to read at once"),
    ],
)
def test_a_text_that_an_embedder_reads_otherwise_gives_none(text: str) -> None:
    assert engine().reach(text).vector is None


def test_a_new_revision_does_not_make_every_search_read_the_matters_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart = Distinguisher(catalogue(), lambda _identity: embedder())
    apart.analyse(HELD)
    read: list[str] = []
    monkeypatch.setattr(
        Matters, "read", lambda _catalogue, embedder: read.append(embedder) or NO_MATTERS
    )
    monkeypatch.setattr(Catalogue, "revision", lambda _self: 10_000)
    apart.reach(HELD)
    assert read == []
    assert apart.analyse(HELD).precedents == ()
    assert len(read) == 1


def test_an_edition_that_changes_what_matters_found_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart = Distinguisher(catalogue(), lambda _identity: embedder())
    assert apart.analyse(HELD).precedents
    edition = catalogue().edition()
    monkeypatch.setattr(Catalogue, "edition", lambda _self: f"{edition} and another")
    monkeypatch.setattr(Matters, "read", lambda _catalogue, _embedder: NO_MATTERS)
    assert apart.analyse(HELD).precedents == ()


def test_changed_definitions_are_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = Distinguisher(catalogue(), lambda _identity: embedder())
    known = apart.signals()
    assert apart.signals() == known
    edition = catalogue().edition()
    monkeypatch.setattr(Catalogue, "edition", lambda _self: f"{edition} and another")
    monkeypatch.setattr(Catalogue, "signals", lambda _self: known[:1])
    assert apart.signals() == known[:1]
