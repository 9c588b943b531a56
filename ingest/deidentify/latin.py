"""Find persons in Latin letters: capitalised words that are neither English nor public bodies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .arabic_units import Mention
from .lexicon import is_english, is_institutional, is_latin_name
from .roles import Role

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’.-]*")
_PARTICLES = frozenset(
    [
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "bu",
        "abu",
        "abou",
        "umm",
        "um",
        "ould",
        "de",
        "del",
        "dela",
        "la",
        "los",
        "delos",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "binti",
        "bt",
        "abd",
        "abdul",
        "abdel",
        "abdal",
    ]
)
_NAMED = re.compile(
    r"(?:\bnamed|\bcalled|\bknown as|\balias|\ba\.k\.a\.|\bMrs?\.?|\bMs\.?|\bMiss|\bDr\.?"
    r"|\bSheikha?|\bMaid"
    r"|\bthe\s+name)\s*[:“\"(]?\s*$"
)
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.VICTIM, r"victims?|complainants?|injured party|deceased"),
    (
        Role.MINOR,
        r"child(?:ren)?|minors?|girls?|boys?|infants?|daughters?|sons?|bab(?:y|ies)|teenagers?",
    ),
    (Role.ACCUSED, r"accused|defendants?|appellants?|suspects?|convicts?|respondents?"),
    (Role.WITNESS, r"witness(?:es)?|informants?"),
    (Role.EMPLOYER, r"employers?|sponsors?"),
    (
        Role.OFFICER,
        r"officers?|captain|lieutenant|major|colonel|sergeant|investigator|corporal|brigadier",
    ),
    (Role.JUDGE, r"judges?|justices?|president|presiding|members?|counsellors?"),
    (Role.COUNSEL, r"counsel|advocates?|lawyers?|attorneys?|solicitors?"),
    (Role.EXPERT, r"interpreters?|experts?|doctors?|dr|physicians?|translators?"),
    (
        Role.RELATIVE,
        r"husband|wife|brothers?|sisters?|mother|father|uncle|aunt|cousin|friend|neighbour",
    ),
    (Role.PERSON, r"mrs?|ms|miss|named|worker|maid|driver|cook|nanny|agent|broker"),
)
_ROLE = re.compile("|".join(f"(?P<{role.value}>\\b(?:{words})\\b)" for role, words in _ROLES), re.I)
_ROLE_LIST = re.compile(
    r"^\W*(?:No\.?|number|\d|first|second|third|fourth|fifth|and|,|[A-Z]\w+|\W)*$"
)
_SENTENCE = re.compile(r"(?:^|[.!?:;\n“\"(]\s*|^\s*\d+[.)]\s*)$")
_MAX_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    opens: bool  # a sentence

    @property
    def bare(self) -> str:
        return re.sub(r"['’]s?$", "", self.text.rstrip(".-"))

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


class LatinNames:
    """One reading of a text with the name keys found so far."""

    def __init__(self, raw: str, is_known: Callable[[str], bool]) -> None:
        self._raw = raw
        self._is_known = is_known
        self._words = [
            _Word(m.group(), m.start(), m.end(), self._opens(m.start()))
            for m in _WORD.finditer(raw)
        ]

    def mentions(self) -> list[Mention]:
        """Return the names in order, none overlapping another."""
        found = []
        at = 0
        while at < len(self._words):
            stop = self._run(at)
            if stop is None:
                at += 1
                continue
            found.append(self._mention(at, stop))
            at = stop
        return found

    def _run(self, at: int) -> int | None:
        """Return the index after the name that begins at words[at], or None."""
        word = self._words[at]
        lead = word.text.lower() in _PARTICLES and word.is_capital and self._joins(at + 1)
        if not (self._is_name(at) or (lead and self._is_name(at + 1))):
            return None
        stop = at + 1
        while stop < len(self._words) and self._joins(stop):
            particles = stop
            while (
                particles < len(self._words)
                and self._words[particles].bare.lower() in _PARTICLES
                and self._joins(particles)
            ):
                particles += 1
            follows = particles < len(self._words) and self._joins(particles)
            if not (follows and self._is_part(particles)):
                break
            stop = particles + 1
        return stop

    def _is_name(self, at: int) -> bool:
        """Whether words[at] is a name wherever it stands, or is announced as one."""
        word = self._words[at]
        lower = word.bare.lower()
        if not word.is_capital or len(lower) < 2 or lower in _PARTICLES | _NOT_NAMED:
            return False
        if is_institutional(lower) or all(is_institutional(p) for p in lower.split("-")):
            return False
        known = self._is_known(lower)
        if word.bare.isupper() and len(lower) <= _MAX_ACRONYM and not known:
            return False
        if is_latin_name(lower):
            beside = self._joins(at + 1) and self._is_unknown(at + 1)
            announced = self._is_named(word) or self._is_after_role(word)
            return known or beside or announced or not word.opens
        parts = [part for part in re.split(r"[-'’]", lower) if part and part not in _PARTICLES]
        if all(is_english(part) for part in parts):
            return (known and not word.opens) or self._is_named(word)
        return True

    def _is_part(self, at: int) -> bool:
        """Whether words[at], after a name, belongs to it."""
        word = self._words[at]
        lower = word.bare.lower()
        if not word.is_capital or is_institutional(lower):
            return False
        initial = len(lower) == 1 and word.text.endswith(".")
        return initial or is_latin_name(lower) or self._is_known(lower) or not is_english(lower)

    def _is_unknown(self, at: int) -> bool:
        word = self._words[at]
        lower = word.bare.lower()
        return word.is_capital and not is_english(lower) and not is_institutional(lower)

    def _joins(self, at: int) -> bool:
        """Whether only white space divides words[at] from the one before it."""
        if not 0 < at < len(self._words):
            return False
        before, word = self._words[at - 1], self._words[at]
        gap = self._raw[before.end : word.start]
        ended = before.text.endswith(".") and len(before.bare) > 2
        possessed = re.search(r"['’]s?$", before.text)
        return re.fullmatch(r"[^\S\n]*\n?[^\S\n]*", gap) is not None and not ended and not possessed

    def _opens(self, start: int) -> bool:
        return _SENTENCE.search(self._raw[max(0, start - 8) : start]) is not None

    def _is_named(self, word: _Word) -> bool:
        return _NAMED.search(self._raw[max(0, word.start - 24) : word.start]) is not None

    def _is_after_role(self, word: _Word) -> bool:
        before = self._raw[max(0, word.start - 24) : word.start]
        found = list(_ROLE.finditer(before))
        return bool(found) and not before[found[-1].end() :].strip(" ,")

    def _mention(self, at: int, stop: int) -> Mention:
        first, last = self._words[at], self._words[stop - 1]
        end = last.start + len(last.bare)
        words = tuple(
            part
            for word in self._words[at:stop]
            for part in re.split(r"-", word.bare.lower())
            if part and part not in _PARTICLES and len(part) > 1
        )
        return Mention(first.start, end, words or (first.bare.lower(),), self._role(first, end))

    def _role(self, first: _Word, end: int) -> Role | None:
        """Read the role before a name («the second accused, X») or in apposition after it."""
        before = self._raw[max(0, first.start - 48) : first.start]
        sentence = re.split(r"[.;\n](?=\s)", before)[-1]
        found = list(_ROLE.finditer(sentence))
        if found and _ROLE_LIST.match(sentence[found[-1].end() :]):
            return Role(str(found[-1].lastgroup))
        after = re.match(
            r",?\s*\(?(?:who (?:is|was) )?(?:the|a|an|her|his)\s+(\w+ )?", self._raw[end : end + 40]
        )
        appositive = _ROLE.search(self._raw[end : end + 40]) if after else None
        if appositive and after and appositive.start() <= after.end():
            return Role(str(appositive.lastgroup))
        return None


_NOT_NAMED = frozenset(
    [
        "the",
        "a",
        "an",
        "court",
        "judge",
        "counsel",
        "in",
        "on",
        "of",
        "to",
        "for",
        "and",
        "or",
        "by",
        "as",
        "at",
        "he",
        "she",
        "it",
        "they",
        "this",
        "that",
        "public",
        "prosecution",
        "state",
        "ministry",
        "general",
        "law",
        "article",
    ]
)
