"""The class each reference document must end in, by what its provenance says of it.

A class is what a user gets: read as so many articles, or refused for a reason (`no-text-layer` and
`garbled-text` leave the pages to OCR). A file that is read but should not be is silently wrong.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """How a file must end: read as a kind with its articles, or refused; and why so."""

    reason: str | None  # of the refusal; None: read
    why: str
    articles: int | None = None  # of a statute or treaty, bis and issuing ones included

    @property
    def shown(self) -> str:
        """The class as the table shows it."""
        if self.reason:
            return f"refused: {self.reason}"
        return f"read, {self.articles} articles" if self.articles else "read"


def _read(why: str, articles: int | None = None) -> Expected:
    return Expected(None, why, articles)


_DATA = "records, not a document"
_PICTURES = "pictures of pages: only OCR can give the text"

EXPECTED: dict[str, Expected] = {
    "ae-anti-trafficking-decree-law-24-2023-words-glued-ar.json": Expected("binary", _DATA),
    "ae-decree-law-39-2022-visual-order-text-ar.jsonl": Expected("binary", _DATA),
    "ae-decree-law-39-2022-word2019-ar.pdf": _read("sound Word print", 11),
    "dz-labour-law-90-11-1990-gazette-scan-ar.pdf": Expected("no-text-layer", _PICTURES),
    "dz-law-23-12-2023-gazette-text-ar.pdf": _read("columns; mixed digits in years only", 113),
    "eg-civil-code-131-1948-distiller-ar.pdf": Expected("garbled-text", "false letters and digits"),
    "eg-constitution-2019-word2016-ar.pdf": Expected(
        "article-sequence", "two decisions with articles 1 and 2 before the constitution"
    ),
    "eg-decision-208-2022-camscanner-encrypted-ar.pdf": Expected(
        "no-text-layer", "pictures under English footers"
    ),
    "eg-labour-law-14-2025-gazette-text-ar.pdf": _read("sound print in presentation forms", 311),
    "eg-law-1-2007-gazette-image-only-ar.pdf": Expected("no-text-layer", _PICTURES),
    "eg-law-159-2023-gazette-no-unicode-map-ar.pdf": Expected("garbled-text", "no letter map"),
    "eg-law-160-2024-gazette-scan-watermark-ar.pdf": Expected("no-text-layer", _PICTURES),
    "eg-law-196-2008-ghostscript-partial-map-ar.pdf": Expected("garbled-text", "half a letter map"),
    "eg-law-5-2025-gazette-dopdf-ar.pdf": _read("usable text layer", 11),
    "eg-penal-code-word2007-ar.pdf": Expected("garbled-text", "false digits: 17 reads 71"),
    "eg-vat-law-67-2016-gazette-type3-fonts-ar.pdf": Expected("garbled-text", "no letter map"),
    "ilo-c029-forced-labour-1930-en.md": _read("33 articles", 33),
    "ilo-c182-worst-forms-child-labour-1999-en.md": _read("16 articles", 16),
    "kw-ministry-of-finance-laws-text-layer-as-extracted.jsonl": Expected("binary", _DATA),
    "parallel-ar-en-statutes-by-article.jsonl": Expected("binary", _DATA),
    "qa-almeezan-law-page-with-navigation-ar.html": Expected(
        "no-articles", "leads to nine articles, holds none of them"
    ),
    "qa-almeezan-mixed-arabic-english-records.jsonl": Expected("binary", _DATA),
    "qa-amiri-decision-44-2008-legacy-doc-renamed-en.docx": Expected("legacy-doc", "binary .doc"),
    "qa-anti-trafficking-law-15-2011-word-export-ar.html": _read("28 articles, six bis", 34),
    "qa-court-of-cassation-criminal-rulings-2005-ar.jsonl": Expected("binary", _DATA),
    "qa-penal-code-11-2004-en.docx": _read("translation in Word", 418),
    "qa-penal-code-11-2004-word-export-ar.html": _read("the whole code", 420),
    "sa-anti-trafficking-law-m40-1430-ar.md": _read("17 articles in words", 17),
    "sa-labour-law-nezams-web-page-ar.html": Expected(
        "article-sequence", "an extract: articles 1 to 5, then 79"
    ),
    "sa-national-policy-forced-labour-ar.md": _read("prose without articles"),
    "un-cat-1984-en.pdf": _read("33 articles", 33),
    "un-cedaw-1979-en.pdf": _read("30 articles", 30),
    "un-crc-1989-en.md": _read("54 articles", 54),
    "un-crc-optional-protocol-sale-of-children-2000-en.md": _read("17 articles", 17),
    "un-iccpr-1966-en.pdf": _read("53 articles", 53),
    "un-migrant-smuggling-protocol-2000-en.md": _read("25 articles", 25),
    "un-palermo-trafficking-protocol-2000-en.md": _read("20 articles", 20),
    "un-udhr-1948-ar.html": _read("30 articles", 30),
    "un-udhr-1948-en.html": _read("30 articles", 30),
    "un-untoc-2000-en.md": _read("41 articles", 41),
}

# The texts inside the data files, each as a text file of its own; None: read.
RECORDS: dict[str, tuple[str | None, ...]] = {
    "ae-anti-trafficking-decree-law-24-2023-words-glued-ar.json": ("garbled-text",),
    "ae-decree-law-39-2022-visual-order-text-ar.jsonl": ("garbled-text",),
    "kw-ministry-of-finance-laws-text-layer-as-extracted.jsonl": (
        "garbled-text",
        *(None,) * 2,  # these two are English
        *("garbled-text",) * 3,
    ),
    "qa-almeezan-mixed-arabic-english-records.jsonl": ("mixed-language",) * 4,
    "qa-court-of-cassation-criminal-rulings-2005-ar.jsonl": (None,) * 20,
}
