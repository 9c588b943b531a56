"""Read conventions of the International Labour Organization: by number or by code."""

from __future__ import annotations

from dataclasses import dataclass

from search.citations.law_numbers import year_at
from search.citations.law_words import PLACES
from search.citations.lexer import Gap, Tokens
from search.citations.names import WorkNames
from search.citations.vocabulary import CONVENTION, DASHES, HEADS, ILO, NUMBER_SIGNS
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
    if tokens[place].text not in CONVENTION:
        return None
    place += 1
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
    year, year_stop, explicit = year_at(tokens, stop)
    work = names.convention(token.text)
    if work is None:
        return Law(at, year_stop if year else stop, CitationStatus.UNKNOWN)
    if year and year != work.year and explicit:  # it may be the year of ratification
        return Law(at, year_stop, CitationStatus.AMBIGUOUS, (work.id,))
    return Law(at, year_stop if year == work.year else stop, _RESOLVED, (work.id,))


def _coded(tokens: Tokens, names: WorkNames, at: int, place: int, ilo: bool) -> Law | None:
    token = tokens[place]
    dashed = tokens[place + 1].text in DASHES and tokens[place + 3].text in HEADS
    dotted = dashed or (ilo and tokens[place + 1].text == ".")
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
