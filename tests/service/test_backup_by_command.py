"""A backup by command: taken while the home is served, restored elsewhere, it answers alike."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support import serving, tamyeez

QUERIES = ("passport confiscation", "عقوبة الاتجار بالأشخاص", "المادة 2 من القانون 91 لسنة 2013")


def ranking(home: Path, query: str) -> list[tuple[str, object]]:
    done = tamyeez(home, "search", query, "--json", "--limit", "20")
    assert done.returncode == 0, done.stderr
    return [(hit["id"], hit["why"]) for hit in json.loads(done.stdout)["results"]]


def test_a_restored_home_ranks_as_the_one_that_was_backed_up(home: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "kept.backup", tmp_path / "there"
    secret = tmp_path / "secret.txt"
    secret.write_text("a passphrase of some length\n")
    with serving(home):
        made = tamyeez(home, "backup", str(file), "--passphrase-file", str(secret))
        assert made.returncode == 0, made.stderr
        before = [ranking(home, query) for query in QUERIES]
        refused = tamyeez(home, "restore", str(file), "--passphrase-file", str(secret))
        assert refused.returncode == 1
        assert "Stop it" in refused.stderr
    checked = tamyeez(home, "backup", str(file), "--check", "--passphrase-file", str(secret))
    assert (checked.returncode, checked.stdout[:5]) == (0, "Whole"), checked.stderr
    asked = tamyeez(home, "backup", str(file), "--check")
    assert "--passphrase-file" in asked.stderr
    done = tamyeez(home, "restore", str(file), "--to", str(there), "--passphrase-file", str(secret))
    assert done.returncode == 0, done.stderr
    assert [ranking(there, query) for query in QUERIES] == before
    assert all(before)
    assert tamyeez(there, "status").returncode == 0


def test_without_an_index_of_its_catalogue_the_backup_says_so(home: Path, tmp_path: Path) -> None:
    (home / "index" / "current.json").unlink()
    made = tamyeez(home, "backup", str(tmp_path / "kept.backup"))
    assert made.returncode == 0, made.stderr
    assert "tamyeez reindex" in made.stdout
