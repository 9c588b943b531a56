"""Which words are names, which may be, and which are ordinary words of judgments.

The lists lie in `words/`: bare words, one spelling each; `#` begins a comment. All words are
compared as `search.text.fold` leaves them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from search.text.fold import fold_text

_FOLDER = Path(__file__).parent / "words"
_VERBS = "verbs_ar.txt"
_MIN_STEM = 3
_RARE_PREFIXES = frozenset({"ك", "كال", "س", "ا", "وا", "فب", "فل", "وس", "فس"})
_PREFIXES = (
    *("", "و", "ف", "ب", "ل", "ك", "س", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل"),
    *("وب", "ول", "فب", "فل", "وس", "فس", "وبال", "ا", "وا"),
)
_SUFFIXES = (
    *("", "ه", "ها", "هم", "هما", "هن", "ي", "نا", "ا", "وا", "ون", "ان", "ين", "ت", "تا", "ات"),
    *("ته", "تها", "تهم", "تهما", "وه", "وها", "يه", "يها", "اه", "اها", "ني", "يت", "ات", "اته"),
    *("اتها", "اتهم", "تين", "تان", "يا", "يه", "يين", "يون"),
)
# Past and present of a verb in the persons of a narrative: he, she, they, they two.
_PAST = ("{}", "{}ت", "{}ا", "{}تا", "{}وا", "{}ن")
_PRESENT = ("ي{}", "ت{}", "ن{}", "ا{}", "ي{}ون", "ت{}ان", "ي{}ان", "ي{}وا", "ي{}ا", "ي{}ن")


def is_name(word: str) -> bool:
    """Tell whether a folded Arabic word is a name wherever it stands."""
    return word in _strong()


def may_be_name(word: str) -> bool:
    """Tell whether a folded Arabic word is a name and also an ordinary word."""
    return word in _weak()


@lru_cache(maxsize=65536)
def is_common(word: str) -> bool:
    """Tell whether a folded Arabic word is an ordinary one, with what may be joined to it."""
    if is_written_so(word):
        return True
    known = _common()
    for prefix in _PREFIXES:
        if not word.startswith(prefix):
            continue
        rest = word[len(prefix) :]
        for suffix in _SUFFIXES:
            if not rest.endswith(suffix):
                continue
            stem = rest[: len(rest) - len(suffix)]
            least = _MIN_STEM + (prefix in _RARE_PREFIXES and bool(suffix))
            if len(stem) >= least and (
                stem in known or (suffix[:1] == "ت" and stem + "ه" in known)
            ):
                return True
    return False


def is_written_so(word: str) -> bool:
    """Tell whether a word is ordinary as it stands, at most with particles before it.

    «رفعة» is ordinary only by its ending (رفع), and may be a name beside a name.
    """
    known = _common()
    joined = ("", "و", "ف", "ب", "ل", "ال", "وال", "بال", "لل")
    return any(word.startswith(p) and word[len(p) :] in known for p in joined)


def is_grammar(word: str) -> bool:
    """Tell whether a folded Arabic word only serves grammar, and so is never a name."""
    return word in _read("stop_ar.txt")


def is_of_place(word: str) -> bool:
    """Tell whether the name after this word is a place's or a public body's: «مستشفى», «منطقة»."""
    places = _read("places_ar.txt")
    return any(
        word.startswith(joined) and word[len(joined) :] in places
        for joined in ("", "و", "ف", "ب", "ل", "ال", "وال", "بال", "لل")
    )


def is_verb(word: str) -> bool:
    """Tell whether a word is a verb of narrative in a finite form, at most after و or ف."""
    return word in _inflected() or (word[:1] in ("و", "ف") and word[1:] in _inflected())


@cache
def is_latin_name(word: str) -> bool:
    """Tell whether a lower-case Latin word is a name that is also an English word: grace, hope."""
    return word in _read("names_en.txt")


@cache
def is_english(word: str) -> bool:
    """Tell whether a lower-case Latin word is an ordinary English word or its inflection."""
    known = _read("common_en.txt")
    return word in known or any(
        word.endswith(ending) and word[: len(word) - len(ending)] in known
        for ending in ("s", "es", "ed", "d", "ing", "ly")
    )


@cache
def is_institutional(word: str) -> bool:
    """Tell whether a lower-case word is written with a capital and yet no person's name."""
    return word in _read("capitals_en.txt")


@cache
def _strong() -> frozenset[str]:
    return (_read("given_ar.txt") | _read("family_ar.txt")) - _weak()


@cache
def _weak() -> frozenset[str]:
    return _read("weak_ar.txt")


@cache
def _common() -> frozenset[str]:
    return (_read("common_ar.txt") | _read("common_more_ar.txt") | _inflected()) - _strong()


@cache
def _inflected() -> frozenset[str]:
    verbs = list(_words(_VERBS))
    past = {form.format(verb) for verb in verbs[::2] for form in _PAST}
    return frozenset(past | {form.format(verb[1:]) for verb in verbs[1::2] for form in _PRESENT})


@cache
def _read(name: str) -> frozenset[str]:
    return frozenset(_words(name))


def _words(name: str) -> Iterator[str]:
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from map(fold_text, line.split())
