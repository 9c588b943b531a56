"""Files that cannot be read: each named with its reason, exit code 3, nothing half-indexed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfWriter

from tests.support import tamyeez

SOUND = "مادة 1\nعلى كل ناقل أن يحفظ دفتر الرحلات.\n\nمادة 2\nيعاقب من أتلفه عمدا.\n"


def encrypted_pdf() -> bytes:
    """A PDF that opens only with a password."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "encrypted.pdf": (encrypted_pdf(), "encrypted"),
    "truncated.pdf": (encrypted_pdf()[:200], "damaged"),
    "picture.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "damaged"),
    "wrong-encoding.txt": (bytes(range(128, 256)) * 20, "encoding"),
    "sequence.txt": (
        "\n".join(f"مادة {n}\nنص المادة هنا.\n" for n in (1, 2, 71, 4)).encode(),
        "article-sequence",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of bad files and one sound law."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_000)  # sparse: refused by its size before it is read
    (folder / "sound.txt").write_text(SOUND, "utf-8")
    (folder / "sound.txt.yaml").write_text(
        "instrument: xx-law-2001-1\nkind: statute\nlanguage: ar\nauthority: official\n", "utf-8"
    )
    (folder / "notes.xyz").write_text("not a kind we read", "utf-8")
    return folder


def test_a_folder_of_bad_files_is_sorted_out(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = tamyeez(home, "ingest", str(folder), "--json")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)
    ended = {file["file"]: file for file in report["files"]}
    assert ended.pop("sound.txt")["status"] == "added"
    expected = {name: reason for name, (_, reason) in BAD.items()} | {"huge.txt": "too-large"}
    assert {name: file["reasons"][0] for name, file in ended.items()} == expected
    for file in ended.values():
        assert file["status"] == "quarantined"
        assert len(file["reasons"][1]) > 20, "a sentence says what to do"
        assert file["passages"] == 0
    assert report["skipped"] == ["notes.xyz"]
    status = json.loads(tamyeez(home, "status", "--json").stdout)
    assert status["provisions"] == 2
    assert status["quarantined"] == len(ended)
    assert status["agree"]


def test_refusals_are_one_line_each_and_a_mended_file_is_taken(
    folder: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    bad = folder / "empty.txt"
    done = tamyeez(home, "ingest", str(bad))
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert "empty.txt" in done.stderr
    bad.write_text(SOUND, "utf-8")
    assert tamyeez(home, "ingest", str(bad), "--id", "xx-law-2001-2").returncode == 0
    status = json.loads(tamyeez(home, "status", "--json").stdout)
    assert status["quarantined"] == 0


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = tamyeez(tmp_path / "home", "ingest", str(tmp_path / "no-such-law.pdf"))
    assert done.returncode == 3
    assert "no-such-law.pdf" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_id_must_be_one_and_for_one_file(tmp_path: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text(SOUND, "utf-8")
    done = tamyeez(tmp_path / "home", "ingest", str(law), "--id", "No Such Id")
    assert done.returncode == 1
    assert "kw-law-2013-91" in done.stderr, "it shows what an id looks like"
    assert len(done.stderr.strip().splitlines()) == 1
    assert (
        tamyeez(tmp_path / "home", "ingest", str(tmp_path), "--id", "kw-law-2001-1").returncode == 2
    )
