"""Build the index of works by number, title and nickname, under every form that is looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from types import MappingProxyType

from search.citations.countries import COUNTRY_WORDS
from search.citations.name_words import indefinite, singular, stem, words_of, written_out
from search.citations.names import THE_LAW, Name, NamedWork, Work, WorkNames, newest_first
from search.citations.vocabulary import ARTICLE, SHORTHANDS, with_clitics
from search.text.numerals import fold_digits

# A title's subject begins after one of these: «في شأن …», "on …".
_SUBJECT = frozenset(
    {"شان", "بشان", "باصدار", "بتعديل", "concerning", "on", "regarding", "amending", "issuing"}
)
_OWN_WORDS = frozenset({"نظام", "federal"})  # in names of foreign laws only


def build_work_names(entries: Iterable[NamedWork]) -> WorkNames:
    """Index works by id, number and name; of entries with one id the names are joined."""
    works: dict[str, Work] = {}
    bearers: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    subjects: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    said: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        works[entry.id] = _work(entry)
        titles = [title for title in (entry.title.ar, entry.title.en) if title]
        for words in filter(None, map(words_of, (*titles, *entry.aliases))):
            bearers[words].add(entry.id)
            subjects[entry.id].add(_subject(words))
            said[entry.id].update(map(stem, words))
    named = _names(bearers, works)
    return WorkNames(
        MappingProxyType(works),
        MappingProxyType(_by_number(works)),
        MappingProxyType(_by_opening(named)),
        MappingProxyType({work: tuple(filter(None, found)) for work, found in subjects.items()}),
        MappingProxyType({work: frozenset(stems) for work, stems in said.items()}),
        MappingProxyType(_shorthands(named)),
        MappingProxyType(_by_word(named, 0)),
        MappingProxyType(_by_word(named, 1)),
    )


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
    codes = {(*words[:-1], "code"): ids for words, ids in bearers.items() if words[-1] == "law"}
    bearers = codes | dict(bearers)
    bearers = {_said_humanly(words): ids for words, ids in bearers.items()} | bearers
    derived: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for words, ids in bearers.items():
        for turned in _turned(words):
            if turned not in bearers:
                derived[turned] |= ids
    ordered = sorted((bearers | derived).items(), key=lambda item: (-len(item[0]), item[0]))
    return tuple(
        Name(
            words,
            newest_first(ids, works),
            any(word in COUNTRY_WORDS or word in _OWN_WORDS for word in words),
            words in derived,
        )
        for words, ids in ordered
    )


def _said_humanly(words: tuple[str, ...]) -> tuple[str, ...]:
    """Say "human trafficking" in a name for "trafficking in persons"."""
    for at in range(len(words) - 2):
        if words[at : at + 3] == ("trafficking", "in", "persons"):
            return (*words[:at], "human", "trafficking", *words[at + 3 :])
    return words


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
            words = tuple(map(indefinite, name.words[1:]))
            found[words[0]].append((words, name))
    named = {name.words: name for name in names}
    for word, full in SHORTHANDS.items():
        bearer = named.get(tuple(map(written_out, full)))
        if bearer:
            words = tuple(map(indefinite, word.split()))
            # "criminal procedure rules" are another work: a further word makes it doubtful
            several = len(words[0]) > 1 < len(words)
            found[words[0]].append((words, replace(bearer, derived=True) if several else bearer))
    return {word: tuple(sorted(entries, key=_longest)) for word, entries in found.items()}


def _longest(entry: tuple[tuple[str, ...], Name]) -> int:
    return -len(entry[0])


def _by_opening(names: tuple[Name, ...]) -> dict[tuple[str, str], tuple[Name, ...]]:
    found: defaultdict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in names:
        words = name.words
        forms = {words[0]} if words[0].isascii() else {form for form, _ in with_clitics(words[0])}
        if len(words) == 1 and not words[0].isascii() and not words[0].startswith(ARTICLE):
            forms |= {form for form, _ in with_clitics(ARTICLE + words[0])}  # «السيداو»
        if "قانون" in forms:
            forms |= {"ق", "وق"}
            if len(words) > 2:  # «القانون الاتجار بالبشر»
                forms.add(THE_LAW)
        for form in forms:
            found[singular(form), singular("".join(words[1:2]))].append(name)
    return {opening: tuple(names) for opening, names in found.items()}


def _by_word(names: tuple[Name, ...], place: int) -> dict[str, tuple[Name, ...]]:
    """Index names of several words by their first word in all its forms, or by their second."""
    found: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        if len(name.words) > 1 and not name.derived:
            word = name.words[place]
            for form in {form for form, _ in with_clitics(word)} if place == 0 else {word}:
                found[form].append(name)
    return {word: tuple(names) for word, names in found.items()}
