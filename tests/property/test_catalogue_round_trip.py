"""What goes into the catalogue comes out of it unchanged."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.catalogue import Catalogue, FileRecord, open_catalogue
from search.catalogue.ordering import weave
from search.catalogue.rows import decoder, dump
from search.model import (
    Bilingual,
    Charge,
    Clause,
    Concept,
    Contribution,
    Editorial,
    ElementFinding,
    Expression,
    Instrument,
    Judgment,
    Passage,
    Penalty,
    Provision,
    Section,
    Source,
    SourceSpan,
    Treatment,
)

LAW = "kw-law-2099-7"
UNIT = f"{LAW}/art-1"

words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)
filled = words.filter(bool)
labels = st.one_of(
    st.builds(Bilingual, ar=filled, en=st.none() | words), st.builds(Bilingual, en=filled)
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: words,
    int: st.integers(-(2**31), 2**31 - 1),
    bool: st.booleans(),
    float: st.floats(0, 1),
    dt.date: st.dates(dt.date(1000, 1, 1)),
    type(None): st.none(),
    Bilingual: labels,
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Every value of a type of the model that a database can hold."""
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*map(values, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    return made(hint) if is_dataclass(hint) else st.sampled_from(hint)


def made(cls: Any, **given: Any) -> st.SearchStrategy[Any]:
    """A dataclass with the values given, and any others."""
    hints = get_type_hints(cls)
    free = {f.name: values(hints[f.name]) for f in fields(cls) if f.name not in given}
    return st.builds(cls, **free, **{name: st.just(value) for name, value in given.items()})


@pytest.fixture(scope="module")
def catalogue() -> Iterator[Catalogue]:
    with tempfile.TemporaryDirectory() as folder:
        opened = open_catalogue(f"sqlite:///{Path(folder) / 'catalogue.sqlite'}")
        yield opened
        opened.close()


def store(catalogue: Catalogue, contribution: Contribution, *passages: Passage) -> None:
    catalogue.replace_file(FileRecord("file", "file", "0", 1), contribution, passages)


several = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.mark.parametrize(
    "cls", [Penalty, Source, Clause, SourceSpan, Charge, ElementFinding, Bilingual]
)
@given(data=st.data())
def test_nested_values_survive_json(cls: type[Any], data: st.DataObject) -> None:
    value = data.draw(values(cls))
    decode = decoder(cls)
    assert decode is not None
    assert decode(dump(value)) == value


@several
@given(
    made(Instrument, id=LAW),
    made(Provision, id=UNIT, instrument=LAW, position=0),
    made(Editorial, provision=UNIT),
    made(Treatment, provision=UNIT),
    made(Expression, id=f"{UNIT}@ar.official", unit=UNIT, work=LAW),
)
def test_a_law_comes_back_unchanged(
    catalogue: Catalogue,
    instrument: Instrument,
    provision: Provision,
    editorial: Editorial,
    treatment: Treatment,
    expression: Expression,
) -> None:
    store(
        catalogue,
        Contribution(instrument, (provision,), (editorial,), (expression,), (treatment,)),
    )
    assert catalogue.instrument(LAW) == instrument
    assert catalogue.provision(UNIT) == provision
    assert catalogue.editorials([UNIT]) == {UNIT: editorial}
    assert catalogue.treatments_of([UNIT]) == {UNIT: [treatment]}
    assert catalogue.expressions([expression.id]) == {expression.id: expression}


@several
@given(
    made(Judgment, id="kw-2099-x"),
    made(Section, id="kw-2099-x/facts", judgment="kw-2099-x", position=0),
    made(Concept, id="deceit"),
)
def test_a_judgment_and_a_concept_come_back_unchanged(
    catalogue: Catalogue, judgment: Judgment, section: Section, concept: Concept
) -> None:
    store(catalogue, Contribution(judgment=judgment, sections=(section,), concepts=(concept,)))
    assert catalogue.judgment(judgment.id) == judgment
    assert catalogue.sections_of(judgment.id) == [section]
    assert catalogue.concepts() == {concept.id: concept}


@several
@given(st.lists(made(Passage), max_size=6, unique_by=lambda p: p.id))
def test_passages_come_back_unchanged_and_in_order(
    catalogue: Catalogue, passages: list[Passage]
) -> None:
    store(catalogue, Contribution(), *passages)
    assert list(catalogue.iterate_passages()) == sorted(passages, key=lambda p: p.id)


@several
@given(made(FileRecord, path="file", name="file", id=None))
def test_a_file_comes_back_as_it_was_given(catalogue: Catalogue, file: FileRecord) -> None:
    catalogue.replace_file(file, Contribution(), ())
    held = catalogue.find_file("file")
    assert held is not None
    given_part = ("work", "language", "authority", "reasons", "sha256", "size", "bundled")
    given_part += ("sidecar_sha256", "options_hash", "confirmed")
    for name in given_part:
        assert getattr(held, name) == getattr(file, name)


@several
@given(st.dictionaries(filled, made(Instrument), max_size=5))
def test_the_register_keeps_what_a_citation_needs(
    catalogue: Catalogue, works: dict[str, Instrument]
) -> None:
    entries = {
        key: Instrument(key, w.kind, w.title, w.jurisdiction, w.number, w.year, w.aliases)
        for key, w in works.items()
    }
    catalogue.save_register(entries.values())
    assert catalogue.register() == entries


orders = st.lists(
    st.lists(st.sampled_from("abcdefgh"), unique=True).map(
        lambda units: [(unit, place) for place, unit in enumerate(units)]
    ),
    min_size=1,
    max_size=4,
)


@given(orders)
def test_weaving_keeps_every_unit_once_and_the_first_order_whole(
    given_orders: list[list[tuple[str, int]]],
) -> None:
    woven = weave(given_orders)
    assert sorted(woven) == sorted({unit for order in given_orders for unit, _ in order})
    first = [unit for unit, _ in given_orders[0]]
    assert [unit for unit in woven if unit in first] == first


def test_weaving_without_a_common_unit_goes_by_position() -> None:
    assert weave([[("c", 3), ("d", 4)], [("a", 0), ("b", 1)]]) == ["a", "b", "c", "d"]
