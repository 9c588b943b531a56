"""Read one name in Arabic text: its parts, what is joined to them, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .lexicon import is_common, is_grammar, is_name, is_verb, is_written_so, may_be_name
from .ordinary import TANWEEN, is_ordinary
from .roles import Role
from .tokens import Text

_MAX_WORDS = 8  # of one name
_MIN_UNKNOWN = 3
_BEING = frozenset({"كان", "يكون", "تكون"})  # «كان وليد إكراه»
_HEADS = frozenset({"ابو", "ابا", "ابي", "ام", "بو", "با"})
_SONS = frozenset({"بن", "ابن", "بنت", "ال", "ولد", "بني"})
_OF_FAITH = frozenset({"الدين", "الله", "الاسلام", "النبي", "الرحمن", "الرسول"})
# An unknown word that begins so is an ordinary one with particles: «واطمئنانه», «للاقتناع».
_PARTICLES = ("وا", "فا", "لل", "وب")


class Need(IntEnum):
    """How surely a name is expected at a place."""

    LISTED = 0  # only words that are names everywhere
    LIKELY = 1  # also words that may be names, and words nobody knows
    SURE = 2  # also ordinary words


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: raw[start:end], its words folded, what announced it."""

    start: int
    end: int
    words: tuple[str, ...]
    role: Role | None = None
    feminine: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """One part of a name: tokens up to `stop`, as one word."""

    stop: int
    word: str


class NameReader:
    """Reads names in one text, with the name words found in it so far."""

    def __init__(self, text: Text, known: frozenset[str], foreign: bool = False) -> None:
        """Prepare a text; `foreign`: it is not Arabic, so that Arabic words in it are names."""
        self.text = text
        self.tokens = text.tokens
        self.known = known
        self.least = Need.LIKELY if foreign else Need.LISTED
        # Where «على» is spelled so, «علي» is the name; some print both with two dots.
        self._tells_ya = "على" in text.raw

    def name_at(
        self, at: int, joined: int, need: Need, several: bool = False
    ) -> tuple[Mention, int] | None:
        """Read a name that begins `joined` letters into tokens[at].

        `several`: others may follow, so that «و» before an unknown word begins the next one.
        """
        first = self._unit(at, joined, need, leads=True)
        if first is None:
            return None
        words, stop = [first.word], first.stop
        met = need is Need.LISTED and first.word in self.known
        while len(words) < _MAX_WORDS and stop < len(self.tokens):
            if not self.tokens[stop].follows or self.begins_another(stop, several):
                break
            unit = self._unit(stop, 0, Need.LIKELY, leads=False)
            new_line = "\n" in self.tokens[stop].gap
            if unit is None or ((met or new_line) and not self._may_follow(unit)):
                break
            words.append(unit.word)
            stop = unit.stop
        start = self.tokens[at].start + joined
        span = self.text.source(start, self.tokens[stop - 1].end)
        return Mention(*span, tuple(words)), stop

    def _may_follow(self, unit: _Unit) -> bool:
        """Whether a word may belong to a name met before: «تشامبا مكبلة اليدين» goes no further."""
        inside = "\n" not in self.tokens[unit.stop - 1].gap and self._has_next(unit.stop - 1)
        between = inside and self.word(unit.stop) in self.known
        listed = is_name(unit.word) or may_be_name(unit.word) or unit.word in self.known
        return listed or between or unit.word.startswith(("ال", "ابو", "عبد"))

    def _unit(self, at: int, joined: int, need: Need, leads: bool) -> _Unit | None:
        if at >= len(self.tokens):
            return None
        word = self.word(at)[joined:]
        if len(word) < 2 or (is_grammar(word) and word != "علي"):
            return None
        if word.startswith("ل") and joined and self.word(at)[joined - 1] == "ل":
            listed = is_name(word) or may_be_name(word) or word in self.known
            word = word if listed else "ا" + word  # للعنزي: the lam swallowed the alef
        following = self.word(at + 1) if self._has_next(at) else ""
        compound = self._compound(at, word, following, need, leads)
        if compound is not None:
            return compound
        return _Unit(at + 1, word) if self._stands_alone(at, word, need, leads) else None

    def _compound(
        self, at: int, word: str, following: str, need: Need, leads: bool
    ) -> _Unit | None:
        """Read «عبد الرحمن», «أبو بكر», «نور الدين», «بن ناصر»."""
        if not following or (is_grammar(following) and following != "علي"):
            return None
        if word == "عبد" and (following.startswith("ال") or is_name("عبد" + following)):
            return _Unit(at + 2, word + following)
        if following in _OF_FAITH and (is_name(word) or may_be_name(word) or not is_common(word)):
            return _Unit(at + 2, word + following)
        named = is_name(following) or may_be_name(following) or following in self.known
        sure = is_name(following) or following in self.known
        expected = word != "ام" and (named or (need and not is_common(following)))
        if word in _HEADS and (sure or expected):  # «أم» is also "or"
            return _Unit(at + 2, word + following)
        if not leads and word in _SONS:
            inner = self._unit(at + 1, 0, Need.SURE, leads=False)
            return inner or _Unit(at + 2, following)
        return None

    def _stands_alone(self, at: int, word: str, need: Need, leads: bool) -> bool:
        if is_name(word) or (word in self.known and not may_be_name(word)):
            return not (word in self.known and is_common(word) and self._is_used(at, word))
        if may_be_name(word):
            return self._is_meant(at, word, need, leads)
        if need is Need.LISTED or len(word) < _MIN_UNKNOWN:
            return False
        if need is Need.SURE:
            particle = word[:1] in "وفبلك" and is_written_so(word[1:])
            return not particle and not (word.startswith("ال") and is_common(word))
        return self._is_unknown(at, word, leads)

    def _is_meant(self, at: int, word: str, need: Need, leads: bool) -> bool:
        """Whether a word that may be a name is one here."""
        if self._is_used(at, word, announced=bool(need) or not leads):
            return False
        if leads and need is Need.LISTED:
            beside = self._has_next(at) and is_name(self.word(at + 1))
            return word in self.known or beside
        return True

    def _is_unknown(self, at: int, word: str, leads: bool) -> bool:
        """Whether a word in no list is no ordinary one either, and so a name where one is due."""
        beside = leads and self._has_next(at) and self._is_listed(at + 1)
        written = self.text.raw_of(self.tokens[at])
        if TANWEEN in written or (leads and not beside and word.startswith(_PARTICLES)):
            return False
        if beside and written.endswith("ة") and self.is_namelike(at + 1):
            return True  # no verb ends so
        return not (is_written_so(word) if beside else is_common(word))

    def _is_listed(self, at: int) -> bool:
        """Whether tokens[at] is a name or a word that nobody knows, as in the middle of a name."""
        word = self.word(at)
        if is_name(word) or may_be_name(word):
            return True
        return not is_grammar(word) and not is_common(word)

    def _is_used(self, at: int, word: str, announced: bool = False) -> bool:
        """Whether tokens[at] is the word, not the name."""
        if word == "علي" and self._tells_ya and (announced or word in self.known):
            return self.text.raw_of(self.tokens[at]).endswith("ى")
        before = self.word(at - 1) if at and self.tokens[at].follows and not announced else ""
        told = is_verb(before) and before.lstrip("وف") not in _BEING
        if word in self.known and (announced or told):  # «وأكدت أمل أن»
            return is_ordinary(word, "", "", self.text.raw_of(self.tokens[at]))
        after = self.word(at + 1) if self._has_next(at) else ""
        if not is_common(after) or may_be_name(after) or after in self.known:
            after = ""
        return is_ordinary(word, before, after, self.text.raw_of(self.tokens[at]))

    def is_namelike(self, at: int) -> bool:
        word = self.word(at)
        return is_name(word) or word in self.known or may_be_name(word) or word in _HEADS | {"عبد"}

    def _has_next(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].follows

    def begins_another(self, at: int, several: bool = False) -> bool:
        """Whether something is joined to a name at tokens[at], so that it is another person's."""
        word = self.word(at)
        if not word or is_name(word) or word in self.known:
            return False
        if several and word.startswith("و") and not may_be_name(word):
            return True
        return any(
            joined and (is_name(rest) or rest in self.known)
            for joined, rest in self.tokens[at].readings()
        )

    def word(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""
