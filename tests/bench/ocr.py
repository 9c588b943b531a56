"""Measure OCR: errors in letters and numbers, and CPU seconds a page, on sound and poor scans.

    .venv/bin/python -m tests.bench.ocr [--pages N] [--no-documents]

A page of each of the nine laws is printed, rendered as a picture and spoilt; half of the pages with
Arabic-Indic digits. The real scans of the reference files have no text to compare with: of them
confidence, doubts and seconds are told. Prints Markdown; decides nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ingest.ocr.engine import require_tesseract
from ingest.ocr.pictures import page_picture, scaled
from ingest.ocr.reading import read_page
from ingest.ocr.store import ReadPage
from ingest.ocr.straighten import Page
from ingest.readers import UnreadablePages, read
from ingest.readers.quality import ascii_digits
from search.errors import Unreadable
from tests.scan_pages import SPOILT, pictures, print_pdf

SHARED = Path(__file__).resolve().parents[3] / "shared"
LINES, WIDTH = 26, 80  # of a page
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass
class Tally:
    """What was measured of some pages."""

    edits: int = 0
    characters: int = 0
    numbers: int = 0
    right: int = 0
    wrong: int = 0  # numbers read that the page does not have
    silent: int = 0  # of those, the ones that no doubt names
    seconds: list[float] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)

    def add(self, truth: str, page: ReadPage, seconds: float) -> None:
        """Count one page."""
        plain, got = _plain(truth), _plain(page.text)
        self.edits += distance(plain, got)
        self.characters += len(plain)
        held, read_ = _numbers(truth), _numbers(page.text)
        self.numbers += held.total()
        self.right += (held & read_).total()
        wrong = read_ - held
        self.wrong += wrong.total()
        self.silent += (wrong - Counter(page.disputed)).total()
        self.seconds.append(seconds)
        self.confidences.append(page.confidence)

    def row(self, name: str) -> str:
        """Print one line of the table."""
        return (
            f"| {name} | {100 * self.edits / self.characters:.2f} % | {self.right}/{self.numbers} |"
            f" {self.wrong} | {self.silent} | {np.mean(self.confidences):.2f} |"
            f" {np.median(self.seconds):.1f} |"
        )


def distance(one: str, other: str) -> int:
    """Return Levenshtein's distance."""
    places = np.arange(len(other) + 1)
    codes = np.array([ord(c) for c in other])
    row = places.copy()
    for n, char in enumerate(one, start=1):
        fresh = np.empty_like(row)
        fresh[0] = n
        fresh[1:] = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(char)))
        row = np.minimum.accumulate(fresh - places) + places
    return int(row[-1])


def _plain(text: str) -> str:
    """Letters, digits and single spaces, digits of either kind alike; marks of reading left out."""
    text = re.sub("[\u064b-\u0652\u0640]", "", ascii_digits(text))
    return " ".join(re.sub(r"[^\w]", " ", text).split())


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall("[0-9]+", ascii_digits(text)))


def _cpu_seconds() -> float:
    """Seconds of a core that this process and tesseract have used, whatever else runs."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def pages_of_laws(count: int) -> list[str]:
    """Return a page of text from each law; every second with Arabic-Indic digits."""
    texts = []
    for place, path in enumerate(sorted((SHARED / "statutes").glob("*.json"))[:count]):
        articles = json.loads(path.read_text(encoding="utf-8"))["articles"]
        words = " ".join(f"مادة {a['article']} {a['text']}" for a in articles[8:40]).split()
        text = "\n".join(_wrapped(words)[:LINES])
        texts.append(text.translate(_ARABIC_INDIC) if place % 2 else text)
    return texts


def _wrapped(words: Iterable[str]) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) >= WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def measure_printed(count: int) -> None:
    """Print the table of pages made here."""
    texts = pages_of_laws(count)
    pdf = print_pdf(texts)
    as_is: Callable[[Page], Page] = lambda page: page  # noqa: E731
    conditions = [(f"{dpi} dpi", dpi, as_is) for dpi in (300, 200, 150)]
    conditions += [(f"200 dpi, {name}", 200, spoil) for name, spoil in SPOILT.items()]
    conditions += [(f"150 dpi, {name}", 150, SPOILT[name]) for name in ("noise", "JPEG 20")]
    print("| pages | CER | numbers right | wrong numbers | not named | confidence | CPU s/page |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    kinds = {"ASCII digits": Tally(), "Arabic-Indic digits": Tally()}
    for name, dpi, spoil in conditions:
        tally = Tally()
        for n, (text, page) in enumerate(zip(texts, pictures(pdf, dpi), strict=True)):
            started = _cpu_seconds()
            # As `page_picture` gives a scan of this resolution: at 300 dpi.
            found = read_page(_at_300(spoil(page), dpi), n + 1)
            seconds = _cpu_seconds() - started
            tally.add(text, found, seconds)
            if name == "300 dpi":
                kinds["Arabic-Indic digits" if n % 2 else "ASCII digits"].add(text, found, seconds)
        print(tally.row(name), flush=True)
    for name, tally in kinds.items():
        print(tally.row(f"300 dpi, {name}"))


def _at_300(page: Page, dpi: int) -> Page:
    return page if dpi == 300 else scaled(page, 300 / dpi)


def measure_documents(limit: int = 2) -> None:
    """Print what is told of the real scans and broken text layers, up to `limit` pages each."""
    print("\n| file | pages | confidence | doubts | CPU s/page |\n|---|---:|---:|---|---:|")
    for path in sorted((SHARED / "documents").glob("*.pdf")):
        pages = _wanted(path)[:limit]
        if pages:
            print(_document_row(path, pages), flush=True)


def _wanted(path: Path) -> Sequence[int]:
    try:
        read(path)
    except UnreadablePages as refused:
        return refused.pages
    except Unreadable:  # refused for another reason
        return ()
    return ()


def _document_row(path: Path, numbers: Sequence[int]) -> str:
    found, seconds = [], []
    for number in numbers:
        started = _cpu_seconds()
        found.append(read_page(page_picture(path, number), number))
        seconds.append(_cpu_seconds() - started)
    doubts = Counter(doubt.value for page in found for doubt in page.doubts)
    said = ", ".join(f"{name} {n}" for name, n in sorted(doubts.items())) or "none"
    sure = np.mean([page.confidence for page in found])
    return f"| {path.name} | {len(numbers)} | {sure:.2f} | {said} | {np.median(seconds):.1f} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=9)
    parser.add_argument("--no-documents", dest="documents", action="store_false")
    args = parser.parse_args()
    require_tesseract()
    measure_printed(args.pages)
    if args.documents:
        measure_documents()


if __name__ == "__main__":
    main()
