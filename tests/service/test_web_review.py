"""The pages of the review queue: both languages, decisions, and nobody else's eyes."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import MagicMock

import httpx
import pytest
from PIL import Image

from ingest.files import Options, hash_file
from ingest.ocr.store import Doubt, PageState, PageStore, ReadFile, ReadPage
from ingest.report import FileReport, FileStatus
from ingest.review import ReviewDesk
from search.audit import Trail
from search.audit.store import KEY
from search.errors import BadSetting
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from web import serving
from web.app import create_app

# Invented, hostile; the second reading disputes 71.
LINES = ("مادة 71", "يحظر كل عمل <script>قسري</script>.")
SENTENCE = "Article 71 follows article 1."


class Again:
    """Stands for the ingest that follows the last decision on a file."""

    def __init__(self) -> None:
        self.ends = FileReport("scan.png", FileStatus.ADDED)

    def __call__(self, path: Path, options: Options, withdraw: bool) -> FileReport:
        return self.ends


@pytest.fixture
def again() -> Again:
    return Again()


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(tmp_path / "private")


@pytest.fixture
def scan(store: PageStore, tmp_path: Path) -> str:
    """Keep two pages of a scan as if they had been read; return the file's id in the queue."""
    path = tmp_path / "scan.png"
    Image.new("L", (60, 80), 255).save(path)
    sha = hash_file(path)
    doubts = (Doubt.NUMBERS,)
    store.save_page(sha, ReadPage(1, LINES, confidence=0.8, doubts=doubts, disputed=("71",)))
    store.save_page(sha, ReadPage(2, ("مادة 2",), confidence=0.9))
    store.save_file(ReadFile(sha, str(path), path.name, 2, {}))
    return sha[:12]


@pytest.fixture
def client(store: PageStore, scan: str, again: Again) -> Client:
    return Client(create_app(FakeService(), "9.9.9", ReviewDesk(store, again)))


def decide(client: Client, address: str, verdict: str, text: str, **headers: str) -> httpx.Response:
    request = httpx.Request(
        "POST", "http://test", files={"verdict": (None, verdict), "text": (None, text)}
    )
    content_type = request.headers["content-type"]
    return client.request("POST", address, request.read(), content_type=content_type, **headers)


def test_a_page_is_not_shown_where_that_cannot_be_recorded(
    store: PageStore, scan: str, again: Again, tmp_path: Path
) -> None:
    trail = Trail(tmp_path / "trail")
    app = create_app(FakeService(), "9.9.9", ReviewDesk(store, again), trail=trail)
    client = Client(app)
    assert client.get(f"/ar/review/{scan}/1").status_code == 200
    trail.close()
    (tmp_path / "trail" / KEY).unlink()
    for path in (f"/ar/review/{scan}/1", f"/en/review/{scan}/1.png"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "71" not in answer.text
        assert answer.headers["content-type"].startswith("text/html")
    assert "لا تُعرض إلا إذا قُيّد فتحها" in client.get(f"/ar/review/{scan}/1").text
    assert client.get("/ar/review").status_code == 200


@pytest.mark.parametrize("language", ["ar", "en"])
def test_queue_and_page_are_shown_escaped_in_both_languages(
    client: Client, scan: str, language: str
) -> None:
    queue = client.get(f"/{language}/review")
    assert queue.status_code == 200
    assert f'href="/{language}/review/{scan}/1"' in queue.text
    page = client.get(f"/{language}/review/{scan}/1")
    assert page.status_code == 200
    assert "&lt;script&gt;" in page.text
    assert "<script>قسري" not in page.text
    assert '<li class="disputed"><bdi>71</bdi></li>' in page.text
    assert f'<img src="/{language}/review/{scan}/1.png"' in page.text
    picture = client.get(f"/{language}/review/{scan}/1.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


def test_no_cache_keeps_anything_of_it(client: Client, scan: str) -> None:
    addresses = ("", f"/{scan}/1", f"/{scan}/1.png", f"/{scan}/9", "/nothing/1")
    answers = [client.get(f"/ar/review{address}") for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404]
    answers.append(decide(client, f"/en/review/{scan}/1", "accept", "\n".join(LINES)))
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_a_page_is_accepted_and_the_next_one_corrected(
    client: Client, store: PageStore, scan: str
) -> None:
    address = f"/en/review/{scan}"
    first = decide(client, f"{address}/1", "accept", "\r\n".join(LINES))
    assert (first.status_code, first.headers["location"]) == (303, f"{address}/2")
    last = decide(client, f"{address}/2", "accept", "مادة 1\r\nنص.")
    assert last.status_code == 200
    assert "its text has been added" in last.text
    pages = store.pages(store.find(scan).sha256)
    assert [page.state for page in pages] == [PageState.ACCEPTED, PageState.CORRECTED]
    assert pages[1].lines == ("مادة 1", "نص.")


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [("ar", "أرقام مواده لا يُوثق بها", SENTENCE), ("en", SENTENCE, "أرقام مواده")],
)
def test_a_refusal_gives_its_reason_in_the_readers_language(
    client: Client, scan: str, again: Again, language: str, said: str, unsaid: str
) -> None:
    reasons = ("article-sequence", SENTENCE)
    again.ends = FileReport("scan.png", FileStatus.QUARANTINED, reasons=reasons)
    answer = decide(client, f"/{language}/review/{scan}/1", "reject", "")
    assert answer.status_code == 200
    assert said in answer.text
    assert unsaid not in answer.text


def test_other_sites_and_senseless_decisions_change_nothing(
    client: Client, store: PageStore, scan: str
) -> None:
    address = f"/ar/review/{scan}/1"
    for foreign in ({"origin": "http://evil.test"}, {"sec_fetch_site": "cross-site"}):
        assert decide(client, address, "accept", "x", **foreign).status_code == 403
    assert decide(client, address, "perhaps", "x").status_code == 400
    assert decide(client, address, "accept", "ا" * 60_001).status_code == 400
    assert decide(client, f"/ar/review/{scan}/9", "accept", "x").status_code == 404
    same = decide(client, f"/ar/review/{scan}/2", "accept", "مادة 2", origin="http://test")
    assert same.status_code == 303
    states = [page.state for page in store.pages(store.find(scan).sha256)]
    assert states == [PageState.WAITING, PageState.ACCEPTED]


@pytest.mark.parametrize("host", ["0.0.0.0", "", "10.0.0.7", "::"])
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "nobody would have to sign in"),
        ({"TAMYEEZ_TLS": "proxy"}, "nobody would have to sign in"),
        ({"TAMYEEZ_ACCOUNTS": "on"}, "in the clear"),
    ],
)
def test_no_other_machine_reaches_it_without_signing_in(
    tmp_path: Path, store: PageStore, again: Again, host: str, more: dict[str, str], why: str
) -> None:
    settings = load_settings({"TAMYEEZ_HOME": str(tmp_path), **more})
    desk = ReviewDesk(store, again)
    site = serving.Site(settings, host, lambda _: desk, MagicMock(), MagicMock())
    with pytest.raises(BadSetting, match=why):
        serving.serve(site, 0)


def test_without_a_queue_there_are_no_pages_and_no_link() -> None:
    client = Client(create_app(FakeService(), "9.9.9"))
    assert client.get("/ar/review").status_code == 404
    assert "/ar/review" not in client.get("/ar/").text
