"""Tesseract itself reads a page printed here: letters nearly all."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.files import Options
from ingest.ocr.store import PageStore
from ingest.scans import is_unreviewed, read_with_ocr
from tests.bench.ocr import _plain, distance
from tests.scan_pages import picture_pdf, pictures, print_pdf, turned

pytestmark = pytest.mark.ocr

TEXT = """قانون في شأن تنظيم المكتبات
المادة الأولى
تنشأ في كل محافظة مكتبة عامة يديرها مجلس من أهل العلم
وتفتح أبوابها للناس كافة دون رسم أو شرط.
المادة الثانية
يضع المجلس لائحة للإعارة وتنشر في الجريدة الرسمية
ويعمل بها من اليوم التالي لنشرها."""


def test_a_skewed_scan_is_read_and_waits(tmp_path: Path) -> None:
    page = turned(pictures(print_pdf([TEXT]), 200)[0], 2.0)
    path = tmp_path / "scan.pdf"
    path.write_bytes(picture_pdf([page], 200))
    document = read_with_ocr(path, PageStore(tmp_path / "private"), Options())
    assert is_unreviewed(document)
    truth, read = _plain(TEXT), _plain(document.text)
    assert distance(truth, read) <= 0.05 * len(truth)
    assert document.scanned[0].confidence > 0.7
