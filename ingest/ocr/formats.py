"""Which files are pictures of pages: told by their first bytes, listed by their names."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


def is_picture(path: Path) -> bool:
    """Whether a file is a PNG, JPEG or TIFF image, whatever its name."""
    try:
        with path.open("rb") as file:
            return file.read(8).startswith(_SIGNATURES)
    except OSError:
        return False  # the reader says why
