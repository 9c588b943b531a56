"""Bytes to text, without guessing: a wrong guess would index words nobody wrote.

UTF-8 and UTF-16 with their marks; what an HTML page declares; and windows-1256, the one old
encoding in wide use for Arabic, only when the result has the letters of Arabic prose.
"""

from __future__ import annotations

import codecs
import re

from ingest.readers.limits import refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# Browsers read latin-1 and ASCII labels as windows-1252, and so do the pages that carry them.
_DECLARABLE = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
    "iso-8859-6": "iso8859_6",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
}
_ARABIC = re.compile("[\u0621-\u064a]")
# The eight most frequent letters hold 56-66 % of Arabic legal prose; of any other reading of
# the same bytes far less.
_FREQUENT = re.compile("[المينورت]")


def declared_encoding(data: bytes) -> str | None:
    """Return what an HTML page says of itself, in lower case; None for other text."""
    start = data[:4096].lstrip().lower()
    if not start.startswith((b"<", codecs.BOM_UTF8 + b"<")):
        return None
    found = _META.search(data[:4096])
    return found.group(1).decode("ascii").lower() if found else None


def decode_text(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """Return (text, encoding); raise Unreadable("encoding") rather than guess."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode(data, codec, name), codec.removesuffix("-sig")
    if b"\x00" in data:
        raise refusal(name, "binary", "its content is not text of any known kind")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if declared is not None:
        return _decode_declared(data, declared, name)
    text = data.decode("cp1256")
    if _is_arabic_prose(text):
        return text, "windows-1256"
    raise refusal(name, "encoding", "its text is neither UTF-8 nor plausible windows-1256")


def _decode(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as exc:
        what = f"its text breaks the rules of {codec.removesuffix('-sig')} at byte {exc.start}"
        raise refusal(name, "encoding", what) from exc


def _decode_declared(data: bytes, declared: str, name: str) -> tuple[str, str]:
    codec = _DECLARABLE.get(declared)
    if codec is None:
        raise refusal(name, "encoding", f"it declares the encoding {declared}, not read here")
    return _decode(data, codec, name), declared


def _is_arabic_prose(text: str) -> bool:
    """Whether nearly all beyond ASCII is Arabic, with Arabic's own letter frequencies."""
    beyond = sum(c > "\x7f" for c in text)
    arabic = len(_ARABIC.findall(text))
    other = (
        beyond
        - arabic
        - len(re.findall("[\u060c\u061b\u061f\u0640\u064b-\u0652\xa0\xab\xbb]", text))
    )
    if arabic < 20 or other > 0.05 * beyond:
        return False
    return len(_FREQUENT.findall(text)) >= 0.45 * arabic
