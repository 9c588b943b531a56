"""An answer is remembered while catalogue and index stay as they are, and no longer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.index.edge import EdgeIndex
from search.model import Filters, Kind, Query
from search.opening import open_service
from search.service import SearchService
from search.settings import load_settings
from tests.support import environment, tamyeez

QUERY = Query("دفتر المنطاد")
LAW = "قانون رقم 3 لسنة 1999 في شأن دفاتر المنطاد\n\n" + "\n\n".join(
    f"مادة {number}\n\nعلى صاحب المنطاد أن يحفظ دفتره رقم {number * 7}." for number in range(1, 5)
)


@pytest.fixture
def service(home: Path) -> Iterator[SearchService]:
    """A service over a home of its own, whose last change is a while ago."""
    _age(home)
    made = open_service(load_settings(environment(home)))
    yield made
    made.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with every question to the index by words."""
    times: list[int] = []
    real = EdgeIndex.search_sparse

    def counted(self: EdgeIndex, *args: object) -> object:
        times.append(1)
        return real(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(EdgeIndex, "search_sparse", counted)
    return times


def test_the_same_query_is_answered_without_asking_the_index(
    service: SearchService, asked: list[int]
) -> None:
    first = service.search(QUERY)
    before = len(asked)
    second = service.search(QUERY)
    assert before > 0
    assert len(asked) == before
    assert replace(second, took_ms=0.0) == replace(first, took_ms=0.0)


@pytest.mark.parametrize(
    "other",
    [
        replace(QUERY, limit=5),
        replace(QUERY, offset=10),
        replace(QUERY, expand=False),
        replace(QUERY, filters=Filters(kind=Kind.JUDGMENT)),
    ],
    ids=["limit", "offset", "expand", "filter"],
)
def test_another_query_is_not(service: SearchService, asked: list[int], other: Query) -> None:
    service.search(QUERY)
    before = len(asked)
    service.search(other)
    assert len(asked) > before


def test_a_changed_collection_is_searched_anew(
    home: Path, service: SearchService, tmp_path: Path
) -> None:
    first = service.search(QUERY)
    law = tmp_path / "law.txt"
    law.write_text(LAW, "utf-8")
    done = tamyeez(home, "ingest", str(law), "--quiet")
    assert done.returncode == 0, done.stderr
    after = service.search(QUERY)
    assert "xx-law-1999-3/art-1" in {hit.id for hit in after.hits}
    assert "xx-law-1999-3/art-1" not in {hit.id for hit in first.hits}


def _age(home: Path) -> None:
    """Put the last change an hour back: just after one nothing is remembered."""
    with sqlite3.connect(home / "catalogue.sqlite") as held:
        held.execute("UPDATE files SET ingested_at = '2026-01-01T00:00:00+00:00'")
