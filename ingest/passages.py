"""Cut an expression into passages: what is indexed and ranked.

A short text is one passage. A long one is cut at its clauses, else at its sentences. Every
defined term is a passage of its own. Together the passages cover the text, in order. Behind them
stand the phrasings of a digest: how users put what it answers, one passage each, never shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.identifiers import PassageId, parse_expression
from search.model import (
    Authority,
    Bilingual,
    Clause,
    ClauseKind,
    Editorial,
    Expression,
    Kind,
    Language,
    Passage,
    Provision,
    ProvisionKind,
    Role,
    ocr_confidence,
)
from search.text.sentences import sentences

_OF_THEIR_OWN = (ClauseKind.DEFINITION, ClauseKind.PRINCIPLE)  # each is a passage by itself
WISHED_CHARS = 900  # about 200 tokens: what the embedder sees best
MAX_CHARS = 1200
_MAX_TITLE_CHARS = 160
_HASH_CHARS = 32

_Span = tuple[int, int]

_NAMES = {
    (ProvisionKind.ARTICLE, Language.AR): "المادة {}",
    (ProvisionKind.ARTICLE, Language.EN): "Article {}",
    (ProvisionKind.ISSUING_ARTICLE, Language.AR): "مادة الإصدار {}",
    (ProvisionKind.ISSUING_ARTICLE, Language.EN): "Issuing article {}",
    (ProvisionKind.PREAMBLE, Language.AR): "الديباجة",
    (ProvisionKind.PREAMBLE, Language.EN): "Preamble",
    (ProvisionKind.SECTION, Language.AR): "القسم {}",
    (ProvisionKind.SECTION, Language.EN): "Section {}",
    (ProvisionKind.PAGE, Language.AR): "صفحة {}",
    (ProvisionKind.PAGE, Language.EN): "Page {}",
}


def cut(
    expression: Expression,
    kind: Kind,
    group: str,
    title: Bilingual,
    editorial: Editorial | None = None,
    provision: Provision | None = None,
    looked_for_by: Sequence[str] = (),
) -> tuple[Passage, ...]:
    """Cut one expression; `group` is its provision id or, in a judgment, the judgment's id.

    `title` is the work's; `provision` gives number and place, and is None for judgments.
    `looked_for_by`: by what else a judgment is found, given with its first text in a language.
    """
    identity = parse_expression(expression.id)
    context = _context(expression.language, title, editorial, provision)

    def passage(n: int, start: int, end: int, text: str, index_text: str, role: Role) -> Passage:
        return Passage(
            id=str(PassageId(identity, n)),
            expression=expression.id,
            unit=expression.unit,
            group=group,
            work=expression.work,
            kind=kind,
            language=expression.language,
            authority=expression.authority,
            start=start,
            end=end,
            text=text,
            index_text=index_text,
            content_hash=content_hash(index_text, role),
            clause=_clause(expression.clauses, start, end) if role is Role.TEXT else None,
            valid_from=expression.valid_from,
            valid_to=expression.valid_to,
            repealed=expression.repealed,
            role=role,
            ocr_confidence=ocr_confidence(expression.ocr, start, end),
        )

    texts = [
        passage(n, start, end, text, "\n".join([*context, text]), Role.TEXT)
        for n, (start, end) in enumerate(_spans(expression), start=1)
        for text in [expression.text[start:end]]
    ]
    phrasings = dict.fromkeys([*_phrasings(expression, editorial), *looked_for_by])
    leading = [
        passage(n, 0, 0, phrasing, phrasing, Role.PHRASING)
        for n, phrasing in enumerate(phrasings, start=len(texts) + 1)
    ]
    return (*texts, *leading)


def content_hash(index_text: str, role: Role = Role.TEXT) -> str:
    """Return the key under which the embedding of an index text is kept.

    Of one wording, a text and a phrasing have two embeddings: E5 reads passages and queries apart.
    """
    keyed = index_text if role is Role.TEXT else f"{role}\0{index_text}"
    return hashlib.sha256(keyed.encode()).hexdigest()[:_HASH_CHARS]


def _context(
    language: Language,
    title: Bilingual,
    editorial: Editorial | None,
    provision: Provision | None,
) -> list[str]:
    """Return what stands above the text: the work, the provision, its place and heading."""
    lines = [title.best(language)[:_MAX_TITLE_CHARS]]
    if provision:
        number = provision.number
        if language is Language.AR:
            number = number.replace("bis", "مكرر")
        lines.append(_NAMES[provision.kind, language].format(number).strip())
        if provision.place:
            lines.append(provision.place[-1].best(language))
    if editorial:
        lines.append(editorial.heading.best(language))
    return lines


def _phrasings(expression: Expression, editorial: Editorial | None) -> Sequence[str]:
    """Return the heading and how users put it. They belong to our digest, so that a provision has
    them once, however many texts are added to it."""
    if editorial is None or expression.authority is not Authority.DIGEST:
        return ()
    heading = editorial.heading.best(expression.language)
    return tuple(dict.fromkeys([heading, *editorial.asks(expression.language)]))


def _spans(expression: Expression) -> list[_Span]:
    text, clauses = expression.text, expression.clauses
    defined = [c for c in clauses if c.kind in _OF_THEIR_OWN]
    spans: list[_Span] = []
    at = 0
    for term in defined:
        spans += _shortened(text, at, term.start, clauses)
        spans += _shortened(text, term.start, term.end, clauses)
        at = term.end
    return spans + _shortened(text, at, len(text), clauses)


def _shortened(text: str, start: int, end: int, clauses: Sequence[Clause]) -> list[_Span]:
    """Return text[start:end] as spans of at most MAX_CHARS, cut at clauses, else sentences."""
    whole = _trimmed(text, start, end)
    if whole is None:
        return []
    start, end = whole
    if end - start <= WISHED_CHARS:
        return [whole]
    inside = [c for c in clauses if start <= c.start and c.end <= end and (c.start, c.end) != whole]
    outer: list[Clause] = []
    for clause in inside:  # in order, outer before inner
        if not outer or clause.start >= outer[-1].end:
            outer.append(clause)
    if outer:
        edges = sorted({start, end, *(c.start for c in outer), *(c.end for c in outer)})
        parts = [
            part
            for left, right in pairwise(edges)
            for part in _shortened(text, left, right, inside)
        ]
    else:
        parts = [
            part
            for left, right in sentences(text[start:end])
            for part in _by_words(text, start + left, start + right)
        ]
    return _gathered(text, parts)


def _by_words(text: str, start: int, end: int) -> Iterable[_Span]:
    """Cut a sentence that is too long between two words."""
    while end - start > MAX_CHARS:
        blank = max(text.rfind(mark, start + 1, start + WISHED_CHARS) for mark in (" ", "\n"))
        at = blank if blank > start else start + WISHED_CHARS
        yield start, at
        trimmed = _trimmed(text, at, end)
        if trimmed is None:
            return
        start = trimmed[0]
    yield start, end


def _gathered(text: str, parts: Iterable[_Span]) -> list[_Span]:
    """Join neighbours while they stay within the wished length."""
    spans: list[_Span] = []
    for start, end in parts:
        if spans and end - spans[-1][0] <= WISHED_CHARS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _trimmed(text: str, start: int, end: int) -> _Span | None:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(bare)


def _clause(clauses: Sequence[Clause], start: int, end: int) -> str | None:
    """Return the innermost clause a passage lies in."""
    around = [c for c in clauses if c.start <= start and end <= c.end]
    return min(around, key=lambda c: c.end - c.start).id if around else None
