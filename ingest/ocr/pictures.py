"""Pages as pictures: pages of a PDF rendered, frames of an image file opened; within limits.

A page is an array of grey levels (height × width, uint8, 255 white).
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.ocr.formats import is_picture
from ingest.ocr.straighten import Page
from ingest.readers import Limits
from ingest.readers.limits import refusal

DPI = 300
MAX_SIDE = 5_000  # pixels of a page to be read: 16 inches at 300 dpi
MAX_PIXELS = 75_000_000  # of a picture as it lies in its file: A3 at 600 dpi
_FORMATS = ("PNG", "JPEG", "TIFF")


def count_frames(path: Path, limits: Limits) -> int:
    """Return the number of pages of an image file; raise Unreadable for what is none of ours."""
    with _opened(path) as picture:
        frames = int(getattr(picture, "n_frames", 1))
        if frames > limits.pages:
            what = f"it has {frames} pages; at most {limits.pages} are read"
            raise refusal(path.name, "too-long", what)
        return frames


def page_picture(path: Path, number: int, dpi: int = DPI) -> Page:
    """Return page `number` (from 1) of a PDF or image file, at `dpi` where it has a size on paper.

    Raises Unreadable (`damaged`, `too-large`, `encrypted`).
    """
    if is_picture(path):
        return _frame(path, number)
    try:
        with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
            return _rendered(document, number, dpi)
    except (pypdfium2.PdfiumError, IndexError, OSError) as exc:
        what = f"page {number} cannot be shown as a picture"
        raise refusal(path.name, "damaged", what) from exc


def png(page: Page, width: int | None = None) -> bytes:
    """Return the page as PNG bytes, reduced to `width` pixels where it is wider."""
    picture = Image.fromarray(page)
    if width is not None and picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def pgm(page: Page) -> bytes:
    """Return the page in the plainest format there is: a header and the grey levels."""
    height, width = page.shape
    return b"P5 %d %d 255\n" % (width, height) + page.tobytes()


def scaled(page: Page, factor: float) -> Page:
    """Return the page enlarged or reduced."""
    picture = Image.fromarray(page)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return np.asarray(picture.resize(size, Image.Resampling.LANCZOS))


def _rendered(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Page:
    page = document[number - 1]
    try:
        # Form fields are not drawn: a page is read as it was issued.
        scale = min(dpi / 72, MAX_SIDE / max(*page.get_size(), 1.0))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        try:
            return _grey(bitmap.to_pil())
        finally:
            bitmap.close()
    finally:
        page.close()


def _frame(path: Path, number: int) -> Page:
    with _opened(path) as picture:
        try:
            picture.seek(number - 1)
            _refuse_bomb(picture, path.name)
            page = _grey(ImageOps.exif_transpose(picture) or picture)
            return scaled(page, MAX_SIDE / max(page.shape)) if max(page.shape) > MAX_SIDE else page
        # Pillow's plugins raise whatever a hostile file leads them to.
        except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError) as exc:
            raise refusal(path.name, "damaged", f"picture {number} is damaged") from exc


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about each oddity of a file; what matters fails
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(path, formats=_FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
            what = "it unpacks to more pixels than are read"
            raise refusal(path.name, "too-large", what) from exc
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
            raise refusal(path.name, "damaged", "it is damaged and cannot be read") from exc
        with picture:
            _refuse_bomb(picture, path.name)
            yield picture


def _refuse_bomb(picture: Image.Image, name: str) -> None:
    """Its size stands in its header: nothing has been unpacked yet."""
    if picture.width * picture.height > MAX_PIXELS:
        what = f"it has {picture.width * picture.height / 1e6:.0f} million pixels"
        raise refusal(name, "too-large", f"{what}; at most {MAX_PIXELS / 1e6:.0f} are read")


def _grey(picture: Image.Image) -> Page:
    """Grey levels on white paper, whatever the colours and transparency."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    if picture.mode.startswith("I"):  # 16 bits a pixel; Pillow would cut, not scale
        levels = np.asarray(picture).astype(np.float64)
        top = levels.max() or 1.0
        return (levels * (255 / max(top, 255.0))).astype(np.uint8)
    return np.ascontiguousarray(np.asarray(picture.convert("L")))
