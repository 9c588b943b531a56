"""Lists begin with what a reader in Kuwait looks for."""

from __future__ import annotations

from pathlib import Path

from search.opening import open_service
from search.settings import load_settings
from tests.support import environment


def test_kuwait_and_the_newest_come_first_and_fiction_last(collection: Path) -> None:
    service = open_service(load_settings(environment(collection)))
    try:
        works = [work.id for work in service.instruments()]
        assert works[:2] == ["kw-decree-law-2024-114", "kw-law-2013-91"]
        matters = service.judgments()
        dates = [(m.date or "")[:4] for m in matters if not m.id.startswith("kw-training")]
        assert dates == sorted(dates, reverse=True)
        assert [m.id for m in matters][-2:] == ["kw-training-0001-a", "kw-training-0001-b"]
    finally:
        service.close()
