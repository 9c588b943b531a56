"""Whether the shorthand after an article is the law's, or an everyday word in its place."""

from __future__ import annotations

from search.citations.articles import Articles
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import (
    EVERYDAY,
    GOES_ON,
    HEADS,
    LONE_SHORTHANDS,
    ONE,
    RESIDENCE_CATEGORIES,
    WORK_SHORTHANDS,
)

CATEGORIES = frozenset(f"art-{number}" for number in RESIDENCE_CATEGORIES)


def is_doubtful(tokens: Tokens, articles: Articles, at: int, stop: int) -> bool:
    """Whether tokens[at:stop], a law's shorthand after these articles, may mean something else."""
    head = tokens[articles.first].text
    if HEADS.get(head, (ONE, False))[0] != ONE:
        return False  # «المواد»: only a law has those
    if is_category(tokens, articles, at):
        return True
    short = len(head) <= 2  # «م 185 جزاء»: a lawyer's hand
    everyday = stop == at + 1 and tokens[at].text.removeprefix("ال") in EVERYDAY
    return everyday and not short and _is_noun(tokens, at)


def is_category(tokens: Tokens, articles: Articles, at: int) -> bool:
    """«مادة 18 عمل» may name the residence of workers, not an article of the Labour Law."""
    if tokens[at].text.removeprefix("ال") not in WORK_SHORTHANDS:
        return False
    paths = ["/".join(path) for item in articles.items for path in item.paths]
    return all(path in CATEGORIES for path in paths)


def _is_noun(tokens: Tokens, at: int) -> bool:
    """Whether the words after an everyday shorthand make a plain noun or verb of it."""
    after = tokens[at + 1]
    if not after.is_word or after.gap > Gap.SPACE:
        return False
    goes_on = after.text.startswith("ال") or after.text in GOES_ON
    return goes_on or tokens[at].text not in LONE_SHORTHANDS
