"""Read the number of one article: in digits, in words, or Roman; no share, sum, time or law's."""

from __future__ import annotations

from search.citations.items import MAX_ARTICLE, YEARS
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import HEADS, OTHER_REPEATS
from search.text.numerals import number_at, parse_roman


def number_of_article_at(tokens: Tokens, at: int, conjunction: bool) -> tuple[int, int] | None:
    """Return the number at tokens[at] and the index after it.

    `conjunction`: the token's first letter is a «و» to be skipped.
    """
    return _plain(tokens, at, conjunction) or _roman(tokens, at)


def _plain(tokens: Tokens, at: int, conjunction: bool) -> tuple[int, int] | None:
    token = tokens[at]
    found = number_at(tokens.text, token.start + conjunction) if token.text else None
    stop = tokens.after(found.end) if found else None
    if found is None or stop is None or not 1 <= found.value <= MAX_ARTICLE:
        return None
    if token.is_digits and (len(token.text) > 4 or _is_other_number(tokens, stop)):
        return None
    return found.value, stop


def _roman(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Read "Article II" of a treaty: a Roman numeral in capitals."""
    token = tokens[at]
    value = parse_roman(token.text) if token.text.isascii() and token.is_word else None
    head = at - 1 - (tokens[at - 1].text == ".")
    if not value or tokens[head].text not in HEADS:
        return None
    start, end = tokens.span(at, at + 1)
    return (value, at + 1) if tokens.source[start:end].isupper() else None


def _is_other_number(tokens: Tokens, stop: int) -> bool:
    """Whether the digits before tokens[stop] are a law's number, a share, a time or a sum."""
    following, after = tokens[stop], tokens[stop + 1]
    if following.text in ("%", "٪", "$", "‰", "°", "+", "=", "*"):
        return True
    year = after.is_digits and int(after.text[:6]) in YEARS
    if following.text in ("/", "-") and year:
        return True
    if following.text in ("لسنه", "سنه", "لعام") or (following.text == "of" and year):
        return True
    if following.text in (":", ",", ".") and following.gap is Gap.NONE:
        # "5:30", "1,000"; "2.1" is read as a paragraph, and so is "2.1.3"
        thousands = following.text != "." and after.is_digits and after.gap is Gap.NONE
        return thousands and (following.text == ":" or len(after.text) == 3)
    return following.text in OTHER_REPEATS
