"""What both stores hold, and whether a search can be answered now."""

from __future__ import annotations

import logging

from search.errors import IndexNotReady, TamyeezError
from search.handle import check_manifest
from search.opening import Parts
from web.operation.metrics import Held

_log = logging.getLogger("tamyeez.operation")


def problem_of(parts: Parts) -> str:
    """Return the code of what keeps searches from being answered; "" if nothing does."""
    try:
        parts.catalogue.revision()
        manifest = parts.store.current()
        if manifest is None:
            return IndexNotReady.code
        check_manifest(manifest, parts.load_embedder().identity)
    except TamyeezError as exc:
        return exc.code
    return ""


def held_by(parts: Parts) -> Held:
    """Count what both stores hold; of one that does not answer nothing is said."""
    held = Held()
    try:
        counts = parts.catalogue.counts()
        held.revision = parts.catalogue.revision()
        held.files, held.quarantined = counts.files, counts.quarantined
        held.provisions, held.judgments = counts.provisions, counts.judgments
        held.passages = counts.passages
    except TamyeezError as exc:
        _log.warning("no figures of the catalogue: %s", exc.code)
    try:
        manifest = parts.store.current()
    except TamyeezError as exc:
        _log.warning("no figures of the index: %s", exc.code)
        return held
    if manifest is not None:
        held.generation, held.points = int(manifest.generation), manifest.points
        held.index_revision = manifest.revision
    return held
