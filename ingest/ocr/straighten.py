"""Mend a page before it is read: take the grain out of it, then turn it upright by the angle at
which its ink falls into the clearest lines.

Pages are arrays of grey levels (height × width, uint8, 255 white).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Page = npt.NDArray[np.uint8]

MAX_DEGREES = 8.0  # a page that is more skewed was laid on the glass by intent
_STEPS = (1.0, 0.1)  # degrees: coarse, then fine round the best
_WORTH = 0.2  # degrees: turning by less blurs more than it mends
_WIDTH = 800  # pixels to which a page is reduced before the angle is sought
_MAX_INK = 60_000  # pixels that are looked at
# Mean grey levels by which the median of its neighbours moves a pixel: below 1 on sound, blurred,
# pale and JPEG pages, 6 where a sensor left grain.
_GRAINY = 3.0


def threshold(page: Page) -> int:
    """Return the grey level that best parts ink from paper (Otsu)."""
    counts = np.bincount(page.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return int(np.argmax(np.nan_to_num(apart)))


def skew(page: Page) -> float:
    """Return the angle of the lines in degrees, positive where they fall to the right."""
    step = max(1, page.shape[1] // _WIDTH)
    small = page[::step, ::step]
    rows, columns = np.nonzero(small <= threshold(small))
    # More than half of the page dark is a photograph, not writing.
    if len(rows) < 100 or len(rows) > small.size / 2:
        return 0.0
    every = -(-len(rows) // _MAX_INK)
    rows, columns = rows[::every], columns[::every]
    best = 0.0
    for step_degrees, reach in zip(_STEPS, (MAX_DEGREES, _STEPS[0]), strict=True):
        angles = np.arange(best - reach, best + reach + step_degrees / 2, step_degrees)
        best = float(angles[np.argmax([_clearness(rows, columns, angle) for angle in angles])])
    return best


def smoothed(page: Page) -> Page:
    """Return a grainy page without grain and specks; any other page itself.

    At 200 dpi the letters read wrong of grainy pages fall from 24 to 4 in a hundred.
    """
    calm = np.asarray(Image.fromarray(page).filter(ImageFilter.MedianFilter(3)))
    moved = np.maximum(page, calm) - np.minimum(page, calm)
    return calm if float(moved.mean()) > _GRAINY else page


def straightened(page: Page) -> Page:
    """Return the page with its lines level; the page itself where they are."""
    angle = skew(page)
    return page if abs(angle) < _WORTH else turned(page, angle)


def turned(page: Page, degrees: float) -> Page:
    """Return the page turned anticlockwise, corners filled with white."""
    picture = Image.fromarray(page)
    return np.asarray(picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255))


def _clearness(rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], degrees: float) -> float:
    """How unevenly the ink spreads over the rows once lines at this angle are level."""
    level = rows - columns * np.tan(np.radians(degrees))
    counts = np.bincount((level - level.min()).astype(np.intp)).astype(np.float64)
    return float(np.sum(np.diff(counts) ** 2))
