"""What is hidden from a reader is in no answer of the catalogue, whoever wrote the question."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from search.catalogue import Catalogue
from search.catalogue import tables as t
from search.errors import TamyeezError
from search.model import Access

OPEN = frozenset({Access.OPEN})


@pytest.fixture
def held(catalogue, samples):
    law, matter = samples.law(), samples.matter()
    catalogue.replace_file(samples.bundled(work=samples.LAW), law, samples.passages(law))
    secret = samples.file("in/ruling.txt", work=samples.MATTER, access=Access.RESTRICTED)
    catalogue.replace_file(secret, matter, samples.passages(matter))
    return catalogue


@pytest.fixture
def few(held) -> Iterator[Catalogue]:
    cleared = held.seen_by(OPEN)
    yield cleared
    cleared.close()


def test_a_restricted_matter_is_not_there(held, few, samples):
    assert held.judgment(samples.MATTER) is not None
    assert few.judgment(samples.MATTER) is None
    assert few.judgments() == []
    assert few.sections_of(samples.MATTER) == []
    assert few.works([samples.MATTER, samples.LAW]).keys() == {samples.LAW}
    assert few.references_to(f"{samples.LAW}/art-2") == []
    assert all(passage.work == samples.LAW for passage in few.iterate_passages())
    assert few.counts().judgments == 0
    assert few.counts().files == 1
    assert [file.work for file in few.files()] == [samples.LAW]
    assert samples.MATTER not in few.subjects()
    assert held.hidden_works() == {samples.MATTER}
    assert few.hidden_works() == frozenset()


def test_every_table_of_files_is_seen_through_a_view(held, few):
    """A statement nobody has thought of yet sees no more than the others."""
    with held._database.read() as conn:
        away = set(
            conn.execute(sa.select(t.files.c.id).where(t.files.c.access != "open")).scalars()
        )
    assert away
    for table in t.metadata.sorted_tables:
        column = t.files.c.id if table is t.files else table.c.get("file_id")
        if column is not None:
            with few._database.read() as conn:
                seen = set(conn.execute(sa.select(column)).scalars())
            assert not seen & away, table.name


def test_it_cannot_be_written(few):
    with pytest.raises((TamyeezError, sa.exc.SQLAlchemyError)), few._database.write() as conn:
        conn.execute(t.expressions.delete())


def test_who_may_see_everything_has_the_catalogue_itself(held):
    assert held.seen_by(frozenset(Access)) is held


def test_an_open_row_leads_over_a_hidden_one(catalogue, samples):
    secret, public = samples.law(("art-1", "art-2", "art-3")), samples.law(("art-1",))
    for path, contribution, access in (
        ("in/full.txt", secret, Access.RESTRICTED),
        ("in/part.txt", public, Access.OPEN),
    ):
        file = samples.file(path, work=samples.LAW, access=access)
        shown = contribution if access is Access.OPEN else _without_texts(contribution)
        catalogue.replace_file(file, shown, samples.passages(shown))
    few = catalogue.seen_by(OPEN)
    assert [p.id[-5:] for p in few.provisions_of(samples.LAW)] == ["art-1"]
    assert few.instrument(samples.LAW) is not None
    assert len(catalogue.provisions_of(samples.LAW)) == 3
    few.close()


def _without_texts(contribution):
    from dataclasses import replace

    return replace(contribution, expressions=())


def test_a_file_that_becomes_restricted_raises_the_revision(held, few, samples):
    before = held.revision()
    law = samples.law()
    file = samples.bundled(work=samples.LAW, access=Access.RESTRICTED)
    held.replace_file(file, law, samples.passages(law))
    assert held.revision() == before + 1
    assert few.instrument(samples.LAW) is None
    assert set(held.hidden_passages().values()) == {Access.RESTRICTED}
