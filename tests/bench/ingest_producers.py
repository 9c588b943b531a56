"""Make one law into files as different programs make them: each has its own habits with Arabic.

Not a test: the measurement in tests/bench/ingest.py uses it. The words are never changed.
"""

from __future__ import annotations

import html
import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from fpdf import FPDF, XPos, YPos
from fpdf.enums import Align, MethodReturnValue

from tests import render_statutes as render
from tests.reader_files import ARABIC_FONT, arabic_pdf

ROOT = Path(__file__).resolve().parents[2]
AMIRI = ROOT / "web" / "papers" / "fonts" / "amiri-400.ttf"
_FONTS = ROOT / "web" / "static" / "fonts"
_LINES_A_PAGE = 34


@dataclass(frozen=True, slots=True)
class Producer:
    """A way to make a file of a law: its suffix, and from paragraphs to its path."""

    name: str
    suffix: str
    heading: Callable[[render.Article], str]
    make: Callable[[Sequence[str], Path], None]


def paragraphs(articles: list[render.Article], producer: Producer, title: str) -> list[str]:
    """The law as the producer is given it, a paragraph each."""
    return [p for p in render.render(articles, producer.heading, title=title).split("\n") if p]


def _shaped(lines: Sequence[str], path: Path) -> None:
    """fpdf2 with HarfBuzz: glyphs of a shaping engine, positioned one by one."""
    pdf = _amiri()
    pdf.add_page()
    for line in lines:
        pdf.multi_cell(0, 8, line, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.output(str(path))


def _shaped_columns(lines: Sequence[str], path: Path) -> None:
    """The same in two columns, the right one first, under a running header with page numbers."""
    pdf = _amiri()
    pdf.add_page()
    width, gap, top, height, bottom = 88.0, 14.0, 25.0, 7.0, 280.0
    y, right, fresh = bottom, False, True
    for line in lines:
        pieces = pdf.multi_cell(
            width, height, line, align="R", dry_run=True, output=MethodReturnValue.LINES
        )
        for piece in pieces:
            if y + height > bottom:
                y, right = top, not right
            if y == top and right:
                if not fresh:
                    pdf.add_page()
                fresh = False
                pdf.set_xy(10, 10)
                pdf.cell(0, 8, f"الجريدة الرسمية العدد 1200 - {pdf.page}", align=Align.C)
            pdf.set_xy(10 + (width + gap if right else 0), y)
            pdf.cell(width, height, piece, align="R")
            y += height
    pdf.output(str(path))


def _amiri() -> FPDF:
    pdf = FPDF()
    pdf.add_font("Amiri", fname=AMIRI)
    pdf.set_font("Amiri", size=12)
    pdf.set_text_shaping(True)
    pdf.set_auto_page_break(True, margin=15)
    return pdf


def _presentation_forms(lines: Sequence[str], path: Path) -> None:
    """Letters reshaped to presentation forms and laid out in visual order, as older engines do."""
    wrapped = [piece for line in lines for piece in _wrap(line, 95)]
    pages = [wrapped[i : i + _LINES_A_PAGE] for i in range(0, len(wrapped), _LINES_A_PAGE)]
    path.write_bytes(arabic_pdf(pages))


def _wrap(line: str, width: int) -> list[str]:
    words, lines = line.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _printed(css: str) -> Callable[[Sequence[str], Path], None]:
    def make(lines: Sequence[str], path: Path) -> None:
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        source = path.with_suffix(".source.html")
        source.write_text(
            f"<!doctype html><html dir=rtl lang=ar><meta charset=utf-8><style>{css}</style>{body}",
            encoding="utf-8",
        )
        chromium = shutil.which("chromium")
        if chromium is None:
            raise FileNotFoundError("chromium")
        profile = path.parent / "profile"
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu"]
        command += ["--no-pdf-header-footer", f"--user-data-dir={profile}"]
        command += [f"--print-to-pdf={path}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        source.unlink()

    return make


_AMIRI_CSS = (
    f"@font-face{{font-family:A;src:url({(_FONTS / 'amiri-arabic-400-normal.woff2').as_uri()})}}"
    f"@font-face{{font-family:L;src:url({(_FONTS / 'amiri-latin-400-normal.woff2').as_uri()})}}"
)
_PLEX_CSS = _AMIRI_CSS.replace("amiri-arabic", "ibm-plex-sans-arabic-arabic").replace(
    "amiri-latin", "ibm-plex-sans-arabic-latin"
)
_GAZETTE_CSS = (
    "@page{margin:22mm 15mm;@top-center{content:'الجريدة الرسمية - العدد 1200'}"
    "@bottom-center{content:'- ' counter(page) ' -'}}"
)


def _word(lines: Sequence[str], path: Path) -> None:
    """Word: right-to-left paragraphs, headings by style."""
    document = docx.Document()
    for line in lines:
        heading = line.startswith(("مادة", "المادة")) and len(line) < 60
        paragraph = document.add_paragraph(line, style="Heading 3" if heading else None)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    document.save(out)
    path.write_bytes(out.getvalue())


def _page(lines: Sequence[str], path: Path) -> None:
    """A portal's page: the law between menus."""
    menu = "".join(f"<a href='#{n}'>قائمة الموقع {n}</a> " for n in range(12))
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    path.write_text(
        f"<!doctype html><html dir=rtl lang=ar><meta charset=utf-8><title>{lines[0]}</title>"
        f"<nav>{menu}</nav><div class=main>{body}</div><footer>{menu}</footer></html>",
        encoding="utf-8",
    )


PRODUCERS = (
    Producer("fpdf2 + HarfBuzz, Amiri", ".pdf", render.bracketed, _shaped),
    Producer("fpdf2, two columns, header", ".pdf", render.digits, _shaped_columns),
    Producer("presentation forms, DejaVu", ".pdf", render.digits, _presentation_forms),
    Producer(
        "Chromium, Amiri, header and footer", ".pdf", render.digits,
        _printed(f"{_AMIRI_CSS}{_GAZETTE_CSS}body{{font:13pt A,L}}"),
    ),
    Producer(
        "Chromium, DejaVu (Type 3)", ".pdf", render.bracketed,
        _printed("body{font:12pt DejaVu Sans}"),
    ),
    Producer(
        "Chromium, Plex, two columns", ".pdf", render.bracketed,
        _printed(
            f"{_PLEX_CSS}{_GAZETTE_CSS}body{{font:11pt A,L;column-count:2;column-gap:8mm;"
            "text-align:justify}"
        ),
    ),
    Producer("Word (DOCX)", ".docx", render.words, _word),
    Producer("HTML with menus", ".html", render.digits, _page),
)  # fmt: skip


def missing(producer: Producer) -> str | None:
    """What this machine lacks for a producer; None if nothing."""
    if "Chromium" in producer.name and shutil.which("chromium") is None:
        return "chromium"
    if "DejaVu" in producer.name and not ARABIC_FONT.is_file():
        return "fonts-dejavu-core"
    return None
