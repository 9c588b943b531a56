"""By command: a changed file is a new version, what changed is printed, and withdrawing ends it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.asgi_client import Client
from tests.service.fake_service import HOSTILE, SAMPLE, FakeService
from tests.support import ROOT, environment, tamyeez
from web.app import create_app

WORK = "xx-law-2001-1"


def law(years: str, *more: str) -> str:
    articles = [f"على كل ناقل أن يحفظ دفتر الرحلات {years} سنوات.", "يعاقب من أتلفه عمدا.", *more]
    return "\n\n".join(f"مادة {n}\n{text}" for n, text in enumerate(articles, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "law.txt").write_text(law("خمس", "يلغى ما سبق."), "utf-8")
    (folder / "law.txt.yaml").write_text(
        f"instrument: {WORK}\nkind: statute\nlanguage: ar\nauthority: official\n", "utf-8"
    )
    return folder


def test_from_the_first_reading_to_the_withdrawal(folder: Path, tmp_path: Path) -> None:
    home, page, text = tmp_path / "home", tmp_path / "report.html", folder / "law.txt"
    assert tamyeez(home, "ingest", str(text)).returncode == 0
    sidecar = folder / "law.txt.yaml"
    sidecar.write_text(f"{sidecar.read_text('utf-8')}in_force_from: 2020-01-01\n", "utf-8")
    text.write_text(law("سبع"), "utf-8")
    done = tamyeez(home, "ingest", str(text), "--report", str(page))
    assert done.returncode == 0, done.stderr
    assert "~ art-1: «خمس» → «سبع»" in done.stdout
    assert "− art-3" in done.stdout
    assert "before 2020-01-01" in done.stdout
    assert "<ins>سبع" in page.read_text("utf-8")
    history = json.loads(tamyeez(home, "versions", WORK, "--json").stdout)
    assert [len(version["texts"]) for version in history["versions"]] == [3]

    def found(*options: str) -> list[str]:
        said = tamyeez(home, "search", "دفتر الرحلات", "--json", *options)
        [first, *_] = json.loads(said.stdout)["results"]
        return [passage["text"].split()[-2] for passage in first["passages"]]

    assert found() == ["سبع"]
    assert found("--as-at", "2019-12-31") == ["خمس"]
    gone = tamyeez(home, "withdraw", str(text))
    assert gone.returncode == 0, gone.stderr
    assert "nothing of it is found or shown any more" in gone.stdout
    status = json.loads(tamyeez(home, "status", "--json").stdout)
    assert (status["provisions"], status["passages"], status["agree"]) == (0, 0, True)
    assert len(list((home / "index" / "generations").iterdir())) == 1, "no former generation stays"
    assert text.exists(), "the file itself is the office's"
    stored = b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    assert "دفتر الرحلات".encode() not in stored
    said = tamyeez(home, "withdraw", str(text))
    assert said.returncode == 1
    assert len(said.stderr.strip().splitlines()) == 1


def test_a_bundled_text_is_not_withdrawn_by_hand(home: Path) -> None:
    done = tamyeez(home, "withdraw", "kw-law-2013-91")
    assert done.returncode == 1
    assert "bundled collection" in done.stderr


def test_a_watched_folder_is_read_and_left_cleanly(folder: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "ingest", "--watch", str(folder)],
        env=environment(tmp_path / "home"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "watching in/" in process.stdout.readline()
    assert f"law.txt: added, {WORK}, 3 provisions" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    rest, errors = process.communicate(timeout=60)
    assert "no longer watching in/" in rest
    assert (process.returncode, errors) == (0, "")
    status = json.loads(tamyeez(tmp_path / "home", "status", "--json").stdout)
    assert (status["provisions"], status["agree"]) == (3, True)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_of_a_law_shows_its_history(language: str) -> None:
    answer = Client(create_app(FakeService(), "9.9.9")).get(f"/{language}/laws/{SAMPLE.id}")
    assert answer.status_code == 200
    assert 'id="history"' in answer.text
    assert "<del>خمس " in answer.text
    assert "<ins>سبع " in answer.text
    assert HOSTILE not in answer.text, "escaped"
