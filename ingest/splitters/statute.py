"""Split a statute or treaty into preamble, issuing articles and articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Description, Document, LineKind
from search.errors import Unreadable
from search.identifiers import UnitId, article_segment
from search.model import (
    Bilingual,
    Contribution,
    Expression,
    Provision,
    ProvisionKind,
    SourceSpan,
)
from search.text.fold import fold_text

from .clauses import clauses
from .closing import end_of_articles, ends_law
from .contribution import expression, instrument
from .headings import ArticleHeading, Style, article_heading, repealed_range, standalone_note
from .places import Places, places
from .preamble import preamble_lines
from .running import Running, running
from .sequence import Candidate, Settled, settle

_REPEALED = re.compile(
    r"[\s()\[\]{}.\"«»*-]*(?:(?:هذه\s+)?(?:ال)?(?:ماده\s+)?(?:ملغ(?:اه|ي)|الغيت|محذوفه|حذفت)"
    r"|(?:this article (?:is|was|has been) )?(?:repealed|deleted|cancelled|abrogated))(?!\w)"
)
_MAX_REPEAL_CHARS = 250  # a repeal note is short; longer text is an article that repeals others
_REPEAL_ENDS = re.compile(r"[^.؛;]*[.؛;)\]\s]*")
# What continues a sentence in which an article is merely mentioned, and ended up on a line start.
_BEFORE_MENTION = re.compile(
    r"(?:^|\s)(?:في|من|الي|علي|عن|و|او|[وفبل]{0,2}(?:حكم|احكام|نص|نصوص|موجب|مقتضي)|وفق|وفقا|مع"
    r"|of|in|under|by|to|and|or|with|from|per|the|see|than|pursuant to)$"
)
_AFTER_MENTION = re.compile(
    r"\s*(?:[،,;؛)]|من (?:هذا|هذه|ذات|نفس|القانون|قانون|المرسوم|النظام|اللائحه|الاتفاقيه)"
    r"|المشار|المذكور|السالف|السابق|اعلاه|انف|(?:of|in) (?:this|the|that)\b|above\b|below\b|hereof"
    r"|(?:and|or|to) [0-9])"
)
_MAX_EMPTY_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class _Region:
    """One provision's lines: `start` is where its words begin on the first of them."""

    candidate: Candidate
    start: int
    lines: tuple[int, ...]
    kind: ProvisionKind


def split_statute(document: Document, description: Description) -> Contribution:
    """Split by articles; raise Unreadable (`no-articles`, `article-sequence`)."""
    text = running(document)
    candidates, law_end = _candidates(text)
    if not candidates:
        raise Unreadable(
            "No article was found in this text. If it has none, add it as a plan or other text "
            "(`--kind other`); if it has, check how its articles are headed.",
            reason="no-articles",
        )
    settled = settle(candidates)
    heads = [c.line for c in (*settled.issuing, *settled.articles)]
    found = places(text, heads, law_end)
    regions = _regions(text, settled, found, law_end)
    return _contribution(text, description, settled, found, regions)


def _candidates(text: Running) -> tuple[list[Candidate], int]:
    """Return the article headings, and the line at which the law ends."""
    headings: list[tuple[int, ArticleHeading]] = []
    law_end = len(text.document.lines)
    last_end: int | None = None  # where the law seems to end, until its numbers go on
    for position, i in enumerate(text.written):
        if headings and last_end is None and ends_law(text.line(i)):
            last_end = i
            continue
        found = list(repealed_range(text.line(i).text))
        heading = article_heading(text.line(i).text)
        if heading and not _is_mention(text, position, heading):
            found.append(heading)
        if found and last_end is not None:
            if not _goes_on(headings[-1][1], found[0]):
                law_end = last_end
                break
            last_end = None
        headings.extend((i, each) for each in found)
    law_end = law_end if last_end is None else last_end
    headings = _of_one_style(text, headings)
    ends = [*(line for line, _ in headings), law_end][1:]
    return [
        Candidate(i, heading, _following(text, i, heading, end))
        for (i, heading), end in zip(headings, ends, strict=True)
    ], law_end


def _goes_on(last: ArticleHeading, heading: ArticleHeading) -> bool:
    """Tell whether an article after a table or schedule goes on with the law's own numbers."""
    same = heading.number == last.number and heading.bis not in (None, last.bis)
    return same or heading.number == last.number + 1


def _following(text: Running, line: int, heading: ArticleHeading, end: int) -> str:
    source = text.document.text
    stop = text.line(end - 1).end if end > line else text.line(line).end
    return source[text.line(line).start + heading.body : max(stop, text.line(line).end)].strip()


def _of_one_style(
    text: Running, headings: list[tuple[int, ArticleHeading]]
) -> list[tuple[int, ArticleHeading]]:
    """Keep headings followed by bare text where all are so, or where they fill a gap."""
    clear = [
        (i, heading)
        for i, heading in headings
        if heading.style is not Style.BARE or text.line(i).kind is LineKind.HEADING
    ]
    if not clear:
        return headings
    numbers = {heading.number for _, heading in clear if heading.bis is None}
    whole = set(map(id, (heading for _, heading in clear)))
    kept: list[tuple[int, ArticleHeading]] = []
    for i, heading in headings:
        last = kept[-1][1].number if kept else 0
        fills = heading.number == last + 1 and heading.number not in numbers
        if id(heading) in whole or (fills and heading.bis is None):
            kept.append((i, heading))
    return kept


def _is_mention(text: Running, position: int, heading: ArticleHeading) -> bool:
    """Tell whether an article is mentioned in a sentence that was wrapped before it."""
    i = text.written[position]
    line = text.line(i)
    # A style of Word does not make a heading of «المادة 64 من هذا القانون».
    if heading.style is Style.BARE and _AFTER_MENTION.match(fold_text(line.text[heading.body :])):
        return True
    if line.kind is LineKind.HEADING:
        return False
    if line.text.lstrip()[:1] in "«“\"‘'" or line.text.lstrip()[:7] == "article":
        return True
    before = text.written[position - 1] if position else None
    if before is not None and _adjacent(text, before, i):
        words = fold_text(text.line(before).text[-40:]).strip()
        if _BEFORE_MENTION.search(words):
            return True
    after = text.written[position + 1] if position + 1 < len(text.written) else None
    return (
        heading.style is Style.ALONE
        and after is not None
        and _adjacent(text, i, after)
        and not text.line(after).text.lstrip()[:1].isupper()
        and bool(_AFTER_MENTION.match(fold_text(text.line(after).text[:60])))
    )


def _adjacent(text: Running, before: int, after: int) -> bool:
    return all(text.line(i).text.strip() for i in range(before + 1, after))


def _regions(text: Running, settled: Settled, found: Places, law_end: int) -> list[_Region]:
    """Give every article the lines up to the next heading of any sort, or the closing formula."""
    order = [
        *((c, ProvisionKind.ISSUING_ARTICLE) for c in settled.issuing),
        *((c, ProvisionKind.ARTICLE) for c in settled.articles),
    ]
    ends = [c.line for c, _ in order[1:]] + [law_end]
    last = {len(settled.issuing) - 1, len(order) - 1}
    regions = []
    for n, ((candidate, kind), end) in enumerate(zip(order, ends, strict=True)):
        head = candidate.line
        stop = min(found.first_after(head), end)
        lines = text.between(head, max(stop, head + 1))
        if n in last:
            lines = end_of_articles(text, lines)
        body = text.line(head).start + candidate.heading.body
        if body >= text.line(head).end:
            lines = lines[1:]
            body = text.line(lines[0]).start if lines else body
        regions.append(_Region(candidate, body, tuple(lines), kind))
    return regions


def _contribution(
    text: Running,
    description: Description,
    settled: Settled,
    found: Places,
    regions: Sequence[_Region],
) -> Contribution:
    provisions: list[Provision] = []
    expressions: list[Expression] = []
    opening = _preamble(text, description, found, regions[0])
    if opening:
        provisions.append(opening[0])
        expressions.append(opening[1])
    for region in regions:
        provision = _provision(region, description, len(provisions), found)
        provisions.append(provision)
        held = _expression(text, region, provision, description, settled.missing)
        expressions += [held] if held else []
    if len(provisions) - len(expressions) > _MAX_EMPTY_SHARE * len(provisions):
        raise Unreadable(
            "Most articles of this text are headings without words. Add the text of the law, "
            "not its table of contents.",
            reason="no-articles",
        )
    return Contribution(
        instrument=instrument(description, text.document, _missing_note(settled.missing)),
        provisions=tuple(provisions),
        expressions=tuple(expressions),
    )


def _preamble(
    text: Running, description: Description, found: Places, first: _Region
) -> tuple[Provision, Expression] | None:
    end = min(first.candidate.line, found.first_before(first.candidate.line))
    words, span = text.text(preamble_lines(text, end))
    if span is None:
        return None
    unit = UnitId(description.work, ("preamble",))
    provision = Provision(str(unit), description.work, ProvisionKind.PREAMBLE, "", 0)
    return provision, expression(description, unit, words, span=span)


def _provision(
    region: _Region, description: Description, position: int, found: Places
) -> Provision:
    heading = region.candidate.heading
    issuing = region.kind is ProvisionKind.ISSUING_ARTICLE
    segment = article_segment(heading.number, heading.bis, issuing)
    bis = "" if heading.bis is None else f" bis {heading.bis}".rstrip()
    return Provision(
        id=str(UnitId(description.work, (segment,))),
        instrument=description.work,
        kind=region.kind,
        number=f"{heading.number}{bis}",
        position=position,
        place=found.at(region.candidate.line),
    )


def _expression(
    text: Running,
    region: _Region,
    provision: Provision,
    description: Description,
    missing: Sequence[int],
) -> Expression | None:
    notes = [i for i in region.lines if standalone_note(text.line(i).text)]
    lines = [i for i in region.lines if i not in notes] if len(notes) < len(region.lines) else []
    words, span = text.text(lines, _start(text, region, lines))
    noted = [text.line(i).text.strip() for i in notes]
    noted += _heading_note(text, region)
    if span is None and noted:
        words, span = noted[0], _note_span(text, region, notes)
        noted = noted[1:]
    if span is None:
        return None
    unit = UnitId(description.work, (provision.id.rpartition("/")[2],))
    # The text before a hole in the numbers may run on into what is missing.
    runs_on = region.candidate.heading.number + 1 in missing
    return expression(
        description,
        unit,
        words,
        span=span,
        clauses=clauses(words, unit),
        footnotes=(*noted, *_footnotes(text, region, words)),
        repealed=_is_repealed(words) or bool(repealed_range(words)),
        confirmed=description.confirmed and not runs_on,
    )


def _start(text: Running, region: _Region, lines: Sequence[int]) -> int | None:
    return region.start if lines and lines[0] == region.candidate.line else None


def _heading_note(text: Running, region: _Region) -> list[str]:
    note = region.candidate.heading.note
    return [text.line(region.candidate.line).text[slice(*note)].strip()] if note else []


def _note_span(text: Running, region: _Region, notes: Sequence[int]) -> SourceSpan:
    line = text.line(notes[0] if notes else region.candidate.line)
    return SourceSpan(line.start, line.end, line.page, line.page)


def _is_repealed(words: str) -> bool:
    match = _REPEALED.match(fold_text(words[: 2 * _MAX_REPEAL_CHARS]))
    return bool(match) and len(words) <= _MAX_REPEAL_CHARS and "\n" not in words.strip()


def _footnotes(text: Running, region: _Region, words: str) -> list[str]:
    """Return the footnotes this text refers to, and unlabelled ones that stand within it."""
    first, last = region.candidate.line, max((region.candidate.line, *region.lines))
    return [
        note.text
        for note in text.footnotes
        if (note.label and f"[{note.label}]" in words)
        or (not note.label and first <= note.line <= last + 1)
    ]


def _missing_note(missing: Sequence[int]) -> Bilingual | None:
    if not missing:
        return None
    numbers = ", ".join(map(str, missing))
    return Bilingual(
        ar=f"مواد غير موجودة في الملف المضاف: {numbers}.",
        en=f"Articles that the added file does not hold: {numbers}.",
    )
