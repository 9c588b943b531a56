"""Word's automatic numbers, which stand nowhere in the text: counted here as Word counts them.

Decimal, letter and roman numbers of any level; a format we do not count leaves its paragraph as
it is and is told in `lost`. Bullets are no numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HIJAI = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its number is written, "(%1)", and where it starts."""

    format: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    lost: bool = False
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, part: Part) -> Numbering:
        """Read word/numbering.xml and the numbers that styles carry; empty if there are none."""
        numbering = cls()
        for relation in part.rels.values():
            if relation.is_external:
                continue
            if relation.reltype.endswith("/numbering"):
                numbering._read_lists(parse_xml(relation.target_part.blob))
            elif relation.reltype.endswith("/styles"):
                numbering._read_styles(parse_xml(relation.target_part.blob))
        return numbering

    def label(self, paragraph: _Element) -> str:
        """Count this paragraph and return its number as Word shows it; "" for none."""
        place = self._place(paragraph)
        if place is None or place[0] not in self.lists:
            return ""
        abstract, levels = self.lists[place[0]]
        depth = place[1]
        if depth not in levels:
            return ""
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return self._written(levels, counts, depth)

    def _written(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels[depth]
        if level.format in ("bullet", "none"):
            return ""
        label = level.pattern
        for reference in re.findall(r"%([1-9])", level.pattern):
            at = int(reference) - 1
            if at not in levels:
                continue
            number = _number(counts.get(at, levels[at].start), levels[at].format)
            if number is None:
                self.lost = True
                return ""
            label = label.replace(f"%{reference}", number)
        return label.strip()

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, else its style's."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        own = _number_properties(properties)
        if own is not None:
            return own
        style = properties.find(qn("w:pStyle"))
        return self.styles.get(style.get(qn("w:val"), "")) if style is not None else None

    def _read_lists(self, root: _Element) -> None:
        abstracts = {
            abstract.get(qn("w:abstractNumId"), ""): _levels(abstract)
            for abstract in root.iterchildren(qn("w:abstractNum"))
        }
        for number in root.iterchildren(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            key = reference.get(qn("w:val"), "") if reference is not None else ""
            number_id = number.get(qn("w:numId"), "")
            # A list that overrides its start counts for itself; others share their abstract one.
            restarts = number.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") is not None
            self.lists[number_id] = (number_id if restarts else f"a{key}", abstracts.get(key, {}))

    def _read_styles(self, root: _Element) -> None:
        for style in root.iterchildren(qn("w:style")):
            properties = style.find(qn("w:pPr"))
            place = _number_properties(properties) if properties is not None else None
            if place is not None:
                self.styles[style.get(qn("w:styleId"), "")] = place


def _number_properties(properties: _Element) -> tuple[str, int] | None:
    numbered = properties.find(qn("w:numPr"))
    if numbered is None:
        return None
    number_id, depth = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
    if number_id is None:
        return None
    return number_id.get(qn("w:val"), ""), int(
        depth.get(qn("w:val"), "0")
    ) if depth is not None else 0


def _levels(abstract: _Element) -> dict[int, _Level]:
    levels = {}
    for level in abstract.iterchildren(qn("w:lvl")):
        values = {
            tag: element.get(qn("w:val"), "")
            for tag in ("numFmt", "lvlText", "start")
            if (element := level.find(qn(f"w:{tag}"))) is not None
        }
        start = values.get("start", "1")
        levels[int(level.get(qn("w:ilvl"), "0"))] = _Level(
            values.get("numFmt", "decimal"),
            values.get("lvlText", ""),
            int(start) if start.isdigit() else 1,
        )
    return levels


def _number(count: int, form: str) -> str | None:
    """A count in one of Word's formats; None for a format we do not write."""
    if form == "decimal":
        return str(count)
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    if form in ("arabicAbjad", "arabicAlpha"):
        alphabet = _ABJAD if form == "arabicAbjad" else _HIJAI
        return alphabet[count - 1] if count <= len(alphabet) else None
    return None


def _roman(count: int) -> str:
    parts = []
    for value, letters in _ROMAN:
        parts.append(letters * (count // value))
        count %= value
    return "".join(parts)
