"""Restricted documents: found by whom they are for, and by nobody else through any address."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.access import acting_as
from search.access.matrix import matrix
from search.access.reader import Reader
from search.audit.verifying import events
from search.clearance import for_readers
from search.model import Query
from search.opening import open_parts, service_of
from search.service import SearchService
from search.settings import load_settings
from tests.bench.leaks import SECRETS, WORK, measure, plant
from tests.support import environment, tamyeez

REQUESTS = 60  # of each role; `python -m tests.bench.leaks` sends thousands


@pytest.fixture(scope="module")
def planted(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("restricted") / "home"
    shutil.copytree(collection, home)
    plant(home)
    return home


@pytest.fixture(scope="module")
def service(planted: Path) -> Iterator[SearchService]:
    whole = service_of(open_parts(load_settings(environment(planted)), threads=1))
    whole.warm_up()
    shown = for_readers(whole)
    yield shown
    shown.close()


def reader(role: str) -> Reader:
    return Reader(f"u-{role}", f"one-{role}", (role,), matrix().of_roles([role]))


def test_no_word_of_it_reaches_another_role(planted: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(planted, home)
    found = measure(home, ["trainer", "drafter", "administrator", "judge"], REQUESTS)
    assert found.pop("judge").leaks, "nothing was there to leak"
    assert [leak for of in found.values() for leak in of.leaks] == []
    assert all(of.statuses[200] > REQUESTS / 4 for of in found.values())
    assert not any(status >= 500 for of in found.values() for status in of.statuses)


def test_a_slip_is_not_mended_with_a_restricted_word(service: SearchService) -> None:
    suggested = {}
    for role in ("judge", "trainer"):
        with acting_as(reader(role)):
            suggested[role] = service.search(Query("qarvelix")).did_you_mean
    assert suggested == {"judge": "Qarvelox", "trainer": None}


def test_totals_and_facets_count_what_may_be_seen(service: SearchService) -> None:
    counted = {}
    for role in ("judge", "trainer"):
        with acting_as(reader(role)):
            status = service.status()
            facets = service.search(Query("papers of each worker")).facets
            counted[role] = (status.instruments, status.judgments, facets["work"])
            assert status.agree
    assert counted["judge"][0] == counted["trainer"][0] + 1
    assert counted["judge"][1] == counted["trainer"][1] + 1
    assert "kw-law-2024-777" in counted["judge"][2]
    assert "kw-law-2024-777" not in counted["trainer"][2]


def test_opening_it_is_recorded_with_who_did(service: SearchService, planted: Path) -> None:
    with acting_as(reader("judge")):
        service.judgment(WORK)
    last = [event for event in events(planted) if event.kind == "restricted"][-1]
    assert (last.actor, last.objects) == ("one-judge", (WORK,))


def test_a_command_with_a_token_sees_no_more_than_its_role(planted: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(planted, home)
    for role in ("judge", "trainer"):
        assert tamyeez(home, "user", "add", role, "--role", role).returncode == 0
    # A token of an account whose password was never chosen opens nothing.
    made = tamyeez(home, "token", "add", "judge", "--scope", "read", "--scope", "restricted")
    secret = made.stdout.split()[-1]
    refused = tamyeez(home, "search", "zanthimer", env={"TAMYEEZ_TOKEN": secret})
    assert refused.returncode == 1
    assert refused.stderr.startswith("tamyeez: TAMYEEZ_TOKEN is not")
    assert json.loads(tamyeez(home, "search", "zanthimer", "--json").stdout)["results"]


def test_what_is_planted_stands_nowhere_else() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    held = "".join(p.read_text("utf-8") for p in corpus.rglob("*.yaml"))
    assert not any(word in held for word in SECRETS)
