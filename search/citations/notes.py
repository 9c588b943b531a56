"""Note what was found: citations with their spans, and the works they named."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.citations.articles import Articles
from search.citations.conventions import Law
from search.citations.items import Item
from search.citations.lexer import Tokens
from search.errors import BadIdentifier
from search.identifiers import MAX_ID_CHARS, parse_unit
from search.results import Citation, CitationStatus

_RESOLVED, _AMBIGUOUS = CitationStatus.RESOLVED, CitationStatus.AMBIGUOUS
_UNKNOWN = CitationStatus.UNKNOWN


@dataclass(frozen=True, slots=True)
class Notes:
    """The citations found in one text, in order, and the works resolved so far."""

    tokens: Tokens
    found: list[Citation] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)

    def identifier(self, identifier: str, first: int, stop: int) -> None:
        """Note an id written out: «kw-law-2013-91/art-2»."""
        work, _, below = identifier.partition("/")
        try:
            provision = str(parse_unit(identifier)) if below else None
        except BadIdentifier:
            self._note(first, stop, _UNKNOWN)
            return
        self._note(first, stop, _RESOLVED, work, provision)
        self.cited.append(work)

    def law(self, law: Law) -> None:
        """Note a law cited by itself."""
        work = law.works[0] if law.status is _RESOLVED else None
        choices = law.works if law.status is _AMBIGUOUS else ()
        self._note(law.first, law.stop, law.status, work, choices=choices)

    def articles(self, articles: Articles, stop: int, law: Law) -> None:
        """Note articles of a law; the span of the last reaches to tokens[stop]."""
        for place, item in enumerate(articles.items):
            first = articles.first if place == 0 else item.first
            last = stop if place == len(articles.items) - 1 else item.stop
            self._note_item(item, first, last, law)

    def _note_item(self, item: Item, first: int, stop: int, law: Law) -> None:
        if law.status is _RESOLVED and not item.either:
            for path in item.paths:
                self._note(first, stop, _RESOLVED, law.works[0], _unit(law.works[0], path))
            return
        choices = tuple(_unit(work, path) for work in law.works for path in item.paths)
        choices = tuple(choice for choice in choices if choice)
        work = law.works[0] if law.status is _RESOLVED else None
        self._note(first, stop, _AMBIGUOUS if choices else _UNKNOWN, work, choices=choices)

    def _note(
        self,
        first: int,
        stop: int,
        status: CitationStatus,
        work: str | None = None,
        provision: str | None = None,
        choices: tuple[str, ...] = (),
    ) -> None:
        start, end = self.tokens.span(first, stop)
        word = self.tokens[first].text
        start += len(word) > 1 and word.startswith("و") and self.tokens.source[start] == "و"
        text = self.tokens.source[start:end]
        self.found.append(Citation(start, end, text, status, work, provision, choices=choices))

    def remember(self, *laws: Law) -> None:
        """Remember the works of these laws, for "the same law" further on."""
        self.cited.extend(law.works[0] for law in laws if law.status is _RESOLVED)


def _unit(work: str, path: tuple[str, ...]) -> str:
    identifier = "/".join((work, *path))
    return str(parse_unit(identifier)) if len(identifier) <= MAX_ID_CHARS else f"{work}/{path[0]}"
