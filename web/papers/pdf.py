"""Write a paper as PDF: HarfBuzz shapes the Arabic, the whole Amiri face has both scripts."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, TableBordersLayout
from fpdf.fonts import FontFace

from search.model import Language
from search.processors import turn
from web import i18n
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
from web.papers.widths import WordwiseFont

FACE = "Amiri"
_FONTS = Path(__file__).parent / "fonts"
_FILES = {"": _FONTS / "amiri-400.ttf", "B": _FONTS / "amiri-700.ttf"}
_MARGIN_MM = 22
_FOOT_MM = 22
_INDENT_MM = 6
_GUTTER_MM = 7  # between two languages side by side
_RULE_MM = 9  # between lines to write on
# Amiri's marks stand high above the line and its tails far below.
_LEADING = {Language.AR: 1.62, Language.EN: 1.4}
_SIZES = {Tone.BODY: 12.0, Tone.QUIET: 10.0, Tone.NOTICE: 12.5}
_HEADING_SIZES = {1: 16.0, 2: 14.0, 3: 12.5}
_GREY = (86, 96, 103)
_INK = (20, 24, 26)
_SHADE = (242, 238, 228)
_MM_OF_POINT = 25.4 / 72
_JOINERS = "\u200c\u200d"  # they shape letters


@turn()
def write_pdf(paper: Paper) -> bytes:
    """Return the paper as the bytes of a PDF file."""
    sheet = _Sheet(paper)
    sheet.add_page()
    sheet.say(paper.title, 21, paper.language, bold=True)
    for block in paper.blocks:
        sheet.add(block)
    return bytes(sheet.output())


class _Sheet(FPDF):
    """Pages with the paper's banner above and its imprint below."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self._paper = paper
        for style, file in _FILES.items():
            self.add_font(FACE, style, file)
        for face in self.fonts.values():
            face.__class__ = WordwiseFont
        self.set_margins(_MARGIN_MM, 24, _MARGIN_MM)
        self.set_auto_page_break(True, _FOOT_MM)
        self.set_title(paper.title)
        self.set_creator("Tamyeez")
        self.set_lang(paper.language.value)

    def header(self) -> None:
        """Set the banner at the head of a page."""
        self.set_y(11)
        self.say(self._paper.banner, 10, self._paper.language, bold=True)
        self.set_draw_color(*_GREY)
        self.line(_MARGIN_MM, self.get_y() + 1, self.w - _MARGIN_MM, self.get_y() + 1)
        self.set_y(max(24, self.get_y() + 3))

    def footer(self) -> None:
        """Set the imprint and the page's number at the foot of a page."""
        self.set_y(-17)
        number = i18n.number(self._paper.language, self.page_no())
        label = self._paper.page_label.format(n=number)
        self.say(f"{self._paper.imprint} · {label}", 9, self._paper.language, colour=_GREY)

    def add(self, block: Block) -> None:
        """Set one block."""
        language = self._paper.language
        match block:
            case Heading(text, level):
                self._keep_with_next()
                self.ln(3.5 if level < 3 else 2)
                self.start_section(printable(text), level - 1, strict=False)
                self.say(text, _HEADING_SIZES[level], language, bold=True)
            case Text():
                self._add_text(block, 0)
            case Bullets(items):
                for item in items:
                    self._add_text(item, _INDENT_MM)
            case Table():
                self._add_table(block)
            case Facing():
                self._add_facing(block)
            case Ruled(lines):
                self._add_rules(lines)
            case NewPage():
                self.add_page()

    def say(
        self,
        text: str,
        size: float,
        language: Language,
        bold: bool = False,
        colour: tuple[int, int, int] = _INK,
        indent_mm: float = 0,
        ground: tuple[int, int, int] | None = None,
    ) -> None:
        """Set a paragraph in its direction."""
        self._shape(language)
        self.set_font(FACE, "B" if bold else "", size)
        self.set_text_color(*colour)
        is_arabic = language is Language.AR
        if ground:
            self.set_fill_color(*ground)
        self.set_x(_MARGIN_MM + (0 if is_arabic else indent_mm))
        self.multi_cell(
            self.epw - indent_mm,
            size * _MM_OF_POINT * _LEADING[language],
            printable(text),
            align="R" if is_arabic else "L",
            fill=ground is not None,
            padding=2 if ground else 0,
            new_x="LMARGIN",
            new_y="NEXT",
        )
        if ground:
            self.set_fill_color(255)  # else the next table takes it for its cells

    def _add_text(self, text: Text, indent_mm: float) -> None:
        held = text.language or self._paper.language
        bullet = "• " if indent_mm else ""
        self.say(
            bullet + text.text,
            _SIZES[text.tone],
            held,
            bold=text.tone is Tone.NOTICE,
            colour=_GREY if text.tone is Tone.QUIET else _INK,
            indent_mm=indent_mm,
            ground=_SHADE if text.tone is Tone.NOTICE else None,
        )
        self.ln(0.8)

    def _add_table(self, block: Table) -> None:
        is_arabic = self._paper.language is Language.AR
        order = slice(None, None, -1) if is_arabic else slice(None)
        self._shape(self._paper.language)
        self.set_font(FACE, "", 10.5)
        self.set_text_color(*_INK)
        self.set_draw_color(*_GREY)
        self.ln(1)
        with self.table(
            col_widths=block.widths[order],
            text_align="RIGHT" if is_arabic else "LEFT",
            line_height=10.5 * _MM_OF_POINT * _LEADING[self._paper.language],
            v_align="TOP",
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", fill_color=_SHADE),
            padding=1,
        ) as table:
            for cells in (block.head, *block.rows):
                table.row([printable(cell) for cell in cells[order]])
        self.ln(2)

    def _add_facing(self, block: Facing) -> None:
        """Set both texts line by line, Arabic at the right; both go on together over pages."""
        first = self._paper.language
        order = (first, *(language for language in Language if language is not first))
        texts = {Language.AR: block.ar, Language.EN: block.en}
        rest = {language: self._lines(texts[language], language, block.tone) for language in order}
        self.set_auto_page_break(False)
        while any(rest.values()):
            # Two lines at least: one alone at the foot of a page is lost there.
            if self._room(order[0], block.tone) < min(2, max(map(len, rest.values()))):
                self.add_page()
            top, lowest = self.get_y(), self.get_y()
            for language in order:
                fitting = self._room(language, block.tone)
                now, rest[language] = rest[language][:fitting], rest[language][fitting:]
                self._set_column(now, language, block.tone, top)
                lowest = max(lowest, self.get_y())
                self.set_y(top)
            self.set_y(lowest)
        self.set_auto_page_break(True, _FOOT_MM)
        self.ln(1.6)

    def _lines(self, text: str, language: Language, tone: Tone) -> list[str]:
        self._shape(language)
        self.set_font(FACE, "B" if tone is Tone.NOTICE else "", _SIZES[tone])
        lines: list[str] = self.multi_cell(  # type: ignore[assignment]  # by `output`
            self._column_mm, 6, printable(text), dry_run=True, output=MethodReturnValue.LINES
        )
        return lines

    def _room(self, language: Language, tone: Tone) -> int:
        """Return how many lines fit on the rest of the page."""
        height = _SIZES[tone] * _MM_OF_POINT * _LEADING[language]
        return int((self.h - _FOOT_MM - self.get_y()) / height)

    def _set_column(self, lines: list[str], language: Language, tone: Tone, top_mm: float) -> None:
        is_arabic = language is Language.AR
        self._shape(language)
        self.set_font(FACE, "B" if tone is Tone.NOTICE else "", _SIZES[tone])
        self.set_text_color(*(_GREY if tone is Tone.QUIET else _INK))
        self.set_y(top_mm)
        for line in lines:
            self.set_x(self.w - _MARGIN_MM - self._column_mm if is_arabic else _MARGIN_MM)
            self.multi_cell(
                self._column_mm,
                _SIZES[tone] * _MM_OF_POINT * _LEADING[language],
                line,
                align="R" if is_arabic else "L",
                new_x="LMARGIN",
                new_y="NEXT",
            )

    @property
    def _column_mm(self) -> float:
        return float(self.epw - _GUTTER_MM) / 2

    def _add_rules(self, lines: int) -> None:
        self.set_draw_color(*_GREY)
        self.set_line_width(0.1)
        for _ in range(lines):
            if self.will_page_break(_RULE_MM):
                self.add_page()
            y = self.get_y() + _RULE_MM
            self.line(_MARGIN_MM, y, self.w - _MARGIN_MM, y)
            self.set_y(y)
        self.set_line_width(0.2)
        self.ln(2)

    def _shape(self, language: Language) -> None:
        is_arabic = language is Language.AR
        self.set_text_shaping(
            True,
            direction="rtl" if is_arabic else "ltr",
            script="arab" if is_arabic else "latn",
            language="ara" if is_arabic else "eng",
        )

    def _keep_with_next(self) -> None:
        """Begin a page rather than leave a heading alone at the foot of one."""
        if self.will_page_break(30):
            self.add_page()


def printable(text: str) -> str:
    """Return text in characters the face has; marks that turn direction go, others become "?"."""
    known = _characters()
    kept = (c for c in text.replace("\t", " ") if c in _JOINERS or unicodedata.category(c) != "Cf")
    return "".join(char if char in known or char == "\n" else "?" for char in kept)


@cache
def _characters() -> frozenset[str]:
    """Characters that both weights of the face have."""
    maps = []
    for file in _FILES.values():
        with TTFont(file, lazy=True) as font:
            maps.append(frozenset(map(chr, font.getBestCmap())))
    return maps[0] & maps[1]
