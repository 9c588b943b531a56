"""Did you mean? Words of a query that the collection does not know, set against those it does.

The vocabulary is every word of the texts, of users' phrasings and of the thesaurus, in both
languages. A word is offered instead only where the query's own is unknown in every form of it, and
one slip of the fingers away from a word that is well attested.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.text.fold import fold
from search.text.tokens import analyse, words

MIN_CHARS = 5  # shorter words have too many neighbours to tell which was meant
ATTESTED = 5  # a word offered stands in the collection at least so often
_FAR_CHARS = 9  # words from this length on may be two slips away
_MAX_CORRECTED = 3  # a query with more unknown words is in another vocabulary, not misspelt
_THE = "ال"


class _Word(NamedTuple):
    """A word of a text as folded and as written, and its half-open span there."""

    folded: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as folded: how often they occur, and how they are most often written."""

    counts: Mapping[str, int]
    written: Mapping[str, str]
    by_deletion: Mapping[str, Sequence[str]]  # word without one letter, or whole → words

    @classmethod
    def of(cls, texts: Iterable[str], names: Iterable[str]) -> Vocabulary:
        """Read the texts; every word of `names` (of concepts, of laws) counts as attested."""
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        chunks = Counter(chunk for text in texts for chunk in text.split())
        for chunk, times in chunks.items():
            for word in _words(chunk):
                forms[word.folded][word.text] += times
        counts = {folded: of.total() for folded, of in forms.items()}
        for word in (word for name in names for word in _words(name)):
            forms[word.folded][word.text] += 1
            counts[word.folded] = max(counts.get(word.folded, 0), ATTESTED)
        written = {folded: of.most_common(1)[0][0] for folded, of in forms.items()}
        return cls(counts, written, _by_deletion(counts))

    def suggest(self, query: str, known: Callable[[str], bool]) -> str | None:
        """Return the query with its misspelt words set right, None where none is found.

        `known` tells whether the index holds a term: a word in another form is no slip.
        """
        unknown = [
            word
            for word in _words(query)
            if _may_be_a_slip(word.folded)
            and word.folded not in self.counts
            and not any(map(known, _terms(word.folded)))
        ]
        if len(unknown) > _MAX_CORRECTED:
            return None
        corrected = query
        for word in reversed(unknown):
            if meant := self._meant(word.folded):
                corrected = corrected[: word.start] + meant + corrected[word.end :]
        return corrected if corrected != query else None

    def _meant(self, word: str) -> str | None:
        near = {w for key in _deletions(word) for w in self.by_deletion.get(key, ())}
        furthest = 2 if len(word) >= _FAR_CHARS else 1
        ranked = sorted(
            (distance, -self.counts[other], other)
            for other in near
            if _begin_and_end_alike(word, other)
            if (distance := slips(word, other)) <= furthest
        )
        return self.written[ranked[0][2]] if ranked else None


def slips(one: str, other: str) -> int:
    """Return how many letters were left out, put in, exchanged or turned around.

    >>> slips("traficking", "trafficking"), slips("amrs", "arms")
    (1, 1)
    """
    before: list[int] = []
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = last, row, [i] * (len(other) + 1)
        for j, b in enumerate(other, 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
    return row[-1]


def _words(text: str) -> Iterator[_Word]:
    folded = fold(text)
    for word in words(folded.text):
        start, end = folded.offsets[word.start], folded.offsets[word.end - 1] + 1
        yield _Word(word.text, text[start:end], start, end)


def _may_be_a_slip(word: str) -> bool:
    long_enough = word.isalpha() and len(word.removeprefix(_THE)) >= MIN_CHARS
    return long_enough and bool(analyse(word))  # words of grammar only are left alone


def _begin_and_end_alike(one: str, other: str) -> bool:
    """Tell words apart that differ by grammar: Arabic verbs change before and after their root."""
    first, second = one.removeprefix(_THE), other.removeprefix(_THE)
    same = 1 if one.isascii() else 2
    turned = sorted(one) == sorted(other)
    return first[:same] == second[:same] and (one[-1] == other[-1] or turned)


def _terms(word: str) -> set[str]:
    return {token.term for token in analyse(word, keep_stop_words=True)}


def _by_deletion(counts: Mapping[str, int]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for word, times in counts.items():
        if times >= ATTESTED and len(word) >= MIN_CHARS - 1 and word.isalpha():
            for key in _deletions(word):
                index[key].append(word)
    return dict(index)


def _deletions(word: str) -> set[str]:
    """Return the word, and the word without each of its letters."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
