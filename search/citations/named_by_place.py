"""Which of the treaties of one place is meant: "Palermo Protocol on smuggling" is its own.

A name that tells only where a treaty was made says nothing of its subject; the words behind do.
"""

from __future__ import annotations

from dataclasses import replace

from search.citations.conventions import Law
from search.citations.lexer import Gap, Tokens
from search.citations.names import Name, WorkNames
from search.citations.vocabulary import HEADS, OPENERS
from search.results import CitationStatus

_PLACES = frozenset({"palermo", "باليرمو", "بالرمو"})
# "Palermo Protocol on …": a subject follows, whether known or not.
_LEADS = frozenset({"on", "against", "concerning", "regarding", "relating", "to", "the", "for"})
_LEADS |= {"بشان", "في", "شان", "الخاص", "الخاصه", "المتعلق", "المتعلقه", "المعني", "حول"}
_MAX_WORDS = 6


def of_subject(tokens: Tokens, names: WorkNames, law: Law, name: Name, start: int) -> Law:
    """Take the treaty of the same place and year that the words around the name speak of.

    Words of no such treaty leave the law a choice: "Palermo Protocol on firearms".
    """
    if law.status is not CitationStatus.RESOLVED or _PLACES.isdisjoint(name.words):
        return law
    before = _about(names, law.works[0], tokens[start - 1].text) if start else ()
    if len(before) == 1 and tokens[start].gap <= Gap.SPACE:
        law = replace(law, works=before)
    stop = law.stop
    bracketed = tokens[stop].text in OPENERS
    place = stop + bracketed
    while tokens[place].text in _LEADS and place < stop + 3:
        place += 1
    led = place > stop + bracketed
    joined = tokens[place].text.startswith(("ب", "ل"))  # «لمكافحة تهريب المهاجرين»
    if not (led or bracketed or joined):
        return law
    for at in range(place, stop + _MAX_WORDS):
        word = tokens[at]
        if not word.is_word or word.text in HEADS or word.gap > Gap.SPACE:
            break
        about = _about(names, law.works[0], word.text)
        if law.works[0] in about and len(about) == 1:
            return law
        if len(about) == 1:
            meant, end = about[0], at + 1
            while tokens[end].is_word and names.mentions(meant, [tokens[end].text]):
                end += 1
            return replace(law, stop=end + (bracketed and tokens[end].text == ")"), works=about)
    end = place
    while tokens[end].is_word and tokens[end].text not in HEADS and end < stop + _MAX_WORDS:
        end += 1
    if not led or end == place:
        return law
    to_article = tokens[end].text in HEADS
    return replace(law, stop=end if to_article else stop, status=CitationStatus.AMBIGUOUS)


def _about(names: WorkNames, work: str, word: str) -> tuple[str, ...]:
    """Return the treaties of this one's kind and year whose names have the word.

    An optional protocol is another treaty's.
    """
    own = names.works[work]
    key = (own.jurisdiction, own.type, own.year)
    alike = (w for w in names.works.values() if (w.jurisdiction, w.type, w.year) == key)
    own_kind = (w.id for w in alike if not names.mentions(w.id, ["optional"]))
    return tuple(w for w in own_kind if len(word) > 3 and names.mentions(w, [word]))
