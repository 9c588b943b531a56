"""What was read from pictures is kept apart, and corrections are never lost."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ingest.ocr.store import Doubt, PageState, PageStore, ReadFile, ReadPage
from search.errors import NotHeld, StoreDamaged

SHA = "ab" * 32
PAGE = ReadPage(2, ("سطر أول", "سطر ثان"), confidence=0.8, confidences=(0.9, 0.7))


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    store = PageStore(tmp_path / "private")
    store.save_file(ReadFile(SHA, "/somewhere/scan.pdf", "scan.pdf", 3, {"kind": "statute"}))
    store.save_page(SHA, PAGE)
    return store


def test_a_page_comes_back_as_it_was_kept(store: PageStore) -> None:
    page = ReadPage(1, ("a",), doubts=(Doubt.NUMBERS,), disputed=("17",), confidences=(0.5,))
    store.save_page(SHA, page)
    assert store.pages(SHA) == [page, PAGE]
    assert store.find("scan.pdf") == store.find("abab") == store.files()[0]


def test_only_the_owner_may_open_it(store: PageStore, tmp_path: Path) -> None:
    for path in (tmp_path / "private").rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700


def test_a_correction_replaces_the_text_and_an_acceptance_keeps_it(store: PageStore) -> None:
    assert store.decisions(SHA) == ""
    accepted = store.decide(SHA, 2, PageState.ACCEPTED)
    assert (accepted.lines, accepted.is_reviewed) == (PAGE.lines, True)
    before = store.decisions(SHA)
    store.decide(SHA, 2, PageState.CORRECTED, "نص صحيح\n")
    page = store.page(SHA, 2)
    assert page is not None
    assert page.text == "نص صحيح"
    assert page.reviewed_at is not None
    assert store.decisions(SHA) not in ("", before)


def test_what_is_not_there_is_not_decided(store: PageStore) -> None:
    for page in (1, 3):
        with pytest.raises(NotHeld):
            store.decide(SHA, page, PageState.ACCEPTED)
    for name in ("other.pdf", "ab", "../" * 8, "cd" * 32):
        with pytest.raises(NotHeld):
            store.find(name)


def test_two_files_of_one_name_are_told_apart_by_id(store: PageStore) -> None:
    store.save_file(ReadFile("cd" * 32, "/elsewhere/scan.pdf", "scan.pdf", 1, {}))
    with pytest.raises(NotHeld):
        store.find("scan.pdf")
    assert store.find("cdcd").sha256 == "cd" * 32


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"number": 2}', b"\xff"])
def test_a_damaged_page_is_named_and_not_taken_for_none(
    store: PageStore, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "private" / "scans" / SHA / "page-00002.json").write_bytes(content)
    with pytest.raises(StoreDamaged, match=SHA[:12]):
        store.pages(SHA)


def test_a_file_is_forgotten_whole(store: PageStore) -> None:
    store.forget(SHA)
    store.forget(SHA)
    assert store.files() == []
    assert store.pages(SHA) == []
