"""The librarian's page: adding files by a plain form, what becomes of them, taking them out."""

from __future__ import annotations

import asyncio
import errno
import html
import json
import shutil
import stat
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from search.audit.verifying import events
from search.catalogue import open_catalogue
from search.errors import BadRequest, LimitReached
from search.index.generations import BuildLock
from search.model import Language
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from tests.support import environment
from web import i18n, library_upload
from web.app import create_app
from web.cli.librarian import Librarian, open_librarian
from web.library_jobs import JobState
from web.library_upload import MAX_FILES, Fault, read_upload, safe_name
from web.security import MAX_UPLOAD_BYTES

# Invented; no law says this.
LAW = "# قانون اختبار رقم 7 لسنة 2099\n\nمادة 1\n{one}\n\nمادة 2\nيعمل بهذا القانون من نشره.\n"
FIRST = LAW.format(one="تُحفظ السجلات في مكان آمن.").encode()
SECOND = LAW.format(one="تُحفظ السجلات في مكانين آمنين.").encode()
BROKEN = b"%PDF-1.7\nthis is no PDF at all"
DEADLINE_S = 60


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Librarian]:
    """A library that holds nothing yet."""
    librarian = Librarian(load_settings(environment(tmp_path / "home")))
    yield librarian
    librarian.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Librarian]:
    """A library that never reads what it is given: for what happens before that."""
    librarian = Librarian(load_settings(environment(tmp_path / "home")))
    librarian._jobs.close()  # starts nothing from now on
    yield librarian
    librarian.close()


def client_of(library: Librarian) -> Client:
    return Client(create_app(FakeService(), "9.9.9", library=library))


def send(
    client: Client,
    *files: tuple[str, bytes],
    page: str = "en",
    headers: dict[str, str] | None = None,
    **fields: str,
) -> httpx.Response:
    """Send the form as a browser without scripts does."""
    fields.setdefault("kind", "")
    parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in fields.items()]
    parts += [("files", file) for file in files]
    made = httpx.Request("POST", "http://test", files=parts)
    return client.request(
        "POST",
        f"/{page}/library",
        made.read(),
        content_type=made.headers["content-type"],
        **(headers or {}),
    )


def act(client: Client, what: str, **fields: str) -> httpx.Response:
    made = httpx.Request("POST", "http://test", data=fields)
    content_type = {"content_type": "application/x-www-form-urlencoded"}
    return client.request("POST", f"/en/library/{what}", made.read(), **content_type)


def ended(library: Librarian) -> JobState:
    """Wait until nothing runs; return the latest job."""
    deadline = time.monotonic() + DEADLINE_S
    while (job := library.job()) is None or job.is_running:
        assert time.monotonic() < deadline, job
        time.sleep(0.05)
    return job


def inbox(library: Librarian) -> Path:
    return library._folder / "inbox"


def names(library: Librarian) -> list[str]:
    return sorted(path.name for path in inbox(library).glob("*"))


def test_files_are_added_refused_replaced_and_withdrawn(library: Librarian) -> None:
    client = client_of(library)
    sent = send(
        client, ("سجلات.md", FIRST), ("broken.pdf", BROKEN), authority="official", page="ar"
    )
    assert sent.status_code == 200
    assert "استُلم ملفان." in sent.text
    job = ended(library)
    assert {file.name: file.end for file in job.files} == {
        "سجلات.md": "added",
        "broken.pdf": "quarantined",
    }
    held, refused = (next(f for f in library.files() if f.name == n) for n in names_of(job))
    assert (held.authority, held.provisions, refused.reasons[0]) == ("official", 2, "damaged")

    arabic, english = client.get("/ar/library").text, client.get("/en/library").text
    assert "تالف لا يُقرأ" in arabic
    assert "تالف" not in english
    assert html.escape(refused.reasons[-1]) in english
    assert held.work is not None
    assert held.work in client.get("/ar/library/job").text

    send(client, ("سجلات.md", SECOND), replace="yes")
    assert [file.end for file in ended(library).files] == ["updated"]

    shutil.copy(inbox(library) / "سجلات.md", inbox(library) / "copy.md")
    library._inbox.mark(library._inbox.waiting())
    for file in library.files():
        gone = act(client, "withdraw", file=str(file.id))
        assert gone.headers["location"] == "/en/library#job"
        assert [one.end for one in ended(library).files] == ["withdrawn"]
    assert list(library.files()) == []
    assert names(library) == []

    recorded = list(events(library._settings.home))
    kinds = [(event.kind, event.objects[0], event.outcome) for event in recorded]
    assert kinds == [
        ("ingest", "library add", "done"),
        ("ingest", "library read", "quarantined"),
        ("ingest", "library add", "done"),
        ("ingest", "library read", "done"),
        ("withdraw", "library withdraw", "done"),
        ("withdraw", "library withdraw", "done"),
    ]
    assert not any("سجلات" in str(event) for event in recorded)


def test_files_are_known_again_where_a_backup_was_restored(
    library: Librarian, tmp_path: Path
) -> None:
    client = client_of(library)
    send(client, ("سجلات.md", FIRST), ("broken.pdf", BROKEN), authority="official")
    ended(library)
    before = {file.name: (file.status, file.work) for file in library.files()}
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(library._settings.home, elsewhere, copy_function=shutil.copyfile)
    there = open_librarian(load_settings(environment(elsewhere)))
    try:
        ended(there)
        assert {file.name: (file.status, file.work) for file in there.files()} == before
        assert len(there.files()) == 2
        assert all(str(elsewhere) in file.path for file in there.files())
        send(client_of(there), ("سجلات.md", SECOND), replace="yes")
        assert [file.end for file in ended(there).files] == ["updated"]
    finally:
        there.close()
    assert names(library) == ["broken.pdf", "broken.pdf.yaml", "سجلات.md", "سجلات.md.yaml"]


def names_of(job: JobState) -> tuple[str, str]:
    added, refused = sorted(job.files, key=lambda file: file.end)
    return added.name, refused.name


def test_what_a_kill_left_unread_is_read_by_the_next_start(library: Librarian) -> None:
    killed = JobState("ingest", "local", "2026-01-01T00:00:00+00:00", step="embed", done=3, total=9)
    inbox(library).mkdir(parents=True)
    (inbox(library) / "law.md").write_bytes(FIRST)
    library._jobs._write(killed)
    client = client_of(library)
    page = client.get("/en/library").text
    assert "stopped before its end" in page
    assert "1 file waits to be read" in page
    library.resume()
    assert [file.end for file in ended(library).files] == ["added"]
    assert library.waiting() == 0


def test_one_job_at_a_time_and_files_added_meanwhile_follow(
    library: Librarian, tmp_path: Path
) -> None:
    client = client_of(library)
    elsewhere = BuildLock(tmp_path / "home" / "index")  # the job waits as long as it is held
    assert act(client, "reindex").headers["location"] == "/en/library#job"
    assert 'data-stage="running"' in client.get("/en/library/job").text
    assert "<noscript><meta" in client.get("/ar/library").text
    busy = act(client, "reindex")
    assert busy.headers["location"] == "/en/library?busy=yes#job"
    assert "A job is running" in client.get("/en/library?busy=yes").text
    assert "1 file was taken." in send(client, ("law.md", FIRST)).text
    elsewhere.release()
    deadline = time.monotonic() + DEADLINE_S
    while library.waiting() or ended(library).act == "reindex":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert [file.end for file in ended(library).files] == ["added"]


def test_what_is_said_of_a_file_lies_beside_it_and_nobody_else_reads_either(
    empty: Librarian,
) -> None:
    said = {
        "kind": "judgment",
        "work": "kw-2099-sample-01",
        "language": "ar",
        "access": "restricted",
    }
    assert "1 file was taken" in send(client_of(empty), ("حكم.pdf", BROKEN), **said).text
    beside = (inbox(empty) / "حكم.pdf.yaml").read_text()
    assert (
        beside == "access: restricted\njudgment: kw-2099-sample-01\nkind: judgment\nlanguage: ar\n"
    )
    for path in (
        empty._folder,
        inbox(empty),
        inbox(empty) / "حكم.pdf",
        inbox(empty) / "حكم.pdf.yaml",
    ):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(empty._folder.parent.stat().st_mode) & 0o077 == 0
    assert list((empty._folder / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("files", "fields", "says"),
    [
        ((), {}, "No file was sent"),
        ((("", b""),), {}, "No file was sent"),
        ((("a.md", FIRST), ("b.md", SECOND)), {"work": "kw-law-2099-7"}, "An id names one work"),
        ((("a.md", FIRST),), {"work": "../etc"}, "This is not the id"),
        ((("a.md", FIRST),), {"language": "fr"}, "Check its values"),
    ],
)
def test_a_form_that_cannot_be_followed_changes_nothing(
    empty: Librarian, files: tuple[tuple[str, bytes], ...], fields: dict[str, str], says: str
) -> None:
    answer = send(client_of(empty), *files, **fields)
    assert answer.status_code in (400, 422)
    assert says in answer.text
    assert names(empty) == []


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("run.exe", b"MZ", Fault.KIND),
        ("law.pdf.yaml", b"kind: plan", Fault.KIND),
        ("no ending", b"x", Fault.KIND),
        ("empty.txt", b"", Fault.EMPTY),
        ("ق" * 121 + ".md", FIRST, Fault.LONG),
        ("../", b"x", Fault.NAME),
        (".pdf", b"x", Fault.KIND),
        ("large.txt", b"x" * 2001, Fault.SIZE),
        ("held.md", SECOND, Fault.HELD),
        ("good.md", SECOND, Fault.TWICE),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_stops_no_other(
    empty: Librarian, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, fault: Fault
) -> None:
    monkeypatch.setattr(library_upload, "MAX_UPLOAD_FILE_BYTES", 2000)
    client = client_of(empty)
    send(client, ("held.md", FIRST))
    answer = send(client, ("good.md", FIRST), (name, data))
    assert answer.status_code == 200
    assert "1 file was taken." in answer.text
    arabic = send(client, (name, data), page="ar") if fault is not Fault.TWICE else None
    assert i18n.message(Language.EN, f"library.fault.{fault}") in answer.text
    assert arabic is None or i18n.message(Language.AR, f"library.fault.{fault}") in arabic.text
    assert names(empty) == ["good.md", "held.md"]


def test_the_same_file_again_is_said_to_be_held_unless_more_is_said_of_it(empty: Librarian) -> None:
    client = client_of(empty)
    send(client, ("law.md", FIRST))
    assert "this very file was added before" in send(client, ("law.md", FIRST)).text
    assert "1 file was taken." in send(client, ("law.md", FIRST), kind="statute").text
    assert (inbox(empty) / "law.md.yaml").read_text() == "kind: statute\n"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("law.pdf", "law.pdf"),
        ("../../../etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\me\\حكم.docx", "حكم.docx"),
        ("..%2f..%2fx.md", "%2f..%2fx.md"),
        ("\x00\x1b[2Ja\x7f\r\nb.md", "[2Ja b.md"),
        ("\u202efdp.exe.md", "fdp.exe.md"),
        ("~$lock.docx", "$lock.docx"),
        (".hidden.md", "hidden.md"),
        ("a\u0308.md", "\u00e4.md"),
        ("tab\tand   blanks .md ", "tab and blanks .md"),
        ("a.md. . ", "a.md"),
        ("/", ""),
        ("..", ""),
    ],
)
def test_a_name_is_made_safe(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_a_name_full_of_markup_is_shown_as_text(empty: Librarian) -> None:
    client = client_of(empty)
    hostile = "<img src=x onerror=alert(1)>.exe"
    assert "<img src=x" not in send(client, (hostile, b"x")).text
    act(client, "notes", notes="<script>alert(1)</script>")
    page = client.get("/ar/library").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert empty.notes() == "<script>alert(1)</script>"
    assert act(client, "notes", notes="ن" * 4001).status_code == 422
    assert empty.notes() == "<script>alert(1)</script>"


def test_other_sites_and_too_much_are_refused_before_anything_is_kept(empty: Librarian) -> None:
    client = client_of(empty)
    for foreign in ({"origin": "http://evil.test"}, {"sec_fetch_site": "cross-site"}):
        assert send(client, ("a.md", FIRST), headers=foreign).status_code == 403
    large = {"content_length": str(MAX_UPLOAD_BYTES + 100_000)}
    answer = client.request("POST", "/ar/library", b"x", **large)
    assert answer.status_code == 413
    assert "٢٠٠ ميغابايت" in answer.text
    # No other address takes that much.
    for path in ("/ar/library/notes", "/ar/library/read", "/ar/distinguish"):
        assert client.request("POST", path, b"x", content_length="1000000").status_code == 413
    assert client.get("/ar/library").headers["cache-control"] == "no-store"
    assert names(empty) == []


def test_a_full_disk_is_said_in_one_sentence(
    empty: Librarian, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(library_upload.os, "fsync", full)
    answer = send(client_of(empty), ("a.md", FIRST))
    assert answer.status_code == 507
    assert names(empty) == []
    assert list((empty._folder / "incoming").iterdir()) == []


def test_a_form_that_breaks_off_leaves_nothing(empty: Librarian) -> None:
    client = client_of(empty)
    made = httpx.Request("POST", "http://test", files=[("files", ("a.md", FIRST))])
    whole, content_type = made.read(), made.headers["content-type"]
    for body in (whole[:-10], whole[: len(whole) // 2], b"", b"nonsense"):
        answer = client.request("POST", "/en/library", body, content_type=content_type)
        assert answer.status_code == 400, body
    assert (
        client.request("POST", "/en/library", whole, content_type="text/plain").status_code == 400
    )
    assert names(empty) == []
    assert list((empty._folder / "incoming").iterdir()) == []


def streamed(body: Iterator[bytes]) -> Request:
    async def receive() -> dict[str, Any]:
        piece = next(body, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


def part(name: str, data: Iterator[bytes]) -> Iterator[bytes]:
    disposition = f'form-data; name="files"; filename="{name}"'
    yield f"--edge\r\nContent-Disposition: {disposition}\r\n\r\n".encode()
    yield from data
    yield b"\r\n"


def test_a_large_file_goes_to_the_disk_as_it_comes(tmp_path: Path) -> None:
    def body() -> Iterator[bytes]:
        yield from part("large.txt", (b"x" * 65536 for _ in range(320)))
        yield b"--edge--\r\n"

    tracemalloc.start()
    upload = asyncio.run(read_upload(streamed(body()), tmp_path, {".txt"}))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [file.path.stat().st_size for file in upload.files] == [20 * 1024 * 1024]
    assert peak < 2 * 1024 * 1024


def test_a_form_has_limits_of_its_own(tmp_path: Path) -> None:
    def many() -> Iterator[bytes]:
        for number in range(MAX_FILES + 100):
            yield from part(f"{number}.txt", iter([b"x"]))
        yield b"--edge--\r\n"

    with pytest.raises(LimitReached):
        asyncio.run(read_upload(streamed(many()), tmp_path, {".txt"}))
    long = b'--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\n' + b"x" * 5000
    with pytest.raises(LimitReached):
        asyncio.run(read_upload(streamed(iter([long])), tmp_path, {".txt"}))
    header = b"--edge\r\nX-Long: " + b"x" * 9000
    with pytest.raises((LimitReached, BadRequest)):
        asyncio.run(read_upload(streamed(iter([header])), tmp_path, {".txt"}))


def test_a_file_of_the_bundled_collection_or_of_nobody_is_not_withdrawn(home: Path) -> None:
    settings = load_settings(environment(home))
    library, catalogue = Librarian(settings), open_catalogue(settings.database_url)
    bundled = next(file for file in catalogue.files() if file.bundled)
    catalogue.close()
    client = client_of(library)
    for number in (str(bundled.id), "999999"):
        assert act(client, "withdraw", file=number).status_code == 404
    assert act(client, "withdraw", file="1 OR 1=1").status_code == 400
    assert bundled.name not in client.get("/en/library").text
    library.close()


def test_a_damaged_note_of_the_job_stops_nobody(empty: Librarian) -> None:
    client = client_of(empty)
    send(client, ("law.md", FIRST))
    for damaged in ("", "{", "[]", '{"act": 1}', json.dumps({"stage": "odd", "files": []})):
        (empty._folder / "job.json").write_text(damaged)
        (empty._folder / "read.json").write_text(damaged)
        page = client.get("/en/library")
        assert page.status_code == 200
        assert "1 file waits" in page.text


def test_without_a_library_there_are_no_pages_and_no_link() -> None:
    client = Client(create_app(FakeService(), "9.9.9"))
    assert client.get("/ar/library").status_code == 404
    assert "/ar/library" not in client.get("/ar/").text
