"""Take the pictures under docs/screenshots anew, from a server of the whole collection.

.venv/bin/python -m tests.take_screenshots http://127.0.0.1:8000
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import FLAGS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
SIZES = {1440: 1080, 820: 1180, 390: 844}
COLOURS = 128  # of a picture: text and flat tints; keeps each well below 300 kB
ASKED = {"ar": "بيع الإقامة بمبلغ مالي", "en": "selling residence permits for money"}
PLACES = {
    "home": "/",
    "results": "/?q={asked}",
    "provision": "/laws/kw-law-2013-91/art-13",
    "matter": "/matters/kw-2022-cassation-acquittal-wages-01",
    "distinguish": "/distinguish?example={language}",
    "compare": "/compare?left=kw-law-2013-91/art-1&right=un-protocol-2000-trafficking/art-3",
    "coverage": "/coverage",
    "case-study": "/case-studies/new?matter=kw-training-0001-a",
}


def main() -> None:
    """Take every picture."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for language, asked in ASKED.items():
            for width, height in SIZES.items():
                page = browser.new_page(
                    base_url=sys.argv[1],
                    locale=f"{language}-KW",
                    viewport={"width": width, "height": height},
                )
                for name, place in PLACES.items():
                    found = page.goto(f"/{language}{place.format(asked=asked, language=language)}")
                    assert found is not None and found.ok, page.url
                    page.evaluate("document.fonts.ready")
                    _save(page.screenshot(), FOLDER / f"{name}-{language}-{width}.png")
                page.close()
        browser.close()


def _save(taken: bytes, file: Path) -> None:
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
