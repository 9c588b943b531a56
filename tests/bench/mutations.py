"""Hostile files made from sound ones: by bytes, and by what each format is made of. Seeded."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.reader_files import arabic_pdf, docx, english_pdf, paragraph, scanned_pdf, zipped

LAW = [
    "قانون رقم 7 لسنة 1999 في شأن دفاتر النقل",
    "مادة 1",
    "على كل ناقل أن يحفظ دفتر الرحلات عشر سنوات.",
    "مادة 2",
    "يعاقب بالغرامة من 50 إلى 100 دينار كل من أتلف الدفتر عمدا، وفقا للمادة 1.",
    "مادة 3",
    "تلغى المادة 12 من القانون رقم 3 لسنة 1960.",
]
ENGLISH = ["Law No. 7 of 1999", "Article 1", "A carrier keeps a log.", "Article 2", "It is kept."]
JUDGMENT = [
    "باسم صاحب السمو أمير دولة الكويت",
    "محكمة التمييز",
    "الطعن رقم 12 لسنة 2011 جزائي",
    "حيث تتحصل الوقائع في أن الطاعن احتجز العاملة وأخذ جواز سفرها.",
    "وحيث إن هذا النعي غير سديد.",
    "فلهذه الأسباب حكمت المحكمة برفض الطعن.",
]
SIDECAR = (
    "instrument: xx-law-1999-7\nkind: statute\nlanguage: ar\nauthority: official\n"
    "title: {ar: قانون, en: Law}\nin_force_from: 1999-01-01\nsource: {url: x}\n"
)
# What parsers trip over: huge and negative numbers, entities, controls, odd Unicode, ids.
TOKENS = [
    b"\x00", b"\xff" * 64, b"99999999999999999999", b"-1", b"0", b"1e999", b"%s%n", b"\r\n\r\n",
    b"<" * 500, b"</", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;" * 50, b"]]>", b"<![CDATA[",
    b"endobj", b"stream\n", b"endstream", b"xref\n", b"/Length 9", b"/Kids [1 0 R]", b"<<" * 200,
    b"(" * 300, b"[" * 300, b"PK\x03\x04", b"- " * 400, b"&x [*x, *x]",
    b"!!python/object:os.system",
    b"#" * 80, b"|" * 200, b"`" * 90, b"> " * 300, "\u202e\u2066".encode(), "ـ".encode() * 300,
    "٩٩٩٩٩٩٩٩".encode(), "مادة 71\n".encode(), "\ufeff".encode(), b"\xed\xa0\x80", b"{" * 200,
    "مادة (١) مكرر ".encode() * 30, "[المجني عليها 1]".encode(), b"\x1b[2J",
]  # fmt: skip

Mutation = Callable[[bytes, random.Random], bytes]


def seeds(shared: Path | None = None, most_bytes: int = 40_000) -> dict[str, list[bytes]]:
    """Return sound files by suffix: ours, and the small ones of a folder where there is one."""
    lines = "\n".join(LAW)
    body = "".join(paragraph(line) for line in LAW)
    html = "<html><head><title>قانون</title></head><body>%s</body></html>"
    found: dict[str, list[bytes]] = {
        ".pdf": [english_pdf([ENGLISH]), arabic_pdf([LAW]), arabic_pdf([JUDGMENT]), scanned_pdf()],
        ".docx": [docx(body), docx("".join(paragraph(line) for line in JUDGMENT))],
        ".html": [(html % "".join(f"<p>{line}</p>" for line in LAW)).encode(),
                  (html % f"<nav>x</nav><table><tr><td>{lines}</td></tr></table>").encode()],
        ".md": [f"---\ntitle: قانون\nyear: 1999\n---\n# قانون\n\n## {lines}\n".encode()],
        ".txt": ["\n".join(JUDGMENT).encode(), lines.encode("cp1256"), lines.encode("utf-16")],
        ".yaml": [SIDECAR.encode()],
    }  # fmt: skip
    if shared is not None and shared.is_dir():
        for path in sorted(shared.iterdir()):
            if path.suffix in found and 0 < path.stat().st_size <= most_bytes:
                found[path.suffix].append(path.read_bytes())
    return found


def mutate(suffix: str, pool: dict[str, list[bytes]], rng: random.Random) -> bytes:
    """Return a mutated file of a format."""
    data = rng.choice(pool[suffix])
    by_structure = {".pdf": _pdf, ".docx": _docx, ".html": _markup, ".md": _lines, ".yaml": _lines}
    if suffix in by_structure and rng.random() < 0.6:
        data = by_structure[suffix](data, rng)
        return data if rng.random() < 0.7 else _bytes(data, rng, 3)
    other = rng.choice(pool[rng.choice(sorted(pool))])
    return _spliced(data, other, rng) if rng.random() < 0.1 else _bytes(data, rng)


def _bytes(data: bytes, rng: random.Random, most: int = 24) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, most)):
        if not changed:
            break
        at, length = rng.randrange(len(changed)), rng.choice((1, 1, 2, 8, 64, 512))
        match rng.randrange(6):
            case 0:
                changed[at] = rng.randrange(256)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length] * rng.choice((1, 2, 20))
            case 3:
                changed[at:at] = rng.choice(TOKENS)
            case 4:
                changed[at : at + length] = rng.randbytes(length)
            case _:
                del changed[rng.choice((at, max(at, len(changed) - length))) :]
    return bytes(changed)


def _spliced(data: bytes, other: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _pdf(data: bytes, rng: random.Random) -> bytes:
    """Change numbers, names and references of objects, or what a packed stream holds."""
    if rng.random() < 0.5:
        return _pdf_stream(data, rng)
    found = list(re.finditer(rb"\d+ 0 R|/[A-Za-z]+|\b\d+\b", data))
    for _ in range(rng.randint(1, 6)):
        spot = rng.choice(found)
        other = rng.choice(found)[0] if rng.random() < 0.6 else rng.choice(TOKENS)
        data = data[: spot.start()] + other + data[spot.end() :]
        found = list(re.finditer(rb"\d+ 0 R|/[A-Za-z]+|\b\d+\b", data))
    return data


def _pdf_stream(data: bytes, rng: random.Random) -> bytes:
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not streams:
        return _bytes(data, rng)
    stream = rng.choice(streams)
    try:
        held = zlib.decompress(stream[1])
    except zlib.error:
        held = stream[1]
    grown = rng.random() < 0.05
    held = held * rng.choice((500, 5_000)) if grown else _bytes(held or b"x", rng)
    packed = zlib.compress(held[:60_000_000])
    start, end = stream.span(1)
    changed = data[:start] + packed + data[end:]
    length = re.compile(rb"/Length %d\b" % len(stream[1]))
    return length.sub(b"/Length %d" % len(packed), changed) if rng.random() < 0.8 else changed


def _docx(data: bytes, rng: random.Random) -> bytes:
    """Change the parts inside the container, drop or double one, or make one enormous."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(members))
    match rng.randrange(6):
        case 0:
            del members[name]
        case 1:
            members[name] = b" " * rng.choice((1_000, 30_000_000))
        case 2:
            depth = rng.choice((50, 3_000, 40_000))
            members["word/document.xml"] = _nested(members.get("word/document.xml", b""), depth)
        case 3:
            members["word/document.xml"] = _markup(members.get("word/document.xml", b"<a/>"), rng)
        case _:
            members[name] = _bytes(members[name], rng)
    return zipped(members)


def _nested(part: bytes, depth: int) -> bytes:
    head, mark, rest = part.partition(b"<w:p>")
    return head + b"<w:sdt><w:sdtContent>" * depth + mark + rest


def _markup(data: bytes, rng: random.Random) -> bytes:
    """Change tags: swap, drop, repeat, nest very deep."""
    tags = list(re.finditer(rb"<[^<>]{1,200}>", data))
    if not tags:
        return _bytes(data, rng)
    for _ in range(rng.randint(1, 5)):
        tag = rng.choice(tags)
        other = rng.choice(tags)[0] * rng.choice((0, 1, 2, 300))
        if rng.random() < 0.08:
            other = rng.choice((b"<div>", b"<table><tr><td>", b"<ul><li>")) * 6_000
        data = data[: tag.start()] + other + data[tag.end() :]
        tags = list(re.finditer(rb"<[^<>]{1,200}>", data)) or tags
    return data


def _lines(data: bytes, rng: random.Random) -> bytes:
    """Shuffle, repeat, indent and corrupt whole lines."""
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(lines))
        match rng.randrange(5):
            case 0:
                lines.insert(at, rng.choice(lines))
            case 1:
                lines[at] = b" " * rng.randrange(1, 300) + lines[at]
            case 2:
                lines[at] = rng.choice(TOKENS)
            case 3:
                lines[at:at] = [lines[at]] * rng.choice((2, 400))
            case _:
                lines[at] += rng.choice(TOKENS)
    return b"\n".join(lines)
