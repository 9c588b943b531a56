"""By which numbers, titles and nicknames works are cited: an immutable index of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from search.citations.lexer import Tokens
from search.citations.name_words import (
    bare_of_preposition,
    indefinite,
    is_initial,
    is_year_of,
    match_words,
    over_marks,
    singular,
    stem,
    without_preposition,
    written_out,
)
from search.citations.vocabulary import OF
from search.model import Bilingual, Kind

INTERNATIONAL = frozenset({"un", "ilo"})
THE_LAW = "القانون"  # begins a name by mistake only: «من القانون الاتجار بالبشر»


class NamedWork(Protocol):
    """What the index needs to know of a work; `search.model.Instrument` has it all."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def title(self) -> Bilingual: ...
    @property
    def jurisdiction(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Work:
    """A work as the index knows it; `type` is the part of its id before the numbers."""

    id: str
    kind: Kind
    type: str
    jurisdiction: str
    number: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Name:
    """A title or nickname as folded words, and the works that bear it, newest first.

    `marked`: it says itself that it is a foreign law's, so it needs no country beside it.
    """

    words: tuple[str, ...]
    works: tuple[str, ...]
    marked: bool
    derived: bool = False  # "law on trafficking" from "Trafficking Law": another word may follow


@dataclass(frozen=True, slots=True)
class WorkNames:
    """The index. Names lie under every form their first word takes with Arabic proclitics."""

    works: Mapping[str, Work]
    by_number: Mapping[tuple[str, int], tuple[str, ...]]
    by_opening: Mapping[tuple[str, str], tuple[Name, ...]]  # first two words; longest first
    subjects: Mapping[str, tuple[tuple[str, ...], ...]]  # what follows the number in a title
    said: Mapping[str, frozenset[str]]  # the stems of all words of a work's names
    shorthands: Mapping[str, tuple[tuple[tuple[str, ...], Name], ...]]  # by first word
    by_first: Mapping[str, tuple[Name, ...]]  # names of several words; longest first
    by_second: Mapping[str, tuple[Name, ...]]  # those whose first word is long enough to misspell

    def name_at(self, tokens: Tokens, at: int) -> tuple[Name, int] | None:
        """Return the longest name at tokens[at], and the index after it."""
        first = written_out(tokens[at].text)
        place = over_marks(tokens, at + 1)
        second = written_out(tokens[place].text)
        year = tokens[place + is_year_of(tokens, place, tokens[place + 1].text)].text
        joint = second + tokens[place + 1].text if second.isascii() else second
        openings = ((first, second), (first, joint), (first, year), (first, ""))
        for opening in dict.fromkeys(openings):
            for name in self.by_opening.get((singular(opening[0]), singular(opening[1])), ()):
                if first == THE_LAW != name.words[0] and tokens[at - 1].text not in OF:
                    continue  # «أنشأ القانون الهيئة العامة …» names nothing
                if name.derived and tokens[at].text == "act":  # an act of trafficking is a deed
                    continue
                if len(name.words) == 1 and first.isascii() and first != name.words[0]:
                    continue  # "constitutions" are several
                stop = match_words(tokens, at + 1, name.words[1:])
                if stop is not None and not _is_spelled(tokens, at, stop):
                    return name, _closed(tokens, at, stop)
        return None

    def begun(self, first: str, second: str) -> tuple[Name, ...]:
        """Return the names of which at least one of these is the first or second word."""
        return self.by_first.get(first, ()) + self.by_second.get(written_out(second), ())

    def shorthand_at(
        self, tokens: Tokens, at: int, joined: bool = False
    ) -> tuple[Name, int] | None:
        """Return the law that shorthand beside an article means: «م ١٨٥ جزاء», "art 69 CCP".

        `joined`: it may bear a conjunction, «واتجار م 2».
        """
        place = over_marks(tokens, at + 1) if written_out(tokens[at].text) == "قانون" else at
        first = indefinite(tokens[place].text)
        if joined and first not in self.shorthands:
            first = indefinite(first.removeprefix("و"))
        for words, name in self.shorthands.get(first, ()):
            stop = match_words(tokens, place + 1, words[1:], indefinite)
            if stop is not None:
                named = tokens[at].text.isascii() and tokens[stop].text in ("law", "act")
                return name, _closed(tokens, at, stop + named)
        return None

    def subject_at(self, tokens: Tokens, at: int, work: str) -> int | None:
        """Return the index after the subject of this work's title, if it stands at tokens[at]."""
        form = bare_of_preposition if tokens[at].text.startswith("ب") else written_out
        stops = (match_words(tokens, at, words, form) for words in self.subjects.get(work, ()))
        return max((stop for stop in stops if stop is not None), default=None)

    def is_about(self, work: str, subject: tuple[str, ...]) -> bool:
        """Whether the title of this work names the subject."""
        wanted = set(map(stem, subject))
        return any(wanted <= set(map(stem, words)) for words in self.subjects.get(work, ()))

    def mentions(self, work: str, words: Iterable[str]) -> bool:
        """Whether all these words, without joined prepositions, are of this work's names."""
        said = self.said.get(work, frozenset())
        return all(said & {stem(form) for form in without_preposition(word)} for word in words)

    def numbered(self, number: str) -> tuple[str, ...]:
        """Return the works with this number in any year, newest first."""
        return newest_first(
            (work.id for work in self.works.values() if work.number == number), self.works
        )

    def convention(self, number: str) -> Work | None:
        """Return the ILO convention with this number."""
        return self.works.get(f"ilo-c{int(number):03}") if len(number) <= 3 else None


def _closed(tokens: Tokens, at: int, stop: int) -> int:
    """Include the bracket or point that closes the name: "(Law No. 16 of 1960)", "C.C.P."."""
    if len(tokens[stop - 1].text) == 1 and tokens[stop - 2].text == tokens[stop].text == ".":
        return stop + 1
    opened = any(tokens[place].text == "(" for place in range(at, stop))
    closed = any(tokens[place].text == ")" for place in range(at, stop))
    return stop + 1 if opened and not closed and tokens[stop].text == ")" else stop


def _is_spelled(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether initials are some of more letters: "c c p" of "i c c p r"."""
    beside = (tokens[at - 1], tokens[stop]) if len(tokens[at].text) == 1 else ()
    return any(is_initial(token.text) and token.text.isascii() for token in beside)


def newest_first(ids: Iterable[str], works: Mapping[str, Work]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda work: (-(works[work].year or 0), work)))
