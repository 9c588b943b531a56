"""What a query is besides its citations: nothing, or the rest that is to be searched for."""

from __future__ import annotations

from collections.abc import Sequence

from search.citations.lexer import tokenize
from search.citations.vocabulary import AND, FROM, OF, TO
from search.results import Citation

# Words that ask for nothing by themselves beside a citation: «نص المادة …», "show me art. 2 of …".
_FILLERS = (
    AND
    | OF
    | FROM
    | TO
    | {
        *("نص", "النص", "نصوص", "احكام", "اعرض", "اظهر", "ما", "هي", "هو", "ماذا", "تقول", "في"),
        *("الكويتي", "الكويت", "دوله", "وتعديلاته", "والقوانين", "المعدله", "له", "المعدل", "كامل"),
        *("وش", "شنو", "ايش", "ابي", "ابغي", "اريد", "نصها", "وتعديلاتها", "الحالي"),
        *("the", "text", "show", "me", "please", "what", "does", "say", "is", "a", "in", "under"),
        *("kuwait", "kuwaiti", "state", "as", "amended", "its", "amendments", "full", "s", "see"),
    }
)


def remainder(text: str, citations: Sequence[Citation]) -> str:
    """Return what a query asks for besides these citations; "" if that is nothing.

    Words that only lead to a citation ("the text of") count as nothing, and go unless others stay.
    """
    kept: list[str] = []
    at = 0
    for start, end in sorted({(citation.start, citation.end) for citation in citations}):
        if start >= at:
            kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    rest = " ".join(" ".join(kept).split())
    words = [token.text for token in tokenize(rest).items if token.text.isalnum()]
    return rest if any(word not in _FILLERS for word in words) else ""


def is_whole_query(citations: Sequence[Citation], text: str) -> bool:
    """Whether the query is nothing but these citations, so that the reader may be taken there."""
    return bool(citations) and not remainder(text, citations)
