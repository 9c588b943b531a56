"""The whole of it on a PostgreSQL catalogue: ingest, search, versions, notes, kills, lost lines.

What is measured against is the same on SQLite.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support import ROOT, environment, serving, tamyeez

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
LAWS, ARTICLES, KILLS, SEED = 5, 6, 3, 20132
QUERIES = ("بيع الإقامة بمبلغ مالي", "passport of the worker", "م ٢ ق ٩١ لسنة ٢٠١٣")
Run = Callable[..., Any]


@pytest.fixture
def env(postgres_url: str) -> dict[str, str]:
    return {"TAMYEEZ_DATABASE_URL": postgres_url}


@pytest.fixture
def run(tmp_path: Path, env: dict[str, str]) -> Run:
    """Run a command on PostgreSQL and return its JSON."""

    def ask(*arguments: str, code: int = 0) -> Any:
        done = tamyeez(tmp_path / "pg", *arguments, "--json", env=env)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    return ask


def write_law(folder: Path, number: int, duty: str = "أن تحفظ السجل في موعده") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"law-{number}.txt"
    articles = [
        f"مادة {n}\nعلى الجهة المختصة رقم {number * 100 + n} {duty}.\n"
        for n in range(1, ARTICLES + 1)
    ]
    path.write_text("\n".join(articles), "utf-8")
    path.with_name(path.name + ".yaml").write_text(
        f"instrument: xx-law-2001-{number}\nkind: statute\nlanguage: ar\nauthority: official\n"
        f"title: {{ar: قانون للاختبار رقم {number}, en: Test law {number}}}\n",
        "utf-8",
    )
    return path


def ranking(answer: Any) -> list[tuple[str, float]]:
    return [(result["id"], round(result["score"], 4)) for result in answer["results"]]


def test_the_collection_is_held_and_found_as_on_sqlite(
    collection: Path, tmp_path: Path, env: dict[str, str], run: Run
) -> None:
    assert tamyeez(tmp_path / "pg", "ingest", "--quiet", env=env).returncode == 0
    assert not (tmp_path / "pg" / "catalogue.sqlite").exists()
    sqlite = json.loads(tamyeez(collection, "status", "--json").stdout)
    status = run("status")
    assert status["agree"], status["problems"]
    for figure in ("fingerprint", "provisions", "judgments", "passages", "concepts"):
        assert status[figure] == sqlite[figure]
    for query in QUERIES:
        expected = json.loads(tamyeez(collection, "search", query, "--json").stdout)
        assert ranking(run("search", query)) == ranking(expected)


def test_a_file_is_ingested_changed_and_withdrawn(tmp_path: Path, run: Run) -> None:
    path = write_law(tmp_path / "laws", 1)
    assert run("ingest", str(path))["files"][0]["status"] == "added"
    assert run("ingest", str(path))["files"][0]["status"] == "unchanged"
    write_law(tmp_path / "laws", 1, "أن تتلف السجل بعد سنة")
    assert run("ingest", str(path))["files"][0]["status"] == "updated"
    (version, *_) = run("versions", "xx-law-2001-1")["versions"]
    assert version["changes"], "what changed is not shown"
    found = run("search", "تتلف السجل")["results"]
    assert found[0]["id"].startswith("xx-law-2001-1/art-")
    run("withdraw", str(path))
    status = run("status")
    assert status["provisions"] == 0
    assert status["agree"], status["problems"]


def test_a_killed_ingest_leaves_whole_files_and_a_rerun_completes_it(
    tmp_path: Path, env: dict[str, str], run: Run
) -> None:
    for number in range(1, LAWS + 1):
        write_law(tmp_path / "laws", number)
    rng, home = random.Random(SEED), tmp_path / "pg"
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "ingest", str(tmp_path / "laws")],
            env=environment(home, **env),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.8, 3.0))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        status = json.loads(tamyeez(home, "status", "--json", env=env).stdout)
        assert status["provisions"] % ARTICLES == 0, "half a file is held"
        assert status["agree"] or status["problems"], "a disagreement must be said"
    report = run("ingest", str(tmp_path / "laws"))
    assert {file["status"] for file in report["files"]} <= {"added", "unchanged"}
    status = run("status")
    assert status["agree"], status["problems"]
    assert status["provisions"] == LAWS * ARTICLES


def test_a_server_keeps_notes_and_outlives_a_lost_connection(
    tmp_path: Path, env: dict[str, str], run: Run, postgres_url: str
) -> None:
    run("ingest", str(write_law(tmp_path / "laws", 1)))
    with serving(tmp_path / "pg", **env) as url, httpx.Client(base_url=url, trust_env=False) as web:
        note = {"target": "xx-law-2001-1/art-1", "text": "انظر المادة الثانية"}
        assert web.post("/api/my-work/notes", json=note).status_code == 201
        assert web.get("/api/search", params={"q": "السجل"}).json()["total"] > 0
        assert _cut_all_connections(postgres_url) > 0
        for path in ("/api/search?q=السجل", "/api/provisions/xx-law-2001-1/art-1", "/readyz"):
            assert web.get(path).status_code == 200, path
        kept = web.get("/api/my-work/notes").json()
        assert kept["total"] == 1
        assert "tamyeez_provisions_held 6.0" in web.get("/metrics").text


def _cut_all_connections(url: str) -> int:
    import psycopg

    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return len(rows)
