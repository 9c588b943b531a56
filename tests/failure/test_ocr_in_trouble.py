"""OCR that is not there, dies, hangs or is fed hostile pictures: one sentence, nothing wrong kept.

Tesseract is a small script here, so that nothing need be installed.
"""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ingest.files import Options
from ingest.ocr import engine
from ingest.ocr.engine import OcrFailed
from ingest.ocr.pictures import page_picture
from ingest.ocr.reading import read_page
from ingest.ocr.store import Doubt, PageStore
from ingest.scans import read_with_ocr
from search.errors import EngineUnavailable, Unreadable

Fake = Callable[[str], None]
_LANGUAGES = 'if [ "$1" = --list-langs ]; then printf "List:\\nara\\neng\\n"; exit; fi\n'


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """Put a script in tesseract's place."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write(body: str) -> None:
        program = folder / "tesseract"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        engine.languages.cache_clear()

    engine.languages.cache_clear()
    yield write
    engine.languages.cache_clear()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    Image.new("L", (600, 800), 255).save(path)
    return path


def _read(path: Path, tmp_path: Path, seconds: float = 60.0) -> None:
    read_with_ocr(path, PageStore(tmp_path / "private"), Options(), seconds=seconds)


def test_without_tesseract_the_packages_are_named(fake: Fake, scan: Path, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"^scan\.png: .*tesseract-ocr-ara\.$") as refused:
        _read(scan, tmp_path)
    assert refused.value.reason == "no-ocr"


def test_without_its_arabic_data_too(fake: Fake) -> None:
    fake('printf "List:\\neng\\n"')
    with pytest.raises(EngineUnavailable, match=r"no data for Arabic.*tesseract-ocr-ara"):
        engine.require_tesseract()


@pytest.mark.parametrize(
    "body",
    ["kill -9 $$", "exit 1", "exec < /dev/null; exit 3"],
    ids=["killed", "gives up", "does not listen"],
)
def test_a_page_that_fails_comes_back_empty_and_doubted(fake: Fake, body: str) -> None:
    fake(_LANGUAGES + body)
    page = read_page(np.full((400, 300), 255, np.uint8), 1)
    assert (page.lines, page.doubts) == ((), (Doubt.FAILED,))


def test_a_page_that_hangs_is_given_up(fake: Fake) -> None:
    fake(_LANGUAGES + "while :; do :; done")
    started = time.monotonic()
    with pytest.raises(OcrFailed, match="took longer than"):
        engine.recognise(b"P5 1 1 255\n\xff", timeout_s=0.5)
    assert time.monotonic() - started < 20


def test_an_endless_answer_is_not_taken(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(_LANGUAGES + "echo 12345678901234567890")
    monkeypatch.setattr(engine, "_MAX_ANSWER", 10)
    with pytest.raises(OcrFailed, match="without end"):
        engine.recognise(b"P5 1 1 255\n\xff")


def test_when_the_time_is_up_what_was_read_is_kept(fake: Fake, scan: Path, tmp_path: Path) -> None:
    fake(_LANGUAGES + "echo")
    with pytest.raises(Unreadable, match="again to go on") as refused:
        _read(scan, tmp_path, seconds=-1.0)
    assert refused.value.reason == "ocr-unfinished"


def _png(width: int, height: int) -> bytes:
    """A PNG whose header promises much more than it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_picture_bomb_is_refused_by_its_header(tmp_path: Path, side: int) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(_png(side, side))
    with pytest.raises(Unreadable, match=r"^bomb\.png: ") as refused:
        page_picture(path, 1)
    assert refused.value.reason == "too-large"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n", _png(100, 100)[:60], _png(100, 100), b"\xff\xd8\xff\xe0", b"II*\0" * 9],
    ids=["signature only", "truncated", "too little data", "JPEG without end", "TIFF of nothing"],
)
def test_a_damaged_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        page_picture(path, 1)
    assert refused.value.reason == "damaged"


def test_an_empty_file_and_a_damaged_pdf_are_refused(fake: Fake, tmp_path: Path) -> None:
    for name, content, reason in (("a.png", b"", "empty"), ("b.pdf", b"%PDF-1.7\n", "damaged")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Unreadable) as refused:
            _read(tmp_path / name, tmp_path)
        assert refused.value.reason == reason
    with pytest.raises(Unreadable):
        page_picture(tmp_path / "b.pdf", 1)
