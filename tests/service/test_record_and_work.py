"""Record and work by page, API and command, over the small real collection."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import docx
import httpx
import pytest

from search.cabinet import Cabinet, open_cabinet
from search.model import Filters, Kind, Query
from search.opening import open_service
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from tests.support import environment, tamyeez
from web.app import create_app
from web.documentation import operations

ART_2 = "kw-law-2013-91/art-2"
HOSTILE = "<script>alert(1)</script> \u202e{{ 7 * 7 }} \u200f\"' &amp;"
FACTS = "The employer kept the passports of three workers and paid them nothing for a year."


@pytest.fixture(scope="module")
def copy(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("work") / "home"
    shutil.copytree(collection, home)
    return home


@pytest.fixture(scope="module")
def cabinet(copy: Path) -> Iterator[Cabinet]:
    service = open_service(load_settings(environment(copy)))
    cabinet = open_cabinet(copy, service)
    yield cabinet
    cabinet.close()
    service.close()


@pytest.fixture(scope="module")
def client(cabinet: Cabinet) -> Client:
    return Client(create_app(FakeService(), "9.9.9", cabinet=cabinet))


@pytest.fixture(autouse=True)
def empty(cabinet: Cabinet) -> Iterator[None]:
    yield
    assert cabinet.work is not None
    cabinet.work.delete_everything("local")


def post(client: Client, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
    headers = {"content_type": "application/x-www-form-urlencoded", **headers}
    return client.request("POST", path, urlencode(fields).encode(), **headers)


def upload(client: Client, path: str, data: bytes) -> httpx.Response:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="r.json"\r\n\r\n'
        + data
        + b"\r\n--x--\r\n"
    )
    return client.request("POST", path, body, content_type="multipart/form-data; boundary=x")


def send(client: Client, method: str, path: str, body: object) -> httpx.Response:
    return client.request(method, path, json.dumps(body).encode(), content_type="application/json")


def note(client: Client, text: str = "to be read", **more: object) -> dict[str, object]:
    answer = send(client, "POST", "/api/my-work/notes", {"target": ART_2, "text": text, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["note"]


# ---- the record


def test_a_record_shows_what_was_asked_found_and_not_searched(client: Client) -> None:
    answer = client.get("/en/record?q=selling+visas&kind=statute&as_at=2024-12-31&expand=no")
    assert answer.status_code == 200
    text = re.sub(r"\s+", " ", answer.text)
    for shown in (
        "selling visas",
        "31 December 2024",
        "Widened by the thesaurus",
        "lie outside",
        "Left out by the filter on kinds: Treaties",
        "multilingual-e5-small",
    ):
        assert shown in text
    assert ">no</bdi>" in text


def test_the_file_of_a_record_is_reproduced_by_page_and_api(client: Client) -> None:
    data = client.get("/ar/record/sheet.json?q=بيع+الإقامة").content
    assert client.request("POST", "/api/replay", data).json()["verdict"] == "reproduced"
    page = upload(client, "/ar/record/check", data)
    assert "أُعيد كما كان" in page.text
    altered = data.replace("بيع".encode(), "شراء".encode())
    assert client.request("POST", "/api/replay", altered).json()["verdict"] == "altered"
    assert "معدَّل" in upload(client, "/ar/record/check", altered).text


def test_a_record_holds_what_the_results_show(client: Client, cabinet: Cabinet) -> None:
    record = client.get("/api/record?q=forced+labour&limit=5&kind=judgment").json()
    shown = cabinet.collection.search(Query("forced labour", Filters(Kind.JUDGMENT), 5)).hits
    recorded = record["sheet"]["results"]
    assert [result["id"] for result in recorded] == [hit.id for hit in shown]
    assert [[p["text"] for p in result["passages"]] for result in recorded] == [
        [passage.text for passage in hit.passages] for hit in shown
    ]


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_record_is_a_paper_too(client: Client, language: str, form: str, magic: bytes) -> None:
    answer = client.get(f"/{language}/record/sheet.{form}?q=trafficking")
    assert answer.content.startswith(magic)
    assert answer.headers["content-disposition"].endswith(f'.{form}"')


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"%PDF-1.7", b'{"format": 1}', b"\xff\xfe"])
def test_what_is_no_record_gets_one_sentence(client: Client, data: bytes) -> None:
    page = upload(client, "/en/record/check", data)
    assert page.status_code == 422
    assert "no record of a search" in page.text
    answer = client.request("POST", "/api/replay", data)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-record")


def test_a_record_of_nothing_is_refused_as_a_search_is(client: Client) -> None:
    assert client.get("/en/record?q=").status_code == 422
    assert client.get("/en/record?q=x&instrument=kw-law-1999-1").status_code == 404
    assert client.get("/en/record/sheet.exe?q=x").status_code == 404
    assert client.get("/api/record?q=x&limit=1000").status_code == 422


def test_the_command_records_and_replays(collection: Path, tmp_path: Path) -> None:
    # A home of its own: the pages' has its index open.
    copy = tmp_path / "home"
    shutil.copytree(collection, copy)
    file = tmp_path / "record.json"
    done = tamyeez(copy, "record", "بيع الإقامة", "--out", str(file), "--limit", "3")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(file.read_bytes())["sheet"]["results"]) == 3
    again = tamyeez(copy, "record", "x", "--out", str(file))
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    replayed = tamyeez(copy, "replay", str(file))
    assert replayed.returncode == 0, replayed.stderr
    assert replayed.stdout.startswith("Reproduced.")
    file.write_bytes(file.read_bytes().replace(b'"limit": 3', b'"limit": 4'))
    altered = tamyeez(copy, "replay", str(file), "--json")
    assert altered.returncode == 1
    assert json.loads(altered.stdout)["verdict"] == "altered"
    file.write_text("not a record")
    refused = tamyeez(copy, "replay", str(file))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)


# ---- one's work


def test_a_note_goes_through_pages(client: Client) -> None:
    form = client.get(f"/ar/my-work/notes/new?target={ART_2}")
    assert "القانون رقم ٩١ لسنة ٢٠١٣" in form.text
    fields = {"target": ART_2, "text": "حُجزت الجوازات", "labels": "قصد، حجز"}
    saved = post(client, "/ar/my-work/notes/new", fields)
    assert saved.status_code == 303
    page = client.get(saved.headers["location"])
    assert "حُفظت." in page.text
    assert 'value="قصد، حجز"' in page.text
    assert "حُجزت الجوازات" in client.get("/ar/my-work?words=جواز").text
    assert "حُجزت الجوازات" not in client.get("/ar/my-work?words=camel").text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_conflict_shows_both_texts_and_loses_neither(client: Client, language: str) -> None:
    held = note(client, "as opened")
    path = f"/{language}/my-work/notes/{held['id']}"
    assert post(client, path, {"text": "theirs", "version": "1"}).status_code == 303
    conflict = post(client, path, {"text": "mine", "version": "1"})
    assert conflict.status_code == 409
    assert "theirs" in conflict.text
    assert "mine</textarea>" in conflict.text
    assert 'name="version" value="2"' in conflict.text
    answer = send(client, "PUT", f"/api/my-work/notes/{held['id']}", {"text": "x", "version": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "edit-conflict")


def test_too_long_a_note_is_not_lost_to_its_writer(client: Client) -> None:
    fields = {"target": ART_2, "text": "word " * 5000, "labels": ""}
    page = post(client, "/en/my-work/notes/new", fields)
    assert page.status_code == 422
    assert "20,000" in page.text
    assert "word word" in page.text


def test_hostile_words_stay_words(client: Client) -> None:
    folder = send(client, "POST", "/api/my-work/folders", {"name": HOSTILE}).json()["id"]
    held = note(client, HOSTILE, labels=["<b>x</b>"], folder=folder)
    send(client, "POST", "/api/my-work/searches", {"name": HOSTILE, "query": {"q": "<i>q</i>"}})
    post(client, "/en/my-work/facts", {"facts": FACTS + HOSTILE})
    for path in ("", f"?folder={folder}", "/export", f"/notes/{held['id']}"):
        page = client.get(f"/en/my-work{path}").text
        assert "<script>alert" not in page
        assert "<b>x" not in page
        assert "49" not in re.sub(r"[0-9a-f]{16}|\?v=[0-9a-f]+", "", page)
    assert client.get("/en/my-work/export.json").json()["notes"][0]["text"] == HOSTILE


@pytest.mark.parametrize(
    "path",
    ["notes/new", "notes/0/delete", "folders", "searches", "facts", "delete", "searches/0/seen"],
)
@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec_fetch_site": "cross-site"}, {"origin": "null"}],
)
def test_another_sites_form_changes_nothing(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    note(client)
    fields = {"name": "x", "facts": FACTS, "q": "x", "sure": "yes", "target": ART_2, "last": "1"}
    assert post(client, f"/en/my-work/{path}", fields, **headers).status_code == 403
    held = client.get("/api/my-work/export").json()
    assert [len(held[part]) for part in ("notes", "folders", "searches", "facts")] == [1, 0, 0, 0]


def test_another_site_can_neither_read_nor_write_by_the_api(client: Client) -> None:
    held = note(client)
    for method, path in (
        ("GET", "/api/my-work/export"),
        ("DELETE", f"/api/my-work/notes/{held['id']}"),
        ("DELETE", "/api/my-work"),
        ("POST", "/api/replay"),
    ):
        assert client.request(method, path, origin="http://evil.example").status_code == 403
    assert client.get("/api/my-work/notes").json()["total"] == 1


def test_notes_are_kept_by_no_cache(client: Client) -> None:
    for path in ("/ar/my-work", "/api/my-work/notes", "/en/my-work/export.json"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_a_saved_search_goes_through_pages(client: Client) -> None:
    saved = post(client, "/en/my-work/searches", {"q": "forced labour", "kind": "statute"})
    page = client.get(saved.headers["location"]).text
    assert "0 new results" in page
    assert "kind=statute" in page
    assert post(client, "/en/my-work/searches", {"q": "", "name": "x"}).status_code == 422
    search = saved.headers["location"].rpartition("/")[2]
    new = client.get(f"/api/my-work/searches/{search}/new").json()
    assert new["hits"] == []
    assert new["looked_through"] > 0
    assert client.request("DELETE", f"/api/my-work/searches/{search}").status_code == 204


def test_facts_are_kept_only_when_saved(client: Client) -> None:
    assert client.get("/api/my-work/facts").json() == []
    fields = {"facts": FACTS, "date": "2024-01-02", "strike": "1", "assume": "debt:no"}
    saved = post(client, "/en/my-work/facts", fields)
    page = client.get(saved.headers["location"]).text
    assert FACTS in page
    assert 'name="assume" value="debt:no"' in page
    assert client.get("/api/my-work/facts").json()[0]["assume"] == [["debt", False]]
    assert post(client, "/en/my-work/facts", {"facts": " "}).status_code == 422


def test_everything_is_exported_and_deleted(client: Client, copy: Path) -> None:
    folder = send(client, "POST", "/api/my-work/folders", {"name": "الملف"}).json()["id"]
    note(client, "unmistakable words", folder=folder, labels=["intent"])
    page = client.get("/ar/my-work/export").text
    paper = docx.Document(io.BytesIO(client.get("/ar/my-work/export.docx").content))
    written = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for shown in ("الملف", "unmistakable words", "intent"):
        assert shown in page
        assert shown in written
    assert post(client, "/en/my-work/delete", {}).status_code == 400  # without the box ticked
    assert client.get("/api/my-work/notes").json()["total"] == 1
    assert post(client, "/en/my-work/delete", {"sure": "yes"}).status_code == 303
    assert client.get("/api/my-work/notes").json()["total"] == 0
    assert not any(b"unmistakable" in path.read_bytes() for path in copy.glob("work.sqlite*"))


def test_the_command_takes_away_and_deletes(client: Client, copy: Path, tmp_path: Path) -> None:
    note(client, "by command")
    out = tmp_path / "work.json"
    assert tamyeez(copy, "work", "export", "--out", str(out)).returncode == 0
    assert json.loads(out.read_bytes())["notes"][0]["text"] == "by command"
    assert tamyeez(copy, "work", "delete").returncode == 2
    assert tamyeez(copy, "work", "delete", "--yes").returncode == 0
    assert client.get("/api/my-work/notes").json()["total"] == 0


def test_what_is_not_saved_is_not_found(client: Client) -> None:
    for path in ("notes/0", "searches/0", "facts/0"):
        page = client.get(f"/en/my-work/{path}")
        assert page.status_code == 404
        assert "nothing saved" in page.text
    assert client.get("/api/my-work/notes/0").json()["code"] == "not-saved"
    assert client.get("/en/my-work/notes/new?target=kw-law-1999-1").status_code == 404
    assert client.get("/en/my-work/notes/new?target=..").status_code == 400
    assert client.get("/en/my-work?page=0").status_code == 400


def test_a_damaged_file_stops_nothing_but_itself(tmp_path: Path, cabinet: Cabinet) -> None:
    (tmp_path / "work.sqlite").write_bytes(b"damaged" * 1000)
    broken = open_cabinet(tmp_path, cabinet.collection)
    client = Client(create_app(FakeService(), "9.9.9", cabinet=broken))
    page = client.get("/en/my-work")
    assert page.status_code == 503
    assert "left as it is" in page.text
    assert str(tmp_path) not in page.text
    assert client.get("/en/?q=consent").status_code == 200
    assert client.get("/en/record?q=consent").status_code == 200
    assert (tmp_path / "work.sqlite").read_bytes() == b"damaged" * 1000


def test_without_a_home_there_is_nothing_to_keep_in(copy: Path, cabinet: Cabinet) -> None:
    bare = Client(create_app(FakeService(), "9.9.9"))
    assert bare.get("/en/my-work").status_code == 404
    assert "/my-work" not in bare.get("/en/?q=consent").text
    shared = open_cabinet(copy, cabinet.collection, with_work=False)
    reached = Client(create_app(FakeService(), "9.9.9", cabinet=shared))
    assert reached.get("/en/my-work").status_code == 404
    assert reached.get("/api/my-work/notes").status_code == 404
    assert reached.get("/en/record?q=consent").status_code == 200


def test_the_pages_offer_to_keep(client: Client) -> None:
    results = client.get("/en/?q=consent&kind=statute").text
    assert "/en/record?q=consent&amp;kind=statute" in results
    assert 'action="/en/my-work/searches"' in results
    assert (
        f"/en/my-work/notes/new?target={ART_2.replace('/', '%2F')}"
        in client.get(f"/en/laws/{ART_2}").text
    )


def test_every_operation_is_described(client: Client) -> None:
    openapi = client.get("/openapi.json").json()
    ours = [o for o in operations(openapi) if re.match("/api/(my-work|record|replay)", o.route)]
    assert len(ours) == 27
    for path, methods in openapi["paths"].items():
        for operation in methods.values() if path.startswith("/api/my-work") else ():
            assert {"403", "409", "422", "503"} <= set(operation["responses"])
            for parameter in operation.get("parameters", ()):
                assert parameter["schema"]["examples"], (path, parameter)
