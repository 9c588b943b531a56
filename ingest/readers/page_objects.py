"""What a PDF page is drawn of: its texts and its shapes, each asked of pdfium once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2
from pypdfium2 import raw

PageObject = Any  # pdfium's own handle, good as long as its page is open


@dataclass(frozen=True, slots=True)
class PageObjects:
    """The objects of an open page in the order in which they are drawn.

    `count` is that of all of them, pictures and forms included; objects inside of forms are left
    out, as pdfium leaves them out.
    """

    texts: Sequence[PageObject]
    shapes: Sequence[PageObject]
    count: int


def objects_of(page: pypdfium2.PdfPage) -> PageObjects:
    """Return the objects of a page."""
    count = raw.FPDFPage_CountObjects(page.raw)
    items = list(map(raw.FPDFPage_GetObject, repeat(page.raw), range(count)))
    kinds = list(map(raw.FPDFPageObj_GetType, items))
    texts, shapes = (
        [item for item, its in zip(items, kinds, strict=True) if its == kind]
        for kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH)
    )
    return PageObjects(texts, shapes, count)
