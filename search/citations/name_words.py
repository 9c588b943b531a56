"""The words of laws' names, and how texts write them: clitics, abbreviations, marks between.

Knows no law: it says whether words stand at a place of a text.
"""

from __future__ import annotations

from collections.abc import Callable

from search.citations.lexer import Gap, Tokens, tokenize
from search.citations.vocabulary import ARTICLE, BRACKETS

_SAME_WORDS = {"ق": "قانون", "labor": "labour", "act": "law", "&": "and", "organised": "organized"}
_SAME_WORDS |= {"combatting": "combating", "بالبشر": "بالاشخاص", "لمنع": "منع", "لمكافحه": "مكافحه"}
_SAME_WORDS |= {"exec": "executive", "reg": "regulation", "regs": "regulations"}
_SKIPPED = BRACKETS | {"-", "‐", "‑", ".", ",", "،", "/"}  # marks a name may be interrupted by
_POINT = frozenset({"."})
_SEVERAL = frozenset({"protocols", "conventions", "covenants"})


def written_out(word: str) -> str:
    return _SAME_WORDS.get(word, word).removesuffix("ء")  # «قانون الجزا»


def indefinite(word: str) -> str:
    """Drop the article of an Arabic word: «الاهلي» → «اهلي», «والمحاكمات» → «ومحاكمات»."""
    word = written_out(word)
    lead = word[:1] if word[:1] in ("و", "ب") else ""
    rest = word[len(lead) :]
    while rest.startswith(ARTICLE) and len(rest) > 4:  # twice: «الالكترونيه» and «الكترونيه»
        rest = rest[2:]
    return lead + rest


def bare_of_preposition(word: str) -> str:
    """«بالعماله» → «العماله», «بمكافحه» → «مكافحه»; other words as they are."""
    rest = word[1:] if word.startswith("ب") and len(word) > 4 else word
    return written_out(word if word in _SAME_WORDS else rest)


def without_preposition(word: str) -> tuple[str, ...]:
    """Return the word, and what is left of it without «ب» or «ل»: «بالعماله» → «العماله»."""
    word = written_out(word)
    if word.startswith("لل"):
        return word, ARTICLE + word[2:]
    return (word, word[1:]) if word[:1] in ("ب", "ل") and len(word) > 4 else (word,)


def stem(word: str) -> str:
    return indefinite(word).removesuffix("s")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a name, folded, abbreviations written out."""
    texts = (token.text for token in tokenize(text).items)
    return tuple(written_out(word) for word in texts if word.isalnum() and word != "the")


def match_words(
    tokens: Tokens, at: int, words: tuple[str, ...], form: Callable[[str], str] = written_out
) -> int | None:
    """Return the index after `words` if they stand at tokens[at], whatever marks lie between.

    `form` is applied to each token's word first. «و تهريب» is read as «وتهريب».
    """
    place = at
    for word in words:
        place = over_marks(tokens, place, single=is_initial(word))
        if place > at and (tokens[place].text == "the" or is_year_of(tokens, place, word)):
            place += 1
        text, step = form(tokens[place].text), 1
        if text == "و" and word.startswith("و") and word != "و":
            text, step = form("و" + tokens[place + 1].text), 2
        if text == "في" and word.startswith("بال"):  # «الاتجار في البشر»
            text, step = form("ب" + tokens[place + 1].text), 2
        if text != word and word == text + tokens[place + 1].text and word.isascii():
            text, step = word, 2  # "cyber crime"
        if text != word and word is not words[-1] and singular(text) == singular(word):
            text, step = word, 1 + _possessive(tokens, place + 1)
        if text != word or tokens[place].gap is Gap.PARAGRAPH:
            return None
        place += step
    return place


def singular(word: str) -> str:
    """«Domestic Worker's Law» and "Childs Rights Law" are said as well."""
    plural = word.isascii() and len(word) > 4 and word not in _SEVERAL
    return word.removesuffix("s") if plural else word


def _possessive(tokens: Tokens, at: int) -> int:
    """Return how many tokens the "'s" at tokens[at] takes: 2, or 0 if there is none."""
    return 2 if tokens[at].text in ("'", "’") and tokens[at + 1].text == "s" else 0


def is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word != "s"  # "children's"


def is_year_of(tokens: Tokens, at: int, word: str) -> bool:
    """«بروتوكول سنة 2014» is «بروتوكول 2014»."""
    return tokens[at].text in ("سنه", "لسنه", "عام", "لعام") and word.isdecimal()


def over_marks(tokens: Tokens, at: int, single: bool = False) -> int:
    """Step over marks; between the single letters of an abbreviation only points may stand."""
    place = at
    while tokens[place].text in (_POINT if single else _SKIPPED) and place < at + 2:
        place += 1
    return place
