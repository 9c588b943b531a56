"""Read the parts of an article that a citation names: paragraphs, points, «مكرر»."""

from __future__ import annotations

from dataclasses import dataclass

from search.citations.labels import MAX_LABEL, OWN_MEANING, Label, label_at, lettered
from search.citations.lexer import Tokens
from search.citations.vocabulary import (
    ALL_OF,
    ALL_OF_IT,
    AND,
    AND_PHRASES,
    BELOW_CLAUSE,
    BRACKETS,
    CLAUSES,
    COMMAS,
    CONVENTION,
    DASHES,
    FROM,
    LAST,
    LAW_OPENINGS,
    OF,
    TO,
)
from search.identifiers import clause_label
from search.text.numerals import adverb_at, ordinal_at

_PLURAL_ENDINGS = ("تيها", "اتها", "ديها", "ودها", "تين", "تان", "ات", "دين", "دان", "ود", "s")


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses of one level, e.g. ("par-1", "par-2"); empty: named, but not by a number."""

    segments: tuple[str, ...]
    stop: int


def after_and(tokens: Tokens, at: int) -> int:
    """Return the index after "and", "as well as", «وكذلك» at tokens[at]; `at` if there is none."""
    for phrase in AND_PHRASES:
        if all(tokens[at + step].text == word for step, word in enumerate(phrase)):
            return at + len(phrase)
    return at + (tokens[at].text in AND)


def clauses_at(tokens: Tokens, at: int) -> Clauses | None:
    """Read a clause word with its labels: «الفقرتين الأولى والثانية», "para. 2", "first point"."""
    word, place = _clause_word(tokens, at)
    if word is None:
        return _ordinal_first(tokens, at)
    place += tokens[place].text in BELOW_CLAUSE
    place += tokens[place].text in FROM and word.endswith(_PLURAL_ENDINGS)  # «البنود من 1 إلى 3»
    place += tokens[place].text in (".", ":", "/")
    opened = tokens[place].text == "(" and not label_at(tokens, place)  # «البنود (1 - 3)»
    label = label_at(tokens, place + opened)
    if label is None:
        return Clauses((), place) if tokens[at].text in ALL_OF_IT else None
    labels = [label]
    while _goes_on(tokens, word, labels[-1]) and (more := _next_labels(tokens, labels[-1])):
        labels += more
    segments, stop = _segments(word, labels), labels[-1].stop
    stop += opened and tokens[stop].text == ")"
    below, stop = _letter_below(tokens, stop) or bracketed_at(tokens, stop, top=False)
    if below and segments:
        segments = (*segments[:-1], "/".join((segments[-1], *below)))
    return Clauses(segments, stop)


def _letter_below(tokens: Tokens, at: int) -> tuple[tuple[str, ...], int] | None:
    """Read the letter of «فقرة 3 أ من»: a point of the paragraph."""
    letter, after = tokens[at].text, tokens[at + 1]
    if len(letter) != 1 or letter.isascii() or not letter.isalpha() or letter in OWN_MEANING:
        return None
    ends = not after.text or after.text in OF | CONVENTION | COMMAS | LAW_OPENINGS
    if not tokens[at - 1].is_digits or not ends:
        return None
    return (f"pt-{clause_label(letter)}",), at + 1


def _goes_on(tokens: Tokens, word: str, label: Label) -> bool:
    """Whether further labels may follow: after a plural, or «فقرة أولى وثانية»."""
    if word.endswith(_PLURAL_ENDINGS):
        return True
    last, following = tokens[label.stop - 1].text, tokens[label.stop].text
    if len(last) == 1 and last.isalpha() and following.startswith("و") and len(following) == 2:
        return True  # «بند ج ود»
    ordinal = label.text is not None and last.isalpha() and len(last) > 2
    return ordinal and not last.startswith("ال") and following[1:3] != "ال"


def _clause_word(tokens: Tokens, at: int) -> tuple[str | None, int]:
    """Return the clause word at tokens[at] and the index after it; "sub-paragraph" is one."""
    if tokens[at].text in ALL_OF and tokens[at + 1].text in CLAUSES:
        return tokens[at + 1].text, at + 2
    if tokens[at].text == "sub" and tokens[at + 1].is_digits:
        return "subsection", at + 1
    if tokens[at].text == "sub":
        place = at + (2 if tokens[at + 1].text in DASHES else 1)
        word = "sub" + tokens[place].text
    else:
        place, word = at, tokens[at].text
    return (word, place + 1) if word in CLAUSES else (None, at)


def _ordinal_first(tokens: Tokens, at: int) -> Clauses | None:
    """Read "second paragraph", "2nd paragraph", "first and second paragraphs"."""
    label = label_at(tokens, at, bare_letters=False) if tokens[at].text.isascii() else None
    first = tokens[at]
    ordinal = first.is_digits or first.text in LAST or ordinal_at(tokens.text, first.start)
    # "5 items", "three paragraphs" count; they do not cite
    if label is None or not ordinal or tokens[label.stop - 1].is_digits:
        return None
    labels = [label]
    while tokens[labels[-1].stop].text in AND and (
        more := label_at(tokens, labels[-1].stop + 1, bare_letters=False)
    ):
        labels.append(more)
    word, stop = _clause_word(tokens, labels[-1].stop)
    return Clauses(_segments(word, labels), stop) if word else None


def _next_labels(tokens: Tokens, label: Label) -> list[Label]:
    """Return the label after this one in a list, or all up to the end of a range: "items 1-7"."""
    ranged = tokens[label.stop].text in TO or tokens[label.stop].text in DASHES
    last = label_at(tokens, label.stop + 1) if ranged else _next_label(tokens, label.stop)
    if last is None or label.text is None or last.text is None:
        return [last] if last and not ranged else []
    between = _between(label.text, last.text) if ranged else []
    return [*(Label(text, last.stop) for text in between), last]


def _next_label(tokens: Tokens, at: int) -> Label | None:
    place = at
    while tokens[place].text in AND or tokens[place].text in COMMAS:
        place += 1
    if place > at:
        return label_at(tokens, place)
    token = tokens[at]
    if token.text.startswith("و") and len(token.text) > 2:
        number = ordinal_at(tokens.text, token.start + 1) or adverb_at(tokens.text, token.start + 1)
        stop = tokens.after(number.end) if number else None
        return Label(str(number.value), stop) if number and stop else None
    return _joined_letter(tokens, at)


def _joined_letter(tokens: Tokens, at: int) -> Label | None:
    """Read «وب» of «الفقرات أ وب وج»."""
    text = tokens[at].text
    return lettered(text[1], at + 1) if text.startswith("و") and len(text) == 2 else None


def _segments(word: str, labels: list[Label]) -> tuple[str, ...]:
    # Digits are numbered as the word says; a letter numbers a point, whatever it is called.
    return tuple(
        f"{CLAUSES[word] if label.text.isdecimal() else 'pt'}-{label.text}"
        for label in labels
        if label.text is not None
    )


def bracketed_at(tokens: Tokens, at: int, top: bool = True) -> tuple[tuple[str, ...], int]:
    """Read "(2)(a)(ii)", each level in its own brackets; `top`: right after an article's number."""
    segments: list[str] = []
    place = at
    while tokens[place].text == "(" and len(segments) < 4:
        labels = _in_bracket(tokens, place)
        for label in labels:
            first = top and not segments and label.isdecimal()
            segments.append(f"{'par' if first else 'pt'}-{label}")
        if not labels:
            break
        place += 2 * len(labels) + 1
    return tuple(segments), place


def _in_bracket(tokens: Tokens, at: int) -> list[str]:
    """Read the labels of one bracket: "(2)", and both of «(2/أ)»."""
    whole = label_at(tokens, at)
    if whole:
        return [whole.text] if whole.text and _is_plain(tokens, at, whole.stop) else []
    parted = tokens[at + 2].text == "/" and tokens[at + 4].text == ")"
    labels = (label_at(tokens, at + 1), label_at(tokens, at + 3)) if parted else ()
    texts = [label.text for label in labels if label and label.text]
    return texts if len(texts) == 2 else []


def siblings_at(
    tokens: Tokens, at: int, last: str, bare: bool = False
) -> tuple[tuple[str, ...], int]:
    """Read "(b) and (c)" or "-(d)" after "(a)": the labels of the same level as `last`.

    `bare`: letters without brackets too, as in "bis a, b and c".
    """
    kind, _, first = last.rpartition("-")
    found: list[str] = []
    place = at
    while len(found) < MAX_LABEL:
        ranged = tokens[place].text in TO or tokens[place].text in DASHES
        start = place + 1 if ranged else after_and(tokens, place + (tokens[place].text in COMMAS))
        label = label_at(tokens, start) if start > place and tokens[start].text == "(" else None
        if label is None:
            label = _bare_letter(tokens, start) if bare and start > place and not ranged else None
            label = label or _joined_letter(tokens, place)
        elif not _is_plain(tokens, start, label.stop):
            break
        if label is None or label.text is None:
            break
        found += _between(first, label.text) if ranged else ()
        found.append(label.text)
        first, place = label.text, label.stop
    return tuple(f"{kind}-{text}" for text in found), place


def _bare_letter(tokens: Tokens, at: int) -> Label | None:
    letter = tokens[at].is_word and len(tokens[at].text) == 1
    ends = tokens[at + 1].text in AND | COMMAS | OF | BRACKETS  # "bis a, L. 91/2013" goes on
    return label_at(tokens, at) if letter and ends and tokens[at].text not in OWN_MEANING else None


def _between(first: str, last: str) -> list[str]:
    """Return the labels between two: of numbers and of Latin letters; of others none is known."""
    if first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1 and first.isascii() and last.isascii():
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []


def _is_plain(tokens: Tokens, at: int, stop: int) -> bool:
    """Of labels in brackets only digits and letters count: "(first)" may say anything."""
    return stop == at + 3 and (tokens[at + 1].is_digits or len(tokens[at + 1].text) <= 4)
