"""Whether the words beside a law's name make the name of another work of it, or only point back.

«قانون الإجراءات المدنية», "Protocol to the … Convention", «اللائحة التنفيذية لقانون العمل».
"""

from __future__ import annotations

from dataclasses import replace

from search.citations.conventions import Law
from search.citations.countries import POSSESSIVE
from search.citations.foreign_shapes import looks_foreign
from search.citations.joining_words import (
    SAME,
    SAME_AFTER,
    THIS,
    WORK_NOUNS,
)
from search.citations.law_words import (
    AFTER_SUBJECT,
    ATTACHED,
    CAPITALISED,
    CIRCUMSTANCES,
    CODES_OF,
    DRAFT,
    HARMLESS,
    MADE_UNDER,
    MADE_UNDER_STEPS,
    OLD,
    OTHER_KINDS,
    OTHER_SUBJECTS,
    OTHER_TRADES,
    OWN_SECTOR,
    REGULATION_OF,
)
from search.citations.lexer import Gap, Tokens
from search.citations.names import Name
from search.citations.vocabulary import (
    DASHES,
    HEADS,
    YEAR_WORDS,
)
from search.results import CitationStatus
from search.text.numerals import number_at

_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
_MAX_ATTACHED = 12  # words between a protocol and the treaty it is attached to


def in_doubt(tokens: Tokens, law: Law, at: int, stop: int, name: Name) -> Law:
    """Step back from a name that the words beside it may turn into another law's."""
    if law.status is not _RESOLVED or law.stop > stop or law.first < at:
        return law  # a number, year or country has confirmed it
    if name.words == ("constitution",) and tokens[stop].text in ("of", "act", "law"):
        return replace(law, status=CitationStatus.UNKNOWN, works=())  # of an offence, of a court
    if _is_another(tokens, at, stop):
        return Law(law.first, min(stop + 1, len(tokens)), CitationStatus.UNKNOWN)
    if tokens[stop].text in OLD or tokens[at - 1].text in OTHER_KINDS:
        return replace(law, status=CitationStatus.UNKNOWN, works=())
    return replace(law, status=_AMBIGUOUS) if _may_be_another(tokens, at, stop, name) else law


def _is_another(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether the words beside a name make the name of another work of it."""
    after = tokens[stop]
    code_of = after.text == "of" and tokens[stop + 1].text in CODES_OF
    other = after.text in OTHER_SUBJECTS or _is_other_trade(tokens, stop)
    return other or code_of or is_made_under(tokens, at) or _is_other_sector(tokens, stop)


def _may_be_another(tokens: Tokens, at: int, stop: int, name: Name) -> bool:
    after, before = tokens[stop], tokens[at - 1]
    if name.derived and after.is_word and after.text.isascii():
        return after.text not in AFTER_SUBJECT and after.gap < Gap.PARAGRAPH
    if _is_of_another(tokens, stop):
        return True
    arabic = after.text.startswith("ال") and after.gap in (Gap.NONE, Gap.SPACE)
    # An adjective of relation may name another law: «قانون الجزاء الأوروبي».
    relation = len(after.text) > 4 and after.text.endswith(("ي", "يه"))
    stranger = arabic and relation and after.text not in HARMLESS
    return stranger or before.text in DRAFT or _is_proper_name(tokens, at, name)


def _is_of_another(tokens: Tokens, stop: int) -> bool:
    """Whether a name goes on "of Ruritania": a capitalised word that nothing explains."""
    word = tokens[stop + 1]
    if tokens[stop].text != "of" or not word.is_word or word.text in CAPITALISED | HEADS.keys():
        return False
    start, _ = tokens.span(stop + 1, stop + 2)
    return tokens.source[start].isupper()


def _is_other_trade(tokens: Tokens, stop: int) -> bool:
    """«قانون الاتجار» goes on as the law on trafficking in drugs, organs, arms."""
    if tokens[stop - 1].text == "trafficking":  # "law on trafficking in drugs"
        return tokens[stop].text in ("in", "of") and tokens[stop + 1].is_word
    if not tokens[stop - 1].text.endswith("الاتجار"):
        return False
    after = tokens[stop].text
    if after == "في" and tokens[stop + 1].text in HEADS.keys() | CIRCUMSTANCES:
        return False
    trade = after.startswith("ب") and len(after) > 4 and after not in HEADS
    return after in OTHER_TRADES or trade


def _is_other_sector(tokens: Tokens, stop: int) -> bool:
    """«قانون العمل في القطاع النفطي», "Labour Law in the Oil Sector"."""
    words = [tokens[stop + step].text for step in range(4)]
    if OWN_SECTOR & set(words):
        return False
    arabic = words[0] in ("في", "(") and words[1] in ("القطاع", "قطاع")
    return arabic or (words[0] in ("in", "for", "(") and "sector" in words[1:])


def is_of_regulation(tokens: Tokens, law: Law) -> bool:
    """Whether an article after the law is its regulation's: «لائحة قانون العمل».

    "Protocol of 2014 to Convention No. 29" has been read as the protocol by then.
    """
    if law.works and law.works[0].startswith("ilo-p"):
        return False
    return tokens[law.first - 1].text in REGULATION_OF or is_made_under(tokens, law.first)


def is_made_under(tokens: Tokens, at: int) -> bool:
    """Whether a regulation or protocol goes before: "Protocol of 2014 to the … Convention"."""
    arabic = not tokens[at].text.isascii()
    if arabic and not tokens[at].text.startswith(("ل", "ب")):
        return False
    place = at - 1
    while place > at - 6 and (
        tokens[place].text in MADE_UNDER_STEPS | YEAR_WORDS or tokens[place].is_digits
    ):
        place -= 1
    links = arabic or any(tokens[i].text in ("of", "to") for i in range(place, at))
    attached = not ATTACHED.isdisjoint(
        (tokens[at - 1].text, tokens[place].text)
    )  # «البروتوكول الخاص بـ… المكمل لاتفاقية …»
    while attached and place > at - _MAX_ATTACHED and tokens[place].is_word:
        if tokens[place].text in MADE_UNDER:
            return True
        place -= 1
    return links and tokens[place].text in MADE_UNDER


def _is_proper_name(tokens: Tokens, at: int, name: Name) -> bool:
    """Whether a capitalised word before an English name belongs to it: "Utopia Penal Code".

    Written small, its ending must show it: "wakanda's penal code".
    """
    while tokens[at - 1].text in POSSESSIVE:
        at -= 1
    before = tokens[at - 1]
    if len(name.words) == 1 and name.words != ("constitution",):
        return False  # "UNTOC" says all by itself
    if at == 0 or not name.words[0].isascii() or not before.is_word or len(before.text) < 3:
        return False
    if before.text in CAPITALISED or number_at(tokens.text, before.start):
        return False  # "Article Seventy-Eight Penal Code"
    start, _ = tokens.span(at - 1, at)
    opens = tokens[at - 2].text in (".", ":", "?", "!") or before.gap > Gap.SPACE
    capital = tokens.source[start].isupper() and not opens
    return capital or looks_foreign(before.text)


def reference_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read a law meant without a name: "this" law, the "same" law, or some "other"."""
    place = at
    word = tokens[place].text
    if word in ("منه", "منها", "thereof"):
        return "same", place + 1
    which = "this" if word in THIS else "same" if word in SAME else "other"
    place += which != "other"
    if tokens[place].text not in WORK_NOUNS:
        return None
    place += 1
    if tokens[place].text in DASHES and tokens[place + 1].text == "law":
        place += 2
    elif tokens[place].text in ("بقانون", "law"):
        place += 1
    if which == "other" and tokens[place].text in SAME_AFTER:
        which, place = "same", place + 1
        place += tokens[place].text in ("اليه", "اليها", "الذكر", "البيان")
    return which, place
