"""By which numbers, titles and nicknames works are cited: an immutable index of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType
from typing import Protocol

from search.citations.countries import COUNTRY_WORDS
from search.citations.lexer import Gap, Tokens, tokenize
from search.citations.vocabulary import ARTICLE, BRACKETS, SHORTHANDS, with_clitics
from search.model import Bilingual, Kind
from search.text.numerals import fold_digits

INTERNATIONAL = frozenset({"un", "ilo"})
# A title's subject begins after one of these: «في شأن …», "on …".
_SUBJECT = frozenset(
    {"شان", "بشان", "باصدار", "بتعديل", "concerning", "on", "regarding", "amending", "issuing"}
)
_SKIPPED = BRACKETS | {"-", "‐", "‑", ".", ",", "،", "/"}  # marks a name may be interrupted by
_POINT = frozenset({"."})
_OWN_WORDS = frozenset({"نظام", "federal"})  # in names of foreign laws only


_SAME_WORDS = {"ق": "قانون", "labor": "labour", "act": "law", "&": "and", "organised": "organized"}
_SAME_WORDS |= {"combatting": "combating"}


def _written_out(word: str) -> str:
    return _SAME_WORDS.get(word, word).removesuffix("ء")  # «قانون الجزا»


def _indefinite(word: str) -> str:
    """Drop the article of an Arabic word: «الاهلي» → «اهلي», «والمحاكمات» → «ومحاكمات»."""
    word = word.removesuffix("ء")
    lead = word[:1] if word[:1] in ("و", "ب") else ""
    rest = word[len(lead) :]
    while rest.startswith(ARTICLE) and len(rest) > 4:  # twice: «الالكترونيه» and «الكترونيه»
        rest = rest[2:]
    return lead + rest


def _stem(word: str) -> str:
    return _indefinite(word).removesuffix("s")


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
    shorthands: Mapping[str, tuple[tuple[tuple[str, ...], Name], ...]]  # by first word

    def name_at(self, tokens: Tokens, at: int) -> tuple[Name, int] | None:
        """Return the longest name at tokens[at], and the index after it."""
        first = _written_out(tokens[at].text)
        place = _over_marks(tokens, at + 1)
        second = _written_out(tokens[place].text)
        year = tokens[place + _is_year_of(tokens, place, tokens[place + 1].text)].text
        for opening in dict.fromkeys(((first, second), (first, year), (first, ""))):
            for name in self.by_opening.get(opening, ()):
                if name.derived and tokens[at].text == "act":  # an act of trafficking is a deed
                    continue
                stop = match_words(tokens, at + 1, name.words[1:])
                if stop is not None and not _is_spelled(tokens, at, stop):
                    return name, _closed(tokens, at, stop)
        return None

    def shorthand_at(self, tokens: Tokens, at: int) -> tuple[Name, int] | None:
        """Return the law that shorthand beside an article means: «م ١٨٥ جزاء», "art 69 CCP"."""
        place = _over_marks(tokens, at + 1) if _written_out(tokens[at].text) == "قانون" else at
        for words, name in self.shorthands.get(_indefinite(tokens[place].text), ()):
            stop = match_words(tokens, place, words, _indefinite)
            if stop is not None:
                named = tokens[at].text.isascii() and tokens[stop].text in ("law", "act")
                return name, _closed(tokens, at, stop + named)
        return None

    def subject_at(self, tokens: Tokens, at: int, work: str) -> int | None:
        """Return the index after the subject of this work's title, if it stands at tokens[at]."""
        stops = (match_words(tokens, at, words) for words in self.subjects.get(work, ()))
        return max((stop for stop in stops if stop is not None), default=None)

    def is_about(self, work: str, subject: tuple[str, ...]) -> bool:
        """Whether the title of this work names the subject."""
        wanted = set(map(_stem, subject))
        return any(wanted <= set(map(_stem, words)) for words in self.subjects.get(work, ()))

    def numbered(self, number: str) -> tuple[str, ...]:
        """Return the works with this number in any year, newest first."""
        return _newest_first(
            (work.id for work in self.works.values() if work.number == number), self.works
        )

    def convention(self, number: str) -> Work | None:
        """Return the ILO convention with this number."""
        return self.works.get(f"ilo-c{int(number):03}") if len(number) <= 3 else None


def build_work_names(entries: Iterable[NamedWork]) -> WorkNames:
    """Index works by id, number and name; of entries with one id the names are joined."""
    works: dict[str, Work] = {}
    bearers: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    subjects: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for entry in entries:
        works[entry.id] = _work(entry)
        titles = [title for title in (entry.title.ar, entry.title.en) if title]
        for words in filter(None, map(words_of, (*titles, *entry.aliases))):
            bearers[words].add(entry.id)
            subjects[entry.id].add(_subject(words))
    named = _names(bearers, works)
    return WorkNames(
        MappingProxyType(works),
        MappingProxyType(_by_number(works)),
        MappingProxyType(_by_opening(named)),
        MappingProxyType({work: tuple(filter(None, found)) for work, found in subjects.items()}),
        MappingProxyType(_shorthands(named)),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a name, folded, abbreviations written out."""
    texts = (token.text for token in tokenize(text).items)
    return tuple(_written_out(word) for word in texts if word.isalnum() and word != "the")


def match_words(
    tokens: Tokens, at: int, words: tuple[str, ...], form: Callable[[str], str] = _written_out
) -> int | None:
    """Return the index after `words` if they stand at tokens[at], whatever marks lie between.

    `form` is applied to each token's word first. «و تهريب» is read as «وتهريب».
    """
    place = at
    for word in words:
        place = _over_marks(tokens, place, single=_is_initial(word))
        if place > at and (tokens[place].text == "the" or _is_year_of(tokens, place, word)):
            place += 1
        text, step = form(tokens[place].text), 1
        if text == "و" and word.startswith("و") and word != "و":
            text, step = form("و" + tokens[place + 1].text), 2
        if text != word or tokens[place].gap is Gap.PARAGRAPH:
            return None
        place += step
    return place


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
    return any(_is_initial(token.text) and token.text.isascii() for token in beside)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word != "s"  # "children's"


def _is_year_of(tokens: Tokens, at: int, word: str) -> bool:
    """«بروتوكول سنة 2014» is «بروتوكول 2014»."""
    return tokens[at].text in ("سنه", "لسنه", "عام", "لعام") and word.isdecimal()


def _over_marks(tokens: Tokens, at: int, single: bool = False) -> int:
    """Step over marks; between the single letters of an abbreviation only points may stand."""
    place = at
    while tokens[place].text in (_POINT if single else _SKIPPED) and place < at + 2:
        place += 1
    return place


def _work(entry: NamedWork) -> Work:
    kind = "-".join(takewhile(lambda part: not part[0].isdigit(), entry.id.split("-")[1:]))
    number = fold_digits(entry.number).strip().casefold() if entry.number else None
    return Work(entry.id, entry.kind, kind, entry.jurisdiction, number, entry.year)


def _subject(title: tuple[str, ...]) -> tuple[str, ...]:
    places = [place for place, word in enumerate(title) if word in _SUBJECT]
    return title[places[0] + 1 :] if places else ()


def _by_number(works: Mapping[str, Work]) -> dict[tuple[str, int], tuple[str, ...]]:
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for work in works.values():
        if work.number and work.year:
            found[work.number, work.year].append(work.id)
    return {key: tuple(ids) for key, ids in found.items()}


def _names(
    bearers: Mapping[tuple[str, ...], set[str]], works: Mapping[str, Work]
) -> tuple[Name, ...]:
    """Return all names, the longest first."""
    derived: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for words, ids in bearers.items():
        for turned in _turned(words):
            if turned not in bearers:
                derived[turned] |= ids
    ordered = sorted((dict(bearers) | derived).items(), key=lambda item: (-len(item[0]), item[0]))
    return tuple(
        Name(
            words,
            _newest_first(ids, works),
            any(word in COUNTRY_WORDS or word in _OWN_WORDS for word in words),
            words in derived,
        )
        for words, ids in ordered
    )


def _turned(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Turn "trafficking law" into "law on trafficking", of a convention likewise."""
    *subject, kind = words
    if kind not in ("law", "convention") or not subject or not all(map(str.isalpha, subject)):
        return ()
    return ((kind, "on", *subject), (kind, "concerning", *subject), (kind, "of", *subject))


def _shorthands(names: tuple[Name, ...]) -> dict[str, tuple[tuple[tuple[str, ...], Name], ...]]:
    """Index «جزاء», «عمل اهلي» and the like by their first word, the longest first."""
    found: defaultdict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
    for name in names:
        if name.words[0] == "قانون" and len(name.words) > 1:
            words = tuple(map(_indefinite, name.words[1:]))
            found[words[0]].append((words, name))
    named = {name.words: name for name in names}
    for word, full in SHORTHANDS.items():
        bearer = named.get(tuple(map(_written_out, full)))
        if bearer:
            found[_indefinite(word)].append(((_indefinite(word),), bearer))
    return {word: tuple(entries) for word, entries in found.items()}


def _by_opening(names: tuple[Name, ...]) -> dict[tuple[str, str], tuple[Name, ...]]:
    found: defaultdict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in names:
        words = name.words
        forms = {words[0]} if words[0].isascii() else {form for form, _ in with_clitics(words[0])}
        if len(words) == 1 and not words[0].isascii() and not words[0].startswith(ARTICLE):
            forms |= {form for form, _ in with_clitics(ARTICLE + words[0])}  # «السيداو»
        if "قانون" in forms:
            forms |= {"ق", "وق"}
        for form in forms:
            found[form, "".join(words[1:2])].append(name)
    return {opening: tuple(names) for opening, names in found.items()}


def _newest_first(ids: Iterable[str], works: Mapping[str, Work]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda work: (-(works[work].year or 0), work)))
