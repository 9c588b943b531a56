"""Recognise the headings of laws and treaties on one line: articles, and books to sub-sections.

A heading stands alone on its line, or is followed by a separator or an amendment note. An
article that is merely mentioned («المادة 5 من هذا القانون») is not one; whether the numbers make
sense together is decided in sequence.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from search.errors import BadIdentifier
from search.identifiers import clause_label
from search.text.fold import fold, fold_text
from search.text.numerals import number_at, parse_roman

_HEAD_CHARS = 400  # a heading and its note end before this; bounds the work on a line
_FIRST_CHARS = 64  # the keyword of a heading ends before this; most lines are none at a glance


class Style(Enum):
    """How the rest of the line stands to an article heading."""

    ALONE = "alone"
    SEPARATED = "separated"  # "Article 5: text"
    BARE = "bare"  # "Article 5 text": a heading only where the whole document is written so


@dataclass(frozen=True, slots=True)
class ArticleHeading:
    """An article heading found on a line; offsets count in the line.

    `bis` is None, "" for plain bis, or its label in the form ids use.
    """

    number: int
    bis: str | None
    style: Style
    body: int  # where the article's own words begin
    in_words: bool  # «المادة الأولى», "Article One"
    note: tuple[int, int] | None = None  # an amendment or repeal note in brackets


@dataclass(frozen=True, slots=True)
class StructureHeading:
    """A book, part, chapter or section heading: its keyword, number, and where its title begins."""

    keyword: str
    number: int
    title: int | None  # None: nothing but the heading on the line


_OPEN = r"[\s()\[\]{}#*_•]*"
_ARABIC_ARTICLE = re.compile(_OPEN + r"(?:ال)?ماده\s*(?:رقم)?[\s:()\[\]«»\"“”-]*")
_ENGLISH_ARTICLE = re.compile(_OPEN + r"(?:article\b|art\b\.?)\s*(?:no\.?)?[\s:()\[\]«»\"“”-]*")
_DIGITS = re.compile(r"([0-9]{1,4})(?![0-9]|[./][0-9])")
_MAY_BE_ARTICLE = re.compile(_OPEN + r"(?:(?:ال)?ماده|art|$)")
_LATIN_SUFFIX = re.compile(r"([a-z])\b(?!\))")
_ROMAN_NUMBER = re.compile(r"([ivxlc]{1,8})(?![a-z])")
_ARABIC_BIS = re.compile(r"[\s()\[\]-]*مكرر[اه]?(?![\u0621-\u064a])[)\]]*")
_ENGLISH_BIS = re.compile(
    r"[\s()\[\]-]*(bis|ter|quater|quinquies)\b"
    r"(?:\s*[/(-]?\s*([0-9]{1,2}|[a-z])(?![\w.]))?[)\]]*"
)
_LABEL = r"[0-9]{1,3}(?:\s*[\u0621-\u064a]|\s*[a-z])?|[\u0621-\u064a]|[a-z]"
_BIS_LABEL = re.compile(
    rf"\s*[()\[\]«»\"“”]+\s*({_LABEL})\s*[()\[\]«»\"“”]+"
    rf"|\s*[-/]?\s*({_LABEL})(?=\s*(?:$|[:()\[\]«»\".–—-]))"
)
_LABEL_PARTS = re.compile(r"[0-9]+|[^\s0-9]")
_CLOSERS = re.compile(r"[\s()\[\]{}«»\"“”*_#]*")
_SEPARATOR = re.compile(r"\s*[:.\-–—/|]+\s*")
_NOTE_WORDS = re.compile(
    r"\s*(?:ال)?(?:عدلت|معدل|اضيف|مضاف|استبدل|مستبدل|الغي|ملغ|محذوف|حذفت|repealed|amended"
    r"|as amended|added|replaced|deleted|inserted|substituted|suspended|cancelled)"
)
_NOTE = re.compile(r"\s*[(\[]([^()\[\]]{2,200})[)\]]")
_STANDALONE_NOTE = re.compile(r"\s*[(\[]([^\[\]]{2,300})[)\]]\s*\.?\s*")

_KEYWORDS = {
    "كتاب": "كتاب",
    "قسم": "قسم",
    "باب": "باب",
    "فصل": "فصل",
    "فرع": "فرع",
    "مبحث": "مبحث",
    "مطلب": "مطلب",
    "book": "book",
    "title": "title",
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "subsection": "subsection",
    "division": "division",
}
# Outermost first: used only for a keyword met for the first time below others.
RANKS = {
    **{word: i for i, word in enumerate(("كتاب", "قسم", "باب", "فصل", "فرع", "مبحث", "مطلب"))},
    **{
        word: i
        for i, word in enumerate(
            ("book", "title", "part", "division", "chapter", "section", "subsection", "roman")
        )
    },
}
_ARABIC_STRUCTURE = re.compile(_OPEN + r"(?:ال)?(كتاب|قسم|باب|فصل|فرع|مبحث|مطلب)\s+")
_ENGLISH_STRUCTURE = re.compile(
    _OPEN + r"(book|title|part|chapter|section|subsection|division)\s+(?:no\.?\s*)?"
)
_MAY_BE_STRUCTURE = re.compile(
    _OPEN + r"(?:(?:ال)?(?:كتاب|قسم|باب|فصل|فرع|مبحث|مطلب)|book|title|part|chapter|s|division|$)"
)
_ROMAN_STRUCTURE = re.compile(_OPEN + r"([ivx]{1,6})\s*(?:[.:)\-–—]\s*|\s+|$)")
# A title does not begin with what continues a sentence.
_CONTINUES = re.compile(
    r"(?:[،,;؛)]|من\b|في\b|المشار|المذكور|السابق|علي\b|of\b|shall\b|is\b|and\b|or\b|in\b|to\b)"
)
_MAX_TITLE = 160


@lru_cache(maxsize=256)  # a line is asked several things in a row
def _first_of(text: str) -> str:
    return fold_text(text)


def article_heading(text: str) -> ArticleHeading | None:
    """Recognise an article heading at the beginning of a line, or return None."""
    if not _MAY_BE_ARTICLE.match(_first_of(text[:_FIRST_CHARS])):
        return None
    head = _free_tatweel(text[:_HEAD_CHARS])
    folded = fold(head)
    opening = _ARABIC_ARTICLE.match(folded.text) or _ENGLISH_ARTICLE.match(folded.text)
    if not opening:
        return None
    found = _number(folded.text, opening.end())
    if found is None:
        return None
    number, bis, end, in_words = found
    note = _note(folded.text, end)
    if note:
        end = note[1]
    style, end = _style(folded.text, end, bool(note))
    offsets = (*folded.offsets, len(head))
    span = (offsets[note[0]], offsets[note[1] - 1] + 1) if note else None
    body = offsets[end] if end < len(folded.text) else len(head)
    return ArticleHeading(number, bis, style, body, in_words, span)


def structure_heading(text: str, marked: bool = False) -> StructureHeading | None:
    """Recognise a book, part, chapter or section heading; `marked`: the format calls it a heading.

    Bare Roman numerals ("II", "II. Protection") count only where marked.
    """
    if len(text) > _HEAD_CHARS:
        return None
    if not marked and not _MAY_BE_STRUCTURE.match(_first_of(text[:_FIRST_CHARS])):
        return None
    head = _free_tatweel(text).rstrip()
    folded = fold(head)
    match = _ARABIC_STRUCTURE.match(folded.text) or _ENGLISH_STRUCTURE.match(folded.text)
    if match:
        found = _structure_number(folded.text, match.end())
        if found is None:
            return None
        number, end = found
        keyword = _KEYWORDS[match.group(1)]
    else:
        match = _ROMAN_STRUCTURE.match(folded.text) if marked else None
        value = parse_roman(match.group(1)) if match else None
        if not match or not value:
            return None
        number, end, keyword = value, match.end(), "roman"
    return _with_title(folded.text, folded.offsets, keyword, number, end)


def standalone_note(text: str) -> bool:
    """Tell whether a line is nothing but a bracketed note on amendment or repeal."""
    match = _STANDALONE_NOTE.fullmatch(fold_text(text)) if len(text) < _HEAD_CHARS else None
    return bool(match and _NOTE_WORDS.match(match.group(1)))


def _with_title(
    text: str, offsets: tuple[int, ...], keyword: str, number: int, end: int
) -> StructureHeading | None:
    closers = _CLOSERS.match(text, end)
    end = closers.end() if closers else end
    separator = _SEPARATOR.match(text, end)
    if separator:
        end = separator.end()
    rest = text[end:].strip(" *_#")
    if not rest:
        return StructureHeading(keyword, number, None)
    if len(rest) > _MAX_TITLE or (not separator and _CONTINUES.match(rest)) or rest[0] in "،,؛;":
        return None
    return StructureHeading(keyword, number, offsets[end])


def _structure_number(text: str, at: int) -> tuple[int, int] | None:
    closers = _CLOSERS.match(text, at)
    at = closers.end() if closers else at
    if text[at : at + 1].isdigit():
        digits = _DIGITS.match(text, at)
        return (int(digits.group(1)), digits.end()) if digits else None
    if words := number_at(text, at):
        return words.value, words.end
    numeral = _ROMAN_NUMBER.match(text, at)
    value = parse_roman(numeral.group(1)) if numeral else None
    return (value, numeral.end()) if numeral and value else None


def _number(text: str, at: int) -> tuple[int, str | None, int, bool] | None:
    """Return (number, bis, end, in words) of the number that stands at `at`."""
    in_words = False
    if text[at : at + 1].isdigit():
        digits = _DIGITS.match(text, at)
        if not digits:
            return None
        number, end = int(digits.group(1)), digits.end()
        if suffix := _LATIN_SUFFIX.match(text, end):
            return number, suffix.group(1), suffix.end(), False
    elif words := number_at(text, at):
        number, end, in_words = words.value, words.end, True
    else:
        numeral = _ROMAN_NUMBER.match(text, at)
        value = parse_roman(numeral.group(1)) if numeral else None
        if not numeral or not value:
            return None
        number, end = value, numeral.end()
    if not number:
        return None
    bis, end = _bis(text, end)
    return number, bis, end, in_words


def _bis(text: str, end: int) -> tuple[str | None, int]:
    if english := _ENGLISH_BIS.match(text, end):
        word, label = english.groups()
        return ("" if word == "bis" else word) + (label or ""), english.end()
    arabic = _ARABIC_BIS.match(text, end)
    if not arabic:
        return None, end
    label = _BIS_LABEL.match(text, arabic.end())
    if not label:
        return "", arabic.end()
    try:
        parts = _LABEL_PARTS.findall(label.group(1) or label.group(2))
        return "".join(map(clause_label, parts)), label.end()
    except BadIdentifier:
        return "", arabic.end()


def _note(text: str, end: int) -> tuple[int, int] | None:
    closers = re.compile(r"[\s)\]»\"”*_]*").match(text, end)
    at = closers.end() if closers else end
    note = _NOTE.match(text, at)
    if note and _NOTE_WORDS.match(note.group(1)):
        return note.start() + len(note.group()) - len(note.group().lstrip()), note.end()
    return None


def _style(text: str, end: int, has_note: bool) -> tuple[Style, int]:
    closers = _CLOSERS.match(text, end)
    after = closers.end() if closers else end
    separator = _SEPARATOR.match(text, after)
    if after == len(text) or (separator and separator.end() == len(text)):
        return Style.ALONE, len(text)
    if separator:
        return Style.SEPARATED, separator.end()
    return (Style.SEPARATED if has_note else Style.BARE), after


def _free_tatweel(text: str) -> str:
    """Show a tatweel that stands alone as the dash it is; folding would drop it."""
    return re.sub(r"(?<=[\s()0-9٠-٩])ـ+(?=\s|$)", lambda m: "-" * len(m.group()), text)


_RANGE = re.compile(
    r"[\s(\[*]*(?:ال)?(?:مواد|articles|arts\.?)\s*(?:ارقام)?\s*(?:من)?\s*[(\[]?([0-9]{1,4})[)\]]?"
    r"\s*(?:الي|حتي|to|-|–|—)\s*[(\[]?([0-9]{1,4})[)\]]?\s*[:.\-–—]?\s*[(\[]?\s*"
    r"(?:ملغاه|الغيت|ملغي|محذوفه|repealed|deleted|cancelled|(?:are|were|have been) repealed)\b.*"
)
_MAY_BE_RANGE = re.compile(r"[\s(\[*]*(?:(?:ال)?مواد|art|$)")
_MAX_RANGE = 300


def repealed_range(text: str) -> tuple[ArticleHeading, ...]:
    """Read "Articles 92 to 108 (repealed)" as one heading for each of these articles."""
    if len(text) >= _HEAD_CHARS or not _MAY_BE_RANGE.match(_first_of(text[:_FIRST_CHARS])):
        return ()
    match = _RANGE.fullmatch(fold_text(text).strip())
    if not match:
        return ()
    first, last = int(match.group(1)), int(match.group(2))
    if not 0 < first < last <= first + _MAX_RANGE:
        return ()
    return tuple(
        ArticleHeading(number, None, Style.ALONE, 0, False) for number in range(first, last + 1)
    )
