"""Join the phrasings files of an instrument to its provisions.

They stand in files of their own because they are many and serve matching only: what a reader of
the collection checks against the law stays short.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.bundle_schema import PhrasingsEntry, PhrasingsFile, ProvisionEntry
from search.errors import Unreadable

PREFIX = "phrasings"


def is_phrasings(path: Path) -> bool:
    """Tell a phrasings file from one of provisions, by its name."""
    return path.name.startswith(PREFIX)


def with_phrasings(
    entries: Sequence[ProvisionEntry], files: Iterable[tuple[str, PhrasingsFile]]
) -> list[ProvisionEntry]:
    """Return the provisions with what `files` (name, content) add to their `asks`.

    Several files may name one provision: each adds to it, in file order. Raises Unreadable for a
    provision the instrument does not have.
    """
    by_id = {entry.id: entry for entry in entries}
    for name, file in files:
        for key, phrasings in file.root.items():
            if key not in by_id:
                raise Unreadable(
                    f"{name}: {key}: the instrument has none. Mend the key.", reason="bundle"
                )
            by_id[key] = _joined(by_id[key], phrasings)
    return [by_id[entry.id] for entry in entries]


def _joined(entry: ProvisionEntry, more: PhrasingsEntry) -> ProvisionEntry:
    return entry.model_copy(
        update={
            "asks_ar": entry.asks_ar + more.asks_ar + more.situations_ar,
            "asks_en": entry.asks_en + more.asks_en + more.situations_en,
        }
    )
