"""Backups of small homes: whole, checked, hostile, encrypted; nothing is half restored."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from search.backup import check_backup, make_backup, restore_backup
from search.backup.sealing import SealedReader, SealingWriter
from search.backup.zipped import is_safe
from search.catalogue import open_catalogue
from search.errors import BadRequest, StoreBusy, StoreFull, Unreadable
from search.settings import Settings, load_settings
from search.work.store import WorkStore

PASSPHRASE = "four words of كلمة السر"


def never() -> str:
    raise AssertionError("no passphrase is needed")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty catalogue, a file of work, a key and a page waiting for review."""
    home = tmp_path_factory.mktemp("template")
    settings = load_settings({"TAMYEEZ_HOME": str(home)})
    open_catalogue(settings.database_url).close()
    store = WorkStore(home)
    with store.write():
        pass
    store.close()
    (home / "record.key").write_text("secret")
    (home / "server.json").write_text("{}")
    page = home / "private" / "scans" / ("a" * 64) / "page-00001.json"
    page.parent.mkdir(parents=True)
    page.write_text('{"lines": ["planted name"]}')
    return home


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    """A copy of the template that the test may change."""
    shutil.copytree(template, tmp_path / "home")
    return load_settings({"TAMYEEZ_HOME": str(tmp_path / "home")})


@pytest.fixture
def backup(settings: Settings, tmp_path: Path) -> Path:
    file = tmp_path / "kept.backup"
    make_backup(settings, file)
    return file


def paths(manifest_files: object) -> set[str]:
    return {file.path for file in manifest_files}  # type: ignore[attr-defined]


def test_private_stores_are_in_it_only_when_asked_for(settings: Settings, tmp_path: Path) -> None:
    plain = make_backup(settings, tmp_path / "a.backup")
    whole = make_backup(settings, tmp_path / "b.backup", with_private=True)
    assert paths(plain.files) == {"catalogue.sqlite", "work.sqlite"}
    page = f"private/scans/{'a' * 64}/page-00001.json"
    assert paths(whole.files) == paths(plain.files) | {"record.key", page}
    assert b"planted" not in (tmp_path / "a.backup").read_bytes()


def test_the_file_is_this_accounts_alone_and_never_overwritten(
    settings: Settings, backup: Path
) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    before = backup.read_bytes()
    with pytest.raises(BadRequest, match="not overwritten"):
        make_backup(settings, backup)
    assert backup.read_bytes() == before
    assert not (settings.home / ".backup").exists()


def test_a_transaction_that_is_not_committed_is_not_in_it(
    settings: Settings, tmp_path: Path
) -> None:
    work = settings.home / "work.sqlite"
    with closing(sqlite3.connect(work, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE kept (n)")
        writer.execute("INSERT INTO kept VALUES (1)")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO kept VALUES (2)")
        make_backup(settings, tmp_path / "busy.backup")
        writer.execute("COMMIT")
    restore_backup(tmp_path / "busy.backup", tmp_path / "there", never)
    with closing(sqlite3.connect(tmp_path / "there" / "work.sqlite")) as read:
        assert read.execute("SELECT n FROM kept").fetchall() == [(1,)]


def test_a_damaged_store_is_refused_rather_than_backed_up(
    settings: Settings, tmp_path: Path
) -> None:
    (settings.home / "work.sqlite").write_bytes(b"no database " * 1000)
    with pytest.raises(Exception, match="damaged"):
        make_backup(settings, tmp_path / "x.backup")
    assert list(tmp_path.glob("x.backup*")) == []


def test_a_home_that_is_not_empty_is_kept_beside(backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "other"
    home.mkdir()
    (home / "mine.txt").write_text("kept")
    restored = restore_backup(backup, home, never)
    assert restored.former is not None
    assert (restored.former / "mine.txt").read_text() == "kept"
    assert {p.name for p in home.iterdir()} == {"catalogue.sqlite", "work.sqlite"}
    assert all(p.stat().st_mode & 0o077 == 0 for p in [home, *home.rglob("*")])
    assert not list(tmp_path.glob(".other*"))


def test_killed_before_the_swap_leaves_the_home_as_it_was(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "other"
    home.mkdir()
    (home / "mine.txt").write_text("kept")
    child = os.fork()
    if child == 0:
        monkeypatch.setattr("search.backup.restoring._swap", lambda *_: os._exit(9))
        restore_backup(backup, home, never)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert (home / "mine.txt").read_text() == "kept"
    assert (tmp_path / ".other.restoring").exists()
    assert (
        restore_backup(backup, home, never).former is not None
    )  # and what was left is no hindrance
    assert not (tmp_path / ".other.restoring").exists()


def test_a_swap_that_fails_is_taken_back(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "other"
    home.mkdir()
    (home / "mine.txt").write_text("kept")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == ".other.restoring":
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(BadRequest, match="busy"):
        restore_backup(backup, home, never)
    assert (home / "mine.txt").read_text() == "kept"


def test_two_at_once_do_not_mix(settings: Settings, tmp_path: Path) -> None:
    from search.backup.folders import folder_of_one

    with folder_of_one(settings.home / ".backup"), pytest.raises(StoreBusy):
        make_backup(settings, tmp_path / "second.backup")


def test_a_full_disk_is_seen_before_anything_is_written(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = type("Usage", (), {"free": 10})
    monkeypatch.setattr("search.backup.zipped.shutil.disk_usage", lambda _: full)
    with pytest.raises(StoreFull):
        restore_backup(backup, tmp_path / "there", never)
    assert not (tmp_path / "there").exists()


# --- hostile archives -------------------------------------------------------------------------


def forged(
    tmp_path: Path,
    name: str,
    data: bytes = b"x",
    change: Callable[[dict[str, object]], None] = lambda _: None,
    member: str | None = None,
    more: dict[str, bytes] | None = None,
) -> Path:
    """An archive whose manifest lists one file; `change` edits the manifest."""
    entry = {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest: dict[str, object] = {
        "format": "tamyeez-backup", "version": 1, "tamyeez": "0", "made_at": "", "private": False,
        "edition": None, "revision": None, "fingerprint": None, "generation": None,
        "files": [entry],
    }  # fmt: skip
    change(manifest)
    file = tmp_path / "forged.backup"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member or name, data)
        for other, content in (more or {}).items():
            archive.writestr(other, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return file


@pytest.mark.parametrize(
    "name",
    ["../out", "/etc/out", "a/../../out", "a//b", "a/./b", ".hidden", "a\\..\\b", "C:/x", "a\0b",
     "", "a/" * 20 + "b", "x" * 300, "ن" * 150, "a\nb", "a\u202eb", "\ud800"],
)  # fmt: skip
def test_names_outside_the_grammar_are_refused(name: str, tmp_path: Path) -> None:
    assert not is_safe(name)
    file = forged(tmp_path, name, member="inner")
    with pytest.raises(Unreadable):
        restore_backup(file, tmp_path / "home" / "inner", never)
    assert not list(tmp_path.rglob("out"))
    assert not (tmp_path / "home" / "inner").exists()


def test_a_librarians_files_keep_their_names(settings: Settings, tmp_path: Path) -> None:
    inbox = settings.private_folder / "library" / "inbox"
    inbox.mkdir(parents=True)
    names = ["قانون رقم ٩١ (نسخة).pdf", "قانون رقم ٩١ (نسخة).pdf.yaml", "Büro «1», a=b & c.docx"]
    for name in names:
        (inbox / name).write_text(name)
    file, home = tmp_path / "named.backup", tmp_path / "restored"
    make_backup(settings, file, with_private=True)
    restore_backup(file, home, never)
    restored = home / "private" / "library" / "inbox"
    assert sorted(path.name for path in restored.iterdir()) == sorted(names)
    assert all((restored / name).read_text() == name for name in names)


def test_a_link_in_the_archive_becomes_no_link(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("catalogue.sqlite")
    link.external_attr = 0o120777 << 16
    data = b"/etc/passwd"
    file = forged(tmp_path, "catalogue.sqlite", data)
    with zipfile.ZipFile(file) as made:
        manifest = made.read("manifest.json")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, data)
        archive.writestr("manifest.json", manifest)
    restore_backup(file, tmp_path / "home", never)
    assert not (tmp_path / "home" / "catalogue.sqlite").is_symlink()
    assert (tmp_path / "home" / "catalogue.sqlite").read_bytes() == data


def test_what_the_manifest_does_not_list_is_refused(tmp_path: Path) -> None:
    file = forged(tmp_path, "a.sqlite", more={"b.sqlite": b"more"})
    with pytest.raises(Unreadable, match="other files"):
        check_backup(file, never)


def test_another_content_length_or_version_is_refused(tmp_path: Path) -> None:
    def grow(manifest: dict[str, object]) -> None:
        manifest["files"][0]["size"] = 2  # type: ignore[index]

    def rehash(manifest: dict[str, object]) -> None:
        manifest["files"][0]["sha256"] = "0" * 64  # type: ignore[index]

    def renew(manifest: dict[str, object]) -> None:
        manifest["version"] = 2

    def double(manifest: dict[str, object]) -> None:
        manifest["files"] = manifest["files"] * 2  # type: ignore[operator]

    for change, said in (
        (grow, "length"),
        (rehash, "content"),
        (renew, "format 2"),
        (double, "list"),
    ):
        with pytest.raises(Unreadable, match=said):
            check_backup(forged(tmp_path, "a.sqlite", change=change), never)


def test_a_member_that_unpacks_to_more_than_it_says_is_stopped(tmp_path: Path) -> None:
    data = bytes(8 << 20)
    file = forged(tmp_path, "a.sqlite", data)
    raw = bytearray(file.read_bytes())
    claimed = (1 << 20).to_bytes(4, "little")
    real = len(data).to_bytes(4, "little")
    raw = raw.replace(real, claimed)  # in the local header and in the directory
    file.write_bytes(raw)
    with pytest.raises(Unreadable):
        check_backup(file, never)


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x03\x04" + bytes(40), b"PK\x05\x06" + bytes(18)]
)
def test_files_that_are_no_backup_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(Unreadable, match="no backup"):
        check_backup(tmp_path / "x", never)


def test_any_changed_byte_is_found_or_harmless(backup: Path, tmp_path: Path) -> None:
    """Whatever a byte is changed to, what is restored is what was backed up, or nothing is."""
    raw = backup.read_bytes()
    good = {f.path: f.sha256 for f in check_backup(backup, never).files}
    rng = random.Random(20131)
    refused = 0
    for _ in range(60):
        place = rng.randrange(len(raw))
        changed = bytearray(raw)
        changed[place] ^= 1 << rng.randrange(8)
        (tmp_path / "bad").write_bytes(changed)
        try:
            manifest = check_backup(tmp_path / "bad", never)
        except Unreadable:
            refused += 1
        else:
            assert {f.path: f.sha256 for f in manifest.files} == good
    assert refused > 30


# --- encryption -------------------------------------------------------------------------------


def test_an_encrypted_backup_opens_with_its_passphrase_only(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "sealed.backup"
    make_backup(settings, file, with_private=True, passphrase=PASSPHRASE)
    assert b"page-00001" not in file.read_bytes()
    restore_backup(file, tmp_path / "there", lambda: PASSPHRASE)
    assert (tmp_path / "there" / "record.key").read_text() == "secret"
    with pytest.raises(Unreadable, match="passphrase is another"):
        check_backup(file, lambda: "another one altogether")


def test_an_encrypted_backup_of_many_files_is_whole(settings: Settings, tmp_path: Path) -> None:
    # The list within the zip, and many of its headers, go over the end of a sealed chunk.
    scans = settings.home / "private" / "scans" / ("a" * 64)
    for number in range(2, 1500):
        (scans / f"page-{number:05}.json").write_text("{}" * (number % 97))
    file = tmp_path / "many.backup"
    made = make_backup(settings, file, with_private=True, passphrase=PASSPHRASE)
    assert len(made.files) > 1500
    assert check_backup(file, lambda: PASSPHRASE) == made


def test_a_short_passphrase_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="12 characters"):
        make_backup(settings, tmp_path / "x.backup", passphrase="short")
    assert not list(tmp_path.glob("x.backup*"))


def sealed(data: bytes) -> bytes:
    target = io.BytesIO()
    writer = SealingWriter(target, PASSPHRASE)
    for start in range(0, len(data), 50_000):
        writer.write(data[start : start + 50_000])
    writer.finish()
    return target.getvalue()


@pytest.fixture
def cheap_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys by a hash: scrypt takes a third of a second, and these tests many keys."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    monkeypatch.setattr(
        "search.backup.sealing._cipher",
        lambda passphrase, header: ChaCha20Poly1305(
            hashlib.sha256(passphrase.encode() + header).digest()
        ),
    )


@pytest.mark.usefixtures("cheap_key")
@pytest.mark.parametrize("length", [0, 1, 65535, 65536, 65537, 131072, 200_001])
def test_what_is_sealed_is_read_from_any_place(length: int) -> None:
    data = random.Random(length).randbytes(length)
    reader = io.BufferedReader(SealedReader(io.BytesIO(sealed(data)), PASSPHRASE))
    assert reader.read() == data
    for place in (0, length // 3, max(0, length - 7)):
        reader.seek(place)
        assert reader.read(20) == data[place : place + 20]


@pytest.mark.usefixtures("cheap_key")
def test_a_sealed_file_cut_reordered_or_changed_is_refused() -> None:
    data = random.Random(7).randbytes(200_000)
    whole = sealed(data)
    chunk, head = 65536 + 16, 33
    first, second = whole[head : head + chunk], whole[head + chunk : head + 2 * chunk]
    wrong = {
        "cut within a chunk": whole[:-1],
        "cut at a chunk": whole[: head + 2 * chunk],
        "reordered": whole[:head] + second + first + whole[head + 2 * chunk :],
        "repeated": whole[:head] + first + first + whole[head + 2 * chunk :],
        "longer": whole + b"x",
        "only a header": whole[:head],
        "less than a header": whole[:20],
        "changed": whole[:100_000] + bytes([whole[100_000] ^ 1]) + whole[100_001:],
    }
    for how, content in wrong.items():
        with pytest.raises(Unreadable):
            io.BufferedReader(SealedReader(io.BytesIO(content), PASSPHRASE)).read()
            pytest.fail(how)
