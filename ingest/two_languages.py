"""Take apart a file that holds one law in two languages, so that no text mixes them.

Lines, and cells of tables, go to the language most of their letters belong to. A second language
counts where it heads articles of its own; a few foreign terms or names stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.document import Description, Document, LineKind, document_of
from ingest.recognise import authority_of
from ingest.splitters import split
from ingest.splitters.headings import Style, article_heading
from search.citations import WorkNames
from search.errors import Unreadable
from search.model import Contribution, Kind, Language
from search.text.language import detect_language

_CELLS = " | "
_LEAST_ARTICLES = 2

_Row = tuple[str, int | None, LineKind, int | None]


def taken_apart(
    document: Document, wanted: Language | None = None
) -> tuple[Document, Document | None]:
    """Return the text that most letters belong to, and the one in the other language, if any.

    `wanted`: the language to keep where a person has named one; the other is left out.
    """
    rows = _by_language(document)
    if not all(_heads_articles(rows[language]) for language in Language):
        return document, None
    if wanted is not None:
        return _part(document, rows[wanted]), None
    first, second = sorted(Language, key=lambda each: -_length(rows[each]))
    return _part(document, rows[first]), _part(document, rows[second])


def with_other_language(
    contribution: Contribution,
    description: Description,
    other: Document,
    names: WorkNames,
    name: str,
    private: bool = False,
) -> Contribution:
    """Add the expressions in the other language; both must have the same articles.

    Raises Unreadable (`mixed-language`), with the file's `name`, where they do not, or where
    persons are masked (`private`): that is done in one language at a time.
    """
    language = Language.EN if description.language == Language.AR else Language.AR
    authority = authority_of(Kind(description.kind), language, description.jurisdiction)
    if private:
        raise _refusal(name, "its persons are masked")
    try:
        second = split(
            other,
            replace(description, language=language.value, authority=authority.value),
            names,
        )
    except Unreadable as exc:
        raise _refusal(name, f"of the second text: {exc}") from exc
    held = {provision.id for provision in contribution.provisions}
    more = [provision for provision in second.provisions if provision.id not in held]
    lacking = held - {provision.id for provision in second.provisions}
    preamble = f"{description.work}/preamble"
    apart = sorted({provision.id for provision in more} ^ lacking) if more or lacking else []
    apart = [unit for unit in apart if unit != preamble]
    if apart:
        where = ", ".join(unit.rpartition("/")[2] for unit in apart[:5])
        raise _refusal(name, f"only one of the two texts has {where}")
    return replace(
        contribution,
        provisions=(*more, *contribution.provisions),
        expressions=(*contribution.expressions, *second.expressions),
    )


def _refusal(name: str, why: str) -> Unreadable:
    return Unreadable(
        f"{name} holds two languages that cannot be told apart safely ({why.rstrip('.')}). Split "
        "it into one file a language, or say with --language which one to keep.",
        reason="mixed-language",
    )


def _by_language(document: Document) -> dict[Language, list[_Row]]:
    """The rows of each language; what has no letters goes with the line before."""
    rows: dict[Language, list[_Row]] = {language: [] for language in Language}
    current = detect_language(document.text) or Language.AR
    for line in document.lines:
        pieces: Sequence[str] = [line.text]
        if line.kind is LineKind.TABLE:
            pieces = line.text.split(_CELLS)
        of_line: dict[Language, list[str]] = {}
        for piece in pieces:
            current = detect_language(piece) or current
            of_line.setdefault(current, []).append(piece)
        for language, found in of_line.items():
            kind = line.kind if len(found) > 1 or len(pieces) == 1 else LineKind.TEXT
            rows[language].append((_CELLS.join(found), line.page, kind, line.level))
    return rows


def _heads_articles(rows: Iterable[_Row]) -> bool:
    headings = (article_heading(text) for text, *_ in rows)
    found = {h.number for h in headings if h is not None and h.style is not Style.BARE}
    return len(found) >= _LEAST_ARTICLES


def _length(rows: Iterable[_Row]) -> int:
    return sum(len(text) for text, *_ in rows)


def _part(document: Document, rows: list[_Row]) -> Document:
    return document_of(rows, document.title, document.pages, document.facts)
