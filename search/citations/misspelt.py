"""Read a law's name with a slip of the finger in it: "Palermo Protocal", «قانون العمالة المنزيلة».

One word of the name may be off by one letter. A short word is too near to others («قانون الإيجار»
is not «الاتجار»): alone it names nothing, with one word more the law is only offered.
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.citations.lexer import Tokens
from search.citations.name_words import match_words, over_marks, written_out
from search.citations.names import Name, WorkNames
from search.citations.vocabulary import ARTICLE
from search.spelling import slips

_HELD = re.compile(r"(.)\1+")
_MIN_CHARS = 5  # as for other words: shorter ones have too many neighbours
_SURE_CHARS = 6
_MAX_LONGER = 4  # an article, a letter and a hamza
_KINDS = frozenset({"قانون"})  # no other word is near these
_JOINERS = frozenset({"و", "the", "&"})
_SURE_WORDS = 3  # of a name of more words the rest shows which is meant; «قانون» says little


def misspelt_name_at(tokens: Tokens, names: WorkNames, at: int) -> tuple[Name, int, bool] | None:
    """Return the longest name with one slip at tokens[at], the index after it, and if sure."""
    if not tokens[at].is_word:
        return None
    following = tokens[over_marks(tokens, at + 1)].text
    letter = _plain(following)[:1]
    for name in names.begun(tokens[at].text, following):
        if letter != _plain(name.words[1])[:1] and following not in _JOINERS:
            continue  # a slip leaves the first letter, and this is the quick way to see it
        found = _match(tokens, at, name.words)
        if found is not None:
            return name, *found
    return None


def _match(tokens: Tokens, at: int, words: tuple[str, ...]) -> tuple[int, bool] | None:
    place, slipped, held = at, "", False
    for word in words:
        stop = match_words(tokens, place, (word,)) if place > at else _first(tokens, at, word)
        start = over_marks(tokens, place) if place > at else at
        if stop is None and _is_held_down(tokens[start].text, word):
            held, stop = True, start + 1
        if stop is None:
            if slipped or not is_slip(tokens[start].text, word):
                return None
            slipped, stop = word, start + 1
        place = stop
    if not slipped:
        return (place, True) if held else None
    long = len(slipped.removeprefix(ARTICLE)) >= _SURE_CHARS
    if slipped in _KINDS:  # «قنون الجزاء»
        return place, True
    sure = long or len(words) > (_SURE_WORDS if slipped != words[0] else _SURE_WORDS - 1)
    return (place, sure) if long or len(words) > 2 else None


def _is_held_down(text: str, word: str) -> bool:
    """Whether a key was held down too long: «الجزااء», "Penaal"; no other word is written so."""
    return text != word and written_out(_HELD.sub(r"\1", text)) == word


def _first(tokens: Tokens, at: int, word: str) -> int | None:
    """The first word stands there in any form: that is how the name was looked up."""
    text = tokens[at].text
    return at + 1 if text == word or (not word.isascii() and text.endswith(word)) else None


def is_slip(text: str, word: str) -> bool:
    """Whether `text` is `word` with one letter wrong, missing, added or turned around."""
    if abs(len(text) - len(word)) > _MAX_LONGER:
        return False
    one, other = _plain(text), _plain(word)
    near = min(len(one), len(other)) >= _MIN_CHARS - 1 and abs(len(one) - len(other)) <= 1
    if not near or len(other) < _MIN_CHARS or one[0] != other[0] or not text.isalpha():
        return False
    if text[:-1] == word and text[-1] != word[-1]:  # "Palermo Protocols", «بروتوكولي» are several
        return False
    if text.removeprefix(ARTICLE) == word.removeprefix(ARTICLE):
        return False  # the article is no slip
    return one.isascii() == other.isascii() and slips(one, other) <= 1


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return word.removeprefix(ARTICLE).replace("ء", "")
