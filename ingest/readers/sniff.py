"""Tell what a file is from its bytes; its suffix is only a hint between two kinds of text.

Knows signatures and decodes text. Knows nothing of the structure of any format.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from ingest.readers.encoding import declared_encoding, decode_text
from ingest.readers.limits import refusal


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The format and, for the text formats, the decoded text and its encoding."""

    format: Format
    text: str = ""
    encoding: str = ""


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(
    r"\s*(<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(!doctype\s+html|html|head|body|div|p|table|meta|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}\s*[^\s#]", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n.*?\r?\n(---|\.\.\.)[ \t]*(\r?\n|$)", re.DOTALL)
# A form feed, tab or line end is text; other controls are not, and NUL never is.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes, name: str) -> Sniffed:
    """Return the format of a file's bytes; raise Unreadable for what is no document of ours."""
    head = data[:1024].lstrip(b"\x00\t\n\r\x0c \xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return Sniffed(Format.PDF)
    if data.startswith(_OLE):
        raise _old_word(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if data.startswith(b"{\\rtf"):
        advice = "open it in Word and save it as .docx"
        raise refusal(name, "binary", "it is an RTF file, which is not read here", advice)
    text, encoding = decode_text(data, name, declared_encoding(data))
    _refuse_binary(text, name)
    return Sniffed(_text_format(text, name), text, encoding)


def _old_word(data: bytes, name: str) -> Exception:
    # Word keeps an encrypted .docx inside the old container; its stream names are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refusal(name, "encrypted", "it is a Word file with a password")
    return refusal(name, "legacy-doc", "it is an old binary Office file (.doc), not a .docx")


def _zipped(data: bytes, name: str) -> Sniffed:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise refusal(name, "damaged", "its zip container is truncated or corrupt") from exc
    if "word/document.xml" not in members:
        raise refusal(name, "binary", "it is a zip archive or Office file, but not a DOCX")
    return Sniffed(Format.DOCX)


def _refuse_binary(text: str, name: str) -> None:
    if "\x00" in text or len(_CONTROLS.findall(text)) > len(text) / 1000:
        raise refusal(name, "binary", "its content is not text of any known kind")


def _text_format(text: str, name: str) -> Format:
    if _HTML_START.match(text[:65_536]):
        return Format.HTML
    if _is_data(text):
        raise refusal(name, "binary", "it is a data file (JSON or XML), not a document")
    marked = _MARKDOWN_HEADING.search(text) or _FRONT_MATTER.match(text)
    if marked or name.lower().endswith((".md", ".markdown")):
        return Format.MARKDOWN
    return Format.PLAIN


def _is_data(text: str) -> bool:
    start = text.lstrip()[:1]
    if start == "<":
        return text.lstrip().startswith("<?xml")
    if start not in ("{", "["):
        return False
    first_line = text.lstrip().split("\n", 1)[0]
    return _parses(first_line) or _parses(text)


def _parses(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False
