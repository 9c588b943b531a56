"""Every reason word, and hostile files: one sentence, quickly, without reading in part."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from ingest.readers import Limits, read
from search.errors import Unreadable
from tests.reader_files import (
    docx,
    docx_parts,
    encrypted_pdf,
    english_pdf,
    paragraph,
    png,
    scanned_pdf,
    zipped,
)

PDF = english_pdf([[f"Article {n} of this law holds."] for n in range(1, 4)])
DOCX = docx(paragraph("Article 1"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ARABIC = "يعاقب بالحبس كل من ارتكب جريمة من الجرائم المنصوص عليها في هذا القانون "


def random_bytes(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def bytes_without_nul(size: int) -> bytes:
    return bytes(b or 1 for b in random_bytes(size))


def exploding_docx() -> bytes:
    parts = docx_parts(paragraph("x"))
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    document = parts["word/document.xml"].replace(b">x<", b">&e8;<")
    parts["word/document.xml"] = f"<!DOCTYPE d [{entities}]>".encode() + document
    return zipped(parts)


def bomb_docx() -> bytes:
    return zipped(docx_parts(paragraph("x")) | {"word/media/image1.xml": bytes(30_000_000)})


def headless_docx() -> bytes:
    parts = docx_parts(paragraph("x"))
    del parts["[Content_Types].xml"]
    return zipped(parts)


# name, content, reason
BAD = [
    ("empty.pdf", b"", "empty"),
    ("blank.txt", b" \n\n\t\n", "empty"),
    ("blank.docx", docx(paragraph("")), "empty"),
    ("blank.pdf", english_pdf([[]]), "empty"),
    ("locked.pdf", encrypted_pdf("secret"), "encrypted"),
    ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("old.docx", OLE, "legacy-doc"),
    ("half.pdf", PDF[: len(PDF) // 2], "damaged"),
    ("headless.pdf", b"%PDF-1.7\n" + random_bytes(3000) + b"\n%%EOF\n", "damaged"),
    ("half.docx", DOCX[: len(DOCX) // 2], "damaged"),
    ("headless.docx", headless_docx(), "damaged"),
    ("laughs.docx", exploding_docx(), "damaged"),
    ("deep.html", b"<html><body>" + b"<div>" * 5000 + b"text", "damaged"),
    ("bomb.docx", bomb_docx(), "too-large"),
    ("picture.pdf", png(), "binary"),
    ("picture.docx", png(), "binary"),
    ("picture.txt", png(), "binary"),
    ("noise.txt", random_bytes(5000), "binary"),
    ("sheet.docx", zipped({"xl/workbook.xml": b"<x/>"}), "binary"),
    ("data.txt", b'{"text": "Article 1"}', "binary"),
    ("data.html", b'<?xml version="1.0"?><act/>', "binary"),
    ("letter.doc", b"{\\rtf1 hello}", "binary"),
    ("noise-without-nul.txt", bytes_without_nul(5000), "encoding"),
    ("french.txt", "décret numéro é à è ç".encode("cp1252") * 20, "encoding"),
    ("page.html", b"<html><meta charset=koi8-r><body>\xc0\xc1\xc2", "encoding"),
    ("broken16.txt", b"\xff\xfea\x00\x00\xd8b\x00", "encoding"),
    ("scan.pdf", scanned_pdf(), "no-text-layer"),
    ("reversed.txt", (ARABIC[::-1] * 10).encode(), "garbled-text"),
    ("glued.txt", ((ARABIC.replace(" ", "") + " ") * 120).encode(), "garbled-text"),
    ("glyphs.txt", b"/afii62829 /afii62803 (cid:17) " * 40, "garbled-text"),
    ("digits.txt", "القانون رقم 9 لسنة 3102\n".encode() * 5, "garbled-text"),
    ("mixed.txt", "المادة ١44 والمادة ٢1٥\n".encode() * 5, "garbled-text"),
    ("signs.txt", b'"#$%&/()=?' * 50 + b"letters", "garbled-text"),
    ("legacy-font.txt", b"UNM sLx WFU eOzi dKQ pLm " * 30, "garbled-text"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, name, content, reason) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    started = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.reason == reason
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert str(tmp_path) not in message
    assert "\n" not in message
    assert time.monotonic() - started < 10


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, reason in [(tmp_path / "no.pdf", "missing"), (tmp_path, "not-a-file")]:
        with pytest.raises(Unreadable) as caught:
            read(path)
        assert caught.value.reason == reason


def test_a_name_longer_than_the_system_allows(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / ("x" * 5000))
    assert caught.value.reason == "missing"


def test_200_mb_are_refused_before_a_byte_is_read(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "huge.pdf"
    path.touch()
    os.truncate(path, 200_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.reason == "too-large"
    assert "200 MB" in str(caught.value)


def test_too_many_characters(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * 100, encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        read(path, Limits(characters=50))
    assert caught.value.reason == "too-long"


def test_what_a_parser_raises_is_one_sentence(tmp_path: Path, monkeypatch) -> None:
    from ingest.readers import pdf

    path = tmp_path / "law.pdf"
    path.write_bytes(PDF)
    for trouble in (RecursionError(), MemoryError(), KeyError("/Pages")):

        def fail(*_: object, error: Exception = trouble) -> None:
            raise error

        monkeypatch.setattr(pdf, "lay_out", fail)
        with pytest.raises(Unreadable) as caught:
            read(path)
        assert caught.value.reason == "damaged"
        assert caught.value.__cause__ is trouble


@pytest.mark.parametrize("content", [PDF, DOCX], ids=["pdf", "docx"])
def test_a_file_cut_anywhere_is_never_read_in_part(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cut"
    whole = tmp_path / "whole"
    whole.write_bytes(content)
    text = read(whole).text
    for cut in range(8, len(content), max(1, len(content) // 40)):
        path.write_bytes(content[:cut])
        try:
            assert read(path).text == text, cut
        except Unreadable as error:
            assert error.reason in ("damaged", "binary", "encoding", "garbled-text", "empty"), cut


def test_a_pdf_whose_page_content_is_corrupt_is_refused(tmp_path: Path) -> None:
    """pypdf and pdfium both return what they could unpack; that would be a part of the law."""
    start = PDF.index(b"stream\n", PDF.index(b"/FlateDecode")) + len(b"stream\n")
    size = PDF.index(b"\nendstream", start) - start
    path = tmp_path / "flipped.pdf"
    for place in range(4, size, 5):
        data = bytearray(PDF)
        data[start + place] ^= 0x55
        path.write_bytes(data)
        with pytest.raises(Unreadable) as caught:
            read(path)
        assert caught.value.reason == "damaged", place
