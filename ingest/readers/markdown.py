"""Read Markdown as people write laws in it: headings, lists, tables, links; no more.

Line ends stay, since many files are hard-wrapped; list numbers stay, since they are the law's.
"""

from __future__ import annotations

import re

import yaml

from ingest.document import Document, LineKind, document_of
from ingest.readers.plain import Row, clean

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_LIMIT = 20_000  # characters
_FACT_LIMIT = 2_000
_HEADING = re.compile(r" {0,3}(#{1,6})(?!#)(.*)")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*\Z")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*\Z")
_TABLE_RULE = re.compile(r"[|:\s-]*--[|:\s-]*\Z")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:\s*(.*)\Z")
_QUOTE = re.compile(r"\A(?: {0,3}>\s?)+")
_BULLET = re.compile(r"\A(\s*)[-*+]\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Inline marks, in this order: what stands in a group survives.
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<sup>\s*[\d*]+\s*</sup>", re.IGNORECASE), ""),  # a raised footnote number
    (re.compile(r"</?[A-Za-z][^<>]{0,500}>"), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[\^[^\]\s]{1,40}\]"), ""),
    (re.compile(r"(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(?=\S)([^~\n]+?)(?<=\S)~~"), r"\1"),
    (re.compile(r"`+([^`\n]+?)`+"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1"),
)


def read_markdown(text: str, encoding: str) -> Document:
    """Return the lines; front matter becomes title and facts, footnotes come last."""
    facts: tuple[tuple[str, str], ...] = ()
    found = _FRONT.match(text)
    if found and (values := _front_matter(found[1])):
        facts = tuple((str(key), _fact(value)) for key, value in values.items())
        text = text[found.end() :]
    if not encoding.startswith("utf"):
        facts += (("encoding", encoding),)
    rows, notes = _rows(_BREAK.sub("\n", _COMMENT.sub("", text)).splitlines())
    return document_of(rows + notes, title=dict(facts).get("title"), facts=facts)


def _front_matter(source: str) -> dict[object, object] | None:
    """The YAML mapping at the head; None for anything else, which then stays text.

    Aliases are refused: they can unfold a small text into gigabytes.
    """
    try:
        if len(source) > _FRONT_LIMIT or any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, yaml.SafeLoader)
        ):
            return None
        values = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    return {key: value for key, value in values.items() if value is not None}


def _fact(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    return "; ".join(map(str, parts))[:_FACT_LIMIT]


def _rows(lines: list[str]) -> tuple[list[Row], list[Row]]:
    rows: list[Row] = []
    notes: list[Row] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif note := None if fence else _NOTE.match(line):
            notes.append((_plain(note[2]), None, LineKind.FOOTNOTE, None))
        elif fence:
            rows.append((clean(line), None, LineKind.TEXT, None))
        else:
            _add(rows, line)
    while rows and not rows[-1][0]:
        rows.pop()
    return rows, notes


def _add(rows: list[Row], line: str) -> None:
    """Add one line, or turn the line before it into a heading."""
    before = rows[-1] if rows else None
    if heading := _HEADING.match(line):
        if text := _plain(heading[2].rstrip("# \t")):
            rows.append((text, None, LineKind.HEADING, len(heading[1])))
    elif before and before[0] and before[2] is LineKind.TEXT and (under := _UNDERLINE.match(line)):
        rows[-1] = (before[0], None, LineKind.HEADING, 1 if under[1][0] == "=" else 2)
    elif _RULE.match(line) or ("|" in line and _TABLE_RULE.match(line.strip())):
        return
    elif line.strip().startswith("|") and line.count("|") > 1:
        cells = [_plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        rows.append((" | ".join(cells), None, LineKind.TABLE, None))
    else:
        text = _plain(_BULLET.sub(r"\1", _QUOTE.sub("", line)))
        if text or (before and before[0]):
            rows.append((text, None, LineKind.TEXT, None))


def _plain(text: str) -> str:
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return clean(text)
