"""Say why a result is shown: which words matched and where, which did not, which sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.model import Passage
from search.query import ParsedQuery, QueryTerm
from search.results import MatchedSentence, MatchedTerm
from search.text.highlight import Span, spans_of
from search.text.sentences import sentences
from search.text.tokens import Token, occurrences

_HYPHEN = re.compile("[-‐‑]")
MAX_FORMS = 8  # forms of one word that are worth showing


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a result's `Why` and its passages' highlights are filled from."""

    terms: tuple[MatchedTerm, ...]
    missing: tuple[str, ...]  # words of the query that matched nowhere, as typed
    sentence: MatchedSentence | None  # None where no word matched in the shown text
    highlights: Mapping[str, tuple[Span, ...]]  # by passage id, spans of its text


def explain(parsed: ParsedQuery, passages: Sequence[Passage], phrasings: str = "") -> Explanation:
    """Explain a result by its shown passages, best first.

    A word counts as matched also where only what the arms see has it: headings and the provision's
    `phrasings`. Highlights and the sentence are of the shown text alone.
    """
    wanted = frozenset(term.term for term in parsed.terms)
    shown = {passage.id: occurrences(passage.text, wanted) for passage in passages}
    forms: dict[str, dict[str, None]] = {}
    for passage in passages:
        _collect(forms, passage.text, shown[passage.id])
    unmatched = wanted - forms.keys()
    for passage in passages if unmatched else ():
        _collect(forms, passage.index_text, occurrences(passage.index_text, unmatched))
    if phrasings and (unmatched := wanted - forms.keys()):
        _collect(forms, phrasings, occurrences(phrasings, unmatched))
    return Explanation(
        tuple(
            MatchedTerm(term.surface, tuple(forms[term.term])[:MAX_FORMS])
            for term in parsed.terms
            if term.term in forms
        ),
        _missing(parsed.terms, forms),
        _best_sentence(passages, shown),
        {p.id: spans_of(p.text, shown[p.id], parsed.phrases) for p in passages},
    )


def _collect(forms: dict[str, dict[str, None]], text: str, tokens: Sequence[Token]) -> None:
    """Add to each term the forms in which a text has it, in the order of the text."""
    for token in tokens:
        forms.setdefault(token.term, {}).setdefault(text[token.start : token.end])


def _missing(terms: Sequence[QueryTerm], forms: Mapping[str, object]) -> tuple[str, ...]:
    """Return the words that matched nowhere; a compound whose parts all matched is not missing."""
    unmatched = [term.surface for term in terms if term.term not in forms]
    matched = {term.surface for term in terms if term.term in forms}
    return tuple(
        surface
        for surface in unmatched
        if len(parts := _HYPHEN.split(surface)) == 1 or not matched.issuperset(parts)
    )


def _best_sentence(
    passages: Sequence[Passage], shown: Mapping[str, Sequence[Token]]
) -> MatchedSentence | None:
    """Return the sentence with most distinct terms; of equals the earliest."""
    best: MatchedSentence | None = None
    most = 0
    for passage in passages:
        hits = shown[passage.id]
        for start, end in sentences(passage.text) if hits else ():
            found = len({token.term for token in hits if start <= token.start < end})
            if found > most:
                most = found
                best = MatchedSentence(passage.id, start, end, passage.text[start:end])
    return best
