"""Render statutes given as article records to plain text, in the layouts laws are printed in.

Not a test: the tests under tests/shared and the measurements use it. Each layout differs in how
articles are headed and how lines run; the words are never changed.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_ONES = ("", "الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة")
_ORDINALS = (*_ONES, "التاسعة", "العاشرة")
_TENS = ("", "", "العشرون", "الثلاثون", "الأربعون", "الخمسون", "الستون", "السبعون", "الثمانون")
_ALL_TENS = (*_TENS, "التسعون")
_HUNDREDS = ("", "المائة", "المائتين", "الثلاثمائة", "الأربعمائة")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_EMBEDDED = re.compile(r"(?:ال)?مادة\s+(\d+)\s+مكررا?\s+(.+)")
# Records that run on into what is printed below the article: a heading, the closing formula.
_NOT_ITS_OWN = re.compile(
    r"(?:الفرع|الفصل|الباب)\s+(?:الأول|الثاني|الثالث|الرابع)$|أمير الكويت$"
    r"|(?:الفصل|الباب)\s+(?:الأول|الثاني|الثالث) [^.]{3,60}$"
)
_TRAILING = re.compile(r"(?<=\.) (?=(?:الباب|الفصل) (?:الأول|الثاني|الثالث) [^.]{3,60}$)")
_SUBHEADING = re.compile(r"(?:-\d|\d-) .{1,60}[^.:؛]")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the truth: `key` is its segment in ids."""

    key: str
    number: int
    bis: str | None
    issuing: bool
    section: str
    text: str
    after: str = ""  # what its record holds beyond its own words: a heading, the closing formula


def ordinal(number: int) -> str:
    """Return the feminine ordinal of an article number, e.g. 112 → «الثانية عشرة بعد المائة»."""
    hundreds, rest = divmod(number, 100)
    if rest <= 10:
        words = _ORDINALS[rest]
    elif rest < 20:
        words = f"{'الحادية' if rest == 11 else _ORDINALS[rest - 10]} عشرة"
    else:
        tens, ones = divmod(rest, 10)
        first = "الحادية" if ones == 1 else _ORDINALS[ones]
        words = f"{first} و{_ALL_TENS[tens]}" if ones else _ALL_TENS[tens]
    if not hundreds:
        return words
    return f"{words} بعد {_HUNDREDS[hundreds]}" if words else _HUNDREDS[hundreds]


def load(path: Path) -> list[Article]:
    """Read one law; articles and headings printed inside another's record stand on their own."""
    records = json.loads(path.read_text(encoding="utf-8"))["articles"]
    return [article for record in records for article in _articles(record)]


def _articles(record: dict[str, str]) -> Iterator[Article]:
    name, section = record["article"], record["section"] or ""
    issuing = name.startswith("iss")
    number, bis = int(re.sub(r"\D", "", name)), "" if name.endswith("-mukarrar") else None
    lines: list[str] = []
    for line in _TRAILING.sub("\n", record["text"]).split("\n"):
        embedded = _EMBEDDED.fullmatch(line.strip())
        if embedded:
            yield _article(number, bis, issuing, section, lines)
            number, bis, lines = int(embedded.group(1)), _label(embedded.group(2)), []
        else:
            lines.append(line)
    yield _article(number, bis, issuing, section, lines)


def _label(printed: str) -> str:
    letters = {"أ": "a", "ب": "b", "ج": "c"}
    return "".join(letters.get(c, c) for c in re.findall(r"\d+|[أبج]", printed))


def _article(
    number: int, bis: str | None, issuing: bool, section: str, lines: list[str]
) -> Article:
    key = f"{'issuing-' if issuing else ''}art-{number}"
    key += "" if bis is None else f"-bis-{bis}" if bis else "-bis"
    cut = next((n for n, line in enumerate(lines) if _NOT_ITS_OWN.match(line.strip())), len(lines))
    lines, after = lines[:cut], lines[cut:]
    if len(lines) > 1 and _SUBHEADING.fullmatch(lines[-1].strip()) and not _in_a_list(lines):
        lines, after = lines[:-1], [lines[-1], *after]
    return Article(key, number, bis, issuing, section, "\n".join(lines), "\n".join(after))


def _in_a_list(lines: list[str]) -> bool:
    return any(re.match(r"\s*(?:-\d|\d\s?[-.])", line) for line in lines[:-1])


def _bis(article: Article) -> str:
    if article.bis is None:
        return ""
    return f" مكرر {article.bis}".rstrip()


def digits(article: Article) -> str:
    """«مادة 12»."""
    return f"مادة {article.number}{_bis(article)}"


def bracketed(article: Article) -> str:
    """«المادة (١٢)»."""
    number = str(article.number).translate(_ARABIC_DIGITS)
    bis = f" مكرر ({article.bis})" if article.bis else _bis(article)
    return f"المادة ({number}){bis}"


def words(article: Article) -> str:
    """«المادة الثانية عشرة»."""
    return f"المادة {ordinal(article.number)}{_bis(article)}"


def separated(article: Article) -> str:
    """«مادة 12 -», with the article's words on the same line."""
    return f"مادة {article.number}{_bis(article)} - "


def render(
    articles: list[Article],
    heading: Callable[[Article], str],
    *,
    inline: bool = False,
    wrap: int | None = None,
    page_lines: int | None = None,
    title: str = "قانون رقم 1 لسنة 2000",
) -> str:
    """Return a law as plain text.

    `wrap`: hard-wrap at that width; `page_lines`: a running header and a page number after so
    many lines. Section headings stand where the section changes.
    """
    lines, section = [title, ""], ""
    for article in articles:
        if article.section != section:
            section = article.section
            lines += [part.strip() for part in section.split(" / ") if part.strip()]
        head = heading(article)
        paragraphs = article.text.split("\n")
        if inline:
            paragraphs[0] = head + paragraphs[0]
        else:
            lines.append(head)
        for paragraph in [*paragraphs, *filter(None, article.after.split("\n"))]:
            lines += textwrap.wrap(paragraph, wrap) if wrap else [paragraph]
    return "\n".join(_paged(lines, page_lines, title) if page_lines else lines) + "\n"


def _paged(lines: list[str], page_lines: int, title: str) -> Iterator[str]:
    for n, start in enumerate(range(0, len(lines), page_lines), start=1):
        yield from lines[start : start + page_lines]
        yield f"- {n} -"
        yield f"الجريدة الرسمية — {title}"
