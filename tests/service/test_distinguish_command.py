"""`tamyeez distinguish`: from a file, as text and as JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.distinction.results import PRIMARY
from tests.support import tamyeez

FACTS = (
    "أخذ الكفيل جوازي من أول يوم ورفض أن يرده، وقال إن حاولت الخروج أبلغ عنك متغيباً. علي دين يزيد "
    "كل شهر ولا أستطيع أن أترك العمل."
)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.txt"
    path.write_text(FACTS, "utf-8-sig")
    return path


def test_json_is_the_api_s(collection: Path, facts: Path) -> None:
    done = tamyeez(collection, "distinguish", str(facts), "--date", "2025-03-01", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["primary"] in PRIMARY
    assert answer["date"] == "2025-03-01"
    assert all(FACTS[s["start"] : s["end"]] == s["text"] for s in answer["sentences"])


def test_reading_names_primary_elements_words_and_questions(collection: Path, facts: Path) -> None:
    done = tamyeez(collection, "distinguish", str(facts))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Reads first as: ")
    assert "«أخذ الكفيل جوازي من أول يوم" in done.stdout
    assert "kw-law-2013-91/art-2" in done.stdout


def test_what_cannot_be_read_is_refused_with_one_line(collection: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"\xff\xfe\xfa")
    (tmp_path / "empty.txt").write_bytes(b"")
    for name in ("latin.txt", "empty.txt", "missing.txt"):
        done = tamyeez(collection, "distinguish", str(tmp_path / name))
        assert done.returncode == 1
        assert done.stderr.startswith("tamyeez: ")
        assert done.stderr.count("\n") == 1
