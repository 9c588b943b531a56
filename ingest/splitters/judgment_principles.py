"""Find statements of principle: the sentences in which a court states a rule as settled."""

from __future__ import annotations

import re

from search.identifiers import UnitId
from search.model import Clause, ClauseKind, Language
from search.text.fold import fold
from search.text.sentences import sentences

_MARK = re.compile(
    r"(?<![\u0621-\u064a])(?:(?:[ولف]?(?:كان )?)?(?:من )?(?:ال)?مقرر(?: \S+){0,4}? ان|لما"
    r" هو مقرر(?: \S+){0,3}? ان"
    r"|(?:و?كان )?من الاصول المقرره|(?:و?كان )?(?:الاصل|القاعده(?: العامه)?"
    r"|العبره)(?: \S+){0,4}? (?:ان|هي|هو)"
    r"|(?:و?كان )?من المستقر عليه|استقر قضاء|جري قضاء|قضاء هذه المحكمه (?:قد )?(?:استقر|جري))"
    r"|it is (?:well |firmly )?(?:settled|established)|(?:the )?(?:settled"
    r"|established) (?:law|principle|case law)"
    r"|the principle is|this court has consistently held|as a (?:general )?rule,"
)
# Where the court turns from the rule to the case: «، وكان الثابت», «، ومن ثم».
_TURN = re.compile(
    r"[،,؛]\s*(?:لما كان ذلك|وكان الثابت|وكان البين|وكان الحكم|ومن ثم|ومن ثم ف|واذ كان"
    r"|واذ |وكان ما|وكانت المحكمه"
    r"|وهديا|ف?ان ما ينعاه|and (?:in this case|since|here) |in the present case)"
)
_NUMBERED = re.compile(r"(?m)(?<=^)[0-9٠-٩]{1,2}[^\S\n]*[-–.)][^\S\n]*\S")
_RULE = " \n\tـ_-–*"  # a line drawn below the last one
_MIN_CHARS = 30
_LABELS = {Language.AR: "مبدأ {}", Language.EN: "Principle {}"}


def principles(text: str, unit: UnitId, language: Language) -> tuple[Clause, ...]:
    """Return the statements of principle in a section's text, in order, none overlapping."""
    found: list[Clause] = []
    for start, end in sentences(text):
        folded = fold(text[start:end])
        marks = list(_MARK.finditer(folded.text))
        at = 0
        for mark in marks:
            if mark.start() < at:
                continue
            turn = _TURN.search(folded.text, mark.end())
            later = next((m.start() for m in marks if m.start() >= mark.end()), None)
            stops = [s for s in (turn.start() if turn else None, later, len(folded.text)) if s]
            at = min(stops)
            span = _trimmed(folded.text, mark.start(), at)
            if span[1] - span[0] < _MIN_CHARS:
                continue
            left, right = folded.source_span(*span)
            number = len(found) + 1
            found.append(
                Clause(
                    str(unit.below(f"pt-principle-{number}")),
                    ClauseKind.PRINCIPLE,
                    _LABELS[language].format(number),
                    start + left,
                    start + right,
                )
            )
    return tuple(found)


def headnotes(text: str, unit: UnitId, language: Language) -> tuple[Clause, ...]:
    """Return the numbered principles of a reporter's summary: «1- …», each to the next one."""
    starts = [match.start() for match in _NUMBERED.finditer(text)]
    if not starts:
        return ()
    ends = [*starts[1:], len(text)]
    return tuple(
        Clause(
            str(unit.below(f"pt-principle-{number}")),
            ClauseKind.PRINCIPLE,
            _LABELS[language].format(number),
            start,
            start + len(text[start:end].rstrip(_RULE)),
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \n،,؛":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
