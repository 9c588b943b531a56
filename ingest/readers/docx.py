"""Read a DOCX: paragraphs and tables in their order, headings by style, footnotes at the end.

The container is judged before it is unpacked (sizes, ratio, no document type definitions); the
text is walked in the XML itself, since python-docx leaves out content controls and insertions.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
import docx.document
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element

from ingest.document import Document, LineKind, document_of
from ingest.readers.docx_numbers import Numbering
from ingest.readers.limits import Limits, refusal
from ingest.readers.plain import Row, clean

_SKIPPED = {
    qn("w:pPr"),
    qn("w:del"),  # struck by tracked changes
    qn("w:moveFrom"),
    qn("w:instrText"),  # a field's formula; its result is w:t
    qn("w:txbxContent"),  # read as paragraphs of its own
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # says it twice
}
_BREAKS = {qn("w:br"), qn("w:cr")}
_HEADING_STYLE = re.compile(r"(?:heading|عنوان)\s*([1-9])", re.IGNORECASE)


def read_docx(data: bytes, name: str, limits: Limits) -> Document:
    """Return body lines, then the footnotes; raise Unreadable for a hostile or broken file."""
    _refuse_bomb(data, name, limits)
    try:
        document = docx.Document(BytesIO(data))
    except (PackageNotFoundError, KeyError, zipfile.BadZipFile) as exc:
        raise refusal(name, "damaged", "its parts are incomplete") from exc
    body = _Body(Numbering.of(document.part), _style_levels(document))
    rows = list(body.rows(document.element.body))
    rows.extend(_footnotes(document.part))
    facts = (("numbering", "some list numbers could not be told"),) if body.numbering.lost else ()
    return document_of(rows, title=clean(document.core_properties.title) or None, facts=facts)


def _refuse_bomb(data: bytes, name: str, limits: Limits) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        worst = max(m.file_size / max(1, m.compress_size) for m in members)
        # Small parts compress well in all honesty; a bomb is large and compresses absurdly.
        bomb = worst > limits.packing_ratio and unpacked > 10_000_000
        if unpacked > limits.unpacked_bytes or bomb or len(members) > 10_000:
            what = f"it unpacks to {unpacked / 1e6:.0f} MB, more than a document may"
            raise refusal(name, "too-large", what)
        if any(member.flag_bits & 1 for member in members):
            raise refusal(name, "encrypted", "its zip container has a password")
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                _refuse_entities(archive.read(member), name)


def _refuse_entities(part: bytes, name: str) -> None:
    # Word never writes a document type; its only use here is entities that explode.
    if b"<!DOCTYPE" in part.replace(b"\x00", b""):
        raise refusal(name, "damaged", "its XML declares entities, as no Word file does")


@dataclass(slots=True)
class _Body:
    """The walk through the body: what numbers the lists, and which styles are headings."""

    numbering: Numbering
    levels: dict[str, int]

    def rows(self, parent: _Element) -> Iterator[Row]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self.rows(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[Row]:
        label = self.numbering.label(paragraph)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = self.levels.get(style.get(qn("w:val"), "")) if style is not None else None
        kind = LineKind.TEXT if level is None else LineKind.HEADING
        lines = [line for line in map(clean, _text(paragraph).split("\n")) if line]
        if lines and label:
            lines[0] = f"{label} {lines[0]}"
        for line in lines:
            yield line, None, kind, level
        for box in _outermost(paragraph, qn("w:txbxContent")):
            yield from self.rows(box)

    def _table(self, table: _Element) -> Iterator[Row]:
        for row in table.iterchildren(qn("w:tr")):
            cells = [clean(" ".join(_cell_texts(cell))) for cell in row.iterchildren(qn("w:tc"))]
            if any(cells):
                yield " | ".join(cells), None, LineKind.TABLE, None


def _cell_texts(cell: _Element) -> Iterator[str]:
    for paragraph in cell.iter(qn("w:p")):
        yield _text(paragraph).replace("\n", " ")


def _outermost(parent: _Element, tag: str) -> Iterator[_Element]:
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag not in _SKIPPED:
            yield from _outermost(element, tag)


def _text(parent: _Element) -> str:
    """The visible text of a paragraph; a soft line break becomes a newline."""
    parts: list[str] = []
    for child in parent:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append("\n")
        elif child.tag == qn("w:tab"):
            parts.append(" ")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif child.tag == qn("w:r"):
            parts.append(_run_text(child))
        else:
            parts.append(_text(child))
    return "".join(parts)


def _run_text(run: _Element) -> str:
    """A run's text; nothing for hidden text and for raised digits, which mark footnotes."""
    properties = run.find(qn("w:rPr"))
    text = _text(run)
    if properties is None:
        return text
    hidden = properties.find(qn("w:vanish"))
    if hidden is not None and hidden.get(qn("w:val")) not in ("0", "false"):
        return ""
    raised = properties.find(qn("w:vertAlign"))
    if raised is not None and raised.get(qn("w:val")) == "superscript" and text.strip().isdigit():
        return ""
    return text


def _style_levels(document: docx.document.Document) -> dict[str, int]:
    """Heading levels by style id, from built-in names and outline levels."""
    levels: dict[str, int] = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        name = style.find(qn("w:name"))
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        found = _HEADING_STYLE.search(name.get(qn("w:val"), "")) if name is not None else None
        if found:
            levels[style.get(qn("w:styleId"), "")] = int(found[1])
        elif outline is not None and outline.get(qn("w:val"), "9") in "012345678":
            levels[style.get(qn("w:styleId"), "")] = int(outline.get(qn("w:val"))) + 1
    return levels


def _footnotes(part: Part) -> Iterator[Row]:
    for relation in part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            notes = parse_xml(relation.target_part.blob)
            for note in notes:
                if note.get(qn("w:type")) is None:
                    text = clean(" ".join(_cell_texts(note)))
                    if text:
                        yield text, None, LineKind.FOOTNOTE, None
