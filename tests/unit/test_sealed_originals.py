"""Sealed originals: the format, the folder, the settings, and who may look a name up."""

from __future__ import annotations

import base64
import errno
import io
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.access import acting_as, matrix
from search.access.reader import Reader
from search.audit import Trail
from search.audit.store import KEY
from search.audit.verifying import events
from search.catalogue import FileRecord, FileStatus
from search.errors import (
    BadRequest,
    BadSetting,
    NotHeld,
    NotPermitted,
    NotRecorded,
    StoreFull,
    Unreadable,
)
from search.model import Access
from search.originals.age import (
    Identity,
    is_recipient,
    new_identity,
    open_sealed,
    read_identity,
    seal,
)
from search.originals.folder import OriginalFolder
from search.originals.lookup import Lookup
from search.settings import load_settings

# Made by rage (the Rust program): a file sealed to two keys, of which this is the second, with a
# line of nonsense such as the format allows.
SECRET = "AGE-SECRET-KEY-1CHN93KR7Q4K9UKJSUCCHCV4YYVTV2XN5PC7XRSXL0V8P84ZQVGGSMAH7H3"
PUBLIC = "age1zzdclr5r83wcs9w0zt6vkyrnh3rjuvwmcq2gppzsvqgh0x0zygkqux2q96"
BY_RAGE = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBWUkt5dlp3RTU3ODNTdFdOOExUVUNDNEkzWHovWVNDMzFkOGxq"
    "YnZBTnhzCnBPdGpsVTd0ZGU2b1hvVlRteDZ4WkVYcUh5MmtWcWUwL0d3L3lwL2NrNHcKLT4gWDI1NTE5IC9hMmFXT2lK"
    "d3Q3d2pLaFR5dnZMbklJQzBzdzlzWmZkVHlqNUxNdnlzRFkKTlVreXUvSjB2MWdVYytPWmk3Y3J6Q2kvTTJIOEF5czZL"
    "T1krN3VOWlVKRQotPiBsWC8tZ3JlYXNlIC0gTiA3aApCODJnaFNPNXZObVJLc1BOcFZjCi0tLSB6ZjBFZjFOV21zSFlW"
    "RGt2ck92b3hIQUxBOXlwdEh2c0NCSjF5TEp4T1hRCv2C2Rb7eKhtwqIxv/IUD+sbdaCMzL+wJkDQqZnLYHIEcrczzrlT"
    "C9o5MlJvDsoUsuA="
)
WORK = "kw-judgment-cassation-2018-345"
NAMES = {"[المجني عليها ١]": ("روميلدا باتونغبال", "روميلدا"), "[Telephone 1]": ("99887766",)}
VICTIM = "روميلدا"


@pytest.fixture(scope="module")
def key() -> Identity:
    return new_identity()


def sealed(data: bytes, recipient: str) -> bytes:
    made = io.BytesIO()
    seal((data[start : start + 7_000] for start in range(0, len(data), 7_000)), made, recipient)
    return made.getvalue()


def test_keys_and_files_of_another_program_are_read() -> None:
    identity = read_identity(f"# created: today\n# public key: {PUBLIC}\n{SECRET}\n")
    assert (identity.recipient, identity.written) == (PUBLIC, SECRET)
    assert open_sealed(BY_RAGE, identity).decode() == "نص اختبار"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_what_is_sealed_is_opened_whole(key: Identity, size: int) -> None:
    data = os.urandom(size)
    made = sealed(data, key.recipient)
    assert open_sealed(made, key) == data
    with pytest.raises(Unreadable, match="another key") as other:
        open_sealed(made, new_identity())
    assert other.value.reason == "identity"


def test_no_change_goes_unseen(key: Identity) -> None:
    made = sealed(b"x" * 140_000, key.recipient)
    content = made.index(b"\n", made.index(b"\n--- ") + 1) + 1
    chunk = content + 16 + 65_552  # behind its nonce and the first part that is sealed by itself
    for at in range(0, content, 7):
        with pytest.raises(Unreadable):
            open_sealed(made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :], key)
    broken = [made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :] for at in (content, chunk, -2)]
    broken += [made[:cut] for cut in (0, 30, 150, content, content + 16, chunk, chunk + 1, -1)]
    for data in [*broken, made + b"x", b"no age file"]:
        with pytest.raises(Unreadable, match="damaged") as refused:
            open_sealed(data, key)
        assert refused.value.reason == "damaged"


@pytest.mark.parametrize("size", [10, 200_000])  # the first is written when all is over
def test_a_failure_while_sealing_is_told_as_it_was(key: Identity, size: int) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def gone() -> Iterator[bytes]:
        yield b"x" * size
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="No space left") as full:
        seal([b"x" * size], Full(), key.recipient)
    assert full.value.errno == errno.ENOSPC
    made = io.BytesIO()
    with pytest.raises(OSError, match="Input/output error"):
        seal(gone(), made, key.recipient)
    with pytest.raises(Unreadable):
        open_sealed(made.getvalue(), key)


def test_what_is_sealed_is_never_in_memory_whole(key: Identity) -> None:
    made = io.BytesIO()
    written = []

    def parts() -> Iterator[bytes]:
        for _ in range(20):
            written.append(made.tell())
            yield b"x" * 65_536

    seal(parts(), made, key.recipient)
    assert all(written[n] >= 65_536 * (n - 2) for n in range(20))


def test_a_slip_in_a_key_is_found() -> None:
    assert is_recipient(PUBLIC)
    for at in range(4, len(PUBLIC)):
        slip = "q" if PUBLIC[at] != "q" else "p"
        assert not is_recipient(PUBLIC[:at] + slip + PUBLIC[at + 1 :])
    for other in (
        "",
        "age1",
        PUBLIC.title(),
        SECRET,
        PUBLIC[:-1],
        f"{PUBLIC}q",
        "ssh-ed25519 AAAA",
    ):
        assert not is_recipient(other)


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", f"{SECRET}\n{SECRET}\n", SECRET[:-1], PUBLIC, "-----BEGIN AGE-----"]
)
def test_what_is_no_key_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="AGE-SECRET-KEY-1") as refused:
        read_identity(text)
    assert SECRET[:-1] not in str(refused.value)


def test_a_secret_key_does_not_show_itself(key: Identity) -> None:
    assert key.written not in repr(key)


@pytest.mark.parametrize(
    ("folder", "recipient", "said"),
    [
        ("apart", "", "Set both, or none"),
        ("", PUBLIC, "Set both, or none"),
        ("apart", PUBLIC[:-1], "no public key"),
        ("home", PUBLIC, "one within the other"),
        ("home/private/originals", PUBLIC, "one within the other"),
        ("home/../home/x", PUBLIC, "one within the other"),
        ("link", PUBLIC, "one within the other"),  # to a folder in the home folder
        (".", PUBLIC, "one within the other"),  # the home folder lies in it
    ],
)
def test_a_setting_that_would_not_keep_them_apart_is_refused(
    tmp_path: Path, folder: str, recipient: str, said: str
) -> None:
    (tmp_path / "home" / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "home" / "inner")
    given = {
        "TAMYEEZ_HOME": str(tmp_path / "home"),
        "TAMYEEZ_ORIGINALS": str(tmp_path / folder) if folder else "",
        "TAMYEEZ_ORIGINALS_RECIPIENT": recipient,
    }
    with pytest.raises(BadSetting, match=said):
        load_settings(given)


def test_originals_are_not_kept_unless_both_settings_say_so(tmp_path: Path) -> None:
    assert load_settings({}).originals is None
    given = {
        "TAMYEEZ_HOME": str(tmp_path / "home"),
        "TAMYEEZ_ORIGINALS": str(tmp_path / "apart"),
        "TAMYEEZ_ORIGINALS_RECIPIENT": PUBLIC,
    }
    kept = load_settings(given).originals
    assert kept is not None
    assert (kept.folder, kept.recipient) == (tmp_path / "apart", PUBLIC)


@pytest.fixture
def folder(tmp_path: Path) -> OriginalFolder:
    made = OriginalFolder(tmp_path / "originals")
    made.make_ready()
    return made


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / f"قضية {VICTIM}.txt"
    path.write_text(f"المجني عليها {VICTIM} باتونغبال حضرت.", "utf-8")
    return path


def keep(folder: OriginalFolder, original: Path, key: Identity, sha256: str = "a" * 64) -> None:
    folder.keep(folder.prepare(original, NAMES, key.recipient), sha256)


def test_an_original_is_kept_under_its_digest_and_nothing_of_it_shows(
    folder: OriginalFolder, original: Path, key: Identity, tmp_path: Path
) -> None:
    os.utime(original, (0, 0))  # before a zip's first day
    keep(folder, original, key)
    keep(folder, original, key)
    (path,) = (tmp_path / "originals").iterdir()
    assert path.name == f"{'a' * 64}.age"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert VICTIM.encode() not in path.read_bytes()
    assert b"99887766" not in path.read_bytes()
    opened = folder.open("a" * 64, key)
    assert (opened.name, opened.data, opened.names) == (original.name, original.read_bytes(), NAMES)
    assert VICTIM not in repr(opened)
    assert [held.sha256 for held in folder.all()] == ["a" * 64]
    folder.forget("a" * 64)
    folder.forget("a" * 64)
    assert not folder.holds("a" * 64)


def test_a_part_that_is_none_of_ours_is_neither_kept_nor_removed(
    folder: OriginalFolder, tmp_path: Path
) -> None:
    (tmp_path / "victim.txt").write_text("kept")
    for part in ("../victim.txt", str(tmp_path / "victim.txt"), "", f".part-{'0' * 31}/"):
        with pytest.raises(BadSetting):
            folder.keep(part, "a" * 64)
        folder.drop(part)
    assert (tmp_path / "victim.txt").read_text() == "kept"
    assert folder.all() == []


def test_a_folder_that_others_may_open_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o750)
    with pytest.raises(BadSetting, match="chmod 700"):
        OriginalFolder(tmp_path / "open").make_ready()
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="cannot be used"):
        OriginalFolder(tmp_path / "file" / "folder").make_ready()


def test_what_a_killed_ingest_left_goes_after_a_day(
    folder: OriginalFolder, original: Path, key: Identity, tmp_path: Path
) -> None:
    old, new = (folder.prepare(original, NAMES, key.recipient) for _ in range(2))
    before = time.time() - 2 * 24 * 3600
    os.utime(tmp_path / "originals" / old, (before, before))
    folder.make_ready()
    assert [path.name for path in (tmp_path / "originals").iterdir()] == [new]
    folder.drop(new)
    assert list((tmp_path / "originals").iterdir()) == []


def test_a_full_disk_leaves_no_half_of_an_original(
    folder: OriginalFolder,
    original: Path,
    key: Identity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    part = folder.prepare(original, NAMES, key.recipient)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder.prepare(original, NAMES, key.recipient)
    assert [path.name for path in (tmp_path / "originals").iterdir()] == [part]
    with pytest.raises(StoreFull, match="No room"):
        folder.keep(part, "a" * 64)


def test_what_somebody_else_has_sealed_to_the_key_is_no_original(
    folder: OriginalFolder, key: Identity, tmp_path: Path
) -> None:
    (tmp_path / "originals" / f"{'a' * 64}.age").write_bytes(sealed(b"no zip", key.recipient))
    with pytest.raises(Unreadable, match="no original of ours"):
        folder.open("a" * 64, key)


# --- looking a name up ---------------------------------------------------------------------------


def reader(role: str) -> Reader:
    return Reader(f"u-{role}", f"one-{role}", (role,), matrix().of_roles([role]))


def record(sha256: str, work: str = WORK, access: Access = Access.OPEN) -> FileRecord:
    return FileRecord(
        "private:x", "x", sha256, 1, work=work, access=access, status=FileStatus.ADDED
    )


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path / "home")


@pytest.fixture
def lookup(folder: OriginalFolder, original: Path, key: Identity, trail: Trail) -> Lookup:
    keep(folder, original, key)
    return Lookup(folder, [record("a" * 64)], trail)


def recorded(tmp_path: Path) -> list[tuple[str, str, tuple[str, ...], str]]:
    found = events(tmp_path / "home") if (tmp_path / "home").exists() else ()
    return [(event.actor, event.kind, event.objects, event.outcome) for event in found]


def test_one_role_alone_sees_names_and_each_time_is_recorded(
    lookup: Lookup, key: Identity, tmp_path: Path
) -> None:
    may = {role for role in matrix().roles if "identities" in matrix().of_roles([role])}
    assert may == {"prosecutor"}
    for role in set(matrix().roles) - may:
        with acting_as(reader(role)):
            for asked in (
                lookup.all,
                lambda: lookup.names(WORK, key),
                lambda: lookup.original(WORK, key),
            ):
                with pytest.raises(NotPermitted):
                    asked()
    assert recorded(tmp_path) == []
    with acting_as(reader("prosecutor")):
        assert lookup.names(WORK, key).names == NAMES
        for written in ("المجني عليها 1", "[المجني عليها ١]", " المجني  عليها ١"):
            assert list(lookup.names(WORK, key, written).names) == ["[المجني عليها ١]"]
        assert lookup.names("A" * 12, key, "telephone 1").names["[Telephone 1]"] == ("99887766",)
        assert VICTIM in lookup.original(WORK, key)[1].data.decode()
    of = ("originals open", WORK, "a" * 12)
    victim = ("one-prosecutor", "identity", (*of, "[المجني عليها ١]"), "done")
    assert recorded(tmp_path) == [
        ("one-prosecutor", "identity", (*of, "all names"), "done"),
        *[victim] * 3,
        ("one-prosecutor", "identity", (*of, "[Telephone 1]"), "done"),
        ("one-prosecutor", "identity", (*of, "original"), "done"),
    ]


def test_nothing_is_shown_that_cannot_be_recorded(
    lookup: Lookup, key: Identity, trail: Trail, tmp_path: Path
) -> None:
    lookup.names(WORK, key)
    trail.close()
    (tmp_path / "home" / KEY).unlink()  # no event can be sealed
    with pytest.raises(NotRecorded):
        lookup.names(WORK, key)
    with pytest.raises(NotRecorded):
        lookup.names(WORK, key, "[Telephone 1]")
    with pytest.raises(NotRecorded):
        lookup.original(WORK, key)


def test_a_refusal_is_recorded_without_the_words_that_were_asked_for(
    lookup: Lookup, key: Identity, tmp_path: Path
) -> None:
    with pytest.raises(NotHeld) as refused:
        lookup.names(WORK, key, f"{VICTIM} باتونغبال")
    assert VICTIM not in f"{refused.value}{refused.value.details}"
    with pytest.raises(Unreadable):
        lookup.names(WORK, new_identity())
    assert [outcome for *_, outcome in recorded(tmp_path)] == ["not-held", "unreadable"]
    assert VICTIM not in str(recorded(tmp_path))
    with pytest.raises(NotHeld, match="originals list"):
        lookup.names("kw-judgment-cassation-2018-999", key)


def test_a_restricted_document_is_not_even_listed_to_whom_it_is_hidden(
    folder: OriginalFolder, original: Path, key: Identity, trail: Trail
) -> None:
    keep(folder, original, key)
    copies = [record("a" * 64, access=access) for access in (Access.RESTRICTED, Access.OPEN)]
    lookup = Lookup(folder, copies, trail)
    narrow = reader("prosecutor")
    narrow = replace(narrow, permissions=narrow.permissions - {"restricted"})  # of a token
    with acting_as(narrow):
        assert lookup.all() == []
        for document in (WORK, "a" * 64):
            with pytest.raises(NotHeld):
                lookup.names(document, key)
    with acting_as(reader("prosecutor")):
        assert [held.work for held in lookup.all()] == [WORK]


def test_of_several_originals_one_is_named_by_its_digest(
    folder: OriginalFolder, original: Path, key: Identity, trail: Trail
) -> None:
    for digit in "abc":
        keep(folder, original, key, digit * 64)
    lookup = Lookup(folder, [record("a" * 64), record("b" * 64)], trail)
    assert [held.work for held in lookup.all()] == [WORK, WORK, None]  # the last is held no longer
    with pytest.raises(BadRequest, match="aaaaaaaaaaaa, bbbbbbbbbbbb"):
        lookup.names(WORK, key)
    assert lookup.names("b" * 12, key).work == WORK
    assert lookup.names("c" * 64, key).work is None
    with pytest.raises(NotHeld):
        lookup.names("b" * 11, key)
