"""Keep persons out of the collection: what is masked, and under which name a file is recorded.

A judgment is always masked, another file where its sidecar says `deidentify: true`. The original
is not kept: what is split, stored, indexed and reported is the masked document.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from ingest.deidentify import Masker
from ingest.document import Description, Document
from ingest.sidecar import Given
from search.catalogue import FileRecord
from search.model import Kind, Language

_HASH_CHARS = 12


def is_private(description: Description, given: Given) -> bool:
    """Tell whether a document must be masked before anything of it is stored."""
    return description.kind == Kind.JUDGMENT or bool(given.deidentify)


def masked(
    document: Document, description: Description, record: FileRecord
) -> tuple[Document, Description, FileRecord]:
    """Mask a document, what is said of it, and the name of its file where that names a person."""
    masker = Masker(document.text, Language(description.language))
    if masker.holds_name(description.work):
        work = f"{description.jurisdiction}-file-{_hash(description.work)}"
        description = replace(description, work=work)
    if masker.holds_name(record.path):
        record = replace(record, path=private_path(record.path), name=_private_name(record.path))
    return masker.mask_document(document), masker.mask_description(description), record


def private_path(path: str) -> str:
    """Return what a file whose path names a person is recorded under: the same each time."""
    return f"private:{_hash(path)}"


def _private_name(path: str) -> str:
    return f"private-{_hash(path)}{Path(path).suffix.lower()}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_CHARS]
