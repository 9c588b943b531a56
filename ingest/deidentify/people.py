"""Tell persons apart by the names a document gives them, and give each one placeholder.

Two mentions mean one person where the words of one are among the words of the other; a single
word means the first person whose given name it is, else the first who bears it. Spellings in
Latin letters, and Arabic against Latin, are compared by their consonants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.model import Language

from .arabic_units import Mention
from .roles import LABELS_AR, LABELS_EN, ORDER, Role

# Sounds that transliterations write now one way, now the other, count as one; vowels do not count.
_LATIN = str.maketrans("cqvpxzj", "kkfbksg", "aeiouyw")
_DIGRAPHS = (
    ("th", "t"),
    ("dh", "d"),
    ("kh", "h"),
    ("gh", "g"),
    ("sh", "s"),
    ("ch", "s"),
    ("ph", "f"),
)
_ARABIC = str.maketrans("بتثجحخدذرزسشصضطظغفقكلمنپڤگ", "bttghhddrssssdtdgfkklmnbfg", "اويءئؤهآأإىعة")
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MIN_KEY = 2


def key_of(word: str) -> str:
    """Return the consonants of a name word in either script; "" where they say too little.

    >>> key_of("fatima") == key_of("fatmah") == key_of("فاطمه") == "ftm"
    True
    """
    if word.isascii():
        for digraph, letter in _DIGRAPHS:
            word = word.replace(digraph, letter)
        word = word.removeprefix("al-").removeprefix("el-")
        word = word.rstrip("h") if len(word) > 3 else word
        key = "".join(c for c in word.translate(_LATIN) if c.isalpha())
    else:
        key = word.removeprefix("ال").translate(_ARABIC)
    squeezed = "".join(c for n, c in enumerate(key) if n == 0 or key[n - 1] != c)
    return squeezed if len(squeezed) >= _MIN_KEY else ""


@dataclass(slots=True)
class Person:
    """One person of a document: all words of the name, the roles met, the placeholder's number."""

    words: set[str]
    given: str
    roles: list[Role] = field(default_factory=list)
    feminine: bool = False
    number: int = 0

    @property
    def role(self) -> Role:
        return min(self.roles, key=ORDER.index, default=Role.PERSON)

    def placeholder(self, language: Language) -> str:
        """Return what stands in place of the name: «[المجني عليها ١]», "[Victim 1]"."""
        if language is Language.EN:
            return f"[{LABELS_EN[self.role]} {self.number}]"
        label = LABELS_AR[self.role][self.feminine]
        return f"[{label} {str(self.number).translate(_DIGITS)}]"


def _forms(words: Iterable[str], least: int = _MIN_KEY) -> set[str]:
    """Return the words as they are compared: as written, without article, and by consonants.

    `least`: how many consonants count; two are too few where nothing else is said.
    """
    found: set[str] = set()
    for word in words:
        bare = word.removeprefix("ال") if len(word) > 4 else word
        found.add(bare)
        key = key_of(word)
        if len(key) >= least:
            found.add(f"~{key}")
    return found


class People:
    """The persons of one document, in the order in which they are first named."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._people: list[Person] = []
        listed = sorted(mentions, key=lambda m: (-len(m.words), m.start))
        for mention in listed:
            person = self.find(mention)
            if person is None:
                given = next(iter(sorted(_forms(mention.words[:1]), reverse=True)), "")
                person = Person(set(), given)
                self._people.append(person)
            person.words |= _forms(mention.words)
            if mention.role is not None:
                person.roles.append(mention.role)
                person.feminine = person.feminine or mention.feminine
        self._number(listed)

    def _number(self, mentions: list[Mention]) -> None:
        counts: dict[Role, int] = {}
        for mention in sorted(mentions, key=lambda m: m.start):
            person = self.find(mention)
            if person is not None and not person.number:
                counts[person.role] = counts.get(person.role, 0) + 1
                person.number = counts[person.role]

    def find(self, mention: Mention) -> Person | None:
        """Return the person a mention means, or None for one not met yet."""
        alone = len(mention.words) == 1
        least = _MIN_KEY + alone
        forms = [_forms([word], least) for word in mention.words]
        bearers = [p for p in self._people if all(form & p.words for form in forms)]
        if not bearers and not alone:
            bearers = [
                p
                for p in self._people
                if p.given in forms[0] and sum(bool(form & p.words) for form in forms) >= 2
            ]
        by_given = [p for p in bearers if p.given in forms[0]]
        if by_given:
            return by_given[0]
        if not alone:
            return next(iter(bearers), None)
        return bearers[0] if bearers else None
