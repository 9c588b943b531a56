"""Replace what leads to a person by placeholders, the same for the same person all through.

Nothing of the original is kept: what is read on is the masked document only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.document import Description, Document, document_of
from search.model import Language

from .arabic import ArabicNames
from .arabic_units import Mention
from .latin import LatinNames
from .lexicon import is_common, is_english, may_be_name
from .numbers import Detail, Private, placeholder, private_details
from .people import People, key_of
from .tokens import read_text

_MAX_ROUNDS = 3  # a name found anew can complete another; two rounds settle real texts
_MIN_KEY = 3
_ARABIC = re.compile(r"[\u0621-\u064a]")


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


class Masker:
    """What a document taught of its persons; masks that document and any text beside it."""

    def __init__(self, text: str, language: Language) -> None:
        """Read the names in `text`; placeholders are in `language`."""
        self._language = language
        self._words: frozenset[str] = frozenset()
        self._keys: frozenset[str] = frozenset()
        # What a role announces is learnt first: a name met again ends where the known one ends.
        self._learn(mention for mention in self._mentions(text) if mention.role is not None)
        mentions = self._mentions(text)
        for _ in range(_MAX_ROUNDS):
            before = self._words
            self._learn(mentions)
            if self._words == before:
                break
            mentions = self._mentions(text)
        self._people = People(mentions)
        self._numbers: dict[tuple[Private, str], int] = {}
        self._counts: dict[Private, int] = {}
        self._behind: dict[str, dict[str, None]] = {}

    @property
    def names(self) -> frozenset[str]:
        """The words of all names found, folded; for tests and for masking file names."""
        return self._words

    @property
    def behind(self) -> dict[str, tuple[str, ...]]:
        """By placeholder, the words it was put in the place of so far, each as first written."""
        return {said: tuple(words) for said, words in self._behind.items()}

    def mask(self, text: str) -> str:
        """Return a text with names and private details replaced."""
        return _apply(text, self._noted(text, self._edits(text)))

    def found(self, text: str) -> tuple[str, ...]:
        """Return the names and private details of a text as written, in order."""
        return tuple(text[edit.start : edit.end] for edit in self._edits(text))

    def holds_name(self, text: str) -> bool:
        """Tell whether a text, such as a file's path, names one of the persons found."""
        spaced = re.sub(r"[_\-./\\]+", " ", text)
        return _apply(spaced, self._edits(spaced)) != spaced or any(
            key_of(word) in self._keys
            for word in re.findall(r"[a-z]{3,}", spaced.lower())
            if not is_english(word)
        )

    def mask_document(self, document: Document) -> Document:
        """Return the document with every line, its title and its facts masked."""
        edits = self._noted(document.text, self._edits(document.text))
        rows = []
        for line in document.lines:
            inside = [
                _clip(edit, line.start, line.end)
                for edit in edits
                if edit.start < line.end and line.start < edit.end
            ]
            rows.append((_apply(line.text, inside), line.page, line.kind, line.level))
        title = self.mask(document.title) if document.title else document.title
        facts = tuple((name, self.mask(value)) for name, value in document.facts)
        return document_of(rows, title, document.pages, facts)

    def mask_description(self, description: Description) -> Description:
        """Return the description with titles, source and reasons masked."""
        return replace(
            description,
            title_ar=description.title_ar and self.mask(description.title_ar),
            title_en=description.title_en and self.mask(description.title_en),
            source=tuple((name, self.mask(value)) for name, value in description.source),
            reasons=tuple(self.mask(reason) for reason in description.reasons),
        )

    def _mentions(self, text: str) -> list[Mention]:
        arabic: list[Mention] = []
        if _ARABIC.search(text):
            foreign = self._language is not Language.AR
            arabic = ArabicNames(read_text(text), self._words, foreign).mentions()
        return sorted(
            [*arabic, *LatinNames(text, self._is_known).mentions()], key=lambda m: m.start
        )

    def _is_known(self, lower: str) -> bool:
        return lower in self._words or (
            len(key_of(lower)) >= _MIN_KEY and key_of(lower) in self._keys
        )

    def _learn(self, mentions: Iterable[Mention]) -> None:
        words = {word for mention in mentions for word in mention.words if len(word) > 1}
        self._words = frozenset(words | self._words)
        keys = {
            key_of(w) for w in self._words if not (is_common(w) or may_be_name(w) or is_english(w))
        }
        self._keys = frozenset(key for key in keys if len(key) >= _MIN_KEY)

    def _edits(self, text: str) -> list[_Edit]:
        details = [_Edit(d.start, d.end, self._placeholder(d)) for d in private_details(text)]
        names = []
        for mention in self._mentions(text):
            if any(mention.start < e.end and e.start < mention.end for e in details):
                continue
            person = self._people.find(mention)
            if person is not None and person.number:
                names.append(_Edit(mention.start, mention.end, person.placeholder(self._language)))
            else:  # named only in the text beside the document
                names.append(_Edit(mention.start, mention.end, _UNKNOWN[self._language]))
        return sorted([*details, *names], key=lambda edit: edit.start)

    def _noted(self, text: str, edits: list[_Edit]) -> list[_Edit]:
        """Take note of what is being replaced."""
        for edit in edits:
            written = " ".join(text[edit.start : edit.end].split())
            self._behind.setdefault(edit.text, {})[written] = None
        return edits

    def _placeholder(self, detail: Detail) -> str:
        identity = (detail.kind, detail.key)
        if identity not in self._numbers:
            self._counts[detail.kind] = self._counts.get(detail.kind, 0) + 1
            self._numbers[identity] = self._counts[detail.kind]
        return placeholder(detail.kind, self._numbers[identity], self._language)


_UNKNOWN = {Language.AR: "[شخص]", Language.EN: "[Person]"}


def _clip(edit: _Edit, start: int, end: int) -> _Edit:
    """Return an edit within one line; a name broken over two is replaced in the first."""
    text = edit.text if edit.start >= start else ""
    return _Edit(max(edit.start, start) - start, min(edit.end, end) - start, text)


def _apply(text: str, edits: Iterable[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
