"""Cut facts into sentences and clauses, as exact spans of the text given.

A clause is what one finding rests on: some three to fourteen words. Sentences come from
search/text/sentences.py; a sentence is cut at its commas and at words that join clauses, then what
is left too short is joined to its neighbour. Nothing is changed, so evidence is a true substring.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from search.text.sentences import sentences

MIN_WORDS = 3  # shorter pieces carry no finding of their own
LONG_WORDS = 11  # longer pieces are cut at a word that may join two clauses
_HARD = re.compile(r"[,:;()—–]+(?=\s|$|[^\w])|(?<=\s)[(—–-]+(?=\S)|(?<=[^\W\d_])\.{2,}|[،؛]")
_WORD = re.compile(r"\S+")
# "two hundred and fifty", «مئتان وخمسون»: one number, however long the piece.
_NUMBERS = re.compile(
    r"(?:\d|hundred|thousand|و?(?:مئ|مائ|ألف|خمس|عشر|ثلاث|أربع|ست|سبع|ثمان|تسع))", re.IGNORECASE
)
# Words that open a new clause wherever they stand.
_OPENING = """
    but then while whereas although though because however unless until yet so
    لكن لكنه لكنها لكنهم ولكن لكنني ولكنه ولكنها ثم بينما فيما غير إلا إنما بل كما حيث
    وحيث لأن لأنه لأنها لأنهم بعدما عندما وعندما حينما ولما فلما وبعدها وبعد مما بس
"""
_OPENERS = frozenset(_OPENING.split())
# Words that may open one: used only where the piece is long.
_JOINING = """
    and or who which where when after before if that without since saying
    الذي التي الذين اللي إذا وإذا إن أن أنه أنها أنهم بأن بأنه بأنها وأن وأنه وأنها وأنهم
    قبل بعد حتى دون بدون مقابل علشان عشان لكي كي منذ
"""
_JOINERS = frozenset(_JOINING.split())
# Frequent words whose first letter only looks like "and".
_WAW = """
    واحد واحدة واحده وقت وقته وزارة وزير ورقة ورق أوراق وكيل وكالة والد والدي والده والدها
    والدة والدته والدتها وصل وصلت وصلنا وصلوا وجد وجدت وجدنا وجدوا وعد وعدت وعدني وعدوني
    وعدوه وعده وعدها وضع وضعت وقع وقعت وقف وقفت وظيفة وظائف وفاة ولد ولدي ولادة وطن وسيط
    وسيطة وسطاء وحيد وحده وحدها وحدي وراء وسط وثيقة وثائق وافق وافقت واجب واقعة وقائع واضح
    وافد وافدة وافدين وجه وجهة
"""
_NO_AND = frozenset(_WAW.split())


@dataclass(frozen=True, slots=True)
class Clause:
    """facts[start:end], and the place of its sentence in the list of sentences."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Facts:
    """A text with its sentences (half-open spans) and clauses, both in order."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[Clause, ...]

    def words(self, clause: Clause) -> str:
        """Return the words of a clause."""
        return self.text[clause.start : clause.end]


def split_facts(text: str) -> Facts:
    """Find the sentences and clauses of a text."""
    spans = tuple(sentences(text))
    found = [
        Clause(start, end, place)
        for place, (low, high) in enumerate(spans)
        for start, end in _clauses(text, low, high)
    ]
    return Facts(text, spans, tuple(found))


def _clauses(text: str, low: int, high: int) -> list[tuple[int, int]]:
    pieces = _joined(text, _cut_hard(text, low, high))
    return [
        trimmed
        for piece in pieces
        for part in _cut_long(text, *piece)
        if (trimmed := _trim(text, *part)) is not None
    ]


def _cut_hard(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Cut at punctuation and before words that always open a clause."""
    cuts = {match.end() for match in _HARD.finditer(text, low, high)}
    cuts |= {
        word.start()
        for word in _WORD.finditer(text, low, high)
        if word.group().casefold().strip(".,،") in _OPENERS
    }
    edges = [low, *sorted(cut for cut in cuts if low < cut < high), high]
    return list(pairwise(edges))


def _joined(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join pieces of fewer than MIN_WORDS words to the next, the last one to the one before."""
    joined: list[tuple[int, int]] = []
    start: int | None = None
    for low, high in pieces:
        begin = low if start is None else start
        if _count(text, begin, high) >= MIN_WORDS:
            joined.append((begin, high))
            start = None
        else:
            start = begin
    if start is not None:
        end = pieces[-1][1]
        if joined:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _cut_long(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Halve a long piece at the joining word nearest to its middle, again and again."""
    found = list(_WORD.finditer(text, low, high))
    if len(found) <= LONG_WORDS:
        return [(low, high)]
    places = [
        place
        for place in range(MIN_WORDS, len(found) - MIN_WORDS + 1)
        if _may_open(found[place].group())
        and not (_NUMBERS.match(found[place - 1].group()) or _NUMBERS.match(found[place].group()))
    ]
    if not places:
        return [(low, high)]
    middle = len(found) / 2
    best = min(places, key=lambda place: (abs(place - middle), place))
    cut = found[best].start()
    return [*_cut_long(text, low, cut), *_cut_long(text, cut, high)]


def _may_open(word: str) -> bool:
    bare = word.strip("\"'«»()[]").casefold()
    if bare in _JOINERS:
        return True
    return bare.startswith("و") and len(bare) > 3 and bare not in _NO_AND


def _count(text: str, low: int, high: int) -> int:
    return sum(any(char.isalnum() for char in word) for word in text[low:high].split())


def _trim(text: str, low: int, high: int) -> tuple[int, int] | None:
    """Leave out blanks and punctuation at the ends; None where nothing else is there."""
    while low < high and not text[low].isalnum():
        low += 1
    while high > low and not (text[high - 1].isalnum() or text[high - 1] in "%ـ"):
        high -= 1
    return (low, high) if low < high else None
