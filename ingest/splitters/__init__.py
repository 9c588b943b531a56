"""Split a document into what its kind is made of: provisions, or sections of a judgment."""

from __future__ import annotations

from ingest.document import LINKED_ARTICLES, Description, Document
from search.citations import WorkNames
from search.errors import Unreadable
from search.model import Contribution, Kind

from .judgment import split_judgment
from .plain import split_plain
from .statute import split_statute


def split(
    document: Document, description: Description, names: WorkNames | None = None
) -> Contribution:
    """Split a document as its kind demands; `names` are the laws a judgment may cite.

    Raises Unreadable: `empty` (no words), `no-articles` (a statute or treaty without any),
    `article-sequence` (numbers that cannot be trusted).
    """
    if not document.text.strip():
        raise Unreadable(
            "There are no words in this file. Add one that has a text layer.", reason="empty"
        )
    kind = Kind(description.kind)
    if kind is Kind.JUDGMENT:
        return split_judgment(document, description, names)
    if kind in (Kind.STATUTE, Kind.TREATY):
        return split_statute(document, description)
    try:  # a declaration is kind `other` and may have articles all the same
        return split_statute(document, description)
    except Unreadable as exc:
        if linked := dict(document.facts).get(LINKED_ARTICLES):
            raise Unreadable(
                f"This page leads to {linked} articles and holds none of them. Save the page that "
                "shows the whole text, or its Word or PDF copy.",
                reason="no-articles",
            ) from exc
        return split_plain(document, description)
