"""Every door leaves its events: command, page and API; and no words, facts or file names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import httpx

from tests.support import serving, tamyeez


def listed(home: Path) -> list[dict[str, str]]:
    done = tamyeez(home, "audit", "list", "--csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_searches_exports_and_commands_are_events(home: Path, tmp_path: Path) -> None:
    before = len(listed(home))
    with serving(home) as url, httpx.Client(base_url=url, trust_env=False, timeout=120) as client:
        assert client.get("/api/search", params={"q": "planted passport"}).status_code == 200
        assert client.get("/api/search", params={"q": ""}).status_code == 422
        assert client.get("/api/provisions.csv", params={"x": "planted"}).status_code == 200
        facts = {"facts": "planted facts: he kept her passport and did not pay her."}
        assert client.post("/api/distinguish", json=facts).status_code == 200
    missing = tamyeez(home, "withdraw", str(tmp_path / "planted-name.pdf"))
    assert missing.returncode == 1
    found = [(event["kind"], event["outcome"]) for event in listed(home)[before:]]
    assert found == [
        ("administration", "done"),
        ("search", "done"),
        ("search", "query-empty"),
        ("export", "done"),
        ("withdraw", "bad-request"),
    ]
    searched = listed(home)[before + 1]
    assert "kw-law-2013-91/" in searched["objects"]
    assert searched["detail"].startswith("digest:")
    assert listed(home)[before + 3]["objects"] == '["/api/provisions.csv"]'
    assert all(b"planted" not in path.read_bytes() for path in home.glob("audit.*"))
    checked = tamyeez(home, "audit", "verify")
    assert (checked.returncode, checked.stdout[:5]) == (0, "Whole")
    (home / "audit.anchor").write_text("[]")
    assert tamyeez(home, "audit", "verify").returncode == 1


def test_a_private_backup_takes_the_trail_along_whole(home: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "kept.backup", tmp_path / "there"
    made = tamyeez(home, "backup", str(file), "--with-private")
    assert made.returncode == 0, made.stderr
    assert tamyeez(home, "restore", str(file), "--to", str(there)).returncode == 0
    assert tamyeez(there, "audit", "verify").returncode == 0
    kinds = [event["kind"] for event in listed(there)]
    assert (kinds[0], kinds[-1]) == ("ingest", "restore")


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    for name, value in (("TAMYEEZ_AUDIT_QUERIES", "some"), ("TAMYEEZ_AUDIT_DAYS", "-1")):
        done = tamyeez(tmp_path, "audit", "verify", env={name: value})
        assert done.returncode == 1
        assert name in done.stderr
