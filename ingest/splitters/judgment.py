"""Split a judgment: header, headnotes, facts, procedure, grounds and holdings, disposition.

The outline is in `judgment_sections`, the header's facts in `judgment_header`; statements of
principle are clauses of their section; the provisions applied are those the court cites.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Description, Document
from search.citations import WorkNames, find_citations
from search.identifiers import UnitId, parse_unit
from search.model import (
    Authority,
    Bilingual,
    Clause,
    Confidence,
    Contribution,
    Expression,
    Judgment,
    Language,
    Section,
    SectionKind,
)
from search.results import CitationStatus

from .contribution import expression, sources_of, title_of
from .judgment_header import Header, names_persons, read_header
from .judgment_outcome import charge_lines, charges_of
from .judgment_principles import headnotes, principles
from .judgment_sections import Part, parts_of
from .running import Running, running

_INTERNATIONAL = frozenset({"un", "ilo"})
_CITING = (SectionKind.FACTS, SectionKind.PROCEDURE, SectionKind.REASONS, SectionKind.DISPOSITION)
_STATING = (SectionKind.REASONS, SectionKind.DISPOSITION)
_MAX_PROVISIONS = 60


def split_judgment(
    document: Document, description: Description, names: WorkNames | None = None
) -> Contribution:
    """Split a judgment into its sections; one without the formulas is one section of reasons.

    `names` are the laws that can be cited; without them no provision is linked.
    """
    text = running(document)
    parts = parts_of(text)
    sections: list[Section] = []
    expressions: list[Expression] = []
    seen: dict[SectionKind, int] = {}
    for part in parts:
        words, span = text.text(_kept(text, part))
        if span is None:
            continue
        seen[part.kind] = seen.get(part.kind, 0) + 1
        segment = part.kind.value if seen[part.kind] == 1 else f"{part.kind}-{seen[part.kind]}"
        unit = UnitId(description.work, (segment,))
        sections.append(
            Section(str(unit), description.work, part.kind, part.speaker, len(sections))
        )
        clauses = _principles(words, unit, part.kind, Language(description.language))
        expressions.append(expression(description, unit, words, span=span, clauses=clauses))
    return Contribution(
        judgment=_judgment(document, description, text, parts, names),
        sections=tuple(sections),
        expressions=tuple(expressions),
    )


def _kept(text: Running, part: Part) -> list[int]:
    """Return a part's lines without bench, registry, counsel and parties, and signatures below."""
    lines = list(part.lines)
    if part.kind is SectionKind.DISPOSITION:
        while len(lines) > 1 and names_persons(text.line(lines[-1]).text):
            lines.pop()
    if part.kind is not SectionKind.HEADER:
        return lines
    return [i for i in part.lines if not names_persons(text.line(i).text)]


def _principles(
    words: str, unit: UnitId, kind: SectionKind, language: Language
) -> tuple[Clause, ...]:
    if kind is SectionKind.HEADNOTES:
        return headnotes(words, unit, language) or principles(words, unit, language)
    return principles(words, unit, language) if kind in _STATING else ()


def _judgment(
    document: Document,
    description: Description,
    text: Running,
    parts: Sequence[Part],
    names: WorkNames | None,
) -> Judgment:
    above = [i for part in parts if part.kind is SectionKind.HEADER for i in part.lines]
    header = read_header([text.line(i).text for i in above or text.written[:_OPENING_LINES]])
    language = Language(description.language)
    number, date = header.number or description.number, _date(header, description)
    return Judgment(
        id=description.work,
        title=_title(document, description, header),
        court=header.court,
        level=header.level,
        authority=Authority(description.authority),
        jurisdiction=description.jurisdiction,
        number=number,
        date=date,
        charges=charges_of(
            charge_lines(_lines(text, parts, SectionKind.FACTS, SectionKind.PROCEDURE)),
            "\n".join(_lines(text, parts, SectionKind.DISPOSITION)),
            language,
        ),
        provisions=_provisions(text, parts, description, names) if names else (),
        note=_DATES_DISAGREE if header.session and header.session.disagrees else None,
        sources=sources_of(description, document),
        confidence=_confidence(description, header),
    )


_OPENING_LINES = 12
_DATES_DISAGREE = Bilingual(
    ar=(
        "تاريخا الجلسة الهجري والميلادي في رأس الحكم لا يتفقان؛ والمعتمد هنا هو الميلادي،"
        " فليراجع على الأصل."
    ),
    en="The Hijri and the Gregorian date in the header do not agree; the Gregorian one is shown. "
    "Check it against the original.",
)


def _lines(text: Running, parts: Sequence[Part], *kinds: SectionKind) -> list[str]:
    return [text.line(i).text for part in parts if part.kind in kinds for i in part.lines]


def _date(header: Header, description: Description) -> str | None:
    if header.session is not None:
        return header.session.date.isoformat()
    year = header.year or description.year
    return str(year) if year else None


def _title(document: Document, description: Description, header: Header) -> Bilingual:
    """Return the title given, else court and number: a first line may be anything."""
    given = description.title_ar or description.title_en
    if header.number is None or (given and description.confirmed):
        return title_of(description, document)
    return Bilingual(
        ar=f"{header.court.ar}، رقم {header.number}", en=f"{header.court.en}, No. {header.number}"
    )


def _confidence(description: Description, header: Header) -> Confidence:
    if header.session is not None and header.session.disagrees:
        return Confidence.LOW
    return Confidence.HIGH if description.confirmed else Confidence.MEDIUM


def _provisions(
    text: Running, parts: Sequence[Part], description: Description, names: WorkNames
) -> tuple[str, ...]:
    """Return the provisions the court cites, in order; of a foreign court none of Kuwait's."""
    words = "\n".join(_lines(text, parts, *_CITING))
    found: dict[str, None] = {}
    for citation in find_citations(words, names):
        if citation.status is not CitationStatus.RESOLVED or citation.instrument is None:
            continue
        home = names.works[citation.instrument].jurisdiction
        if home in _INTERNATIONAL or home == description.jurisdiction:
            unit = citation.provision and str(parse_unit(citation.provision).top)
            found.setdefault(unit or citation.instrument)
    return tuple(_narrowed(list(found)))[:_MAX_PROVISIONS]


def _narrowed(units: Sequence[str]) -> list[str]:
    """Leave out a law of which an article is named."""
    named = {unit.partition("/")[0] for unit in units if "/" in unit}
    return [unit for unit in units if "/" in unit or unit not in named]
