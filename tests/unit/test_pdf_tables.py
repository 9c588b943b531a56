"""The rows of a ruled table are read one after another, a fine beside its offence."""

from __future__ import annotations

from pathlib import Path

from fpdf import FPDF

from ingest.readers import read

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
ENGLISH = [
    (
        str(number),
        "Transport of goods without a licence of the competent office",
        "A fine of not more than two hundred dinars for each journey",
    )
    for number in (1, 2, 3)
]


def printed(path: Path, rows: list[tuple[str, ...]], right_to_left: bool, borders: str) -> Path:
    pdf = FPDF()
    pdf.add_font("Amiri", fname=FONT)
    pdf.set_font("Amiri", size=12)
    pdf.set_text_shaping(True)
    pdf.add_page()
    widths, align = ((45, 45, 10), "R") if right_to_left else ((10, 45, 45), "L")
    with pdf.table(
        width=110,
        col_widths=widths,
        text_align=align,
        first_row_as_headings=False,
        borders_layout=borders,
    ) as table:
        for cells in rows:
            row = table.row()
            for cell in reversed(cells) if right_to_left else cells:
                row.cell(cell)
    pdf.output(str(path))
    return path


def test_wrapped_cells_of_an_arabic_table_stay_in_their_row(tmp_path: Path) -> None:
    lines = read(printed(tmp_path / "table.pdf", ARABIC, True, "ALL")).lines
    assert [line.text for line in lines] == [" ".join(row) for row in ARABIC]


def test_wrapped_cells_of_an_english_table_too(tmp_path: Path) -> None:
    lines = read(printed(tmp_path / "table.pdf", ENGLISH, False, "ALL")).lines
    assert [line.text for line in lines] == [" ".join(row) for row in ENGLISH]
