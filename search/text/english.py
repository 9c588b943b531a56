"""Bring the forms of one English word to one term: Snowball, mended for law and two spellings.

Input is one word as `fold` leaves it: lower case, straight letters.
"""

from __future__ import annotations

import re
import threading

import snowballstemmer

# Words that carry grammar only. Negations and words of time stay: "without consent" is a phrase
# people search by.
_GRAMMAR = """
    a an the of to in on at by for from with as and or is are was were be been being it its this
    that these those which who whom whose there he she his her him they them their shall will
    has have had do does did such any thereof thereto therein hereby herein hereof
"""
_STOP_WORDS = frozenset(_GRAMMAR.split())

# British and American spelling of one word.
_OUR = re.compile(r"^(lab|harb|hon|fav|behavi|neighb|endeav|col)our")
_ISE = re.compile(r"(?<=[a-z]{4})is(e|es|ed|er|ers|ing|ation|ations)$")
_SPELLING = {
    "offence": "offense",
    "offences": "offenses",
    "defence": "defense",
    "defences": "defenses",
    "licence": "license",
    "licences": "licenses",
    "judgement": "judgment",
    "judgements": "judgments",
    "programme": "program",
    "programmes": "programs",
    "cheque": "check",
    "cheques": "checks",
}
_PLURALS = {"children": "child", "women": "woman", "men": "man", "wives": "wife"}

# By beginning: words Snowball brings to a shorter one that is another matter in law (organ of a
# body, person, minor, nation, public, import), or keeps from one that is the same.
_MENDED = {
    "organiz": "organiz",
    "personnel": "personnel",
    "personal": "personal",
    "minorit": "minority",
    "nationalit": "nationality",
    "publicat": "publication",
    "importan": "important",
    "university": "university",
    "registr": "regist",
    "slaver": "slave",
    "coerc": "coerc",
}

_local = threading.local()  # a Snowball stemmer keeps its word in itself


def stem(word: str) -> str:
    """Return the term of a folded English word."""
    word = word.replace("’", "'").removesuffix("'s").strip("'")
    word = _PLURALS.get(word, _SPELLING.get(word, word))
    word = _ISE.sub(r"iz\1", _OUR.sub(r"\1or", word))
    for beginning, term in _MENDED.items():
        if word.startswith(beginning):
            return term
    return _stemmer().stemWord(word) or word


def is_stop_word(word: str) -> bool:
    """Tell whether a folded English word carries grammar only."""
    return word in _STOP_WORDS


def _stemmer() -> snowballstemmer.stemmer:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("english")
    return _local.stemmer
