"""Write a paper as a Word document that reads from right to left where its text does.

Word wants the direction said three times: of a paragraph (`bidi`), of a run (`rtl`), of a table
(`bidiVisual`). Latin words within Arabic are runs of their own, without `rtl`.
"""

from __future__ import annotations

import io
import re
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from search.model import Language
from search.processors import turn
from web.papers.paper import (
    Block,
    Bullets,
    Facing,
    Heading,
    NewPage,
    Paper,
    Ruled,
    Table,
    Text,
    Tone,
)

FACE = "Times New Roman"  # on every machine with Word, and it has both scripts
LINE_CM = 16.0
_SIZES = {Tone.BODY: 11.5, Tone.QUIET: 9.5, Tone.NOTICE: 12.0}
_HEADING_SIZES = {1: 15.0, 2: 13.0, 3: 11.5}
_GREY = RGBColor(0x56, 0x60, 0x67)
_LATIN = re.compile(r"([A-Za-z][A-Za-z0-9'’/._-]*(?: [A-Za-z0-9][A-Za-z0-9'’/._-]*)*)")


@turn()
def write_docx(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .docx file."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    document.core_properties.title = paper.title
    document.core_properties.author = "Tamyeez"
    document.core_properties.language = paper.language.value
    _say(section.header.paragraphs[0], paper.banner, paper.language, 9.5, bold=True)
    _foot(section.footer.paragraphs[0], paper)
    title = document.add_paragraph(style="Title")
    _say(title, paper.title, paper.language, 20, bold=True)
    for block in paper.blocks:
        _add(document, block, paper.language)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add(document: Any, block: Block, language: Language) -> None:
    match block:
        case Heading(text, level):
            paragraph = document.add_paragraph(style=f"Heading {level}")
            _say(paragraph, text, language, _HEADING_SIZES[level], bold=True)
        case Text():
            _add_text(document.add_paragraph(), block, language)
        case Bullets(items):
            for item in items:
                _add_text(document.add_paragraph(style="List Bullet"), item, language)
        case Table():
            _add_table(document, block, language)
        case Facing():
            _add_facing(document, block, language)
        case Ruled(lines):
            for _ in range(lines):
                _rule(document.add_paragraph())
        case NewPage():
            document.add_page_break()


def _add_text(paragraph: Any, text: Text, language: Language) -> None:
    held = text.language or language
    bold = text.tone is Tone.NOTICE
    colour = _GREY if text.tone is Tone.QUIET else None
    _say(paragraph, text.text, held, _SIZES[text.tone], bold=bold, colour=colour)


def _add_table(document: Any, block: Table, language: Language) -> None:
    table = document.add_table(rows=0, cols=len(block.head), style="Table Grid")
    if language is Language.AR:
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
    total = sum(block.widths)
    for place, cells in enumerate((block.head, *block.rows)):
        row = table.add_row()
        if place == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, words, width in zip(row.cells, cells, block.widths, strict=True):
            cell.width = Cm(LINE_CM * width / total)
            _say(cell.paragraphs[0], words, language, 10, bold=place == 0)
    document.add_paragraph()


def _add_facing(document: Any, block: Facing, language: Language) -> None:
    """Set both languages in a table without lines; its first column is the paper's language."""
    table = document.add_table(rows=1, cols=2)
    if language is Language.AR:
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
    sides = [Text(block.ar, block.tone, Language.AR), Text(block.en, block.tone, Language.EN)]
    if language is Language.EN:
        sides.reverse()
    for cell, side in zip(table.rows[0].cells, sides, strict=True):
        cell.width = Cm(LINE_CM / 2)
        _add_text(cell.paragraphs[0], side, language)
    # Without a paragraph between them Word joins one table to the next.
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _rule(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "8B8474")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _say(
    paragraph: Any,
    text: str,
    language: Language,
    size: float,
    bold: bool = False,
    colour: RGBColor | None = None,
) -> None:
    """Add text in its direction; line ends become line breaks."""
    is_arabic = language is Language.AR
    if is_arabic:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    # In a paragraph that runs from the right, "left" means its start.
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for part, words in enumerate(_LATIN.split(text) if is_arabic else [text]):
        if words:
            run = paragraph.add_run(words)
            _dress(run, size, bold, colour, rtl=is_arabic and part % 2 == 0)


def _dress(run: Any, size: float, bold: bool, colour: RGBColor | None, rtl: bool) -> None:
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.name = FACE
    run.font.color.rgb = colour or RGBColor(0, 0, 0)
    properties = run._r.get_or_add_rPr()
    properties.rFonts.set(qn("w:cs"), FACE)
    # Word takes weight and size of Arabic from properties of their own.
    for name, value in (("w:bCs", "1" if bold else "0"), ("w:szCs", str(round(size * 2)))):
        properties.append(_element(name, value))
    if rtl:
        properties.append(OxmlElement("w:rtl"))
        language = OxmlElement("w:lang")
        language.set(qn("w:bidi"), "ar-KW")
        properties.append(language)


def _foot(paragraph: Any, paper: Paper) -> None:
    """Set the imprint and the page number, which Word fills in."""
    before, after = paper.page_label.split("{n}")
    _say(paragraph, f"{paper.imprint} · {before}", paper.language, 9, colour=_GREY)
    run = paragraph.add_run()
    _dress(run, 9, False, _GREY, rtl=paper.language is Language.AR)
    for kind in ("begin", "", "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        run._r.append(mark)
    if after:
        paragraph.add_run(after)


def _element(name: str, value: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element
