"""Tell the parts of a judgment by the formulas that open its paragraphs, and who speaks in each.

A ground of appeal and the court's holding on it are sections of their own: `pleas-2`, `reasons-2`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.model import SectionKind, Speaker
from search.text.fold import fold_text

from .running import Running

_LEAD = r"[\s*#_(\[«\"•-]*(?:\d{1,2}\s*[-.)]\s*)?"
_SINCE = r"(?:و?(?:من )?حيث (?:ان )?|و?لما كان(?: ذلك)?،? ?و?كان |و)?"
_FORMULAS: tuple[tuple[SectionKind, Speaker, str], ...] = (
    (
        SectionKind.DISPOSITION,
        Speaker.COURT,
        (
            r"ف?لهذه ال(?:اسباب|حيثيات)|فلذلك\s*:?$|لذلك\s*:?$|منطوق الحكم|حكمت المحكمه"
            r"|for (?:these|those|the foregoing) reasons|accordingly,? the court (?:orders|rules"
            r"|decides)|the court (?:hereby )?(?:orders|rules) (?:as follows|that)"
        ),
    ),
    (
        SectionKind.PLEAS,
        Speaker.PROSECUTION,
        (
            rf"{_SINCE}(?:مما )?(?:تنعي|تنعاه) (?:النيابه العامه|الطاعنه النيابه)"
            rf"|{_SINCE}(?:ان )?النيابه العامه (?:تنعي|نعت)|{_SINCE}النيابه العامه تنعي"
            rf"|the (?:public )?prosecution(?:'s)? (?:contends|submits|argues|ground)"
        ),
    ),
    (
        SectionKind.PLEAS,
        Speaker.DEFENCE,
        (
            rf"{_SINCE}(?:ان )?(?:مما )?(?:ال)?(?:طاعن\w*|مستانف\w*|دفاع\w*"
            rf"|محكوم عليه\w*)(?: ال\w+)? (?:ينعي|تنعي|ينعون|ينعيان|نعي)|{_SINCE}(?:ان )?(?:حاصل"
            rf"|مبني|مؤدي) (?:ال)?(?:نعي|منعي|وجه|سبب|اوجه)|{_SINCE}(?:ان )?(?:مما |ما )ينع\w*"
            rf"|{_SINCE}ينع[يا]\w* |{_SINCE}الطعن (?:اقيم|بني) علي|the (?:appellants?|accused"
            rf"|defen[cd]\w+)(?:'s|s')? (?:(?:first|second|third|fourth|fifth|sixth|sole"
            rf"|remaining) )?(?:ground|plea|contention|contends|submits|argues|complains|objects)"
            rf"|the (?:first|second|third|fourth|fifth|sole) ground (?:of appeal )?(?:is|concerns"
            rf"|alleges|of)|ground (?:one|two|three|no\.? ?\d|\d)"
        ),
    ),
    (
        SectionKind.PROCEDURE,
        Speaker.COURT,
        (
            rf"{_SINCE}(?:قضت|ومحكمه|ومحكمه|استانف\w*|عارض\w*|ف?طعن\w* |قيد|اودع\w* |احيل\w* "
            rf"|قدمت النيابه|نظرت|وجلسه|وتداولت|تداولت|وحددت|وفي \d|وبجلسه|بجلسه)"
            rf"|{_SINCE}(?:ان )?(?:ال)?(?:حكم|محكمه (?:اول|الدرجه|الجنايات"
            rf"|الاستئناف)\w*) (?:المستانف )?(?:قضي|قضت)|{_SINCE}(?:ان )?الطعن (?:قد )?استوفي"
            rf"|{_SINCE}الاستئناف (?:قد )?(?:اقيم|استوفي)|on [^.]{{3,40}} the (?:criminal )?court"
            rf"|the (?:criminal court|court of (?:first instance|appeal)|court below"
            rf"|trial court) (?:convicted|acquitted|sentenced|found|ruled|held|upheld|imposed"
            rf"|reduced)|the (?:accused|convicted person|prosecution|appellant) (?:appealed|lodged)"
            rf"|the appeal (?:is|was) (?:admissible|lodged|filed|registered)|procedure\b"
        ),
    ),
    (
        SectionKind.FACTS,
        Speaker.WITNESS,
        (
            rf"و?(?:قد )?(?:شهد|شهدت|شهدا) (?!ب?ه? المحكمه)|{_SINCE}(?:بسؤال"
            rf"|بسماع اقوال) (?:ال)?(?:شاهد|مجني|ضابط)|و?(?:قررت|قرر) (?:ال)?(?:شاهد|مجني)"
            rf"|the (?:victim|witness|complainant)[^.]{{0,60}}? (?:testified|stated|said|told)"
            rf"|(?:victim|witness) [^.]{{0,40}}testified"
        ),
    ),
    (
        SectionKind.FACTS,
        Speaker.PROSECUTION,
        (
            r"اتهم[ت]? (?:النيابه|المدعي)|اسندت? النيابه|و?نسبت النيابه"
            r"|the (?:public )?prosecution (?:charged|accused|indicted)|charges?\s*:"
        ),
    ),
    (
        SectionKind.FACTS,
        Speaker.COURT,
        (
            rf"(?:ال)?وقائع\s*:?$|{_SINCE}(?:ان )?(?:ال)?(?:وقائع|واقعات?|واقعه)\b|{_SINCE}تتحصل"
            rf"|{_SINCE}تخلص|{_SINCE}تتلخص|(?:the )?facts\b"
        ),
    ),
    (
        SectionKind.REASONS,
        Speaker.COURT,
        (
            rf"(?:ال)?محكمه\s*:?$|(?:ال)?اسباب\s*:?$|(?:ال)?حيثيات\s*:?$|بعد الاطلاع|بعد سماع"
            rf"|بعد تلاوه|{_SINCE}(?:ان )?هذا (?:ال)?(?:نعي|منعي|وجه|سبب)"
            rf"|{_SINCE}(?:ان )?ما (?:ينعاه|يثيره|اثاره)[^.]{{0,60}}(?:غير سديد|مردود|في غير محله"
            rf"|سديد|غير مقبول|صحيح)|و?(?:من )?حيث|و?لما كان|و?لكل ما تقدم|this (?:ground|plea"
            rf"|contention)|(?:the )?reasons\b|reasoning\b|(?:the )?grounds\s*:?$|the court\s*:?$"
            rf"|having (?:read|heard)|whereas\b"
        ),
    ),
)
_READ = tuple(
    (kind, speaker, re.compile(_LEAD + f"(?:{words})")) for kind, speaker, words in _FORMULAS
)
_HEAD_CHARS = 160
# The reporter's summary of an official report: «1- …» above the facts, or what follows «المبدأ».
_HEADNOTES = re.compile(
    r"[\s*#]*(?:القاعده|المبدا|المبادئ|ملخص|موجز|headnotes?|principles?|summary)\s*:?"
)
_NUMBER_LINE = re.compile(r"(?:طعن|قضيه|استئناف|دعوي|case|appeal)[^\n]{0,40}\d+[^\n]{0,20}\d{4}")

_FACTS = re.compile(r"[\W_]*(?:(?:ال)?وقائع|(?:the )?facts)[\W_]*")
_NUMBER = re.compile(r"[(\[)\s]*\d{1,2}\s*[-–.)(]")
_HEADNOTE_WORDS = 25  # a line of the header is short; a principle is a sentence
# These open a paragraph even where the line before looks unfinished, as lines of a header do.
_SURE = re.compile(r"و?(?:من )?حيث ان|فلهذه|for these reasons")
_HEADING_WORDS = 3
_UNMARKED = (SectionKind.FACTS, Speaker.COURT)
_Opened = tuple[int, tuple[SectionKind, Speaker] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a judgment: its kind, its speaker, the indexes of its lines."""

    kind: SectionKind
    speaker: Speaker
    lines: tuple[int, ...]


def parts_of(text: Running) -> list[Part]:
    """Cut a judgment into its parts, in order; one without formulas is one part of reasons."""
    before = [None, *text.written[:-1]]
    opened = [(i, _opening(text, i, last)) for i, last in zip(text.written, before, strict=True)]
    first = _first(text, opened)
    if first is None:
        return [Part(SectionKind.REASONS, Speaker.COURT, text.written)]
    header = [i for i, _ in opened[:first]]
    return [*_above(text, header), *_below(text, opened[first:])]


def _first(text: Running, opened: Sequence[_Opened]) -> int | None:
    """Return where the judgment proper begins: headnotes above it speak in its formulas too."""
    heading = next((n for n, (i, _) in enumerate(opened) if _FACTS.fullmatch(_head(text, i))), None)
    if heading is not None and any(found for _, found in opened[heading:]):
        return heading
    return next(
        (n for n, (i, found) in enumerate(opened) if found and not _NUMBER.match(_head(text, i))),
        next((n for n, (_, found) in enumerate(opened) if found), None),
    )


def _head(text: Running, i: int) -> str:
    return " ".join(fold_text(text.line(i).text[:_HEAD_CHARS]).split())


def _opening(text: Running, i: int, last: int | None) -> tuple[SectionKind, Speaker] | None:
    """Return what a line opens, or None for one that goes on with the line before."""
    head = _head(text, i)
    sure = _SURE.match(head) or _is_heading(text, i)
    if last is not None and text.joins(last, i) and not sure:
        return None
    return next(((kind, who) for kind, who, pattern in _READ if pattern.match(head)), None)


def _above(text: Running, lines: list[int]) -> list[Part]:
    """Divide what stands above the facts into header and headnotes."""
    numbered = next(
        (n for n, i in enumerate(lines) if _NUMBER_LINE.search(fold_text(text.line(i).text))), None
    )
    marked = next(
        (n for n, i in enumerate(lines) if _HEADNOTES.match(fold_text(text.line(i).text))), None
    )
    long = (
        n
        for n, i in enumerate(lines)
        if numbered is not None
        and n > numbered
        and len(text.line(i).text.split()) > _HEADNOTE_WORDS
    )
    cut = marked if marked is not None else next(long, None)
    if cut is not None and marked is None and numbered is not None:
        cut = numbered + 1
    if cut is None:
        return [Part(SectionKind.HEADER, Speaker.COURT, tuple(lines))] if lines else []
    parts = [
        Part(SectionKind.HEADER, Speaker.COURT, tuple(lines[:cut])),
        Part(SectionKind.HEADNOTES, Speaker.EDITOR, tuple(lines[cut:])),
    ]
    return [part for part in parts if part.lines]


def _below(text: Running, opened: Sequence[_Opened]) -> list[Part]:
    parts: list[Part] = []
    for i, found in opened:
        going_on = (parts[-1].kind, parts[-1].speaker) if parts else _UNMARKED
        kind, speaker = found or going_on
        if parts and parts[-1].kind is SectionKind.DISPOSITION:  # nothing follows the ruling
            kind, speaker = SectionKind.DISPOSITION, Speaker.COURT
        kind, speaker = _in_place(parts, kind, speaker)
        last = parts[-1] if parts else None
        fresh = kind is SectionKind.PLEAS and found is not None  # each ground is its own
        if (last and (last.kind, last.speaker) == (kind, speaker) and not fresh) or (
            last and len(last.lines) == 1 and _is_heading(text, last.lines[0])
        ):
            parts[-1] = Part(kind, speaker, (*last.lines, i))
        else:
            parts.append(Part(kind, speaker, (i,)))
    return parts


def _is_heading(text: Running, i: int) -> bool:
    """«المحكمة» alone on its line goes with what stands below it."""
    return len(text.line(i).text.split()) <= _HEADING_WORDS


def _in_place(
    parts: list[Part], kind: SectionKind, speaker: Speaker
) -> tuple[SectionKind, Speaker]:
    """Once the court gives reasons, evidence and earlier rulings are told as part of them."""
    reasoning = any(part.kind in (SectionKind.REASONS, SectionKind.PLEAS) for part in parts)
    if reasoning and kind in (SectionKind.FACTS, SectionKind.PROCEDURE):
        said = any(part.kind is SectionKind.PLEAS for part in parts)
        court = speaker is Speaker.COURT
        first = not any(part.kind is SectionKind.FACTS for part in parts)
        if said or (court and not first and kind is SectionKind.FACTS):
            return SectionKind.REASONS, Speaker.COURT
    return kind, speaker
