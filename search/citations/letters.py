"""Read the letters and signs behind an article's number: "24A", «2-أ», "art. 2 § 2 no. 3"."""

from __future__ import annotations

from search.citations.clauses import Clauses, siblings_at
from search.citations.items import Item
from search.citations.labels import label_at
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import CLAUSES, CONVENTION, DASHES, OF

_WORKS = CONVENTION | {"بروتوكول", "القانون", "قانون"}


def lettered_at(tokens: Tokens, at: int, place: int, top: str) -> Item | None:
    """Read "24A", «24أ»: an inserted article or a point of article 24."""
    label = label_at(tokens, place)
    if label is None or label.text is None:
        return None
    return Item(at, place + 1, ((f"{top}-bis-{label.text}",), (top, f"pt-{label.text}")), True)


def dashed_letter_at(tokens: Tokens, at: int, place: int, top: str) -> Item | None:
    """Read «2-أ», «2 أ» before «من» or the law: an inserted article or a point, as «24أ»."""
    dashed = tokens[place].text in DASHES
    letter = tokens[place + dashed]
    arabic = len(letter.text) == 1 and not letter.text.isascii()
    if not arabic or letter.text in "وقمفه":
        return None
    lettered = lettered_at(tokens, at, place + dashed, top)
    if lettered is None:
        return None
    others, stop = siblings_at(tokens, place + dashed + 1, "pt-", bare=True)
    points = tuple((top, other) for other in others)  # «المادة 3 أ، ب من»
    paths = (lettered.paths[-1], *points) if points else lettered.paths
    closed = tokens[stop].text in OF | _WORKS
    return Item(at, stop, paths, either=not points) if closed else None


def section_sign_at(tokens: Tokens, at: int) -> Clauses | None:
    """Read "§ 2" after an article's number: a paragraph there, an article anywhere else."""
    label = label_at(tokens, at + 1) if tokens[at].text in ("§", "¶") else None
    if label is None or label.text is None or not label.text.isdecimal():
        return None
    return Clauses((f"par-{label.text}",), label.stop)


def numbered_point_at(tokens: Tokens, place: int, at: int) -> Clauses | None:
    """Read "no. 3", «ب 3» after a paragraph: "art. 2 para. 2 no. 3"."""
    glued = tokens[at].text == "ب" and tokens[at].gap is Gap.NONE  # «م٢٢ب٥»
    beside = glued or tokens[place - 2].text in (*CLAUSES, ".", "§")
    if not tokens[place - 1].is_digits or not beside:
        return None
    if tokens[at].text not in ("no", "nr", "ب"):
        return None
    label = label_at(tokens, at + (tokens[at].text == "ب"))
    if label is None or not (label.text or "").isdecimal():
        return None
    after, beyond = tokens[label.stop].text, tokens[label.stop + 1]
    year = after in ("/", "لسنه") or (after == "of" and beyond.is_digits)
    return None if year else Clauses((f"pt-{label.text}",), label.stop)
