"""Synthetic identities: made-up persons, of whom many bear names that no list of ours knows.

Every person is an arbitrary combination of bare name words; none is anybody.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from ingest.deidentify.lexicon import is_name, may_be_name
from search.text.fold import fold_text

ROLES = ("victim", "minor", "accused", "witness", "employer", "relative")


@dataclass(frozen=True, slots=True)
class NameWord:
    """One name word in Arabic, with its Latin spellings."""

    ar: str
    en: tuple[str, ...]
    held_out: bool

    def latin(self, chance: random.Random) -> str:
        return chance.choice(self.en)


@dataclass(frozen=True, slots=True)
class Identity:
    """A made-up person: given name, father's and family name, and the role in the case."""

    role: str
    woman: bool
    given: NameWord
    father: NameWord
    family: NameWord

    @property
    def held_out(self) -> bool:
        """Whether the given or the family name is in none of our lists."""
        return self.given.held_out or self.family.held_out

    @property
    def words(self) -> tuple[NameWord, ...]:
        return (self.given, self.father, self.family)


def read_words(listed: str, held_out: bool) -> list[NameWord]:
    """Read «فاطمة=Fatima,Fatma …»; names said to be held out must be in no list."""
    found = []
    for entry in listed.split():
        arabic, _, latin = entry.partition("=")
        folded = fold_text(arabic)
        if held_out and (is_name(folded) or may_be_name(folded)):
            continue
        found.append(NameWord(arabic, tuple(latin.split(",")), held_out))
    return found


def _pools() -> list[dict[bool, list[NameWord]]]:
    """Read names.txt: women, men and families, of each the known and the held-out ones."""
    parts = (Path(__file__).parent / "names.txt").read_text("utf-8").split("\n\n")
    listed = ["\n".join(line for line in part.splitlines() if line[:1] != "#") for part in parts]
    return [
        {False: read_words(listed[n], False), True: read_words(listed[n + 3], True)}
        for n in range(3)
    ]


WOMEN, MEN, FAMILIES = _pools()


def identities(chance: random.Random, held_out: float = 0.5) -> list[Identity]:
    """Return the persons of one case, one a role and two victims, sharing no word of a name."""
    taken: set[str] = set()

    def pick(pool: dict[bool, list[NameWord]]) -> NameWord:
        while True:
            word = chance.choice(pool[chance.random() < held_out])
            if word.ar not in taken:
                taken.add(word.ar)
                return word

    persons = []
    for role in (
        "victim",
        "victim",
        "minor",
        "accused",
        "accused",
        "witness",
        "employer",
        "relative",
    ):
        woman = role in ("victim", "minor") or (role == "relative" and chance.random() < 0.5)
        given = pick(WOMEN if woman else MEN)
        persons.append(Identity(role, woman, given, pick(MEN), pick(FAMILIES)))
    return persons
