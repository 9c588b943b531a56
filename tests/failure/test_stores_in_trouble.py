"""Broken, foreign, busy and full stores: one clear sentence each, and nothing stored is lost."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from search.errors import QueryEmpty
from search.model import Query
from search.opening import open_service
from search.settings import load_settings
from tests.support import serving, tamyeez

LAW = (
    "مادة 1\nعلى كل ناقل أن يحفظ دفتر الرحلات عشر سنوات.\n\n"
    "مادة 2\nيعاقب بالغرامة كل من أتلف دفتر الرحلات عمدا.\n"
)
AS_LAW = ("--id", "kw-law-2099-1", "--kind", "statute", "--language", "ar")


def one_line(done: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """Assert a refusal of one line and return it."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_without_any_index_search_says_what_to_run(tmp_path: Path) -> None:
    assert "tamyeez ingest" in one_line(tamyeez(tmp_path, "search", "x"))


def test_a_damaged_catalogue_is_said_and_left_alone(home: Path) -> None:
    path = home / "catalogue.sqlite"
    garbage = b"not a database " * 1000
    for extra in home.glob("catalogue.sqlite-*"):
        extra.unlink()
    path.write_bytes(garbage)
    for command in (["search", "x"], ["status"], ["ingest"]):
        assert "damaged" in one_line(tamyeez(home, *command))
    assert path.read_bytes() == garbage


def test_a_damaged_index_is_said_and_reindex_mends_it(home: Path) -> None:
    before = json.loads(tamyeez(home, "status", "--json").stdout)
    for path in (home / "index").rglob("*"):
        if path.is_file() and path.name not in {"current.json", "manifest.json"}:
            path.write_bytes(b"\x00garbage" * 20)
    assert "tamyeez reindex" in one_line(tamyeez(home, "search", "الاتجار"))
    assert tamyeez(home, "reindex").returncode == 0
    after = json.loads(tamyeez(home, "status", "--json").stdout)
    assert after["agree"]
    assert after["fingerprint"] == before["fingerprint"]


def test_laws_are_read_and_empty_queries_refused_whatever_the_index(home: Path) -> None:
    pointer = home / "index" / "current.json"
    for broken in (b"{", None):
        if broken is None:
            pointer.unlink()
        else:
            pointer.write_bytes(broken)
        service = open_service(load_settings({"TAMYEEZ_HOME": str(home)}))
        assert service.provision("kw-law-2013-91/art-2").provision
        assert service.concepts()
        with pytest.raises(QueryEmpty):
            service.search(Query("  "))
        service.close()


def test_a_lost_index_is_said_and_rebuilt(home: Path) -> None:
    pointer = home / "index" / "current.json"
    pointer.unlink()
    assert "tamyeez" in one_line(tamyeez(home, "search", "الاتجار"))
    status = tamyeez(home, "status", "--json")
    assert status.returncode == 1
    assert json.loads(status.stdout)["problems"]
    assert tamyeez(home, "ingest").returncode == 0
    assert tamyeez(home, "search", "الاتجار").returncode == 0


def test_an_index_of_another_embedder_is_refused(home: Path) -> None:
    for manifest in (home / "index").rglob("manifest.json"):
        values = json.loads(manifest.read_text("utf-8"))
        values["manifest"]["embedder"] = "another/model/0123"
        manifest.write_text(json.dumps(values), "utf-8")
    line = one_line(tamyeez(home, "search", "الاتجار"))
    assert "another/model/0123" in line
    assert "reindex" in line
    assert tamyeez(home, "reindex").returncode == 0
    assert tamyeez(home, "search", "الاتجار").returncode == 0


@pytest.fixture
def server(home: Path) -> Iterator[str]:
    """A server on a copy of the collection."""
    with serving(home) as url:
        yield url


def test_commands_work_through_a_running_server(home: Path, server: str) -> None:
    done = tamyeez(home, "search", "المادة 2 من القانون رقم 91 لسنة 2013", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"][0]["id"] == "kw-law-2013-91/art-2"
    status = tamyeez(home, "status")
    assert status.returncode == 0, status.stderr


def test_added_texts_show_up_without_a_restart(home: Path, server: str, tmp_path: Path) -> None:
    asked = {"q": "من أتلف دفتر الرحلات"}
    before = httpx.get(f"{server}/api/search", params=asked, trust_env=False).json()
    assert "kw-law-2099-1/art-2" not in [hit["id"] for hit in before["results"]]
    law = tmp_path / "law.txt"
    law.write_text(LAW, "utf-8")
    done = tamyeez(home, "ingest", str(law), *AS_LAW, "--authority", "official")
    assert done.returncode == 0, done.stderr
    after = httpx.get(f"{server}/api/search", params=asked, trust_env=False).json()
    assert after["results"][0]["id"] == "kw-law-2099-1/art-2"


def test_a_second_server_says_who_holds_the_store(home: Path, server: str) -> None:
    line = one_line(tamyeez(home, "serve", "--port", "0"))
    assert "process" in line or server in line


def test_a_taken_port_is_said(home: Path, server: str, tmp_path: Path) -> None:
    port = server.rpartition(":")[2]
    assert f"port {port}" in one_line(tamyeez(tmp_path, "serve", "--port", port))


def test_a_server_brings_a_killed_ingest_to_its_end(home: Path, tmp_path: Path) -> None:
    """The catalogue has a text that the index lacks: as after a kill between the two."""
    law = tmp_path / "law.txt"
    law.write_text(LAW, "utf-8")
    saved = (home / "index" / "current.json").read_bytes()
    done = tamyeez(home, "ingest", str(law), *AS_LAW, "--authority", "official")
    assert done.returncode == 0, done.stderr
    (home / "index" / "current.json").write_bytes(saved)
    status = tamyeez(home, "status", "--json")
    assert status.returncode == 1
    assert not json.loads(status.stdout)["agree"]
    with serving(home) as url:
        asked = {"q": "من أتلف دفتر الرحلات"}
        found = httpx.get(f"{url}/api/search", params=asked, trust_env=False).json()
        assert found["results"][0]["id"] == "kw-law-2099-1/art-2"
    assert tamyeez(home, "status").returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes; only root may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        ).returncode
    )
    if not made:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_the_catalogue_stays_whole(small_disk: Path) -> None:
    done = tamyeez(small_disk, "ingest")
    *trail, line = done.stderr.strip().splitlines()
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "disk" in line
    # The audit trail may have no room either; it says so once.
    assert len(trail) <= 1
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert tamyeez(small_disk, "ingest").returncode == 0
    assert tamyeez(small_disk, "status").returncode == 0
