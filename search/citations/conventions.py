"""Read conventions of the International Labour Organization: by number or by code."""

from __future__ import annotations

from dataclasses import dataclass

from search.citations.law_numbers import year_at
from search.citations.law_words import BEFORE_CODE, PLACES
from search.citations.lexer import Gap, Tokens
from search.citations.names import WorkNames
from search.citations.vocabulary import COMMAS, CONVENTION, DASHES, HEADS, ILO, NUMBER_SIGNS
from search.results import CitationStatus

_RESOLVED = CitationStatus.RESOLVED


@dataclass(frozen=True, slots=True)
class Law:
    """The law part of a citation: tokens[first:stop], and the works it may be.

    RESOLVED has one work, AMBIGUOUS those it may be, UNKNOWN none. `bare`: digits alone, a law
    only in company.
    """

    first: int
    stop: int
    status: CitationStatus
    works: tuple[str, ...] = ()
    bare: bool = False


def convention_at(tokens: Tokens, names: WorkNames, at: int) -> Law | None:
    """Read «اتفاقية العمل الدولية رقم 29», "ILO Convention No. 29", "C029"."""
    ilo = tokens[at].text == "ilo"
    place = at + ilo
    if tokens[place].text in ("c", "p"):
        return _coded(tokens, names, at, place, ilo)
    if ilo and tokens[place].is_digits:
        return _numbered(tokens, names, at, place)
    if ilo and tokens[place].text == "protocol":
        return _protocol(tokens, names, at, place + 1)
    return _worded(tokens, names, at, place + 1) if tokens[place].text in CONVENTION else None


def _protocol(tokens: Tokens, names: WorkNames, at: int, place: int) -> Law | None:
    """Read "ILO Protocol No. 29", which bears its convention's number."""
    while tokens[place].text in NUMBER_SIGNS | {"."} and place < at + 5:
        place += 1
    number = tokens[place].text if tokens[place].is_digits else "0"
    work = names.works.get(f"ilo-p{int(number):03}") if len(number) <= 3 else None
    return Law(at, place + 1, _RESOLVED, (work.id,)) if work else None


def _worded(tokens: Tokens, names: WorkNames, at: int, place: int) -> Law | None:
    """Read the number and year that follow "ILO Convention", «اتفاقية العمل الدولية»."""
    while tokens[place].text in ILO and place < at + 6:
        place += 1
    signed = place
    while tokens[place].text in NUMBER_SIGNS | {".", "("} and place < signed + 4:
        place += 1
    token = tokens[place]
    if not token.is_digits or len(token.text) > 3 or tokens[place + 1].text == "/":
        return None
    stop = place + 1
    if tokens[stop].text == ")" and any(tokens[i].text == "(" for i in range(signed, place)):
        stop += 1
    stop = _over_maker(tokens, stop)
    year, year_stop, explicit = year_at(tokens, stop)
    work = names.convention(token.text)
    if work is None:
        return Law(at, year_stop if year else stop, CitationStatus.UNKNOWN)
    if year and year != work.year and explicit:  # it may be the year of ratification
        return Law(at, year_stop, CitationStatus.AMBIGUOUS, (work.id,))
    return Law(at, year_stop if year == work.year else stop, _RESOLVED, (work.id,))


def _numbered(tokens: Tokens, names: WorkNames, at: int, place: int) -> Law | None:
    """Read "ILO 182" where an article follows: "ILO 100 years" counts."""
    work = names.convention(tokens[place].text)
    after = tokens[place + 1]
    if work is None or after.text not in HEADS:
        return None
    return Law(at, place + 1, _RESOLVED, (work.id,))


def _over_maker(tokens: Tokens, at: int) -> int:
    """Step over «لمنظمة العمل الدولية», "of the ILO" after a convention's number."""
    if [tokens[at + step].text for step in range(3)] == ["منظمه", "العمل", "الدوليه"]:
        return at + 3
    stop = at + (tokens[at].text == "of") + (tokens[at + 1].text == "the")
    if tokens[stop].text not in ("لمنظمه", "بمنظمه", "ilo", "international"):
        return at
    while tokens[stop].text in ILO and stop < at + 6:
        stop += 1
    return stop


def _coded(tokens: Tokens, names: WorkNames, at: int, place: int, ilo: bool) -> Law | None:
    token = tokens[place]
    dashed = tokens[place + 1].text in DASHES and tokens[place + 3].text in HEADS
    beyond = place + 3 + (tokens[place + 3].text in COMMAS)
    digits_close = tokens[place + 2].gap is Gap.NONE and tokens[beyond].text in HEADS
    pointed = tokens[place + 1].text == "." and (ilo or digits_close)
    dotted = dashed or pointed
    digits = tokens[place + 1 + dotted]
    spaced = tokens[place + 2].text in HEADS and digits.gap is Gap.SPACE  # "C 29 Article 2"
    close = dotted or spaced or digits.gap is Gap.NONE or (digits.text in DASHES)
    if not digits.is_digits or not close or len(digits.text) > 3 or int(digits.text) == 0:
        return None
    start, _ = tokens.span(place, place + 1)
    capital = tokens.source[start].isupper()
    if not ilo and not (len(digits.text) == 3 or (capital and token.text == "c")):
        return None
    if tokens[at - 1].text in PLACES or tokens[at - 1].text in DASHES:
        return None
    work = names.works.get(f"ilo-{token.text}{int(digits.text):03}")
    if work is None:
        return Law(at, place + 2, CitationStatus.UNKNOWN) if ilo else None
    stop = place + 2 + dotted
    named = names.name_at(tokens, stop)
    if named and work.id in named[0].works:
        stop = named[1]
    return Law(at, stop, _RESOLVED, (work.id,))


def is_perhaps_a_place(tokens: Tokens, at: int) -> bool:
    """Whether "C29" at tokens[at] follows a noun it may number: "Exhibit C29", "appendix C105"."""
    before = tokens[at - 1]
    noun = before.is_word and before.text.isascii() and before.text not in BEFORE_CODE
    listed = before.text in COMMAS and tokens[at - 3].text not in ("", "c")  # "room P29, C105"
    listed = listed and tokens[at - 2].is_digits
    return (noun or listed) and tokens[at].text == "c" and tokens[at].gap is Gap.SPACE
