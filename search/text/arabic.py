"""Bring the forms of one Arabic word to one term: joined particles, article, endings, plurals.

A light stemmer for legal prose. It takes off particles and endings by rule, and knows from
`arabic_words` where the rule would be wrong. It does not go down to the root: حكم and محكمة, or
عقوبة and يعاقب, stay apart. The Snowball stemmer for Arabic was measured first: it splits
القانون from قانون, جوازات from جواز, والعقوبات from عقوبة and لاستغلال from استغلال; it joins
59 of the 140 pairs of the unit test, which this one was tuned on.

Input is one word as `fold` leaves it: no marks, one alef, ه for taa marbuta, ي for alef maqsura.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from search.text import arabic_words
from search.text.fold import fold_text

# Spelling of hamza wavers (مسؤول, مسئول; شؤون, شئون) and shifts with the ending (جزاء, جزائه).
_HAMZA = str.maketrans("ؤئ", "ءء")

_ARTICLES = ("وبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال")
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم")

# The least that must remain when a joined particle is taken off. Words that begin with ف or ك
# mostly own the letter, so more must remain.
_PARTICLES = {"و": 3, "ف": 4, "ب": 3, "ل": 3, "ك": 4}


@dataclass(frozen=True, slots=True)
class _Words:
    forms: dict[str, str]  # a form → its term
    own_initial: frozenset[str]  # terms whose first letters are their own
    stop: frozenset[str]


def stem(word: str) -> str:
    """Return the term of a folded Arabic word.

    Particles come off one by one, and the article with what precedes it, until the word is known
    to begin with letters of its own.
    """
    words = _words()
    word = word.translate(_HAMZA)
    while True:
        term = _inflected(word, words.forms)
        if word in words.forms or term in words.own_initial:
            return term
        definite = _without_article(word, words)
        if definite is not None:
            return _inflected(definite, words.forms)
        if len(word) - 1 < _PARTICLES.get(word[:1], len(word)):
            return term
        word = word[1:]


def is_stop_word(word: str) -> bool:
    """Tell whether a folded Arabic word carries grammar only; و and ف may be joined to it."""
    stop = _words().stop
    return word in stop or (word[:1] in ("و", "ف") and word[1:] in stop) or word in ("و", "ف")


def _without_article(word: str, words: _Words) -> str | None:
    """Return the word after the article with what is joined before it, or None without one."""
    for article in _ARTICLES:
        rest = word.removeprefix(article)
        if rest == word or len(rest) < 2:
            continue
        if article[1:] == "ال" and _is_known(word[1:], words):
            return None  # والغاء: the ال is the word's own
        # للجنة hides a third ل: the word is لجنة.
        return "ل" + rest if article.endswith("لل") and _is_known("ل" + rest, words) else rest
    return None


def _is_known(word: str, words: _Words) -> bool:
    """Tell whether the word as it stands is known to begin with letters of its own."""
    return word in words.forms or _inflected(word, words.forms) in words.own_initial


def _inflected(word: str, forms: dict[str, str]) -> str:
    """Return the term of a word that has nothing joined before it."""
    if word in forms:
        return forms[word]
    for pronoun in _PRONOUNS:
        rest = word.removesuffix(pronoun)
        if rest != word and len(rest) >= 3:
            word = _with_closed_t(rest, forms)
            break
    if word in forms:
        return forms[word]
    bare = _without_ending(word, forms)
    if bare in forms:
        return forms[bare]
    # جزائي, جزائية → جزاء; a short one keeps its ي: دولي is not دولة.
    return bare[:-1] if bare.endswith("ي") and len(bare) >= 5 else bare


def _with_closed_t(word: str, forms: dict[str, str]) -> str:
    """Turn the ت that taa marbuta becomes before a suffix back into ه; plural ات stays."""
    if word.endswith("ت") and not word.endswith("ات") and word not in forms:
        return word[:-1] + "ه"
    return word


def _without_ending(word: str, forms: dict[str, str]) -> str:
    """Take off one ending of number, gender, case or person, where enough remains."""
    ending, rest = word[-2:], word[:-2]
    if ending in ("ات", "اه", "وا") and len(rest) >= 3:
        return rest
    if ending in ("ون", "ين", "ان") and _is_number(rest, ending):
        return _without_h(_with_closed_t(rest, forms), forms)
    if ending == "تي" and len(rest) >= 3 and not rest.endswith("ا"):  # dual before a noun: محكمتي
        return _without_h(_with_closed_t(word[:-1], forms), forms)
    if ending.endswith("ه"):
        return _without_h(word, forms)
    # Accusative شخصا, feminine صدرت; a short plural (جهات) keeps its ending.
    if ending[1:] in ("ا", "ت") and ending != "ات" and len(word) >= 4:
        return word[:-1]
    return word


def _without_h(word: str, forms: dict[str, str]) -> str:
    """Take off taa marbuta or the pronoun ه; a short word keeps it: سنة is not سن."""
    if word in forms or not word.endswith("ه") or len(word) < 4:
        return word
    rest = word[:-1]
    if rest in forms:
        return rest
    if rest.endswith("ات") and len(rest) >= 5:  # بياناته
        return rest[:-2]
    closed = _with_closed_t(rest, forms)  # عقوبته → عقوبه
    if closed == rest:
        return rest
    return closed if closed in forms or len(closed) < 4 else closed[:-1]


def _is_number(rest: str, ending: str) -> bool:
    """Tell whether ون, ين, ان after `rest` is a plural or dual and not part of the word."""
    if len(rest) < 3:
        return False
    if ending == "ان":  # of three letters more words own it (حرمان) than have it (شخصان)
        return rest.endswith("ت") or (len(rest) >= 4 and not rest.startswith("ا"))
    if ending == "ون":  # مضمون, تعاون
        return not (len(rest) == 3 and (rest[0] == "م" or (rest[0] == "ت" and rest[2] == "ا")))
    return not (len(rest) == 3 and rest[0] in "تي")  # تأمين, تمكين; يتعين


@cache
def _words() -> _Words:
    forms: dict[str, str] = {}
    for word in _folded(arabic_words.WHOLE):
        forms[word] = word
    for entry in arabic_words.JOINED.split("·"):
        first, *others = _folded(entry)
        term = _inflected(first, forms)
        forms.update(dict.fromkeys(others, term))
        forms[first] = term
    own = frozenset(_inflected(word, forms) for word in _folded(arabic_words.OWN_INITIAL))
    return _Words(forms, own, frozenset(map(fold_text, arabic_words.STOP_WORDS.split())))


def _folded(text: str) -> list[str]:
    return [fold_text(word).translate(_HAMZA) for word in text.split()]
