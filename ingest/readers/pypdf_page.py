"""The other extractor: pypdf lays single pages out, in a grid of characters in visual order.

Slow (5-14 pages a second), so it is asked only for pages on which pdfium is in doubt.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pypdf import PasswordType, PdfReader

from ingest.readers.glyphs import Glyphs


class PypdfPages:
    """The pages of one file; it is parsed when the first page is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._reader: PdfReader | None = None
        self._glyphs = Glyphs()

    def lines(self, index: int) -> list[str]:
        """Return the lines of a page in visual order; none where pypdf cannot read it."""
        with quiet_pypdf():
            try:
                page = self._opened().pages[index]
                self._glyphs.mark(page)
                text = page.extract_text(
                    extraction_mode="layout", layout_mode_space_vertically=True
                )
            # Whatever a file does to it, pypdf is only the second opinion.
            except Exception:  # noqa: BLE001
                return []
        self._glyphs.learn(text)
        return self._glyphs.visual(text).split("\n")

    def _opened(self) -> PdfReader:
        if self._reader is None:
            reader = PdfReader(BytesIO(self._data))
            if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
                raise ValueError("encrypted")
            self._reader = reader
        return self._reader


@contextmanager
def quiet_pypdf() -> Iterator[None]:
    """pypdf logs each oddity of a file; what matters of them we say ourselves, once."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
