"""One hash for a set of passages: catalogue and index agree when theirs are equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def fingerprint_of(pairs: Iterable[tuple[str, str]]) -> str:
    """Hash (passage id, content hash) pairs, whatever their order: 32 hex characters."""
    digest = hashlib.sha256()
    for passage, content_hash in sorted(pairs):
        digest.update(f"{passage}\x00{content_hash}\x00".encode())
    return digest.hexdigest()[:32]
