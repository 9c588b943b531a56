"""Write pages for review as one HTML file that needs nothing else: each picture beside its text."""

from __future__ import annotations

import base64
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from ingest.ocr.store import ReadPage
from ingest.readers.quality import ascii_digits
from ingest.review import Queued
from search.errors import BadRequest

_DIGITS = re.compile(r"\d+")
_HEAD = """<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.9 "Noto Naskh Arabic", Amiri, serif; margin: 1rem; }}
h1, .facts {{ font-family: sans-serif; font-size: 1rem; }}
section {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; border-top: 2px solid; }}
section > header {{ grid-column: 1 / -1; }}
img {{ width: 100%; height: auto; border: 1px solid #888; }}
p {{ margin: 0; }}
mark {{ background: #fff3bf; color: #111; }}
mark.disputed {{ background: #fff; outline: 3px solid #b00020; }}
.unsure {{ color: #8a3b00; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p class="facts" lang="en" dir="ltr">Every number is marked; framed ones came out differently in a
second reading. Brown lines are uncertain. It may hold names of persons: keep it to yourself.</p>
"""
_UNSURE_LINE = 0.7


def write_review(
    queued: Queued, pages: Iterable[ReadPage], picture: Callable[[int], bytes], to: Path
) -> None:
    """Write `pages` to the file `to`, which only this account may read.

    `picture` gives the PNG of a page by its number. Raises BadRequest if `to` cannot be written.
    """
    title = escape(f"{queued.file.name} ({queued.id})")
    parts = [_HEAD.format(title=title)]
    parts += [_section(page, picture(page.number)) for page in pages]
    parts.append("</body>\n</html>\n")
    try:
        to.unlink(missing_ok=True)  # so that it is ours from its first byte
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("".join(parts))
    except OSError as exc:
        raise BadRequest(
            f"{to} cannot be written ({exc.strerror}). Name another file with --to."
        ) from exc


def _section(page: ReadPage, picture: bytes) -> str:
    doubts = ", ".join(page.doubts) or "none"
    facts = f"page {page.number}: {page.state}; {page.confidence:.0%} sure; doubts: {doubts}"
    data = base64.b64encode(picture).decode()
    return (
        f'<section>\n<header class="facts" lang="en" dir="ltr">{escape(facts)}</header>\n'
        f"<div>{_text(page)}</div>\n"
        f'<img alt="page {page.number}" src="data:image/png;base64,{data}">\n</section>\n'
    )


def _text(page: ReadPage) -> str:
    disputed = Counter(page.disputed)
    sure = page.confidences or (1.0,) * len(page.lines)
    lines = []
    for line, confidence in zip(page.lines, sure, strict=False):
        unsure = ' class="unsure"' if confidence < _UNSURE_LINE else ""
        lines.append(f'<p dir="auto"{unsure}>{_marked(line, disputed)}</p>')
    return "\n".join(lines)


def _marked(line: str, disputed: Counter[str]) -> str:
    """Mark every number; a number that stands several times is disputed wherever it stands."""

    def mark(found: re.Match[str]) -> str:
        number = ascii_digits(found[0])
        kind = ' class="disputed"' if disputed[number] else ""
        return f"<mark{kind}>{found[0]}</mark>"

    return _DIGITS.sub(mark, escape(line))
