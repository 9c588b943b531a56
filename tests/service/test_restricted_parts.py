"""Restricted documents: found by whom they are for, and by nobody else through any address."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search.access import acting_as
from search.access.matrix import matrix
from search.access.reader import Reader
from search.audit.store import KEY
from search.audit.verifying import events
from search.clearance import for_readers
from search.errors import NotHeld, NotRecorded
from search.model import Access, Authority, Query
from search.opening import open_parts, service_of
from search.service import SearchService
from search.settings import load_settings
from tests.bench.leaks import LAW, SECRETS, WORK, measure, plant
from tests.service.asgi_client import Client
from tests.support import environment, tamyeez
from web.app import create_app

EVERY_KIND = [
    (authority, access)
    for authority in (Authority.OFFICIAL, Authority.TRANSLATION, Authority.DIGEST)
    for access in Access
]
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


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_is_not_shown_where_that_cannot_be_recorded(
    planted: Path, tmp_path: Path, language: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(planted, home)
    (home / KEY).unlink()  # no event can be sealed
    parts = open_parts(load_settings(environment(home)), threads=1)
    service = for_readers(service_of(parts))
    client = Client(create_app(service, "0", trail=parts.trail))
    for path in (
        f"/api/judgments/{WORK}",
        f"/api/provisions/{LAW}/art-2",
        f"/api/instruments/{LAW}/akoma-ntoso?lang=en",
        f"/api/compare?left={LAW}/art-1&right=kw-law-2013-91/art-2",
        "/api/compare?left=article 1 of Law 777 of 2024&right=kw-law-2013-91/art-2",
        "/api/search?q=zanthimer",
        "/api/matters.csv",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "not-recorded"), path
        assert not any(word in answer.text for word in SECRETS)
    page = client.get(f"/{language}/matters/{WORK}")
    assert page.status_code == 503
    assert ("مادة مقيَّدة لا تُعرض" if language == "ar" else "This is restricted") in page.text
    assert not any(word in page.text for word in SECRETS)
    with pytest.raises(NotRecorded), acting_as(reader("prosecutor")):
        service.case_material([WORK])
    with pytest.raises(NotRecorded), acting_as(reader("judge")):
        service.read_draft("Whoever forces another to work is imprisoned.", [f"{LAW}/art-1"])
    # What is open is read and searched as before, by whoever may see the rest too.
    assert client.get(f"/{language}/laws/kw-law-2013-91/art-2").status_code == 200
    with acting_as(reader("trainer")):
        assert service.search(Query("zanthimer register")).hits
    service.close()


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


@pytest.fixture(scope="module")
def of_every_kind(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a law of each authority and each restriction."""
    folder = tmp_path_factory.mktemp("every-kind")
    home, files = folder / "home", folder / "files"
    shutil.copytree(collection, home)
    files.mkdir()
    for number, (authority, access) in enumerate(EVERY_KIND, 1):
        (files / f"{number}.txt").write_text(
            f"Article 1\nThe balloon {authority} {access} is kept.\n\nArticle 2\nIt flies.\n"
        )
        (files / f"{number}.txt.yaml").write_text(
            f"instrument: xx-law-2098-{number}\nkind: statute\nlanguage: en\n"
            f"authority: {authority}\ntitle: {{ar: قانون {number}, en: Law {number}}}\n"
        )
    done = tamyeez(home, "ingest", str(files))
    assert done.returncode == 0, done.stdout + done.stderr
    with closing(sqlite3.connect(home / "catalogue.sqlite")) as conn, conn:
        for number, (_, access) in enumerate(EVERY_KIND, 1):
            conn.execute(
                "UPDATE files SET access = ? WHERE work = ?", (access, f"xx-law-2098-{number}")
            )
    done = tamyeez(home, "reindex")
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize("role", [*matrix().roles])
def test_every_authority_and_restriction_is_seen_by_whom_it_is_for(
    of_every_kind: Path, role: str
) -> None:
    service = for_readers(service_of(open_parts(load_settings(environment(of_every_kind)), 1)))
    may = {Access.OPEN} | {access for access in Access if access in matrix().of_roles([role])}
    wanted = {
        f"xx-law-2098-{number}" for number, (_, access) in enumerate(EVERY_KIND, 1) if access in may
    }
    with acting_as(reader(role)):
        listed = {work.id for work in service.instruments()}
        result = service.search(Query("balloon is kept", limit=100))
        found = {hit.id.partition("/")[0] for hit in result.hits}
        faceted = set(result.facets["work"])
        for number in range(1, len(EVERY_KIND) + 1):
            work = f"xx-law-2098-{number}"
            if work in wanted:
                assert service.provision(f"{work}/art-1").expressions
            else:
                with pytest.raises(NotHeld):
                    service.provision(f"{work}/art-1")
    for shown in (listed, found, faceted):
        assert {work for work in shown if work.startswith("xx-law-2098-")} == wanted
    service.close()


def test_what_is_planted_stands_nowhere_else() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    held = "".join(p.read_text("utf-8") for p in corpus.rglob("*.yaml"))
    assert not any(word in held for word in SECRETS)
