"""Keep persons out of the collection: what is masked, and under which name a file is recorded.

A judgment is always masked, another file where its sidecar says `deidentify: true`. What is split,
stored, indexed and reported is the masked document. The original is not kept, or by setting sealed
to a key that this machine has not (search/originals).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.deidentify import Masker
from ingest.document import Description, Document
from ingest.sidecar import Given
from search.model import Kind, Language
from search.originals.folder import Names

_HASH_CHARS = 12
_PREFIX = "private:"


@dataclass(frozen=True, slots=True)
class FileNames:
    """What a file is recorded under, and how reports call it."""

    path: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Masked:
    """A document as it may be stored, and what must not be: the words behind its placeholders."""

    document: Document
    description: Description
    names: FileNames
    behind: Names


def is_private(description: Description, given: Given) -> bool:
    """Tell whether a document must be masked before anything of it is stored."""
    return description.kind == Kind.JUDGMENT or bool(given.deidentify)


def masked(document: Document, description: Description, names: FileNames) -> Masked:
    """Mask a document, what is said of it, and the name of its file where that names a person."""
    masker = Masker(document.text, Language(description.language))
    if masker.holds_name(description.work):
        work = f"{description.jurisdiction}-file-{_hash(description.work)}"
        description = replace(description, work=work)
    if masker.holds_name(names.path):
        names = private_names(names)
    document, description = masker.mask_document(document), masker.mask_description(description)
    return Masked(document, description, names, masker.behind)


def private_names(names: FileNames) -> FileNames:
    """Return what a file is recorded under and called where its path names a person."""
    return FileNames(private_path(names.path), _private_name(names.path))


def private_path(path: str) -> str:
    """Return what a file whose path names a person is recorded under: the same each time."""
    return f"{_PREFIX}{_hash(path)}"


def is_private_path(path: str) -> bool:
    """Tell whether a file was recorded without its path."""
    return path.startswith(_PREFIX)


def _private_name(path: str) -> str:
    return f"private-{_hash(path)}{Path(path).suffix.lower()}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_CHARS]
