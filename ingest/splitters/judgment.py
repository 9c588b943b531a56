"""Split an Arabic judgment at its standard formulas: header, facts, reasons, disposition.

Only the outline; who pleads what inside the facts and reasons is not told apart here.
"""

from __future__ import annotations

import re

from ingest.document import Description, Document
from search.identifiers import UnitId
from search.model import (
    Authority,
    Bilingual,
    Confidence,
    Contribution,
    Expression,
    Judgment,
    Section,
    SectionKind,
    Speaker,
)
from search.text.fold import fold_text

from .contribution import expression, sources_of, title_of
from .running import Running, running

# In the order of a judgment; the words open a line.
_FORMULAS = (
    (SectionKind.FACTS, r"(?:ال)?وقائع\b|تتحصل (?:ال)?وقائع|تخلص (?:ال)?وقائع|حيث ان (?:ال)?وقائع"
     r"|وحيث ان (?:ال)?واقعات?|اتهمت النيابه|the facts\b|facts\b"),
    (SectionKind.REASONS, r"(?:ال)?محكمه\s*:?$|(?:ال)?اسباب\b|بعد الاطلاع على الاوراق"
     r"|بعد الاطلاع علي الاوراق|و?حيث ان|و?من حيث ان|لما كان|reasons\b|grounds\b"),
    (SectionKind.DISPOSITION, r"ف?لهذه الاسباب|ف?لذلك\s*:?$|for these reasons|منطوق الحكم"),
)  # fmt: skip
_LEAD = r"[\s*#_(\[«\"-]*"
_PATTERNS = tuple((kind, re.compile(_LEAD + f"(?:{words})")) for kind, words in _FORMULAS)
_COURT = re.compile(
    r"محكمه\s+(?:ال)?(?:تمييز|نقض|استئناف|جنايات|كليه|ابتدائيه|دستوريه|عليا)[^\n،.]{0,40}"
    r"|court of (?:cassation|appeal|first instance)|supreme court"
)
_LEVELS = (
    ("constitutional", r"دستوري|constitutional"),
    ("cassation", r"تمييز|نقض|cassation|supreme"),
    ("appeal", r"استئناف|appeal"),
    ("first-instance", r"جنايات|كليه|ابتدائي|جنح|first instance"),
)
_HEADER_CHARS = 3000


def split_judgment(document: Document, description: Description) -> Contribution:
    """Split a judgment into its sections; one without the formulas is one section of reasons."""
    text = running(document)
    sections: list[Section] = []
    expressions: list[Expression] = []
    for kind, lines in _sections(text):
        words, span = text.text(lines)
        if span is None:
            continue
        unit = UnitId(description.work, (kind.value,))
        position = len(sections)
        sections.append(Section(str(unit), description.work, kind, Speaker.COURT, position))
        expressions.append(expression(description, unit, words, span=span))
    return Contribution(
        judgment=_judgment(document, description),
        sections=tuple(sections),
        expressions=tuple(expressions),
    )


def _sections(text: Running) -> list[tuple[SectionKind, list[int]]]:
    """Cut at the first line of each formula, in the order of a judgment."""
    cuts: list[tuple[SectionKind, int]] = []
    rest = list(text.written)
    for kind, pattern in _PATTERNS:
        at = next((i for i in rest if pattern.match(fold_text(text.line(i).text[:80]))), None)
        if at is not None:
            cuts.append((kind, at))
            rest = [i for i in rest if i > at]
    if not cuts:
        return [(SectionKind.REASONS, list(text.written))]
    ends = [at for _, at in cuts[1:]] + [len(text.document.lines)]
    header = (SectionKind.HEADER, text.between(0, cuts[0][1]))
    return [header, *((k, text.between(at, end)) for (k, at), end in zip(cuts, ends, strict=True))]


def _judgment(document: Document, description: Description) -> Judgment:
    opening = fold_text(document.text[:_HEADER_CHARS])
    named = _COURT.search(opening)
    # The court's name is shown as printed; folding keeps no way back, so only its level is read.
    level = next((level for level, words in _LEVELS if re.search(words, opening)), "other")
    label = Bilingual(
        ar=_COURT_NAMES[level][0] if named else "محكمة غير مبينة",
        en=_COURT_NAMES[level][1] if named else "Court not stated",
    )
    return Judgment(
        id=description.work,
        title=title_of(description, document),
        court=label,
        level=level,
        authority=Authority(description.authority),
        jurisdiction=description.jurisdiction,
        number=description.number,
        date=str(description.year) if description.year else None,
        sources=sources_of(description, document),
        confidence=Confidence.HIGH if description.confirmed else Confidence.MEDIUM,
    )


_COURT_NAMES = {
    "constitutional": ("المحكمة الدستورية", "Constitutional Court"),
    "cassation": ("محكمة التمييز", "Court of Cassation"),
    "appeal": ("محكمة الاستئناف", "Court of Appeal"),
    "first-instance": ("محكمة أول درجة", "Court of First Instance"),
    "other": ("محكمة غير مبينة", "Court not stated"),
}
