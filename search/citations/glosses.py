"""Step over the words between an article and its law: glosses, adjectives, "and following"."""

from __future__ import annotations

from search.citations.conventions import Law
from search.citations.countries import COUNTRY_WORDS
from search.citations.joining_words import (
    AFTER_ARTICLES,
    AMENDED,
    FOLLOWING,
    GLOSS,
    LEADS_TO_LAW,
    SAME,
    STEPPING_STONES,
    THIS,
    WORK_NOUNS,
)
from search.citations.law_words import ABOUT, OLD_OR_NEW
from search.citations.laws import LawReader
from search.citations.lexer import Gap, Tokens
from search.citations.vocabulary import (
    AND,
    AR_DECREE,
    AR_LAW,
    BARS,
    COMMAS,
    CONVENTION,
    DASHES,
    EN_LAW,
    FROM,
    HEADS,
    OF,
    TO,
)
from search.results import CitationStatus

MAX_TALK = 5  # words between a law and its article
MAX_GLOSS = 14  # words between an article and its law, or a law and its article
NO_TOPIC = OF | FROM | TO | AND | SAME | THIS | WORK_NOUNS | LEADS_TO_LAW | AMENDED
NO_TOPIC |= HEADS.keys()
NO_TOPIC |= AR_LAW.keys() | EN_LAW.keys() | AR_DECREE.keys() | CONVENTION
NO_TOPIC |= {"عقد", "العقد", "لائحه", "اللائحه"}
_LAW_WORDS = AR_LAW.keys() | AR_DECREE.keys() | CONVENTION
# "the law amending Law No. 31 of 1970", "the protocol to Convention No. 29" are other works.
_NO_SUBJECT = HEADS.keys() | EN_LAW.keys() | CONVENTION | WORK_NOUNS | AMENDED | TO
_NO_SUBJECT |= {"amending", "approving", "protocol", "protocols", "decree", "issuing"}
_PROCLITICS = ("ب", "ل", "و", "ف", "ك")
NO_TALK = AND | HEADS.keys() | EN_LAW.keys() | _LAW_WORDS
BEFORE_ARTICLE = COMMAS | DASHES | BARS | frozenset("([:'’)")


def over_rest(tokens: Tokens, at: int) -> int:
    """Step over "et seq.", "and the following articles", «وما بعدها»."""
    stop = at
    for phrase in FOLLOWING:
        if all(tokens[at + step].text == word for step, word in enumerate(phrase)):
            return at + len(phrase)
    while stop < at + 3 and tokens[stop].text in AFTER_ARTICLES:
        if tokens[stop].text in AMENDED and tokens[stop + 1].text.startswith("ب"):
            return at  # «المادة 10 المعدلة بالقانون رقم 32»: not of that law
        stop += 1
        cut = tokens[stop - 1].text in ("et", "seq", "ff")  # "et seq. Penal Code"
        after = tokens[stop + 1].text in AFTER_ARTICLES | OF
        stop += tokens[stop].text == "." and (cut or after)
    return stop


def over_gloss_to_law(tokens: Tokens, laws: LawReader, at: int) -> int:
    """Step over "(trafficking)", "– slavery –", «الخاصة بالرق» between an article and "of"."""
    marks = {"(": ")", "[": "]"} | {dash: dash for dash in DASHES}
    close = marks.get(tokens[at].text)
    if not close and tokens[at].text not in GLOSS:
        return at
    for stop in range(at + 1, at + MAX_GLOSS):
        token = tokens[stop]
        if close and token.text == close:
            after = tokens[stop + 1].text
            comma = after in COMMAS and laws.law_at(stop + 2)
            return stop + 1 if comma or after in OF or after in LEADS_TO_LAW else at
        if not close and token.text in COMMAS and laws.law_at(stop + 1):
            return stop
        between = token.is_word or (close and token.text in COMMAS)
        if not between or token.text in HEADS:
            return at
        leads = token.text in OF or token.text in LEADS_TO_LAW
        if leads and not close and laws.law_at(over_adjectives(tokens, laws, stop + 1)):
            return stop
    return at


def over_gloss_to_article(tokens: Tokens, laws: LawReader, at: int) -> int:
    """Step over "on the rights of the child,", "(ICCPR)" between a law and its article."""
    opened = tokens[at].text == "("
    if not opened and tokens[at].text not in ABOUT | GLOSS and tokens[at].text != "في":
        return at
    for stop in range(at + 1, at + MAX_GLOSS):
        token = tokens[stop]
        if opened and token.text == ")":
            return stop + 1
        if not opened and token.text in HEADS:
            return stop if stop > at + 1 else at
        if not opened and token.text in BEFORE_ARTICLE and tokens[stop + 1].text in HEADS:
            return stop
        named = not opened and laws.law_at(stop)
        word = token.is_word or token.text in ("'", "’", ",", "،")
        if not word or token.text in HEADS or named:
            return at
    return at


def over_adjectives(tokens: Tokens, laws: LawReader, at: int) -> int:
    """Step over "the Kuwaiti", «أحكام», "the 2013" to where the law begins."""
    for _ in range(6):
        word = tokens[at].text
        if word == "state" and tokens[at + 1].text == "of":  # "of the State of Kuwait's"
            at += 2
            continue
        if word in SAME and laws.law_at(at + 1):  # "of the said Law No. 91 of 2013"
            return at + 1
        country = word.isascii() and word in COUNTRY_WORDS
        year = tokens[at].is_digits and len(word) == 4 and laws.law_at(at + 1)
        if not (word in STEPPING_STONES or country or year) or laws.law_at(at):
            break
        at += 1
    return over_subject(tokens, laws, at)


def over_subject(tokens: Tokens, laws: LawReader, at: int) -> int:
    """Step over words that say of a numbered law how it is or what it is on.

    "the repealed Amiri Decree No. 17 of 1959", "the Residence of Foreigners Decree-Law 114/2024".
    """
    if not tokens[at].text.isascii() or laws.law_at(at):
        return at
    said: list[str] = []
    for place in range(at, at + MAX_TALK):
        token = tokens[place]
        law = laws.law_at(place) if place > at else None
        if law and law.status is CitationStatus.RESOLVED:
            numbered = any(tokens[word].is_digits for word in range(law.first, law.stop))
            ours = numbered and laws.names.mentions(law.works[0], said)
            return place if ours else at
        if not token.is_word or token.gap > Gap.SPACE or token.text in _NO_SUBJECT:
            return at
        if token.text not in OLD_OR_NEW:
            said.append(token.text)
    return at


def law_beyond_topic(tokens: Tokens, laws: LawReader, at: int) -> Law | None:
    """Find the law behind an article's topic: «المادة 13 إعفاء المبلغ قانون 91 لسنة 2013»."""
    if not _is_topic(tokens, at):
        return None
    for place in range(at + 1, at + MAX_TALK + 1):
        word = tokens[place].text
        joined = word.startswith(_PROCLITICS) and word in _LAW_WORDS  # «بالقانون», «لقانون»
        if tokens[place].gap is not Gap.SPACE or joined:
            return None
        if law := laws.law_at(place):
            return law
        if not tokens[place].is_word or word in NO_TALK:
            return None
    return None


def _is_topic(tokens: Tokens, at: int) -> bool:
    token = tokens[at]
    plain = token.is_word and len(token.text) > 2 and token.gap is Gap.SPACE
    return plain and token.text not in NO_TOPIC and not token.text.startswith(("و", "لل"))


def is_talk(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether a few words lie between a law and the article they lead to.

    «قانون العمل نهاية الخدمة المادة 51», "Convention No. 138, Minimum Age, art. 7".
    """
    words = [token for token in tokens.items[at:stop] if token.text not in COMMAS | {":"}]
    return 0 < len(words) <= MAX_TALK and all(
        (token.is_word or (token.is_digits and len(token.text) < 3))  # "Chapter 2"
        and token.gap is Gap.SPACE
        and token.text not in NO_TALK
        for token in words
    )
