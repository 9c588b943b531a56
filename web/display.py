"""Turn the service's values into what a template prints. Pure; offsets are code points.

Knows texts, spans and clauses. Knows nothing of HTML, HTTP or wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from search.model import Bilingual, Expression, Language
from search.results import Annotation, MatchedSentence, ShownPassage, TocEntry
from web.links import clause_anchor

EXCERPT_CHARS = 420  # about six lines on a wide screen
_LEAD_CHARS = 90  # context before the first highlight
# Of contents beside a provision: up to here they are shown whole; beyond, so many at either side.
_SHORT_CONTENTS = 30
_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a passage: `marked` matched a word, `best` lies in the best sentence."""

    text: str
    marked: bool
    best: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a passage that a result shows; whether text was cut at either side."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an expression; `clause` is its id where one begins here, else "".

    `start` is its place in the expression's text.
    """

    clause: str
    depth: int
    text: str
    start: int

    @property
    def anchor(self) -> str:
        """Name of the place in the page, "" where no clause begins."""
        return clause_anchor(self.clause) if self.clause else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; `note` says where it leads, if anywhere."""

    text: str
    note: Annotation | None = None


Row = tuple[tuple[Block, ...], tuple[Block, ...]]


def excerpt(passage: ShownPassage, sentence: MatchedSentence | None) -> Excerpt:
    """Cut a passage to the stretch that shows why it matched, and mark it."""
    best = None
    if sentence is not None and sentence.passage == passage.id:
        best = (sentence.start, sentence.end)
    spans = [span for span in passage.highlights if 0 <= span[0] < span[1] <= len(passage.text)]
    start, end = _window(passage.text, best, spans)
    edges = {start, end}
    for low, high in [*spans, *([best] if best else [])]:
        edges |= {min(max(low, start), end), min(max(high, start), end)}
    cuts = sorted(edges)
    segments = tuple(
        Segment(
            passage.text[low:high],
            marked=any(a <= low < b for a, b in spans),
            best=best is not None and best[0] <= low < best[1],
        )
        for low, high in pairwise(cuts)
    )
    return Excerpt(segments, cut_before=start > 0, cut_after=end < len(passage.text))


def _window(
    text: str, best: tuple[int, int] | None, spans: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    if len(text) <= EXCERPT_CHARS * 5 // 4:  # not worth cutting
        return 0, len(text)
    start = best[0] if best else max(0, (spans[0][0] if spans else 0) - _LEAD_CHARS)
    start = min(start, len(text) - EXCERPT_CHARS)
    if start > 0 and not text[start - 1].isspace():
        gap = text.find(" ", start, start + 40)
        start = gap + 1 if gap >= 0 else start
    end = min(len(text), start + EXCERPT_CHARS)
    if end < len(text):
        gap = text.rfind(" ", start, end)
        end = gap if gap > start else end
    return start, end


def blocks(expression: Expression) -> tuple[Block, ...]:
    """Cut a text at its line ends and where a clause begins; nothing of it is lost but blanks."""
    text, clauses = expression.text, expression.clauses
    cuts = {0, len(text)} | {i + 1 for i, char in enumerate(text) if char == "\n"}
    begins = {}
    for clause in sorted(clauses, key=lambda c: (c.start, -c.end)):
        begins[_label_start(text, clause.start, clause.label)] = clause
    edges = sorted(cuts | set(begins))
    found = []
    for low, high in pairwise(edges):
        stretch = text[low:high].strip()
        if stretch:
            depth = sum(c.start < high and low < c.end and c.start < c.end for c in clauses)
            begun = begins.get(low)
            start = low + len(text[low:high]) - len(text[low:high].lstrip())
            found.append(Block(begun.id if begun else "", depth, stretch, start))
    return tuple(found)


def linked(block: Block, annotations: Iterable[Annotation]) -> tuple[Piece, ...]:
    """Cut a paragraph where it leads elsewhere; what reaches over its ends is left out."""
    pieces, at = [], 0
    for note in annotations:
        start, end = note.start - block.start, note.end - block.start
        if at <= start and end <= len(block.text):
            pieces += [Piece(block.text[at:start]), Piece(block.text[start:end], note)]
            at = end
    return tuple(piece for piece in (*pieces, Piece(block.text[at:])) if piece.text)


def _label_start(text: str, start: int, label: str) -> int:
    """Step back over a printed label that stands before its clause on the same line."""
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start].strip(" .-–:()/")
    return line if label and before == label.strip(" .-–:()/") else start


def align(first: Expression, second: Expression) -> tuple[Row, ...]:
    """Set two texts of one provision side by side, as finely as both are divided alike."""
    one, two = blocks(first), blocks(second)
    numbered = any(block.clause for block in one) and any(block.clause for block in two)
    divisions = (_by_clause, _by_outer_clause) if numbered else (_by_paragraph,)
    for division in divisions:
        left, right = division(one), division(two)
        if [key for key, _ in left] == [key for key, _ in right]:
            return tuple((a, b) for (_, a), (_, b) in zip(left, right, strict=True))
    return ((one, two),)


def _by_clause(parts: Sequence[Block]) -> list[tuple[str, tuple[Block, ...]]]:
    return _grouped(parts, [b.anchor for b in parts])


def _by_outer_clause(parts: Sequence[Block]) -> list[tuple[str, tuple[Block, ...]]]:
    return _grouped(parts, [b.anchor if "." not in b.anchor else "" for b in parts])


def _by_paragraph(parts: Sequence[Block]) -> list[tuple[str, tuple[Block, ...]]]:
    return [(str(place), (block,)) for place, block in enumerate(parts)]


def _grouped(parts: Sequence[Block], keys: Sequence[str]) -> list[tuple[str, tuple[Block, ...]]]:
    """Begin a group at each block with a key; what stands before the first is a group too."""
    groups: list[tuple[str, list[Block]]] = []
    for block, key in zip(parts, keys, strict=True):
        if key or not groups:
            groups.append((key, []))
        groups[-1][1].append(block)
    return [(key, tuple(members)) for key, members in groups]


def primary_pair(
    expressions: Sequence[Expression], first: Language
) -> tuple[Expression | None, Expression | None, tuple[Expression, ...]]:
    """Return the best text in the reader's language, the best in the other one, and the rest."""
    own = next((e for e in expressions if e.language is first), None)
    other = next((e for e in expressions if e.language is not first), None)
    return own, other, tuple(e for e in expressions if e is not own and e is not other)


def grouped_contents(
    entries: Iterable[TocEntry],
) -> list[tuple[tuple[Bilingual, ...], list[TocEntry]]]:
    """Group a table of contents by book, part and chapter, in order."""
    return [
        (place, list(members)) for place, members in groupby(entries, lambda e: e.provision.place)
    ]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A book, part or chapter of a table of contents as it stands beside one of its provisions.

    `entries` are those shown: none where the chapter is folded. `first` is its first of all.
    """

    place: tuple[Bilingual, ...]
    first: TocEntry
    entries: tuple[TocEntry, ...]
    cut_before: bool = False
    cut_after: bool = False


def contents_beside(entries: Sequence[TocEntry], here: str) -> list[Chapter]:
    """Return the contents of an instrument beside its provision `here`.

    Short contents whole; of long ones every chapter, and in the provision's own its neighbours.
    """
    whole = len(entries) <= _SHORT_CONTENTS
    chapters = []
    for place, members in grouped_contents(entries):
        places = [n for n, entry in enumerate(members) if entry.provision.id == here]
        if whole:
            chapters.append(Chapter(place, members[0], tuple(members)))
        elif not places:
            chapters.append(Chapter(place, members[0], ()))
        else:
            start = max(places[0] - _NEIGHBOURS, 0)
            end = places[0] + _NEIGHBOURS + 1
            shown = tuple(members[start:end])
            chapters.append(Chapter(place, members[0], shown, start > 0, end < len(members)))
    return chapters


def language_of(text: str) -> Language:
    """Return the language most letters of a text belong to; for `lang` and `dir` of a block."""
    arabic = sum("\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return Language.AR if arabic > latin else Language.EN
