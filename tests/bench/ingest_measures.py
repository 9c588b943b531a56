"""Compare a law as it was read with the law as it was printed, article by article."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Description
from ingest.readers import read
from ingest.splitters import split
from search.errors import Unreadable
from search.model import ProvisionKind
from tests import render_statutes as render

_UNSHOWN = re.compile("[\u0640\u200b-\u200f]")
# Where one record ends with the ruler's name and the place, and the splitter rightly does not.
_CLOSING = re.compile(r" ?أمير الكويت صباح.*")
# What one record was typed with: brackets turned round a number, a vowel mark twice.
_TURNED_BRACKETS = re.compile(r"\)( ?[0-9]+ ?)\(")
_MARK_TWICE = re.compile("([\u064b-\u0652])\\1+")
_TANWIN_FIRST = re.compile("\u064bا(?![\u0621-\u064a])")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_WORD = re.compile(r"\w+")
_LINE = 12  # so many letters too many, too few or changed may be a line of another article
_SAME = 0.5  # an article whose text differs by more than half is another one under its number


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended against its law; characters and errors without spaces doubled."""

    refused: str | None = None  # the reason
    message: str = ""
    expected: int = 0  # articles
    found: int = 0  # of them, with the right number
    wrong: tuple[str, ...] = ()  # numbers accepted that the law does not give this text
    off: tuple[str, ...] = ()  # articles found whose text may hold or lack a line
    characters: int = 0
    errors: int = 0
    space_errors: int = 0  # of the errors, those that are only a space too many or too few
    pages: int = 0

    @property
    def cer(self) -> float:
        """Character error rate of the articles found, in percent."""
        return 100 * self.errors / self.characters if self.characters else 0.0


def measure(path: Path, articles: list[render.Article], work: str) -> Outcome:
    """Read and split a file and compare; a refusal is an outcome, not an error."""
    try:
        document = read(path)
        contribution = split(document, Description(work, "statute", "ar", "official"))
    except Unreadable as exc:
        return Outcome(exc.reason, str(exc), len(articles))
    texts = {e.unit.rpartition("/")[2]: e.text for e in contribution.expressions}
    ids = {
        p.id.rpartition("/")[2]
        for p in contribution.provisions
        if p.kind is not ProvisionKind.PREAMBLE
    }
    truth = {article.key: article.text for article in articles}
    wrong = [key for key in ids if key not in truth]
    characters = errors = spaces = found = 0
    strayed = []
    for key in ids & truth.keys():
        expected, read_text = (_plain(_as_opened(of)) for of in (truth[key], texts.get(key, "")))
        off = distance(expected, read_text)
        if off > _SAME * max(len(expected), 1):
            wrong.append(key)
            continue
        found += 1
        characters += len(expected)
        errors += off
        letters = distance(expected.replace(" ", ""), read_text.replace(" ", ""))
        spaces += off - letters
        if letters >= _LINE:
            strayed.append(key)
    pages = document.pages or 0
    return Outcome(
        expected=len(articles),
        found=found,
        wrong=tuple(sorted(wrong)),
        off=tuple(sorted(strayed)),
        characters=characters,
        errors=errors,
        space_errors=spaces,
        pages=pages,
    )


def _as_opened(text: str) -> str:
    """What one record was typed with and a producer may turn back is no error of reading."""
    return _TURNED_BRACKETS.sub(r"(\1)", text)


def _plain(text: str) -> str:
    """What is compared: letters, not their forms; tanwin and its alef in one order."""
    text = _MARK_TWICE.sub(r"\1", unicodedata.normalize("NFKC", _UNSHOWN.sub("", text)))
    return _CLOSING.sub("", " ".join(_TANWIN_FIRST.sub("ا\u064b", text).split()))


def words_apart(a: str, b: str) -> float:
    """The share of the words of two texts that only one of them has, vowel marks left out."""
    ours, theirs = (Counter(_WORD.findall(_MARKS.sub("", text).lower())) for text in (a, b))
    differing = (ours - theirs).total() + (theirs - ours).total()
    return differing / max(ours.total() + theirs.total(), 1)


def distance(a: str, b: str) -> int:
    """Levenshtein's: the fewest insertions, deletions and changes of a character."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if not a or not b:
        return len(a) + len(b)
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]
