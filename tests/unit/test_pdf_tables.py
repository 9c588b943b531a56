"""The rows of a ruled table are read one after another, a fine beside its offence."""

from __future__ import annotations

from pathlib import Path

from fpdf import FPDF

from ingest.readers import read
from ingest.readers.page_lines import _as_one

FONT = Path(__file__).resolve().parents[2] / "web" / "papers" / "fonts" / "amiri-400.ttf"
ARABIC = [
    (
        "1",
        "عدم حفظ الدفتر خمس سنوات كاملة من تاريخ إقفاله في مقر العمل",
        "غرامة لا تقل عن خمسين دينارا ولا تجاوز مائة دينار عن كل دفتر",
    ),
    (
        "2",
        "عدم تقديم الدفتر إلى المفتش عند طلبه في أوقات العمل الرسمية",
        "غرامة لا تجاوز مائتي دينار وتضاعف عند تكرار المخالفة خلال سنة",
    ),
    (
        "3",
        "نقل بضاعة دون ترخيص من الجهة المختصة أو بترخيص انتهت مدته",
        "إغلاق المنشأة مدة لا تزيد على شهر واحد مع سحب الترخيص نهائيا",
    ),
]


def printed(path: Path) -> Path:
    pdf = FPDF()
    pdf.add_font("Amiri", fname=FONT)
    pdf.set_font("Amiri", size=12)
    pdf.set_text_shaping(True)
    pdf.set_auto_page_break(True, margin=15)
    pdf.add_page()
    with pdf.table(
        width=110, col_widths=(45, 45, 10), text_align="R", first_row_as_headings=False
    ) as table:
        for cells in ARABIC:
            row = table.row()
            for cell in reversed(cells):
                row.cell(cell)
    pdf.output(str(path))
    return path


def test_wrapped_cells_of_an_arabic_table_stay_in_their_row(tmp_path: Path) -> None:
    lines = read(printed(tmp_path / "table.pdf")).lines
    assert [line.text for line in lines] == [" ".join(row) for row in ARABIC]


def test_the_lines_of_a_cell_are_joined_as_its_language_is_read() -> None:
    assert _as_one(["A fine of fifty", "dinars"]) == "A fine of fifty dinars"
    assert _as_one(["ةمارغ", "راند"]) == "راند ةمارغ"  # in visual order, the first at the right
