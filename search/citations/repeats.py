"""Read the mark of an inserted article: «مكررا (أ)», "bis (a)", "repeated"."""

from __future__ import annotations

from search.citations.labels import label_at
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import AND, BIS, CLAUSES, DASHES, OF, QUOTES


def bis_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read «مكررا (أ)», "-bis", "(bis)" at tokens[at]: its label, "" for none, and what follows."""
    place = at
    place += tokens[place].text in DASHES | QUOTES or tokens[place].text in ("(", "/")
    if tokens[place].text not in BIS:
        return None
    in_brackets = place > at and tokens[at].text == "("
    place += 1
    if (in_brackets and tokens[place].text == ")") or tokens[at].text in QUOTES:
        place += tokens[place].text in QUOTES | {")"}
    slash = tokens[place].text == "/" or tokens[place].text in DASHES
    sure = slash or in_brackets or _may_label(tokens, place)
    label = label_at(tokens, place + slash, bare_letters=sure)
    if label and label.text and not _is_other_number(tokens, place + slash, label.stop):
        stop = label.stop
        if in_brackets and tokens[stop].text == ")":
            stop += 1
        return label.text, stop
    return "", place


def _may_label(tokens: Tokens, at: int) -> bool:
    """A single Arabic letter after «مكرر» labels it, a Latin one if it is no small "a" or "i"."""
    if not tokens[at].text.isascii():
        return True
    letter = tokens[at].text
    after = tokens[at + 1]
    if (
        len(letter) != 1
        or not letter.isalpha()
        or after.text == "."
        or (after.is_digits and after.gap is Gap.NONE)
    ):
        return False
    parted = not after.is_word or after.text in OF | AND or after.text in CLAUSES  # "bis a of …"
    return letter not in "ai" or parted or tokens.source[tokens.span(at, at + 1)[0]].isupper()


def _is_other_number(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether the would-be label begins something else: «مكرر 91/2013»."""
    before_year = tokens[stop].text == "of" and tokens[stop + 1].is_digits
    return tokens[at].is_digits and (before_year or tokens[stop].text in ("/", "لسنه", "سنه"))
