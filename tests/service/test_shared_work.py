"""Sharing, kept case studies and the feed, by page and API, of accounts over a real collection."""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as ET

import httpx
import pytest

from search.accounts import Accounts
from search.accounts.store import AccountStore
from search.cabinet import Cabinet, open_cabinet
from search.clearance import for_readers
from search.opening import open_parts, service_of
from search.service import SearchService
from search.settings import load_settings
from tests.bench.leaks import SECRETS, WORK, plant
from tests.service.asgi_client import Client
from tests.support import environment
from web.app import create_app
from web.gate import Door

ART_2 = "kw-law-2013-91/art-2"
TOLD = "kw-training-0001-a"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
USERS = {
    "ali": "prosecutor",
    "sara": "judge",
    "omar": "trainer",
    "noor": "drafter",
    "root": "administrator",
}


@pytest.fixture(scope="module")
def home(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(collection, copy)
    plant(copy)
    return copy


@pytest.fixture(scope="module")
def accounts(home: Path) -> Iterator[Accounts]:
    made = Accounts(AccountStore(home))
    yield made
    made.close()


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[SearchService]:
    whole = service_of(open_parts(load_settings(environment(home)), threads=1))
    shown = for_readers(whole)
    yield shown
    shown.close()


@pytest.fixture(scope="module")
def cabinet(home: Path, service: SearchService) -> Iterator[Cabinet]:
    opened = open_cabinet(home, service)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(service: SearchService, cabinet: Cabinet, accounts: Accounts) -> Client:
    door = Door(accounts, "0" * 64, secure=False)
    return Client(create_app(service, "9.9.9", cabinet=cabinet, door=door))


class Person:
    """Somebody who has signed in."""

    def __init__(self, client: Client, accounts: Accounts, name: str) -> None:
        self._client = client
        subject = f"test {name}"
        accounts.add(name, [USERS[name]], subject=subject)
        self._headers = {
            "cookie": f"tamyeez={accounts.sign_in_as(subject).token}",
            "sec_fetch_site": "same-origin",
        }

    def get(self, path: str) -> httpx.Response:
        return self._client.get(path, **self._headers)

    def post(self, path: str, **fields: str) -> httpx.Response:
        content = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        return self._client.request("POST", path, content, content_type=kind, **self._headers)

    def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        content = json.dumps(body).encode()
        headers = {"content_type": "application/json", **self._headers}
        return self._client.request(method, path, content, **headers)

    def add(self, path: str, body: object) -> str:
        """Keep something by the API; return its id."""
        answer = self.send("POST", f"/api/my-work/{path}", body)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return str(made["id"] if "id" in made else made["note"]["id"])


@pytest.fixture(scope="module")
def people(client: Client, accounts: Accounts) -> dict[str, Person]:
    return {name: Person(client, accounts, name) for name in USERS}


@pytest.fixture(autouse=True)
def empty(cabinet: Cabinet, accounts: Accounts, people: dict[str, Person]) -> Iterator[None]:
    yield
    assert cabinet.work is not None
    for name in USERS:
        cabinet.work.delete_everything(accounts.account(name).id)


def folder_with_notes(person: Person) -> str:
    """Keep a folder of a note on an open provision and one on the restricted judgment."""
    folder = person.add("folders", {"name": "Two notes"})
    person.add("notes", {"target": ART_2, "text": "read the means again", "folder": folder})
    hidden = {"target": WORK, "text": f"of {SECRETS[0]}", "labels": ["hush"], "folder": folder}
    person.add("notes", hidden)
    return folder


def everything_shown(person: Person, share: str) -> str:
    """Return all that a reader is told of what is shared with them."""
    answers = [
        person.get(path)
        for path in (
            "/ar/my-work",
            f"/ar/my-work/shared/{share}",
            f"/en/my-work/shared/{share}",
            "/api/my-work/shared",
            f"/api/my-work/shared/{share}",
            "/api/my-work/export",
        )
    ]
    assert {answer.status_code for answer in answers} <= {200, 404}
    return "".join(answer.text for answer in answers)


def test_a_shared_folder_shows_no_more_than_its_reader_may_see(
    people: dict[str, Person],
) -> None:
    ali, sara, omar = people["ali"], people["sara"], people["omar"]
    folder = folder_with_notes(ali)
    given = {"kind": "folder", "item": folder}
    to_judge = ali.add("shares", {**given, "colleague": "sara"})
    to_trainers = ali.add("shares", {**given, "role": "trainer"})
    assert [s["whom"] for s in ali.get("/api/my-work/shares").json()] == ["sara", "trainer"]

    cleared = everything_shown(sara, to_judge)
    assert "ali" in cleared
    assert all(word in cleared for word in ("read the means again", SECRETS[0], "hush"))
    seen = everything_shown(omar, to_trainers)
    assert "read the means again" in seen
    assert "شاركه معك" in seen
    assert not [word for word in (*SECRETS, WORK, "hush", "77701") if word in seen]
    (view,) = omar.get(f"/api/my-work/shared/{to_trainers}").json()["notes"]
    assert view["note"]["target"] == ART_2


def test_nobody_else_reads_it_and_nobody_but_its_owner_changes_it(
    people: dict[str, Person],
) -> None:
    ali, sara, noor = people["ali"], people["sara"], people["noor"]
    folder = folder_with_notes(ali)
    private = ali.add("notes", {"target": ART_2, "text": "nobody else reads this"})
    share = ali.add("shares", {"kind": "folder", "item": folder, "colleague": "sara"})
    shown = everything_shown(noor, share)
    assert "read the means again" not in shown
    assert "Two notes" not in shown
    assert "nobody else reads this" not in everything_shown(sara, share)
    assert noor.get(f"/api/my-work/shared/{share}").status_code == 404
    assert noor.get(f"/en/my-work/shared/{share}").status_code == 404
    for person in (sara, noor):
        assert person.get(f"/api/my-work/notes/{private}").status_code == 404
        assert person.send("DELETE", f"/api/my-work/folders/{folder}").status_code == 404
        assert person.send("DELETE", f"/api/my-work/shares/{share}").status_code == 404
        given = {"kind": "folder", "item": folder, "role": "drafter"}
        assert person.send("POST", "/api/my-work/shares", given).status_code == 404
    assert people["root"].get(f"/api/my-work/shared/{share}").status_code == 403


def test_by_the_page_a_share_is_made_and_taken_back(people: dict[str, Person]) -> None:
    ali, noor = people["ali"], people["noor"]
    search = ali.add("searches", {"name": "visas", "query": {"q": "بيع الإقامة"}})
    refused = ali.post("/ar/my-work/shares", kind="search", item=search, colleague="nobody")
    assert refused.headers["location"].endswith(f"/searches/{search}?unknown=yes")
    assert "لا زميل بهذا الاسم" in ali.get(refused.headers["location"]).text
    made = ali.post("/ar/my-work/shares", kind="search", item=search, colleague="Noor")
    page = ali.get(made.headers["location"]).text
    share = re.findall(r"/ar/my-work/shares/([0-9a-f]+)/delete", page)[0]
    read = noor.get(f"/ar/my-work/shared/{share}")
    assert "بيع الإقامة" in read.text
    assert "no-store" in read.headers["cache-control"]
    ended = ali.post(f"/ar/my-work/shares/{share}/delete")
    assert ended.headers["location"] == f"/ar/my-work/searches/{search}"
    assert noor.get(f"/ar/my-work/shared/{share}").status_code == 404


def test_a_share_names_one_kind_of_reader(people: dict[str, Person]) -> None:
    ali = people["ali"]
    search = ali.add("searches", {"name": "a", "query": {"q": "visas"}})
    given = {"kind": "search", "item": search}
    for more in ({}, {"colleague": "sara", "role": "judge"}):
        assert ali.send("POST", "/api/my-work/shares", {**given, **more}).status_code == 400
    for more in ({"colleague": "root"}, {"role": "administrator"}, {"colleague": "ali"}):
        answer = ali.send("POST", "/api/my-work/shares", {**given, **more})
        assert (answer.status_code, answer.json()["code"]) == (422, "no-colleague")
    assert ali.post("/en/my-work/shares", kind="note", item=search).status_code == 400


# ---- case studies


FORM = {
    "tongue": "both",
    "title-ar": "دراسة في الوسائل",
    "matter.0": TOLD,
    "facts-ar.0": "مرحلة أولى\n\nمرحلة ثانية",
    "facts-en.0": "First\n\nSecond",
}


def test_a_case_study_is_kept_opened_changed_and_taken_away(people: dict[str, Person]) -> None:
    omar = people["omar"]
    assert "احفظها دراسة جديدة" in omar.get(f"/ar/case-studies/new?matter={TOLD}").text
    kept = omar.post("/ar/case-studies/keep", **FORM)
    place = kept.headers["location"]
    study = re.findall(r"/ar/case-studies/kept/([0-9a-f]+)", place)[0]
    page = omar.get(place)
    assert "مرحلة ثانية" in page.text
    assert "no-store" in page.headers["cache-control"]
    again = {**FORM, "kept": study, "kept-version": "1", "kept-name": "اسم آخر"}
    drawn = omar.post("/ar/case-studies/draft", action="update", **again).text
    assert f'value="{study}"' in drawn  # what the form goes on with is not lost on the way
    assert omar.post("/ar/case-studies/keep", **again).status_code == 303
    stale = omar.post("/ar/case-studies/keep", **again)  # as from another window
    assert stale.status_code == 409
    assert f'value="{study}"' not in stale.text
    assert "مرحلة ثانية" in stale.text
    (held,) = omar.get("/api/my-work/studies").json()
    assert (held["name"], held["version"]) == ("اسم آخر", 2)
    assert held["draft"]["cases"][0]["facts_ar"] == ["مرحلة أولى", "مرحلة ثانية"]
    assert "اسم آخر" in omar.get("/ar/my-work").text
    assert "مرحلة ثانية" in omar.get("/ar/my-work/export").text
    assert omar.get("/ar/my-work/export.docx").status_code == 200
    assert len(omar.get("/ar/my-work/export.json").json()["studies"]) == 1
    assert omar.post(f"/ar/my-work/studies/{study}/delete").status_code == 303
    assert omar.get("/api/my-work/studies").json() == []


def test_a_colleague_opens_a_copy_of_a_shared_case_study(people: dict[str, Person]) -> None:
    ali, sara, omar = people["ali"], people["sara"], people["omar"]
    place = omar.post("/ar/case-studies/keep", **FORM).headers["location"]
    study = re.findall(r"kept/([0-9a-f]+)", place)[0]
    shares = [
        omar.add("shares", {"kind": "study", "item": study, "role": role})
        for role in ("prosecutor", "judge")
    ]
    copy = ali.get(f"/ar/case-studies/shared/{shares[0]}")
    assert "مرحلة ثانية" in copy.text
    assert f'value="{study}"' not in copy.text  # kept, it becomes ali's own
    assert ali.get(f"/ar/case-studies/kept/{study}").status_code == 404
    taken = {**FORM, "kept": study, "kept-version": "1"}
    assert ali.post("/ar/case-studies/keep", **taken).status_code == 404
    # A judge builds no case studies, and reads this one.
    assert sara.get(f"/ar/case-studies/shared/{shares[1]}").status_code == 403
    assert "مرحلة ثانية" in sara.get(f"/ar/my-work/shared/{shares[1]}").text
    assert "case-studies/shared" not in sara.get(f"/ar/my-work/shared/{shares[1]}").text


# ---- what is new


def save_unseen(person: Person, cabinet: Cabinet, words: str, name: str) -> str:
    """Keep a search to which every document is new."""
    search = person.add("searches", {"name": name, "query": {"q": words}})
    assert cabinet.work is not None
    with cabinet.work.store.write() as conn:
        conn.exec_driver_sql(f"UPDATE searches SET seen = 0 WHERE id = '{search}'")
    return search


def feed_address(person: Person) -> str:
    page = person.post("/en/my-work/feed")
    url = re.findall(r"http://test/en/feed\.atom\?token=tmz_[\w-]+", page.text)[0]
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def test_what_is_new_stands_in_my_work_and_in_the_header(
    people: dict[str, Person], cabinet: Cabinet
) -> None:
    ali = people["ali"]
    search = save_unseen(ali, cabinet, "الاتجار بالأشخاص", "جديد")
    assert ali.get("/ar/my-work").status_code == 200
    counts = ali.get("/api/my-work/alerts").json()
    assert counts.keys() == {search}
    assert 1 <= counts[search] <= 10
    assert 'class="news"' in ali.get("/ar/laws").text
    new = ali.get(f"/api/my-work/searches/{search}/new").json()
    assert 1 <= len(new["fitting"]) <= 10
    seen = ali.post(f"/ar/my-work/searches/{search}/seen", last=str(new["last"]))
    assert seen.status_code == 303
    assert ali.get("/api/my-work/alerts").json() == {}
    page = ali.get("/ar/my-work")
    assert page.status_code == 200
    assert "جديد" in page.text
    assert 'class="news"' not in page.text


def test_the_feed_says_what_is_new_within_what_its_token_opens(
    people: dict[str, Person], cabinet: Cabinet, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ali = people["ali"]
    save_unseen(ali, cabinet, "trafficking in persons", "My <own> & search")
    hidden = save_unseen(ali, cabinet, SECRETS[0], "Restricted")
    found = ali.get(f"/api/my-work/searches/{hidden}/new").text
    assert WORK in found  # a prosecutor may see it; the token, of one scope, may not
    answer = client.get(feed_address(ali))
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "no-store" in answer.headers["cache-control"]
    feed = ET.fromstring(answer.text)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for place in (".", "a:entry"):
        for element in feed.findall(place, ATOM):
            for name in ("a:id", "a:title", "a:updated"):
                assert len(element.findall(name, ATOM)) == 1
    assert feed.find("a:author/a:name", ATOM) is not None
    entries = feed.findall("a:entry", ATOM)
    assert entries
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert link.get("href", "").startswith("http://test/en/")
        assert ali.get(link.get("href", "").removeprefix("http://test")).status_code == 200
    assert "My <own> & search" in (entries[0].findtext("a:summary", namespaces=ATOM) or "")
    assert WORK not in answer.text
    assert not [word for word in SECRETS if word in answer.text]
    # Asked again, the same: feed readers know an entry by its id.
    assert client.get(feed_address(ali)).text == answer.text
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("tamyeez")]
    assert not any("trafficking" in line or "tmz_" in line for line in ours)


def test_a_feed_without_news_is_a_feed(people: dict[str, Person], client: Client) -> None:
    feed = ET.fromstring(client.get(feed_address(people["noor"])).text)
    assert feed.findall("a:entry", ATOM) == []
    assert feed.findtext("a:updated", namespaces=ATOM) == "1970-01-01T00:00:00+00:00"


def test_a_bad_token_is_told_nothing(
    people: dict[str, Person], accounts: Accounts, client: Client
) -> None:
    other_scope = accounts.add_token("ali", "reads", ["read", "restricted"], 1)
    no_role = accounts.add_token("root", "work", ["work"], 1)
    for token in ("", "tmz_wrong", other_scope, no_role, "0" * 64):
        answer = client.get(f"/ar/feed.atom?token={token}")
        assert answer.status_code == 404
    address = feed_address(people["sara"])
    assert client.get(address).status_code == 200
    (held,) = [t for t in accounts.tokens("sara") if t.name == "Atom"]
    assert held.scopes == ("feed",)
    accounts.revoke_token("sara", held.id)
    assert client.get(address).status_code == 404


def test_a_token_makes_no_token(accounts: Accounts, client: Client) -> None:
    secret = accounts.add_token("ali", "mine", ["work"], 1)
    bearer = {"authorization": f"Bearer {secret}"}
    before = accounts.tokens("ali")
    assert client.request("POST", "/en/my-work/feed", **bearer).status_code == 422
    assert accounts.tokens("ali") == before


def test_without_accounts_nothing_is_shared(service: SearchService, cabinet: Cabinet) -> None:
    alone = Client(create_app(service, "9.9.9", cabinet=cabinet))
    page = alone.get("/en/my-work")
    assert page.status_code == 200
    assert "Shared with me" not in page.text
    assert "feed" not in page.text
    for path in ("/en/feed.atom?token=x", "/api/my-work/shares", "/en/my-work/shared/x"):
        assert alone.get(path).status_code == 404
