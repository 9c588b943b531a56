"""Small files of every format, made when a test asks for them; their texts are our own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import arabic_reshaper
import pytest
from bidi import get_display
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

# Debian's fonts-dejavu-core: letters, presentation forms and both kinds of digits.
ARABIC_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_MIRRORED = str.maketrans("()[]«»", ")(][»«")
_SHAPER = arabic_reshaper.ArabicReshaper({"delete_harakat": False})


def english_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """One line of text per line, Helvetica, no embedded font."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    return _printed(pdf, pages)


def arabic_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Shaped and laid out in visual order, brackets mirrored, as a print engine does it."""
    if not ARABIC_FONT.is_file():
        pytest.skip("Debian's fonts-dejavu-core is not installed")
    pdf = FPDF()
    pdf.add_font("DejaVu", fname=ARABIC_FONT)
    pdf.set_font("DejaVu", size=11)
    return _printed(pdf, [[_visual(line) for line in lines] for lines in pages], align="R")


def _visual(line: str) -> str:
    return str(get_display(_SHAPER.reshape(line), base_dir="R")).translate(_MIRRORED)


def _printed(pdf: FPDF, pages: Sequence[Sequence[str]], align: str = "L") -> bytes:
    for lines in pages:
        pdf.add_page()
        for line in lines:
            pdf.cell(w=0, h=7, text=line, align=align, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def glyph_pdf(codes: str, to_unicode: dict[int, str]) -> bytes:
    """One line of the glyphs "0001 0002 …" in a font with this map, no font file."""
    rows = "".join(
        f"<{code:04X}> <{text.encode('utf-16-be').hex()}>\n" for code, text in to_unicode.items()
    )
    cmap = DecodedStreamObject()
    cmap.set_data(
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(to_unicode)} beginbfchar\n{rows}endbfchar\n".encode()
    )
    writer = PdfWriter()
    page = writer.add_blank_page(width=600, height=200)
    font = _composite_font(writer)
    font[NameObject("/ToUnicode")] = writer._add_object(cmap)
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 40 100 Td <{codes.replace(' ', '')}> Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    return _written(writer)


def _composite_font(writer: PdfWriter) -> DictionaryObject:
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Test"),
            NameObject("/DW"): NumberObject(500),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Test"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
        }
    )


def scanned_pdf(pages: int = 1) -> bytes:
    """Pages that are nothing but a grey picture."""
    pdf = FPDF()
    for _ in range(pages):
        pdf.add_page()
        pdf.image(io.BytesIO(png()), x=0, y=0, w=pdf.w, h=pdf.h)
    return bytes(pdf.output())


def encrypted_pdf(password: str) -> bytes:
    """A short PDF that opens only with the password; RC4, which needs no further library."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(english_pdf([["The secret article."]]))))
    writer.encrypt(password, algorithm="RC4-128")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png() -> bytes:
    """A small grey picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (20, 30), 200).save(out, "PNG")
    return out.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(body: str, **parts: str) -> bytes:
    """A DOCX from the XML inside <w:body>, and of other parts: footnotes=…, numbering=…."""
    return zipped(docx_parts(body, **parts))


def docx_parts(body: str, **parts: str) -> dict[str, bytes]:
    """The members of a DOCX, to be damaged before they are zipped."""
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}.{part}+xml"/>'
        for part in parts
    )
    relations = "".join(
        f'<Relationship Id="r{part}" Type="{_R}/{part}" Target="{part}.xml"/>' for part in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml"'
        f' ContentType="{_TYPES}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
    }
    for part, content in parts.items():
        members[f"word/{part}.xml"] = f'<w:{part} xmlns:w="{_W}">{content}</w:{part}>'
    return {name: text.encode() for name, text in members.items()}


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
